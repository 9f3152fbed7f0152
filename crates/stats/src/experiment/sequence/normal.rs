//! Normal mixtures (Howard et al. 2021, propositions 5 and 6; Robbins 1970): for sums whose
//! scatter `v` is known as they go, such as `n × sd²` of normal or bounded rows.
//!
//! A two-sided mixture over drifts `N(0, 1/ρ)` gives `½ ln(ρ / (v + ρ)) + s² / 2(v + ρ)` as log of
//! the martingale. Two arms have one martingale each; their product holds both means at once, and
//! the difference's interval is that region's shadow. So nothing is assumed about how rows come to
//! arms, or in which order.

use super::search::crossing;
use super::{Running, Sequence, level};
use crate::reason::{NoAnswer, Result, within};
use statrs::function::erf::erfc;

/// `2 ln(1/α) + ln(1 + 2 ln(1/α))`: a mixture with `ρ = v / this` is nearly tightest at `v`.
pub fn tuning(alpha: f64) -> Result<f64> {
    let twice = 2.0 * (1.0 / level(alpha)?).ln();
    Ok(twice + (1.0 + twice).ln())
}

/// ρ of the two-sided mixture that is nearly tightest at `v`.
///
/// # Errors
/// [`NoAnswer::OutOfRange`] unless `v` is positive and `alpha` within 0 and 1.
pub fn best_rho(v: f64, alpha: f64) -> Result<f64> {
    Ok(within(v, f64::MIN_POSITIVE, 1e200)? / tuning(alpha)?)
}

/// ρ of the one-sided mixture that is nearly tightest at `v`.
///
/// # Errors
/// As [`best_rho`]; `alpha` must be below one half.
pub fn best_rho_one_sided(v: f64, alpha: f64) -> Result<f64> {
    best_rho(v, 2.0 * alpha)
}

/// Log of the two-sided mixture at sum `s` and variance `v`.
pub fn log_mixture(s: f64, v: f64, rho: f64) -> f64 {
    0.5 * (rho / (v + rho)).ln() + s * s / (2.0 * (v + rho))
}

/// Log of the one-sided mixture.
pub fn log_mixture_one_sided(s: f64, v: f64, rho: f64) -> f64 {
    let z = s / (v + rho).sqrt();
    0.5 * (4.0 * rho / (v + rho)).ln()
        + z * z / 2.0
        + (0.5 * erfc(-z / std::f64::consts::SQRT_2)).ln()
}

/// How far the sum may stray at variance `v`, on either side, with probability `1 - alpha` ever.
///
/// # Errors
/// [`NoAnswer::OutOfRange`].
pub fn bound(v: f64, alpha: f64, rho: f64) -> Result<f64> {
    within(v, 0.0, 1e200)?;
    within(rho, f64::MIN_POSITIVE, 1e200)?;
    Ok(((v + rho) * ((v / rho).ln_1p() + 2.0 * (1.0 / level(alpha)?).ln())).sqrt())
}

/// How far it may stray upwards.
///
/// # Errors
/// [`NoAnswer::OutOfRange`], [`NoAnswer::Arithmetic`].
pub fn bound_one_sided(v: f64, alpha: f64, rho: f64) -> Result<f64> {
    within(v, 0.0, 1e200)?;
    within(rho, f64::MIN_POSITIVE, 1e200)?;
    crossing(
        |s| log_mixture_one_sided(s, v, rho),
        (1.0 / level(alpha)?).ln(),
        v,
        None,
    )
}

/// Rows and mean of each arm at one look, the control first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Rows.
    pub n: [u64; 2],
    /// Means.
    pub mean: [f64; 2],
}

/// The difference of two means, rows having standard deviation at most `sd` (for rows within
/// bounds: half the distance of the bounds, by Hoeffding's lemma). Tightest near `horizon` rows in
/// both arms together. Looks at which an arm is empty are passed over.
///
/// # Errors
/// [`NoAnswer::OutOfRange`] unless `sd` is positive, [`NoAnswer::Empty`] without a look,
/// [`NoAnswer::LooksDisagree`].
pub fn difference(looks: &[Standing], sd: f64, horizon: u64, alpha: f64) -> Result<Sequence> {
    within(sd, 1e-100, 1e50)?;
    let threshold = (1.0 / level(alpha)?).ln();
    let rows_each = horizon.max(2) as f64 / 2.0;
    let rho = best_rho(rows_each, alpha)?;
    let mut running = Running::new();
    for look in looks {
        if look.n.contains(&0) {
            continue;
        }
        // In units of sd² a row adds 1 to v.
        let weight = look.n.map(|n| {
            let n = n as f64;
            n * n / (2.0 * (n + rho))
        });
        let penalty: f64 = look.n.iter().map(|&n| 0.5 * (n as f64 / rho).ln_1p()).sum();
        let steep = 1.0 / (1.0 / weight[0] + 1.0 / weight[1]);
        let value = look.mean[1] - look.mean[0];
        let half = sd * ((threshold + penalty) / steep).sqrt();
        let evidence = steep * (value / sd) * (value / sd) - penalty;
        running.add(
            look.n[0] + look.n[1],
            value,
            (value - half, value + half),
            evidence,
        )?;
    }
    running.finish()
}

/// The mean of one arm, as [`difference`].
///
/// # Errors
/// As [`difference`].
pub fn mean(n: u64, mean: f64, sd: f64, horizon: u64, alpha: f64) -> Result<(f64, f64)> {
    if n == 0 {
        return Err(NoAnswer::Empty);
    }
    within(sd, 1e-100, 1e50)?;
    let half = sd * bound(n as f64, alpha, best_rho(horizon.max(1) as f64, alpha)?)? / n as f64;
    Ok((mean - half, mean + half))
}
