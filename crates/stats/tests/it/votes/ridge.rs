//! `votes::ridge` against choix (`tools/reference/votes.py`) and at its edges.

use crate::reference::{check, numbers, read};
use throughline_stats::NoAnswer;
use throughline_stats::votes::{RIDGE, YesNo, pairwise, strengths, yes_no};

#[test]
fn equals_choix() {
    let reference = read("votes");
    assert_eq!(reference["ridge"].as_f64(), Some(RIDGE));
    for case in reference["cases"].as_array().expect("cases") {
        let name = case["name"].as_str().expect("name");
        let votes: Vec<(usize, usize)> = case["votes"]
            .as_array()
            .expect("votes")
            .iter()
            .map(numbers)
            .map(|pair| (pair[0] as usize, pair[1] as usize))
            .collect();
        let items = case["items"].as_u64().expect("items") as usize;
        let got = strengths(items, &votes).expect("strengths");
        let (expected, errors) = (numbers(&case["log_odds"]), numbers(&case["se"]));
        for i in 0..items {
            check(&format!("{name} {i}"), got.log_odds[i], expected[i], 1e-9);
            check(&format!("{name} {i} se"), got.se[i], errors[i], 1e-9);
        }
        // Within what votes connect, log-odds sum to zero, so 0 is an average item.
        check(name, got.log_odds.iter().sum(), 0.0, 1e-9);
    }
}

#[test]
fn order_of_votes_does_not_matter() {
    let votes = [(0, 1), (2, 1), (1, 0), (3, 2), (0, 3), (0, 2)];
    let mut turned = votes;
    turned.reverse();
    assert_eq!(strengths(4, &votes), strengths(4, &turned));
}

#[test]
fn edges() {
    assert_eq!(pairwise(0, &[]), Err(NoAnswer::Empty));
    assert_eq!(pairwise(3, &[]), Err(NoAnswer::Empty));
    assert_eq!(
        pairwise(3, &[(0, 3)]),
        Err(NoAnswer::Shape {
            expected: 3,
            got: 3
        })
    );
    assert_eq!(
        pairwise(3, &[(1, 1)]),
        Err(NoAnswer::AgainstItself { item: 1 })
    );
    let many = NoAnswer::TooManyItems {
        n: 5001,
        most: 5000,
    };
    assert_eq!(pairwise(5001, &[(0, 1)]), Err(many));
    let answers = pairwise(3, &[(0, 1), (0, 1), (0, 2), (0, 1)]).expect("answers");
    let best = answers[0].as_ref().expect("answer");
    let (low, high) = best.ends().expect("interval");
    assert!(0.5 < best.value && low < best.value && best.value < high && high < 1.0);
    assert_eq!(answers[2], Err(NoAnswer::TooFewVotes { n: 1, needed: 3 }));
    let shares = yes_no(&[
        YesNo {
            yes: 3,
            no: 1,
            pass: 9,
        },
        YesNo {
            yes: 2,
            no: 0,
            pass: 50,
        },
    ]);
    let first = shares[0].as_ref().expect("share");
    assert_eq!((first.value, first.n), (0.75, 4));
    assert_eq!(shares[1], Err(NoAnswer::TooFewVotes { n: 2, needed: 3 }));
}
