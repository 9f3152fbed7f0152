//! Facts: the rows that users bring, one struct a table of the data contract.

use crate::words::Words;
use serde::Serialize;

/// A table of the data contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Table {
    /// Customers' feedback.
    Signals,
    /// Employees' answers.
    Voice,
    /// Units, their parents and other names.
    Units,
    /// How work reaches customers.
    Chain,
    /// Roles: titles, units, headcounts.
    Roles,
    /// Numbers per unit and period.
    Measures,
    /// Votes on ideas.
    Votes,
    /// A person's corrections of themes.
    Themes,
    /// Spending lines.
    Initiatives,
}

impl Table {
    /// All tables, in the order in which they are read.
    pub const ALL: [Self; 9] = [
        Self::Units,
        Self::Chain,
        Self::Roles,
        Self::Signals,
        Self::Voice,
        Self::Measures,
        Self::Votes,
        Self::Themes,
        Self::Initiatives,
    ];

    /// Its name in files, flags and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Signals => "signals",
            Self::Voice => "voice",
            Self::Units => "units",
            Self::Chain => "chain",
            Self::Roles => "roles",
            Self::Measures => "measures",
            Self::Votes => "votes",
            Self::Themes => "themes",
            Self::Initiatives => "initiatives",
        }
    }
}

/// The question an employee answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Question {
    /// What simple change here would help our customers?
    Idea,
    /// What blocks your part?
    Block,
    /// How committed is your team to deciding by customers' outcomes?
    Commitment,
}

impl Question {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Idea => "idea",
            Self::Block => "block",
            Self::Commitment => "commitment",
        }
    }
}

/// A unit and its place in the company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The name by which it is known here.
    pub unit: String,
    /// The unit above it.
    pub parent: Option<String>,
    /// Other names (of HR's or CX's systems).
    pub also_called: Vec<String>,
}

/// One way work goes: from a role to a role or to a stage of the journey.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The role that does the work.
    pub from: String,
    /// Who uses it.
    pub to: Place,
    /// How much of it goes there; 1 where nothing was said.
    pub weight: f64,
}

/// Where work goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// To another role.
    Role(String),
    /// To customers, at a stage of the journey.
    Stage(String),
}

/// A role.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Its short name.
    pub role: String,
    /// Its title.
    pub title: Option<String>,
    /// The unit it is in.
    pub unit: Option<String>,
    /// How many people have it.
    pub headcount: Option<u64>,
}

/// Which people a measure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// About employees.
    Employee,
    /// About customers.
    Customer,
}

/// A number per unit and period.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// The unit.
    pub unit: String,
    /// The period, as written; its place in time is told by all periods together.
    pub period: String,
    /// What is measured.
    pub measure: String,
    /// About whom.
    pub side: Side,
    /// The number.
    pub value: f64,
    /// Answers behind it.
    pub n: Option<f64>,
    /// Their standard deviation.
    pub sd: Option<f64>,
}

/// What a vote was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Criterion {
    /// Which would help customers more.
    Impact,
    /// Which is simpler to do.
    Ease,
}

/// One vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Vote {
    /// One item preferred to another.
    Pair {
        /// The one preferred.
        winner: String,
        /// The other.
        loser: String,
        /// On which question.
        criterion: Criterion,
        /// By whom, where known.
        voter: Option<String>,
    },
    /// Yes, no or pass on one item.
    Single {
        /// The item.
        item: String,
        /// `Some(true)` yes, `Some(false)` no, `None` pass.
        vote: Option<bool>,
        /// On which question.
        criterion: Criterion,
        /// By whom, where known.
        voter: Option<String>,
    },
}

impl Vote {
    /// What it was about.
    pub fn criterion(&self) -> Criterion {
        match self {
            Self::Pair { criterion, .. } | Self::Single { criterion, .. } => *criterion,
        }
    }

    /// Who cast it, where known.
    pub fn voter(&self) -> Option<&str> {
        match self {
            Self::Pair { voter, .. } | Self::Single { voter, .. } => voter.as_deref(),
        }
    }

    /// The ideas or fixes it names.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        let (one, other) = match self {
            Self::Pair { winner, loser, .. } => (winner, Some(loser)),
            Self::Single { item, .. } => (item, None),
        };
        std::iter::once(one).chain(other).map(String::as_str)
    }
}

/// A person's correction of a theme.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeCorrection {
    /// The theme's id.
    pub id: String,
    /// A better title.
    pub title: Option<String>,
    /// The theme it is part of.
    pub merge_into: Option<String>,
    /// Not to be shown.
    pub hide: bool,
    /// How simple it is to do: 0 (hard) to 1 (simple).
    pub ease: Option<f64>,
    /// Who takes it on.
    pub owner: Option<String>,
}

/// Kind of a spending line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum InitiativeKind {
    /// Training, coaching, hiring.
    People,
    /// Ways of working.
    Process,
    /// Tools.
    Technology,
}

/// A spending line.
#[derive(Clone, Debug, PartialEq)]
pub struct Initiative {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: InitiativeKind,
    /// Money spent, in the currency of the file.
    pub spend: Option<f64>,
    /// When.
    pub period: Option<String>,
    /// People who could use it.
    pub eligible: Option<f64>,
    /// People who do.
    pub adopted: Option<f64>,
}

/// One piece of customer feedback, borrowed from the batch it was read in.
#[derive(Clone, Copy)]
pub struct Signal<'a> {
    /// Unique id: given, or a content hash. A response's second comment has its own.
    pub id: &'a str,
    /// The response it belongs to; several comments can share one. Equal to `id` if alone.
    pub response: &'a str,
    /// Whether this row is the first of its response (each response is counted once).
    pub first_of_response: bool,
    /// Days since 1970-01-01.
    pub at_day: Option<i32>,
    /// The unit, after other names were resolved.
    pub unit: Option<&'a str>,
    /// The step of the journey.
    pub stage: Option<&'a str>,
    /// Where it was collected.
    pub source: &'a str,
    /// The question asked.
    pub question: Option<&'a str>,
    /// The score, on the source's scale.
    pub score: Option<f64>,
    /// The comment, raw: for analysis, not for showing.
    pub comment: Option<&'a str>,
    /// The language said in the file.
    pub language: Option<&'a str>,
    /// The customer.
    pub customer: Option<&'a str>,
    /// What the customer is worth, in the file's currency.
    pub value: Option<f64>,
}

/// One employee's answer. `text` is raw.
#[derive(Clone)]
pub struct Voice {
    /// Unique id.
    pub id: String,
    /// The person or answer sheet: rows of one sheet share it, so people are counted once.
    pub respondent: String,
    /// Days since 1970-01-01.
    pub at_day: Option<i32>,
    /// The round.
    pub round: Option<String>,
    /// The unit, after other names were resolved.
    pub unit: Option<String>,
    /// The role.
    pub role: Option<String>,
    /// Which question.
    pub question: Question,
    /// What was written.
    pub text: Option<Words>,
    /// The rating, for `commitment`.
    pub rating: Option<f64>,
}
