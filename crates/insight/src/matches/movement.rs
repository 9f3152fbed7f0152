//! Whether people speak of a fix where customers have more of the problem.

use std::collections::BTreeMap;

/// Units a movement needs.
const UNITS_NEEDED: usize = 10;
/// Standard errors by which the evidence is divided before it is squashed to -1 to 1: two are hard to get by
/// chance.
const SQUASHED: f64 = 2.5;

/// Who of a unit named a fix.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Behind {
    /// Sum of their weights.
    pub weight: f64,
    /// Sum of the squares of their weights.
    pub squares: f64,
    /// Their share of the unit's respondents, where it has enough of these.
    pub share: Option<f64>,
}

/// How a fix and a problem move together over units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Movement {
    /// Correlation over units with enough respondents.
    pub correlation: f64,
    /// Such units.
    pub units: u64,
    /// How much more of the problem there is where the people behind the fix work than where all who
    /// answered do, as evidence, -1 to 1: what is left after allowing for chance.
    pub evidence: f64,
}

/// How a fix and a problem go together over units: how much more often than expected customers name the
/// problem there, who is behind the fix, and all who answered. `None` under ten units.
pub(super) fn movement(
    pain: &BTreeMap<String, f64>,
    lever: &BTreeMap<String, Behind>,
    people: &BTreeMap<String, f64>,
) -> Option<Movement> {
    // Units of few people are left out altogether: the figure is shown, and must not tell of one person.
    let both: Vec<(f64, Behind, f64)> = pain
        .iter()
        .filter_map(|(unit, x)| Some((*x, *lever.get(unit)?, *people.get(unit)?)))
        .filter(|(_, behind, _)| behind.share.is_some())
        .collect();
    let shares: Vec<[f64; 2]> = both
        .iter()
        .filter_map(|(x, behind, _)| Some([*x, behind.share?]))
        .collect();
    if shares.len() < UNITS_NEEDED {
        return None;
    }
    Some(Movement {
        correlation: correlation(&shares)?,
        units: shares.len() as u64,
        evidence: (score(&both) / SQUASHED).tanh(),
    })
}

fn correlation(pairs: &[[f64; 2]]) -> Option<f64> {
    let n = pairs.len() as f64;
    let mean = |of: usize| pairs.iter().map(|pair| pair[of]).sum::<f64>() / n;
    let means = [mean(0), mean(1)];
    let product = |a: usize, b: usize| -> f64 {
        let of = |pair: &[f64; 2]| (pair[a] - means[a]) * (pair[b] - means[b]);
        pairs.iter().map(of).sum()
    };
    let (xx, yy) = (product(0, 0), product(1, 1));
    (xx > 0.0 && yy > 0.0).then(|| (product(0, 1) / (xx * yy).sqrt()).clamp(-1.0, 1.0))
}

/// The score test of a fix that each person names with a chance proportional to a power of how often
/// customers name the problem there: the weighted sum over those who name it of the log excess's distance
/// from its mean over all who answered, in standard errors. Units with few people weigh as few, which a
/// correlation over units doesn't do.
fn score(units: &[(f64, Behind, f64)]) -> f64 {
    let over = |of: &dyn Fn(&(f64, Behind, f64)) -> f64| units.iter().map(of).sum::<f64>();
    let people = over(&|unit| unit.2).max(1e-9);
    let mean = over(&|unit| unit.2 * unit.0) / people;
    let variance = over(&|unit| unit.2 * (unit.0 - mean).powi(2)) / people;
    let squares = over(&|unit| unit.1.squares);
    over(&|unit| unit.1.weight * (unit.0 - mean)) / (squares * variance).sqrt().max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behind(weight: f64, share: f64) -> Behind {
        Behind {
            weight,
            squares: weight,
            share: Some(share),
        }
    }

    fn units<T>(n: usize, of: impl Fn(usize) -> T) -> BTreeMap<String, T> {
        (0..n).map(|at| (format!("u{at:02}"), of(at))).collect()
    }

    #[test]
    fn movement_needs_ten_units_and_variation() {
        let people = units(20, |_| 12.0);
        let moves = |n: usize, pain: fn(usize) -> f64, lever: fn(usize) -> f64| {
            let lever = units(n, |at| behind(12.0 * lever(at), lever(at)));
            movement(&units(n, pain), &lever, &people)
        };
        let log = |x: usize| (x as f64 - 10.0) / 10.0;
        let share = |x: usize| x as f64 / 40.0;
        assert_eq!(moves(9, log, share), None);
        assert_eq!(moves(20, |_| 1.0, share), None);
        let together = moves(20, log, |x| (x * x) as f64 / 800.0);
        assert!(together.is_some_and(|m| m.correlation > 0.9 && m.evidence > 0.9 && m.units == 20));
        let chance = moves(20, log, |x| ((x * 7) % 5) as f64 / 10.0);
        assert!(chance.is_some_and(|m| m.evidence.abs() < 0.5));
        let against = moves(20, log, |x| (19 - x) as f64 / 40.0);
        assert!(against.is_some_and(|m| m.evidence < -0.9));
    }

    #[test]
    fn units_of_few_people_change_nothing() {
        let pain = units(12, |at| at as f64 / 10.0);
        let people = units(12, |at| if at == 11 { 2.0 } else { 20.0 });
        let evidence = |weight: f64| {
            let lever = units(12, |at| {
                if at == 11 {
                    Behind {
                        share: None,
                        ..behind(weight, 0.0)
                    }
                } else {
                    behind(at as f64, 0.1 * at as f64)
                }
            });
            movement(&pain, &lever, &people)
        };
        assert!(evidence(0.0).is_some());
        assert_eq!(evidence(0.0), evidence(2.0));
    }

    #[test]
    fn a_unit_of_many_people_weighs_as_many() {
        // Where the problem is, one unit of two and one of two hundred; nine without.
        let pain = units(11, |at| if at < 2 { 1.0 } else { 0.0 });
        let of = |at: usize| [2.0, 200.0, 20.0][at.min(2)];
        let evidence = |naming: usize| {
            let share = |at: usize| if at == naming { 0.5 } else { 0.1 };
            let lever = units(11, |at| behind(of(at) * share(at), share(at)));
            movement(&pain, &lever, &units(11, of)).map_or(0.0, |moves| moves.evidence)
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
        // Two units of 10, logs -.2 and .6. Three ideas here, three and two blocks (2 each) there.
        let half: f64 = 0.4;
        let there = Behind {
            weight: 7.0,
            squares: 11.0,
            share: None,
        };
        let expected = (7.0 - 3.0) * half / (14.0 * half * half).sqrt();
        let found = score(&[(-0.2, behind(3.0, 0.3), 10.0), (0.6, there, 10.0)]);
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }
}
