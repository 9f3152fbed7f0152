//! The small language in which wordings are written, and its compiled form.
//!
//! `[a|b|]` is one of its alternatives, which may nest and be empty; `@name` is a draw from a slot
//! of the catalogue; `#12-40` is a whole number between 12 and 40. Everything else stands for
//! itself. Reading never fails: the catalogue is fixed, and a test asks [`faults`] of every
//! template. It draws words only; capitals, joins and slips of the pen are other modules' work.

use crate::catalogue::SLOTS;
use rand::{Rng, RngExt};

/// One piece of a template.
#[derive(Debug)]
enum Piece {
    Text(&'static str),
    Choice(Vec<Vec<Piece>>),
    Slot(usize),
    Number(u32, u32),
}

/// A compiled template.
#[derive(Debug)]
pub(crate) struct Template {
    pieces: Vec<Piece>,
}

/// All slots, compiled.
#[derive(Debug)]
pub(crate) struct Slots {
    templates: Vec<Template>,
}

impl Slots {
    /// Compiles the catalogue's slots.
    pub(crate) fn compile() -> Self {
        Self {
            templates: SLOTS
                .iter()
                .map(|(_, grammar)| Template::compile(grammar))
                .collect(),
        }
    }
}

impl Template {
    /// Compiles a template.
    pub(crate) fn compile(source: &'static str) -> Self {
        let mut at = 0;
        Self {
            pieces: sequence(source, &mut at),
        }
    }

    /// Appends one draw to `out`.
    pub(crate) fn write(&self, slots: &Slots, rng: &mut impl Rng, out: &mut String) {
        write_pieces(&self.pieces, slots, rng, out);
    }
}

fn write_pieces(pieces: &[Piece], slots: &Slots, rng: &mut impl Rng, out: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Choice(ways) => {
                let way = rng.random_range(0..ways.len());
                write_pieces(&ways[way], slots, rng, out);
            }
            Piece::Slot(slot) => write_pieces(&slots.templates[*slot].pieces, slots, rng, out),
            Piece::Number(low, high) => push_number(rng.random_range(*low..=*high), out),
        }
    }
}

/// Appends a number in decimal digits without going through a formatter.
pub(crate) fn push_number(number: u32, out: &mut String) {
    let mut divisor = 1;
    while number / divisor >= 10 {
        divisor *= 10;
    }
    while divisor > 0 {
        out.push(char::from(b'0' + (number / divisor % 10) as u8));
        divisor /= 10;
    }
}

/// Reads pieces up to the end, `|` or `]`; `at` is left on what ended it.
fn sequence(source: &'static str, at: &mut usize) -> Vec<Piece> {
    let bytes = source.as_bytes();
    let mut pieces = Vec::new();
    let mut text_from = *at;
    let flush = |from: usize, to: usize, pieces: &mut Vec<Piece>| {
        if to > from {
            pieces.push(Piece::Text(&source[from..to]));
        }
    };
    while *at < bytes.len() {
        match bytes[*at] {
            b'|' | b']' => break,
            b'[' => {
                flush(text_from, *at, &mut pieces);
                *at += 1;
                let mut ways = vec![sequence(source, at)];
                while bytes.get(*at) == Some(&b'|') {
                    *at += 1;
                    ways.push(sequence(source, at));
                }
                *at = (*at + 1).min(bytes.len());
                pieces.push(Piece::Choice(ways));
                text_from = *at;
            }
            b'@' | b'#' => {
                let Some((piece, end)) = slot(source, *at).or_else(|| number(source, *at)) else {
                    *at += 1;
                    continue;
                };
                flush(text_from, *at, &mut pieces);
                pieces.push(piece);
                *at = end;
                text_from = end;
            }
            _ => *at += 1,
        }
    }
    flush(text_from, *at, &mut pieces);
    pieces
}

/// The longest slot name that starts after an `@`.
fn slot(source: &str, at: usize) -> Option<(Piece, usize)> {
    let rest = source[at..].strip_prefix('@')?;
    SLOTS
        .iter()
        .enumerate()
        .filter(|(_, (name, _))| rest.starts_with(name))
        .max_by_key(|(_, (name, _))| name.len())
        .map(|(index, (name, _))| (Piece::Slot(index), at + 1 + name.len()))
}

/// A range of whole numbers that starts after a `#`.
fn number(source: &str, at: usize) -> Option<(Piece, usize)> {
    let rest = source[at..].strip_prefix('#')?;
    let low_end = rest.find(|c: char| !c.is_ascii_digit())?;
    let after = rest[low_end..].strip_prefix('-')?;
    let high_end = after
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(after.len());
    let low: u32 = rest[..low_end].parse().ok()?;
    let high: u32 = after[..high_end].parse().ok()?;
    (low <= high).then_some((Piece::Number(low, high), at + 2 + low_end + high_end))
}

/// What is wrong with a template, for the test of the catalogue.
#[cfg(test)]
pub(crate) fn faults(source: &'static str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut depth = 0_i32;
    for c in source.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            '|' if depth == 0 => faults.push(format!("bar outside brackets in `{source}`")),
            _ => {}
        }
        if depth < 0 {
            faults.push(format!("bracket closed twice in `{source}`"));
        }
    }
    if depth != 0 {
        faults.push(format!("bracket left open in `{source}`"));
    }
    for (at, c) in source.char_indices() {
        let known = match c {
            '@' => slot(source, at).is_some() || source[at..].starts_with("@example"),
            '#' => number(source, at).is_some(),
            _ => true,
        };
        if !known {
            faults.push(format!("unknown slot or range at {at} in `{source}`"));
        }
    }
    if source.contains("  ") || source.starts_with(' ') {
        faults.push(format!("stray space in `{source}`"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;
    use std::collections::BTreeSet;

    fn check(source: &'static str, expected: &[&str]) {
        let (template, slots) = (Template::compile(source), Slots::compile());
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut seen = BTreeSet::new();
        for _ in 0..400 {
            let mut out = String::new();
            template.write(&slots, &mut rng, &mut out);
            seen.insert(out);
        }
        assert_eq!(seen, expected.iter().map(|e| (*e).to_owned()).collect());
    }

    #[test]
    fn alternatives_nest_and_may_be_empty() {
        check("plain", &["plain"]);
        check("a[b|c[d|]|]", &["ab", "acd", "ac", "a"]);
        check("£#9-11 off", &["£9 off", "£10 off", "£11 off"]);
        check("no # or @ here", &["no # or @ here"]);
        check("[open", &["open"]);
    }

    #[test]
    fn numbers_are_written_in_full() {
        for (number, text) in [
            (0, "0"),
            (7, "7"),
            (10, "10"),
            (1998, "1998"),
            (100_200, "100200"),
        ] {
            let mut out = String::new();
            push_number(number, &mut out);
            assert_eq!(out, text);
        }
    }
}
