//! Coverage of the intervals of `stats::drivers`, and its speed.
//!
//! `cargo run --release -p throughline-stats --example drivers [runs]` (default 2000). Prints
//! tables; nothing is written.

mod simulate;

use simulate::{Shape, cover, rows};
use std::time::Instant;
use throughline_stats::drivers::{Options, Rows, fit};

fn main() {
    let runs: usize = std::env::args()
        .nth(1)
        .and_then(|runs| runs.parse().ok())
        .unwrap_or(2000);
    println!("coverage of 95% intervals, {runs} runs (shares: a fifth, 399 draws)");
    println!(
        "shape                           slope  of none  share  given  none given  mean share  true share"
    );
    let shape = |rows, clusters, columns| Shape {
        rows,
        clusters,
        columns,
    };
    for (name, shape) in [
        ("400 rows, unequal spread", shape(400, None, 4)),
        ("3,000 rows, unequal spread", shape(3_000, None, 8)),
        ("600 rows in 20 clusters", shape(600, Some(20), 4)),
        ("1,200 rows in 60 clusters", shape(1_200, Some(60), 6)),
        ("4,000 rows in 200 clusters", shape(4_000, Some(200), 8)),
    ] {
        let slopes = cover(&shape, runs, 0, 3);
        let shares = cover(&shape, runs / 5, 399, 5);
        println!(
            "{name:<30} {:>6.3} {:>8.3} {:>6.3} {:>6.3} {:>11.3} {:>11.4} {:>11.4}",
            slopes.slope,
            slopes.slope_of_none,
            shares.share,
            shares.share_given,
            shares.share_of_none_given,
            shares.mean_share,
            shares.true_share
        );
    }
    speed();
}

fn speed() {
    println!("\nspeed, this machine");
    for (count, columns, clusters, draws) in [
        (10_000, 15, None, 0),
        (10_000, 15, None, 999),
        (10_000, 15, Some(200), 999),
        (1_000_000, 15, Some(2_000), 0),
        (1_000_000, 15, None, 999),
        (10_000, 40, Some(200), 999),
    ] {
        let shape = Shape {
            rows: count,
            clusters,
            columns,
        };
        let (y, x, codes) = rows(&shape, 1);
        let x: Vec<&[f64]> = x.iter().map(Vec::as_slice).collect();
        let asked = Rows {
            outcome: &y,
            predictors: &x,
            clusters: codes.as_deref(),
        };
        let options = Options {
            draws,
            ..Options::default()
        };
        let start = Instant::now();
        let found = fit(&asked, &options).expect("an answer");
        println!(
            "{count:>9} rows, {columns} columns, {} clusters, {draws} draws: {:.3} s (R2 {:.3})",
            clusters.map_or("no".to_owned(), |n| n.to_string()),
            start.elapsed().as_secs_f64(),
            found.r2
        );
    }
}
