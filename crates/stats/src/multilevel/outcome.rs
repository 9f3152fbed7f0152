//! From common sizes back to the columns' own, and from numbers to answers.

use super::criterion::{Problem, Value};
use super::design::{Size, Term};
use super::freedom::Curvature;
use super::nested::Modes;
use super::{Coefficient, Criterion, Effects, Fit};
use crate::answer::{Answer, Spread, Z};
use crate::reason::{NoAnswer, Result};
use crate::symmetric::Symmetric;

/// A factor's diagonal below this counts as zero (lme4's `isSingular` takes the same).
const SINGULAR: f64 = 1e-4;

/// Rows of the matrix that turns common sizes back: `own = scale · B · common`, plus the centre of
/// the outcome at the constant.
fn back(sizes: &[Size], constant: bool, outcome_scale: f64) -> Vec<Vec<f64>> {
    let count = sizes.len();
    (0..count)
        .map(|i| {
            let mut row = vec![0.0; count];
            row[i] = outcome_scale / sizes[i].scale;
            if constant && i == 0 {
                for (cell, size) in row.iter_mut().zip(sizes).skip(1) {
                    *cell = -outcome_scale * size.centre / size.scale;
                }
            }
            row
        })
        .collect()
}

fn sandwich(rows: &[Vec<f64>], inner: &[f64]) -> Symmetric {
    let size = rows.len();
    let half: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| {
            (0..size)
                .map(|j| {
                    row.iter()
                        .enumerate()
                        .map(|(k, v)| v * inner[k * size + j])
                        .sum()
                })
                .collect()
        })
        .collect();
    let mut out = Symmetric::zeros(size);
    for (i, left) in half.iter().enumerate() {
        for (j, right) in rows[..=i].iter().enumerate() {
            out.set(i, j, left.iter().zip(right).map(|(a, b)| a * b).sum());
        }
    }
    out
}

/// Puts the answer together.
///
/// # Errors
/// [`NoAnswer::Arithmetic`] if a number left the range of numbers on its way back.
pub(super) fn outcome(
    problem: &Problem,
    theta: &[f64],
    value: &Value,
    curvature: &Curvature,
    adjusted: Option<Vec<f64>>,
    modes: Vec<Modes>,
) -> Result<Fit> {
    let design = &problem.design;
    let n = design.n as f64;
    let rows = back(&design.sizes, design.intercept, design.outcome.scale);
    let mut values: Vec<f64> = rows
        .iter()
        .map(|row| {
            row.iter()
                .zip(&value.coefficients)
                .map(|(a, b)| a * b)
                .sum()
        })
        .collect();
    if design.intercept {
        values[0] += design.outcome.centre;
    }
    let relative: Vec<f64> = value.inverse.iter().map(|v| value.variance * v).collect();
    let covariance = sandwich(&rows, &relative);
    let slopes = curvature
        .slopes
        .iter()
        .map(|slope| sandwich(&rows, slope))
        .collect();
    let adjusted = adjusted.map(|covariance| sandwich(&rows, &covariance));
    let effects = (0..design.terms.len())
        .zip(modes)
        .map(|(place, modes)| one_grouping(problem, place, theta, value, curvature, modes))
        .collect::<Result<Vec<Effects>>>()?;
    let scale_log = design.outcome.scale.ln();
    let (freedom, determinant) = match problem.criterion {
        Criterion::Full => (n, 0.0),
        Criterion::Restricted => (
            problem.freedom(),
            design.sizes.iter().map(|s| 2.0 * s.scale.ln()).sum(),
        ),
    };
    let deviance = value.deviance + 2.0 * freedom * scale_log + determinant;
    let parameters = design.fixed + problem.places.len() + 1;
    let mut fit = Fit {
        n: design.n as u64,
        criterion: problem.criterion,
        coefficients: Vec::new(),
        covariance,
        adjusted,
        singular: effects.iter().any(|e| e.singular),
        effects,
        residual_sd: value.variance.sqrt() * design.outcome.scale,
        residual_sd_interval: log_interval(
            value.variance.sqrt() * design.outcome.scale,
            curvature
                .covariance
                .get(problem.places.len(), problem.places.len()),
        ),
        log_likelihood: -0.5 * deviance,
        parameters,
        aic: deviance + 2.0 * parameters as f64,
        bic: deviance + freedom.ln() * parameters as f64,
        slopes,
        asymptotic: curvature.covariance.clone(),
        values,
    };
    let first = usize::from(design.intercept);
    fit.coefficients = (0..design.fixed)
        .map(|place| {
            let mut weights = vec![0.0; design.fixed];
            weights[place] = 1.0;
            Ok(Coefficient {
                column: place.checked_sub(first),
                estimate: fit.contrast(&weights)?,
            })
        })
        .collect::<Result<_>>()?;
    fit.checked()
}

fn log_interval(sd: f64, variance_of_log: f64) -> Result<(f64, f64)> {
    let half = Z * variance_of_log.max(0.0).sqrt();
    let ends = (sd * (-half).exp(), sd * half.exp());
    if ends.0.is_finite() && ends.1.is_finite() && half > 0.0 {
        Ok(ends)
    } else {
        Err(NoAnswer::AtBoundary)
    }
}

fn one_grouping(
    problem: &Problem,
    place: usize,
    theta: &[f64],
    value: &Value,
    curvature: &Curvature,
    modes: Modes,
) -> Result<Effects> {
    let design = &problem.design;
    let term: &Term = &design.terms[place];
    let q = term.effects;
    let lambda = &problem.lambdas(theta)[place];
    let constant = term.intercept && term.correlated;
    let rows = back(&term.sizes, constant, design.outcome.scale);
    let relative: Vec<f64> = (0..q * q)
        .map(|at| {
            let (i, j) = (at / q, at % q);
            value.variance
                * (0..q)
                    .map(|k| lambda[i * q + k] * lambda[j * q + k])
                    .sum::<f64>()
        })
        .collect();
    let covariance = sandwich(&rows, &relative);
    let singular = (0..q).any(|i| lambda[i * q + i].abs() < SINGULAR);
    // `B Λ`, for the slopes of the standard deviations.
    let turned: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| {
            (0..q)
                .map(|j| (0..q).map(|k| row[k] * lambda[k * q + j]).sum())
                .collect()
        })
        .collect();
    let count = problem.places.len();
    let sd: Vec<f64> = (0..q)
        .map(|i| covariance.get(i, i).max(0.0).sqrt())
        .collect();
    let sd_intervals = (0..q)
        .map(|i| {
            // Singular factors have no interval of this kind, whichever of their sds it is.
            let own: f64 = turned[i].iter().map(|v| v * v).sum();
            if singular {
                return Err(NoAnswer::AtBoundary);
            }
            if !(own.is_normal() && own > 0.0 && covariance.get(i, i).is_normal()) {
                return Err(NoAnswer::BeyondNumbers);
            }
            let mut slope = vec![0.0; count + 1];
            for (cell, &(k, row, column)) in slope.iter_mut().zip(&problem.places) {
                if k == place {
                    *cell = turned[i][column] * rows[i][row] / own;
                }
            }
            slope[count] = 1.0;
            log_interval(sd[i], curvature.covariance.quadratic(&slope))
        })
        .collect();
    let scaled: Vec<f64> = modes
        .covariances
        .iter()
        .map(|v| value.variance * v)
        .collect();
    let mut predicted = Vec::with_capacity(modes.values.len());
    let mut errors = Vec::with_capacity(modes.values.len());
    for (u, t) in modes.values.chunks_exact(q).zip(scaled.chunks_exact(q * q)) {
        for row in &rows {
            predicted.push(row.iter().zip(u).map(|(a, b)| a * b).sum());
            let mut variance = 0.0;
            for (i, a) in row.iter().enumerate() {
                for (j, b) in row.iter().enumerate() {
                    variance += a * b * t[i * q + j];
                }
            }
            errors.push(variance.max(0.0).sqrt());
        }
    }
    Ok(Effects {
        groups: term.with_rows,
        covariance,
        sd,
        sd_intervals,
        singular,
        predicted,
        predicted_errors: errors,
    })
}

impl Fit {
    /// A weighted sum of coefficients (in the order of [`Fit::coefficients`]) with its error,
    /// Satterthwaite degrees of freedom and interval. The error is lme4's, as if variances were
    /// known; the interval is made of the one of [`Fit::adjusted`] where that is there.
    ///
    /// # Errors
    /// [`NoAnswer::Shape`] if there aren't as many weights as coefficients,
    /// [`NoAnswer::NotFinite`]. In the spread [`NoAnswer::BeyondNumbers`] if the error's square
    /// is.
    pub fn contrast(&self, weights: &[f64]) -> Result<Answer> {
        crate::reason::same_length(self.values.len(), weights.len())?;
        for &weight in weights {
            crate::reason::finite(weight)?;
        }
        let value = self.values.iter().zip(weights).map(|(a, b)| a * b).sum();
        let variance = self.covariance.quadratic(weights);
        let spread = if variance.is_normal() && variance > 0.0 {
            // Relative to the variance: its own square may be beyond numbers.
            let slope: Vec<f64> = self
                .slopes
                .iter()
                .map(|s| s.quadratic(weights) / variance)
                .collect();
            let uncertainty = self.asymptotic.quadratic(&slope);
            let df = if uncertainty > 0.0 {
                2.0 / uncertainty
            } else {
                f64::INFINITY
            };
            let widened = self
                .adjusted
                .as_ref()
                .map_or(variance, |adjusted| adjusted.quadratic(weights));
            Spread::symmetric(value, widened.sqrt(), df).map(|spread| Spread {
                se: variance.sqrt(),
                ..spread
            })
        } else if weights.iter().all(|&weight| weight == 0.0) {
            Err(NoAnswer::NoVariation)
        } else {
            Err(NoAnswer::BeyondNumbers)
        };
        Ok(Answer {
            value,
            n: self.n,
            spread,
        })
    }

    /// Correlation of two effects of a grouping; `None` where a variance is zero or a place is
    /// past the end.
    pub fn correlation(&self, grouping: usize, i: usize, j: usize) -> Option<f64> {
        let effects = self.effects.get(grouping)?;
        if i >= effects.sd.len() || j >= effects.sd.len() {
            return None;
        }
        let size = effects.sd[i] * effects.sd[j];
        (size > 0.0).then(|| (effects.covariance.get(i, j) / size).clamp(-1.0, 1.0))
    }

    /// Refuses an answer with a number in it that isn't one.
    fn checked(self) -> Result<Self> {
        let own = [self.residual_sd, self.log_likelihood, self.aic, self.bic];
        let numbers = own
            .iter()
            .chain(&self.values)
            .chain(self.covariance.values())
            .chain(self.effects.iter().flat_map(|e| {
                e.predicted
                    .iter()
                    .chain(&e.predicted_errors)
                    .chain(e.covariance.values())
            }));
        for number in numbers {
            if !number.is_finite() {
                return Err(NoAnswer::Arithmetic {
                    what: "turning sizes back",
                });
            }
        }
        Ok(self)
    }
}
