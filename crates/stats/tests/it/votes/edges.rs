//! Bad input: a typed reason each, never NaN, never a panic.

use super::wins;
use throughline_stats::NoAnswer;
use throughline_stats::votes::groups::groups;
use throughline_stats::votes::live::Live;
use throughline_stats::votes::next::{Known, next_pair};
use throughline_stats::votes::{
    Pairs, Place, Rankings, Shrinkage, Vote, fit, fit_rankings, mm, order,
};

#[track_caller]
fn refused(items: usize, votes: &[Vote], expected: NoAnswer) {
    let got = Pairs::new(items, votes).map(|_| ());
    // NaN equals nothing, itself included.
    assert_eq!(format!("{got:?}"), format!("{:?}", Err::<(), _>(expected)));
}

#[test]
fn votes_that_are_no_votes() {
    refused(3, &[], NoAnswer::Empty);
    refused(0, &wins(&[(0, 1)]), NoAnswer::Empty);
    refused(
        3,
        &wins(&[(0, 1), (2, 2)]),
        NoAnswer::AgainstItself { item: 2 },
    );
    refused(
        3,
        &wins(&[(0, 3)]),
        NoAnswer::Shape {
            expected: 3,
            got: 3,
        },
    );
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let votes = [Vote::win(0, 1).times(value)];
        refused(2, &votes, NoAnswer::NotFinite { value });
    }
    for value in [-1.0, 1e300] {
        let reason = NoAnswer::OutOfRange {
            value,
            low: 0.0,
            high: 1e12,
        };
        refused(2, &[Vote::win(0, 1).times(value)], reason);
    }
    refused(2, &[Vote::win(0, 1).times(0.0)], NoAnswer::Empty);
}

#[test]
fn only_ties_give_no_order() {
    let pairs = Pairs::new(2, &[Vote::tie(0, 1), Vote::tie(0, 1)]).expect("pairs");
    for shrinkage in [Shrinkage::None, Shrinkage::Learnt, Shrinkage::WhenNeeded] {
        assert_eq!(fit(&pairs, shrinkage), Err(NoAnswer::AllTies));
    }
    assert_eq!(mm::pairs(&pairs, 1e-9), Err(NoAnswer::AllTies));
}

#[test]
fn groups_apart_are_named_best_first() {
    // 4 and 5 beat each other, and 4 beats 0; 0, 1 and 2 go round; 3 loses to 1; 6 and 7 meet
    // nobody else; 8 was never compared.
    let votes = wins(&[
        (4, 5),
        (5, 4),
        (4, 0),
        (0, 1),
        (1, 2),
        (2, 0),
        (1, 3),
        (6, 7),
        (7, 6),
    ]);
    let pairs = Pairs::new(9, &votes).expect("pairs");
    let Err(NoAnswer::Apart { groups }) = fit(&pairs, Shrinkage::None) else {
        panic!("apart");
    };
    let place = |group: &[usize]| groups.iter().position(|g| g == group).expect("a group");
    assert_eq!(groups.len(), 4);
    assert!(place(&[4, 5]) < place(&[0, 1, 2]) && place(&[0, 1, 2]) < place(&[3]));
    place(&[6, 7]);
    let shrunken = fit(&pairs, Shrinkage::WhenNeeded).expect("shrunken");
    assert!(shrunken.prior_sd.is_some_and(|sd| sd > 0.0));
    assert_eq!(shrunken.groups, groups);
    assert!(shrunken.log_odds[4] > shrunken.log_odds[0]);
    assert!(shrunken.log_odds[0] > shrunken.log_odds[3]);
    assert!(!shrunken.compared[8] && shrunken.log_odds[8] == 0.0);
    let order = order(&pairs, Shrinkage::WhenNeeded, 50, 3, 1).expect("order");
    assert_eq!(order.placed[8], Err(NoAnswer::NeverCompared));
    let seven = NoAnswer::TooFewVoters { n: 9, needed: 10 };
    assert_eq!(
        order.placed[4].as_ref().expect("placed").log_odds.spread,
        Err(seven)
    );
}

#[test]
fn a_long_chain_of_groups_does_not_overflow_the_stack() {
    let votes: Vec<Vote> = (0..200_000).map(|i| Vote::win(i, i + 1)).collect();
    let pairs = Pairs::new(200_001, &votes).expect("pairs");
    let groups = groups(&pairs);
    assert_eq!(groups.len(), 200_001);
    assert_eq!(groups[0], [0]);
    assert_eq!(groups[200_000], [200_000]);
}

#[test]
fn ties_that_run_off_with_the_strengths() {
    // Never lost and sometimes tied: however far apart, easier ties make up for it.
    let lopsided = [Vote::win(0, 1).times(5.0), Vote::tie(0, 1).times(3.0)];
    let pairs = Pairs::new(2, &lopsided).expect("pairs");
    assert_eq!(fit(&pairs, Shrinkage::None), Err(NoAnswer::TiesUnbounded));
    let shrunken = fit(&pairs, Shrinkage::WhenNeeded).expect("shrunken");
    assert!(shrunken.log_odds.iter().all(|v| v.is_finite()));
    // A lost one bounds it, and so does a longer way round: 0 > 1 > 2, and 0 ties with 2.
    let lost = [&lopsided[..], &[Vote::win(1, 0)]].concat();
    let pairs = Pairs::new(2, &lost).expect("pairs");
    assert!(fit(&pairs, Shrinkage::None).is_ok());
    let round = [Vote::win(0, 1), Vote::win(1, 2), Vote::tie(0, 2)];
    let pairs = Pairs::new(3, &round).expect("pairs");
    let fitted = fit(&pairs, Shrinkage::None).expect("bounded");
    assert!(fitted.log_odds[0].abs() < 20.0 && fitted.log_odds[0] > fitted.log_odds[1]);
}

#[test]
fn won_or_lost_everything() {
    let votes = wins(&[(0, 1), (0, 2), (0, 1), (1, 2), (2, 1), (1, 3), (2, 3)]);
    let pairs = Pairs::new(4, &votes).expect("pairs");
    let groups = vec![vec![0], vec![1, 2], vec![3]];
    assert_eq!(
        fit(&pairs, Shrinkage::None),
        Err(NoAnswer::Apart {
            groups: groups.clone()
        })
    );
    assert_eq!(mm::pairs(&pairs, 1e-9), Err(NoAnswer::Apart { groups }));
    let fitted = fit(&pairs, Shrinkage::WhenNeeded).expect("shrunken");
    assert!(fitted.log_odds[0] > 0.0 && fitted.log_odds[3] < 0.0);
}

#[test]
fn one_voter_gives_an_order_without_intervals() {
    let votes: Vec<Vote> = wins(&[(0, 1), (1, 2), (2, 0), (0, 2), (0, 1)])
        .into_iter()
        .map(|vote| vote.by(0))
        .collect();
    let pairs = Pairs::new(3, &votes).expect("pairs");
    let order = order(&pairs, Shrinkage::WhenNeeded, 100, 1, 1).expect("order");
    assert_eq!(order.voters, 1);
    for placed in &order.placed {
        let placed = placed.as_ref().expect("placed");
        let reason = NoAnswer::TooFewVoters { n: 1, needed: 10 };
        assert_eq!(placed.log_odds.spread, Err(reason.clone()));
        assert_eq!(placed.rank, Err(reason));
    }
    assert_eq!(order.placed[0].as_ref().expect("placed").place, 1);
}

#[test]
fn counts_of_any_size() {
    // A million million to one and back.
    let votes = [Vote::win(0, 1).times(1e12), Vote::win(1, 0)];
    let pairs = Pairs::new(2, &votes).expect("pairs");
    let fitted = fit(&pairs, Shrinkage::None).expect("fit");
    let gap = fitted.log_odds[0] - fitted.log_odds[1];
    assert!((gap - 1e12f64.ln()).abs() < 1e-6, "{gap}");
}

#[test]
fn as_many_votes_as_can_be_counted() {
    let row = |at: u32| Vote::win(at % 3, (at + 1) % 3).times(1e12);
    let mut votes: Vec<Vote> = (0..1000).map(row).collect();
    let pairs = Pairs::new(3, &votes).expect("pairs");
    assert_eq!(pairs.voters(), 1_000_000_000_000_000);
    // Summed by pair, counts are far beyond what one row may stand for.
    let live = Live::from_pairs(&pairs, 1.0).expect("live");
    let next = live.next_pair(1.5, |_, _| false).expect("a pair");
    assert!(next.information >= 0.0 && next.first != next.second);
    votes.push(row(0));
    let refused = Pairs::new(3, &votes).map(|_| ()).expect_err("refused");
    let reason = NoAnswer::TooManyVotes {
        n: 1.001e15,
        most: 1e15,
    };
    assert_eq!(refused, reason);
    let hint = "divide the count of every row by the same number";
    assert_eq!(refused.hint().as_deref(), Some(hint));
    assert_eq!(
        format!("{}; hint: {hint}", refused.what()),
        reason.to_string()
    );
}

#[test]
fn rankings_that_are_no_rankings() {
    let place = |voter, item, position| Place {
        voter,
        item,
        position,
    };
    let refused = |places: &[Place]| Rankings::new(3, places).map(|_| ()).expect_err("refused");
    assert_eq!(refused(&[]), NoAnswer::Empty);
    assert_eq!(refused(&[place(0, 1, Some(1.0))]), NoAnswer::Empty);
    assert_eq!(
        refused(&[place(0, 1, None), place(0, 2, None)]),
        NoAnswer::Empty
    );
    assert_eq!(
        refused(&[place(0, 1, Some(1.0)), place(0, 2, Some(1.0))]),
        NoAnswer::SharedPlace { one: 1, other: 2 }
    );
    assert_eq!(
        refused(&[place(0, 1, Some(1.0)), place(0, 1, Some(2.0))]),
        NoAnswer::RankedTwice { item: 1 }
    );
    assert_eq!(
        refused(&[place(0, 3, Some(1.0))]),
        NoAnswer::Shape {
            expected: 3,
            got: 3
        }
    );
    let infinite = place(0, 1, Some(f64::INFINITY));
    assert_eq!(
        refused(&[infinite]),
        NoAnswer::NotFinite {
            value: f64::INFINITY
        }
    );
    let alike = [
        place(0, 0, Some(1.0)),
        place(0, 1, Some(2.0)),
        place(1, 0, Some(1.0)),
        place(1, 1, Some(2.0)),
    ];
    let rankings = Rankings::new(3, &alike).expect("rankings");
    assert_eq!(
        fit_rankings(&rankings, Shrinkage::None),
        Err(NoAnswer::Apart {
            groups: vec![vec![0], vec![1]]
        })
    );
    assert!(fit_rankings(&rankings, Shrinkage::WhenNeeded).is_ok());
}

#[test]
fn next_pairs_that_cannot_be() {
    let known = |log_odds, information, shown| Known {
        log_odds,
        information,
        shown,
    };
    let ask = |known| next_pair(known, 1.5, |_| std::iter::empty(), |_, _| false);
    let one = ask(known(&[0.0], &[1.0], &[0]));
    assert_eq!(one, Err(NoAnswer::TooFewItems { n: 1, needed: 2 }));
    let short = ask(known(&[0.0, 0.0], &[1.0], &[0, 0]));
    assert_eq!(
        short,
        Err(NoAnswer::Shape {
            expected: 2,
            got: 1
        })
    );
    assert!(ask(known(&[0.0, f64::NAN], &[1.0, 1.0], &[0, 0])).is_err());
    assert!(ask(known(&[0.0, 0.0], &[1.0, -1.0], &[0, 0])).is_err());
    let all_asked = next_pair(
        known(&[0.0, 0.0], &[1.0, 1.0], &[0, 0]),
        1.5,
        |_| std::iter::empty(),
        |_, _| true,
    );
    assert_eq!(all_asked, Err(NoAnswer::TooFewItems { n: 2, needed: 2 }));
}
