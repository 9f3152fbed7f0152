//! Finding the parameters with the highest log-likelihood.
//!
//! First quasi-Newton steps (limited memory) in the metric of the complete-data information, which
//! costs a pass each; then Newton's steps with the exact second derivatives, of which one is
//! usually enough and whose matrix gives the standard errors. Nothing keeps variances positive:
//! an improper solution is found as such, as in other software, and told by the caller.
//! Source: Nocedal & Wright 2006, chapters 3, 6 and 7.

use super::data::Data;
use super::information::{Information, information, metric};
use super::pass::{Pass, pass};
use super::spec::Spec;
use super::structure::{Implied, Pair};
use crate::dense;
use crate::reason::{NoAnswer, Result};

const STEPS: usize = 150;
const NEWTON_STEPS: usize = 40;
const MEMORY: usize = 12;

/// A model and the data it is fitted to.
pub(super) struct Problem<'a> {
    pub data: &'a Data,
    pub spec: &'a Spec,
    pub pairs: Vec<Pair>,
}

/// A point with what is known there.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub theta: Vec<f64>,
    pub implied: Implied,
    pub pass: Pass,
    pub gradient: Vec<f64>,
}

impl<'a> Problem<'a> {
    pub fn new(data: &'a Data, spec: &'a Spec) -> Self {
        Self {
            data,
            spec,
            pairs: spec.layout.pairs(),
        }
    }

    /// `None` where the parameters imply no covariance matrix.
    pub fn at(&self, theta: Vec<f64>) -> Option<Point> {
        let full = self.spec.spread(&theta);
        let implied = Implied::new(self.spec.layout, &full);
        if !implied.sigma.iter().all(|v| v.is_finite()) {
            return None;
        }
        let pass = pass(self.data, &implied.mean, &implied.sigma)?;
        let mut by_place = implied.gradient(&self.pairs, &pass.by_sigma);
        by_place.extend_from_slice(&pass.by_mean);
        let gradient = self.spec.gather(&by_place);
        gradient.iter().all(|v| v.is_finite()).then_some(Point {
            theta,
            implied,
            pass,
            gradient,
        })
    }

    /// The complete-data metric, factored.
    fn metric(&self, point: &Point) -> Option<Vec<f64>> {
        let n = self.data.units as f64;
        let matrix = metric(
            self.spec,
            &self.pairs,
            &point.implied,
            &point.pass.precision,
            n,
        );
        factor(matrix, self.spec.size(), 1e-9)
    }

    /// Quasi-Newton steps until the expected gain is below `gain` (then true) or there were too
    /// many (then false: on a long flat ridge Newton's steps do better). With `fixed` the
    /// (factored) metric is given and not renewed: for fits near one already made.
    pub fn climb(&self, start: Point, gain: f64, fixed: Option<&[f64]>) -> Result<(Point, bool)> {
        let n = self.spec.size();
        let mut point = start;
        let mut memory: Vec<(Vec<f64>, Vec<f64>, f64)> = Vec::new();
        for _ in 0..STEPS {
            let renewed = match fixed {
                Some(_) => None,
                None => Some(self.metric(&point).ok_or(NoAnswer::NotIdentified)?),
            };
            let Some(metric) = fixed.or(renewed.as_deref()) else {
                return Err(NoAnswer::NotIdentified);
            };
            let mut direction = along(&memory, metric, n, &point.gradient);
            let mut slope = dense::dot(&direction, &point.gradient);
            if slope.is_nan() || slope <= 0.0 {
                memory.clear();
                direction = along(&memory, metric, n, &point.gradient);
                slope = dense::dot(&direction, &point.gradient);
            }
            if slope < 2.0 * gain {
                return Ok((point, true));
            }
            let Some(next) = self.search(&point, &direction, slope) else {
                if memory.is_empty() {
                    // Steps too small to matter: rounding is all that is left.
                    return Ok((point, true));
                }
                memory.clear();
                continue;
            };
            let change = subtract(&next.theta, &point.theta);
            let fall = subtract(&point.gradient, &next.gradient);
            let product = dense::dot(&change, &fall);
            if product
                > 1e-10 * dense::dot(&fall, &fall).sqrt() * dense::dot(&change, &change).sqrt()
            {
                memory.push((change, fall, 1.0 / product));
                if memory.len() > MEMORY {
                    memory.remove(0);
                }
            }
            point = next;
        }
        Ok((point, false))
    }

    /// The top from a start, whichever way gets there; no second derivatives are kept.
    pub fn top(&self, start: Point, gain: f64, fixed: Option<&[f64]>) -> Result<Point> {
        match self.climb(start, gain, fixed)? {
            (point, true) => Ok(point),
            (point, false) => self.polish(point, false).map(|(point, _)| point),
        }
    }

    /// Newton's steps to the top, and the information there.
    pub fn polish(&self, start: Point, with_scores: bool) -> Result<(Point, Information)> {
        let n = self.spec.size();
        let mut point = start;
        let mut climbed = 0;
        for _ in 0..NEWTON_STEPS {
            let found = self
                .information(&point, with_scores)
                .ok_or(NoAnswer::NotIdentified)?;
            let definite = factor(found.observed.clone(), n, 1e-12);
            let metric = match &definite {
                Some(factor) => factor.clone(),
                None => self.metric(&point).ok_or(NoAnswer::NotIdentified)?,
            };
            let mut direction = point.gradient.clone();
            dense::solve(&metric, n, &mut direction);
            let slope = dense::dot(&direction, &point.gradient);
            if slope < 1e-7 {
                if definite.is_none() {
                    return Err(NoAnswer::NotIdentified);
                }
                // The last step is too small to change the information.
                let end = self.search(&point, &direction, slope).unwrap_or(point);
                return Ok((end, found));
            }
            let Some(next) = self.search(&point, &direction, slope) else {
                return if definite.is_some() && slope < 1e-5 {
                    Ok((point, found))
                } else {
                    Err(NoAnswer::NotIdentified)
                };
            };
            point = next;
            if definite.is_none() {
                // Not near a top. Where this goes on, the likelihood rises for ever.
                if climbed == 3 {
                    break;
                }
                climbed += 1;
                point = self.climb(point, 1e-9, None)?.0;
            }
        }
        Err(NoAnswer::NotConverged {
            what: "the panel model",
            steps: NEWTON_STEPS,
        })
    }

    /// Exact second derivatives at a point.
    pub fn information(&self, point: &Point, with_scores: bool) -> Option<Information> {
        information(
            self.data,
            self.spec,
            &self.pairs,
            &point.implied,
            &point.pass.precision,
            &point.pass.by_sigma,
            with_scores,
        )
    }

    /// The first of ever shorter steps that gains enough.
    fn search(&self, point: &Point, direction: &[f64], slope: f64) -> Option<Point> {
        let rounding = 1e-13 * point.pass.loglik.abs();
        let mut length = 1.0;
        for _ in 0..40 {
            let mut theta = point.theta.clone();
            dense::axpy(length, direction, &mut theta);
            if let Some(next) = self.at(theta)
                && next.pass.loglik >= point.pass.loglik + 1e-4 * length * slope - rounding
            {
                return Some(next);
            }
            length *= if length > 0.1 { 0.5 } else { 0.25 };
        }
        None
    }
}

/// A Cholesky factor, with just enough added to the diagonal where the matrix is singular up to
/// `ridge` of its diagonal.
pub(super) fn factor(matrix: Vec<f64>, n: usize, ridge: f64) -> Option<Vec<f64>> {
    let mut out = matrix.clone();
    if dense::cholesky(&mut out, n, dense::ROUNDING).is_ok() {
        return Some(out);
    }
    if ridge < 1e-10 {
        return None;
    }
    let mut ridge = ridge;
    while ridge < 1.0 {
        out.clone_from(&matrix);
        for i in 0..n {
            out[i * n + i] += ridge * matrix[i * n + i].abs().max(1e-300);
        }
        if dense::cholesky(&mut out, n, dense::ROUNDING).is_ok() {
            return Some(out);
        }
        ridge *= 100.0;
    }
    None
}

fn subtract(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

/// The quasi-Newton direction uphill (two loops over what is remembered).
fn along(
    memory: &[(Vec<f64>, Vec<f64>, f64)],
    metric: &[f64],
    n: usize,
    gradient: &[f64],
) -> Vec<f64> {
    let mut direction = gradient.to_vec();
    let mut weights = Vec::with_capacity(memory.len());
    for (change, fall, scale) in memory.iter().rev() {
        let weight = scale * dense::dot(change, &direction);
        dense::axpy(-weight, fall, &mut direction);
        weights.push(weight);
    }
    dense::solve(metric, n, &mut direction);
    for ((change, fall, scale), weight) in memory.iter().zip(weights.into_iter().rev()) {
        let back = scale * dense::dot(fall, &direction);
        dense::axpy(weight - back, change, &mut direction);
    }
    direction
}
