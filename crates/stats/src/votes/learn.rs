//! How much items differ, learnt from the votes: the standard deviation of a normal prior on their
//! strengths (empirical Bayes), by the EM algorithm on Laplace's approximation to the marginal
//! likelihood.
//!
//! A weak prior on the standard deviation itself, in proportion to it near zero (Chung, Rabe-Hesketh,
//! Dorie, Gelman & Liu 2013, Psychometrika 78:685-709), keeps it off the boundary: with few votes,
//! "all items are equal" is often the likeliest value and never a sensible one.
//! Past [`MOST_EXACT`] items the trace of the inverse curvature is estimated from random signs
//! (Hutchinson 1990), always the same ones.

use super::climb::{Prior, climb, dense, solve};
use super::evidence::Evidence;
use crate::random::generator;
use crate::reason::{NoAnswer, Result};
use faer::prelude::Solve;
use faer::{Mat, Side};
use rand::RngExt;

/// Most items for which the trace is computed exactly.
const MOST_EXACT: usize = 400;
/// Random sign vectors beyond.
const PROBES: usize = 4;
/// The standard deviation is held within these, in log-odds.
const NARROWEST: f64 = 0.05;
const WIDEST: f64 = 5.0;
const ROUNDS: usize = 60;

/// The learnt standard deviation; `at` is left at the estimate under it.
pub(crate) fn prior_sd<E: Evidence>(
    evidence: &E,
    compared: &[bool],
    at: &mut [f64],
) -> Result<f64> {
    let items = compared.iter().filter(|&&c| c).count() as f64;
    let mut sd = 1.0f64;
    for _ in 0..ROUNDS {
        let precision = 1.0 / (sd * sd);
        let prior = Prior {
            precision,
            centre: None,
        };
        let local = climb(evidence, evidence.counted(), prior, at, 1e-4)?;
        let idle = (evidence.items() as f64 - items) * sd * sd;
        let trace = if evidence.items() <= MOST_EXACT {
            exact_trace(dense(evidence, &local, at, precision), evidence.items())?
        } else {
            let mut sum = 0.0;
            let mut random = generator(0, "signs");
            for _ in 0..PROBES {
                let mut signs = vec![0.0; evidence.size()];
                for sign in &mut signs[..evidence.items()] {
                    *sign = if random.random::<bool>() { 1.0 } else { -1.0 };
                }
                let solved = solve(evidence, &local, at, precision, &signs, 0.1)?;
                sum += signs.iter().zip(&solved).map(|(s, x)| s * x).sum::<f64>();
            }
            sum / PROBES as f64
        };
        let squares: f64 = at
            .iter()
            .zip(compared)
            .filter(|(_, compared)| **compared)
            .map(|(value, _)| value * value)
            .sum();
        // One item fewer: the prior on the standard deviation itself.
        let next = ((squares + (trace - idle).max(0.0)) / (items - 1.0).max(1.0))
            .sqrt()
            .clamp(NARROWEST, WIDEST);
        if !next.is_finite() {
            return Err(NoAnswer::Arithmetic { what: "votes" });
        }
        let change = (next / sd).ln().abs();
        sd = next;
        if change < 1e-3 {
            break;
        }
    }
    Ok(sd)
}

fn exact_trace(matrix: Mat<f64>, items: usize) -> Result<f64> {
    let size = matrix.nrows();
    let factor = matrix
        .llt(Side::Lower)
        .map_err(|_| NoAnswer::Arithmetic { what: "votes" })?;
    let inverse = factor.solve(&Mat::<f64>::identity(size, size));
    Ok((0..items).map(|i| inverse[(i, i)]).sum())
}
