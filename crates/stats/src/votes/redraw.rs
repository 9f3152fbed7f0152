//! Voters drawn anew: each voter's votes get one weight, drawn from the exponential distribution
//! and scaled to a mean of 1 (the Bayesian bootstrap; Rubin 1981, Annals of Statistics 9:130-134).
//!
//! Unlike drawing with replacement, no voter vanishes, so a graph of votes that had an estimate
//! has one in every resample. Votes of nobody in particular are each a voter: `n` like votes
//! together have a weight from the gamma distribution with shape `n`.

use super::pairs::{Counts, Pairs};
use rand_chacha::ChaCha12Rng;
use rand_distr::{Distribution, Exp1, Gamma};

/// Weights of `count` voters, with mean 1.
pub(crate) fn weights(count: usize, random: &mut ChaCha12Rng) -> Vec<f64> {
    let mut weights: Vec<f64> = (0..count).map(|_| Exp1.sample(random)).collect();
    let sum: f64 = weights.iter().sum();
    let scale = count as f64 / sum;
    if scale.is_finite() {
        weights.iter_mut().for_each(|weight| *weight *= scale);
    }
    weights
}

/// Counts of one resample.
pub(crate) fn pairs(pairs: &Pairs, random: &mut ChaCha12Rng) -> Counts {
    let mut counts = Counts::zeros(pairs.pairs());
    let owned = weights(pairs.ends.len(), random);
    for (cells, weight) in pairs.by_voter().zip(owned) {
        for cell in cells {
            counts.kinds[usize::from(cell.kind)][cell.pair as usize] += weight * cell.count;
        }
    }
    if let Some(loose) = &pairs.loose {
        for (kind, of_kind) in loose.kinds.iter().enumerate() {
            for (pair, &n) in of_kind.iter().enumerate() {
                if n > 0.0 {
                    // A shape above 0 and a scale of 1 are always allowed.
                    let drawn = Gamma::new(n, 1.0).map_or(n, |gamma| gamma.sample(random));
                    counts.kinds[kind][pair] += drawn;
                }
            }
        }
    }
    counts
}
