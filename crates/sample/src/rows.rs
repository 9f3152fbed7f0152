//! The rows of the files that the sample company would export, one struct a table of the data
//! contract, with fields in the contract's order. Serialise them with a header and the file is
//! what a user would bring. Rows borrow from the generator: copy what you keep.

use serde::Serialize;

/// Columns of the signals file.
pub const SIGNAL_COLUMNS: [&str; 11] = [
    "id", "response", "at", "unit", "stage", "source", "metric", "score", "comment", "customer",
    "value",
];
/// Columns of the voice file.
pub const VOICE_COLUMNS: [&str; 9] = [
    "id",
    "respondent",
    "at",
    "round",
    "unit",
    "role",
    "question",
    "text",
    "rating",
];
/// Columns of the units file; `also_called` holds names apart by `; `.
pub const UNIT_COLUMNS: [&str; 3] = ["unit", "parent", "also_called"];
/// Columns of the chain file.
pub const CHAIN_COLUMNS: [&str; 3] = ["from", "to", "weight"];
/// Columns of the roles file.
pub const ROLE_COLUMNS: [&str; 4] = ["role", "title", "unit", "headcount"];
/// Columns of the measures file.
pub const MEASURE_COLUMNS: [&str; 7] = ["unit", "period", "measure", "side", "value", "n", "sd"];
/// Columns of the initiatives file.
pub const INITIATIVE_COLUMNS: [&str; 7] = [
    "id", "name", "kind", "spend", "period", "eligible", "adopted",
];
/// Columns of the votes file.
pub const VOTE_COLUMNS: [&str; 4] = ["winner", "loser", "criterion", "voter"];
/// Columns of the truth of signals: pains are keys apart by `;`, empty where none is named.
pub const SIGNAL_TRUTH_COLUMNS: [&str; 2] = ["id", "pains"];
/// Columns of the truth of voice.
pub const VOICE_TRUTH_COLUMNS: [&str; 3] = ["id", "kind", "key"];

/// One piece of customer feedback.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SignalRow<'a> {
    /// Unique id.
    pub id: &'a str,
    /// The response it belongs to; a few responses have two rows (two comment boxes).
    pub response: &'a str,
    /// ISO date.
    pub at: &'a str,
    /// The unit, by the name customer systems use.
    pub unit: &'a str,
    /// The step of the journey.
    pub stage: &'a str,
    /// `service survey`, `support tickets` or `reviews`.
    pub source: &'a str,
    /// `mean` in the survey, `stars` in reviews, or none for tickets.
    pub metric: Option<&'a str>,
    /// 0-10 in the survey, 1-5 in reviews, none for tickets.
    pub score: Option<u8>,
    /// What the customer wrote.
    pub comment: Option<&'a str>,
    /// The customer; customers come back.
    pub customer: &'a str,
    /// The customer's yearly revenue in pounds.
    pub value: f64,
}

/// What is true of a [`SignalRow`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SignalTruth<'a> {
    /// The row's id.
    pub id: &'a str,
    /// Keys of the pains that this row's comment names, apart by `;`.
    #[serde(rename = "pains")]
    pub pains_joined: &'a str,
    /// The same as a list.
    #[serde(skip)]
    pub pains: &'a [&'static str],
    /// Key of the strength that it praises.
    #[serde(skip)]
    pub strength: Option<&'static str>,
}

/// One employee's answer to one question.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct VoiceRow<'a> {
    /// Unique id.
    pub id: &'a str,
    /// The answer sheet: its idea, block and commitment share it.
    pub respondent: &'a str,
    /// ISO date.
    pub at: &'a str,
    /// The round.
    pub round: &'a str,
    /// The unit, by HR's name where it differs from the customer systems'.
    pub unit: &'a str,
    /// The role.
    pub role: &'a str,
    /// `idea`, `block` or `commitment`.
    pub question: &'a str,
    /// What the employee wrote.
    pub text: Option<&'a str>,
    /// 0-10, for `commitment`.
    pub rating: Option<u8>,
}

/// What an answer is truly about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum VoiceKind {
    /// A fix, proposed or asked backwards.
    Lever,
    /// Something staff need for themselves.
    Need,
    /// Neither: nothing, beside the point, about a person, or a rating.
    None,
}

/// What is true of a [`VoiceRow`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct VoiceTruth<'a> {
    /// The row's id.
    pub id: &'a str,
    /// What it is about.
    pub kind: VoiceKind,
    /// Key of the lever or need; `empty`, `aside`, `person` or `rating` for none.
    pub key: &'static str,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitRow {
    /// Its name.
    pub unit: String,
    /// The unit above it; empty at the top.
    pub parent: String,
    /// Other names, apart by `; `.
    pub also_called: String,
}

/// One way work goes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ChainRow {
    /// The role that does the work.
    pub from: &'static str,
    /// A role, or `stage:NAME`.
    pub to: &'static str,
    /// How much of it goes there.
    pub weight: f64,
}

/// A role in a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleRow {
    /// The role.
    pub role: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The unit, by HR's name.
    pub unit: String,
    /// People.
    pub headcount: u32,
}

/// A number of a unit in a month.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MeasureRow<'a> {
    /// The unit: HR's name on the employees' side, the customer systems' on the customers'.
    pub unit: &'a str,
    /// `2026-03`.
    pub period: &'a str,
    /// `engagement`, `workload` or `satisfaction`.
    pub measure: &'a str,
    /// `employee` or `customer`.
    pub side: &'a str,
    /// The mean of the answers.
    pub value: f64,
    /// Answers behind it.
    pub n: u32,
    /// Their standard deviation.
    pub sd: f64,
}

/// One idea preferred to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct VoteRow<'a> {
    /// Id of the answer that was preferred.
    pub winner: &'a str,
    /// Id of the other.
    pub loser: &'a str,
    /// What was asked: `ease`.
    pub criterion: &'a str,
    /// Who voted.
    pub voter: &'a str,
}

/// A spending line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct InitiativeRow {
    /// Id.
    pub id: &'static str,
    /// Name.
    pub name: &'static str,
    /// `people`, `process` or `technology`.
    pub kind: &'static str,
    /// Pounds.
    pub spend: f64,
    /// The year.
    pub period: &'static str,
    /// People who could use it.
    pub eligible: u32,
    /// People who do.
    pub adopted: u32,
}
