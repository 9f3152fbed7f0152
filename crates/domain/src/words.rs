//! People's raw words: a type that can be read by an analysis and not be shown by accident.

use serde::{Deserialize, Deserializer};

/// Words as a person wrote them. No `Display`, no `Debug`, no `Serialize`: only
/// `throughline-disclosure` turns them into something that may be shown.
///
/// ```compile_fail
/// let words = throughline_domain::Words::new("call me on 555 0100");
/// println!("{words:?}");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Words(String);

impl Words {
    /// Takes words in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The words, for an analysis that does not show them.
    pub fn for_analysis(&self) -> &str {
        &self.0
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}
