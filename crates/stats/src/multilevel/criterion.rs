//! What is minimised: -2 × the (restricted) log-likelihood, with coefficients and the residual's
//! variance profiled out, as a function of the factors `Λ` alone (Bates et al. 2015, equations
//! 34 and 42), and its slopes.

use super::Criterion;
use super::crossed::{self, Crossing};
use super::design::Design;
use super::nested::{self, At, Eliminated, Modes};
use crate::dense::{cholesky, forward, inverse_of, log_determinant};
use crate::reason::{NoAnswer, Result};
use std::f64::consts::PI;

/// A residual variance below this part of the outcome's is rounding.
const EXACT: f64 = 1e-13;

/// The sums with what was asked of them.
pub(super) struct Problem {
    pub design: Design,
    pub crossing: Option<Crossing>,
    pub criterion: Criterion,
    /// Entries of the factors that are free: grouping, row, column.
    pub places: Vec<(usize, usize, usize)>,
}

/// The criterion at one point.
pub(super) struct Value {
    /// -2 × log-likelihood in common sizes.
    pub deviance: f64,
    /// Residual variance in common sizes.
    pub variance: f64,
    /// Coefficients in common sizes.
    pub coefficients: Vec<f64>,
    /// Inverse of `X'V⁻¹X`.
    pub inverse: Vec<f64>,
    /// Sum of squares left over.
    pub squares: f64,
    solved: Option<crossed::Solved>,
}

/// Slopes of the two parts of the criterion: the determinants, and the sum of squares.
pub(super) struct Gradient {
    pub determinants: Vec<f64>,
    pub squares: Vec<f64>,
}

impl Problem {
    pub fn new(design: Design, crossing: Option<Crossing>, criterion: Criterion) -> Self {
        let mut places = Vec::new();
        for (k, term) in design.terms.iter().enumerate() {
            for j in 0..term.effects {
                let rows = if term.correlated {
                    j..term.effects
                } else {
                    j..j + 1
                };
                places.extend(rows.map(|i| (k, i, j)));
            }
        }
        Self {
            design,
            crossing,
            criterion,
            places,
        }
    }

    /// Rows that count for the residual's variance.
    pub fn freedom(&self) -> f64 {
        let used = match self.criterion {
            Criterion::Restricted => self.design.fixed,
            Criterion::Full => 0,
        };
        (self.design.n - used) as f64
    }

    /// All groups' effects as independent and as wide as the residual: where the search starts.
    pub fn start(&self) -> Vec<f64> {
        self.places
            .iter()
            .map(|&(_, i, j)| if i == j { 1.0 } else { 0.0 })
            .collect()
    }

    /// The factors, row-major.
    pub fn lambdas(&self, theta: &[f64]) -> Vec<Vec<f64>> {
        let mut out: Vec<Vec<f64>> = self
            .design
            .terms
            .iter()
            .map(|t| vec![0.0; t.effects * t.effects])
            .collect();
        for (&(k, i, j), &value) in self.places.iter().zip(theta) {
            out[k][i * self.design.terms[k].effects + j] = value;
        }
        out
    }

    /// # Errors
    /// [`NoAnswer::ExactFit`], [`NoAnswer::Arithmetic`].
    pub fn value(&self, theta: &[f64]) -> Result<Value> {
        let design = &self.design;
        let (width, fixed) = (design.width(), design.fixed);
        let lambdas = self.lambdas(theta);
        let failed = NoAnswer::Arithmetic {
            what: "the elimination of group effects",
        };
        let (solved, own);
        let eliminated: &Eliminated = match &self.crossing {
            Some(crossing) => {
                solved = Some(crossed::solve(crossing, design, &lambdas).ok_or(failed.clone())?);
                &solved.as_ref().ok_or(failed.clone())?.eliminated
            }
            None => {
                solved = None;
                own = nested::eliminate(&design.terms[0], &design.xy, width, &lambdas[0])
                    .ok_or(failed.clone())?;
                &own
            }
        };
        let mut factor = vec![0.0; fixed * fixed];
        let mut right = vec![0.0; fixed];
        for i in 0..fixed {
            for j in 0..fixed {
                factor[i * fixed + j] = eliminated.left[i * width + j];
            }
            right[i] = eliminated.left[i * width + fixed];
        }
        if cholesky(&mut factor, fixed, 0.0).is_err() {
            return Err(failed);
        }
        forward(&factor, fixed, &mut right, 1);
        let explained: f64 = right.iter().map(|v| v * v).sum();
        let squares = eliminated.left[width * width - 1] - explained;
        let freedom = self.freedom();
        let variance = squares / freedom;
        if !variance.is_finite() {
            return Err(failed);
        }
        if variance <= EXACT {
            return Err(NoAnswer::ExactFit);
        }
        let inverse = inverse_of(&factor, fixed);
        let coefficients: Vec<f64> = inverse
            .chunks_exact(fixed)
            .map(|row| {
                (0..fixed)
                    .map(|j| row[j] * eliminated.left[j * width + fixed])
                    .sum()
            })
            .collect();
        let mut deviance =
            eliminated.log_determinant + freedom * (1.0 + (2.0 * PI * variance).ln());
        if self.criterion == Criterion::Restricted {
            deviance += log_determinant(&factor, fixed);
        }
        Ok(Value {
            deviance,
            variance,
            coefficients,
            inverse,
            squares,
            solved,
        })
    }

    /// Slopes at a point whose value is known.
    ///
    /// # Errors
    /// [`NoAnswer::Arithmetic`].
    pub fn gradient(&self, theta: &[f64], value: &Value) -> Result<Gradient> {
        let residual = residual_weights(&value.coefficients);
        let at = At {
            residual: &residual,
            inverse: &value.inverse,
        };
        let lambdas = self.lambdas(theta);
        let sums = match (&self.crossing, &value.solved) {
            (Some(crossing), Some(solved)) => {
                solved
                    .slopes(crossing, &self.design, &lambdas, &at, false)
                    .0
            }
            _ => vec![
                nested::slopes(&self.design.terms[0], self.design.width(), &lambdas[0], &at)
                    .ok_or(NoAnswer::Arithmetic {
                        what: "the slopes of the likelihood",
                    })?,
            ],
        };
        let restricted = self.criterion == Criterion::Restricted;
        let mut out = Gradient {
            determinants: Vec::new(),
            squares: Vec::new(),
        };
        for &(k, i, j) in &self.places {
            let q = self.design.terms[k].effects;
            let fixed = if restricted {
                sums[k].fixed[i * q + j]
            } else {
                0.0
            };
            out.determinants
                .push(2.0 * (sums[k].trace[j * q + i] - fixed));
            out.squares.push(-2.0 * sums[k].residual[i * q + j]);
        }
        Ok(out)
    }

    /// The profiled criterion and its slope: what the search asks for.
    ///
    /// # Errors
    /// As [`Problem::value`].
    pub fn profiled(&self, theta: &[f64]) -> Result<(f64, Vec<f64>)> {
        let value = self.value(theta)?;
        let gradient = self.gradient(theta, &value)?;
        let slope = gradient
            .determinants
            .iter()
            .zip(&gradient.squares)
            .map(|(a, b)| a + b / value.variance)
            .collect();
        Ok((value.deviance, slope))
    }

    /// The predicted effects, one entry a grouping.
    ///
    /// # Errors
    /// [`NoAnswer::Arithmetic`].
    pub fn modes(&self, theta: &[f64], value: &Value) -> Result<Vec<Modes>> {
        let residual = residual_weights(&value.coefficients);
        let lambdas = self.lambdas(theta);
        match (&self.crossing, &value.solved) {
            (Some(crossing), Some(solved)) => {
                let at = At {
                    residual: &residual,
                    inverse: &value.inverse,
                };
                Ok(solved.slopes(crossing, &self.design, &lambdas, &at, true).1)
            }
            _ => nested::modes(
                &self.design.terms[0],
                self.design.width(),
                &lambdas[0],
                &residual,
            )
            .map(|modes| vec![modes])
            .ok_or(NoAnswer::Arithmetic {
                what: "the groups' effects",
            }),
        }
    }
}

fn residual_weights(coefficients: &[f64]) -> Vec<f64> {
    coefficients.iter().map(|b| -b).chain([1.0]).collect()
}
