//! What one employee sends.

use crate::words::Words;

/// One employee's answer to a round. Nothing in it says who, when or in which language.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// What simple change here would help our customers?
    pub idea: Option<Words>,
    /// What stands in the way?
    pub block: Option<Words>,
    /// How committed is your team to deciding by customers' outcomes? 1 to 5.
    pub commitment: Option<u8>,
    /// Would you recommend this company as a place to work? 0 to 10; off unless a round asks it.
    pub enps: Option<u8>,
    /// Whether the words may be quoted (after somebody has read them).
    pub may_quote: bool,
}

impl Answer {
    /// Longest text that is taken, in characters; the page says so before.
    pub const LONGEST: usize = 2_000;
    /// Ends of the commitment scale.
    pub const COMMITMENT: (u8, u8) = (1, 5);

    /// Whether nothing was said at all.
    pub fn is_empty(&self) -> bool {
        let none = |words: &Option<Words>| words.as_ref().is_none_or(Words::is_empty);
        none(&self.idea) && none(&self.block) && self.commitment.is_none() && self.enps.is_none()
    }
}
