//! The error of a pooled mean from the studies' own scatter about it: CR2 with every study a
//! cluster of its own, and Satterthwaite degrees of freedom (Hedges, Tipton & Johnson 2010,
//! Research Synthesis Methods 1:39-65; Tipton 2015, Psychological Methods 20:375-393), as R's
//! clubSandwich has it.
//!
//! With shares p of the mean and variances V = v + τ² the residuals are y - Σpy with covariance
//! O = V - a1' - 1a' + s11', a = pV, s = Σp²V. The variance is Σ d e², d = p²V/O(ii), whose
//! expectation under V is Σp²V; degrees of freedom are 2 E² / Var of it. Few studies of very
//! unequal size leave few degrees of freedom, which is what Knapp & Hartung's interval doesn't
//! know.

use crate::answer::{Spread, Z, t_quantile};
use crate::reason::{NoAnswer, Result};

/// A study so heavy that this part of its variance is left in its residual has none to learn from.
const OWN_PART: f64 = 1e-9;
/// Up to so many studies pairs are summed one by one, which loses no digits where one is far
/// heavier than the rest.
const PAIRS_UP_TO: usize = 2_000;
/// No interval is narrower than this part of what the studies' own errors alone would give if all
/// had one true value: estimates that happen to be equal (rounded, say) don't make a sure mean.
const LEAST_PART: f64 = 0.5;

/// The spread of the mean with these `shares`; `variances` are the known ones, without `tau2`.
pub(super) fn spread(
    mean: f64,
    shares: &[f64],
    estimates: &[f64],
    variances: &[f64],
    tau2: f64,
) -> Result<Spread> {
    let whole: Vec<f64> = variances.iter().map(|v| v + tau2).collect();
    let pulls: Vec<f64> = shares.iter().zip(&whole).map(|(p, v)| p * v).collect();
    let shared: f64 = shares.iter().zip(&pulls).map(|(p, a)| p * a).sum();
    let (mut variance, mut expected) = (0.0, 0.0);
    let mut weights = Vec::with_capacity(shares.len());
    let mut own = Vec::with_capacity(shares.len());
    for i in 0..shares.len() {
        let left = whole[i] - 2.0 * pulls[i] + shared;
        if left <= OWN_PART * whole[i] {
            return Err(NoAnswer::TooFewClusters { n: 1, needed: 2 });
        }
        let weight = shares[i] * pulls[i] / left;
        variance += weight * (estimates[i] - mean).powi(2);
        expected += weight * left;
        weights.push(weight);
        own.push(left);
    }
    let df = expected * expected / twice_over(&weights, &own, &pulls, shared);
    let errors: f64 = variances.iter().map(|v| 1.0 / v).sum();
    let least = LEAST_PART * Z / errors.sqrt() / t_quantile(df);
    Spread::symmetric(mean, variance.sqrt().max(least), df)
}

/// Σ d(i) d(j) O(ij)² over all pairs.
fn twice_over(weights: &[f64], own: &[f64], pulls: &[f64], shared: f64) -> f64 {
    let diagonal: f64 = weights.iter().zip(own).map(|(d, o)| (d * o).powi(2)).sum();
    // Off it O(ij) is u(i) + u(j).
    let half: Vec<f64> = pulls.iter().map(|a| 0.5 * shared - a).collect();
    if weights.len() <= PAIRS_UP_TO {
        let pairs = (0..weights.len()).map(|i| {
            let before = (0..i).map(|j| weights[j] * (half[i] + half[j]).powi(2));
            2.0 * weights[i] * before.sum::<f64>()
        });
        return diagonal + pairs.sum::<f64>();
    }
    let sum = |power: i32| {
        let each = weights.iter().zip(&half).map(|(d, u)| d * u.powi(power));
        each.sum::<f64>()
    };
    let doubled = weights
        .iter()
        .zip(&half)
        .map(|(d, u)| (2.0 * d * u).powi(2));
    let pairs = 2.0 * sum(0) * sum(2) + 2.0 * sum(1).powi(2) - doubled.sum::<f64>();
    diagonal + pairs.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_studies_are_summed_as_few_are() {
        let n = 2_500;
        let part = |k: usize, m: usize| 0.2 + (k * m % 97) as f64 / 97.0;
        let weights: Vec<f64> = (0..n).map(|k| part(k, 31)).collect();
        let own: Vec<f64> = (0..n).map(|k| part(k, 17)).collect();
        let pulls: Vec<f64> = (0..n).map(|k| part(k, 53)).collect();
        let quick = twice_over(&weights, &own, &pulls, 0.3);
        let mut slow = 0.0;
        for i in 0..n {
            for j in 0..n {
                let o = if i == j {
                    own[i]
                } else {
                    0.3 - pulls[i] - pulls[j]
                };
                slow += weights[i] * weights[j] * o * o;
            }
        }
        // Six million terms one after the other lose some 1e-12 to rounding themselves.
        assert!((quick / slow - 1.0).abs() < 1e-10, "{quick} {slow}");
    }
}
