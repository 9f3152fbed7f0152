//! Weighted logistic regression by iteratively reweighted least squares, for propensity scores.

use crate::reason::{NoAnswer, Result};
use faer::linalg::solvers::Solve;
use faer::{Mat, Side};

/// A fitted probability at or above this says that the covariates tell the treated apart (R's
/// `did` refuses such cells too).
pub(crate) const SEPARATED: f64 = 0.999;
const STEPS: usize = 60;

/// Fitted probabilities, and the inverse of the information at them.
pub(crate) struct Logit {
    pub(crate) probability: Vec<f64>,
    pub(crate) inverse: Mat<f64>,
}

/// `x` row-major, `width` a row; `treated` 0 or 1.
pub(crate) fn fit(x: &[f64], width: usize, treated: &[bool], weight: &[f64]) -> Result<Logit> {
    let count = treated.len();
    let mut slopes = vec![0.0; width];
    let mut probability = vec![0.5; count];
    let mut last = f64::INFINITY;
    for step in 0..=STEPS {
        let mut information = Mat::<f64>::zeros(width, width);
        let mut score = Mat::<f64>::zeros(width, 1);
        for i in 0..count {
            let row = &x[i * width..(i + 1) * width];
            let p = probability[i];
            let pull = weight[i] * (f64::from(u8::from(treated[i])) - p);
            let hold = weight[i] * p * (1.0 - p);
            for a in 0..width {
                score[(a, 0)] += pull * row[a];
                for b in 0..=a {
                    information[(a, b)] += hold * row[a] * row[b];
                }
            }
        }
        let factor = information
            .llt(Side::Lower)
            .map_err(|_| NoAnswer::Separated)?;
        let move_by = factor.solve(&score);
        let mut size: f64 = 0.0;
        for (slope, k) in slopes.iter_mut().zip(0..) {
            *slope += move_by[(k, 0)];
            size = size.max(move_by[(k, 0)].abs() / (1.0 + slope.abs()));
        }
        if !size.is_finite() {
            return Err(NoAnswer::Separated);
        }
        for i in 0..count {
            let row = &x[i * width..(i + 1) * width];
            let line: f64 = row.iter().zip(&slopes).map(|(x, b)| x * b).sum();
            probability[i] = 1.0 / (1.0 + (-line).exp());
        }
        if size < 1e-10 || (size < 1e-6 && size >= last) {
            let inverse = factor.solve(Mat::<f64>::identity(width, width));
            return Ok(Logit {
                probability,
                inverse,
            });
        }
        if step > 8 && probability.iter().any(|&p| p > 1.0 - 1e-8) {
            return Err(NoAnswer::Separated);
        }
        last = size;
    }
    Err(NoAnswer::Separated)
}
