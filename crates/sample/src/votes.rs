//! Votes on which of two ideas is simpler. Once ideas are in, some of those employed read a few pairs of them;
//! who prefers which follows Bradley and Terry's model with the true ease of the fixes that the ideas propose.

use crate::plan::{Plan, Stream, stream};
use crate::rows::VoteRow;
use crate::signals::numbered;
use rand::RngExt;

/// One voter for so many employed.
const EMPLOYED_A_VOTER: u32 = 4;
/// Pairs that a voter reads.
const PAIRS: std::ops::RangeInclusive<u32> = 4..=8;
/// Log-odds that the simpler idea is preferred, for the whole way from hard to simple.
const TOLD_BY: f64 = 4.0;

impl Plan {
    /// Streams the votes on ideas: ids of answers, each with the key of the lever it proposes. Stops at the
    /// callback's first error and returns it.
    ///
    /// # Errors
    /// The callback's.
    pub fn votes<E>(
        &self,
        ideas: &[(String, &str)],
        mut each: impl FnMut(&VoteRow<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let ease = |key: &str| {
            let levers = &self.levers.drawn;
            let lever = levers.iter().find(|lever| lever.entry.key == key);
            lever.map_or(0.5, |lever| lever.ease)
        };
        let eases: Vec<f64> = ideas.iter().map(|(_, key)| ease(key)).collect();
        if ideas.is_empty() {
            return Ok(());
        }
        let random = &mut stream(self.seed, Stream::Votes);
        let mut voter = String::new();
        for number in 1..=self.counts.employees / EMPLOYED_A_VOTER {
            numbered('W', number, &mut voter);
            for _ in 0..random.random_range(PAIRS) {
                let one = random.random_range(0..ideas.len());
                let other = random.random_range(0..ideas.len());
                // Two ideas that propose the same aren't put against each other.
                if ideas[one].1 == ideas[other].1 {
                    continue;
                }
                let odds = TOLD_BY * (eases[one] - eases[other]);
                let prefers = random.random::<f64>() < 1.0 / (1.0 + (-odds).exp());
                let (winner, loser) = if prefers { (one, other) } else { (other, one) };
                each(&VoteRow {
                    winner: &ideas[winner].0,
                    loser: &ideas[loser].0,
                    criterion: "ease",
                    voter: &voter,
                })?;
            }
        }
        Ok(())
    }
}
