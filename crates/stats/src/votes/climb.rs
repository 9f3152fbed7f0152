//! To the top of a concave log-likelihood: Newton's method, each step by conjugate gradients.
//!
//! Steps need products with the curvature only, so thousands of items need no matrix. On graphs so
//! long and thin that conjugate gradients stall, up to [`MOST_DENSE`] items fall back to Cholesky.
//! Step lengths are judged by the slope along the step alone: near the top, differences of
//! log-likelihoods are lost in rounding long before slopes are.

use super::evidence::{Evidence, Local};
use crate::reason::{NoAnswer, Result};
use faer::prelude::Solve;
use faer::{Mat, Side};

/// Most parameters for which a matrix is built.
pub(crate) const MOST_DENSE: usize = 3000;
const MOST_STEPS: usize = 200;
/// Longest step of one parameter, in log-odds.
const LONGEST: f64 = 10.0;

/// A normal prior on the items' strengths; precision 0 is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prior<'a> {
    pub precision: f64,
    /// Means; none is all zero.
    pub centre: Option<&'a [f64]>,
}

impl Prior<'_> {
    fn pull(&self, item: usize, at: f64) -> f64 {
        self.precision * (at - self.centre.map_or(0.0, |centre| centre[item]))
    }
}

/// Moves `at` to the top and returns the slope and curvature there. Stops once a step is below
/// `tolerance` in every parameter; the error left is far smaller.
///
/// # Errors
/// [`NoAnswer::Arithmetic`] if it doesn't get there.
pub(crate) fn climb<E: Evidence>(
    evidence: &E,
    weights: &E::Weights,
    prior: Prior,
    at: &mut [f64],
    tolerance: f64,
) -> Result<Local> {
    let failed = || NoAnswer::Arithmetic { what: "votes" };
    let (items, size) = (evidence.items(), evidence.size());
    let mut local = Local::default();
    let slope_at = |at: &[f64], local: &mut Local, slope: &mut Vec<f64>| {
        evidence.look(weights, at, local);
        slope.clear();
        slope.extend_from_slice(&local.slope);
        for item in 0..items {
            slope[item] += prior.pull(item, at[item]);
        }
    };
    let mut slope = Vec::with_capacity(size);
    slope_at(at, &mut local, &mut slope);
    let first = norm(&slope);
    let mut next = at.to_vec();
    for _ in 0..MOST_STEPS {
        let relative = norm(&slope) / first.max(f64::MIN_POSITIVE);
        let mut step = solve(evidence, &local, at, prior.precision, &slope, relative)?;
        let longest = step.iter().fold(0.0f64, |a, s| a.max(s.abs()));
        if !longest.is_finite() {
            return Err(failed());
        }
        if longest > LONGEST {
            step.iter_mut().for_each(|s| *s *= LONGEST / longest);
        }
        if longest <= tolerance {
            // The last step needs no judge, and at this size slopes are little but rounding.
            for (at, step) in at.iter_mut().zip(&step) {
                *at -= step;
            }
            evidence.look(weights, at, &mut local);
            return if at.iter().all(|value| value.is_finite()) {
                Ok(local)
            } else {
                Err(failed())
            };
        }
        let before = dot(&slope, &step);
        let mut share = 1.0;
        loop {
            for ((next, &from), &step) in next.iter_mut().zip(at.iter()).zip(&step) {
                *next = from - share * step;
            }
            slope_at(&next, &mut local, &mut slope);
            let after = dot(&slope, &step);
            // Downhill along the step slope·step is positive; past the lowest point negative.
            if after >= -0.5 * before || share < 1e-6 || before <= 0.0 {
                break;
            }
            share *= (before / (before - after)).clamp(0.1, 0.7);
        }
        at.copy_from_slice(&next);
    }
    Err(failed())
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

/// (curvature + precision)⁻¹ · slope. `relative` is how small the slope already is: the nearer the
/// top, the closer the solution.
pub(crate) fn solve<E: Evidence>(
    evidence: &E,
    local: &Local,
    at: &[f64],
    precision: f64,
    slope: &[f64],
    relative: f64,
) -> Result<Vec<f64>> {
    let (items, size) = (evidence.items(), evidence.size());
    let mut diagonal = vec![0.0; size];
    evidence.diagonal(local, at, &mut diagonal);
    for value in &mut diagonal[..items] {
        *value += precision;
    }
    let scale: Vec<f64> = diagonal
        .iter()
        .map(|&d| if d > 0.0 { 1.0 / d } else { 0.0 })
        .collect();
    let bend = |v: &[f64], out: &mut [f64]| {
        evidence.bend(local, at, v, out);
        for item in 0..items {
            out[item] += precision * v[item];
        }
    };
    // Without a prior, moving all items alike changes nothing; what rounding leaves of the slope in
    // that direction can't be climbed and must not be tried.
    let level = |v: &mut [f64]| {
        if precision == 0.0 {
            let active = || (0..items).filter(|&item| diagonal[item] > 0.0);
            let mean = active().map(|item| v[item]).sum::<f64>() / active().count().max(1) as f64;
            active().for_each(|item| v[item] -= mean);
        }
    };
    let mut rest = slope.to_vec();
    level(&mut rest);
    let enough = (0.1 * relative.min(1.0)).max(1e-7) * norm(&rest);
    let most = if size <= MOST_DENSE {
        100 + size / 4
    } else {
        20 * size
    };
    let mut solution = vec![0.0; size];
    let mut scaled: Vec<f64> = rest.iter().zip(&scale).map(|(r, s)| r * s).collect();
    let mut along = scaled.clone();
    let mut out = vec![0.0; size];
    let mut power = dot(&rest, &scaled);
    for _ in 0..most {
        if norm(&rest) <= enough || power <= 0.0 {
            level(&mut solution);
            return Ok(solution);
        }
        bend(&along, &mut out);
        let curve = dot(&along, &out);
        if !(curve > 0.0 && curve.is_finite()) {
            break;
        }
        let share = power / curve;
        for i in 0..size {
            solution[i] += share * along[i];
            rest[i] -= share * out[i];
            scaled[i] = rest[i] * scale[i];
        }
        let now = dot(&rest, &scaled);
        let keep = now / power;
        power = now;
        for i in 0..size {
            along[i] = scaled[i] + keep * along[i];
        }
    }
    if size > MOST_DENSE {
        return Ok(solution);
    }
    let matrix = dense(evidence, local, at, precision);
    let factor = matrix
        .llt(Side::Lower)
        .map_err(|_| NoAnswer::Arithmetic { what: "votes" })?;
    let right = Mat::from_fn(size, 1, |i, _| slope[i]);
    let solved = factor.solve(&right);
    Ok((0..size).map(|i| solved[(i, 0)]).collect())
}

/// The whole curvature. Without a prior only differences of strengths are known; a constant is
/// added to all products of items, which leaves every solution that sums to zero as it is.
pub(crate) fn dense<E: Evidence>(
    evidence: &E,
    local: &Local,
    at: &[f64],
    precision: f64,
) -> Mat<f64> {
    let (items, size) = (evidence.items(), evidence.size());
    let mut matrix = Mat::<f64>::zeros(size, size);
    let (mut unit, mut column) = (vec![0.0; size], vec![0.0; size]);
    let mut trace = 0.0;
    for j in 0..size {
        unit[j] = 1.0;
        evidence.bend(local, at, &unit, &mut column);
        unit[j] = 0.0;
        for i in 0..size {
            matrix[(i, j)] = column[i];
        }
        trace += if j < items { column[j] } else { 0.0 };
        if j < items {
            // An item nobody voted on stays where it is.
            matrix[(j, j)] += if column[j] > 0.0 { precision } else { 1.0 };
        }
    }
    if precision == 0.0 {
        let level = trace / (items * items) as f64;
        for j in 0..items {
            for i in 0..items {
                matrix[(i, j)] += level;
            }
        }
    }
    matrix
}
