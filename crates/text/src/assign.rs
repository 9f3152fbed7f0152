//! Which theme a text belongs to: the score that both fitting and assigning use.
//!
//! A theme's score for a text is how near the text's lead vector is to the theme's centroid, plus
//! what the text's wordpieces say (naive Bayes, damped by the text's length). Fitting ends with
//! rounds of the same score, so that assigning an unseen text agrees with having clustered it.
//! A comment of some length may name several themes: each clause near enough to a theme adds it.
//! Blocks of texts go through one matrix product; a text gets the same alone or among others.

use crate::matrix;
use crate::reading::Reading;
use crate::represent::{self, Representation};
use crate::vectors::Vectors;
use rayon::prelude::*;

const WIDTH: usize = Vectors::DIMENSIONS;
/// Weight of the cosine to a centroid against the words' log odds.
const NEARNESS_WEIGHT: f32 = 20.0;
/// Weight of the words' log odds.
const WORDS_WEIGHT: f32 = 3.0;
/// Pseudo-count, in texts, that draws a piece's odds towards "says nothing".
const SMOOTHING: f32 = 0.5;
/// Odds nearer to none than this are not kept.
const LEAST_ODDS: f32 = 0.02;
/// Comments up to this many words name one theme.
const ONE_THEME_WORDS: usize = 12;
/// Words a clause needs to name a theme of its own.
const CLAUSE_WORDS: usize = 3;
/// Most themes a comment names.
const MOST_NAMED: usize = 4;
/// Texts in one matrix product.
const BLOCK: usize = 256;

/// Where a text belongs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Assignment {
    /// The main theme; `None` only when no word of the text is known.
    pub main: Option<u32>,
    /// Cosine of the text to the main theme's centroid, -1 to 1 (0 when there is none).
    pub main_similarity: f32,
    /// The themes the comment names, the main one first, at most four.
    pub named: Vec<u32>,
}

/// Room to work in, kept by a caller who assigns many texts one by one.
#[derive(Debug, Default)]
pub struct AssignScratch {
    reading: Reading,
    /// Rows to compare: of each text its lead vector, then those clauses that may name a theme.
    rows: Vec<f32>,
    /// By row, where its pieces end in `pieces`.
    ends: Vec<usize>,
    pieces: Vec<u32>,
    /// By text, how many rows it has (0: no known word).
    counts: Vec<usize>,
    own: Vec<u32>,
    nearness: Vec<f32>,
    scores: Vec<f32>,
}

/// What scores texts: centroids, and odds of wordpieces by theme.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Scorer {
    pub(crate) themes: usize,
    /// Themes x 256, unit rows in the centred space.
    pub(crate) centroids: Vec<f32>,
    /// By wordpiece id: where its entries start in `themes_of` and `odds` (one more at the end).
    pub(crate) starts: Vec<u32>,
    pub(crate) themes_of: Vec<u16>,
    /// Log of how much more often the theme's texts hold the piece than all texts do.
    pub(crate) odds: Vec<f32>,
}

impl Scorer {
    /// From represented texts and their themes `labels`, all below `themes`. `pieces` holds each
    /// text's distinct wordpieces that count.
    pub(crate) fn fit(
        vectors: &[f32],
        pieces: &[Vec<u32>],
        labels: &[u32],
        themes: usize,
        ids_end: usize,
    ) -> Self {
        let mut sums = vec![0.0f64; themes * WIDTH];
        for (row, &label) in vectors.chunks_exact(WIDTH).zip(labels) {
            let sum = &mut sums[label as usize * WIDTH..][..WIDTH];
            sum.iter_mut()
                .zip(row)
                .for_each(|(s, &x)| *s += f64::from(x));
        }
        let mut centroids: Vec<f32> = sums.into_iter().map(|s| s as f32).collect();
        centroids.chunks_exact_mut(WIDTH).for_each(|row| {
            matrix::to_unit(row);
        });

        let mut entries: Vec<(u32, u32)> = Vec::new();
        let mut totals = vec![0.0f32; themes];
        for (pieces, &label) in pieces.iter().zip(labels) {
            entries.extend(pieces.iter().map(|&piece| (piece, label)));
            totals[label as usize] += pieces.len() as f32;
        }
        entries.sort_unstable();
        let all: f32 = totals.iter().sum::<f32>().max(1.0);
        let mut scorer = Scorer {
            themes,
            centroids,
            starts: vec![0; ids_end + 1],
            themes_of: Vec::new(),
            odds: Vec::new(),
        };
        let mut filled = 0;
        let mut here = vec![0.0f32; themes];
        for of_piece in entries.chunk_by(|a, b| a.0 == b.0) {
            let piece = of_piece[0].0 as usize;
            if piece >= ids_end {
                break;
            }
            scorer.starts[filled..=piece].fill(scorer.odds.len() as u32);
            filled = piece + 1;
            of_piece
                .iter()
                .for_each(|&(_, theme)| here[theme as usize] += 1.0);
            let share = of_piece.len() as f32 / all;
            for (theme, count) in here.iter_mut().enumerate() {
                let odds = ((*count + SMOOTHING) / (totals[theme] * share + SMOOTHING)).ln();
                if odds.abs() >= LEAST_ODDS {
                    scorer.themes_of.push(theme as u16);
                    scorer.odds.push(odds);
                }
                *count = 0.0;
            }
        }
        scorer.starts[filled..].fill(scorer.odds.len() as u32);
        scorer
    }

    /// Renumbers the themes: `rank` gives each its new number.
    pub(crate) fn reorder(&mut self, rank: &[u32]) {
        let mut centroids = vec![0.0; self.centroids.len()];
        for (row, &to) in self.centroids.chunks_exact(WIDTH).zip(rank) {
            centroids[to as usize * WIDTH..][..WIDTH].copy_from_slice(row);
        }
        self.centroids = centroids;
        self.themes_of
            .iter_mut()
            .for_each(|theme| *theme = rank[usize::from(*theme)] as u16);
        for range in self.starts.windows(2) {
            let range = range[0] as usize..range[1] as usize;
            let mut pairs: Vec<(u16, f32)> = self.themes_of[range.clone()]
                .iter()
                .copied()
                .zip(self.odds[range.clone()].iter().copied())
                .collect();
            pairs.sort_by_key(|pair| pair.0);
            for (at, (theme, odds)) in range.zip(pairs) {
                self.themes_of[at] = theme;
                self.odds[at] = odds;
            }
        }
    }

    /// Turns cosines to the centroids into scores, given the text's distinct pieces.
    fn score(&self, nearness: &[f32], pieces: &[u32], scores: &mut Vec<f32>) {
        scores.clear();
        scores.extend(nearness.iter().map(|cosine| NEARNESS_WEIGHT * cosine));
        if pieces.is_empty() {
            return;
        }
        let weight = WORDS_WEIGHT / (pieces.len() as f32).sqrt();
        for &piece in pieces {
            let piece = piece as usize;
            if piece + 1 < self.starts.len() {
                let range = self.starts[piece] as usize..self.starts[piece + 1] as usize;
                for (&theme, odds) in self.themes_of[range.clone()].iter().zip(&self.odds[range]) {
                    scores[theme as usize] += weight * odds;
                }
            }
        }
    }

    /// The best theme for each row of represented texts.
    pub(crate) fn best(&self, vectors: &[f32], pieces: &[Vec<u32>]) -> Vec<u32> {
        vectors
            .par_chunks(WIDTH * BLOCK)
            .zip(pieces.par_chunks(BLOCK))
            .flat_map_iter(|(rows, pieces)| {
                let mut nearness = vec![0.0; pieces.len() * self.themes];
                matrix::products(rows, &self.centroids, WIDTH, &mut nearness);
                let mut scores = Vec::new();
                nearness
                    .chunks_exact(self.themes)
                    .zip(pieces)
                    .map(|(nearness, pieces)| {
                        self.score(nearness, pieces, &mut scores);
                        highest(&scores) as u32
                    })
                    .collect::<Vec<u32>>()
            })
            .collect()
    }
}

/// Index of the highest score, the lower one at a tie.
pub(crate) fn highest(scores: &[f32]) -> usize {
    let mut best = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = index;
        }
    }
    best
}

/// The distinct wordpieces of a text that count for themes (those the fit has seen).
pub(crate) fn distinct_pieces(representation: &Representation, tokens: &[u32]) -> Vec<u32> {
    let mut pieces = tokens.to_vec();
    keep_distinct(representation, &mut pieces);
    pieces
}

fn keep_distinct(representation: &Representation, pieces: &mut Vec<u32>) {
    pieces.retain(|&id| {
        representation
            .idf
            .get(id as usize)
            .is_some_and(|&idf| idf > 0.0)
    });
    pieces.sort_unstable();
    pieces.dedup();
}

/// All that assigning needs, borrowed from a model.
pub(crate) struct Assigner<'a> {
    pub(crate) scorer: &'a Scorer,
    pub(crate) representation: &'a Representation,
    /// Least cosine at which a clause names a theme, by theme.
    pub(crate) thresholds: &'a [f32],
    pub(crate) vectors: &'a Vectors,
}

impl Assigner<'_> {
    /// Assigns texts, one matrix product for all of them: call with at most some hundreds.
    fn block(&self, scratch: &mut AssignScratch, texts: &[&str], out: &mut Vec<Assignment>) {
        let themes = self.scorer.themes;
        if themes == 0 {
            out.extend(texts.iter().map(|_| Assignment::default()));
            return;
        }
        scratch.rows.clear();
        scratch.ends.clear();
        scratch.pieces.clear();
        scratch.counts.clear();
        for text in texts {
            self.read(scratch, text);
        }
        let rows = scratch.ends.len();
        scratch
            .nearness
            .resize((rows * themes).max(scratch.nearness.len()), 0.0);
        let nearness = &mut scratch.nearness[..rows * themes];
        matrix::products(&scratch.rows, &self.scorer.centroids, WIDTH, nearness);
        let mut row = 0;
        for &count in &scratch.counts {
            let mut assignment = Assignment::default();
            let mut others: Vec<(f32, u32)> = Vec::new();
            for place in row..row + count {
                let nearness = &nearness[place * themes..(place + 1) * themes];
                let start = if place == 0 {
                    0
                } else {
                    scratch.ends[place - 1]
                };
                let pieces = &scratch.pieces[start..scratch.ends[place]];
                self.scorer.score(nearness, pieces, &mut scratch.scores);
                let theme = highest(&scratch.scores);
                if place == row {
                    assignment.main = Some(theme as u32);
                    assignment.main_similarity = nearness[theme].clamp(-1.0, 1.0);
                    assignment.named.push(theme as u32);
                } else if nearness[theme] >= self.thresholds[theme] {
                    others.push((nearness[theme] - self.thresholds[theme], theme as u32));
                }
            }
            others.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            for (_, theme) in others {
                if assignment.named.len() < MOST_NAMED && !assignment.named.contains(&theme) {
                    assignment.named.push(theme);
                }
            }
            out.push(assignment);
            row += count;
        }
    }

    /// Adds a text's rows: its lead vector, and for a longer comment each clause of some words.
    fn read(&self, scratch: &mut AssignScratch, text: &str) {
        let reading = &mut scratch.reading;
        reading.read(self.vectors, text);
        let worded = |&id: &u32| represent::is_word(self.vectors.token(id));
        if reading.lead.iter().all(|&x| x == 0.0) || !reading.tokens.iter().any(worded) {
            scratch.counts.push(0);
            return;
        }
        let rows = &mut scratch.rows;
        let mut add = |row: &[f32], tokens: &[u32]| {
            let start = rows.len();
            rows.extend_from_slice(row);
            self.representation.centre(&mut rows[start..], tokens);
            scratch.own.clear();
            scratch.own.extend_from_slice(tokens);
            keep_distinct(self.representation, &mut scratch.own);
            scratch.pieces.extend_from_slice(&scratch.own);
            scratch.ends.push(scratch.pieces.len());
        };
        add(&reading.lead, &reading.tokens);
        let mut count = 1;
        if reading.words > ONE_THEME_WORDS && reading.clauses.len() > 1 {
            for (clause, &(words, _)) in reading.clauses.iter().enumerate() {
                let row = &reading.rows[clause * WIDTH..][..WIDTH];
                if words >= CLAUSE_WORDS && row.iter().any(|&x| x != 0.0) {
                    add(row, reading.clause_tokens(clause));
                    count += 1;
                }
            }
        }
        scratch.counts.push(count);
    }

    pub(crate) fn one(&self, scratch: &mut AssignScratch, text: &str) -> Assignment {
        let mut out = Vec::with_capacity(1);
        self.block(scratch, &[text], &mut out);
        out.pop().unwrap_or_default()
    }

    pub(crate) fn all(&self, texts: &[&str]) -> Vec<Assignment> {
        texts
            .par_chunks(BLOCK)
            .map_init(AssignScratch::default, |scratch, texts| {
                let mut out = Vec::with_capacity(texts.len());
                self.block(scratch, texts, &mut out);
                out
            })
            .flatten_iter()
            .collect()
    }
}
