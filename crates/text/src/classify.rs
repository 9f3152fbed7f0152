//! Tells classes of texts apart, from example sentences.
//!
//! Multinomial logistic regression with a ridge, on the text's vector, centred at the examples' mean, and on its
//! words and pairs of words (`words`); each class counts alike however many examples it has. Fitted by descent to
//! where no slope is left, on one thread. What the classes mean is the caller's.

mod words;

use crate::descent;
use crate::matrix;
use crate::vectors::{Scratch, Vectors};
use rayon::prelude::*;
use words::Words;

const WIDTH: usize = Vectors::DIMENSIONS;
/// Texts that one task tells.
const TEXTS_PER_TASK: usize = 64;
/// Steps after which fitting stops though it still gains.
const MOST_STEPS: usize = 300;
/// Slopes, in examples, from which it is done.
const SETTLED: f64 = 1e-3;

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
    words: Words,
    /// One row a class: 256 of the vector, the intercept, one a word or pair.
    slopes: Vec<Vec<f32>>,
}

/// What a classifier sees of a text.
struct Seen {
    /// The vector, the mean taken off; zeros for a text without a known word.
    vector: Vec<f32>,
    words: Vec<(u32, f32)>,
}

impl Seen {
    fn score(&self, slopes: &[f32]) -> f64 {
        let of_words = self
            .words
            .iter()
            .map(|(place, x)| x * slopes[WIDTH + 1 + *place as usize]);
        f64::from(
            matrix::dot(&self.vector, &slopes[..WIDTH]) + slopes[WIDTH] + of_words.sum::<f32>(),
        )
    }

    /// Adds the text `times` over to what a class has gathered.
    fn add_to(&self, sums: &mut [f64], times: f64) {
        let (dense, words) = sums.split_at_mut(WIDTH + 1);
        for (sum, &x) in dense.iter_mut().zip(&self.vector) {
            *sum += times * f64::from(x);
        }
        dense[WIDTH] += times;
        for (place, x) in &self.words {
            words[*place as usize] += times * f64::from(*x);
        }
    }
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
        let vectors = Vectors::shipped();
        let mut scratch = Scratch::default();
        let tokens: Vec<Vec<u32>> = examples
            .iter()
            .map(|(text, _)| {
                let mut tokens = Vec::new();
                vectors.tokens(&mut scratch, text, &mut tokens);
                tokens
            })
            .collect();
        let mut raw = vec![0.0; examples.len() * WIDTH];
        for (row, tokens) in raw.chunks_exact_mut(WIDTH).zip(&tokens) {
            vectors.embed_tokens(tokens, row);
        }
        let n = examples.len() as f64;
        let weights: Vec<f64> = examples
            .iter()
            .map(|&(_, class)| n / (classes * counts[class]) as f64)
            .collect();
        let mut fitted = Self {
            mean: matrix::mean(&raw, WIDTH, |i| weights[i]),
            words: Words::of(&tokens),
            slopes: Vec::new(),
        };
        let wide = WIDTH + 1 + fitted.words.len();
        let seen: Vec<Seen> = tokens.iter().map(|tokens| fitted.see(tokens)).collect();
        let place = descent::lowest(
            vec![0.0; classes * wide],
            SETTLED,
            MOST_STEPS,
            |place, out| {
                let slopes = rows(place, wide);
                out.iter_mut()
                    .zip(place)
                    .for_each(|(slope, x)| *slope = ridge * x);
                let mut value = ridge / 2.0 * place.iter().map(|x| x * x).sum::<f64>();
                for ((seen, &(_, class)), weight) in seen.iter().zip(examples).zip(&weights) {
                    let told = softmax(slopes.iter().map(|slopes| seen.score(slopes)).collect());
                    value -= weight * told[class].max(f64::MIN_POSITIVE).ln();
                    for (at, (probability, sums)) in
                        told.iter().zip(out.chunks_exact_mut(wide)).enumerate()
                    {
                        seen.add_to(
                            sums,
                            weight * (probability - f64::from(u8::from(at == class))),
                        );
                    }
                }
                value
            },
        );
        fitted.slopes = rows(&place, wide);
        Ok(fitted)
    }

    fn see(&self, tokens: &[u32]) -> Seen {
        let mut vector = vec![0.0; WIDTH];
        Vectors::shipped().embed_tokens(tokens, &mut vector);
        if vector.iter().any(|&x| x != 0.0) {
            vector
                .iter_mut()
                .zip(&self.mean)
                .for_each(|(x, mean)| *x -= mean);
        }
        Seen {
            vector,
            words: self.words.row(tokens),
        }
    }

    fn told(&self, scratch: &mut Scratch, tokens: &mut Vec<u32>, text: &str) -> Vec<f64> {
        Vectors::shipped().tokens(scratch, text, tokens);
        let seen = self.see(tokens);
        softmax(
            self.slopes
                .iter()
                .map(|slopes| seen.score(slopes))
                .collect(),
        )
    }

    /// The probability of each class for a text; they sum to 1. A text without a known word gets
    /// the classes' intercepts alone.
    pub fn probabilities(&self, text: &str) -> Vec<f64> {
        self.told(&mut Scratch::default(), &mut Vec::new(), text)
    }

    /// [`Classifier::probabilities`] of many texts, in their order, on all of rayon's threads.
    pub fn probabilities_all(&self, texts: &[&str]) -> Vec<Vec<f64>> {
        texts
            .par_iter()
            .with_min_len(TEXTS_PER_TASK)
            .map_init(Default::default, |(scratch, tokens), text| {
                self.told(scratch, tokens, text)
            })
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
}

/// One row a class.
fn rows(place: &[f64], wide: usize) -> Vec<Vec<f32>> {
    let row = |row: &[f64]| row.iter().map(|&x| x as f32).collect();
    place.chunks_exact(wide).map(row).collect()
}

fn softmax(mut scores: Vec<f64>) -> Vec<f64> {
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    scores.iter_mut().for_each(|s| *s = (*s - most).exp());
    let sum: f64 = scores.iter().sum();
    scores.iter_mut().for_each(|s| *s /= sum);
    scores
}
