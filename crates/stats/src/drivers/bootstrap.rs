//! Intervals of shares: clusters (or rows) are drawn with replacement, the shares taken anew, and
//! the middle kept.
//!
//! How much of the middle: percentiles of few units are too narrow, as normal intervals are beside
//! those of t, so their tails are shortened in the same measure (the expanded percentile interval
//! of Hesterberg 2015, The American Statistician 69:371-386). With many units it is 95%.

use super::lmg;
use super::moments::{Correlations, Units};
use super::{EXACT_UP_TO, Ends, Options, UNITS_NEEDED};
use crate::answer::t_quantile;
use crate::draws::without_tails;
use crate::random::generator;
use crate::reason::{NoAnswer, Result};
use rayon::prelude::*;
use statrs::distribution::{ContinuousCDF, Normal};

/// A share less than so many of its standard errors above zero has no interval: draws can't go
/// below zero, so their middle isn't where the truth is.
const CLEAR_OF_ZERO: f64 = 2.0;
/// Pairs of orderings in a draw, where they are sampled: enough that their error is small beside
/// that of drawing.
const PAIRS_A_DRAW: usize = 100;
/// Draws needed for the ends of an interval.
const DRAWS_NEEDED: usize = 100;

/// The intervals of a column.
pub(super) struct Intervals {
    pub share: Result<Ends>,
    pub of_explained: Result<Ends>,
}

/// Intervals for each column, or why there are none; without units none was asked for.
pub(super) fn ends(
    units: Option<&Units>,
    shares: &[f64],
    options: &Options,
) -> Result<Vec<Intervals>> {
    let none = |reason: NoAnswer| {
        let each = shares.iter().map(|_| Intervals {
            share: Err(reason.clone()),
            of_explained: Err(reason.clone()),
        });
        Ok(each.collect())
    };
    let too_few_draws = NoAnswer::TooFewItems {
        n: options.draws,
        needed: DRAWS_NEEDED,
    };
    let Some(units) = units else {
        return none(too_few_draws);
    };
    let n = units.count();
    if n < UNITS_NEEDED && units.clustered {
        let needed = UNITS_NEEDED;
        return none(NoAnswer::TooFewClusters { n, needed });
    }
    if n < UNITS_NEEDED {
        return none(NoAnswer::TooFewRows {
            n: n as u64,
            needed: UNITS_NEEDED as u64,
        });
    }
    if options.draws < DRAWS_NEEDED {
        return none(too_few_draws);
    }
    let draws: Vec<Vec<f64>> = (0..options.draws)
        .into_par_iter()
        .filter_map(|draw| {
            let mut random = generator(options.seed, &format!("drivers: draw {draw}"));
            let sums = units.drawn(&mut random);
            let correlations = Correlations::of_sums(units.columns, &sums)?;
            Some(if units.columns <= EXACT_UP_TO {
                lmg::exact(&correlations).values
            } else {
                lmg::sampled(&correlations, PAIRS_A_DRAW, options.seed ^ draw as u64).values
            })
        })
        .collect();
    // A draw in which the outcome is constant says nothing; many such and there is no interval.
    if draws.len() * 10 < options.draws * 9 {
        return none(NoAnswer::NoVariation);
    }
    let tail = tail(n);
    let totals: Vec<f64> = draws.iter().map(|draw| draw.iter().sum()).collect();
    Ok((0..shares.len())
        .map(|column| {
            let of_draws: Vec<f64> = draws.iter().map(|draw| draw[column]).collect();
            let value = shares[column];
            if value < CLEAR_OF_ZERO * standard_deviation(&of_draws) {
                let reason = NoAnswer::NearEdge { value, edge: 0.0 };
                return Intervals {
                    share: Err(reason.clone()),
                    of_explained: Err(reason),
                };
            }
            let parts = of_draws.iter().zip(&totals);
            let parts = parts.map(|(part, total)| if *total > 0.0 { part / total } else { 0.0 });
            Intervals {
                of_explained: Ok(without_tails(parts.collect(), tail)),
                share: Ok(without_tails(of_draws, tail)),
            }
        })
        .collect())
}

/// Share of draws left out at either end: the normal distribution's beyond the quantile of t with
/// one degree of freedom less than there are units, times what a variance with divisor n lacks.
fn tail(units: usize) -> f64 {
    let n = units as f64;
    let quantile = t_quantile(n - 1.0) * (n / (n - 1.0)).sqrt();
    Normal::standard().sf(quantile)
}

fn standard_deviation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
}
