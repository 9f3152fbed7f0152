//! What kind of thing a text says: a customer's problem or praise; an employee's fix or need.
//!
//! Decided from the words alone, never from the score beside them: a score that helped to decide
//! what a comment names would be found again as points lost. The two classifiers are fitted on
//! short sentences of our own making (`seeds/`), so they know no customer's or employee's text.

use crate::idioms;
use std::sync::OnceLock;
use throughline_text::classify::Classifier;
use throughline_text::empty::says_nothing;
use throughline_text::matrix;
use throughline_text::neighbours::{SparseRows, nearest};
use throughline_text::sentences::word_count;
use throughline_text::vectors::Vectors;

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
/// for praise is lost to the brief, praise taken for a problem is seen by its reader. (Of patients' comments
/// that people coded, 3% of complaints are then lost and 23% of the praise is wholly read as a problem:
/// `examples/kinds.rs`.)
const PRAISE: f64 = 0.65;
/// Problems that stand against one praise, where nothing is known of a text, beside what the examples hold (nearly as
/// many of each): what customers write down is mostly problems.
const PROBLEMS_TO_ONE: f64 = 3.0;
/// Words up to which an employee's praise of the company is no answer, and how clear it must be.
const MERE: usize = 7;
const MERE_PRAISE: f64 = 0.985;
/// Log-odds from which an employee's text is a lever.
const LEVER: f64 = 0.0;
/// Probability of praise of a text that praises by a phrase.
const BY_PHRASE: f64 = 0.95;
/// Neighbours that have a say, by the cubes of their cosines; the say of a text's own words; and how often it
/// is passed on. A text that is like no other is judged by its own words.
const NEIGHBOURS: usize = 20;
const OWN: f64 = 0.2;
const ROUNDS: usize = 10;
/// Texts up to which neighbours are looked for: it takes time that grows with their square.
const NEIGHBOURS_UP_TO: usize = 20_000;
/// Ridges of the classifiers.
const TONE_RIDGE: f64 = 2.0;
const STAFF_RIDGE: f64 = 1.0;

const PROBLEM_SEEDS: &str = include_str!("seeds/problems.txt");
const PRAISE_SEEDS: &str = include_str!("seeds/praise.txt");
const NEED_SEEDS: &str = include_str!("seeds/needs.txt");
const LEVER_SEEDS: &str = include_str!("seeds/levers.txt");

fn seeds(first: &'static str, second: &'static str) -> Vec<(&'static str, usize)> {
    let lines = |text: &'static str, class| {
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(move |line| (line, class))
    };
    lines(first, 0).chain(lines(second, 1)).collect()
}

/// Whether a text asks something ("how do I", "can you", "is there"): then it isn't praise, whatever its words.
fn asks(text: &str) -> bool {
    const HOW: [&str; 7] = ["how", "why", "what", "when", "where", "which", "who"];
    const VERBS: [&str; 16] = [
        "can", "could", "do", "does", "did", "is", "are", "was", "were", "will", "would", "should",
        "may", "has", "have", "had",
    ];
    const WHOM: [&str; 17] = [
        "i", "you", "we", "they", "it", "he", "she", "this", "that", "these", "there", "the", "my",
        "our", "your", "anyone", "somebody",
    ];
    let mut words = text.split_whitespace().map(str::to_lowercase);
    let (first, second) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let is = |word: &str, list: &[&str]| list.contains(&word);
    text.trim_end().ends_with('?')
        || is(&first, &HOW) && is(&second, &VERBS)
        || is(&first, &VERBS) && is(&second, &WHOM)
}

/// Whether a text can't be praise, whatever its words.
fn is_no_praise(text: &str) -> bool {
    asks(text) || idioms::refuses(text) || idioms::wishes(text)
}

/// The nearest neighbours of each text, what is common to all taken out.
fn neighbours(vectors: &mut [f32]) -> Vec<Vec<(u32, f32)>> {
    let width = Vectors::DIMENSIONS;
    if vectors.len() / width > NEIGHBOURS_UP_TO {
        return Vec::new();
    }
    let mean = matrix::mean(vectors, width, |_| 1.0);
    for row in vectors.chunks_exact_mut(width) {
        row.iter_mut().zip(&mean).for_each(|(x, m)| *x -= m);
        matrix::to_unit(row);
    }
    nearest(
        vectors,
        width,
        &SparseRows::from_rows(std::iter::empty()),
        0.0,
        NEIGHBOURS,
    )
}

fn fitted(first: &'static str, second: &'static str, ridge: f64) -> Classifier {
    // The seeds are constants of this crate, with examples of both classes.
    Classifier::fit(&seeds(first, second), 2, ridge).unwrap_or_else(|error| unreachable!("{error}"))
}

impl Kinds {
    /// The classifiers, fitted at the first call (less than a second).
    pub fn shipped() -> &'static Self {
        static FITTED: OnceLock<Kinds> = OnceLock::new();
        FITTED.get_or_init(|| {
            // Not on rayon's threads: one that waits for another's work could come back here.
            std::thread::scope(|scope| {
                let staff = scope.spawn(|| fitted(NEED_SEEDS, LEVER_SEEDS, STAFF_RIDGE));
                let tone = fitted(PROBLEM_SEEDS, PRAISE_SEEDS, TONE_RIDGE);
                let staff = staff.join();
                let staff = staff.unwrap_or_else(|_| fitted(NEED_SEEDS, LEVER_SEEDS, STAFF_RIDGE));
                Self { tone, staff }
            })
        })
    }

    /// Probability that a customer's text is praise.
    pub fn praise(&self, text: &str) -> f64 {
        let even = self.tone.probabilities(text)[1];
        let own = even / (even + PROBLEMS_TO_ONE * (1.0 - even));
        if idioms::praises(text) {
            own.max(BY_PHRASE)
        } else {
            own
        }
    }

    /// Probability that an employee's text alone is a lever, not a need.
    pub fn lever(&self, text: &str) -> f64 {
        self.staff.probabilities(text)[1]
    }

    /// Whether a customer's text is rather praise than not.
    pub fn leans_to_praise(&self, text: &str) -> bool {
        !is_no_praise(text) && self.praise(text) >= 0.5
    }

    /// Whether a text sounds like praise, problems and praise being as likely beforehand: not what to show of a
    /// problem where there is something else.
    pub fn sounds_like_praise(&self, text: &str) -> bool {
        !is_no_praise(text) && (idioms::praises(text) || self.tone.probabilities(text)[1] >= 0.5)
    }

    /// What a customer's text says.
    pub fn tone(&self, text: &str) -> Tone {
        if says_nothing(text) {
            Tone::Nothing
        } else if !is_no_praise(text) && self.praise(text) >= PRAISE {
            Tone::Praise
        } else {
            Tone::Problem
        }
    }

    /// "All good here", "nothing I dislike", where a fix or a block was asked for.
    fn is_mere_praise(&self, text: &str) -> bool {
        // "Go the extra mile for every caller" is an idea: set phrases don't count here.
        let own = || self.tone.probabilities(text)[1];
        idioms::denies(text) || (word_count(text) <= MERE && own() >= MERE_PRAISE)
    }

    /// What employees' texts say. A text's own words decide together with those of its nearest
    /// neighbours among the texts: colleagues who speak of the same thing mean the same kind of
    /// thing, and some of them say it more plainly.
    pub fn staff(&self, texts: &[&str]) -> Vec<StaffKind> {
        let own: Vec<f64> = self
            .staff
            .probabilities_all(texts)
            .iter()
            .map(|p| (p[1].max(1e-4) / p[0].max(1e-4)).ln())
            .collect();
        let mut vectors = Vectors::shipped().embed_all(texts);
        let near = neighbours(&mut vectors);
        let say = |cosine: f32| f64::from(cosine.max(0.0)).powi(3);
        let mut smooth = own.clone();
        for _ in 0..ROUNDS {
            smooth = (0..own.len())
                .map(|at| {
                    let near = near.get(at).map_or(&[][..], Vec::as_slice);
                    let (mut sum, mut total) = (OWN * own[at], OWN);
                    for (other, cosine) in near {
                        sum += say(*cosine) * smooth[*other as usize];
                        total += say(*cosine);
                    }
                    sum / total
                })
                .collect();
        }
        texts
            .iter()
            .zip(smooth)
            .map(|(text, logit)| {
                if says_nothing(text)
                    || idioms::says_as_good_as_nothing(text)
                    || self.is_mere_praise(text)
                {
                    StaffKind::Nothing
                } else if logit >= LEVER {
                    StaffKind::Lever
                } else {
                    StaffKind::Need
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn praise_that_begins_like_a_question_is_praise() {
        let kinds = Kinds::shipped();
        for text in [
            "Would recommend you to my friends.",
            "What a lovely helpful team",
            "Will definitely use you again",
        ] {
            assert_eq!(kinds.tone(text), Tone::Praise, "{text}");
        }
        for text in [
            "Can you thank them, when will it be so good again",
            "why was everyone so lovely to me",
            "Is there a lovely helpful team here?",
        ] {
            assert_eq!(kinds.tone(text), Tone::Problem, "{text}");
        }
    }

    #[test]
    fn an_idea_with_a_set_phrase_is_an_answer() {
        let kinds = Kinds::shipped();
        let of = |text| kinds.staff(&[text])[0];
        for text in [
            "Train everyone to go above and beyond",
            "Recommend the right plan to every caller",
            "Thank people who go the extra mile",
        ] {
            assert_ne!(of(text), StaffKind::Nothing, "{text}");
        }
        assert_eq!(of("Nothing I dislike"), StaffKind::Nothing);
    }
}
