//! The order of arms: the runs test against its formula, what it finds and what it lets pass, and
//! that sequences which need nothing of the order hold for rows sorted by arm.

use super::rows::{Kind, Rows, plain};
use super::trials::{share_of, standings};
use throughline_stats::NoAnswer;
use throughline_stats::experiment::order::arms;
use throughline_stats::experiment::sequence::asymptotic::{Arrivals, Outcome, sequence};
use throughline_stats::experiment::sequence::bernoulli::{self, Counts};
use throughline_stats::experiment::sequence::betting::{self, Bounds};
use throughline_stats::experiment::sequence::normal::{self, Standing};
use throughline_stats::experiment::sequence::{Sequence, looks};

const UNIT: Bounds = Bounds {
    low: 0.0,
    high: 1.0,
};

#[test]
fn runs_are_those_of_the_formula() {
    // 10 and 10 rows sorted: 2 runs of 11, variance 90/19; Φ(−9 / √(90/19)).
    let sorted: Vec<usize> = (0..20).map(|row| row / 10).collect();
    let found = arms(&sorted, 0.5).expect("an order");
    assert_eq!((found.runs, found.expected_runs), (2, 11.0));
    assert!(
        (found.p_runs - 1.773_115e-5).abs() < 1e-10,
        "{}",
        found.p_runs
    );
    assert!(!found.is_by_chance());
}

#[test]
fn blocks_and_drift_are_found_and_chance_and_turns_pass() {
    let turns: Vec<usize> = (0..2000).map(|row| row % 2).collect();
    assert!(arms(&turns, 0.5).expect("an order").is_by_chance());
    let blocks: Vec<usize> = (0..2000).map(|row| row / 100 % 2).collect();
    assert!(arms(&blocks, 0.5).expect("an order").p_runs < 1e-10);
    // 40% treated in the first half, 60% in the second, evenly dealt out: too many runs, if any.
    let drift: Vec<usize> = (0..2000)
        .map(|row| {
            let treated = if row < 1000 { 2 } else { 3 };
            usize::from(row * treated % 5 < treated)
        })
        .collect();
    let found = arms(&drift, 0.5).expect("an order");
    assert!(found.p_runs > 0.05 && found.p_split < 1e-3, "{found:?}");
    let rejected = |level: f64| {
        share_of(1000, |seed| {
            let rows = plain(Kind::Share([0.3, 0.3]), 400, seed);
            arms(&rows.arm, 0.5).expect("an order").p_runs < level
        })
    };
    let often = rejected(0.05);
    assert!((0.03..=0.07).contains(&often), "{often}");
    assert!(rejected(0.001) <= 0.004);
}

#[test]
fn orders_that_cant_be_are_refused() {
    assert!(matches!(
        arms(&[0, 0], 0.5),
        Err(NoAnswer::EmptyArm { arm: 1 })
    ));
    assert!(matches!(arms(&[0, 1, 2], 0.5), Err(NoAnswer::Shape { .. })));
    assert!(matches!(
        arms(&[0, 1], 1.0),
        Err(NoAnswer::OutOfRange { .. })
    ));
    assert!(arms(&[], 0.5).is_err());
    assert!(arms(&[0, 1], 0.5).expect("an order").is_by_chance());
}

fn sorted(kind: Kind, seed: u64) -> Rows {
    let mut rows = plain(kind, 400, seed);
    let mut places: Vec<usize> = (0..rows.arm.len()).collect();
    places.sort_by_key(|&row| rows.arm[row]);
    rows.y = places.iter().map(|&row| rows.y[row]).collect();
    rows.arm.sort_unstable();
    rows
}

fn lost(found: throughline_stats::Result<Sequence>) -> bool {
    match found {
        Ok(found) => found
            .last()
            .is_ok_and(|last| last.low > 0.0 || last.high < 0.0),
        Err(reason) => {
            assert!(matches!(reason, NoAnswer::LooksDisagree { .. }), "{reason}");
            true
        }
    }
}

#[test]
fn sorted_by_arm_only_betting_is_led_astray() {
    let share = Kind::Share([0.3, 0.3]);
    let at = looks(2, 400, 20);
    // Slow, so fewer.
    let wrong = share_of(100, |seed| {
        let rows = sorted(share, seed);
        let counts: Vec<Counts> = standings(&rows, &at)
            .into_iter()
            .map(|(n, sum)| Counts {
                n,
                hits: sum.map(|sum| sum as u64),
            })
            .collect();
        lost(bernoulli::difference(&counts, 400, 0.05))
    });
    assert!(wrong <= 0.064, "beta-binomial: {wrong}");
    let wrong = share_of(1000, |seed| {
        let rows = sorted(Kind::Normal([5.0, 5.0]), seed);
        let looks: Vec<Standing> = standings(&rows, &at)
            .into_iter()
            .map(|(n, sum)| Standing {
                n,
                mean: [0, 1].map(|arm| sum[arm] / n[arm].max(1) as f64),
            })
            .collect();
        lost(normal::difference(&looks, 2.0, 400, 0.05))
    });
    assert!(wrong <= 0.064, "normal: {wrong}");
    for kind in [share, Kind::Rating(0.0)] {
        let wrong = share_of(1000, |seed| {
            let rows = sorted(kind, seed);
            let arrivals = Arrivals {
                arm: &rows.arm,
                y: &rows.y,
                x: &[],
                cluster: None,
            };
            lost(sequence(&arrivals, Outcome::Mean, &at, 100, 400, 0.05))
        });
        assert!(wrong <= 0.064, "asymptotic, {kind:?}: {wrong}");
    }
    // Why the order is looked at.
    let wrong = share_of(100, |seed| {
        let rows = sorted(share, seed);
        assert!(!arms(&rows.arm, 0.5).expect("an order").is_by_chance());
        lost(betting::difference(
            &rows.arm,
            &rows.y,
            UNIT,
            0.5,
            Some(400),
            &at,
            0.05,
        ))
    });
    assert!(wrong > 0.2, "betting: {wrong}");
}
