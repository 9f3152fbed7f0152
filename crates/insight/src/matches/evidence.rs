//! The evidence for a pair, as numbers.

use super::bridge::known;
use super::movement::{Behind, Movement, movement};
use super::place::{Serving, place};
use super::words::{Spoken, shared};
use crate::theme::dot;
use std::collections::BTreeMap;
use throughline_text::matrix::to_unit;

/// What is known of a problem.
#[derive(Clone, Debug, Default)]
pub struct PainSide {
    /// Its centre in the space of the shipped vectors.
    pub centre: Vec<f32>,
    /// How far its texts lean to each topic, on average.
    pub profile: Vec<f32>,
    /// Its words.
    pub spoken: Spoken,
    /// Vectors of its central sentences.
    pub sentences: Vec<Vec<f32>>,
    /// Share of its comments at each step of the journey.
    pub stages: BTreeMap<String, f64>,
    /// For each unit the log of how much more often its customers name it than its steps let one expect.
    pub units: BTreeMap<String, f64>,
}

/// What is known of a fix.
#[derive(Clone, Debug, Default)]
pub struct LeverSide {
    /// Its centre in the space of the shipped vectors.
    pub centre: Vec<f32>,
    /// How far its texts lean to each topic, on average.
    pub profile: Vec<f32>,
    /// Its words.
    pub spoken: Spoken,
    /// Vectors of its central sentences.
    pub sentences: Vec<Vec<f32>>,
    /// People behind it.
    pub people: usize,
    /// The same by role.
    pub roles: BTreeMap<String, f64>,
    /// Who of each unit named it.
    pub units: BTreeMap<String, Behind>,
}

/// The evidence for one pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The problem's number.
    pub pain: usize,
    /// The fix's number.
    pub lever: usize,
    /// Cosine of their centres, what is common to all problems and to all fixes taken out.
    pub centres: f64,
    /// How far the two are known to go together, from examples of other companies.
    pub bridge: f64,
    /// Cosine of what sets the topics they speak of apart from other problems' and other fixes'.
    pub topics: f64,
    /// How far customers and employees use the same words here, of those that few problems and few fixes
    /// are told in, 0 to 1.
    pub words: f64,
    /// Mean of the three best cosines between central sentences.
    pub sentences: f64,
    /// Place on the chain, -1 (others serve the step) to 1; `None` where not known.
    pub place: Option<f64>,
    /// Movement over units; `None` under ten units.
    pub movement: Option<Movement>,
    /// How far what employees expect of the fix speaks for it: log-odds added to the chance; `None` where nobody voted,
    /// or before votes are brought in.
    pub expected: Option<f64>,
}

/// All who answered.
#[derive(Clone, Debug, Default)]
pub struct Everyone {
    /// The roles of those whose role is known and reaches some step.
    pub roles: BTreeMap<String, Serving>,
    /// Respondents of each unit.
    pub units: BTreeMap<String, f64>,
}

/// The evidence for every pair, by problem, then fix.
pub fn pairs(pains: &[PainSide], levers: &[LeverSide], everyone: &Everyone) -> Vec<Pair> {
    let pain_centres = without_common(pains.iter().map(|pain| &pain.centre));
    let lever_centres = without_common(levers.iter().map(|lever| &lever.centre));
    let pain_topics = without_common(pains.iter().map(|pain| &pain.profile));
    let lever_topics = without_common(levers.iter().map(|lever| &lever.profile));
    let words = shared(
        pains.iter().map(|pain| &pain.spoken),
        levers.iter().map(|lever| &lever.spoken),
    );
    let mut found = Vec::with_capacity(pains.len() * levers.len());
    for (pain, side) in pains.iter().enumerate() {
        for (lever, other) in levers.iter().enumerate() {
            found.push(Pair {
                pain,
                lever,
                centres: f64::from(dot(&pain_centres[pain], &lever_centres[lever])),
                bridge: known(&pain_centres[pain], &lever_centres[lever]),
                topics: f64::from(dot(&pain_topics[pain], &lever_topics[lever])),
                words: words[pain][lever],
                sentences: best(&side.sentences, &other.sentences, 3),
                place: place(&side.stages, &other.roles, &everyone.roles),
                movement: movement(&side.units, &other.units, &everyone.units),
                expected: None,
            });
        }
    }
    found
}

/// Takes the mean of all vectors out of each and brings them back to unit length.
pub(crate) fn without_common<'a>(
    vectors: impl Iterator<Item = &'a Vec<f32>> + Clone,
) -> Vec<Vec<f32>> {
    let count = vectors.clone().count();
    let mut mean = vec![0.0f32; vectors.clone().next().map_or(0, Vec::len)];
    // Of one or two things the mean is nearly the things themselves: leave it in.
    let weight = if count < 4 { 0.0 } else { 1.0 / count as f32 };
    for vector in vectors.clone() {
        for (sum, x) in mean.iter_mut().zip(vector) {
            *sum += x * weight;
        }
    }
    vectors
        .map(|vector| {
            let mut moved: Vec<f32> = vector.iter().zip(&mean).map(|(x, m)| x - m).collect();
            to_unit(&mut moved);
            moved
        })
        .collect()
}

/// Mean of the best cosines, each vector used once at most on either side.
fn best(a: &[Vec<f32>], b: &[Vec<f32>], count: usize) -> f64 {
    let mut all: Vec<(f32, usize, usize)> = Vec::with_capacity(a.len() * b.len());
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            all.push((dot(x, y), i, j));
        }
    }
    all.sort_by(|p, q| {
        q.0.total_cmp(&p.0)
            .then_with(|| (p.1, p.2).cmp(&(q.1, q.2)))
    });
    let mut taken: Vec<(f32, usize, usize)> = Vec::new();
    for candidate in all {
        if taken.len() == count {
            break;
        }
        if taken
            .iter()
            .all(|t| t.1 != candidate.1 && t.2 != candidate.2)
        {
            taken.push(candidate);
        }
    }
    if taken.is_empty() {
        return 0.0;
    }
    taken.iter().map(|t| f64::from(t.0)).sum::<f64>() / taken.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sentence_counts_once() {
        let (x, y) = (vec![1.0f32, 0.0], vec![0.0f32, 1.0]);
        assert_eq!(best(&[x.clone(), x.clone()], &[x.clone(), y], 3), 0.5);
        assert_eq!(best(&[], &[x], 3), 0.0);
    }
}
