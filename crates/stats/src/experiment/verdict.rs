//! What an interval says, in one of four ways.

use crate::reason::{Result, within};

/// Which direction is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More of the outcome is better.
    HigherIsBetter,
    /// Less of it is.
    LowerIsBetter,
}

/// What the interval says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Clear of zero, on the good side.
    Better,
    /// Clear of zero, on the bad side.
    Worse,
    /// All of it is nearer to zero than what matters, even if it is clear of zero.
    TooSmall,
    /// Anything else.
    CantTell,
}

/// Reads an interval; `smallest` is the smallest change that matters (0: any).
///
/// # Errors
/// [`crate::NoAnswer::NotFinite`], [`crate::NoAnswer::OutOfRange`] for a negative `smallest`.
pub fn verdict(low: f64, high: f64, smallest: f64, direction: Direction) -> Result<Verdict> {
    within(low, -f64::MAX, f64::MAX)?;
    within(high, -f64::MAX, f64::MAX)?;
    within(smallest, 0.0, f64::MAX)?;
    Ok(if low > -smallest && high < smallest {
        Verdict::TooSmall
    } else if low > 0.0 || high < 0.0 {
        if (low > 0.0) == (direction == Direction::HigherIsBetter) {
            Verdict::Better
        } else {
            Verdict::Worse
        }
    } else {
        Verdict::CantTell
    })
}
