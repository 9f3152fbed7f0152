//! A reason's words in two parts: what is the matter, and the hint. The words are the reason's own.

use super::NoAnswer;

impl NoAnswer {
    /// What is the matter, without the hint.
    pub fn what(&self) -> String {
        self.parted().0
    }

    /// What to do about it, where that is known.
    pub fn hint(&self) -> Option<String> {
        self.parted().1
    }

    fn parted(&self) -> (String, Option<String>) {
        let words = self.to_string();
        match words.split_once("; hint: ") {
            Some((what, hint)) => (what.to_owned(), Some(hint.to_owned())),
            None => (words, None),
        }
    }
}
