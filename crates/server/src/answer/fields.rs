//! What came back in the form, as somebody wrote it.

use serde::Deserialize;
use throughline_domain::Words;
use throughline_domain::listen::{Answer, Terms, plain};
use uuid::Uuid;

/// The form's fields. All are texts: what isn't as expected is said in words, not refused unread.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    /// The random id that stood in the form.
    pub id: String,
    pub idea: String,
    pub commitment: String,
    pub block: String,
    pub enps: String,
    pub may_quote: String,
    pub receipt: String,
}

/// What can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// Longer than is taken: which field, with so many characters.
    Long { field: &'static str, letters: usize },
    /// Nothing was said.
    Empty,
    /// A number that isn't on the scale.
    Scale,
    /// No form of ours.
    Form,
    /// It can't be stored just now.
    Later,
}

impl Fields {
    /// For a fresh form.
    pub fn fresh() -> Self {
        Self {
            id: Uuid::new_v4().to_string(),

            ..Self::default()
        }
    }

    /// Whether a receipt is wished.
    pub fn wants_receipt(&self) -> bool {
        !self.receipt.is_empty()
    }

    /// What was said, and under which id; or what is wrong with it.
    pub fn read(&self, terms: &Terms) -> Result<(Uuid, Answer), Wrong> {
        let id = self.id.parse().map_err(|_| Wrong::Form)?;
        let words = |field: &'static str, text: &str| {
            let text = plain(text);
            let letters = text.chars().count();
            if letters > Answer::LONGEST {
                Err(Wrong::Long { field, letters })
            } else {
                Ok((!text.is_empty()).then(|| Words::new(text)))
            }
        };
        let scale = |text: &str, (least, most): (u8, u8)| match text.trim() {
            "" => Ok(None),
            text => text
                .parse::<u8>()
                .ok()
                .filter(|value| (least..=most).contains(value))
                .map(Some)
                .ok_or(Wrong::Scale),
        };
        let answer = Answer {
            idea: words("idea", &self.idea)?,
            block: words("block", &self.block)?,
            commitment: scale(&self.commitment, Answer::COMMITMENT)?,
            enps: if terms.ask_enps {
                scale(&self.enps, (0, 10))?
            } else {
                None
            },
            may_quote: !self.may_quote.is_empty(),
        };
        if answer.is_empty() {
            return Err(Wrong::Empty);
        }
        Ok((id, answer))
    }
}
