//! A customer's comment taken apart: what in it is a problem, what is praise.
//!
//! "Lovely staff but I waited two hours" is both. Each clause goes by its own tone; a clause
//! that is too short or too even to have one goes with the whole.

use crate::kind::{Kinds, Tone};
use crate::letter::body;
use std::borrow::Cow;
use throughline_text::empty::says_nothing;
use throughline_text::sentences::{clauses, word_count};

/// A comment's parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts<'a> {
    /// What of it is about problems.
    pub problem: Option<Cow<'a, str>>,
    /// What of it is praise.
    pub praise: Option<Cow<'a, str>>,
}

/// Words a clause needs to have a tone of its own.
const WORDS: usize = 3;
/// How clearly a clause must differ from the whole to leave it.
const CLEARLY: f64 = 0.70;
/// Words up to which a comment is taken whole.
const SHORT: usize = 7;

/// Takes a comment apart by the tone of its clauses.
pub fn parts<'a>(kinds: &Kinds, text: &'a str) -> Parts<'a> {
    let text = body(text);
    if says_nothing(text) {
        return Parts::default();
    }
    let tone = kinds.tone(text);
    let whole = |tone| match tone {
        Tone::Praise => Parts {
            praise: Some(Cow::Borrowed(text)),
            problem: None,
        },
        Tone::Problem => Parts {
            problem: Some(Cow::Borrowed(text)),
            praise: None,
        },
        Tone::Nothing => Parts::default(),
    };
    if word_count(text) <= SHORT {
        return whole(tone);
    }
    let clauses = clauses(text);
    if clauses.len() < 2 {
        return whole(tone);
    }
    let (mut problem, mut praise) = (Vec::new(), Vec::new());
    for clause in clauses {
        let own = if word_count(clause) < WORDS {
            tone
        } else {
            match kinds.praise(clause) {
                p if p >= CLEARLY && kinds.leans_to_praise(clause) => Tone::Praise,
                p if p <= 1.0 - CLEARLY => Tone::Problem,
                _ => tone,
            }
        };
        match own {
            Tone::Praise => praise.push(clause),
            _ => problem.push(clause),
        }
    }
    let joined = |clauses: Vec<&'a str>| match clauses.as_slice() {
        [] => None,
        [one] => Some(Cow::Borrowed(*one)),
        several => Some(Cow::Owned(several.join(". "))),
    };
    if praise.is_empty() || problem.is_empty() {
        return whole(if problem.is_empty() {
            Tone::Praise
        } else {
            Tone::Problem
        });
    }
    Parts {
        problem: joined(problem),
        praise: joined(praise),
    }
}

/// The parts of a comment to which a reader or a machine gave a code: the code says the tone. Whoever coded it
/// as neither saw no clear problem: what leans to praise is then praise.
pub fn coded_parts<'a>(kinds: &Kinds, text: &'a str, code: f64, middle: f64) -> Option<Parts<'a>> {
    let text = body(text);
    if says_nothing(text) {
        return Some(Parts::default());
    }
    if code < middle {
        Some(Parts {
            problem: Some(Cow::Borrowed(text)),
            praise: None,
        })
    } else if code > middle || kinds.leans_to_praise(text) {
        Some(Parts {
            praise: Some(Cow::Borrowed(text)),
            problem: None,
        })
    } else {
        None
    }
}
