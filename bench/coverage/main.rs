//! Coverage of 95% intervals, the long version of the simulations in `crates/stats/tests`.
//!
//! `cargo run --release -p throughline-stats --example coverage [runs]` (default 2000). Prints a
//! table; nothing is written.

#[path = "../../crates/stats/tests/it/mislabel.rs"]
mod mislabel;
#[path = "../../crates/stats/tests/it/simulate.rs"]
mod simulate;

use mislabel::{Errors, fourteen};
use simulate::{Plan, grams};
use std::time::Instant;
use throughline_stats::clustered::{Intercept, fit};

fn main() {
    let runs: u64 = std::env::args()
        .nth(1)
        .and_then(|runs| runs.parse().ok())
        .unwrap_or(2000);
    slopes(runs);
    labels(runs / 10);
    speed();
}

fn slopes(runs: u64) {
    println!("true labels: {runs} runs, coverage by column (share of rows)");
    for (name, plan) in [
        ("60 clusters", Plan::usual()),
        (
            "60 clusters, slopes differ much",
            Plan {
                slope_sd: 1.5,
                ..Plan::usual()
            },
        ),
        (
            "25 clusters",
            Plan {
                clusters: 25,
                ..Plan::usual()
            },
        ),
        (
            "12 clusters",
            Plan {
                clusters: 12,
                ..Plan::usual()
            },
        ),
        (
            "200 small clusters",
            Plan {
                clusters: 200,
                median_rows: 8.0,
                ..Plan::usual()
            },
        ),
    ] {
        let width = plan.shares.len();
        let all: Vec<usize> = (0..width).collect();
        let (mut covered, mut given) = (vec![0.0; width], vec![0.0; width]);
        for seed in 0..runs {
            let grams = grams(plan.clusters, width, &plan.rows(seed));
            let Ok(fit) = fit(&grams, Intercept::WithinCluster, &all) else {
                continue;
            };
            for (k, coefficient) in fit.coefficients.iter().enumerate() {
                let ends = coefficient
                    .slope
                    .as_ref()
                    .ok()
                    .and_then(|slope| slope.ends());
                if let Some((low, high)) = ends {
                    given[k] += 1.0;
                    covered[k] += f64::from(low <= plan.slopes[k] && plan.slopes[k] <= high);
                }
            }
        }
        let cells: Vec<String> = (0..width)
            .map(|k| {
                let share = 100.0 * plan.shares[k];
                let none = 100.0 * (1.0 - given[k] / runs as f64);
                format!(
                    "{:.1}% ({share:.0}%, none {none:.1}%)",
                    100.0 * covered[k] / given[k]
                )
            })
            .collect();
        let mean = 100.0 * covered.iter().sum::<f64>() / given.iter().sum::<f64>();
        println!("  {name}: {mean:.1}%: {}", cells.join(", "));
    }
}

fn labels(runs: u64) {
    println!("fallible labels, 14 themes, {runs} runs: coverage corrected (as is)");
    let (plan, wrong) = fourteen();
    for reviewed in [100, 200, 400] {
        for moved in [0.0, 0.4, 0.8] {
            let errors = Errors {
                wrong: wrong.clone(),
                missed: 0.08,
                moved,
            };
            let got = mislabel::simulate(&errors, &plan, reviewed, 0..runs);
            println!(
                "  reviewed {reviewed}, moved {moved}: slopes {:.3} ({:.3}), sizes {:.3} ({:.3}), \
                 mean slope over truth {:.3} ({:.3})",
                got.slopes,
                got.slopes_as_is,
                got.sizes,
                got.sizes_as_is,
                got.ratio,
                got.ratio_as_is
            );
        }
    }
}

fn speed() {
    println!("time of one fit, all columns reported");
    for (clusters, width, median_rows) in [
        (60, 130, 400.0),
        (2000, 130, 10.0),
        (2000, 130, 200.0),
        (2000, 250, 200.0),
    ] {
        let plan = Plan {
            clusters,
            median_rows,
            shares: vec![2.0 / width as f64; width],
            slopes: vec![-1.0; width],
            ..Plan::usual()
        };
        let rows = plan.rows(1);
        let start = Instant::now();
        let grams = grams(clusters, width, &rows);
        let added = start.elapsed();
        let all: Vec<usize> = (0..width).collect();
        let start = Instant::now();
        let fit = fit(&grams, Intercept::WithinCluster, &all).map(|fit| fit.answered.len());
        println!(
            "  {clusters} clusters x {width} columns: {} rows added at {:.0} ns each, fit {:.2} s, \
             {fit:?} answered",
            rows.len(),
            added.as_nanos() as f64 / rows.len() as f64,
            start.elapsed().as_secs_f64()
        );
    }
}
