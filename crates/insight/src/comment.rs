//! A customer's comment taken apart: what in it is a problem, what is praise.
//!
//! "Lovely staff but I waited two hours" is both. Each clause goes by its own tone; a clause
//! that is too short or too even to have one goes with the whole.

use crate::letter::body;
use crate::tone::{Tone, Tones};
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
/// Words up to which a comment is taken whole.
const SHORT: usize = 7;

/// Takes a comment apart by the tone of its clauses.
pub fn parts<'a>(tones: &Tones, text: &'a str) -> Parts<'a> {
    let text = body(text);
    if says_nothing(text) {
        return Parts::default();
    }
    let tone = tones.tone(text);
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
            tones.clause(clause).unwrap_or(tone)
        };
        match own {
            Tone::Praise => praise.push(clause),
            _ => problem.push(clause),
        }
    }
    let joined = |clauses: Vec<&'a str>| match clauses.as_slice() {
        [] => None,
        [one] => Some(Cow::Borrowed(*one)),
        several => Some(Cow::Owned(together(several))),
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

/// Clauses one after the other, each with one stop.
fn together(clauses: &[&str]) -> String {
    let mut all = String::new();
    for clause in clauses {
        if !all.is_empty() {
            all.push_str(if all.ends_with(['.', '!', '?', '…', ':', ';']) {
                " "
            } else {
                ". "
            });
        }
        all.push_str(clause);
    }
    all
}

/// The parts of a comment to which a reader or a machine gave a code: the code says the tone of the whole. A coded
/// complaint may praise in passing, and says something to complain of all the same. Whoever coded it as neither saw
/// no clear problem: what leans to praise is then praise.
pub fn coded_parts<'a>(tones: &Tones, text: &'a str, code: f64, middle: f64) -> Option<Parts<'a>> {
    let all = body(text);
    if says_nothing(all) {
        return Some(Parts::default());
    }
    if code < middle {
        let apart = parts(tones, text);
        Some(if apart.problem.is_some() {
            apart
        } else {
            Parts {
                problem: Some(Cow::Borrowed(all)),
                praise: None,
            }
        })
    } else if code > middle || tones.leans_to_praise(all) {
        Some(Parts {
            praise: Some(Cow::Borrowed(all)),
            problem: None,
        })
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coded(text: &str, code: f64) -> (Option<String>, Option<String>) {
        let parts = coded_parts(&Tones::default(), text, code, 0.0).expect("a code with a sign");
        let owned = |part: Option<Cow<'_, str>>| part.map(Cow::into_owned);
        (owned(parts.problem), owned(parts.praise))
    }

    #[test]
    fn a_coded_complaint_that_praises_in_passing_is_taken_apart() {
        let text = "The staff were lovely and so very helpful. I waited four hours for a bed.";
        let (problem, praise) = coded(text, -3.0);
        assert!(
            problem.is_some_and(|part| part.contains("four hours") && !part.contains("lovely"))
        );
        assert!(praise.is_some_and(|part| part.contains("lovely")));
        // Coded as praise, all of it is.
        assert_eq!(coded(text, 3.0), (None, Some(text.to_owned())));
    }

    #[test]
    fn a_coded_complaint_stays_one_whatever_its_words() {
        for text in [
            "Thank you all so much.",
            "The care was exceptional. Thank you all so very much.",
        ] {
            assert_eq!(coded(text, -1.0), (Some(text.to_owned()), None));
        }
    }
}
