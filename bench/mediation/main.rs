//! Coverage of the indirect effect's 95% intervals.
//!
//! `cargo run --release -p throughline-stats --example mediation [runs] [draws]`

#[path = "../../crates/stats/tests/it/mediation/simulate.rs"]
mod simulate;

use simulate::{Plan, USUAL};
use std::time::Instant;
use throughline_stats::mediation::{Bootstrap, Ends, Part};

fn main() {
    let argument = |place: usize, usual: u64| {
        std::env::args()
            .nth(place)
            .and_then(|v| v.parse().ok())
            .unwrap_or(usual)
    };
    let (runs, draws) = (argument(1, 2000), argument(2, 1000) as usize);
    let within = Plan {
        confounded: true,
        part: Part::Within,
        ..USUAL
    };
    println!("{runs} runs of {draws} draws: share of 95% intervals that hold the indirect effect");
    println!("| shape | percentile | accelerated |\n|---|---|---|");
    for (name, plan) in [
        ("60 x 24", USUAL),
        (
            "200 x 6",
            Plan {
                clusters: 200,
                rows: 6,
                ..USUAL
            },
        ),
        (
            "1,000 x 12",
            Plan {
                clusters: 1000,
                rows: 12,
                ..USUAL
            },
        ),
        ("60 x 24, within, confounded by cluster", within),
        (
            "200 x 6, within, confounded by cluster",
            Plan {
                clusters: 200,
                rows: 6,
                ..within
            },
        ),
        (
            "60 x 24, between",
            Plan {
                part: Part::Between,
                slope_sd: 0.0,
                ..USUAL
            },
        ),
        (
            "60 x 24, small paths (.1, .1)",
            Plan {
                a: 0.1,
                b: 0.1,
                slope_sd: 0.0,
                ..USUAL
            },
        ),
        (
            "60 x 24, no first path",
            Plan {
                a: 0.0,
                slope_sd: 0.0,
                ..USUAL
            },
        ),
        (
            "60 x 24, neither path",
            Plan {
                a: 0.0,
                b: 0.0,
                slope_sd: 0.0,
                ..USUAL
            },
        ),
        (
            "20 x 24",
            Plan {
                clusters: 20,
                ..USUAL
            },
        ),
        (
            "12 x 24",
            Plan {
                clusters: 12,
                ..USUAL
            },
        ),
    ] {
        println!(
            "| {name} | {:.4} | {:.4} |",
            plan.coverage(runs, draws, Ends::Percentile),
            plan.coverage(runs, draws, Ends::Accelerated)
        );
    }
    let start = Instant::now();
    let bootstrap = Bootstrap {
        draws: 5000,
        seed: 1,
        ends: Ends::Percentile,
    };
    let found = Plan {
        clusters: 5000,
        rows: 20,
        ..USUAL
    }
    .mediation(1, bootstrap);
    println!(
        "100,000 rows in 5,000 clusters, 5,000 draws: {:.2} s ({} draws)",
        start.elapsed().as_secs_f64(),
        found.draws
    );
}
