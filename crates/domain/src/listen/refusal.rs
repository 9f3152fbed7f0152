//! Why an idea isn't shown.

use serde::{Deserialize, Serialize};

/// A reason from the short list. Pages say it in the reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    /// The company does this already.
    InPlace,
    /// Whoever read it couldn't find a change in it that somebody could make.
    NoChange,
    /// It is about a person rather than about how work is done.
    AboutAPerson,
    /// It would break a law or put somebody at risk.
    NotSafe,
    /// It is about misconduct or danger, which has a channel of its own.
    OtherChannel,
    /// Something else, which the note says.
    Other,
}

impl RefusalReason {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 6] = [
        Self::InPlace,
        Self::NoChange,
        Self::AboutAPerson,
        Self::NotSafe,
        Self::OtherChannel,
        Self::Other,
    ];

    /// Its name in tables and in translations.
    pub fn name(self) -> &'static str {
        match self {
            Self::InPlace => "in_place",
            Self::NoChange => "no_change",
            Self::AboutAPerson => "about_a_person",
            Self::NotSafe => "not_safe",
            Self::OtherChannel => "other_channel",
            Self::Other => "other",
        }
    }

    /// The reason of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

/// Why an idea was refused: a reason from the list, and a note where the list says too little.
/// Its sender reads both on her receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// From the list.
    pub reason: RefusalReason,
    /// In the moderator's words; may be empty.
    pub note: String,
}

impl Refusal {
    /// Longest note, in characters.
    pub const LONGEST: usize = 300;

    /// As one text: the reason's name, a colon, the note.
    pub fn to_text(&self) -> String {
        format!("{}: {}", self.reason.name(), self.note)
    }

    /// From such a text.
    pub fn from_text(text: &str) -> Option<Self> {
        let (reason, note) = text.split_once(": ")?;
        Some(Self {
            reason: RefusalReason::named(reason)?,
            note: note.to_owned(),
        })
    }
}
