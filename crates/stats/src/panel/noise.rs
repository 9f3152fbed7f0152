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

/// Correlation of the two answers of one person within units and waves, pooled over
/// `(people who gave both, correlation, sd of the one, sd of the other)`: pooled covariance over
/// the roots of the pooled variances, so that it never lies beyond ±1. 0 where one of the two
/// doesn't vary.
///
/// # Errors
/// [`NoAnswer::TooFewRows`] where nowhere two people gave both, [`NoAnswer::NotFinite`],
/// [`NoAnswer::OutOfRange`].
pub fn pooled_correlation(groups: &[(f64, f64, f64, f64)]) -> Result<f64> {
    let (mut xx, mut xy, mut yy, mut freedom) = (0.0, 0.0, 0.0, 0.0);
    for &(both, correlation, x, y) in groups {
        let left = within(both, 0.0, 1e15)? - 1.0;
        let correlation = within(correlation, -1.0, 1.0)?;
        let x = within(x, 0.0, super::table::LARGEST)?;
        let y = within(y, 0.0, super::table::LARGEST)?;
        if left > 0.0 {
            freedom += left;
            xx += left * x * x;
            xy += left * correlation * x * y;
            yy += left * y * y;
        }
    }
    if freedom == 0.0 {
        return Err(NoAnswer::TooFewRows { n: 1, needed: 2 });
    }
    let size = xx.sqrt() * yy.sqrt();
    Ok(if size > 0.0 {
        (xy / size).clamp(-1.0, 1.0)
    } else {
        0.0
    })
}

/// Errors of the two means of one unit and wave, out of `populations` people (infinite where
/// unknown). `both` people gave x and y, and their answers correlate by `correlation` within
/// units: the covariance is that of answers times both / (n_x n_y) - 1 / population (of the larger
/// one, where they differ). Where nobody gave both, the two were asked of different people.
///
/// # Errors
/// As [`of_mean`].
pub fn of_pair(
    variances: (f64, f64),
    counts: (f64, f64),
    populations: (f64, f64),
    both: f64,
    correlation: f64,
) -> Result<SamplingError> {
    let x = of_mean(variances.0, counts.0, populations.0)?;
    let y = of_mean(variances.1, counts.1, populations.1)?;
    let both = within(both, 0.0, counts.0.min(counts.1))?;
    let correlation = within(correlation, -1.0, 1.0)?;
    let known = [populations.0, populations.1].into_iter();
    let population = known.filter(|n| n.is_finite()).fold(0.0, f64::max);
    let left = if both > 0.0 && population > 0.0 {
        1.0 / population.max(counts.0).max(counts.1)
    } else {
        0.0
    };
    let answers = correlation * (variances.0.sqrt() * variances.1.sqrt());
    // No errors covary by more than this; counts that contradict each other might say so.
    let most = x.sqrt() * y.sqrt();
    Ok(SamplingError {
        x,
        y,
        xy: (answers * (both / counts.0 / counts.1 - left)).clamp(-most, most),
    })
}
