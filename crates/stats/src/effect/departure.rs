//! How far trends may depart before the answer changes (Rambachan & Roth 2023, Review of Economic
//! Studies 90:2555-2591).
//!
//! Without treatment the treated might have drifted away from the others. Two ways to bound that:
//! the drift from period to period after the start is at most `M` times the largest seen before
//! it ([`relative`], their ΔRM, with the conditional test of Andrews, Roth & Pakes 2023 and its
//! least-favourable first stage), or the drift's slope changes by at most `M` from period to
//! period ([`smooth`], their ΔSD, with the shortest fixed-length interval).
//!
//! Effects by time since the start must have one base period (the last before the start).

mod relative;
mod smooth;

pub use relative::{breakdown, relative};
pub use smooth::smooth;

use super::aggregate::Averages;
use super::group_time::{Base, GroupTime};
use crate::reason::{NoAnswer, Result, finite, same_length};
use crate::symmetric::Symmetric;

/// Periods used on either side: the nearest to the start.
pub const MOST_PERIODS: usize = 8;

/// Effects before and after the start, with their covariance.
#[derive(Clone, Debug)]
pub struct EventStudy {
    /// Before the base period, the earliest first.
    pub before: Vec<f64>,
    /// After it.
    pub after: Vec<f64>,
    /// Covariance of both in this order.
    pub covariance: Symmetric,
    /// Weights that make one number of the effects after the start.
    pub weights: Vec<f64>,
    /// Degrees of freedom of the covariance; infinite where it is taken as known, as the paper
    /// does. [`smooth`] allows for them, [`relative`], whose intervals are wide, doesn't.
    pub freedom: f64,
}

/// An interval under a bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// The bound `M`.
    pub most: f64,
    /// Lower end of the 95% interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl EventStudy {
    /// From numbers, the covariance taken as known.
    ///
    /// # Errors
    /// [`NoAnswer::Empty`] without effects after the start, [`NoAnswer::TooFewPeriods`] without
    /// any before, [`NoAnswer::Shape`], [`NoAnswer::NotFinite`], [`NoAnswer::NoVariation`] if a
    /// variance isn't positive.
    pub fn new(
        before: Vec<f64>,
        after: Vec<f64>,
        covariance: Symmetric,
        weights: Vec<f64>,
    ) -> Result<Self> {
        if after.is_empty() {
            return Err(NoAnswer::Empty);
        }
        if before.is_empty() {
            return Err(NoAnswer::TooFewPeriods { n: 0, needed: 1 });
        }
        let all = before.len() + after.len();
        same_length(all, covariance.size())?;
        same_length(after.len(), weights.len())?;
        let numbers = before.iter().chain(&after).chain(&weights);
        for &value in numbers.chain(covariance.values()) {
            finite(value)?;
        }
        if (0..all).any(|i| covariance.get(i, i) <= 0.0) {
            return Err(NoAnswer::NoVariation);
        }
        Ok(Self {
            before,
            after,
            covariance,
            weights,
            freedom: f64::INFINITY,
        })
    }

    /// From an estimate: up to [`MOST_PERIODS`] periods in a row on either side of the base, all
    /// after the start counting the same. The large-sample covariance is stretched by as much as
    /// the small-sample error of the mean over times since the start is larger, and has its
    /// degrees of freedom.
    ///
    /// # Errors
    /// As [`EventStudy::new`]; [`NoAnswer::Shape`] unless the base is [`Base::Universal`].
    pub fn of(fit: &GroupTime, averages: &Averages) -> Result<Self> {
        if fit.options.base != Base::Universal {
            return Err(NoAnswer::Shape {
                expected: 1,
                got: 2,
            });
        }
        let base = -1 - i64::from(fit.options.anticipation);
        let at = |time: i64| averages.by_time.iter().position(|a| a.at == time);
        let mut early: Vec<usize> = (1..=MOST_PERIODS as i64)
            .map_while(|k| at(base - k))
            .collect();
        early.reverse();
        let late: Vec<usize> = (1..=MOST_PERIODS as i64)
            .map_while(|k| at(base + k))
            .collect();
        let used: Vec<usize> = early.iter().chain(&late).copied().collect();
        let units = fit.units() as f64;
        let influence: Vec<Vec<f64>> = used
            .iter()
            .map(|&k| averages.by_time[k].influence(fit))
            .collect();
        let mean = &averages.over_times;
        let (stretch, freedom) = match (&mean.spread, mean.analytic_se) {
            (Ok(small), Some(large)) => ((small.se / large).powi(2).max(1.0), small.df),
            _ => (1.0, f64::INFINITY),
        };
        let mut covariance = Symmetric::zeros(used.len());
        for a in 0..used.len() {
            for b in 0..=a {
                let sum: f64 = influence[a]
                    .iter()
                    .zip(&influence[b])
                    .map(|(x, y)| x * y)
                    .sum();
                covariance.set(a, b, stretch * sum / (units * units));
            }
        }
        let value = |k: &usize| averages.by_time[*k].value;
        let each = 1.0 / late.len().max(1) as f64;
        let study = Self::new(
            early.iter().map(value).collect(),
            late.iter().map(value).collect(),
            covariance,
            vec![each; late.len()],
        )?;
        Ok(Self { freedom, ..study })
    }

    /// The number made of the effects after the start.
    pub fn value(&self) -> f64 {
        self.after
            .iter()
            .zip(&self.weights)
            .map(|(v, w)| v * w)
            .sum()
    }

    /// Its standard error.
    pub fn se(&self) -> f64 {
        let first = self.before.len();
        let mut sum = 0.0;
        for (a, x) in self.weights.iter().enumerate() {
            for (b, y) in self.weights.iter().enumerate() {
                sum += x * y * self.covariance.get(first + a, first + b);
            }
        }
        sum.max(0.0).sqrt()
    }
}
