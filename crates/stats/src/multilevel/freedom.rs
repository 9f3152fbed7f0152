//! How well the variances are known, and what that means for the coefficients' degrees of
//! freedom: Satterthwaite's approximation as in Kuznetsova, Brockhoff & Christensen (2017,
//! lmerTest, J. Statistical Software 82(13)), from the curvature of the (restricted) likelihood in
//! the factors `Λ` and the log of the residual's standard deviation.
//!
//! Differences are taken of the exact slopes, not of the likelihood itself.

use super::criterion::{Problem, Value};
use crate::reason::{NoAnswer, Result};
use crate::symmetric::Symmetric;
use faer::{Mat, Side};

/// A direction in which the curvature is below this part of the largest is flat: nothing is known
/// there, and nothing else depends on it.
const FLAT: f64 = 1e-9;
/// Step of the differences, as a part of the parameter.
const STEP: f64 = 5e-4;

/// The curvature at the lowest point.
pub(super) struct Curvature {
    /// Asymptotic covariance of the free factor entries and the log residual standard deviation.
    pub covariance: Symmetric,
    /// Slopes of the coefficients' covariance (common sizes) in the same parameters, each
    /// `fixed × fixed`.
    pub slopes: Vec<Vec<f64>>,
}

/// Improves `theta` by one Newton step and returns it with its value and the curvature.
///
/// # Errors
/// [`NoAnswer::Arithmetic`] if the criterion can't be evaluated beside its lowest point.
pub(super) fn curvature(
    problem: &Problem,
    theta: Vec<f64>,
) -> Result<(Vec<f64>, Value, Curvature)> {
    let size = theta.len();
    let value = problem.value(&theta)?;
    let gradient = problem.gradient(&theta, &value)?;
    let fixed = problem.design.fixed;
    let freedom = problem.freedom();
    let (mut determinants, mut squares) = (Mat::zeros(size, size), Mat::zeros(size, size));
    let mut slopes: Vec<Vec<f64>> = Vec::with_capacity(size + 1);
    for k in 0..size {
        let step = STEP * theta[k].abs().max(0.02);
        let beside = |sign: f64| {
            let mut there = theta.clone();
            there[k] += sign * step;
            let value = problem.value(&there)?;
            let gradient = problem.gradient(&there, &value)?;
            Ok::<_, NoAnswer>((value, gradient))
        };
        let (above, above_gradient) = beside(1.0)?;
        let (below, below_gradient) = beside(-1.0)?;
        for i in 0..size {
            let slope = |a: &[f64], b: &[f64]| (a[i] - b[i]) / (2.0 * step);
            determinants[(i, k)] =
                slope(&above_gradient.determinants, &below_gradient.determinants);
            squares[(i, k)] = slope(&above_gradient.squares, &below_gradient.squares);
        }
        slopes.push(
            above
                .inverse
                .iter()
                .zip(&below.inverse)
                .map(|(a, b)| value.variance * (a - b) / (2.0 * step))
                .collect(),
        );
    }
    slopes.push(
        value
            .inverse
            .iter()
            .map(|v| 2.0 * value.variance * v)
            .collect(),
    );

    // With the residual's variance profiled out, for the Newton step.
    let profiled = Mat::from_fn(size, size, |i, j| {
        let one = |i: usize, j: usize| {
            determinants[(i, j)] + squares[(i, j)] / value.variance
                - gradient.squares[i] * gradient.squares[j] / (value.variance * value.squares)
        };
        0.5 * (one(i, j) + one(j, i))
    });
    let full = Mat::from_fn(size + 1, size + 1, |i, j| match (i == size, j == size) {
        (true, true) => 4.0 * freedom,
        (false, true) => -2.0 * gradient.squares[i] / value.variance,
        (true, false) => -2.0 * gradient.squares[j] / value.variance,
        (false, false) => {
            let one = |i: usize, j: usize| determinants[(i, j)] + squares[(i, j)] / value.variance;
            0.5 * (one(i, j) + one(j, i))
        }
    });
    let covariance = pseudo_inverse(&full, 2.0)?;
    let (theta, value) = polish(
        problem,
        theta,
        value,
        &gradient.determinants,
        &gradient.squares,
        &profiled,
    )?;
    debug_assert_eq!(value.inverse.len(), fixed * fixed);
    Ok((theta, value, Curvature { covariance, slopes }))
}

/// One Newton step, taken only if it is as small as it must be near the lowest point.
fn polish(
    problem: &Problem,
    theta: Vec<f64>,
    value: Value,
    determinants: &[f64],
    squares: &[f64],
    profiled: &Mat<f64>,
) -> Result<(Vec<f64>, Value)> {
    let inverse = pseudo_inverse(profiled, 1.0)?;
    let size = theta.len();
    let slope: Vec<f64> = determinants
        .iter()
        .zip(squares)
        .map(|(a, b)| a + b / value.variance)
        .collect();
    let step: Vec<f64> = (0..size)
        .map(|i| -(0..size).map(|j| inverse.get(i, j) * slope[j]).sum::<f64>())
        .collect();
    let longest = step.iter().fold(0.0f64, |a, b| a.max(b.abs()));
    if longest == 0.0 || longest > 1e-2 {
        return Ok((theta, value));
    }
    let there: Vec<f64> = theta.iter().zip(&step).map(|(a, b)| a + b).collect();
    match problem.value(&there) {
        Ok(new) if new.deviance <= value.deviance + 1e-9 * value.deviance.abs().max(1.0) => {
            Ok((there, new))
        }
        _ => Ok((theta, value)),
    }
}

/// `factor × H⁻¹`, leaving out flat directions and those that bend the wrong way by rounding.
pub(super) fn pseudo_inverse(h: &Mat<f64>, factor: f64) -> Result<Symmetric> {
    let size = h.nrows();
    let mut out = Symmetric::zeros(size);
    if size == 0 {
        return Ok(out);
    }
    let failed = NoAnswer::Arithmetic {
        what: "the curvature of the likelihood",
    };
    let parts = h.self_adjoint_eigen(Side::Lower).map_err(|_| failed)?;
    let values: Vec<f64> = parts.S().column_vector().iter().copied().collect();
    let vectors = parts.U();
    let largest = values.iter().fold(0.0f64, |a, b| a.max(b.abs()));
    for i in 0..size {
        for j in 0..=i {
            let sum: f64 = values
                .iter()
                .enumerate()
                .filter(|(_, v)| **v > FLAT * largest)
                .map(|(k, v)| factor * vectors[(i, k)] * vectors[(j, k)] / v)
                .sum();
            out.set(i, j, sum);
        }
    }
    Ok(out)
}
