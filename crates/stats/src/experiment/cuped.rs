//! CUPED (Deng, Xu, Kohavi & Walker 2013, WSDM): what was known of each row before the experiment
//! takes out scatter that the treatment can't have caused.
//!
//! The adjusted mean is `mean(y) - θ × (mean(x) - overall mean of x)` with `θ = cov(y, x) / var(x)`
//! over both arms together. Only differences between arms are used, so the overall mean drops out.
//! `x` must be settled before the treatment can touch it; nothing here can check that.

use super::arm::{Arm, PairedArm, clear_of_zero};
use super::fixed::{Comparison, Scale, comparison, welch, welch_freedom};
use crate::reason::{NoAnswer, Result};

/// How the error of a relative change is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelativeError {
    /// Delta method over all four means, the covariance of the control's outcome and its
    /// adjustment included.
    Delta,
    /// The adjusted variances put where a plain mean's would be: what growthbook's published
    /// figures were made with. The same where the arms are alike; too short or too long where the
    /// effect is large and the adjustment strong.
    PlainMeans,
}

/// What the adjustment came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adjusted {
    /// Treated minus control.
    pub comparison: Comparison,
    /// θ: outcome units a unit of `x`.
    pub theta: f64,
    /// Part of the difference's variance that the adjustment took out, below 1; negative if it
    /// added some.
    pub variance_removed: f64,
}

/// Compares outcomes (`y` of each arm) adjusted by what was before (`x`).
///
/// # Errors
/// [`NoAnswer::NoVariation`] if `x` is the same in all rows or nothing is left to vary, else as
/// [`welch`].
pub fn cuped(
    control: &PairedArm,
    treated: &PairedArm,
    scale: Scale,
    error: RelativeError,
    alpha: f64,
) -> Result<Adjusted> {
    for (place, arm) in [control, treated].into_iter().enumerate() {
        if arm.n == 0 {
            return Err(NoAnswer::EmptyArm { arm: place });
        }
    }
    let theta = theta(control, treated)?;
    let adjusted = |arm: &PairedArm| Arm {
        n: arm.n,
        value: arm.y - theta * (arm.x - control.x),
        variance: arm.variance_of(1.0, -theta),
    };
    // The control's value stays what it was: x counts from its mean.
    let (c, t) = (adjusted(control), adjusted(treated));
    let comparison = match scale {
        Scale::Absolute => welch(&c, &t, scale, alpha)?,
        Scale::Relative => {
            let df = welch_freedom(&c, &t)?;
            let plain = control.first()?;
            clear_of_zero(plain.value, plain.se())?;
            let size = control.y.abs();
            let value = (t.value - c.value) / size;
            // Gradient by the control's mean of y and of x.
            let sign = control.y.signum();
            let variance_control = match error {
                RelativeError::Delta => control.variance_of(sign + value, -theta * sign),
                RelativeError::PlainMeans => {
                    let ratio = treated.y / size;
                    ratio * ratio * c.variance
                }
            };
            let variance = variance_control / control.n as f64 + t.variance / treated.n as f64;
            comparison(value, variance.sqrt() / size, df, alpha, c.n + t.n)?
        }
    };
    let before =
        control.variances().0 / control.n as f64 + treated.variances().0 / treated.n as f64;
    let after = c.variance / control.n as f64 + t.variance / treated.n as f64;
    Ok(Adjusted {
        comparison,
        theta,
        variance_removed: if before > 0.0 {
            1.0 - after / before
        } else {
            0.0
        },
    })
}

/// θ over both arms together.
fn theta(control: &PairedArm, treated: &PairedArm) -> Result<f64> {
    let both = control.and(treated);
    let level = both.x * both.x * both.n as f64;
    if both.xx <= 1e-24 * level || both.xx <= 0.0 {
        return Err(NoAnswer::NoVariation);
    }
    Ok(both.xy / both.xx)
}
