//! Did the arms get the rows they should have? A lopsided split ("sample-ratio mismatch") means
//! that rows were lost or assigned other than at random, and then no comparison can be trusted
//! (Fabijan et al. 2019, KDD).
//!
//! [`chi_square`] looks once, as R's `chisq.test(observed, p = expected)`. [`anytime`] may be
//! looked at all the time: the multinomial test of Lindon & Malek (2022, NeurIPS 35), a Bayes
//! factor of a Dirichlet prior around the expected split against that split.

use crate::answer::chi_squared_above;
use crate::reason::{NoAnswer, Result, within};
use statrs::function::gamma::ln_gamma;

/// p-values below this are a mismatch: a split is checked often, and a false alarm throws a good
/// experiment away.
pub const MISMATCH: f64 = 0.001;
/// How firmly the alternatives lie around the expected split, in rows: tuned to find mismatches
/// of a few per cent within some thousand rows.
pub const CONCENTRATION: f64 = 1000.0;

/// A test of the split.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// Rows each arm should have had.
    pub expected: Vec<f64>,
    /// The statistic: chi-square, or the log of the Bayes factor.
    pub statistic: f64,
    /// p-value of "as expected".
    pub p: f64,
}

impl Split {
    /// Whether the split can't be chance.
    pub fn is_mismatch(&self) -> bool {
        self.p < MISMATCH
    }
}

/// One look. `weights` are the arms' expected shares, in any unit.
///
/// # Errors
/// [`NoAnswer::TooFewArms`] under two arms, [`NoAnswer::Shape`] if the lengths differ,
/// [`NoAnswer::Empty`] without rows, [`NoAnswer::OutOfRange`] unless every weight is positive,
/// [`NoAnswer::TooFewRows`] if an arm expects fewer than five rows.
pub fn chi_square(observed: &[u64], weights: &[f64]) -> Result<Split> {
    let shares = shares(observed, weights)?;
    let n = observed.iter().map(|&n| n as f64).sum::<f64>();
    let expected: Vec<f64> = shares.iter().map(|share| share * n).collect();
    let least = shares.iter().copied().fold(1.0, f64::min);
    if least * n < 5.0 {
        return Err(NoAnswer::TooFewRows {
            n: n as u64,
            needed: (5.0 / least).ceil() as u64,
        });
    }
    let statistic: f64 = observed
        .iter()
        .zip(&expected)
        .map(|(&o, e)| (o as f64 - e).powi(2) / e)
        .sum();
    let freedom = (observed.len() - 1) as f64;
    let p = chi_squared_above(statistic, freedom);
    Ok(Split {
        expected,
        statistic,
        p,
    })
}

/// All looks so far: `looks` are the arms' counts at each, in time; the p-value is the least one
/// ever reached, and holds however often was looked.
///
/// # Errors
/// As [`chi_square`], save that small counts are fine.
pub fn anytime(looks: &[Vec<u64>], weights: &[f64], concentration: f64) -> Result<Split> {
    within(concentration, 1e-6, 1e9)?;
    let last = looks.last().ok_or(NoAnswer::Empty)?;
    let shares_last = shares(last, weights)?;
    let n: f64 = last.iter().map(|&n| n as f64).sum();
    let mut most = 0.0f64;
    for look in looks {
        if look.iter().all(|&n| n == 0) {
            continue;
        }
        most = most.max(log_bayes_factor(
            look,
            &shares(look, weights)?,
            concentration,
        ));
    }
    Ok(Split {
        expected: shares_last.iter().map(|share| share * n).collect(),
        statistic: most,
        p: (-most).exp(),
    })
}

fn log_bayes_factor(observed: &[u64], shares: &[f64], concentration: f64) -> f64 {
    let n: f64 = observed.iter().map(|&n| n as f64).sum();
    let arms: f64 = observed
        .iter()
        .zip(shares)
        .map(|(&o, &share)| {
            let prior = concentration * share;
            ln_gamma(prior + o as f64) - ln_gamma(prior) - o as f64 * share.ln()
        })
        .sum();
    ln_gamma(concentration) - ln_gamma(concentration + n) + arms
}

fn shares(observed: &[u64], weights: &[f64]) -> Result<Vec<f64>> {
    if weights.len() < 2 {
        return Err(NoAnswer::TooFewArms { n: weights.len() });
    }
    crate::reason::same_length(weights.len(), observed.len())?;
    if observed.iter().all(|&n| n == 0) {
        return Err(NoAnswer::Empty);
    }
    for &weight in weights {
        within(weight, 1e-9, 1e9)?;
    }
    let whole: f64 = weights.iter().sum();
    Ok(weights.iter().map(|weight| weight / whole).collect())
}
