//! Two arms compared once, at a size fixed beforehand.
//!
//! Means and ratios: Welch (1947) with Satterthwaite's degrees of freedom, as R's `t.test`.
//! Relative changes: the delta method on the same degrees of freedom. Shares: Newcombe's (1998,
//! Statistics in Medicine 17:873-890, method 10) interval from two of Wilson's, and the p-value of
//! the pooled score test, as R's `prop.test(correct = FALSE)`.
//!
//! Looking again and again until an interval is clear of zero breaks its promise: that is what
//! [`super::sequence`] is for.

use super::arm::{Arm, clear_of_zero};
use crate::answer::{Spread, quantile_of_t};
use crate::reason::{NoAnswer, Result, within};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// In what the change is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// In the outcome's unit.
    Absolute,
    /// As a part of the control's value (of its size, where that is negative).
    Relative,
}

/// Treated minus control.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// The change.
    pub value: f64,
    /// Its error and interval, at the level asked for.
    pub spread: Spread,
    /// Two-sided p-value of "no change".
    pub p: f64,
    /// Rows of both arms.
    pub n: u64,
}

/// Which way a one-sided question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Is the treated arm's value higher?
    Greater,
    /// Is it lower?
    Less,
}

/// An answer to a one-sided question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneSided {
    /// The end of the interval: lower for [`Side::Greater`], upper for [`Side::Less`].
    pub bound: f64,
    /// One-sided p-value.
    pub p: f64,
}

/// Means, ratios or adjusted means, with an interval of level `1 - alpha`.
///
/// # Errors
/// [`NoAnswer::EmptyArm`], [`NoAnswer::TooFewRows`] for an arm of one row,
/// [`NoAnswer::NoVariation`] if neither arm varies, [`NoAnswer::BaselineNearZero`] for a relative
/// change of a control within four standard errors of zero, [`NoAnswer::OutOfRange`] unless
/// `alpha` is within 0 and 1.
pub fn welch(control: &Arm, treated: &Arm, scale: Scale, alpha: f64) -> Result<Comparison> {
    let df = welch_freedom(control, treated)?;
    let (value, variance) = match scale {
        Scale::Absolute => (treated.value - control.value, part(control) + part(treated)),
        Scale::Relative => {
            clear_of_zero(control.value, control.se())?;
            let size = control.value.abs();
            let (c, t) = (control.over(size), treated.over(size));
            (t.value - c.value, part(&t) + t.value * t.value * part(&c))
        }
    };
    comparison(value, variance.sqrt(), df, alpha, control.n + treated.n)
}

/// Satterthwaite's degrees of freedom for the difference of two arms.
pub(crate) fn welch_freedom(control: &Arm, treated: &Arm) -> Result<f64> {
    for (place, arm) in [control, treated].into_iter().enumerate() {
        within(arm.value, -f64::MAX, f64::MAX)?;
        within(arm.variance, 0.0, f64::MAX)?;
        match arm.n {
            0 => return Err(NoAnswer::EmptyArm { arm: place }),
            1 => return Err(NoAnswer::TooFewRows { n: 1, needed: 2 }),
            _ => {}
        }
    }
    let whole = part(control) + part(treated);
    if whole <= 0.0 {
        return Err(NoAnswer::NoVariation);
    }
    let share = part(control) / whole;
    let rest = 1.0 - share;
    Ok(1.0 / (share * share / (control.n - 1) as f64 + rest * rest / (treated.n - 1) as f64))
}

fn part(arm: &Arm) -> f64 {
    arm.variance / arm.n as f64
}

/// From a value and its error to interval and p-value by Student's t.
pub(crate) fn comparison(value: f64, se: f64, df: f64, alpha: f64, n: u64) -> Result<Comparison> {
    within(alpha, 1e-12, 1.0 - 1e-12)?;
    within(value, -f64::MAX, f64::MAX)?;
    if !(se.is_finite() && se > 0.0 && df > 0.0) {
        return Err(NoAnswer::NoVariation);
    }
    let half = quantile_of_t(1.0 - alpha / 2.0, df) * se;
    if !half.is_finite() {
        return Err(NoAnswer::TooFewRows { n, needed: n + 1 });
    }
    Ok(Comparison {
        value,
        spread: Spread {
            se,
            df,
            low: value - half,
            high: value + half,
        },
        p: (2.0 * upper_tail((value / se).abs(), df)).min(1.0),
        n,
    })
}

/// P(T > t) for Student's t.
pub(crate) fn upper_tail(t: f64, df: f64) -> f64 {
    if df > 1e7 {
        return Normal::standard().sf(t);
    }
    StudentsT::new(0.0, 1.0, df).map_or(1.0, |distribution| distribution.sf(t))
}

impl Comparison {
    /// The one-sided answer at level `1 - alpha`, for comparisons made with Student's t.
    pub fn one_sided(&self, side: Side, alpha: f64) -> OneSided {
        let reach = quantile_of_t(1.0 - alpha.clamp(1e-12, 0.5), self.spread.df) * self.spread.se;
        let t = self.value / self.spread.se;
        match side {
            Side::Greater => OneSided {
                bound: self.value - reach,
                p: upper_tail(t, self.spread.df),
            },
            Side::Less => OneSided {
                bound: self.value + reach,
                p: upper_tail(-t, self.spread.df),
            },
        }
    }
}

/// Shares of two arms made by [`Arm::of_share`]: their difference. The interval isn't symmetric;
/// `se` is its width over twice the normal quantile.
///
/// # Errors
/// [`NoAnswer::EmptyArm`], [`NoAnswer::OutOfRange`] if a value isn't within 0 and 1,
/// [`NoAnswer::NoVariation`] if all rows of both arms are 0, or all 1.
pub fn shares(control: &Arm, treated: &Arm, alpha: f64) -> Result<Comparison> {
    within(alpha, 1e-12, 1.0 - 1e-12)?;
    for (place, arm) in [control, treated].into_iter().enumerate() {
        within(arm.value, 0.0, 1.0)?;
        if arm.n == 0 {
            return Err(NoAnswer::EmptyArm { arm: place });
        }
    }
    let (c, t) = (control.n as f64, treated.n as f64);
    let pooled = (control.value * c + treated.value * t) / (c + t);
    if pooled <= 0.0 || pooled >= 1.0 {
        return Err(NoAnswer::NoVariation);
    }
    let z = quantile_of_t(1.0 - alpha / 2.0, f64::INFINITY);
    let (low_c, high_c) = wilson(control.value, c, z);
    let (low_t, high_t) = wilson(treated.value, t, z);
    let value = treated.value - control.value;
    let low = value - (treated.value - low_t).hypot(high_c - control.value);
    let high = value + (high_t - treated.value).hypot(control.value - low_c);
    let score = value / (pooled * (1.0 - pooled) * (1.0 / c + 1.0 / t)).sqrt();
    Ok(Comparison {
        value,
        spread: Spread {
            se: (high - low) / (2.0 * z),
            df: f64::INFINITY,
            low,
            high,
        },
        p: (2.0 * upper_tail(score.abs(), f64::INFINITY)).min(1.0),
        n: control.n + treated.n,
    })
}

fn wilson(share: f64, n: f64, z: f64) -> (f64, f64) {
    let pull = z * z / n;
    let centre = (share + pull / 2.0) / (1.0 + pull);
    let half = (pull * (share * (1.0 - share) + pull / 4.0)).sqrt() / (1.0 + pull);
    ((centre - half).max(0.0), (centre + half).min(1.0))
}
