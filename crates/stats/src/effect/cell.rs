//! One comparison: a cohort against others, one period against a base. Its effect, and what each
//! unit adds to the effect's error (influence function, scaled to a mean over the cell's units).
//!
//! Sant'Anna & Zhao (2020), traditional doubly robust and normalised (Hájek) weighting; controls
//! with a propensity of .995 or more are left out, as in R's DRDID. Columns are standardised
//! before fitting, which changes nothing but the arithmetic's accuracy.

use super::group_time::Method;
use super::logit::{self, SEPARATED};
use crate::reason::{NoAnswer, Result};
use faer::linalg::solvers::Solve;
use faer::{Mat, Side};

/// Controls above this propensity are left out.
const TRIM: f64 = 0.995;
/// A column whose part not explained by the columns before is below this share is collinear.
const COLLINEAR: f64 = 1e-10;

/// What a comparison rests on.
#[derive(Default)]
pub(crate) struct Cell {
    /// Change of each unit.
    pub(crate) change: Vec<f64>,
    /// Whether it belongs to the cohort.
    pub(crate) treated: Vec<bool>,
    /// Weights.
    pub(crate) weight: Vec<f64>,
    /// Covariates, row-major, without the constant.
    pub(crate) x: Vec<f64>,
    /// Covariates a row.
    pub(crate) width: usize,
}

/// The effect and each unit's influence.
pub(crate) fn estimate(cell: &Cell, method: Method) -> Result<(f64, Vec<f64>)> {
    let count = cell.change.len();
    let mean: f64 = cell.weight.iter().sum::<f64>() / count as f64;
    let weight: Vec<f64> = cell.weight.iter().map(|w| w / mean).collect();
    let mass = |side: bool| -> f64 {
        weight
            .iter()
            .zip(&cell.treated)
            .filter(|(_, t)| **t == side)
            .map(|(w, _)| w)
            .sum()
    };
    let (treated, others) = (mass(true), mass(false));
    if treated.is_nan() || treated <= 0.0 {
        return Err(NoAnswer::NoneTreated { already: 0 });
    }
    if others.is_nan() || others <= 0.0 {
        return Err(NoAnswer::NoneToCompare);
    }
    if cell.width == 0 {
        return Ok(plain(cell, &weight, treated, others));
    }
    let (x, width) = design(cell)?;
    match method {
        Method::Regression => regression(cell, &weight, &x, width),
        Method::Weighting => weighting(cell, &weight, &x, width),
        Method::DoublyRobust => doubly_robust(cell, &weight, &x, width),
    }
}

/// Without covariates all three methods are the difference of two means.
fn plain(cell: &Cell, weight: &[f64], treated: f64, others: f64) -> (f64, Vec<f64>) {
    let count = cell.change.len() as f64;
    let (mut high, mut low) = (0.0, 0.0);
    for ((&d, &t), &w) in cell.change.iter().zip(&cell.treated).zip(weight) {
        if t {
            high += w * d;
        } else {
            low += w * d;
        }
    }
    let (high, low) = (high / treated, low / others);
    let influence = cell
        .change
        .iter()
        .zip(&cell.treated)
        .zip(weight)
        .map(|((&d, &t), &w)| {
            if t {
                count / treated * w * (d - high)
            } else {
                -count / others * w * (d - low)
            }
        })
        .collect();
    (high - low, influence)
}

/// A constant and the covariates, standardised.
fn design(cell: &Cell) -> Result<(Vec<f64>, usize)> {
    let (count, width) = (cell.change.len(), cell.width + 1);
    let mut x = vec![1.0; count * width];
    for k in 0..cell.width {
        let column = || (0..count).map(|i| cell.x[i * cell.width + k]);
        let mean = column().sum::<f64>() / count as f64;
        let sd = (column().map(|v| (v - mean).powi(2)).sum::<f64>() / count as f64).sqrt();
        let largest = column().map(f64::abs).fold(0.0, f64::max);
        if sd.is_nan() || sd <= 1e-13 * largest || sd == 0.0 {
            return Err(NoAnswer::Collinear { with: Vec::new() });
        }
        for (i, value) in column().enumerate() {
            x[i * width + k + 1] = (value - mean) / sd;
        }
    }
    Ok((x, width))
}

/// Inverse of the weighted cross-product of the chosen rows, over the cell's `count`.
fn inverse(
    x: &[f64],
    width: usize,
    weight: &[f64],
    chosen: impl Fn(usize) -> bool,
) -> Result<Mat<f64>> {
    let count = weight.len();
    let mut product = Mat::<f64>::zeros(width, width);
    for i in (0..count).filter(|&i| chosen(i)) {
        let row = &x[i * width..(i + 1) * width];
        for a in 0..width {
            for b in 0..=a {
                product[(a, b)] += weight[i] * row[a] * row[b] / count as f64;
            }
        }
    }
    let factor = product
        .llt(Side::Lower)
        .map_err(|_| NoAnswer::Collinear { with: Vec::new() })?;
    let lower = factor.L();
    for k in 0..width {
        // The square of this diagonal is what of column k the columns before leave over.
        let left = lower[(k, k)] * lower[(k, k)];
        if left.is_nan() || left <= COLLINEAR * product[(k, k)] {
            return Err(NoAnswer::Collinear {
                with: (0..k.saturating_sub(1)).collect(),
            });
        }
    }
    Ok(factor.solve(Mat::<f64>::identity(width, width)))
}

fn dot(row: &[f64], by: &[f64]) -> f64 {
    row.iter().zip(by).map(|(a, b)| a * b).sum()
}

fn times(matrix: &Mat<f64>, by: &[f64]) -> Vec<f64> {
    (0..by.len())
        .map(|a| (0..by.len()).map(|b| matrix[(a, b)] * by[b]).sum())
        .collect()
}

/// Predicted change of all from a regression among the untreated, and its inverse.
fn predicted(cell: &Cell, weight: &[f64], x: &[f64], width: usize) -> Result<(Vec<f64>, Mat<f64>)> {
    let count = weight.len();
    let others = cell
        .treated
        .iter()
        .zip(weight)
        .filter(|(t, w)| !**t && **w > 0.0);
    if others.count() < width {
        return Err(NoAnswer::Collinear { with: Vec::new() });
    }
    let inverse = inverse(x, width, weight, |i| !cell.treated[i])?;
    let solve = |target: &dyn Fn(usize) -> f64| -> Vec<f64> {
        let mut right = vec![0.0; width];
        for i in (0..count).filter(|&i| !cell.treated[i]) {
            for (k, r) in right.iter_mut().enumerate() {
                *r += weight[i] * x[i * width + k] * target(i) / count as f64;
            }
        }
        times(&inverse, &right)
    };
    let first = solve(&|i| cell.change[i]);
    let row = |i: usize| &x[i * width..(i + 1) * width];
    // Once more on what is left, so that large changes lose no digits.
    let second = solve(&|i| cell.change[i] - dot(row(i), &first));
    let slopes: Vec<f64> = first.iter().zip(&second).map(|(a, b)| a + b).collect();
    Ok(((0..count).map(|i| dot(row(i), &slopes)).collect(), inverse))
}

/// Mean of `value` times the row over the cell.
fn moment(x: &[f64], width: usize, value: impl Fn(usize) -> f64, count: usize) -> Vec<f64> {
    let mut sum = vec![0.0; width];
    for i in 0..count {
        let v = value(i);
        if v != 0.0 {
            for (k, s) in sum.iter_mut().enumerate() {
                *s += v * x[i * width + k] / count as f64;
            }
        }
    }
    sum
}

fn mean(value: impl Fn(usize) -> f64, count: usize) -> f64 {
    (0..count).map(value).sum::<f64>() / count as f64
}

fn regression(cell: &Cell, weight: &[f64], x: &[f64], width: usize) -> Result<(f64, Vec<f64>)> {
    let count = weight.len();
    let (line, inverse) = predicted(cell, weight, x, width)?;
    let on = |i: usize| if cell.treated[i] { weight[i] } else { 0.0 };
    let share = mean(on, count);
    let effect = mean(|i| on(i) * (cell.change[i] - line[i]), count) / share;
    let pull = times(&inverse, &moment(x, width, on, count));
    let influence = (0..count)
        .map(|i| {
            let left = cell.change[i] - line[i];
            if cell.treated[i] {
                on(i) * (left - effect) / share
            } else {
                -weight[i] * left * dot(&x[i * width..(i + 1) * width], &pull) / share
            }
        })
        .collect();
    Ok((effect, influence))
}

/// Weights of the cohort and of the others by their odds, and the fit.
fn odds(
    cell: &Cell,
    weight: &[f64],
    x: &[f64],
    width: usize,
) -> Result<(Vec<f64>, Vec<f64>, logit::Logit)> {
    let count = weight.len();
    // The design's own trouble comes first: a singular one is not a separated one.
    inverse(x, width, weight, |_| true)?;
    let mut fit = logit::fit(x, width, &cell.treated, weight)?;
    if fit.probability.iter().any(|&p| p >= SEPARATED) {
        return Err(NoAnswer::Separated);
    }
    // R's DRDID has the inverse information times the number of units.
    for a in 0..width {
        for b in 0..width {
            fit.inverse[(a, b)] *= count as f64;
        }
    }
    let on: Vec<f64> = (0..count)
        .map(|i| if cell.treated[i] { weight[i] } else { 0.0 })
        .collect();
    let off: Vec<f64> = (0..count)
        .map(|i| {
            let p = fit.probability[i];
            if cell.treated[i] || p >= TRIM {
                0.0
            } else {
                weight[i] * p / (1.0 - p)
            }
        })
        .collect();
    if off.iter().sum::<f64>() <= 0.0 {
        return Err(NoAnswer::NoneToCompare);
    }
    Ok((on, off, fit))
}

fn weighting(cell: &Cell, weight: &[f64], x: &[f64], width: usize) -> Result<(f64, Vec<f64>)> {
    let count = weight.len();
    let (on, off, fit) = odds(cell, weight, x, width)?;
    let zero = vec![0.0; count];
    let (effect, mut influence, low, share) = weighted(cell, &on, &off, &zero);
    let pull = times(
        &fit.inverse,
        &moment(x, width, |i| off[i] * (cell.change[i] - low), count),
    );
    for (i, value) in influence.iter_mut().enumerate() {
        let score = weight[i] * (f64::from(u8::from(cell.treated[i])) - fit.probability[i]);
        *value -= score * dot(&x[i * width..(i + 1) * width], &pull) / share;
    }
    Ok((effect, influence))
}

/// Difference of two weighted means of what `line` leaves over; with the influence that this
/// difference alone has, the mean among the others, and their share.
fn weighted(cell: &Cell, on: &[f64], off: &[f64], line: &[f64]) -> (f64, Vec<f64>, f64, f64) {
    let count = on.len();
    let left = |i: usize| cell.change[i] - line[i];
    let (high_share, low_share) = (mean(|i| on[i], count), mean(|i| off[i], count));
    let high = mean(|i| on[i] * left(i), count) / high_share;
    let low = mean(|i| off[i] * left(i), count) / low_share;
    let influence = (0..count)
        .map(|i| on[i] * (left(i) - high) / high_share - off[i] * (left(i) - low) / low_share)
        .collect();
    (high - low, influence, low, low_share)
}

fn doubly_robust(cell: &Cell, weight: &[f64], x: &[f64], width: usize) -> Result<(f64, Vec<f64>)> {
    let count = weight.len();
    let (on, off, fit) = odds(cell, weight, x, width)?;
    let (line, inverse) = predicted(cell, weight, x, width)?;
    let (effect, mut influence, low, share) = weighted(cell, &on, &off, &line);
    let pull = times(
        &fit.inverse,
        &moment(
            x,
            width,
            |i| off[i] * (cell.change[i] - line[i] - low),
            count,
        ),
    );
    let on_share = mean(|i| on[i], count);
    let (of_treated, of_others) = (
        moment(x, width, |i| on[i], count),
        moment(x, width, |i| off[i], count),
    );
    let gap: Vec<f64> = of_treated
        .iter()
        .zip(&of_others)
        .map(|(a, b)| a / on_share - b / share)
        .collect();
    let lean = times(&inverse, &gap);
    for (i, value) in influence.iter_mut().enumerate() {
        let row = &x[i * width..(i + 1) * width];
        let score = weight[i] * (f64::from(u8::from(cell.treated[i])) - fit.probability[i]);
        *value -= score * dot(row, &pull) / share;
        if !cell.treated[i] {
            *value -= weight[i] * (cell.change[i] - line[i]) * dot(row, &lean);
        }
    }
    Ok((effect, influence))
}
