//! What customers everywhere speak of: topics known from examples of many trades.
//!
//! "Fifty minutes of music" and "gave up after the third ring" share no word. Where some hundred texts of one file
//! can't tell that they belong together, examples of other companies can: a classifier of 104 topics ("Waiting on the
//! phone", "Price rises"), learnt from made-up lines of customers and of employees (`tools/topics`). It sees what
//! `classify` sees: a text's vector, the mean of the file's taken out, and its words and pairs of words. One text
//! alone it tells poorly; for what the texts of a theme have in common it is enough.

use crate::matrix;
use crate::vectors::Vectors;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

const WIDTH: usize = Vectors::DIMENSIONS;
const MAGIC: &[u8; 8] = b"TLTOPICS";
const VERSION: u32 = 1;
/// The classifier's file, made by `tools/topics/learn.py`, which says how it is laid out.
static FILE: &[u8] = include_bytes!("../data/topics.bin");
/// Its topics' names, in the classifier's order: key, problem, what belongs there.
const NAMES: &str = include_str!("../data/topics.tsv");
/// Length of a text's words, beside its vector of at most one.
const LENGTH: f32 = 2.0;
/// How much surer leanings are than the classifier: they are for what several texts have in common.
const LEANING: f32 = 1.5;

/// A topic's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    /// Its key.
    pub key: &'static str,
    /// What customers suffer from.
    pub problem: &'static str,
}

/// A wordpiece and the next; `u32::MAX` for none.
type Part = (u32, u32);

/// A scale and a signed byte for each topic.
#[derive(Debug, Clone, Copy)]
struct Row {
    scale: f32,
    bytes: &'static [u8],
}

/// The classifier and the topics' names.
#[derive(Debug)]
pub struct Topics {
    names: Vec<Topic>,
    intercepts: Vec<f32>,
    of_vector: Vec<Row>,
    of_parts: FxHashMap<Part, (f32, Row)>,
}

/// What is common to the texts of one file, so that a text's profile is what sets it apart from them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Usual {
    /// Mean log-odds of each topic.
    pub(crate) odds: Vec<f32>,
    /// Mean root of each topic's probability.
    pub(crate) roots: Vec<f32>,
}

impl Topics {
    /// The topics that ship with this crate, read at the first call.
    ///
    /// # Panics
    /// If the crate was built with a damaged file: the tests read its every byte.
    pub fn shipped() -> &'static Self {
        static TOPICS: OnceLock<Topics> = OnceLock::new();
        TOPICS.get_or_init(|| Self::parse(FILE, NAMES).expect("the shipped topics are whole"))
    }

    /// `None` if bytes and names are not whole or don't fit together.
    fn parse(file: &'static [u8], names: &'static str) -> Option<Self> {
        let names: Vec<Topic> = names
            .lines()
            .skip(1)
            .map(|line| {
                let mut cells = line.split('\t');
                let (key, problem) = (cells.next()?, cells.next()?);
                Some(Topic { key, problem })
            })
            .collect::<Option<_>>()?;
        let mut rest = file;
        let count = names.len();
        if take(&mut rest, MAGIC.len())? != MAGIC
            || number(&mut rest)? != VERSION
            || number(&mut rest)? as usize != count
        {
            return None;
        }
        let parts = number(&mut rest)?;
        let intercepts = (0..count)
            .map(|_| float(&mut rest))
            .collect::<Option<_>>()?;
        let row = |rest: &mut &'static [u8]| {
            let scale = float(rest)?;
            Some(Row {
                scale,
                bytes: take(rest, count)?,
            })
        };
        let of_vector = (0..WIDTH).map(|_| row(&mut rest)).collect::<Option<_>>()?;
        let mut of_parts = FxHashMap::default();
        for _ in 0..parts {
            let part = (number(&mut rest)?, number(&mut rest)?);
            let weight = float(&mut rest)?;
            of_parts.insert(part, (weight, row(&mut rest)?));
        }
        rest.is_empty().then_some(Self {
            names,
            intercepts,
            of_vector,
            of_parts,
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// A topic's names.
    pub fn name(&self, topic: usize) -> Option<Topic> {
        self.names.get(topic).copied()
    }

    /// Log-odds of each topic, up to a constant, of a text given by its vector (the mean of its file's taken out, not
    /// brought to length 1) and its wordpieces.
    pub fn odds(&self, vector: &[f32], tokens: &[u32]) -> Vec<f32> {
        let mut odds = self.intercepts.clone();
        for (row, x) in self.of_vector.iter().zip(vector) {
            add(&mut odds, *row, *x);
        }
        let mut known: Vec<(Part, f32, Row)> = parts(tokens)
            .filter_map(|part| {
                let (weight, row) = self.of_parts.get(&part)?;
                Some((part, *weight, *row))
            })
            .collect();
        known.sort_unstable_by_key(|(part, ..)| *part);
        let weighed: Vec<(f32, Row)> = known
            .chunk_by(|one, other| one.0 == other.0)
            .map(|same| (same[0].1 * (1.0 + (same.len() as f32).ln()), same[0].2))
            .collect();
        let length = weighed.iter().map(|(x, _)| x * x).sum::<f32>().sqrt();
        for (x, row) in weighed {
            add(&mut odds, row, LENGTH * x / length);
        }
        let mean = odds.iter().sum::<f32>() / odds.len().max(1) as f32;
        odds.iter_mut().for_each(|x| *x -= mean);
        odds
    }

    /// What is common to texts, given row by row as for [`Topics::odds`].
    pub fn usual(&self, vectors: &[f32], tokens: &[Vec<u32>]) -> Usual {
        let rows: Vec<Vec<f32>> = vectors
            .par_chunks_exact(WIDTH)
            .zip(tokens)
            .map(|(vector, tokens)| self.odds(vector, tokens))
            .collect();
        let odds = mean(&rows, self.len());
        let roots: Vec<Vec<f32>> = rows.par_iter().map(|row| apart(row, &odds)).collect();
        Usual {
            roots: mean(&roots, self.len()),
            odds,
        }
    }

    /// What sets a text apart from the usual, of length 1 (zeros where nothing does).
    pub fn profile(&self, usual: &Usual, vector: &[f32], tokens: &[u32]) -> Vec<f32> {
        let mut profile = apart(&self.odds(vector, tokens), &usual.odds);
        profile
            .iter_mut()
            .zip(&usual.roots)
            .for_each(|(x, mean)| *x -= mean);
        matrix::to_unit(&mut profile);
        profile
    }
}

/// A text speaks of the topics that are likeliest for it.
const SPEAKS_OF: usize = 3;
/// How many times as often as other texts a theme's must speak of a topic, for that to tell something.
const WELL_OVER: f32 = 2.5;
/// Texts that speak of any topic alike and stand beside a theme's others.
const OF_NONE: f32 = 5.0;
/// Texts of a theme that must speak of a topic.
const LEAST: f32 = 3.0;

/// By theme, the share of its texts that speak of each topic, 0 where that are few, or not well over the other texts'
/// share; nothing without log-odds.
pub fn by_theme(odds: &[Vec<f32>], labels: &[Option<u32>], themes: usize) -> Vec<Vec<f32>> {
    let Some(count) = odds.first().map(Vec::len) else {
        return Vec::new();
    };
    let mut sums = vec![vec![0.0f32; count]; themes];
    let mut texts = vec![0.0f32; themes];
    for (odds, label) in odds.iter().zip(labels) {
        let Some(theme) = label.map(|label| label as usize) else {
            continue;
        };
        texts[theme] += 1.0;
        for topic in likeliest(odds) {
            sums[theme][topic] += 1.0;
        }
    }
    let all: Vec<f32> = (0..count)
        .map(|topic| sums.iter().map(|sum| sum[topic]).sum())
        .collect();
    let every: f32 = texts.iter().sum();
    let even = SPEAKS_OF as f32 / count as f32;
    let of_theme = |(sums, texts): (Vec<f32>, f32)| {
        let share = |(sum, all): (f32, &f32)| {
            let share = sum / texts.max(1.0);
            let usual = (all - sum + OF_NONE * even) / (every - texts + OF_NONE);
            if sum < LEAST || share < WELL_OVER * usual {
                0.0
            } else {
                share
            }
        };
        sums.into_iter().zip(&all).map(share).collect()
    };
    sums.into_iter().zip(texts).map(of_theme).collect()
}

/// The topics that a text of these log-odds speaks of, likeliest first.
pub fn likeliest(odds: &[f32]) -> impl Iterator<Item = usize> {
    let mut order: Vec<usize> = (0..odds.len()).collect();
    order.sort_by(|a, b| odds[*b].total_cmp(&odds[*a]).then(a.cmp(b)));
    order.into_iter().take(SPEAKS_OF)
}

/// Probabilities of log-odds.
pub fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut told: Vec<f32> = scores.iter().map(|x| (x - most).exp()).collect();
    let sum: f32 = told.iter().sum();
    told.iter_mut().for_each(|x| *x /= sum);
    told
}

/// How far a text of these log-odds leans to each topic: roots of probabilities, whose mean over texts is ruled neither
/// by those few that are sure nor by what all say a little.
pub fn leaning(odds: &[f32]) -> Vec<f32> {
    let scores: Vec<f32> = odds.iter().map(|x| LEANING * x).collect();
    roots(&scores)
}

/// Roots of the probabilities: distances between them (Hellinger's) aren't ruled by the few topics that are sure.
fn roots(scores: &[f32]) -> Vec<f32> {
    let mut roots = softmax(scores);
    roots.iter_mut().for_each(|x| *x = x.sqrt());
    roots
}

/// Roots of what log-odds say beside the usual.
fn apart(odds: &[f32], usual: &[f32]) -> Vec<f32> {
    let scores: Vec<f32> = odds.iter().zip(usual).map(|(x, mean)| x - mean).collect();
    roots(&scores)
}

/// The mean row.
pub(crate) fn mean(rows: &[Vec<f32>], width: usize) -> Vec<f32> {
    let mut sum = vec![0.0f64; width];
    for row in rows {
        sum.iter_mut()
            .zip(row)
            .for_each(|(sum, x)| *sum += f64::from(*x));
    }
    let count = rows.len().max(1) as f64;
    sum.into_iter().map(|sum| (sum / count) as f32).collect()
}

/// A text's wordpieces, alone and with the next.
fn parts(tokens: &[u32]) -> impl Iterator<Item = Part> {
    let alone = tokens.iter().map(|token| (*token, u32::MAX));
    alone.chain(tokens.windows(2).map(|pair| (pair[0], pair[1])))
}

fn add(odds: &mut [f32], row: Row, times: f32) {
    let times = times * row.scale;
    for (sum, byte) in odds.iter_mut().zip(row.bytes) {
        *sum += times * f32::from(byte.cast_signed());
    }
}

fn take(rest: &mut &'static [u8], bytes: usize) -> Option<&'static [u8]> {
    let (taken, left) = rest.split_at_checked(bytes)?;
    *rest = left;
    Some(taken)
}

fn number(rest: &mut &'static [u8]) -> Option<u32> {
    Some(u32::from_le_bytes(take(rest, 4)?.try_into().ok()?))
}

fn float(rest: &mut &'static [u8]) -> Option<f32> {
    number(rest).map(f32::from_bits)
}
