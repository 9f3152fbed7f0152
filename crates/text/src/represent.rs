//! How texts stand to each other: centred vectors, and the words they share.
//!
//! The table's vectors have a large part in common (all of them are comments about one business):
//! the mean over the texts at hand is taken off and lengths set back to 1. Beside them stands
//! TF-IDF over wordpieces, which sees the exact words (names, products) that the table blurs. Few
//! texts say little of how words go together: the fewer there are, the more what is known of other
//! companies' texts (`topics`) weighs beside their own vectors.
//! Fitted on texts once; `themes` keeps the result in its model. Equal texts are put together
//! first, so that a sentence pasted 100,000 times is one text of that weight.

use crate::matrix;
use crate::neighbours::SparseRows;
use crate::reading::read_all;
use crate::topics::{Topics, Usual};
use crate::vectors::{Scratch, Vectors};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use twox_hash::XxHash3_128;

const WIDTH: usize = Vectors::DIMENSIONS;

/// Texts put together by their words: the distinct ones, how often each came, and where each text
/// went.
#[derive(Debug, Clone, Default)]
pub struct Distinct {
    /// For each distinct text, the index of the first text that reads so.
    pub first: Vec<usize>,
    /// For each distinct text, how many texts read so.
    pub weight: Vec<u32>,
    /// For each text, which distinct text it is; `None` when no wordpiece of it is known.
    pub of: Vec<Option<u32>>,
}

/// A representation fitted to texts: their mean vector, and a weight for each wordpiece.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Representation {
    /// Mean of the texts' vectors, 256 numbers.
    pub mean: Vec<f32>,
    /// Inverse document frequency by wordpiece id; 0 for pieces that never came.
    pub idf: Vec<f32>,
    /// What is known of such texts from other companies, and how much it weighs; `None` where texts are many
    /// enough to speak for themselves.
    pub(crate) known: Option<Known>,
}

/// What topics say, beside a vector of length 1.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Known {
    pub(crate) weight: f32,
    pub(crate) usual: Usual,
}

/// Texts up to which what is known from elsewhere weighs most, and that weight; it falls as texts grow in number.
const FEW: f32 = 500.0;
const MOST_KNOWN: f32 = 0.5;
/// A weight that makes no difference.
const LEAST_KNOWN: f32 = 0.1;

impl Known {
    /// Whether it is of the topics that ship with this crate.
    pub(crate) fn fits(&self) -> bool {
        let topics = Topics::shipped().len();
        self.usual.odds.len() == topics && self.usual.roots.len() == topics
    }

    /// Fitted to texts by their vectors, the mean taken off, and wordpieces.
    fn fit(vectors: &[f32], tokens: &[Vec<u32>]) -> Option<Self> {
        let weight = MOST_KNOWN * (FEW / tokens.len() as f32).min(1.0);
        (weight >= LEAST_KNOWN).then(|| Known {
            weight,
            usual: Topics::shipped().usual(vectors, tokens),
        })
    }
}

/// Texts as numbers: unit rows of 256, and TF-IDF rows, one each a text.
#[derive(Debug, Clone)]
pub struct Represented {
    /// Row-major, centred, unit length (zeros where the centred vector has no length).
    pub vectors: Vec<f32>,
    /// Unit TF-IDF rows over wordpiece ids.
    pub words: SparseRows,
}

/// Whether a wordpiece holds a letter or a digit (punctuation tells no subject).
pub fn is_word(piece: &str) -> bool {
    piece != "[UNK]" && piece.chars().any(char::is_alphanumeric)
}

/// Represents texts by themselves, fitted on the distinct ones among them.
pub fn all(vectors: &Vectors, texts: &[&str]) -> Represented {
    let (raw, tokens) = read_all(vectors, texts);
    let first = distinct(vectors, texts).first;
    let of: Vec<f32> = first
        .iter()
        .flat_map(|at| &raw[at * WIDTH..(at + 1) * WIDTH])
        .copied()
        .collect();
    let pieces: Vec<Vec<u32>> = first.iter().map(|at| tokens[*at].clone()).collect();
    Representation::fit(vectors, &of, &pieces, false).apply(raw, &tokens)
}

/// Puts texts together whose wordpieces are the same but for punctuation, case and accents.
pub fn distinct(vectors: &Vectors, texts: &[&str]) -> Distinct {
    let worded: Vec<bool> = (0..vectors.token_ids_end())
        .map(|id| is_word(vectors.token(id)))
        .collect();
    // A text's hash stands for its wordpieces: with 128 bits, two texts in a billion billion clash.
    let hashes: Vec<Option<u128>> = texts
        .par_iter()
        .with_min_len(64)
        .map_init(
            || (Scratch::default(), Vec::new(), Vec::new()),
            |(scratch, tokens, bytes), text| {
                vectors.tokens(scratch, text, tokens);
                bytes.clear();
                let words = tokens.iter().filter(|&&id| worded[id as usize]);
                bytes.extend(words.flat_map(|id| id.to_le_bytes()));
                (!bytes.is_empty()).then(|| XxHash3_128::oneshot(bytes))
            },
        )
        .collect();
    let mut seen: FxHashMap<u128, u32> = FxHashMap::default();
    let mut out = Distinct::default();
    for (index, hash) in hashes.into_iter().enumerate() {
        let Some(hash) = hash else {
            out.of.push(None);
            continue;
        };
        let next = out.first.len() as u32;
        let number = *seen.entry(hash).or_insert(next);
        if number == next {
            out.first.push(index);
            out.weight.push(0);
        }
        out.weight[number as usize] += 1;
        out.of.push(Some(number));
    }
    out
}

impl Representation {
    /// Fits mean and word weights to texts: `raw` holds their unit vectors (row-major, 256 wide),
    /// `tokens` their wordpieces. Each text counts once; give distinct ones. `topics`: whether they may speak of what
    /// customers everywhere complain of.
    pub fn fit(vectors: &Vectors, raw: &[f32], tokens: &[Vec<u32>], topics: bool) -> Self {
        let mut seen_in = vec![0u32; vectors.token_ids_end() as usize];
        let mut last = vec![u32::MAX; seen_in.len()];
        for (index, tokens) in tokens.iter().enumerate() {
            for &token in tokens {
                let token = token as usize;
                if last[token] != index as u32 {
                    last[token] = index as u32;
                    seen_in[token] += 1;
                }
            }
        }
        let n = tokens.len() as f64;
        let idf = seen_in
            .iter()
            .zip(0u32..)
            .map(|(&count, id)| {
                if count == 0 || !is_word(vectors.token(id)) {
                    0.0
                } else {
                    (1.0 + n / f64::from(count)).ln() as f32
                }
            })
            .collect();
        // Few texts don't tell what is common to all texts of their kind: their mean is drawn in.
        let drawn = (n / (n + 20.0)) as f32;
        let mean: Vec<f32> = matrix::mean(raw, WIDTH, |_| 1.0)
            .iter()
            .map(|x| x * drawn)
            .collect();
        let mut representation = Representation {
            mean,
            idf,
            known: None,
        };
        if topics && tokens.len() as f32 <= FEW * MOST_KNOWN / LEAST_KNOWN {
            representation.known = Known::fit(&representation.less_mean(raw), tokens);
        }
        representation
    }

    /// Vectors without the mean, not brought to length 1.
    fn less_mean(&self, raw: &[f32]) -> Vec<f32> {
        let rows = raw.chunks_exact(WIDTH);
        rows.flat_map(|row| row.iter().zip(&self.mean).map(|(x, mean)| x - mean))
            .collect()
    }

    /// What of a cosine between texts is of their own vectors, at most: 1 where nothing is known from elsewhere.
    pub(crate) fn own_part(&self) -> f32 {
        let weight = self.known.as_ref().map_or(0.0, |known| known.weight);
        1.0 / (1.0 + weight * weight)
    }

    /// Vectors of length 1 without the mean and without what is known from elsewhere.
    pub(crate) fn alone(&self, raw: &[f32]) -> Vec<f32> {
        let mut rows = self.less_mean(raw);
        rows.chunks_exact_mut(WIDTH).for_each(|row| {
            matrix::to_unit(row);
        });
        rows
    }

    /// Each text's log-odds of topics; none where texts are many enough to speak for themselves.
    pub(crate) fn odds(&self, raw: &[f32], tokens: &[Vec<u32>]) -> Vec<Vec<f32>> {
        if self.known.is_none() {
            return Vec::new();
        }
        self.less_mean(raw)
            .par_chunks_exact(WIDTH)
            .zip(tokens)
            .map(|(vector, tokens)| Topics::shipped().odds(vector, tokens))
            .collect()
    }

    /// Takes the mean off a unit vector, sets its length back to 1, and adds what is known of its wordpieces. Where
    /// nothing is left (a text that is the mean itself, as when all texts are equal) the vector stays as it was.
    pub fn centre(&self, vector: &mut [f32], tokens: &[u32]) {
        let mut centred = [0.0f32; WIDTH];
        for ((out, &x), &mean) in centred.iter_mut().zip(vector.iter()).zip(&self.mean) {
            *out = x - mean;
        }
        if matrix::dot(&centred, &centred) <= 1e-6 {
            return;
        }
        let profile = self.known.as_ref().map(|known| {
            let profile = Topics::shipped().profile(&known.usual, &centred, tokens);
            (known.weight, profile)
        });
        matrix::to_unit(&mut centred);
        if let Some((weight, profile)) = profile {
            // The table's last places say least (it is sorted so): there they leave the vector as it is.
            let last = centred.iter_mut().rev().zip(profile.iter().rev());
            last.for_each(|(x, known)| *x += weight * known);
            matrix::to_unit(&mut centred);
        }
        vector.copy_from_slice(&centred);
    }

    /// One text's TF-IDF row of unit length, by rising wordpiece id (term frequency damped by a
    /// logarithm).
    pub fn word_row(&self, tokens: &[u32]) -> Vec<(u32, f32)> {
        let mut sorted = tokens.to_vec();
        sorted.sort_unstable();
        let mut row: Vec<(u32, f32)> = sorted
            .chunk_by(|a, b| a == b)
            .filter_map(|same| {
                let idf = self.idf.get(same[0] as usize).copied().unwrap_or(0.0);
                (idf > 0.0).then(|| (same[0], idf * (1.0 + (same.len() as f32).ln())))
            })
            .collect();
        let length = row.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(1e-9);
        row.iter_mut().for_each(|(_, w)| *w /= length);
        row
    }

    /// Represents texts given by their raw unit vectors and wordpieces.
    pub fn apply(&self, mut raw: Vec<f32>, tokens: &[Vec<u32>]) -> Represented {
        raw.par_chunks_mut(WIDTH)
            .zip(tokens)
            .for_each(|(row, tokens)| self.centre(row, tokens));
        let rows: Vec<Vec<(u32, f32)>> = tokens
            .par_iter()
            .with_min_len(64)
            .map(|tokens| self.word_row(tokens))
            .collect();
        Represented {
            vectors: raw,
            words: SparseRows::from_rows(rows),
        }
    }
}
