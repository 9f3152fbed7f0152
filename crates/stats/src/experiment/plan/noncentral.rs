//! The upper tail of the noncentral t distribution, by integrating the normal tail over the scale
//! `s = √(χ²/ν)`: `P(T > t) = ∫ Φ(δ - t s) f(s) ds`, with Simpson's rule on the part of `f` that
//! has weight. Good to about 1e-12 for two degrees of freedom or more.

use crate::reason::{Result, within};
use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::gamma::ln_gamma;

/// Panels of Simpson's rule; even.
const PANELS: usize = 1200;

/// P(T > t) with `freedom` degrees of freedom and noncentrality `delta`.
pub(super) fn upper_tail(t: f64, freedom: f64, delta: f64) -> Result<f64> {
    let normal = Normal::standard();
    within(freedom, 1.0, f64::MAX)?;
    if !(t.is_finite() && delta.is_finite()) {
        return Ok(if delta > t { 1.0 } else { 0.0 });
    }
    if freedom > 1e9 {
        return Ok(normal.cdf(delta - t));
    }
    let half = freedom / 2.0;
    let constant = std::f64::consts::LN_2 + half * half.ln() - ln_gamma(half);
    // Kept apart from the large constant, so that their difference keeps its digits.
    let log_density =
        |s: f64| constant - half + (freedom - 1.0) * s.ln() - half * (s - 1.0) * (s + 1.0);
    let reach = 12.0 / (2.0 * freedom).sqrt();
    let (low, high) = ((1.0 - reach).max(0.0), 1.0 + reach);
    let step = (high - low) / PANELS as f64;
    let (mut sum, mut weight) = (0.0, 0.0);
    for k in 0..=PANELS {
        let s = low + step * k as f64;
        if s <= 0.0 {
            continue;
        }
        let factor = match k {
            0 | PANELS => 1.0,
            k if k % 2 == 1 => 4.0,
            _ => 2.0,
        };
        let density = factor * log_density(s).exp();
        weight += density;
        sum += density * normal.cdf(delta - t * s);
    }
    // Over the summed weight, so that errors of the constant (large for many degrees of freedom)
    // drop out.
    Ok((sum / weight).clamp(0.0, 1.0))
}
