//! How often the intervals for departing trends, and of synthetic difference-in-differences, hold
//! the truth: `… --example effect_coverage -- 1000 departing`; for slopes that change a little
//! alone, which are quick: `… -- 2000 slopes`.

use super::made::Plan;
use rayon::prelude::*;
use throughline_stats::effect::departure::{EventStudy, relative, smooth};
use throughline_stats::effect::{Base, Options, estimate, synthetic};

/// Prints both tables.
pub fn run(runs: u64) {
    println!(
        "\nDeparting trends: the treated drift away at a steady or a changing rate a period.\n"
    );
    println!(
        "| shape | drift | plain interval | drift up to as large as before (M = 1) | slope changes by at most M | M |"
    );
    println!("|---|---|---|---|---|---|");
    for (name, units, treated) in [
        ("60 x 12, 20 treated", 60, 20),
        ("200 x 12, 60 treated", 200, 60),
    ] {
        for (said, slope, bend, most) in [
            ("none", 0.0, 0.0, 0.0),
            ("0.1 a period", 0.1, 0.0, 0.0),
            ("0.1, growing by 0.02", 0.1, 0.02, 0.02),
        ] {
            let mut plan = Plan::usual(units, 12, &[(7, treated)]);
            plan.uneven = 0.0;
            let found: Vec<[bool; 3]> = (0..runs)
                .into_par_iter()
                .map(|seed| departing(&plan, slope, bend, most, seed))
                .collect();
            let share =
                |k: usize| 100.0 * found.iter().filter(|f| f[k]).count() as f64 / runs as f64;
            println!(
                "| {name} | {said} | {:.1}% | {:.1}% | {:.1}% | {most} |",
                share(0),
                share(1),
                share(2)
            );
        }
    }
    println!("\nSynthetic difference-in-differences, placebo errors:\n");
    println!("| shape | interval holds the truth | no effect: p at most .05 | bias |");
    println!("|---|---|---|---|");
    for (name, units, periods, start, treated) in [
        ("1 of 40, 24 periods", 40, 24, 17, 1),
        ("1 of 60, 24 periods", 60, 24, 17, 1),
        ("1 of 21, 12 periods", 21, 12, 9, 1),
        ("5 of 40, 24 periods", 40, 24, 17, 5),
    ] {
        let mut plan = Plan::usual(units, periods, &[(start, treated)]);
        plan.uneven = 0.0;
        let none = Plan {
            effect: 0.0,
            growth: 0.0,
            ..plan.clone()
        };
        let found: Vec<(bool, bool, f64)> = (0..runs)
            .into_par_iter()
            .map(|seed| {
                let (table, truth) = plan.make(seed);
                let found = synthetic::estimate(&table.panel(), seed).expect("an answer");
                let spread = found.spread.expect("a spread");
                let without = synthetic::estimate(&none.make(seed).0.panel(), seed);
                (
                    spread.low <= truth && truth <= spread.high,
                    without.expect("an answer").p <= 0.05,
                    found.value - truth,
                )
            })
            .collect();
        let share = |pick: fn(&(bool, bool, f64)) -> bool| {
            100.0 * found.iter().filter(|f| pick(f)).count() as f64 / runs as f64
        };
        let bias = found.iter().map(|f| f.2).sum::<f64>() / runs as f64;
        println!(
            "| {name} | {:.1}% | {:.1}% | {bias:+.4} |",
            share(|f| f.0),
            share(|f| f.1)
        );
    }
}

/// Prints the table for slopes that change a little.
pub fn slopes(runs: u64) {
    println!("| shape | drift | M | holds the truth | width over that of the plain interval |");
    println!("|---|---|---|---|---|");
    for (name, units, periods, start, treated) in [
        ("60 x 12, 20 treated", 60, 12, 7, 20),
        ("60 x 12, 10 treated", 60, 12, 7, 10),
        ("60 x 24, 20 treated", 60, 24, 13, 20),
        ("200 x 12, 60 treated", 200, 12, 7, 60),
        ("1,000 x 12, 300 treated", 1000, 12, 7, 300),
    ] {
        for (said, slope, bend, most) in [
            ("none", 0.0, 0.0, 0.0),
            ("0.1 a period", 0.1, 0.0, 0.0),
            ("0.1, growing by 0.02", 0.1, 0.02, 0.02),
        ] {
            let mut plan = Plan::usual(units, periods, &[(start, treated)]);
            plan.uneven = 0.0;
            let found: Vec<(bool, f64)> = (0..runs)
                .into_par_iter()
                .map(|seed| {
                    let (study, truth) = drifting(&plan, slope, bend, seed);
                    let got = smooth(&study, most).expect("a bound");
                    let width = (got.high - got.low) / (2.0 * 1.959_964 * study.se());
                    (got.low <= truth && truth <= got.high, width)
                })
                .collect();
            let held = found.iter().filter(|f| f.0).count() as f64 / runs as f64;
            let width = found.iter().map(|f| f.1).sum::<f64>() / runs as f64;
            println!(
                "| {name} | {said} | {most} | {:.1}% | {width:.2} |",
                100.0 * held
            );
        }
    }
}

/// An event study of units that drift away, and the mean effect over the periods it covers.
fn drifting(plan: &Plan, slope: f64, bend: f64, seed: u64) -> (EventStudy, f64) {
    let (mut table, _) = plan.make(seed);
    for row in 0..table.outcome.len() {
        if table.start[row].is_some() {
            let t = table.period[row] as f64;
            table.outcome[row] += slope * t + 0.5 * bend * t * (t - 1.0);
        }
    }
    let options = Options {
        base: Base::Universal,
        ..Options::default()
    };
    let fit = estimate(&table.panel(), &options).expect("a fit");
    let averages = fit.averages().expect("averages");
    let study = EventStudy::of(&fit, &averages).expect("a study");
    let n = study.after.len() as f64;
    (study, plan.effect + plan.growth * (n - 1.0) / 2.0)
}

/// Whether the plain interval, that with `M = 1` and that with slopes changing by `most` hold the
/// mean effect over the periods since the start.
fn departing(plan: &Plan, slope: f64, bend: f64, most: f64, seed: u64) -> [bool; 3] {
    let (study, truth) = drifting(plan, slope, bend, seed);
    let holds = |low: f64, high: f64| low <= truth && truth <= high;
    let half = 1.959_964 * study.se();
    let as_before = relative(&study, 1.0, seed).expect("a bound");
    let smoothly = smooth(&study, most).expect("a bound");
    [
        holds(study.value() - half, study.value() + half),
        holds(as_before.low, as_before.high),
        holds(smoothly.low, smoothly.high),
    ]
}
