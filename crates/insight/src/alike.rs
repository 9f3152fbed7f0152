//! Which of the fixes found are most likely one and the same, worded in ways that were kept apart.
//!
//! Answers are put together carefully (`fellows`): two fixes in one are worse than one in two. But before leaders the same
//! proposal must not stand twice, so fixes are compared once more: by the topics they speak of, the telling words they
//! use, the roles behind them, and how few speak of the smaller one. A logistic rule, learnt on pairs of fixes of sample
//! companies (`bench/matching/alike.py`); nothing is put together by it.

use crate::matches::{LeverSide, Spoken, shared, without_common};
use crate::theme::dot;
use std::collections::{BTreeMap, BTreeSet};

/// Constant; then cosine of topics, cosine of telling words, cosine of roles, log of the people behind the smaller one.
const WEIGHTS: [f64; 5] = [-1.54, 6.08, 17.07, 5.13, -3.11];
/// People a fix needs to be compared, and those that count at most: larger fixes than these weren't learnt from.
const PEOPLE: [f64; 2] = [5.0, 45.0];
/// Fixes needed to tell what all have in common.
const FIXES: usize = 8;
/// Cosine of the roles behind two fixes of sample companies, on average: where roles tell nothing.
const USUAL: f64 = 0.19;

/// For each fix the others that are as likely the same as not, or likelier; none where there are too few fixes.
pub fn alike(fixes: &[LeverSide]) -> Vec<Vec<usize>> {
    if fixes.len() < FIXES {
        return vec![Vec::new(); fixes.len()];
    }
    let topics = without_common(fixes.iter().map(|fix| &fix.profile));
    let spoken = || fixes.iter().map(|fix| -> &Spoken { &fix.spoken });
    let words = shared(spoken(), spoken());
    let people: Vec<f64> = fixes.iter().map(|fix| fix.people as f64).collect();
    let roles: BTreeSet<&String> = fixes.iter().flat_map(|fix| fix.roles.keys()).collect();
    let mut found = vec![Vec::new(); fixes.len()];
    for (one, a) in fixes.iter().enumerate() {
        for (other, b) in fixes.iter().enumerate().take(one) {
            let smaller = people[one].min(people[other]);
            if smaller < PEOPLE[0] {
                continue;
            }
            let topics = f64::from(dot(&topics[one], &topics[other]));
            let roles = if roles.len() > 1 && !a.roles.is_empty() && !b.roles.is_empty() {
                cosine(&a.roles, &b.roles)
            } else {
                USUAL
            };
            if log_odds(topics, words[one][other], roles, smaller) >= 0.0 {
                found[one].push(other);
                found[other].push(one);
            }
        }
    }
    found.iter_mut().for_each(|others| others.sort_unstable());
    found
}

/// That two fixes are one, by their cosines and the people behind the smaller one.
fn log_odds(topics: f64, words: f64, roles: f64, people: f64) -> f64 {
    let evidence = [1.0, topics, words, roles, people.min(PEOPLE[1]).ln()];
    WEIGHTS.iter().zip(evidence).map(|(w, x)| w * x).sum()
}

fn cosine(a: &BTreeMap<String, f64>, b: &BTreeMap<String, f64>) -> f64 {
    let length = |of: &BTreeMap<String, f64>| of.values().map(|n| n * n).sum::<f64>().sqrt();
    let product = a.iter().filter_map(|(role, n)| Some(n * b.get(role)?));
    product.sum::<f64>() / (length(a) * length(b)).max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A fix of one topic of ten, told in one word beside a common one, by people of one role.
    fn fix(people: usize, topic: usize, word: u32, role: &str) -> LeverSide {
        let mut profile = vec![0.1; 10];
        profile[topic] = 0.9;
        LeverSide {
            people,
            profile,
            spoken: Spoken {
                texts: people,
                pieces: BTreeMap::from([(word, people as u32), (99, people as u32 / 2)]),
            },
            roles: BTreeMap::from([(role.to_owned(), people as f64)]),
            ..LeverSide::default()
        }
    }

    fn fixes(role: impl Fn(usize) -> &'static str) -> Vec<LeverSide> {
        let several = (0..9).map(|at| fix(20 + at, at, at as u32, role(at)));
        let again = fix(8, 0, 0, role(0));
        several.chain([again, fix(4, 1, 1, role(1))]).collect()
    }

    const ROLES: [&str; 9] = [
        "Sales", "Billing", "Fitter", "Driver", "Stores", "Planner", "Chat", "Digital", "Field",
    ];

    #[test]
    fn small_fixes_of_the_same_words_and_people_are_the_same() {
        let all = fixes(|at| ROLES[at]);
        let found = alike(&all);
        assert_eq!((&found[0], &found[9]), (&vec![9], &vec![0]));
        // Who are too few to be shown aren't compared, and others have nothing in common.
        assert!((1..9).chain([10]).all(|at| found[at].is_empty()));
        // What few fixes have in common can't be told.
        assert!(
            alike(&[&all[..6], &all[9..10]].concat())
                .iter()
                .all(Vec::is_empty)
        );
        assert!(alike(&[]).is_empty());
    }

    #[test]
    fn each_kind_of_evidence_tells() {
        // Python: numpy.dot([-1.54, 6.08, 17.07, 5.13, -3.11], [1, .5, .3, .6, log(12)]).
        let two = log_odds(0.5, 0.3, 0.6, 12.0);
        assert!((two - 1.970_940_2).abs() < 1e-6, "{two}");
        // Another topic, other words, other people, or many people make them two.
        for apart in [
            log_odds(0.1, 0.3, 0.6, 12.0),
            log_odds(0.5, 0.1, 0.6, 12.0),
            log_odds(0.5, 0.3, 0.1, 12.0),
            log_odds(0.5, 0.3, 0.6, 24.0),
        ] {
            assert!(apart < 0.0, "{apart}");
        }
        assert_eq!(
            log_odds(0.5, 0.3, 0.6, 45.0),
            log_odds(0.5, 0.3, 0.6, 900.0)
        );
    }

    #[test]
    fn where_there_is_one_role_it_tells_nothing() {
        // Half a topic and other words in common, and the same role.
        let of = |role: fn(usize) -> &'static str| {
            let mut all = fixes(role);
            all[9] = fix(8, 0, 50, role(0));
            all[9].profile[3] = 0.9;
            alike(&all)[9].clone()
        };
        assert_eq!(of(|at| ROLES[at]), [0]);
        assert_eq!(of(|_| "Sales"), [0; 0]);
    }

    #[test]
    fn roles_are_compared_by_their_cosine() {
        let of = |sales: f64, billing: f64| {
            BTreeMap::from([("Sales".to_owned(), sales), ("Billing".to_owned(), billing)])
        };
        assert!((cosine(&of(3.0, 4.0), &of(4.0, 3.0)) - 24.0 / 25.0).abs() < 1e-12);
        assert_eq!(cosine(&BTreeMap::new(), &of(1.0, 1.0)), 0.0);
    }
}
