//! Texts as 256 numbers: the fitted table of wordpiece rows, shipped inside the crate.
//!
//! A text's vector is the sum of its wordpieces' rows, scaled to length 1; the rows were fitted so
//! that this comes near what a sentence encoder (MiniLM) would have said of the whole text. How the
//! table is made, and its file's layout: `tools/vector-table`. Inner product of two vectors is
//! their cosine; for neighbours and themes take the mean of all texts off first.
//!
//! It knows bags of pieces and no order: "staff help customers" and "customers help staff" are one
//! vector. English vocabulary: other languages get vectors that mean little (see `language`).

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::wordpiece::WordPiece;

/// The table's file, made by `tools/vector-table`; its checksum is tested.
static SHIPPED: &[u8] = include_bytes!("../data/minilm-256-int8.bin");

const MAGIC: &[u8; 8] = b"TLVECTOR";
const VERSION: u32 = 1;
const DIMENSIONS: usize = 256;
/// Texts one task takes at a time: small enough to share out, large enough to be worth it.
const TEXTS_PER_TASK: usize = 256;

/// Why a file is no table of vectors.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("no vector table: {0}\nhint: make it again with tools/vector-table")]
pub struct BadTable(&'static str);

/// A vocabulary and a row of 256 signed bytes with a scale for each of its pieces.
pub struct Vectors {
    pieces: WordPiece,
    words: Vec<&'static str>,
    first_id: u32,
    scales: Vec<f32>,
    rows: &'static [[u8; DIMENSIONS]],
}

impl std::fmt::Debug for Vectors {
    /// The size alone: nobody wants eight megabytes in a message.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vectors({} x {DIMENSIONS})", self.rows.len())
    }
}

/// Room to work in, kept by a caller who embeds many texts.
#[derive(Debug, Default)]
pub struct Scratch {
    word: Vec<u8>,
    ids: Vec<u32>,
}

impl Vectors {
    /// Numbers in a vector.
    pub const DIMENSIONS: usize = DIMENSIONS;

    /// Wordpieces of a text that count; what follows them is not read. Long enough for any comment
    /// (about 1,500 words); a pasted log of a megabyte costs no more than its first page.
    pub const LONGEST_TEXT: usize = 2_000;

    /// The table that ships with this crate, parsed at the first call (some milliseconds).
    ///
    /// # Panics
    /// If the crate was built with a damaged table: the tests check its every byte.
    pub fn shipped() -> &'static Vectors {
        static TABLE: OnceLock<Vectors> = OnceLock::new();
        TABLE.get_or_init(|| Vectors::parse(SHIPPED).expect("the shipped table is whole"))
    }

    /// Reads a table's bytes; the rows are used where they lie.
    ///
    /// # Errors
    /// [`BadTable`] if the bytes are not a table of this version, whole and nothing after it.
    pub fn parse(file: &'static [u8]) -> Result<Vectors, BadTable> {
        let mut file = file;
        if take(&mut file, MAGIC.len())? != MAGIC {
            return Err(BadTable("another kind of file"));
        }
        let mut head = [0u32; 6];
        for number in &mut head {
            *number = u32_from(take(&mut file, 4)?);
        }
        let [version, dimensions, count, first_id, unknown, words_len] = head;
        if version != VERSION || dimensions as usize != DIMENSIONS {
            return Err(BadTable("another version"));
        }
        let words = std::str::from_utf8(take(&mut file, words_len as usize)?)
            .map_err(|_| BadTable("its vocabulary is not UTF-8"))?;
        let words: Vec<&'static str> = words.split_terminator('\n').collect();
        let count = count as usize;
        if words.len() != count {
            return Err(BadTable("its vocabulary and rows differ in number"));
        }
        let scales = take(&mut file, count.saturating_mul(4))?;
        let scales = scales
            .chunks_exact(4)
            .map(|s| f32::from_bits(u32_from(s)))
            .collect();
        let (rows, rest) = file.as_chunks::<DIMENSIONS>();
        if rows.len() != count || !rest.is_empty() {
            return Err(BadTable("its length is wrong"));
        }
        let vocabulary = words.iter().copied().zip(first_id..);
        Ok(Vectors {
            pieces: WordPiece::new(vocabulary, unknown),
            words,
            first_id,
            scales,
            rows,
        })
    }

    /// The vocabulary, for whoever needs ids without a limit.
    pub fn pieces(&self) -> &WordPiece {
        &self.pieces
    }

    /// Replaces `out` with the ids of the text's first [`Vectors::LONGEST_TEXT`] wordpieces, as
    /// the vectors see them, unknown words included (see [`WordPiece::unknown`]).
    pub fn tokens(&self, scratch: &mut Scratch, text: &str, out: &mut Vec<u32>) {
        self.pieces
            .encode_up_to(Self::LONGEST_TEXT, text, &mut scratch.word, out);
    }

    /// One more than the largest id that [`Vectors::tokens`] gives.
    pub fn token_ids_end(&self) -> u32 {
        self.first_id + self.words.len() as u32
    }

    /// The wordpiece of an id, continuations with their `##`; `[UNK]` for ids without a row.
    pub fn token(&self, id: u32) -> &'static str {
        self.row_of(id).map_or("[UNK]", |row| self.words[row])
    }

    /// Writes the text's vector of length 1 to `out`, all zeros if no wordpiece of it is known.
    /// Reads the first [`Vectors::LONGEST_TEXT`] wordpieces.
    ///
    /// # Panics
    /// If `out` has not [`Vectors::DIMENSIONS`] places.
    pub fn embed_into(&self, scratch: &mut Scratch, text: &str, out: &mut [f32]) {
        let Scratch { word, ids } = scratch;
        self.pieces
            .encode_up_to(Self::LONGEST_TEXT, text, word, ids);
        self.pool(ids, out);
    }

    /// As [`Vectors::embed_into`], for a text whose wordpieces are known ([`Vectors::tokens`]).
    ///
    /// # Panics
    /// If `out` has not [`Vectors::DIMENSIONS`] places.
    pub fn embed_tokens(&self, tokens: &[u32], out: &mut [f32]) {
        self.pool(tokens, out);
    }

    /// The text's vector; see [`Vectors::embed_into`].
    pub fn embed(&self, text: &str) -> Vec<f32> {
        let mut vector = vec![0.0; DIMENSIONS];
        self.embed_into(&mut Scratch::default(), text, &mut vector);
        vector
    }

    /// The vectors of many texts, row-major (texts x 256), on all of rayon's threads; the same
    /// bytes as one after the other.
    pub fn embed_all(&self, texts: &[&str]) -> Vec<f32> {
        let mut vectors = vec![0.0; texts.len() * DIMENSIONS];
        vectors
            .par_chunks_mut(DIMENSIONS * TEXTS_PER_TASK)
            .zip(texts.par_chunks(TEXTS_PER_TASK))
            .for_each_init(Scratch::default, |scratch, (rows, texts)| {
                for (row, text) in rows.chunks_exact_mut(DIMENSIONS).zip(texts) {
                    self.embed_into(scratch, text, row);
                }
            });
        vectors
    }

    fn row_of(&self, id: u32) -> Option<usize> {
        let row = id.checked_sub(self.first_id)? as usize;
        (row < self.rows.len()).then_some(row)
    }

    fn pool(&self, ids: &[u32], out: &mut [f32]) {
        let mut sum = [0.0f32; DIMENSIONS];
        for row in ids.iter().filter_map(|&id| self.row_of(id)) {
            let scale = self.scales[row];
            for (sum, &byte) in sum.iter_mut().zip(&self.rows[row]) {
                *sum += scale * f32::from(byte as i8);
            }
        }
        let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
        let scale = if length > 0.0 { 1.0 / length } else { 0.0 };
        assert_eq!(out.len(), DIMENSIONS, "a vector has 256 places");
        for (sum, out) in sum.iter().zip(out) {
            *out = sum * scale;
        }
    }
}

fn take(file: &mut &'static [u8], bytes: usize) -> Result<&'static [u8], BadTable> {
    let (taken, rest) = file.split_at_checked(bytes).ok_or(BadTable("cut short"))?;
    *file = rest;
    Ok(taken)
}

fn u32_from(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .rev()
        .fold(0, |number, &byte| number << 8 | u32::from(byte))
}
