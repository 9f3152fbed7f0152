//! The three kinds of evidence for a pair, as numbers.

use crate::theme::dot;
use std::collections::BTreeMap;

/// What is known of a problem.
#[derive(Clone, Debug, Default)]
pub struct PainSide {
    /// Centres of its parts in the space of the shipped vectors.
    pub centres: Vec<Vec<f32>>,
    /// Vectors of its central sentences.
    pub sentences: Vec<Vec<f32>>,
    /// Share of its comments at each step of the journey.
    pub stages: BTreeMap<String, f64>,
    /// Share of each unit's responses that name it.
    pub units: BTreeMap<String, f64>,
}

/// What is known of a fix.
#[derive(Clone, Debug, Default)]
pub struct LeverSide {
    /// Centres of its parts in the space of the shipped vectors.
    pub centres: Vec<Vec<f32>>,
    /// Vectors of its central sentences.
    pub sentences: Vec<Vec<f32>>,
    /// For each person behind it, the steps of the journey that the person's role reaches, with
    /// credit; people whose role is unknown or reaches nothing are left out.
    pub reaches: Vec<BTreeMap<String, f64>>,
    /// Share of each unit's respondents who named it, for units with enough respondents.
    pub units: BTreeMap<String, f64>,
}

/// How a fix and a problem move together over units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Movement {
    /// Correlation over units.
    pub correlation: f64,
    /// Units.
    pub units: u64,
    /// The correlation as evidence, -1 to 1: what is left after allowing for chance.
    pub evidence: f64,
}

/// The evidence for one pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The problem's number.
    pub pain: usize,
    /// The fix's number.
    pub lever: usize,
    /// Mean of the two best cosines between centres of parts, what is common to all problems and
    /// to all fixes taken out.
    pub centres: f64,
    /// Mean of the three best cosines between central sentences.
    pub sentences: f64,
    /// Place on the chain, -1 (served by others) to 1; `None` where not known.
    pub place: Option<f64>,
    /// Movement over units; `None` under ten units.
    pub movement: Option<Movement>,
}

/// Units a movement needs.
const UNITS_NEEDED: usize = 10;

/// The evidence for every pair, by problem, then fix.
pub fn pairs(
    pains: &[PainSide],
    levers: &[LeverSide],
    everyone: &[BTreeMap<String, f64>],
) -> Vec<Pair> {
    let pain_centres = without_common(pains.iter().map(|pain| &pain.centres));
    let lever_centres = without_common(levers.iter().map(|lever| &lever.centres));
    let mut found = Vec::with_capacity(pains.len() * levers.len());
    for (pain, side) in pains.iter().enumerate() {
        for (lever, other) in levers.iter().enumerate() {
            found.push(Pair {
                pain,
                lever,
                centres: best(&pain_centres[pain], &lever_centres[lever], 2),
                sentences: best(&side.sentences, &other.sentences, 3),
                place: place(&side.stages, &other.reaches, everyone),
                movement: movement(&side.units, &other.units),
            });
        }
    }
    found
}

/// Takes the mean of all vectors out of each and brings them back to unit length.
fn without_common<'a>(
    groups: impl Iterator<Item = &'a Vec<Vec<f32>>> + Clone,
) -> Vec<Vec<Vec<f32>>> {
    let vectors = groups.clone().flatten();
    let count = vectors.clone().count();
    let Some(first) = vectors.clone().next() else {
        return groups.map(|_| Vec::new()).collect();
    };
    let mut mean = vec![0.0f32; first.len()];
    for vector in vectors {
        for (sum, x) in mean.iter_mut().zip(vector) {
            *sum += x / count as f32;
        }
    }
    // Of one or two things the mean is nearly the things themselves: leave it in.
    let weight = if count < 4 { 0.0 } else { 1.0 };
    let moved = |vector: &Vec<f32>| {
        let moved: Vec<f32> = vector
            .iter()
            .zip(&mean)
            .map(|(x, m)| x - weight * m)
            .collect();
        let length = dot(&moved, &moved).sqrt().max(1e-9);
        moved.iter().map(|x| x / length).collect()
    };
    groups
        .map(|group| group.iter().map(moved).collect())
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

/// How much more the people behind a fix serve the steps where a problem is felt than everyone
/// who answered does: the difference of mean credits, -1 to 1.
pub fn place(
    stages: &BTreeMap<String, f64>,
    reaches: &[BTreeMap<String, f64>],
    everyone: &[BTreeMap<String, f64>],
) -> Option<f64> {
    if stages.is_empty() || reaches.is_empty() || everyone.is_empty() {
        return None;
    }
    let credit = |people: &[BTreeMap<String, f64>]| {
        let of = |reach: &BTreeMap<String, f64>| {
            // Credits of one person are brought to a sum of 1, so that nearness to the customer
            // as such counts neither for nor against.
            let total: f64 = reach.values().sum();
            if total <= 0.0 {
                return 0.0;
            }
            stages
                .iter()
                .map(|(stage, share)| share * reach.get(stage).unwrap_or(&0.0) / total)
                .sum()
        };
        people.iter().map(of).sum::<f64>() / people.len() as f64
    };
    let (theirs, all) = (credit(reaches), credit(everyone));
    let largest = theirs.max(all).max(1e-9);
    Some(((theirs - all) / largest).clamp(-1.0, 1.0))
}

/// Correlation over the units both know.
fn movement(pain: &BTreeMap<String, f64>, lever: &BTreeMap<String, f64>) -> Option<Movement> {
    let both: Vec<(f64, f64)> = pain
        .iter()
        .filter_map(|(unit, x)| lever.get(unit).map(|y| (*x, *y)))
        .collect();
    if both.len() < UNITS_NEEDED {
        return None;
    }
    let n = both.len() as f64;
    let (mx, my) = (
        both.iter().map(|p| p.0).sum::<f64>() / n,
        both.iter().map(|p| p.1).sum::<f64>() / n,
    );
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in &both {
        xx += (x - mx).powi(2);
        yy += (y - my).powi(2);
        xy += (x - mx) * (y - my);
    }
    if xx <= 0.0 || yy <= 0.0 {
        return None;
    }
    let correlation = (xy / (xx * yy).sqrt()).clamp(-1.0, 1.0);
    // Fisher's z over its standard error: about 2 is hard to get by chance. Squashed to -1..1.
    let z = correlation.clamp(-0.999, 0.999).atanh() * (n - 3.0).sqrt();
    Some(Movement {
        correlation,
        units: both.len() as u64,
        evidence: (z / 2.5).tanh(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stages(parts: &[(&str, f64)]) -> BTreeMap<String, f64> {
        parts
            .iter()
            .map(|(stage, share)| ((*stage).to_owned(), *share))
            .collect()
    }

    #[test]
    fn people_who_serve_the_step_speak_for_the_pair() {
        let everyone = [stages(&[("bill", 1.0)]), stages(&[("visit", 1.0)])];
        let felt = stages(&[("bill", 1.0)]);
        assert_eq!(place(&felt, &everyone[..1], &everyone), Some(0.5));
        assert_eq!(place(&felt, &everyone[1..], &everyone), Some(-1.0));
        assert_eq!(place(&felt, &[], &everyone), None);
    }

    #[test]
    fn movement_needs_ten_units_and_variation() {
        let units = |n: usize, f: fn(usize) -> f64| -> BTreeMap<String, f64> {
            (0..n).map(|at| (format!("u{at:02}"), f(at))).collect()
        };
        assert_eq!(
            movement(&units(9, |x| x as f64), &units(9, |x| x as f64)),
            None
        );
        assert_eq!(
            movement(&units(20, |_| 1.0), &units(20, |x| x as f64)),
            None
        );
        let together = movement(&units(20, |x| x as f64), &units(20, |x| (x * x) as f64));
        assert!(together.is_some_and(|m| m.correlation > 0.9 && m.evidence > 0.9 && m.units == 20));
        let chance = movement(
            &units(20, |x| x as f64),
            &units(20, |x| ((x * 7) % 5) as f64),
        );
        assert!(chance.is_some_and(|m| m.evidence.abs() < 0.5));
    }

    #[test]
    fn each_sentence_counts_once() {
        let (x, y) = (vec![1.0f32, 0.0], vec![0.0f32, 1.0]);
        assert_eq!(best(&[x.clone(), x.clone()], &[x.clone(), y], 3), 0.5);
        assert_eq!(best(&[], &[x], 3), 0.0);
    }
}
