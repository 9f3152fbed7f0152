//! What few people did, and what could be reckoned about them from what is shown.

use crate::draft::{empty, lever, pain};
use throughline_disclosure::{Rules, release_brief};
use throughline_domain::brief::{Commitment, Ease, EaseFrom, Impact, Share, VotedBy};
use throughline_domain::estimate::Reason;
use throughline_domain::metric::Scale;
use throughline_domain::{Estimate, Figure};

#[test]
fn what_few_did_is_not_the_difference_of_what_is_shown() {
    let with = |ideas, blocks, steps: &[(u32, u64)]| {
        let mut draft = empty();
        draft.levers = vec![lever("one", 18)];
        let support = &mut draft.levers[0].support;
        support.ideas = ideas;
        support.blocks = blocks;
        support.steps_from_customer = steps.to_vec();
        let brief = release_brief(draft, &Rules::default());
        let support = brief.levers[0].support.clone();
        ((support.ideas, support.blocks), support.steps_from_customer)
    };
    // Three named it only as a block.
    assert_eq!(with(15, 9, &[]).0, (0, 0));
    assert_eq!(with(12, 9, &[]).0, (12, 9));
    assert_eq!(with(18, 9, &[]).0, (18, 9));
    // One person's steps aren't known.
    assert_eq!(with(18, 9, &[(0, 17)]).1, []);
    assert_eq!(with(18, 9, &[(0, 11), (1, 6)]).1, [(0, 11)]);
    assert_eq!(with(18, 9, &[(0, 12)]).1, [(0, 12)]);
    assert_eq!(with(18, 9, &[(0, 18)]).1, [(0, 18)]);
}

#[test]
fn ratings_of_few_are_counted_with_the_next() {
    let with = |counts: &[u64]| {
        let n: u64 = counts.iter().sum();
        let shares = counts.iter().zip(0..).filter(|(count, _)| **count > 0);
        let mut draft = empty();
        draft.commitment = Some(Commitment {
            rating: Figure::Known(Estimate::with_interval(6.0, 5.0, 7.0, n, "mean")),
            scale: Scale {
                low: 0.0,
                high: 10.0,
            },
            shares: shares
                .map(|(count, value)| (f64::from(value), *count as f64 / n as f64))
                .collect(),
        });
        let brief = release_brief(draft, &Rules::default());
        let shares = brief.commitment.as_ref().map(|c| c.shares.clone());
        shares
            .unwrap_or_default()
            .into_iter()
            .map(|(value, share)| (value as u64, (share * n as f64).round() as u64))
            .collect::<Vec<_>>()
    };
    assert_eq!(with(&[2, 1, 3, 10, 20, 4]), [(2, 6), (3, 10), (4, 24)]);
    assert_eq!(with(&[6, 10, 5]), [(0, 6), (1, 10), (2, 5)]);
    assert_eq!(with(&[6, 2, 9]), []);
    assert_eq!(with(&[1, 19]), [(1, 20)]);
}

#[test]
fn a_few_customers_are_neither_worth_nor_placed() {
    let worth = |n| {
        let mut draft = empty();
        draft.pains = vec![pain("one")];
        draft.pains[0].customers = Some(6);
        let sum = Estimate::without_interval(84_000.0, Reason::Counted, n, "sum");
        draft.pains[0].value = Figure::Known(sum);
        let step = |name: &str, n| Share {
            name: name.into(),
            share: 0.5,
            n,
        };
        draft.pains[0].stages = vec![step("bill", 9), step("visit", 4)];
        let brief = release_brief(draft, &Rules::default());
        let stages = brief.pains[0].stages.iter();
        let stages: Vec<String> = stages.map(|step| step.name.clone()).collect();
        (brief.pains[0].value.value(), stages)
    };
    // Six named it; of one alone the worth is known.
    assert_eq!(worth(1), (None, vec!["bill".to_owned()]));
    assert_eq!(worth(5).0, Some(84_000.0));
}

#[test]
fn votes_of_few_are_not_told() {
    let with = |n: u64| {
        let figure = || {
            Figure::Known(Estimate::with_interval(
                0.4,
                0.1,
                0.8,
                n,
                "share of yes votes",
            ))
        };
        let mut draft = empty();
        draft.levers = vec![lever("one", 18)];
        draft.levers[0].ease = Ease {
            figure: figure(),
            from: EaseFrom::Votes,
        };
        draft.levers[0].impact = Impact {
            figure: figure(),
            by: VotedBy::YesNo,
        };
        let brief = release_brief(draft, &Rules::default());
        let lever = &brief.levers[0];
        (lever.ease.figure.clone(), lever.impact.figure.clone())
    };
    let hidden = Figure::Unknown(Reason::TooFewPeople { needed: 5 });
    assert_eq!(with(4), (hidden.clone(), hidden));
    assert!(with(5).0.value().is_some() && with(5).1.value().is_some());
}
