//! Tells fixes apart: which answers of employees speak of the same one.
//!
//! Employees word one fix in ways that share little: "a map that isn't from last year", "let sales see
//! what planners see". What such answers share is who gives them: the roles that meet the cause, and often
//! one person, who names as block what the idea would change. Parts of a fix (answers worded alike) are
//! joined by what they say, by the roles behind them, by people who speak of both and by the customers'
//! problems that their words are nearest to (`join`), the likeliest pair first. Parts of few people then go
//! to the fix they most likely belong to, and each answer is asked which fix it belongs to (`belong`), since
//! a part is joined whole, strays included. Last, what holds two fixes after all is taken apart (`halves`).
//! All rules are logistic, learnt on the sample company with wordings set apart for that
//! (`bench/matching/learn.py`).

mod background;
mod belong;
mod group;
mod halves;
mod join;

use background::Background;

use std::collections::{BTreeMap, BTreeSet};

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Its vector, what is common to all answers taken out; unit length.
    pub vector: Vec<f32>,
    /// Its words with weights, by number; unit length.
    pub words: Vec<(u32, f32)>,
    /// How far it leans to each topic, what is common to all answers taken out; unit length.
    pub leaning: Vec<f32>,
    /// How near it is to each of the customers' problems (`addressed::near`); empty where there are too few.
    pub near: Vec<f64>,
    /// The role of who gave it, by number.
    pub role: Option<u32>,
    /// Who gave it, by number.
    pub person: u32,
    /// The part it is in, by number.
    pub part: u32,
}

/// Share of answers whose role has to be known.
pub const KNOWN: f64 = 0.5;
/// How firmly a fix's roles are expected to be those of all who answered: in answers.
const FIRMNESS: f64 = 8.0;
/// People from which a fix draws answers of others.
const DRAWING: usize = 6;
/// Times that each answer is asked.
const ROUNDS: usize = 2;
/// Share of answers that such fixes have to hold: else the company is too small for them.
const HELD: f64 = 0.8;

/// The fix of each answer, numbered from 0, in the order of their first answers; `everyone` are the
/// answers by role of all who answered. `None` where too few roles are known or all are the same. Joining leaves at
/// least `floor` fixes.
pub fn groups(answers: &[Answer], everyone: &[f64], floor: usize) -> Option<Vec<u32>> {
    let background = Background::new(usual(answers, everyone)?, answers);
    let links = links(answers);
    let mut labels = join::labels(answers, &links, &background, floor);
    for _ in 0..ROUNDS {
        let drawing = drawing(answers, &labels);
        let held = labels.iter().filter(|label| drawing.contains(label));
        if drawing.len() < floor || (held.count() as f64) < HELD * answers.len() as f64 {
            break;
        }
        labels = belong::labels(answers, &links, &background.roles, &labels, &drawing);
    }
    halves::take_apart(answers, &links, &background, &mut labels);
    Some(numbered(&labels))
}

/// The labels of fixes that so many people speak of that they draw answers.
fn drawing(answers: &[Answer], labels: &[u32]) -> Vec<u32> {
    let mut people: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (answer, label) in answers.iter().zip(labels) {
        people.entry(*label).or_default().insert(answer.person);
    }
    people.retain(|_, people| people.len() >= DRAWING);
    people.into_keys().collect()
}

/// The firmly expected answers by role; `None` where roles can't tell anything.
fn usual(answers: &[Answer], everyone: &[f64]) -> Option<Vec<f64>> {
    let known = answers.iter().filter(|answer| answer.role.is_some());
    let several = everyone.iter().filter(|n| **n > 0.0).count() > 1;
    let total: f64 = everyone.iter().sum();
    let enough = !answers.is_empty() && known.count() as f64 >= KNOWN * answers.len() as f64;
    (several && enough).then(|| everyone.iter().map(|n| FIRMNESS * n / total).collect())
}

/// Two answers of one person.
struct Link {
    answers: [usize; 2],
    /// So that an answer's links weigh 1 in all.
    weight: f64,
}

fn links(answers: &[Answer]) -> Vec<Link> {
    let mut by_person: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, answer) in answers.iter().enumerate() {
        by_person.entry(answer.person).or_default().push(at);
    }
    let mut links = Vec::new();
    for its in by_person.values() {
        for (at, other) in its.iter().enumerate() {
            links.extend(its[..at].iter().map(|one| Link {
                answers: [*one, *other],
                weight: 1.0 / (its.len() - 1) as f64,
            }));
        }
    }
    links
}

/// Labels numbered from 0 in the order of their first answers.
fn numbered(labels: &[u32]) -> Vec<u32> {
    let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
    labels
        .iter()
        .map(|label| {
            let next = numbers.len() as u32;
            *numbers.entry(*label).or_insert(next)
        })
        .collect()
}

#[cfg(test)]
mod tests;
