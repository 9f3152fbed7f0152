//! What kind of thing a text says: a customer's problem or praise; an employee's fix or need.
//!
//! Decided from the words alone, never from the score beside them: a score that helped to decide
//! what a comment names would be found again as points lost. The two classifiers are fitted on
//! short sentences of our own making (`seeds/`), so they know no customer's or employee's text.

use throughline_text::classify::Classifier;
use throughline_text::empty::says_nothing;
use throughline_text::sentences::word_count;

/// What a customer's text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing: "n/a", "none", punctuation.
    Nothing,
    /// Something to praise.
    Praise,
    /// A problem, a wish, a question, or anything that isn't clearly praise.
    Problem,
}

/// What an employee's text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffKind {
    /// Nothing.
    Nothing,
    /// What staff need for themselves.
    Need,
    /// What would help customers, or stands in the way of it.
    Lever,
}

/// The classifiers.
pub struct Kinds {
    tone: Classifier,
    staff: Classifier,
}

/// Probability of praise from which a text is taken as praise. Above one half: a problem taken
/// for praise is lost to the brief, praise taken for a problem is seen by its reader.
const PRAISE: f64 = 0.62;
/// Words up to which an employee's praise of the company is no answer, and how clear it must be.
const MERE: usize = 7;
const MERE_PRAISE: f64 = 0.85;
/// Ridge of both classifiers.
const RIDGE: f64 = 0.3;

const PROBLEM_SEEDS: &str = include_str!("seeds/problems.txt");
const PRAISE_SEEDS: &str = include_str!("seeds/praise.txt");
const NEED_SEEDS: &str = include_str!("seeds/needs.txt");
const LEVER_SEEDS: &str = include_str!("seeds/levers.txt");

fn seeds(first: &'static str, second: &'static str) -> Vec<(&'static str, usize)> {
    let lines = |text: &'static str, class| {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(move |line| (line, class))
    };
    lines(first, 0).chain(lines(second, 1)).collect()
}

fn fitted(first: &'static str, second: &'static str) -> Classifier {
    // The seeds are constants of this crate, with examples of both classes.
    Classifier::fit(&seeds(first, second), 2, RIDGE).unwrap_or_else(|error| unreachable!("{error}"))
}

impl Default for Kinds {
    fn default() -> Self {
        Self::new()
    }
}

impl Kinds {
    /// Fits the classifiers: a few milliseconds.
    pub fn new() -> Self {
        Self {
            tone: fitted(PROBLEM_SEEDS, PRAISE_SEEDS),
            staff: fitted(NEED_SEEDS, LEVER_SEEDS),
        }
    }

    /// Probability that a customer's text is praise.
    pub fn praise(&self, text: &str) -> f64 {
        self.tone.probabilities(text)[1]
    }

    /// Probability that an employee's text is a lever, not a need.
    pub fn lever(&self, text: &str) -> f64 {
        self.staff.probabilities(text)[1]
    }

    /// What a customer's text says.
    pub fn tone(&self, text: &str) -> Tone {
        if says_nothing(text) {
            Tone::Nothing
        } else if self.praise(text) >= PRAISE {
            Tone::Praise
        } else {
            Tone::Problem
        }
    }

    /// "All good here", where a fix or a block was asked for.
    fn is_mere_praise(&self, text: &str) -> bool {
        word_count(text) <= MERE && self.praise(text) >= MERE_PRAISE
    }

    /// What an employee's text says.
    pub fn staff(&self, text: &str) -> StaffKind {
        if says_nothing(text) || self.is_mere_praise(text) {
            StaffKind::Nothing
        } else if self.lever(text) >= 0.5 {
            StaffKind::Lever
        } else {
            StaffKind::Need
        }
    }
}
