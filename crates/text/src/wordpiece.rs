//! WordPiece: text to vocabulary ids, equal to the reference BERT uncased tokenizer.
//!
//! Steps, in the reference's order: drop control and unassigned characters, set Chinese characters
//! apart, decompose (NFD), drop accents (Mn), lowercase, split at spaces and around punctuation,
//! then cut each word into the longest pieces the vocabulary holds. A word of more than 100
//! characters, or one that no pieces make up, becomes the unknown id. Text that is all ASCII skips
//! everything that can't concern it; both ways give the same ids.
//!
//! It doesn't add `[CLS]` or `[SEP]`, doesn't cut long texts unless asked, and reads `[MASK]` and
//! its like as the brackets and words they are: a customer who writes them means nothing by them.
//!
//! Source: Devlin et al. 2019, as implemented by the `tokenizers` package (BertNormalizer,
//! BertPreTokenizer, WordPiece), which the tests' reference ids come from.

mod characters;

use std::cmp::Ordering;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use characters::{DROPPED, IDEOGRAPH, MARK, PUNCTUATION, SPACE};

/// The reference gives up on words of more characters than this.
const LONGEST_WORD: usize = 100;

/// A vocabulary ready to cut texts into its pieces.
#[derive(Clone)]
pub struct WordPiece {
    starts: FxHashMap<&'static [u8], u32>,
    continuations: FxHashMap<&'static [u8], u32>,
    longest_start: usize,
    longest_continuation: usize,
    unknown: u32,
}

impl std::fmt::Debug for WordPiece {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let pieces = self.starts.len() + self.continuations.len();
        write!(f, "WordPiece({pieces} pieces)")
    }
}

impl WordPiece {
    /// Takes a vocabulary of `(piece, id)`, continuations marked with a leading `##`, and the id
    /// that stands for words it can't make up.
    pub fn new(vocabulary: impl IntoIterator<Item = (&'static str, u32)>, unknown: u32) -> Self {
        let mut pieces = Self {
            starts: FxHashMap::default(),
            continuations: FxHashMap::default(),
            longest_start: 0,
            longest_continuation: 0,
            unknown,
        };
        for (piece, id) in vocabulary {
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => {
                    pieces.longest_continuation = pieces.longest_continuation.max(rest.len());
                    pieces.continuations.insert(rest.as_bytes(), id);
                }
                _ => {
                    pieces.longest_start = pieces.longest_start.max(piece.len());
                    pieces.starts.insert(piece.as_bytes(), id);
                }
            }
        }
        pieces
    }

    /// The id of words that the vocabulary can't make up.
    pub fn unknown(&self) -> u32 {
        self.unknown
    }

    /// Replaces `out` with the ids of all the text's pieces. `scratch` is room to work in, kept by
    /// the caller so that a million short texts need no million allocations.
    pub fn encode(&self, text: &str, scratch: &mut Vec<u8>, out: &mut Vec<u32>) {
        self.encode_up_to(usize::MAX, text, scratch, out);
    }

    /// As [`WordPiece::encode`], and stops after `limit` ids.
    pub fn encode_up_to(
        &self,
        limit: usize,
        text: &str,
        scratch: &mut Vec<u8>,
        out: &mut Vec<u32>,
    ) {
        out.clear();
        scratch.clear();
        if text.is_ascii() {
            self.encode_ascii(limit, text.as_bytes(), scratch, out);
        } else {
            self.encode_any(limit, text, scratch, out);
        }
        out.truncate(limit);
    }

    fn encode_ascii(&self, limit: usize, text: &[u8], word: &mut Vec<u8>, out: &mut Vec<u32>) {
        for &byte in text {
            match ASCII[usize::from(byte & 0x7F)] {
                Ascii::Letter(lower) => word.push(lower),
                Ascii::Dropped => {}
                Ascii::Space => {
                    self.word(word, out);
                    word.clear();
                    if out.len() >= limit {
                        return;
                    }
                }
                Ascii::Punctuation => {
                    self.word(word, out);
                    word.clear();
                    self.word(&[byte], out);
                    if out.len() >= limit {
                        return;
                    }
                }
            }
        }
        self.word(word, out);
    }

    fn encode_any(&self, limit: usize, text: &str, word: &mut Vec<u8>, out: &mut Vec<u32>) {
        let kept = text.chars().filter(|&c| !is_in(&DROPPED, c));
        // Set apart before decomposition: a compatibility ideograph decomposes to another one.
        let apart = kept.flat_map(|c| {
            let around = is_in(&IDEOGRAPH, c).then_some(' ');
            around.into_iter().chain(Some(c)).chain(around)
        });
        let plain = apart.nfd().filter(|&c| !is_in(&MARK, c));
        let mut bytes = [0u8; 4];
        for c in plain.flat_map(char::to_lowercase) {
            if is_in(&SPACE, c) {
                self.word(word, out);
                word.clear();
            } else if is_in(&PUNCTUATION, c) {
                self.word(word, out);
                word.clear();
                self.word(c.encode_utf8(&mut bytes).as_bytes(), out);
            } else {
                word.extend_from_slice(c.encode_utf8(&mut bytes).as_bytes());
                continue;
            }
            if out.len() >= limit {
                return;
            }
        }
        self.word(word, out);
    }

    /// Appends the pieces of one word (lower case, UTF-8).
    fn word(&self, word: &[u8], out: &mut Vec<u32>) {
        if word.is_empty() {
            return;
        }
        if let Some(&id) = self.starts.get(word) {
            out.push(id);
            return;
        }
        if word.len() > LONGEST_WORD && characters_in(word) > LONGEST_WORD {
            out.push(self.unknown);
            return;
        }
        let before = out.len();
        let mut at = 0;
        let (mut pieces, mut longest) = (&self.starts, self.longest_start);
        while at < word.len() {
            let rest = &word[at..];
            let found = (1..=rest.len().min(longest))
                .rev()
                .find_map(|length| pieces.get(&rest[..length]).map(|&id| (length, id)));
            let Some((length, id)) = found else {
                out.truncate(before);
                out.push(self.unknown);
                return;
            };
            out.push(id);
            at += length;
            (pieces, longest) = (&self.continuations, self.longest_continuation);
        }
    }
}

/// Characters of valid UTF-8: the bytes that don't continue one.
fn characters_in(word: &[u8]) -> usize {
    word.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// Whether sorted inclusive ranges hold a character.
fn is_in(ranges: &[(u32, u32)], c: char) -> bool {
    let point = u32::from(c);
    ranges
        .binary_search_by(|&(first, last)| {
            if last < point {
                Ordering::Less
            } else if first > point {
                Ordering::Greater
            } else {
                Ordering::Equal
            }
        })
        .is_ok()
}

/// What an ASCII byte is to a word.
#[derive(Clone, Copy)]
enum Ascii {
    Letter(u8),
    Space,
    Punctuation,
    Dropped,
}

const ASCII: [Ascii; 128] = {
    let mut table = [Ascii::Dropped; 128];
    let mut byte = 0;
    while byte < 128 {
        let b = byte as u8;
        table[byte] = match b {
            b' ' | b'\t' | b'\n' | b'\r' => Ascii::Space,
            _ if b.is_ascii_control() => Ascii::Dropped,
            _ if b.is_ascii_punctuation() => Ascii::Punctuation,
            _ => Ascii::Letter(b.to_ascii_lowercase()),
        };
        byte += 1;
    }
    table
};
