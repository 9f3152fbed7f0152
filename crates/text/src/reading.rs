//! Reads a comment once: its clauses, their wordpieces and vectors, and its lead vector.
//!
//! The lead vector is the mean of the clauses' unit vectors, those that come later counting less:
//! people say first what matters most to them, and long comments drift. (On the patients' complaints
//! agreement with people's codes rose from AMI .226 to .243 with it, about what a sentence encoder's
//! vectors of whole comments reach; on banking77's short questions it changes nothing.) A comment of
//! one clause is its plain vector. Only the first pages of a very long text are read.

use crate::matrix;
use crate::sentences;
use crate::vectors::{Scratch, Vectors};
use rayon::prelude::*;

const WIDTH: usize = Vectors::DIMENSIONS;
/// Words after which what a comment says counts half as much for its main subject.
const LEAD_WORDS: f32 = 10.0;
/// Bytes of a text that are read: about a thousand words.
const MOST_BYTES: usize = 6_000;
/// Clauses of a text that are read.
const MOST_CLAUSES: usize = 40;
/// Texts one task takes at a time.
const TEXTS_PER_TASK: usize = 64;

/// What was read of a text; room that is used again for the next one.
#[derive(Debug, Default)]
pub struct Reading {
    /// Wordpieces of all clauses, one after another.
    pub tokens: Vec<u32>,
    /// By clause, its number of words and where its wordpieces end in `tokens`.
    pub clauses: Vec<(usize, usize)>,
    /// By clause, its vector: rows of 256, unit length or zeros.
    pub rows: Vec<f32>,
    /// The lead vector, 256 numbers: unit length, or zeros where no wordpiece is known.
    pub lead: Vec<f32>,
    /// Words in all clauses.
    pub words: usize,
    clause: Vec<u32>,
    scratch: Scratch,
}

impl Reading {
    /// Reads a text.
    pub fn read(&mut self, vectors: &Vectors, text: &str) {
        self.tokens.clear();
        self.clauses.clear();
        self.rows.clear();
        self.lead.clear();
        self.lead.resize(WIDTH, 0.0);
        self.words = 0;
        for clause in sentences::clauses(first_pages(text))
            .into_iter()
            .take(MOST_CLAUSES)
        {
            let words = sentences::word_count(clause);
            vectors.tokens(&mut self.scratch, clause, &mut self.clause);
            self.tokens.extend_from_slice(&self.clause);
            let start = self.rows.len();
            self.rows.resize(start + WIDTH, 0.0);
            let row = &mut self.rows[start..];
            vectors.embed_tokens(&self.clause, row);
            let late = self.words as f32 / LEAD_WORDS;
            let weight = (words as f32).sqrt() / (1.0 + late * late);
            self.lead
                .iter_mut()
                .zip(row.iter())
                .for_each(|(sum, &x)| *sum += weight * x);
            self.words += words;
            self.clauses.push((words, self.tokens.len()));
        }
        matrix::to_unit(&mut self.lead);
    }

    /// The wordpieces of a clause.
    pub fn clause_tokens(&self, clause: usize) -> &[u32] {
        let start = clause
            .checked_sub(1)
            .map_or(0, |before| self.clauses[before].1);
        &self.tokens[start..self.clauses[clause].1]
    }
}

fn first_pages(text: &str) -> &str {
    if text.len() <= MOST_BYTES {
        text
    } else {
        &text[..text.floor_char_boundary(MOST_BYTES)]
    }
}

/// The lead vectors of texts (row-major, 256 wide) and their wordpieces; the same bytes on any
/// number of threads.
pub fn read_all(vectors: &Vectors, texts: &[&str]) -> (Vec<f32>, Vec<Vec<u32>>) {
    let mut rows = vec![0.0; texts.len() * WIDTH];
    let tokens = rows
        .par_chunks_mut(WIDTH * TEXTS_PER_TASK)
        .zip(texts.par_chunks(TEXTS_PER_TASK))
        .map_init(Reading::default, |reading, (rows, texts)| {
            rows.chunks_exact_mut(WIDTH)
                .zip(texts)
                .map(|(row, text)| {
                    reading.read(vectors, text);
                    row.copy_from_slice(&reading.lead);
                    reading.tokens.clone()
                })
                .collect::<Vec<_>>()
        })
        .flatten_iter()
        .collect();
    (rows, tokens)
}
