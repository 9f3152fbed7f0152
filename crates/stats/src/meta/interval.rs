//! The Q-profile interval of `τ²`.

use super::heterogeneity::Known;
use crate::answer::chi_squared_quantile;

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
