//! What becomes of an idea.

use serde::{Deserialize, Serialize};

/// Where an idea stands with its moderator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdeaState {
    /// Nobody has read it yet.
    Waiting,
    /// Read, masked where needed, shown to voters.
    Shown,
    /// Says the same as another, which carries its count.
    Merged,
    /// Not shown, with a reason that the receipt tells.
    Refused,
}

impl IdeaState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Shown, Self::Merged, Self::Refused];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Shown => "shown",
            Self::Merged => "merged",
            Self::Refused => "refused",
        }
    }

    /// The state of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// What the company does about a proposed fix, as employees see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeverStatus {
    /// Heard.
    Heard,
    /// Chosen by the leaders.
    Chosen,
    /// In work.
    InWork,
    /// Done.
    Done,
    /// Not now, and why.
    NotNow,
}

impl LeverStatus {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [
        Self::Heard,
        Self::Chosen,
        Self::InWork,
        Self::Done,
        Self::NotNow,
    ];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::Chosen => "chosen",
            Self::InWork => "in_work",
            Self::Done => "done",
            Self::NotNow => "not_now",
        }
    }

    /// The status of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}
