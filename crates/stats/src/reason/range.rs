//! Numbers that no estimator takes: not finite, or outside a range.

use super::{NoAnswer, Result};

/// Refuses NaN and infinities.
pub(crate) fn finite(value: f64) -> Result<f64> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(NoAnswer::NotFinite { value })
    }
}

/// Refuses NaN, infinities and numbers outside `low..=high`.
pub(crate) fn within(value: f64, low: f64, high: f64) -> Result<f64> {
    finite(value)?;
    if value < low || value > high {
        return Err(NoAnswer::OutOfRange { value, low, high });
    }
    Ok(value)
}
