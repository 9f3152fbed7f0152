//! How noisy a mean of few answers is: error variances from counts and spreads.
//!
//! The variance among answers is pooled over units and waves, because a single unit's spread from
//! three answers is noise itself; close to a census the finite-population correction shrinks the
//! error. Source: Cochran 1977, Sampling Techniques, sections 2.6 and 5.2.
//!
//! It doesn't know about weights or answers that depend on each other within a unit.

use super::table::SamplingError;
use crate::reason::{NoAnswer, Result, within};

/// Variance among answers within units and waves: sum of (n - 1) sd² over sum of (n - 1).
///
/// # Errors
/// [`NoAnswer::TooFewRows`] where no unit has two answers, [`NoAnswer::NotFinite`],
/// [`NoAnswer::OutOfRange`].
pub fn pooled_variance(counts_and_sds: &[(f64, f64)]) -> Result<f64> {
    let (mut sum, mut freedom) = (0.0, 0.0);
    for &(n, sd) in counts_and_sds {
        let n = within(n, 0.0, 1e15)?;
        let sd = within(sd, 0.0, super::table::LARGEST)?;
        if n > 1.0 {
            sum += (n - 1.0) * sd * sd;
            freedom += n - 1.0;
        }
    }
    if freedom > 0.0 {
        Ok(sum / freedom)
    } else {
        Err(NoAnswer::TooFewRows { n: 1, needed: 2 })
    }
}

/// Variance of the mean of `n` answers out of `population` people (infinite where unknown):
/// variance / n * (1 - n / population).
///
/// # Errors
/// [`NoAnswer::OutOfRange`] where `n` isn't above zero.
pub fn of_mean(variance: f64, n: f64, population: f64) -> Result<f64> {
    let n = within(n, f64::MIN_POSITIVE, 1e15)?;
    let left = if population.is_finite() {
        (1.0 - n / population.max(n)).max(0.0)
    } else {
        1.0
    };
    Ok(within(variance, 0.0, f64::MAX)? / n * left)
}

/// Errors of the two means of one unit and wave. `both` answers gave x and y, and their answers
/// correlate by `correlation` within units.
///
/// # Errors
/// As [`of_mean`].
pub fn of_pair(
    variances: (f64, f64),
    counts: (f64, f64),
    population: f64,
    both: f64,
    correlation: f64,
) -> Result<SamplingError> {
    let x = of_mean(variances.0, counts.0, population)?;
    let y = of_mean(variances.1, counts.1, population)?;
    let both = within(both, 0.0, counts.0.min(counts.1))?;
    let correlation = within(correlation, -1.0, 1.0)?;
    // n_both sxy / (n_x n_y), as a share of sqrt(x y), so that rounding can't push it past that.
    let share = both / (counts.0 * counts.1).sqrt();
    Ok(SamplingError {
        x,
        y,
        xy: correlation * share * (x * y).sqrt(),
    })
}
