//! Which columns go with an outcome, and how much of its explained variance each accounts for.
//!
//! Shares are Lindeman, Merenda & Gold's (1980; Grömping 2006, J. Statistical Software 17(1)): the
//! gain in R² when a column joins the model, averaged over all orderings. That is Shapley's value
//! with R² as the game, so shares are never negative and sum to R². Beside them stand Johnson's
//! relative weights (2000, Multivariate Behavioral Research 35:1-19), a quick approximation of the
//! same; the gains of a column that comes first or last; and least-squares coefficients with CR2
//! errors and Satterthwaite degrees of freedom.
//!
//! Intervals of shares are percentiles of a bootstrap that draws whole clusters (rows, where there
//! are none). A share can't be negative, so near zero the bootstrap only ever errs upwards: there
//! no interval is given ([`NoAnswer::NearEdge`]).
//!
//! A share is a description of these rows, never an effect: it says nothing of what would happen
//! if a column were changed. Deliberately not here: weights, factors, interactions, outcomes that
//! aren't numbers, filling in missing values.

mod bootstrap;
mod coefficient;
mod johnson;
mod lmg;
mod moments;
mod rows;

use crate::answer::Answer;
use crate::reason::{NoAnswer, Result, finite, same_length};
use moments::{Correlations, Scaled};

/// Up to so many columns, shares average over all orderings; above, over a sample of them.
pub const EXACT_UP_TO: usize = 15;
/// Most columns.
pub const MOST_PREDICTORS: usize = 200;
/// Fewest clusters (rows, where there are none) for which shares have intervals.
pub const UNITS_NEEDED: usize = 10;

/// What is to be explained, and by what.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// The outcome, a value a row.
    pub outcome: &'a [f64],
    /// The columns, each a value a row.
    pub predictors: &'a [&'a [f64]],
    /// A cluster a row, if rows come in clusters: any numbers from 0 without large gaps.
    pub clusters: Option<&'a [usize]>,
}

/// How much chance is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Seed of the bootstrap and of sampled orderings.
    pub seed: u64,
    /// Bootstrap draws; 0 for no intervals of shares.
    pub draws: usize,
    /// Pairs of orderings (one and its reverse) sampled above [`EXACT_UP_TO`] columns; at least 2
    /// are taken.
    pub ordering_pairs: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            draws: 999,
            ordering_pairs: 5_000,
        }
    }
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Drivers {
    /// Rows.
    pub n: u64,
    /// Clusters, where rows come in clusters.
    pub clusters: Option<usize>,
    /// Share of the outcome's variance that all columns together go with, 0 to 1.
    pub r2: f64,
    /// The same, corrected for the number of columns; can be below 0.
    pub r2_adjusted: f64,
    /// Whether shares average over all orderings.
    pub exact: bool,
    /// Orderings behind the shares, where they were sampled.
    pub orderings: Option<usize>,
    /// Bootstrap draws behind the intervals of shares.
    pub draws: usize,
    /// One a column, in the order given.
    pub predictors: Vec<Driver>,
}

/// The two ends of a 95% interval.
pub type Ends = (f64, f64);

/// One column.
#[derive(Clone, Debug)]
pub struct Driver {
    /// Its part of R²: these sum to [`Drivers::r2`].
    pub share: f64,
    /// The interval of `share`.
    pub share_ends: Result<Ends>,
    /// Standard error of `share` from sampling orderings, where they were sampled.
    pub monte_carlo_error: Option<f64>,
    /// Its part of what is explained, `share / r2`: these sum to 1 (all 0 where nothing is
    /// explained).
    pub of_explained: f64,
    /// The interval of `of_explained`.
    pub of_explained_ends: Result<Ends>,
    /// Johnson's relative weight, another way to share R² out: these sum to `r2` too.
    pub johnson: f64,
    /// Correlation with the outcome.
    pub correlation: f64,
    /// R² of the column alone.
    pub first: f64,
    /// R² lost when it is left out.
    pub last: f64,
    /// Slope beside all other columns, in units of the outcome per unit of the column.
    pub slope: Answer,
    /// The same in standard deviations of both.
    pub standardised: f64,
    /// Mean.
    pub mean: f64,
    /// Standard deviation (divisor n - 1).
    pub sd: f64,
    /// Smallest value.
    pub low: f64,
    /// Largest value.
    pub high: f64,
}

/// Shares the outcome's explained variance out among the columns.
///
/// # Errors
/// [`NoAnswer::Empty`] without rows or columns, [`NoAnswer::Shape`], [`NoAnswer::NotFinite`],
/// [`NoAnswer::TooManyItems`] past [`MOST_PREDICTORS`], [`NoAnswer::TooFewRows`] if no row is left
/// to measure error with, [`NoAnswer::NoVariation`] for a constant outcome,
/// [`NoAnswer::Constant`] for a constant column, [`NoAnswer::Collinear`] (with all columns of the
/// set) where one is a weighted sum of others, [`NoAnswer::Arithmetic`].
pub fn fit(rows: &Rows<'_>, options: &Options) -> Result<Drivers> {
    check(rows)?;
    // Bootstrap draws choose rows by their places, so places mustn't depend on the file's order.
    let sorted = moments::Sorted::of(rows);
    let predictors = sorted.predictors();
    let rows = &sorted.rows(&predictors);
    let (n, count) = (rows.outcome.len(), rows.predictors.len());
    let outcome = Scaled::of(rows.outcome).map_err(|_| NoAnswer::NoVariation)?;
    let columns: Vec<Scaled> = rows
        .predictors
        .iter()
        .enumerate()
        .map(|(column, values)| Scaled::of(values).map_err(|_| NoAnswer::Constant { column }))
        .collect::<Result<_>>()?;
    let correlations = Correlations::of(&columns, &outcome);
    correlations.refuse_collinear()?;

    let shares = if count <= EXACT_UP_TO {
        lmg::exact(&correlations)
    } else {
        lmg::sampled(&correlations, options.ordering_pairs.max(2), options.seed)
    };
    let r2 = shares.values.iter().sum::<f64>().clamp(0.0, 1.0);
    let weights = johnson::weights(&correlations)?;
    let inverse = correlations.inverse()?;
    let slopes = match rows.clusters {
        Some(clusters) => coefficient::clustered(&columns, &outcome, clusters)?,
        None => coefficient::by_row(&columns, &outcome, &correlations, &inverse)?,
    };
    let units =
        (options.draws > 0).then(|| moments::Units::of(rows, &columns, &outcome, options.seed));
    let ends = bootstrap::ends(units.as_ref(), &shares.values, options)?;
    let of_explained = |share: f64| if r2 > 0.0 { share / r2 } else { 0.0 };
    let predictors = columns
        .iter()
        .zip(slopes)
        .enumerate()
        .map(|(j, (column, slope))| {
            let unit = outcome.sd / column.sd;
            let slope = scaled(&slope, unit)?;
            Ok(Driver {
                share: shares.values[j],
                share_ends: ends[j].share.clone(),
                monte_carlo_error: shares.errors.as_ref().map(|errors| errors[j]),
                of_explained: of_explained(shares.values[j]),
                of_explained_ends: ends[j].of_explained.clone(),
                johnson: weights[j],
                correlation: correlations.with_outcome(j),
                first: correlations.with_outcome(j).powi(2),
                last: inverse.lost_without(j),
                standardised: inverse.slope(j),
                slope,
                mean: column.mean,
                sd: column.sd * (n as f64 / (n as f64 - 1.0)).sqrt(),
                low: column.low,
                high: column.high,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Drivers {
        n: n as u64,
        clusters: rows.clusters.map(|of| moments::by_cluster(of).len()),
        r2,
        r2_adjusted: 1.0 - (1.0 - r2) * (n as f64 - 1.0) / (n as f64 - count as f64 - 1.0),
        exact: shares.errors.is_none(),
        orderings: shares.orderings,
        draws: options.draws,
        predictors,
    })
}

fn check(rows: &Rows<'_>) -> Result<()> {
    let (n, count) = (rows.outcome.len(), rows.predictors.len());
    if n == 0 || count == 0 {
        return Err(NoAnswer::Empty);
    }
    if count > MOST_PREDICTORS {
        return Err(NoAnswer::TooManyItems {
            n: count,
            most: MOST_PREDICTORS,
        });
    }
    for column in rows.predictors {
        same_length(n, column.len())?;
    }
    if let Some(clusters) = rows.clusters {
        same_length(n, clusters.len())?;
        // Numbers index a table of clusters: a stray one must not ask for all memory.
        if let Some(&stray) = clusters.iter().find(|&&cluster| cluster > 2 * n + 1_000) {
            return Err(NoAnswer::Shape {
                expected: n,
                got: stray,
            });
        }
    }
    let all = rows.predictors.iter().copied().chain([rows.outcome]);
    for &value in all.flatten() {
        finite(value)?;
    }
    // An intercept, a slope each, and a row to measure error with.
    if n < count + 2 {
        return Err(NoAnswer::TooFewRows {
            n: n as u64,
            needed: count as u64 + 2,
        });
    }
    Ok(())
}

/// An answer in other units; refused where the units are so far apart that it overflows.
fn scaled(slope: &Answer, unit: f64) -> Result<Answer> {
    let out = slope.scaled(unit);
    let fits = out.value.is_finite()
        && out.spread.as_ref().map_or(true, |spread| {
            spread.low.is_finite() && spread.high.is_finite()
        });
    if fits {
        Ok(out)
    } else {
        Err(NoAnswer::Arithmetic {
            what: "a slope's units",
        })
    }
}
