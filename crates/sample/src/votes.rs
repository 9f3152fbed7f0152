//! Votes on which of two ideas is simpler, and which would help customers more. Once ideas are in, some of those
//! employed read a few pairs of them; who prefers which follows Bradley and Terry's model: with the true ease of the
//! fixes that the ideas propose, and with what employees expect of them, which goes with the points that are truly in
//! play and as much with opinions that they share.

use crate::plan::{Plan, Stream, normal, stream};
use crate::rows::VoteRow;
use crate::signals::numbered;
use rand::{Rng, RngExt};
use rand_distr::Distribution;

/// One voter for so many employed.
const EMPLOYED_A_VOTER: u32 = 4;
/// Pairs that a voter reads.
const PAIRS: std::ops::RangeInclusive<u32> = 4..=8;
/// Pairs that a voter reads for what would help customers more.
const PAIRS_ON_IMPACT: std::ops::RangeInclusive<u32> = 2..=4;
/// Log-odds that the simpler idea is preferred, for the whole way from hard to simple.
const TOLD_BY: f64 = 4.0;
/// Log-odds that the idea is preferred whose fix has more in play, for one standard deviation of the roots of these
/// points, and the standard deviation of opinions that aren't about them.
const SEEN: f64 = 0.7;
const SHARED_OPINION: f64 = 0.7;

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
        let of_levers = |of: &dyn Fn(usize) -> f64| -> Vec<f64> {
            let place = |key: &str| {
                let mut levers = self.levers.drawn.iter();
                levers.position(|lever| lever.entry.key == key)
            };
            ideas
                .iter()
                .map(|(_, key)| place(key).map_or(0.0, of))
                .collect()
        };
        let random = &mut stream(self.seed, Stream::Votes);
        let opinions = &mut stream(self.seed, Stream::Opinions);
        let expected = self.expected(opinions);
        let eases = of_levers(&|lever| TOLD_BY * self.levers.drawn[lever].ease);
        let expected = of_levers(&|lever| expected[lever]);
        if ideas.is_empty() {
            return Ok(());
        }
        let mut voter = String::new();
        for number in 1..=self.counts.employees / EMPLOYED_A_VOTER {
            numbered('W', number, &mut voter);
            let mut ask = |criterion, random: &mut _, pairs, worth: &[f64]| {
                for _ in 0..pairs {
                    if let Some((winner, loser)) = prefer(ideas, worth, random) {
                        each(&VoteRow {
                            winner,
                            loser,
                            criterion,
                            voter: &voter,
                        })?;
                    }
                }
                Ok(())
            };
            let pairs = random.random_range(PAIRS);
            ask("ease", random, pairs, &eases)?;
            let pairs = opinions.random_range(PAIRS_ON_IMPACT);
            ask("impact", opinions, pairs, &expected)?;
        }
        Ok(())
    }

    /// What employees expect of each fix for customers, in log-odds.
    fn expected(&self, random: &mut impl Rng) -> Vec<f64> {
        let truth = self.truth();
        let levers = truth.levers.iter();
        let roots: Vec<f64> = levers
            .map(|lever| lever.in_play_points.max(0.0).sqrt())
            .collect();
        let n = roots.len().max(1) as f64;
        let mean = roots.iter().sum::<f64>() / n;
        let variance = roots.iter().map(|root| (root - mean).powi(2)).sum::<f64>() / n;
        let opinion = normal(0.0, SHARED_OPINION);
        let of = |root: f64| SEEN * (root - mean) / variance.sqrt().max(1e-9);
        roots
            .iter()
            .map(|root| of(*root) + opinion.sample(random))
            .collect()
    }
}

/// Two ideas drawn by lot and which of them is preferred; none where both propose the same.
fn prefer<'a>(
    ideas: &'a [(String, &str)],
    worth: &[f64],
    random: &mut impl Rng,
) -> Option<(&'a str, &'a str)> {
    let one = random.random_range(0..ideas.len());
    let other = random.random_range(0..ideas.len());
    // Two ideas that propose the same aren't put against each other.
    if ideas[one].1 == ideas[other].1 {
        return None;
    }
    let odds = worth[one] - worth[other];
    let prefers = random.random::<f64>() < 1.0 / (1.0 + (-odds).exp());
    let (winner, loser) = if prefers { (one, other) } else { (other, one) };
    Some((&ideas[winner].0, &ideas[loser].0))
}
