//! Strengths that follow each vote, and the next pair.

use super::made::Plan;
use rand::RngExt;
use throughline_stats::NoAnswer;
use throughline_stats::random::generator;
use throughline_stats::votes::live::{Live, REFIT_DUE};
use throughline_stats::votes::next::{Known, next_pair};
use throughline_stats::votes::{Pairs, Shrinkage, fit};

fn root_mean_square(a: &[f64], b: &[f64]) -> f64 {
    let squares: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
    (squares / a.len() as f64).sqrt()
}

#[test]
fn stays_within_its_bound_of_the_full_fit() {
    let plan = Plan {
        items: 80,
        voters: 100,
        median_votes: 20.0,
        spread: 1.0,
        taste: 0.5,
        world: 1,
    };
    let votes = plan.votes(1);
    let mut live = Live::new(plan.items, 1.0).expect("live");
    for (n, vote) in votes.iter().enumerate() {
        live.vote(vote.winner as usize, vote.loser as usize)
            .expect("a vote");
        if n % 97 == 0 || n + 1 == votes.len() {
            let pairs = Pairs::new(plan.items, &votes[..=n]).expect("pairs");
            let full = fit(&pairs, Shrinkage::Sd(1.0)).expect("fit").log_odds;
            let off = root_mean_square(live.log_odds(), &full);
            assert!(
                off <= live.error_bound() + 1e-9,
                "{off} past {}",
                live.error_bound()
            );
            assert!(
                off < 0.005 && live.error_bound() < REFIT_DUE,
                "{off} after {n}"
            );
        }
    }
    assert!(!live.refit_due());
    live.refit().expect("refit");
    let pairs = Pairs::new(plan.items, &votes).expect("pairs");
    let full = fit(&pairs, Shrinkage::Sd(1.0)).expect("fit").log_odds;
    assert!(root_mean_square(live.log_odds(), &full) < 1e-9);
    assert!(live.error_bound() < 1e-9);
    let started = Live::from_pairs(&pairs, 1.0).expect("live");
    assert!(root_mean_square(live.log_odds(), started.log_odds()) < 1e-9);
}

#[test]
fn takes_ties_and_new_items_and_refuses_nonsense() {
    let mut live = Live::new(2, 1.0).expect("live");
    live.vote(0, 1).expect("a vote");
    assert!(live.log_odds()[0] > 0.0 && live.log_odds()[1] < 0.0);
    let before = live.log_odds()[0];
    live.tie(0, 1).expect("a tie");
    assert!(live.log_odds()[0] < before && live.log_odds()[0] > 0.0);
    let third = live.add_item();
    assert_eq!(third, 2);
    for _ in 0..5 {
        live.vote(third, 0).expect("a vote");
    }
    assert!(live.log_odds()[2] > live.log_odds()[0]);
    assert_eq!(live.vote(1, 1), Err(NoAnswer::AgainstItself { item: 1 }));
    assert_eq!(
        live.vote(1, 3),
        Err(NoAnswer::Shape {
            expected: 3,
            got: 3
        })
    );
    assert_eq!(Live::new(0, 1.0).err(), Some(NoAnswer::Empty));
    assert!(Live::new(2, f64::NAN).is_err() && Live::new(2, 0.0).is_err());
}

#[test]
fn the_next_pair_is_nearly_the_most_telling() {
    let mut random = generator(1, "next");
    let items = 60;
    for _ in 0..200 {
        let log_odds: Vec<f64> = (0..items)
            .map(|_| 4.0 * random.random::<f64>() - 2.0)
            .collect();
        let information: Vec<f64> = (0..items)
            .map(|_| 1.0 / (0.01 + random.random::<f64>()))
            .collect();
        let shown = vec![0; items];
        let known = Known {
            log_odds: &log_odds,
            information: &information,
            shown: &shown,
        };
        let next = next_pair(known, 1.5, |_| std::iter::empty(), |_, _| false).expect("a pair");
        let mut most = 0.0f64;
        for i in 0..items {
            for j in 0..i {
                let p = 1.0 / (1.0 + (log_odds[j] - log_odds[i]).exp());
                let told = p * (1.0 - p) * (1.0 / information[i] + 1.0 / information[j]);
                most = most.max(0.5 * told.ln_1p());
            }
        }
        assert!(next.information <= most + 1e-12);
        assert!(
            next.information > 0.9 * most,
            "{} of {most}",
            next.information
        );
    }
}

#[test]
fn asking_the_next_pair_learns_faster_and_shows_nobody_too_often() {
    let plan = Plan {
        items: 40,
        voters: 1,
        median_votes: 1.0,
        spread: 1.0,
        taste: 0.0,
        world: 4,
    };
    let strengths = plan.strengths();
    let mean = strengths.iter().sum::<f64>() / 40.0;
    let truth: Vec<f64> = strengths.iter().map(|s| s - mean).collect();
    let (mut chosen, mut drawn) = (0.0, 0.0);
    for seed in 0..20 {
        for by_information in [true, false] {
            let mut random = generator(seed, "asking");
            let mut live = Live::new(40, 1.0).expect("live");
            let mut shown = [0u64; 40];
            for n in 1..=600u64 {
                let (i, j) = if by_information {
                    let next = live.next_pair(1.5, |_, _| false).expect("a pair");
                    (next.first, next.second)
                } else {
                    let i = random.random_range(0..40usize);
                    (i, (i + random.random_range(1..40usize)) % 40)
                };
                let first = random.random::<f64>() < 1.0 / (1.0 + (truth[j] - truth[i]).exp());
                let (winner, loser) = if first { (i, j) } else { (j, i) };
                live.vote(winner, loser).expect("a vote");
                shown[i] += 1;
                shown[j] += 1;
                if by_information {
                    let most = shown.iter().max().expect("items");
                    assert!(
                        *most as f64 <= 1.5 * (2 * n) as f64 / 40.0 + 2.0,
                        "{most} after {n}"
                    );
                }
            }
            let off = root_mean_square(live.log_odds(), &truth);
            *(if by_information {
                &mut chosen
            } else {
                &mut drawn
            }) += off;
        }
    }
    assert!(chosen < 0.97 * drawn, "{chosen} against {drawn}");
}

#[test]
fn pairs_already_asked_are_not_asked_again() {
    let mut live = Live::new(6, 1.0).expect("live");
    let mut asked = Vec::new();
    while let Ok(next) = live.next_pair(1000.0, |i, j| asked.contains(&(i.min(j), i.max(j)))) {
        let pair = (next.first.min(next.second), next.first.max(next.second));
        assert!(!asked.contains(&pair));
        asked.push(pair);
        live.vote(pair.0, pair.1).expect("a vote");
    }
    // Each of the least certain four with every other: all pairs but some of the two last.
    assert!(asked.len() >= 14, "{}", asked.len());
}
