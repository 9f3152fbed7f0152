//! The confidentiality rules.

/// Smallest groups about which something may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Respondents a figure about a group of employees needs.
    pub minimum_group: u64,
    /// Respondents a group of employees needs before any of its words are shown.
    pub minimum_comments: u64,
    /// Quotes shown for one problem, fix, need or strength.
    pub quotes_each: usize,
    /// Longest quote, in characters; longer ones are cut at a word.
    pub quote_length: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            minimum_group: 5,
            minimum_comments: 10,
            quotes_each: 3,
            quote_length: 320,
        }
    }
}
