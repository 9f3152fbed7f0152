//! Experiments: coverage of intervals, errors under continuous peeking, widths, speed. The long
//! version of the simulations in `crates/stats/tests`.
//!
//! `cargo run --release -p throughline-stats --example experiment [runs]` (default 2000). Prints a
//! table; nothing is written.

#[path = "../../crates/stats/tests/it/experiment/rows.rs"]
mod rows;
#[path = "../../crates/stats/tests/it/experiment/trials.rs"]
mod trials;

use rows::{Kind, plain};
use std::time::Instant;
use throughline_stats::experiment::sequence::asymptotic::{Arrivals, Outcome, sequence};
use throughline_stats::experiment::sequence::bernoulli::{self, Counts};
use throughline_stats::experiment::sequence::betting::{self, Bounds};
use throughline_stats::experiment::sequence::looks;
use trials::{betting_width, fixed_trials, peeking_trials, share_of, standings};

const UNIT: Bounds = Bounds {
    low: 0.0,
    high: 1.0,
};

fn main() {
    let runs: u64 = std::env::args()
        .nth(1)
        .and_then(|runs| runs.parse().ok())
        .unwrap_or(2000);
    let start = Instant::now();
    println!("coverage of 95% intervals, {runs} runs (asked: .935 to .965)");
    for (name, trial) in fixed_trials() {
        println!("  {:.4}  {name}", share_of(runs, trial));
    }
    let peeks = (runs / 2).max(1);
    println!("error under peeking, {peeks} runs of 2,000 rows and 200 looks (asked: at most .064)");
    for (name, trial) in peeking_trials(2000, 200) {
        let start = Instant::now();
        let lost = share_of(peeks, trial);
        println!(
            "  {lost:.4}  {name} ({:.1} s)",
            start.elapsed().as_secs_f64()
        );
    }
    println!("width of the betting interval at its horizon over Welch's (asked: at most 1.6)");
    for (name, kind, bounds) in [
        ("shares .02", Kind::Share([0.02, 0.02]), [0.0, 1.0]),
        ("shares .10 and .15", Kind::Share([0.1, 0.15]), [0.0, 1.0]),
        ("shares .50", Kind::Share([0.5, 0.5]), [0.0, 1.0]),
        ("ratings 1 to 5", Kind::Rating(0.1), [1.0, 5.0]),
    ] {
        let cells: Vec<String> = [500, 1000, 5000, 20000]
            .into_iter()
            .map(|n| format!("{n}: {:.3}", betting_width(kind, bounds, n, 40)))
            .collect();
        println!("  {name}: {}", cells.join(", "));
    }
    println!("simulations took {:.0} s", start.elapsed().as_secs_f64());
    speed();
}

fn speed() {
    let rows = plain(Kind::Share([0.1, 0.11]), 1_000_000, 1);
    let n = rows.arm.len() as u64;
    let at = looks(2, n, 100);
    let start = Instant::now();
    let found = betting::difference(&rows.arm, &rows.y, UNIT, 0.5, Some(n), &at, 0.05);
    report("betting", start, found.is_ok());
    let start = Instant::now();
    let counts: Vec<Counts> = standings(&rows, &at)
        .into_iter()
        .map(|(n, sum)| Counts {
            n,
            hits: sum.map(|sum| sum as u64),
        })
        .collect();
    let found = bernoulli::difference(&counts, n, 0.05);
    report("beta-binomial", start, found.is_ok());
    let start = Instant::now();
    let arrivals = Arrivals {
        arm: &rows.arm,
        y: &rows.y,
        x: &[],
        cluster: None,
    };
    let found = sequence(&arrivals, Outcome::Mean, &at, 100, n, 0.05);
    report("asymptotic", start, found.is_ok());
}

fn report(name: &str, start: Instant, answered: bool) {
    assert!(answered, "{name} gave no answer");
    let took = start.elapsed().as_secs_f64();
    println!("  {name}: a million rows, 100 looks: {took:.2} s");
}
