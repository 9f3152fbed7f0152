//! Which of the fixes found are most likely one and the same, worded in ways that were kept apart.
//!
//! Answers are put together carefully (`fellows`): two fixes in one are worse than one in two. But before leaders the same
//! proposal must not stand twice, so fixes are compared once more: by the topics they speak of, the telling words they
//! use, the roles behind them, and how few speak of the smaller one. A logistic rule, learnt on pairs of fixes of sample
//! companies (`bench/matching/alike.py`); nothing is put together by it.

use crate::matches::{LeverSide, Spoken, shared, without_common};
use crate::theme::dot;
use std::collections::BTreeMap;

/// Constant; then cosine of topics, cosine of telling words, cosine of roles, log of the people behind the smaller one.
const WEIGHTS: [f64; 5] = [-1.54, 6.08, 17.07, 5.13, -3.11];
/// People a fix needs to be compared.
const PEOPLE: f64 = 5.0;

/// For each fix the others that are as likely the same as not, or likelier.
pub fn alike(fixes: &[LeverSide]) -> Vec<Vec<usize>> {
    let topics = without_common(fixes.iter().map(|fix| &fix.profile));
    let spoken = || fixes.iter().map(|fix| -> &Spoken { &fix.spoken });
    let words = shared(spoken(), spoken());
    let people: Vec<f64> = fixes.iter().map(|fix| fix.people as f64).collect();
    let mut found = vec![Vec::new(); fixes.len()];
    for (one, a) in fixes.iter().enumerate() {
        for (other, b) in fixes.iter().enumerate().take(one) {
            let smaller = people[one].min(people[other]);
            if smaller < PEOPLE {
                continue;
            }
            let evidence = [
                1.0,
                f64::from(dot(&topics[one], &topics[other])),
                words[one][other],
                cosine(&a.roles, &b.roles),
                smaller.ln(),
            ];
            let log_odds: f64 = WEIGHTS.iter().zip(evidence).map(|(w, x)| w * x).sum();
            if log_odds >= 0.0 {
                found[one].push(other);
                found[other].push(one);
            }
        }
    }
    found.iter_mut().for_each(|others| others.sort_unstable());
    found
}

fn cosine(a: &BTreeMap<String, f64>, b: &BTreeMap<String, f64>) -> f64 {
    let length = |of: &BTreeMap<String, f64>| of.values().map(|n| n * n).sum::<f64>().sqrt();
    let product = a.iter().filter_map(|(role, n)| Some(n * b.get(role)?));
    product.sum::<f64>() / (length(a) * length(b)).max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(people: usize, topics: [f32; 4], words: [u32; 4], role: &str) -> LeverSide {
        LeverSide {
            people,
            profile: topics.to_vec(),
            spoken: Spoken {
                texts: people,
                pieces: (0..4).zip(words).filter(|(_, n)| *n > 0).collect(),
            },
            roles: BTreeMap::from([(role.to_owned(), people as f64)]),
            ..LeverSide::default()
        }
    }

    #[test]
    fn small_fixes_of_the_same_words_and_people_are_the_same() {
        let map = [0.9, 0.1, 0.0, 0.2];
        let mut fixes = vec![
            fix(40, map, [38, 2, 0, 9], "Sales"),
            fix(8, map, [7, 1, 0, 2], "Sales"),
            fix(30, [0.0, 0.9, 0.1, 0.2], [2, 28, 1, 7], "Billing"),
            fix(25, [0.1, 0.0, 0.9, 0.2], [0, 2, 24, 6], "Fitter"),
            fix(4, map, [4, 0, 0, 1], "Sales"),
        ];
        // Who are too few to be shown aren't compared.
        assert_eq!(alike(&fixes), [vec![1], vec![0], vec![], vec![], vec![]]);
        // Of much the same topic other people may propose something else, in other words.
        fixes[1].profile = vec![0.6, 0.5, 0.1, 0.2];
        fixes[1].roles = BTreeMap::from([("Fitter".to_owned(), 8.0)]);
        fixes[1].spoken.pieces = BTreeMap::from([(1, 7), (3, 2)]);
        assert!(alike(&fixes)[0].is_empty());
        assert!(alike(&[]).is_empty());
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
