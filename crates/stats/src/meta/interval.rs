//! The Q-profile interval of `τ²`, and the quantile of chi-squared it needs.

use super::heterogeneity::Known;
use crate::answer::chi_squared_above;

/// The value that chi-squared exceeds with probability `share`, by halving.
fn chi_squared_quantile(share: f64, df: f64) -> f64 {
    let (mut low, mut high) = (0.0, df.max(1.0));
    while chi_squared_above(high, df) > share && high < 1e300 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if chi_squared_above(middle, df) > share {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// The `τ²` at which the generalised Q meets the 97.5% and 2.5% quantiles of chi-squared.
pub(super) fn q_profile(known: &Known, df: f64) -> (f64, f64) {
    let q = |tau2: f64| {
        let (weights, _, mean) = known.at(tau2);
        weights
            .iter()
            .zip(&known.estimates)
            .map(|(w, y)| w * (y - mean) * (y - mean))
            .sum::<f64>()
    };
    let meets = |target: f64| {
        if q(0.0) <= target {
            return 0.0;
        }
        let mut high = known.scale();
        while q(high) > target && high < 1e200 {
            high *= 2.0;
        }
        let mut low = 0.0;
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if q(middle) > target {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    };
    (
        meets(chi_squared_quantile(0.025, df)),
        meets(chi_squared_quantile(0.975, df)),
    )
}
