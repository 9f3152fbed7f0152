//! Synthetic difference-in-differences for one treated unit, by simulation: how often its interval
//! holds the truth, and how often it finds what isn't there. Longer: `bench/effect/departing.rs`.

use super::made::Plan;
use throughline_stats::effect::synthetic::estimate;

const RUNS: u64 = 150;

/// Shares of 150 runs: their own standard error is .018, and .044 a width of 2.5 of them.
#[test]
fn one_treated_unit_is_judged_as_often_right_as_said() {
    let mut plan = Plan::usual(21, 12, &[(9, 1)]);
    plan.uneven = 0.0;
    let none = Plan {
        effect: 0.0,
        growth: 0.0,
        ..plan.clone()
    };
    let (mut held, mut found) = (0, 0);
    for seed in 0..RUNS {
        let (table, truth) = plan.make(seed);
        let panel = table.panel().expect("a panel");
        let spread = estimate(&panel, seed).expect("an answer").spread;
        let spread = spread.expect("a spread");
        held += u64::from(spread.low <= truth && truth <= spread.high);
        let (table, _) = none.make(seed);
        let panel = table.panel().expect("a panel");
        let answer = estimate(&panel, seed).expect("an answer");
        found += u64::from(answer.p <= 0.05);
    }
    let share = |n: u64| n as f64 / RUNS as f64;
    println!("held {:.3}, found {:.3}", share(held), share(found));
    assert!((0.89..=0.99).contains(&share(held)), "held {}", share(held));
    assert!(share(found) <= 0.095, "found {}", share(found));
}
