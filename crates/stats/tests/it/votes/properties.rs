//! What must hold for any votes: rows in another order, winners and losers swapped, items under
//! other numbers, and no number that isn't one.

use proptest::prelude::*;
use throughline_stats::votes::{
    Pairs, Place, Rankings, Shrinkage, Vote, fit, fit_rankings, mm, order,
};

const ITEMS: usize = 7;

fn vote() -> impl Strategy<Value = Vote> {
    let ends = (0..ITEMS as u32, 1..ITEMS as u32);
    (ends, prop::bool::weighted(0.15), 0..15u32, 1..4u32).prop_map(
        |((one, step), tie, voter, count)| Vote {
            winner: one,
            loser: (one + step) % ITEMS as u32,
            tie,
            voter: (voter > 0).then_some(voter),
            count: f64::from(count),
        },
    )
}

fn votes() -> impl Strategy<Value = Vec<Vote>> {
    prop::collection::vec(vote(), 1..60)
}

fn near(a: &[f64], b: &[f64]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_of_rows_does_not_matter(votes in votes(), turn in any::<prop::sample::Index>()) {
        let pairs = Pairs::new(ITEMS, &votes).expect("pairs");
        let mut turned = votes.clone();
        turned.rotate_left(turn.index(votes.len()));
        turned.reverse();
        let other = Pairs::new(ITEMS, &turned).expect("pairs");
        let order = |pairs: &Pairs| order(pairs, Shrinkage::WhenNeeded, 50, 2, 3);
        prop_assert_eq!(order(&pairs), order(&other));
    }

    #[test]
    fn swapping_winners_and_losers_flips_the_order(votes in votes()) {
        let swapped: Vec<Vote> = votes
            .iter()
            .map(|vote| Vote { winner: vote.loser, loser: vote.winner, ..*vote })
            .collect();
        let one = fit(&Pairs::new(ITEMS, &votes).expect("pairs"), Shrinkage::WhenNeeded);
        let other = fit(&Pairs::new(ITEMS, &swapped).expect("pairs"), Shrinkage::WhenNeeded);
        match (one, other) {
            (Ok(one), Ok(other)) => {
                let flipped: Vec<f64> = other.log_odds.iter().map(|v| -v).collect();
                prop_assert!(near(&one.log_odds, &flipped), "{:?} {:?}", one, other);
            }
            (one, other) => prop_assert_eq!(one, other),
        }
    }

    #[test]
    fn other_numbers_for_items_give_the_same_strengths(votes in votes(), shift in 1..ITEMS) {
        let to = |item: u32| (item + shift as u32) % ITEMS as u32;
        let renamed: Vec<Vote> = votes
            .iter()
            .map(|vote| Vote { winner: to(vote.winner), loser: to(vote.loser), ..*vote })
            .collect();
        let one = fit(&Pairs::new(ITEMS, &votes).expect("pairs"), Shrinkage::WhenNeeded);
        let other = fit(&Pairs::new(ITEMS, &renamed).expect("pairs"), Shrinkage::WhenNeeded);
        if let (Ok(one), Ok(other)) = (&one, &other) {
            let back: Vec<f64> = (0..ITEMS as u32)
                .map(|item| other.log_odds[to(item) as usize])
                .collect();
            prop_assert!(near(&one.log_odds, &back), "{:?} {:?}", one, other);
        } else {
            prop_assert_eq!(one.is_err(), other.is_err());
        }
    }

    #[test]
    fn every_number_is_one(votes in votes()) {
        let pairs = Pairs::new(ITEMS, &votes).expect("pairs");
        if let Ok(order) = order(&pairs, Shrinkage::WhenNeeded, 50, 2, 1) {
            prop_assert!(order.strength.log_likelihood.is_finite());
            prop_assert!(order.strength.ease_of_ties.is_none_or(f64::is_finite));
            for placed in order.placed.iter().flatten() {
                for answer in [&placed.log_odds, &placed.chance] {
                    prop_assert!(answer.value.is_finite());
                    if let Some((low, high)) = answer.ends() {
                        prop_assert!(low.is_finite() && high.is_finite());
                        prop_assert!(low <= answer.value && answer.value <= high);
                    }
                }
            }
        }
    }

    #[test]
    fn newton_and_mm_agree(votes in prop::collection::vec(vote(), 30..90)) {
        let decided: Vec<Vote> = votes.into_iter().filter(|vote| !vote.tie).collect();
        // One more that nobody votes on.
        let pairs = Pairs::new(ITEMS + 1, &decided);
        let Ok(pairs) = pairs else { return Ok(()); };
        match (fit(&pairs, Shrinkage::None), mm::pairs(&pairs, 1e-11)) {
            (Ok(newton), Ok(rounds)) => prop_assert!(near(&newton.log_odds, &rounds)),
            (newton, rounds) => prop_assert_eq!(newton.err(), rounds.err()),
        }
    }

    #[test]
    fn rankings_of_two_are_votes_on_pairs(
        rows in prop::collection::vec((0..ITEMS as u32, 1..ITEMS as u32), 1..40),
    ) {
        // Rankings of two are votes on pairs, whichever model fits them.
        let mut places = Vec::new();
        let mut votes = Vec::new();
        for (voter, &(best, step)) in rows.iter().enumerate() {
            let worst = (best + step) % ITEMS as u32;
            votes.push(Vote::win(best, worst));
            for (item, position) in [(worst, 2.0), (best, 1.0)] {
                places.push(Place { voter: voter as u32, item, position: Some(position) });
            }
        }
        let ranked = fit_rankings(&Rankings::new(ITEMS, &places).expect("rankings"), Shrinkage::Sd(1.0));
        let paired = fit(&Pairs::new(ITEMS, &votes).expect("pairs"), Shrinkage::Sd(1.0));
        prop_assert!(near(&ranked.expect("fit").log_odds, &paired.expect("fit").log_odds));
    }
}
