//! Intervals and ranks: coverage in short (the long version is `bench/rank`), the same bits on any
//! number of threads, shrinkage that helps where votes are few.

use super::made::Plan;
use throughline_stats::votes::{Pairs, Shrinkage, Vote, fit, fit_rankings, order, order_rankings};

#[test]
fn intervals_hold_the_truth() {
    let plan = Plan {
        items: 12,
        voters: 60,
        median_votes: 20.0,
        spread: 0.8,
        taste: 0.7,
        world: 7,
    };
    let truth = plan.truth();
    let (mut held, mut held_by_votes, mut all) = (0, 0, 0);
    for run in 0..150 {
        let votes = plan.votes(run);
        // The same votes, as if each were another voter's.
        let loose: Vec<Vote> = votes.iter().map(|v| Vote { voter: None, ..*v }).collect();
        for (votes, held) in [(&votes, &mut held), (&loose, &mut held_by_votes)] {
            let pairs = Pairs::new(plan.items, votes).expect("pairs");
            let order = order(&pairs, Shrinkage::WhenNeeded, 100, 3, run).expect("order");
            for (placed, truth) in order.placed.iter().zip(&truth) {
                let placed = placed.as_ref().expect("placed");
                let (low, high) = placed.log_odds.ends().expect("interval");
                *held += u32::from(low <= *truth && *truth <= high);
                let rank = placed.rank.as_ref().expect("rank");
                assert!(rank.low <= placed.place && placed.place <= rank.high);
            }
        }
        all += plan.items as u32;
    }
    let share = |held: u32| f64::from(held) / f64::from(all);
    // 150 runs of 12: chance alone moves the share by about .01.
    let coverage = share(held);
    assert!((0.925..=0.975).contains(&coverage), "{coverage}");
    // Who takes votes for voters is too sure.
    let naive = share(held_by_votes);
    assert!(naive < coverage - 0.02, "{naive} against {coverage}");
}

#[test]
fn intervals_of_rankings_hold_the_truth() {
    let plan = Plan {
        items: 8,
        voters: 60,
        median_votes: 1.0,
        spread: 0.8,
        taste: 0.0,
        world: 3,
    };
    let mut truth = plan.strengths();
    let mean = truth.iter().sum::<f64>() / truth.len() as f64;
    truth.iter_mut().for_each(|t| *t -= mean);
    let (mut held, mut all) = (0, 0);
    for run in 0..150 {
        let rankings = plan.rankings(4, run);
        let order = order_rankings(&rankings, Shrinkage::None, 100, 3, run).expect("order");
        for (placed, truth) in order.placed.iter().zip(&truth) {
            let placed = placed.as_ref().expect("placed");
            let (low, high) = placed.log_odds.ends().expect("interval");
            held += u32::from(low <= *truth && *truth <= high);
            all += 1;
        }
    }
    let coverage = f64::from(held) / f64::from(all);
    assert!((0.925..=0.975).contains(&coverage), "{coverage}");
}

#[test]
fn the_same_bits_on_any_number_of_threads() {
    let plan = Plan {
        items: 500,
        voters: 400,
        median_votes: 250.0,
        spread: 0.8,
        taste: 0.5,
        world: 1,
    };
    // More pairs than one chunk, so that sums are really made in parts.
    let votes = plan.votes(1);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        pool.install(|| {
            let pairs = Pairs::new(plan.items, &votes).expect("pairs");
            assert!(pairs.pairs() > 1 << 16);
            order(&pairs, Shrinkage::WhenNeeded, 50, 5, 9).expect("order")
        })
    };
    let one = run(1);
    assert_eq!(one, run(3));
    let pairs = Pairs::new(plan.items, &votes).expect("pairs");
    let outside = fit(&pairs, Shrinkage::WhenNeeded).expect("fit");
    assert_eq!(one.strength, outside);
}

#[test]
fn shrinkage_helps_where_votes_are_few() {
    let (mut shrunken, mut plain) = (0.0, 0.0);
    let mut runs = 0;
    for world in 0..40 {
        let plan = Plan {
            items: 12,
            voters: 12,
            median_votes: 6.0,
            spread: 0.6,
            taste: 0.0,
            world,
        };
        let truth = plan.truth();
        let pairs = Pairs::new(plan.items, &plan.votes(world)).expect("pairs");
        let Ok(free) = fit(&pairs, Shrinkage::None) else {
            continue;
        };
        let drawn = fit(&pairs, Shrinkage::Learnt).expect("shrunken");
        let off =
            |got: &[f64]| -> f64 { got.iter().zip(&truth).map(|(g, t)| (g - t) * (g - t)).sum() };
        shrunken += off(&drawn.log_odds);
        plain += off(&free.log_odds);
        runs += 1;
    }
    assert!(runs >= 20, "{runs}");
    assert!(shrunken < 0.7 * plain, "{shrunken} against {plain}");
}

#[test]
fn the_learnt_spread_is_near_the_true_one() {
    let plan = Plan {
        items: 60,
        voters: 200,
        median_votes: 20.0,
        spread: 0.8,
        taste: 0.0,
        world: 5,
    };
    let pairs = Pairs::new(plan.items, &plan.votes(5)).expect("pairs");
    let fitted = fit(&pairs, Shrinkage::Learnt).expect("fit");
    let strengths = plan.strengths();
    let mean = strengths.iter().sum::<f64>() / 60.0;
    let true_sd = (strengths.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / 59.0).sqrt();
    let learnt = fitted.prior_sd.expect("learnt");
    assert!(
        (learnt / true_sd).ln().abs() < 0.1,
        "{learnt} for {true_sd}"
    );
    // With more items than the exact trace is computed for.
    let wide = Plan {
        items: 500,
        voters: 500,
        ..plan
    };
    let pairs = Pairs::new(wide.items, &wide.votes(5)).expect("pairs");
    let learnt = fit(&pairs, Shrinkage::Learnt)
        .expect("fit")
        .prior_sd
        .expect("learnt");
    assert!((learnt / 0.8f64).ln().abs() < 0.12, "{learnt}");
}

#[test]
fn rankings_follow_strengths() {
    let plan = Plan {
        items: 10,
        voters: 2000,
        median_votes: 1.0,
        spread: 1.0,
        taste: 0.0,
        world: 2,
    };
    let fitted = fit_rankings(&plan.rankings(5, 4), Shrinkage::None).expect("fit");
    let strengths = plan.strengths();
    let mean = strengths.iter().sum::<f64>() / 10.0;
    for (got, strength) in fitted.log_odds.iter().zip(&strengths) {
        assert!(
            (got - (strength - mean)).abs() < 0.15,
            "{got} for {strength}"
        );
    }
}
