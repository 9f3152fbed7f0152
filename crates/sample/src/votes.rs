//! Votes on which of two ideas is simpler, and which would help customers more. Once ideas are in, some of those
//! employed read a few pairs of them; who prefers which follows Bradley and Terry's model: with the true ease of the
//! fixes that the ideas propose, and with what employees expect of them, which goes with the points that are truly in
//! play and as much with opinions that they share.

use crate::plan::{Plan, Stream, normal, stream};
use crate::rows::VoteRow;
use crate::signals::numbered;
use crate::truth::Truth;
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
pub(crate) const SEEN: f64 = 0.7;
const SHARED_OPINION: f64 = 0.7;

impl Plan {
    /// Streams the votes on ideas: ids of answers, each with the key of the lever it proposes; others aren't voted on.
    /// Stops at the callback's first error and returns it.
    ///
    /// # Errors
    /// The callback's.
    pub fn votes<E>(
        &self,
        truth: &Truth,
        ideas: &[(String, &str)],
        mut each: impl FnMut(&VoteRow<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let lever = |key: &str| truth.levers.iter().find(|lever| lever.key == key);
        let ideas: Vec<Idea<'_>> = ideas
            .iter()
            .filter_map(|(id, key)| {
                let lever = lever(key)?;
                Some(Idea {
                    id,
                    proposes: lever.key,
                    worth: [TOLD_BY * lever.ease, lever.expected_log_odds],
                })
            })
            .collect();
        if ideas.is_empty() {
            return Ok(());
        }
        let asked = [
            ("ease", PAIRS, Stream::Votes),
            ("impact", PAIRS_ON_IMPACT, Stream::VotesOnImpact),
        ];
        let mut streams = asked
            .clone()
            .map(|(_, _, purpose)| stream(self.seed, purpose));
        let mut voter = String::new();
        for number in 1..=self.counts.employees / EMPLOYED_A_VOTER {
            numbered('W', number, &mut voter);
            for (place, (criterion, pairs, _)) in asked.iter().enumerate() {
                let random = &mut streams[place];
                for _ in 0..random.random_range(pairs.clone()) {
                    if let Some((winner, loser)) = prefer(&ideas, place, random) {
                        each(&VoteRow {
                            winner,
                            loser,
                            criterion,
                            voter: &voter,
                        })?;
                    }
                }
            }
        }
        Ok(())
    }

    /// What employees expect of fixes for customers, in log-odds, by the points that are in play for each.
    pub(crate) fn expected(&self, in_play_points: &[f64]) -> Vec<f64> {
        let random = &mut stream(self.seed, Stream::Opinions);
        let roots: Vec<f64> = in_play_points
            .iter()
            .map(|points| points.max(0.0).sqrt())
            .collect();
        let n = roots.len().max(1) as f64;
        let mean = roots.iter().sum::<f64>() / n;
        let variance = roots.iter().map(|root| (root - mean).powi(2)).sum::<f64>() / n;
        let opinion = normal(0.0, SHARED_OPINION);
        let of = |root: f64| self.seen * (root - mean) / variance.sqrt().max(1e-9);
        roots
            .iter()
            .map(|root| of(*root) + opinion.sample(random))
            .collect()
    }
}

/// An idea that is voted on.
struct Idea<'a> {
    id: &'a str,
    proposes: &'static str,
    /// How simple it is, and how far it is expected to help, in log-odds.
    worth: [f64; 2],
}

/// Two ideas drawn by lot and which of them is preferred; none where both propose the same.
fn prefer<'a>(
    ideas: &[Idea<'a>],
    criterion: usize,
    random: &mut impl Rng,
) -> Option<(&'a str, &'a str)> {
    let one = &ideas[random.random_range(0..ideas.len())];
    let other = &ideas[random.random_range(0..ideas.len())];
    // Two ideas that propose the same aren't put against each other.
    if one.proposes == other.proposes {
        return None;
    }
    let odds = one.worth[criterion] - other.worth[criterion];
    let prefers = random.random::<f64>() < 1.0 / (1.0 + (-odds).exp());
    let (winner, loser) = if prefers { (one, other) } else { (other, one) };
    Some((winner.id, loser.id))
}
