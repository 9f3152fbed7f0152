//! Proposed fixes, what staff need, and how fixes and problems belong together.

use crate::estimate::Figure;
use serde::Serialize;

/// A proposed fix: a group of ideas and blocks that say the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lever<W> {
    /// Stable id: `f-callback-queue`.
    pub id: String,
    /// Title, in employees' words; in customers' where it is named after a problem.
    pub title: String,
    /// Words that tell it from the others.
    pub words: Vec<String>,
    /// Who is behind it.
    pub support: Support,
    /// Associated size of the problems it answers (strong and some matches), in points.
    pub in_play_points: Figure,
    /// The same as a share of responses, where there are no points to sum.
    pub in_play_share: Figure,
    /// Other fixes that share a problem with it (ids): their points overlap.
    pub overlaps: Vec<String>,
    /// Ids of other fixes that are most likely the same, worded otherwise.
    pub alike: Vec<String>,
    /// How simple it is.
    pub ease: Ease,
    /// How far employees expect it to help customers. The order goes by it only through matches.
    pub impact: Impact,
    /// Its place in the order.
    pub rank: Option<Rank>,
    /// Problems it answers, strongest first.
    pub pains: Vec<LeverPain>,
    /// The simplest first step, in an employee's words.
    pub first_step: Option<W>,
    /// What employees say.
    pub quotes: Vec<W>,
    /// Who owns it, from the themes file.
    pub owner: Option<String>,
    /// A person gave it its title.
    pub titled_by_hand: bool,
    /// The problem (id) whose title and words it bears: its people are too few to be quoted, or of many minds.
    pub named_after: Option<String>,
}

/// How a fix is called that bears a problem's title.
pub fn ideas_on(problem: &str) -> String {
    format!("Ideas on: {problem}")
}

/// How groups are called that no words of many name: the reading of comments, and of answers, gives such titles.
const NAMELESS: [&str; 2] = ["other answers", "other comments"];

/// Whether a title says that nothing names its group ("Other answers, 2").
pub fn names_nothing(title: &str) -> bool {
    let title = title.trim().to_lowercase();
    NAMELESS.iter().any(|nameless| title.starts_with(nameless))
}

impl<W> Lever<W> {
    /// Whether nothing names it, not even a person.
    pub fn is_nameless(&self) -> bool {
        !self.titled_by_hand && names_nothing(&self.title)
    }
}

/// Who is behind a fix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Support {
    /// Distinct people.
    pub people: u64,
    /// Of them, those who proposed it as an idea.
    pub ideas: u64,
    /// Of them, those who named it as what stands in the way.
    pub blocks: u64,
    /// Distinct units, only those with enough people counted by name in `unit_names`.
    pub units: u64,
    /// Distinct roles.
    pub roles: u64,
    /// Names of units large enough to show, most people first.
    pub unit_names: Vec<String>,
    /// Names of roles large enough to show.
    pub role_names: Vec<String>,
    /// Steps from the customer of the people behind it: 0 serves customers directly.
    pub steps_from_customer: Vec<(u32, u64)>,
}

/// A place in the order with its uncertainty.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rank {
    /// Place in the order, 1 first.
    pub place: u32,
    /// Lower end of the 95% interval of its rank.
    pub low: u32,
    /// Upper end.
    pub high: u32,
    /// Probability that it is among the best five and worth anything.
    pub top5_probability: f64,
}

/// How simple a fix is, and who says so.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ease {
    /// 0 hard to 1 simple; unknown where nobody was asked.
    pub figure: Figure,
    /// Where it comes from.
    pub from: EaseFrom,
}

/// Where ease comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EaseFrom {
    /// Votes.
    Votes,
    /// A person's themes file.
    Person,
    /// Nobody was asked.
    NotAsked,
}

/// How far employees expect a fix to help customers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Impact {
    /// In pairs, the chance that it is preferred to an average fix; alone, the share who say yes; 0 to 1, `n` people.
    pub figure: Figure,
    /// How it was voted on.
    pub by: VotedBy,
}

/// How a fix was voted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VotedBy {
    /// Against other fixes.
    Pairs,
    /// By itself: yes or no.
    YesNo,
    /// Nobody was asked.
    NotAsked,
}

/// How well a fix and a problem belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// One kind of evidence, or faint.
    Weak,
    /// Fair.
    Some,
    /// Several kinds of evidence agree.
    Strong,
}

impl Strength {
    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Some => "some",
            Self::Strong => "strong",
        }
    }
}

/// A problem that a fix answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeverPain {
    /// The problem's id.
    pub id: String,
    /// How well they belong together.
    pub strength: Strength,
    /// Whether another fix answers it too.
    pub shared: bool,
}

/// A problem and a fix that belong together, with the evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Match {
    /// The problem's id.
    pub pain: String,
    /// The fix's id.
    pub lever: String,
    /// How well they belong together.
    pub strength: Strength,
    /// The score behind the strength, 0 to 1; a probability once judged (see `probability`).
    pub score: f64,
    /// Probability that a reader says they belong together, once 100 random pairs were judged.
    pub probability: Option<f64>,
    /// Nearness of meaning: mean of the best cosines between central sentences, 0 to 1.
    pub meaning: f64,
    /// Cosine of the themes' centres, what is common to all taken out, -1 to 1.
    pub centres: f64,
    /// How far such a problem and such a fix are known to go together, from examples of other companies; 0: nothing
    /// is known of it.
    pub bridge: f64,
    /// How far both speak of the same topics, of those that customers everywhere speak of: -1 to 1.
    pub topics: f64,
    /// How far customers and employees use the same telling words, 0 to 1.
    pub words: f64,
    /// Whether the roles behind the fix are those that serve the step where the problem is felt, -1 (others do)
    /// to 1; `None` without a chain or stages.
    pub place: Option<f64>,
    /// Whether units that name the fix have more of the problem: correlation over units, for a reader.
    pub movement: Option<f64>,
    /// Units behind `movement`.
    pub movement_units: u64,
    /// How much more of the problem there is where the people behind the fix work, as evidence, -1 to 1:
    /// what the score is made of.
    pub movement_evidence: Option<f64>,
    /// How far employees' votes on what helps customers speak for it: log-odds they add; `None` without enough votes.
    pub expected: Option<f64>,
    /// The evidence in a sentence or two, for a reader.
    pub because: String,
}

/// Score from which a weak match is worth a reader's time; fainter ones are for machines.
const WORTH_READING: f64 = 0.05;

impl Match {
    /// Whether people should see it: weak ones only if they aren't faint.
    pub fn is_worth_reading(&self) -> bool {
        self.strength > Strength::Weak || self.probability.is_some() || self.score >= WORTH_READING
    }
}

/// What staff need for themselves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Need<W> {
    /// Stable id: `n-pay`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Words that tell it from the others.
    pub words: Vec<String>,
    /// Distinct people who say it.
    pub people: u64,
    /// What employees say.
    pub quotes: Vec<W>,
}

/// A fix that several audiences propose alike.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CommonGround {
    /// The fix's id.
    pub lever: String,
    /// The audiences (groups of roles or units) that propose it, most people first.
    pub audiences: Vec<String>,
}
