//! Yes, no and pass.

use crate::reference::check;
use throughline_stats::NoAnswer;
use throughline_stats::votes::agreement::{Ballot, Say, YesNo, agreement};

fn ballot(item: u32, voter: u32, group: u32, say: Say) -> Ballot {
    Ballot {
        item,
        voter: Some(voter),
        group: Some(group),
        say,
    }
}

/// `yes` and `no` voters of a group on an item; voters are numbered from `from`.
fn side(item: u32, group: u32, from: u32, yes: u32, no: u32) -> Vec<Ballot> {
    (0..yes + no)
        .map(|v| {
            ballot(
                item,
                from + v,
                group,
                if v < yes { Say::Yes } else { Say::No },
            )
        })
        .collect()
}

#[test]
fn what_both_sides_back_rises() {
    // A large group loves item 0, the small one rejects it; both like item 1 well enough.
    let ballots = [
        side(0, 0, 0, 90, 5),
        side(0, 1, 100, 2, 18),
        side(1, 0, 0, 70, 25),
        side(1, 1, 100, 15, 5),
    ]
    .concat();
    let got = agreement(2, 2, &ballots, 1).expect("agreement");
    let share = |item: usize| got[item].share.as_ref().expect("share").value;
    let across = |item: usize| got[item].across.as_ref().expect("across");
    check("share 0", share(0), 92.0 / 115.0, 1e-12);
    assert!(share(0) > share(1) && across(0).value < across(1).value);
    let by_hand = (91.0 / 97.0 * (3.0 / 22.0f64)).sqrt();
    check("across 0", across(0).value, by_hand, 1e-12);
    let (low, high) = across(1).ends().expect("interval");
    assert!(0.5 < low && low < across(1).value && across(1).value < high && high < 0.9);
    // Wilson's interval as R's prop.test(92, 115, correct = FALSE) gives it.
    let (low, high) = got[0]
        .share
        .as_ref()
        .expect("share")
        .ends()
        .expect("interval");
    check("low", low, 0.717_736_112_438, 1e-11);
    check("high", high, 0.862_869_348_692, 1e-11);
}

#[test]
fn repeats_count_in_rows_and_once_in_shares() {
    let ballots = [
        ballot(0, 1, 0, Say::Yes),
        ballot(0, 1, 0, Say::Yes),
        ballot(0, 1, 0, Say::No),
        ballot(0, 2, 0, Say::Pass),
        Ballot {
            voter: None,
            group: None,
            ..ballot(0, 0, 0, Say::Yes)
        },
    ];
    let got = agreement(2, 1, &ballots, 1).expect("agreement");
    let counts = |yes, no, pass| YesNo { yes, no, pass };
    assert_eq!(got[0].rows, counts(3, 1, 1));
    assert_eq!(got[0].voters, counts(1, 1, 1));
    assert_eq!(got[0].groups[0].0, counts(0, 1, 1));
    assert_eq!(
        got[0].across,
        Err(NoAnswer::TooFewClusters { n: 1, needed: 2 })
    );
    assert_eq!(got[1].share, Err(NoAnswer::TooFewVotes { n: 0, needed: 1 }));
}

#[test]
fn edges() {
    assert_eq!(agreement(0, 0, &[], 1), Err(NoAnswer::Empty));
    assert_eq!(agreement(2, 0, &[], 1), Err(NoAnswer::Empty));
    let past = NoAnswer::Shape {
        expected: 2,
        got: 2,
    };
    let one = ballot(2, 0, 0, Say::Yes);
    assert_eq!(agreement(2, 1, &[one], 1), Err(past));
    let past = NoAnswer::Shape {
        expected: 0,
        got: 0,
    };
    let one = ballot(0, 0, 0, Say::Yes);
    assert_eq!(agreement(2, 0, &[one], 1), Err(past));
}
