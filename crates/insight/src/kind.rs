//! The classifiers that tell what kind of thing a text says, and what an employee's answer is: a fix or a need.
//! (What a customer's comment is: `tone`.)
//!
//! Decided from the words alone, an employee's answer by those of the company's customers, too: what speaks of
//! their problems is rather a fix. The two classifiers are fitted on short sentences of our own making (`seeds/`),
//! so they know no customer's or employee's text.

mod nearness;

use crate::idioms;
use nearness::with_nearness;
use std::sync::OnceLock;
use throughline_text::classify::Classifier;
use throughline_text::empty::says_nothing;
use throughline_text::matrix;
use throughline_text::neighbours::{SparseRows, nearest};
use throughline_text::sentences::word_count;
use throughline_text::vectors::Vectors;

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

/// Words up to which an employee's praise of the company is no answer, and how clear it must be.
const MERE: usize = 7;
const MERE_PRAISE: f64 = 0.985;
/// Log-odds from which an employee's text is a lever.
const LEVER: f64 = 0.0;
/// Neighbours that have a say, by the cubes of their cosines; the say of a text's own words; and how often it
/// is passed on. A text that is like no other is judged by its own words.
const NEIGHBOURS: usize = 20;
const OWN: f64 = 0.2;
const ROUNDS: usize = 10;
/// Texts up to which neighbours are looked for: it takes time that grows with their square.
pub const NEIGHBOURS_UP_TO: usize = 20_000;
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

    /// Probability that a customer's text is praise, problems and praise being as likely beforehand.
    pub(crate) fn even_praise(&self, text: &str) -> f64 {
        self.tone.probabilities(text)[1]
    }

    /// Probability that an employee's text alone is a lever, not a need.
    pub fn lever(&self, text: &str) -> f64 {
        self.staff.probabilities(text)[1]
    }

    /// "All good here", "nothing I dislike", where a fix or a block was asked for.
    fn is_mere_praise(&self, text: &str) -> bool {
        // "Go the extra mile for every caller" is an idea: set phrases don't count here.
        let own = || self.even_praise(text);
        idioms::denies(text)
            || idioms::praises_the_company(text)
            || (word_count(text) <= MERE && own() >= MERE_PRAISE)
    }

    /// What employees' texts say. A text's own words decide together with those of its nearest
    /// neighbours among the texts: colleagues who speak of the same thing mean the same kind of
    /// thing, and some of them say it more plainly. `near` is how near each text is to the problem of customers that
    /// it is nearest to; empty where that isn't known.
    pub fn staff(&self, texts: &[&str], near: &[f64]) -> Vec<StaffKind> {
        let own: Vec<f64> = self
            .staff
            .probabilities_all(texts)
            .iter()
            .map(|p| (p[1].max(1e-4) / p[0].max(1e-4)).ln())
            .collect();
        let mut vectors = Vectors::shipped().embed_all(texts);
        let neighbours = neighbours(&mut vectors);
        let says: Vec<bool> = texts.iter().map(|text| self.says_something(text)).collect();
        let said = smoothed(&own, &neighbours);
        let known = near.len() == texts.len() && !neighbours.is_empty();
        let both = known
            .then(|| with_nearness(&said, &smoothed(near, &neighbours), &says))
            .flatten();
        let log_odds = both.unwrap_or(said);
        says.into_iter()
            .zip(log_odds)
            .map(|(says, log_odds)| match says {
                false => StaffKind::Nothing,
                true if log_odds >= LEVER => StaffKind::Lever,
                true => StaffKind::Need,
            })
            .collect()
    }

    fn says_something(&self, text: &str) -> bool {
        !says_nothing(text) && !idioms::says_as_good_as_nothing(text) && !self.is_mere_praise(text)
    }
}

/// Means of each text's own figure and of its neighbours', by the cubes of their cosines, passed on.
fn smoothed(own: &[f64], neighbours: &[Vec<(u32, f32)>]) -> Vec<f64> {
    let say = |cosine: f32| f64::from(cosine.max(0.0)).powi(3);
    let mut smooth = own.to_vec();
    for _ in 0..ROUNDS {
        smooth = (0..own.len())
            .map(|at| {
                let near = neighbours.get(at).map_or(&[][..], Vec::as_slice);
                let (mut sum, mut total) = (OWN * own[at], OWN);
                for (other, cosine) in near {
                    sum += say(*cosine) * smooth[*other as usize];
                    total += say(*cosine);
                }
                sum / total
            })
            .collect();
    }
    smooth
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idea_with_a_set_phrase_is_an_answer() {
        let kinds = Kinds::shipped();
        let of = |text| kinds.staff(&[text], &[])[0];
        for text in [
            "Train everyone to go above and beyond",
            "Recommend the right plan to every caller",
            "Thank people who go the extra mile",
        ] {
            assert_ne!(of(text), StaffKind::Nothing, "{text}");
        }
        assert_eq!(of("Nothing I dislike"), StaffKind::Nothing);
    }

    #[test]
    fn what_customers_speak_of_tells_a_fix_from_a_need() {
        let kinds = Kinds::shipped();
        let fixes = [
            "Send a text when the engineer is late",
            "Put the guide into the box",
            "Show fees on the first page",
            "Ring customers back the same day",
        ];
        let needs = [
            "Better pay for everyone here",
            "Fewer weekend shifts for us",
            "More annual leave for staff",
            "A canteen in our building",
        ];
        let unclear = "Plan the rounds with some slack";
        let mut texts: Vec<String> = Vec::new();
        for (fix, need) in fixes.iter().zip(&needs) {
            // Each said by ten people.
            texts.extend((0..10).flat_map(|n| [format!("{fix} {n}"), format!("{need} {n}")]));
        }
        texts.push(unclear.to_owned());
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let of = |near: f64| {
            let nearness = |at: usize| match at {
                80 => near,
                at if at % 2 == 0 => 0.9 + 0.01 * (at % 7) as f64,
                at => 0.2 + 0.01 * (at % 7) as f64,
            };
            let nearness: Vec<f64> = (0..texts.len()).map(nearness).collect();
            kinds.staff(&texts, &nearness)[80]
        };
        assert_eq!(of(0.9), StaffKind::Lever);
        assert_eq!(of(0.2), StaffKind::Need);
    }
}
