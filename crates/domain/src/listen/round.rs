//! A round: one asking, with its wording and its confidentiality terms.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a round is in its life. It never goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundState {
    /// Being set up: everything may change.
    Draft,
    /// Employees answer; terms, wording, audience and attributes are frozen.
    Open,
    /// No more answers; moderation, votes and the brief follow.
    Closed,
}

impl RoundState {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Open, Self::Closed];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// The state of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// The promise under which people answer; frozen when the round opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Respondents a figure about a group needs.
    pub minimum_group: u32,
    /// Respondents a group needs before any of its words are shown.
    pub minimum_comments: u32,
    /// Days for which answers' words are kept after the round closes.
    pub keep_words_days: u32,
    /// Whether a shared code with personal attributes is a way in (weak: a manager knows them).
    pub code_with_attributes: bool,
    /// Whether the recommend-as-a-place-to-work question is asked.
    pub ask_enps: bool,
}

impl Terms {
    /// The least a company can set as minimum group.
    pub const FLOOR_GROUP: u32 = 3;
    /// The least a company can set as minimum for words.
    pub const FLOOR_COMMENTS: u32 = 10;
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            minimum_group: 5,
            minimum_comments: 10,
            keep_words_days: 730,
            code_with_attributes: false,
            ask_enps: false,
        }
    }
}

/// What is asked, by question id (`idea`, `block`, `commitment`, `enps`) and language tag. A text
/// that is missing is the translation that Throughline ships.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// `question id -> language tag -> text`.
    pub questions: BTreeMap<String, BTreeMap<String, String>>,
}
