//! Shares and means with their intervals: of independent rows, and of rows in clusters.
//!
//! Independent shares: Wilson (1927). Clustered means: the mean is the constant of a regression,
//! so its error is CR2 with Satterthwaite degrees of freedom, as in [`crate::clustered`].
//! Clustered shares: Wilson's form on the effective number of rows (share × (1 - share) / error²,
//! never above the rows there are) with the quantile of t, so that the ends stay within 0 and 1;
//! compared with others by Franco, Little, Louis & Slud 2019 (J. Survey Statistics and Methodology
//! 7:334-364).
//!
//! Only sums are needed: rows, sum and sum of squares a cluster.

mod change;
mod many;

pub use change::{TrendCell, difference, trend};
pub use many::{Shares, shares};

use crate::answer::{Answer, Spread, Z, t_quantile};
use crate::clustered::{Intercept, Source, solve};
use crate::gram::{Gram, Moments};
use crate::reason::{NoAnswer, Result, finite, within};

/// Largest absolute value of a sum taken: far from where squares overflow.
const LARGEST_SUM: f64 = 1e100;

/// The rows of one cluster (or of all): how many, their sum and sum of squares.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sums {
    /// Rows.
    pub n: u64,
    /// Sum of the values.
    pub sum: f64,
    /// Sum of the squared values.
    pub sum_squares: f64,
}

impl Sums {
    /// Of plain values.
    ///
    /// # Errors
    /// [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`] past ±1e50.
    pub fn of(values: &[f64]) -> Result<Self> {
        let mut sums = Self::default();
        for &value in values {
            within(value, -1e50, 1e50)?;
            sums.n += 1;
            sums.sum += value;
            sums.sum_squares += value * value;
        }
        Ok(sums)
    }

    /// Of `n` rows that are 0 or 1, `hits` of them 1.
    pub fn of_share(n: u64, hits: u64) -> Self {
        Self {
            n,
            sum: hits as f64,
            sum_squares: hits as f64,
        }
    }

    /// Of the responses of a [`Gram`].
    pub fn of_y(gram: &Gram) -> Self {
        Self {
            n: gram.n(),
            sum: gram.sum_y(),
            sum_squares: gram.sum_y_squared(),
        }
    }

    /// Of one of its columns; 0 past the width.
    pub fn of_column(gram: &Gram, column: usize) -> Self {
        Self {
            n: gram.n(),
            sum: gram.sum(column),
            sum_squares: gram.product(column, column),
        }
    }

    /// These rows and `other`'s together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            n: self.n + other.n,
            sum: self.sum + other.sum,
            sum_squares: self.sum_squares + other.sum_squares,
        }
    }

    fn checked(&self) -> Result<()> {
        within(self.sum, -LARGEST_SUM, LARGEST_SUM)?;
        within(self.sum_squares, 0.0, LARGEST_SUM)?;
        Ok(())
    }
}

/// A share of independent rows: `hits` of `n` (both may be weighted counts), Wilson's interval.
/// `se` is half the interval's width over 1.96.
///
/// # Errors
/// [`NoAnswer::Empty`] if `n` is 0, [`NoAnswer::OutOfRange`] if `hits` is not within 0 and `n`.
pub fn wilson(hits: f64, n: f64) -> Result<Answer> {
    finite(n)?;
    if n <= 0.0 {
        return Err(NoAnswer::Empty);
    }
    within(hits, 0.0, n)?;
    let value = hits / n;
    let (low, high) = wilson_ends(value, n, Z);
    let spread = Spread {
        se: (high - low) / (2.0 * Z),
        df: f64::INFINITY,
        low,
        high,
    };
    Ok(Answer {
        value,
        n: n.round() as u64,
        spread: Ok(spread),
    })
}

fn wilson_ends(share: f64, n: f64, quantile: f64) -> (f64, f64) {
    let pull = quantile * quantile / n;
    let centre = (share + pull / 2.0) / (1.0 + pull);
    let half = (pull * (share * (1.0 - share) + pull / 4.0)).sqrt() / (1.0 + pull);
    // At the ends the formula is exact up to rounding; hold it there.
    let low = if share <= 0.0 {
        0.0
    } else {
        (centre - half).max(0.0)
    };
    let high = if share >= 1.0 {
        1.0
    } else {
        (centre + half).min(1.0)
    };
    (low, high)
}

/// A mean of independent rows, with the interval of Student's t.
///
/// # Errors
/// [`NoAnswer::Empty`], [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`]. One row, or rows that
/// are all equal, give a value without an interval.
pub fn mean(sums: Sums) -> Result<Answer> {
    sums.checked()?;
    if sums.n == 0 {
        return Err(NoAnswer::Empty);
    }
    let n = sums.n as f64;
    let value = sums.sum / n;
    let about_mean = sums.sum_squares - sums.sum * value;
    let spread = if sums.n < 2 {
        Err(NoAnswer::TooFewRows {
            n: sums.n,
            needed: 2,
        })
    } else if about_mean <= 1e-12 * sums.sum_squares {
        Err(NoAnswer::NoVariation)
    } else {
        Spread::symmetric(value, (about_mean / (n - 1.0) / n).sqrt(), n - 1.0)
    };
    Ok(Answer {
        value,
        n: sums.n,
        spread,
    })
}

/// A mean of rows in clusters: all rows count alike, errors are clustered.
///
/// # Errors
/// As [`mean`]; under ten clusters with rows there is a value but no interval.
pub fn clustered_mean(clusters: &[Sums]) -> Result<Answer> {
    for sums in clusters {
        sums.checked()?;
    }
    let whole = clusters
        .iter()
        .fold(Sums::default(), |all, sums| all.and(*sums));
    let plain = mean(whole)?;
    if plain.spread.is_err() {
        return Ok(plain);
    }
    let moments = |g: usize| constant_only(&clusters[g]);
    let source = Source {
        rows: clusters.iter().map(|sums| sums.n).collect(),
        width: 1,
        intercept: Intercept::Shared,
        moments: &moments,
    };
    let solved = solve(&source, &[vec![(0, 1.0)]])?;
    solved
        .answers
        .into_iter()
        .next()
        .map_or(Err(NoAnswer::Empty), |(_, answer)| answer)
}

fn constant_only(sums: &Sums) -> Moments {
    let n = sums.n as f64;
    Moments {
        n: sums.n,
        columns: vec![0],
        xtx: vec![n],
        xty: vec![sums.sum],
        yty: sums.sum_squares,
        raw_diagonal: vec![n],
        raw_yty: sums.sum_squares,
    }
}

/// A share of rows in clusters (values 0 or 1).
///
/// # Errors
/// As [`clustered_mean`], and [`NoAnswer::OutOfRange`] if a cluster's sum exceeds its rows.
pub fn clustered_share(clusters: &[Sums]) -> Result<Answer> {
    for sums in clusters {
        within(sums.sum, 0.0, sums.n as f64)?;
    }
    let mut answer = clustered_mean(clusters)?;
    answer.spread = answer
        .spread
        .map(|spread| share_spread(answer.value, answer.n, spread));
    Ok(answer)
}

/// Wilson's form on the effective number of rows.
fn share_spread(share: f64, n: u64, spread: Spread) -> Spread {
    let effective = (share * (1.0 - share) / (spread.se * spread.se)).min(n as f64);
    let (low, high) = wilson_ends(share, effective, t_quantile(spread.df));
    Spread {
        low,
        high,
        ..spread
    }
}
