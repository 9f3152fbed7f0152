//! Roots and minima of functions of one number.

use crate::reason::{NoAnswer, Result};

/// Where a mixture's log, rising with the sum from 0 up to `top`, reaches `threshold`; `top` where
/// it never does. Without a `top` one is looked for.
pub(super) fn crossing(
    log_mixture: impl Fn(f64) -> f64,
    threshold: f64,
    start: f64,
    top: Option<f64>,
) -> Result<f64> {
    let mut high = top.unwrap_or(start.max(f64::MIN_POSITIVE));
    if top.is_none() {
        let mut tries = 0;
        while !(log_mixture(high) > threshold) {
            high *= 2.0;
            tries += 1;
            if tries > 200 || !high.is_finite() {
                return Err(NoAnswer::Arithmetic {
                    what: "bound of a mixture",
                });
            }
        }
    } else if !(log_mixture(high) >= threshold) {
        return Ok(high);
    }
    Ok(bisect(0.0, high, |s| log_mixture(s) > threshold))
}

/// The place between `low` and `high` where `is_past` turns from false to true.
pub(super) fn bisect(mut low: f64, mut high: f64, is_past: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..100 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if is_past(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    low + (high - low) / 2.0
}

/// Where a function with one valley is least between `low` and `high` (golden section).
pub(super) fn valley(low: f64, high: f64, steps: usize, f: impl Fn(f64) -> f64) -> (f64, f64) {
    const GOLDEN: f64 = 0.618_033_988_749_894_8;
    let (mut a, mut b) = (low, high);
    let (mut x, mut y) = (b - GOLDEN * (b - a), a + GOLDEN * (b - a));
    let (mut fx, mut fy) = (f(x), f(y));
    for _ in 0..steps {
        if fx < fy {
            (b, y, fy) = (y, x, fx);
            x = b - GOLDEN * (b - a);
            fx = f(x);
        } else {
            (a, x, fx) = (x, y, fy);
            y = a + GOLDEN * (b - a);
            fy = f(y);
        }
    }
    if fx < fy { (x, fx) } else { (y, fy) }
}
