//! Votes on ideas.

use serde::{Deserialize, Serialize};

/// What a vote compares by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// Which would help customers more?
    Impact,
    /// Which is simpler to do?
    Ease,
}

impl Criterion {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Impact, Self::Ease];

    /// Its name in files and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Impact => "impact",
            Self::Ease => "ease",
        }
    }

    /// The criterion of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|criterion| criterion.name() == name)
    }
}

/// What somebody chose. Ideas are named by their ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "choice")]
pub enum Choice {
    /// One idea over another.
    Over {
        /// Chosen.
        winner: String,
        /// Not chosen.
        loser: String,
        /// By what.
        criterion: Criterion,
    },
    /// Looked at both and couldn't decide.
    CantDecide {
        /// One.
        one: String,
        /// The other.
        other: String,
        /// By what.
        criterion: Criterion,
    },
    /// Agrees with an idea.
    Agree {
        /// Which.
        idea: String,
        /// That it would help customers, or that it is simple to do.
        criterion: Criterion,
    },
    /// Disagrees with it.
    Disagree {
        /// Which.
        idea: String,
        /// That it would help customers, or that it is simple to do.
        criterion: Criterion,
    },
    /// Passes.
    Pass {
        /// Which.
        idea: String,
        /// That it would help customers, or that it is simple to do.
        criterion: Criterion,
    },
}

/// What one person sends at once. Skipped pairs are not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// At most [`Ballot::MOST`].
    pub choices: Vec<Choice>,
}

impl Ballot {
    /// Pairs that one person is asked at most.
    pub const MOST: usize = 5;
}

/// How a round's ideas are voted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VotesBy {
    /// This one or that one.
    Pairs,
    /// Agree, disagree or pass on one at a time.
    Agreement,
}

impl VotesBy {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Pairs, Self::Agreement];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pairs => "pairs",
            Self::Agreement => "agree",
        }
    }

    /// The way of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.name() == name)
    }
}

/// One thing asked of one voter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "asked")]
pub enum Asked {
    /// Which of two.
    Pair {
        /// Shown first.
        one: String,
        /// Shown second.
        other: String,
        /// By what.
        criterion: Criterion,
    },
    /// Whether she agrees.
    Single {
        /// On which idea.
        idea: String,
        /// By what.
        criterion: Criterion,
    },
}
