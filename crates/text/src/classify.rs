//! Tells classes of texts apart, from example sentences.
//!
//! Multinomial logistic regression with a ridge on the text's vector, centred at the examples' mean;
//! each class counts alike however many examples it has. Fitted by Newton steps on Böhning's bound
//! (Böhning 1992): one factorisation, every step a gain, the same steps everywhere. What the classes
//! mean is the caller's.

use crate::linear;
use crate::matrix;
use crate::regress::centred;
use crate::vectors::Vectors;

const WIDTH: usize = Vectors::DIMENSIONS;
/// Steps after which fitting stops though it still gains.
const MOST_STEPS: usize = 300;
/// A step whose largest change is below this ends the fit.
const SETTLED: f64 = 1e-5;

/// Why no classifier was fitted.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NoClassifier {
    /// A class without an example, or fewer than two classes.
    #[error(
        "class `{0}` has no example\nhint: give each class a few sentences, and two classes at least"
    )]
    NoExample(usize),
    /// An example of a class that isn't there.
    #[error(
        "example `{example}` is of class `{class}`, past the last\nhint: classes are numbered from 0"
    )]
    UnknownClass {
        /// Which example.
        example: usize,
        /// Its class.
        class: usize,
    },
    /// The ridge is not a number above 0.
    #[error("ridge must be above 0")]
    BadRidge,
}

/// A fitted classifier of texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Classifier {
    mean: Vec<f32>,
    /// One row of 256 a class.
    slopes: Vec<f32>,
    /// One a class.
    intercepts: Vec<f64>,
}

impl Classifier {
    /// Fits classes `0..classes` to example sentences `(text, class)`. `ridge` is in units of
    /// examples: smaller trusts the examples more (0.1 to 1 suits some dozens a class).
    ///
    /// # Errors
    /// [`NoClassifier`] if a class has no example, an example an unknown class, or the ridge is not
    /// above 0.
    pub fn fit(
        examples: &[(&str, usize)],
        classes: usize,
        ridge: f64,
    ) -> Result<Self, NoClassifier> {
        let mut counts = vec![0usize; classes.max(2)];
        for (example, &(_, class)) in examples.iter().enumerate() {
            if class >= classes {
                return Err(NoClassifier::UnknownClass { example, class });
            }
            counts[class] += 1;
        }
        if let Some(class) = counts.iter().position(|&count| count == 0) {
            return Err(NoClassifier::NoExample(class));
        }
        if !(ridge > 0.0 && ridge.is_finite()) {
            return Err(NoClassifier::BadRidge);
        }
        let texts: Vec<&str> = examples.iter().map(|&(text, _)| text).collect();
        let raw = Vectors::shipped().embed_all(&texts);
        let n = texts.len() as f64;
        let weights: Vec<f64> = examples
            .iter()
            .map(|&(_, class)| n / (classes * counts[class]) as f64)
            .collect();
        let mean = matrix::mean(&raw, WIDTH, |i| weights[i]);
        // A constant column carries the intercept.
        let wide = WIDTH + 1;
        let mut rows = Vec::with_capacity(texts.len() * wide);
        for row in centred(&raw, &mean).chunks_exact(WIDTH) {
            rows.extend_from_slice(row);
            rows.push(1.0);
        }
        let (gram, _) = linear::gram(&rows, wide, |i| 0.5 * weights[i], &[]);
        let mut coefficients = vec![vec![0.0f64; wide]; classes];
        for _ in 0..MOST_STEPS {
            let gradients = gradients(&rows, wide, examples, &weights, &coefficients, ridge);
            let steps = linear::ridge_solve(&gram, ridge, &gradients);
            let mut largest = 0.0f64;
            for (coefficients, step) in coefficients.iter_mut().zip(&steps) {
                for (coefficient, step) in coefficients.iter_mut().zip(step) {
                    *coefficient += step;
                    largest = largest.max(step.abs());
                }
            }
            if largest < SETTLED {
                break;
            }
        }
        Ok(Classifier {
            mean,
            slopes: coefficients
                .iter()
                .flat_map(|row| row[..WIDTH].iter().map(|&x| x as f32))
                .collect(),
            intercepts: coefficients.iter().map(|row| row[WIDTH]).collect(),
        })
    }

    /// The probability of each class for a text; they sum to 1. A text without a known word gets
    /// the classes' intercepts alone.
    pub fn probabilities(&self, text: &str) -> Vec<f64> {
        self.of_vector(&Vectors::shipped().embed(text))
    }

    /// [`Classifier::probabilities`] of many texts, in their order.
    pub fn probabilities_all(&self, texts: &[&str]) -> Vec<Vec<f64>> {
        let rows = Vectors::shipped().embed_all(texts);
        rows.chunks_exact(WIDTH)
            .map(|row| self.of_vector(row))
            .collect()
    }

    /// The likeliest class of a text (the lower at a tie) and its probability.
    pub fn best(&self, text: &str) -> (usize, f64) {
        let probabilities = self.probabilities(text);
        let mut best = (0, 0.0);
        for (class, probability) in probabilities.into_iter().enumerate() {
            if probability > best.1 {
                best = (class, probability);
            }
        }
        best
    }

    /// [`Classifier::probabilities`] of a text's vector (256 numbers, unit length or zeros).
    pub fn of_vector(&self, row: &[f32]) -> Vec<f64> {
        let known = row.iter().any(|&x| x != 0.0);
        let scores = self
            .slopes
            .chunks_exact(WIDTH)
            .zip(&self.intercepts)
            .map(|(slopes, intercept)| {
                let told = if known {
                    matrix::dot(row, slopes) - matrix::dot(&self.mean, slopes)
                } else {
                    0.0
                };
                intercept + f64::from(told)
            })
            .collect();
        softmax(scores)
    }
}

fn softmax(mut scores: Vec<f64>) -> Vec<f64> {
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    scores.iter_mut().for_each(|s| *s = (*s - most).exp());
    let sum: f64 = scores.iter().sum();
    scores.iter_mut().for_each(|s| *s /= sum);
    scores
}

/// Uphill directions of the penalised log likelihood, one a class.
fn gradients(
    rows: &[f32],
    wide: usize,
    examples: &[(&str, usize)],
    weights: &[f64],
    coefficients: &[Vec<f64>],
    ridge: f64,
) -> Vec<Vec<f64>> {
    let mut gradients: Vec<Vec<f64>> = coefficients
        .iter()
        .map(|row| row.iter().map(|coefficient| -ridge * coefficient).collect())
        .collect();
    for ((row, &(_, class)), weight) in rows.chunks_exact(wide).zip(examples).zip(weights) {
        let scores = coefficients
            .iter()
            .map(|c| c.iter().zip(row).map(|(c, &x)| c * f64::from(x)).sum())
            .collect();
        for (at, probability) in softmax(scores).into_iter().enumerate() {
            let pull = weight * (f64::from(u8::from(at == class)) - probability);
            gradients[at]
                .iter_mut()
                .zip(row)
                .for_each(|(g, &x)| *g += pull * f64::from(x));
        }
    }
    gradients
}
