//! What employees expect to help customers, as evidence for matches: a fix that they expect much of is likelier to answer
//! a large problem than a small one.
//!
//! Nobody knows beforehand how well those who vote know customers. So the votes are believed as far as they agree with
//! customers' own figures in this company. Opinions on fixes are taken to go with the root of what is in play for them,
//! with a correlation r that is learnt beside the matches: each fix answers some of its likeliest problems (which of
//! them is a mixture over all their subsets, with the chances said so far), r has a prior that falls from 0 to nothing
//! at 1, and chances are averaged over what r may be. Employees who know nothing change little by their votes; points
//! aren't touched by them at all.

use super::Pair;
use crate::voted::Opinion;
use std::collections::BTreeMap;
use throughline_domain::Estimate;
use throughline_domain::estimate::Reason;

/// Problems of a fix whose subsets are weighed: the likeliest to bring it points.
const LIKELIEST: usize = 8;
/// Chance from which a problem is one of them.
const LEAST: f64 = 0.01;
/// Fixes voted on from which it can be learnt how far votes agree with customers.
const FIXES_NEEDED: usize = 10;
/// Correlations that are weighed: the middles of so many equal parts of 0 to 1.
const CORRELATIONS: usize = 50;
/// Changes of a chance aren't said to be larger, in log-odds.
const MOST: f64 = 5.0;

/// Brings votes into the scores of pairs and writes into each pair how far they speak for it. `sizes[pain]` are
/// problems' sizes and `opinions[lever]` employees' opinions, where known. Answers how far votes agree with customers'
/// figures: a correlation over fixes, 0 to 1.
///
/// # Errors
/// If too few fixes that may answer something were voted on, or opinions or sizes don't differ: nothing is changed then.
pub fn believed(
    pairs: &mut [Pair],
    scores: &mut [f64],
    sizes: &[Option<f64>],
    opinions: &[Option<Opinion>],
) -> Result<Estimate, Reason> {
    let fixes = Fix::all(pairs, scores, sizes, opinions);
    if fixes.len() < FIXES_NEEDED {
        return Err(Reason::TooFewFixes {
            n: fixes.len(),
            needed: FIXES_NEEDED,
        });
    }
    let scale = Scale::of(&fixes).ok_or(Reason::NoMoreThanChance)?;
    let weighed: Vec<Weighed> = (0..CORRELATIONS)
        .map(|part| scale.weigh(&fixes, (part as f64 + 0.5) / CORRELATIONS as f64))
        .collect();
    let most = weighed
        .iter()
        .fold(f64::NEG_INFINITY, |most, one| most.max(one.log_weight));
    let weights: Vec<f64> = weighed
        .iter()
        .map(|one| (one.log_weight - most).exp())
        .collect();
    let all: f64 = weights.iter().sum();
    for (at, fix) in fixes.iter().enumerate() {
        for (place, pair) in fix.pairs.iter().enumerate() {
            let chances = weighed.iter().map(|one| one.chances[at][place]);
            let chance: f64 = chances.zip(&weights).map(|(p, w)| p * w).sum::<f64>() / all;
            let chance = chance.clamp(0.0, 1.0);
            let before = log_odds(scores[*pair]);
            pairs[*pair].expected = Some((log_odds(chance) - before).clamp(-MOST, MOST));
            scores[*pair] = chance;
        }
    }
    let correlations = weighed.iter().map(|one| one.correlation);
    let value = correlations.zip(&weights).map(|(r, w)| r * w).sum::<f64>() / all;
    let quantile = |share: f64| {
        let mut sum = 0.0;
        let mut steps = weighed.iter().zip(&weights);
        let reached = steps.find(|(_, weight)| {
            sum += *weight / all;
            sum >= share
        });
        reached.map_or(1.0, |(one, _)| one.correlation)
    };
    Ok(Estimate::with_interval(
        value,
        quantile(0.025),
        quantile(0.975),
        fixes.len() as u64,
        "correlation of votes with what is in play, matches uncertain (posterior mean)",
    ))
}

fn log_odds(chance: f64) -> f64 {
    let chance = chance.clamp(1e-9, 1.0 - 1e-9);
    (chance / (1.0 - chance)).ln()
}

/// A fix that was voted on, and what it may answer.
struct Fix {
    opinion: Opinion,
    /// Its likeliest pairs.
    pairs: Vec<usize>,
    /// Subsets of them: which (a bit each), chance, and root of what is then in play.
    subsets: Vec<(u32, f64, f64)>,
}

impl Fix {
    fn all(
        pairs: &[Pair],
        scores: &[f64],
        sizes: &[Option<f64>],
        opinions: &[Option<Opinion>],
    ) -> Vec<Self> {
        let mut by_fix: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
        for (at, pair) in pairs.iter().enumerate() {
            let size = sizes.get(pair.pain).copied().flatten();
            if let Some(size) = size.filter(|_| scores[at] >= LEAST) {
                by_fix
                    .entry(pair.lever)
                    .or_default()
                    .push((at, size.max(0.0)));
            }
        }
        let of = |(lever, mut likely): (usize, Vec<(usize, f64)>)| {
            let opinion = opinions.get(lever).copied().flatten()?;
            let brings = |one: &(usize, f64)| scores[one.0] * one.1;
            likely.sort_by(|a, b| brings(b).total_cmp(&brings(a)).then(a.0.cmp(&b.0)));
            likely.truncate(LIKELIEST);
            let mut subsets = vec![(0u32, 1.0, 0.0)];
            for (place, (pair, size)) in likely.iter().enumerate() {
                let chance = scores[*pair];
                let with = subsets
                    .iter()
                    .map(|(which, p, points)| (which | 1 << place, p * chance, points + size));
                let with: Vec<_> = with.collect();
                subsets.iter_mut().for_each(|(_, p, _)| *p *= 1.0 - chance);
                subsets.extend(with);
            }
            for (_, _, points) in &mut subsets {
                *points = f64::sqrt(*points);
            }
            Some(Self {
                opinion,
                pairs: likely.into_iter().map(|(pair, _)| pair).collect(),
                subsets,
            })
        };
        by_fix.into_iter().filter_map(of).collect()
    }
}

/// How opinions and roots of what is in play are spread over fixes.
struct Scale {
    /// Mean and variance of opinions, chance among voters taken out.
    opinion: (f64, f64),
    /// Mean and standard deviation of the roots.
    root: (f64, f64),
}

/// What a correlation makes of the fixes.
struct Weighed {
    correlation: f64,
    /// Log of its prior and likelihood.
    log_weight: f64,
    /// Chances of each fix's likeliest pairs.
    chances: Vec<Vec<f64>>,
}

impl Scale {
    fn of(fixes: &[Fix]) -> Option<Self> {
        let n = fixes.len() as f64;
        let (mean, variance) = spread(fixes);
        let moment = |power: i32| {
            let of = |fix: &Fix| -> f64 {
                let subsets = fix.subsets.iter();
                subsets.map(|(_, p, root)| p * root.powi(power)).sum()
            };
            fixes.iter().map(of).sum::<f64>() / n
        };
        let root = moment(1);
        let sd = (moment(2) - root * root).max(0.0).sqrt();
        (variance > 0.0 && sd > 0.0).then_some(Self {
            opinion: (mean, variance),
            root: (root, sd),
        })
    }

    fn weigh(&self, fixes: &[Fix], correlation: f64) -> Weighed {
        let (mean, variance) = self.opinion;
        let slope = correlation * variance.sqrt() / self.root.1;
        let left = (1.0 - correlation * correlation) * variance;
        let mut log_weight = (1.0 - correlation).ln();
        let chances = fixes
            .iter()
            .map(|fix| {
                let spread = left + fix.opinion.variance;
                let logs = fix.subsets.iter().map(|(_, p, root)| {
                    let off = fix.opinion.log_odds - mean - slope * (root - self.root.0);
                    p.ln() - 0.5 * (off * off / spread + spread.ln())
                });
                let logs: Vec<f64> = logs.collect();
                let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let all: f64 = logs.iter().map(|log| (log - most).exp()).sum();
                log_weight += most + all.ln();
                let mut chances = vec![0.0; fix.pairs.len()];
                for ((which, _, _), log) in fix.subsets.iter().zip(&logs) {
                    let weight = (log - most).exp() / all;
                    for (place, chance) in chances.iter_mut().enumerate() {
                        if which >> place & 1 == 1 {
                            *chance += weight;
                        }
                    }
                }
                chances
            })
            .collect();
        Weighed {
            correlation,
            log_weight,
            chances,
        }
    }
}

/// Mean of opinions and their variance over fixes, chance among voters taken out: each weighs by how sure it is (DerSimonian
/// & Laird 1986).
fn spread(fixes: &[Fix]) -> (f64, f64) {
    let sum = |of: &dyn Fn(&Opinion) -> f64| fixes.iter().map(|fix| of(&fix.opinion)).sum::<f64>();
    let all = sum(&|one| 1.0 / one.variance);
    let mean = sum(&|one| one.log_odds / one.variance) / all;
    let squares = sum(&|one| (one.log_odds - mean).powi(2) / one.variance);
    let left = all - sum(&|one| 1.0 / (one.variance * one.variance)) / all;
    (mean, (squares - (fixes.len() as f64 - 1.0)) / left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, RngExt};
    use rand_distr::{Distribution, StandardNormal};
    use throughline_stats::random::generator;

    fn pair(lever: usize, pain: usize) -> Pair {
        Pair {
            pain,
            lever,
            centres: 0.0,
            bridge: 0.0,
            topics: 0.0,
            words: 0.0,
            sentences: 0.0,
            place: None,
            movement: None,
            expected: None,
        }
    }

    /// Every pair of so many fixes and problems, by fix, and their chances.
    fn all(
        fixes: usize,
        problems: usize,
        chance: impl Fn(usize, usize) -> f64,
    ) -> (Vec<Pair>, Vec<f64>) {
        let both = (0..fixes).flat_map(|fix| (0..problems).map(move |problem| (fix, problem)));
        both.map(|(fix, problem)| (pair(fix, problem), chance(fix, problem)))
            .unzip()
    }

    #[test]
    fn chances_and_agreement_are_those_of_the_same_integrals() {
        // tools/reference/believed.py: scipy's quadrature. A grid of fiftieths is this near.
        let chance =
            |fix: usize, problem: usize| 0.05 + 0.9 * ((7 * fix + 5 * problem) % 11) as f64 / 11.0;
        let opinion = |fix: usize| Opinion {
            log_odds: 2.0 * (chance(fix, 0) - 0.5) + (((5 * fix) % 12) as f64 - 5.5) / 8.0,
            variance: 0.05 + 0.01 * fix as f64,
        };
        let (mut pairs, mut scores) = all(12, 3, chance);
        let opinions: Vec<_> = (0..12).map(|fix| Some(opinion(fix))).collect();
        let sizes = [Some(0.09), Some(0.04), Some(0.01)];
        let agreement = believed(&mut pairs, &mut scores, &sizes, &opinions).expect("learnt");
        let ends = agreement.ends().expect("an interval");
        let near = |found: f64, expected: f64, by: f64| {
            assert!((found - expected).abs() < by, "{found} for {expected}");
        };
        near(agreement.value, AGREEMENT[0], 2e-3);
        near(ends.low, AGREEMENT[1], 0.011);
        near(ends.high, AGREEMENT[2], 0.011);
        assert_eq!(agreement.n, 12);
        for (fix, problem, after) in AFTER {
            let at = fix * 3 + problem;
            near(scores[at], after, 1e-3);
            let added = log_odds(after) - log_odds(chance(fix, problem));
            near(pairs[at].expected.unwrap_or(f64::NAN), added, 0.02);
        }
    }

    const AGREEMENT: [f64; 3] = [0.586_502, 0.057_609, 0.942_777];
    const AFTER: [(usize, usize, f64); 4] = [
        (0, 0, 0.009_282),
        (3, 0, 0.938_446),
        (6, 1, 0.339_009),
        (11, 2, 0.879_771),
    ];

    /// A company's worth of fixes whose truth and votes follow the model.
    struct MadeUp {
        correlation: f64,
        /// Whether each pair holds.
        holds: Vec<bool>,
        pairs: Vec<Pair>,
        scores: Vec<f64>,
        sizes: Vec<Option<f64>>,
        opinions: Vec<Option<Opinion>>,
    }

    fn made_up(random: &mut impl Rng) -> MadeUp {
        const FIXES: usize = 25;
        const PROBLEMS: usize = 5;
        // The prior: falling from 0 to nothing at 1.
        let correlation = 1.0 - random.random::<f64>().sqrt();
        let sizes: Vec<f64> = (0..PROBLEMS)
            .map(|_| 0.1 * random.random::<f64>().powi(2))
            .collect();
        let chances: Vec<f64> = (0..FIXES * PROBLEMS)
            .map(|_| random.random::<f64>().powi(2))
            .collect();
        let (pairs, scores) = all(FIXES, PROBLEMS, |fix, problem| {
            chances[fix * PROBLEMS + problem]
        });
        let holds: Vec<bool> = scores
            .iter()
            .map(|chance| random.random::<f64>() < *chance)
            .collect();
        let roots: Vec<f64> = (0..FIXES)
            .map(|fix| {
                let points = (0..PROBLEMS).filter(|problem| holds[fix * PROBLEMS + problem]);
                points.map(|problem| sizes[problem]).sum::<f64>().sqrt()
            })
            .collect();
        let mean = roots.iter().sum::<f64>() / FIXES as f64;
        let sd =
            (roots.iter().map(|root| (root - mean).powi(2)).sum::<f64>() / FIXES as f64).sqrt();
        let mut normal = || -> f64 { StandardNormal.sample(random) };
        let opinions = roots
            .iter()
            .map(|root| {
                let own = (1.0 - correlation * correlation).sqrt() * normal();
                let variance = 0.08;
                Some(Opinion {
                    log_odds: correlation * (root - mean) / sd
                        + own
                        + f64::sqrt(variance) * normal(),
                    variance,
                })
            })
            .collect();
        let sizes = sizes.into_iter().map(Some).collect();
        MadeUp {
            correlation,
            holds,
            pairs,
            scores,
            sizes,
            opinions,
        }
    }

    #[test]
    fn votes_that_know_are_believed_and_others_are_not() {
        let mut random = generator(1, "votes in made-up companies");
        const COMPANIES: usize = 120;
        let (mut covered, mut told) = (0, 0.0);
        let mut gained = [0.0, 0.0];
        for _ in 0..COMPANIES {
            let MadeUp {
                correlation,
                holds,
                mut pairs,
                mut scores,
                sizes,
                opinions,
            } = made_up(&mut random);
            let before = scores.clone();
            let agreement = believed(&mut pairs, &mut scores, &sizes, &opinions).expect("learnt");
            let ends = agreement.ends().expect("an interval");
            covered += usize::from(ends.low <= correlation && correlation <= ends.high);
            told += agreement.value - correlation;
            // How much likelier the truth has become.
            let said = |chances: &[f64]| -> f64 {
                let of = |(chance, holds): (&f64, &bool)| {
                    if *holds {
                        chance.ln()
                    } else {
                        (1.0 - chance).ln()
                    }
                };
                chances.iter().zip(&holds).map(of).sum()
            };
            gained[usize::from(correlation > 0.5)] += said(&scores) - said(&before);
        }
        // Binomial, 120 of .95: two and a half standard errors are .05.
        let covered = covered as f64 / COMPANIES as f64;
        assert!((0.90..=0.99).contains(&covered), "{covered}");
        assert!((told / COMPANIES as f64).abs() < 0.05, "{told}");
        // Of those who know (a quarter of the companies) much is learnt; by the others little is lost.
        assert!(gained[1] > 30.0, "{gained:?}");
        assert!(gained[0] > -10.0, "{gained:?}");
    }

    #[test]
    fn nothing_changes_where_it_cannot_be_learnt() {
        let (mut pairs, mut scores) = all(12, 3, |fix, _| 0.3 + 0.03 * fix as f64);
        let same = (pairs.clone(), scores.clone());
        let opinion = |log_odds: f64| {
            Some(Opinion {
                log_odds,
                variance: 0.1,
            })
        };
        let sizes = [Some(0.09), None, Some(0.01)];
        let mut check = |sizes: &[Option<f64>], opinions: &[Option<Opinion>], why: Reason| {
            let found = believed(&mut pairs, &mut scores, sizes, opinions);
            assert_eq!(found, Err(why));
            assert_eq!((pairs.clone(), scores.clone()), same);
        };
        check(
            &sizes,
            &[None; 12],
            Reason::TooFewFixes { n: 0, needed: 10 },
        );
        let mut nine = vec![None; 12];
        for (at, one) in nine.iter_mut().take(9).enumerate() {
            *one = opinion(at as f64);
        }
        check(&sizes, &nine, Reason::TooFewFixes { n: 9, needed: 10 });
        check(&sizes, &[opinion(0.4); 12], Reason::NoMoreThanChance);
        let differing: Vec<_> = (0..12).map(|at| opinion(at as f64)).collect();
        check(&[Some(0.0); 3], &differing, Reason::NoMoreThanChance);
        check(
            &[None; 3],
            &differing,
            Reason::TooFewFixes { n: 0, needed: 10 },
        );
        check(&[], &differing, Reason::TooFewFixes { n: 0, needed: 10 });
    }

    #[test]
    fn what_is_certain_stays_and_unlikely_problems_are_left_alone() {
        let opinions: Vec<_> = (0..12)
            .map(|at| {
                Some(Opinion {
                    log_odds: f64::from(at) / 3.0,
                    variance: 0.1,
                })
            })
            .collect();
        let (mut pairs, mut scores) = all(12, 3, |fix, problem| match problem {
            0 => fix as f64 / 11.0,
            1 => 0.005,
            _ => 0.4,
        });
        let before = scores.clone();
        believed(
            &mut pairs,
            &mut scores,
            &[Some(0.09), Some(0.09), Some(0.01)],
            &opinions,
        )
        .expect("learnt");
        let at = |fix: usize, problem: usize| fix * 3 + problem;
        assert_eq!(scores[at(11, 0)], 1.0);
        for fix in 0..12 {
            assert_eq!(scores[at(fix, 1)], before[at(fix, 1)]);
            assert_eq!(pairs[at(fix, 1)].expected, None);
        }
        assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)));
        assert!(
            pairs
                .iter()
                .all(|pair| pair.expected.is_none_or(f64::is_finite))
        );
        // The more is expected, the likelier is the large problem.
        assert!(scores[at(9, 0)] > before[at(9, 0)]);
        assert!(scores[at(2, 0)] < before[at(2, 0)]);
    }
}
