//! Predicts a number (a score, a severity) from the words of a text, by ridge regression.
//!
//! Linear in the text's vector, centred at the fitted texts' mean; the intercept is the mean of the
//! numbers and is not shrunk. A prediction, never a measurement: callers say so. Text vectors are
//! plain ones (`Vectors::embed`), all of the text counting alike.

use crate::linear;
use crate::matrix;
use crate::vectors::Vectors;

const WIDTH: usize = Vectors::DIMENSIONS;

/// Why no regression was fitted.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NoRegression {
    /// Fewer than two rows, or rows and numbers differ in number.
    #[error(
        "`{rows}` texts and `{numbers}` numbers can't be regressed\nhint: one number a text, two texts at least"
    )]
    Unequal {
        /// Texts given.
        rows: usize,
        /// Numbers given.
        numbers: usize,
    },
    /// A number is not finite.
    #[error("number `{0}` is not finite\nhint: leave out texts without a number")]
    NotFinite(usize),
    /// The ridge is not a number above 0.
    #[error("ridge must be above 0")]
    BadRidge,
}

/// A fitted ridge regression of a number on text vectors.
#[derive(Debug, Clone, PartialEq)]
pub struct Regressor {
    mean: Vec<f32>,
    slopes: Vec<f32>,
    intercept: f64,
}

impl Regressor {
    /// Fits numbers to texts. `ridge` is in units of texts: 1 to 10 suits a few hundred texts.
    ///
    /// # Errors
    /// [`NoRegression`] if there are too few texts, a number is missing or not finite, or the ridge
    /// is not above 0.
    pub fn fit(texts: &[&str], numbers: &[f64], ridge: f64) -> Result<Self, NoRegression> {
        Self::fit_vectors(&Vectors::shipped().embed_all(texts), numbers, ridge)
    }

    /// As [`Regressor::fit`], from vectors (row-major, 256 wide).
    ///
    /// # Errors
    /// As [`Regressor::fit`].
    pub fn fit_vectors(rows: &[f32], numbers: &[f64], ridge: f64) -> Result<Self, NoRegression> {
        let n = rows.len() / WIDTH;
        if n != numbers.len() || n < 2 {
            return Err(NoRegression::Unequal {
                rows: n,
                numbers: numbers.len(),
            });
        }
        if let Some(place) = numbers.iter().position(|y| !y.is_finite()) {
            return Err(NoRegression::NotFinite(place));
        }
        if !(ridge > 0.0 && ridge.is_finite()) {
            return Err(NoRegression::BadRidge);
        }
        let mean = matrix::mean(rows, WIDTH, |_| 1.0);
        let centred = centred(rows, &mean);
        let intercept = numbers.iter().sum::<f64>() / n as f64;
        let residual: Vec<f64> = numbers.iter().map(|y| y - intercept).collect();
        let (gram, sides) = linear::gram(&centred, WIDTH, |_| 1.0, &[&residual]);
        let slopes = linear::ridge_solve(&gram, ridge, &sides)
            .pop()
            .unwrap_or_default()
            .into_iter()
            .map(|x| x as f32)
            .collect();
        Ok(Regressor {
            mean,
            slopes,
            intercept,
        })
    }

    /// The number predicted for a text.
    pub fn predict(&self, text: &str) -> f64 {
        self.predict_vector(&Vectors::shipped().embed(text))
    }

    /// The numbers predicted for texts, in their order.
    pub fn predict_all(&self, texts: &[&str]) -> Vec<f64> {
        let rows = Vectors::shipped().embed_all(texts);
        rows.chunks_exact(WIDTH)
            .map(|row| self.predict_vector(row))
            .collect()
    }

    /// The number predicted for a text's vector (256 numbers).
    pub fn predict_vector(&self, row: &[f32]) -> f64 {
        let at_mean = matrix::dot(&self.mean, &self.slopes);
        self.intercept + f64::from(matrix::dot(row, &self.slopes) - at_mean)
    }
}

/// Rows with the mean taken off.
pub(crate) fn centred(rows: &[f32], mean: &[f32]) -> Vec<f32> {
    let mut out = rows.to_vec();
    for row in out.chunks_exact_mut(mean.len().max(1)) {
        row.iter_mut().zip(mean).for_each(|(x, m)| *x -= m);
    }
    out
}
