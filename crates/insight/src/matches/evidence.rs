//! The three kinds of evidence for a pair, as numbers.

use crate::theme::dot;
use std::collections::BTreeMap;
use throughline_text::matrix::to_unit;

/// What is known of a problem.
#[derive(Clone, Debug, Default)]
pub struct PainSide {
    /// Its centre in the space of the shipped vectors.
    pub centre: Vec<f32>,
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
    /// Its centre in the space of the shipped vectors.
    pub centre: Vec<f32>,
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
    /// How much more of the problem there is where the people behind the fix work than where all who
    /// answered do, as evidence, -1 to 1: what is left after allowing for chance.
    pub evidence: f64,
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
    /// Mean of the three best cosines between central sentences.
    pub sentences: f64,
    /// Place on the chain, -1 (served by others) to 1; `None` where not known.
    pub place: Option<f64>,
    /// Movement over units; `None` under ten units.
    pub movement: Option<Movement>,
}

/// Units a movement needs.
const UNITS_NEEDED: usize = 10;

/// All who answered.
#[derive(Clone, Debug, Default)]
pub struct Everyone {
    /// For each person the steps that the person's role reaches, with credit.
    pub reaches: Vec<BTreeMap<String, f64>>,
    /// Respondents of each unit.
    pub units: BTreeMap<String, f64>,
}

/// The evidence for every pair, by problem, then fix.
pub fn pairs(pains: &[PainSide], levers: &[LeverSide], everyone: &Everyone) -> Vec<Pair> {
    let pain_centres = without_common(pains.iter().map(|pain| &pain.centre));
    let lever_centres = without_common(levers.iter().map(|lever| &lever.centre));
    let mut found = Vec::with_capacity(pains.len() * levers.len());
    for (pain, side) in pains.iter().enumerate() {
        for (lever, other) in levers.iter().enumerate() {
            found.push(Pair {
                pain,
                lever,
                centres: f64::from(dot(&pain_centres[pain], &lever_centres[lever])),
                sentences: best(&side.sentences, &other.sentences, 3),
                place: place(&side.stages, &other.reaches, &everyone.reaches),
                movement: movement(&side.units, &other.units, &everyone.units),
            });
        }
    }
    found
}

/// Takes the mean of all vectors out of each and brings them back to unit length.
fn without_common<'a>(vectors: impl Iterator<Item = &'a Vec<f32>> + Clone) -> Vec<Vec<f32>> {
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

/// How a fix and a problem go together over the units both know.
fn movement(
    pain: &BTreeMap<String, f64>,
    lever: &BTreeMap<String, f64>,
    people: &BTreeMap<String, f64>,
) -> Option<Movement> {
    let both: Vec<[f64; 3]> = pain
        .iter()
        .filter_map(|(unit, x)| Some([*x, *lever.get(unit)?, *people.get(unit)?]))
        .collect();
    if both.len() < UNITS_NEEDED {
        return None;
    }
    let n = both.len() as f64;
    let (mx, my) = (
        both.iter().map(|p| p[0]).sum::<f64>() / n,
        both.iter().map(|p| p[1]).sum::<f64>() / n,
    );
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for [x, y, _] in &both {
        xx += (x - mx).powi(2);
        yy += (y - my).powi(2);
        xy += (x - mx) * (y - my);
    }
    if xx <= 0.0 || yy <= 0.0 {
        return None;
    }
    Some(Movement {
        correlation: (xy / (xx * yy).sqrt()).clamp(-1.0, 1.0),
        units: both.len() as u64,
        // About 2 is hard to get by chance. Squashed to -1..1.
        evidence: (score(&both, mx) / 2.5).tanh(),
    })
}

/// The score test of a fix that each person names with a chance proportional to a power of how often
/// customers name the problem there: the sum over those who name it of the log frequency's distance from
/// its mean over all who answered, in standard errors. Units with few people weigh as few, which a
/// correlation over units doesn't do.
fn score(units: &[[f64; 3]], mean_share: f64) -> f64 {
    // A unit where hardly anybody names it tells no more than one where few do.
    let log = |share: f64| (share + mean_share / 4.0).max(1e-9).ln();
    let people: f64 = units.iter().map(|p| p[2]).sum();
    let over = |weight: &dyn Fn(&[f64; 3]) -> f64| units.iter().map(weight).sum::<f64>();
    let mean = over(&|p| p[2] * log(p[0])) / people.max(1e-9);
    let variance = over(&|p| p[2] * (log(p[0]) - mean).powi(2)) / people.max(1e-9);
    let naming = over(&|p| p[1] * p[2]);
    over(&|p| p[1] * p[2] * (log(p[0]) - mean)) / (naming * variance).sqrt().max(1e-9)
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
        let people = units(20, |_| 12.0);
        let moves = |n: usize, pain: fn(usize) -> f64, lever: fn(usize) -> f64| {
            movement(&units(n, pain), &units(n, lever), &people)
        };
        let share = |x: usize| x as f64 / 40.0;
        assert_eq!(moves(9, share, share), None);
        assert_eq!(moves(20, |_| 1.0, share), None);
        let together = moves(20, share, |x| (x * x) as f64 / 800.0);
        assert!(together.is_some_and(|m| m.correlation > 0.9 && m.evidence > 0.9 && m.units == 20));
        let chance = moves(20, share, |x| ((x * 7) % 5) as f64 / 10.0);
        assert!(chance.is_some_and(|m| m.evidence.abs() < 0.5));
        let against = moves(20, share, |x| (19 - x) as f64 / 40.0);
        assert!(against.is_some_and(|m| m.evidence < -0.9));
    }

    #[test]
    fn a_unit_of_many_people_weighs_as_many() {
        // Where the problem is, one unit of two and one of two hundred; nine without.
        let side = |f: &dyn Fn(usize) -> f64| -> BTreeMap<String, f64> {
            (0..11).map(|at| (format!("u{at:02}"), f(at))).collect()
        };
        let pain = side(&|at| if at < 2 { 0.3 } else { 0.05 });
        let evidence = |naming: usize| {
            let lever = side(&|at| if at == naming { 0.5 } else { 0.1 });
            let people = side(&|at| [2.0, 200.0, 20.0][at.min(2)]);
            movement(&pain, &lever, &people).map_or(0.0, |moves| moves.evidence)
        };
        assert!(
            evidence(1) > evidence(0) + 0.3,
            "{} {}",
            evidence(1),
            evidence(0)
        );
    }

    #[test]
    fn the_score_of_movement_is_that_of_the_formula() {
        // Two units of 10, shares .1 and .3 (mean .2): logs of .15 and .35. Three and seven name it.
        let (low, high) = (0.15f64.ln(), 0.35f64.ln());
        let half = (high - low) / 2.0;
        let expected = (7.0 - 3.0) * half / (10.0 * half * half).sqrt();
        let found = score(&[[0.1, 0.3, 10.0], [0.3, 0.7, 10.0]], 0.2);
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }

    #[test]
    fn each_sentence_counts_once() {
        let (x, y) = (vec![1.0f32, 0.0], vec![0.0f32, 1.0]);
        assert_eq!(best(&[x.clone(), x.clone()], &[x.clone(), y], 3), 0.5);
        assert_eq!(best(&[], &[x], 3), 0.0);
    }
}
