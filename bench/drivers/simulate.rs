//! Made-up rows whose shares and slopes are known: columns with something in common, errors that
//! resemble each other within clusters (or whose spread depends on a column), a last column that
//! has nothing to do with the outcome.
//!
//! Shared by `bench/drivers/main.rs` and the short test in `crates/stats/tests/it/drivers`.

use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;
use throughline_stats::drivers::{Options, Rows, fit};
use throughline_stats::random::generator;

/// What to make.
pub struct Shape {
    pub rows: usize,
    pub clusters: Option<usize>,
    pub columns: usize,
}

/// How often intervals held the truth.
#[derive(Debug)]
#[allow(dead_code, reason = "printed by Debug, read by nothing else")]
pub struct Cover {
    /// Of the first column's slope.
    pub slope: f64,
    /// Of the slope of the column that has nothing to do with the outcome.
    pub slope_of_none: f64,
    /// Of the first column's share (of intervals given).
    pub share: f64,
    /// How often the first column's share had an interval.
    pub share_given: f64,
    /// How often the share of the column that has nothing to do with the outcome had one.
    pub share_of_none_given: f64,
    /// Mean of the first column's share, and the truth.
    pub mean_share: f64,
    pub true_share: f64,
}

/// Slopes: 1 for the first, smaller ones after, 0 for the last.
fn slope(column: usize, columns: usize) -> f64 {
    if column + 1 == columns {
        0.0
    } else {
        1.0 / (1.0 + column as f64)
    }
}

/// A data set: outcome, columns, clusters.
pub fn rows(shape: &Shape, seed: u64) -> (Vec<f64>, Vec<Vec<f64>>, Option<Vec<usize>>) {
    let mut random = generator(seed, "drivers: made-up rows");
    let mut normal = || -> f64 { StandardNormal.sample(&mut random) };
    let count = shape.clusters.unwrap_or(1);
    let levels: Vec<f64> = (0..count).map(|_| normal()).collect();
    let tastes: Vec<f64> = (0..count).map(|_| normal()).collect();
    let mut y = Vec::with_capacity(shape.rows);
    let mut x = vec![Vec::with_capacity(shape.rows); shape.columns];
    let mut sizes = generator(seed, "drivers: sizes");
    let mut codes = Vec::with_capacity(shape.rows);
    for row in 0..shape.rows {
        // Sizes differ: some clusters get three times the rows of others.
        let cluster = if row < 3 * count {
            row % count
        } else {
            (f64::from(sizes.random::<f32>()).powi(2) * count as f64) as usize % count
        };
        codes.push(cluster);
        let common = normal();
        let mut sum = 0.0;
        for (column, values) in x.iter_mut().enumerate() {
            // The last column shares nothing with the others, so its true share is 0.
            let value = if column + 1 == shape.columns {
                normal()
            } else {
                0.7 * common
                    + 0.6 * normal()
                    + 0.387_298_334_620_741_7
                        * tastes[cluster % count]
                        * f64::from(u8::from(shape.clusters.is_some()))
            };
            sum += slope(column, shape.columns) * value;
            values.push(value);
        }
        let spread = match shape.clusters {
            Some(_) => 1.0,
            None => (0.5 + 0.5 * x[0][row] * x[0][row]).sqrt(),
        };
        let level = shape.clusters.map_or(0.0, |_| 0.7 * levels[cluster]);
        y.push(sum + level + 1.3 * spread * normal());
    }
    (y, x, shape.clusters.map(|_| codes))
}

/// Simulates.
pub fn cover(shape: &Shape, runs: usize, draws: usize, seed: u64) -> Cover {
    let ask = |shape: &Shape, draws: usize, seed: u64| {
        let (y, x, clusters) = rows(shape, seed);
        let columns: Vec<&[f64]> = x.iter().map(Vec::as_slice).collect();
        let asked = Rows {
            outcome: &y,
            predictors: &columns,
            clusters: clusters.as_deref(),
        };
        let options = Options {
            draws,
            seed,
            ..Options::default()
        };
        fit(&asked, &options).expect("an answer")
    };
    // The truth of shares: very many rows (clusters as many times).
    let times = 1_000_000 / shape.rows;
    let large = Shape {
        rows: shape.rows * times,
        clusters: shape.clusters.map(|count| count * times),
        columns: shape.columns,
    };
    let true_share = if draws > 0 {
        ask(&large, 0, seed ^ 0xabcd).predictors[0].share
    } else {
        0.0
    };
    let found: Vec<_> = (0..runs)
        .into_par_iter()
        .map(|run| ask(shape, draws, seed * 1_000_003 + run as u64))
        .collect();
    let last = shape.columns - 1;
    let holds = |ends: (f64, f64), truth: f64| ends.0 <= truth && truth <= ends.1;
    let share_of = |test: &dyn Fn(usize) -> bool| {
        (0..runs).filter(|&run| test(run)).count() as f64 / runs as f64
    };
    let given: Vec<bool> = found
        .iter()
        .filter_map(|of| of.predictors[0].share_ends.clone().ok())
        .map(|ends| holds(ends, true_share))
        .collect();
    let slope_held = |run: usize, column: usize| {
        let ends = found[run].predictors[column].slope.ends();
        ends.is_some_and(|ends| holds(ends, slope(column, shape.columns)))
    };
    Cover {
        slope: share_of(&|run| slope_held(run, 0)),
        slope_of_none: share_of(&|run| slope_held(run, last)),
        share: given.iter().filter(|held| **held).count() as f64 / given.len().max(1) as f64,
        share_given: given.len() as f64 / runs as f64,
        share_of_none_given: share_of(&|run| found[run].predictors[last].share_ends.is_ok()),
        mean_share: found.iter().map(|of| of.predictors[0].share).sum::<f64>() / runs as f64,
        true_share,
    }
}
