//! Made-up rows with a known truth, for coverage: clusters of very different size, errors that
//! resemble each other within a cluster, slopes that differ between clusters.
//!
//! Shared with the long version, `bench/coverage/main.rs`.

use rand::RngExt;
use rand_distr::{Distribution, LogNormal, StandardNormal};
use throughline_stats::Gram;
use throughline_stats::random::generator;

/// What to make.
pub struct Plan {
    pub clusters: usize,
    /// Median rows of a cluster; sizes are log-normal with sigma 1, at least one row.
    pub median_rows: f64,
    /// Share of rows with each column, in an average cluster.
    pub shares: Vec<f64>,
    /// Mean slope of each column.
    pub slopes: Vec<f64>,
    /// Standard deviation of the slopes between clusters.
    pub slope_sd: f64,
    /// Standard deviation between clusters of the level, and of the log-odds of the columns.
    pub cluster_sd: f64,
}

impl Plan {
    pub fn usual() -> Self {
        Self {
            clusters: 60,
            median_rows: 60.0,
            shares: vec![0.30, 0.15, 0.08, 0.04, 0.02],
            slopes: vec![-1.5, -0.8, -0.4, 0.0, -2.0],
            slope_sd: 0.5,
            cluster_sd: 0.8,
        }
    }

    /// One row after another: cluster, columns that are 1, response.
    pub fn rows(&self, seed: u64) -> Vec<(usize, Vec<usize>, f64)> {
        let mut random = generator(seed, "plan");
        let size = LogNormal::new(self.median_rows.ln(), 1.0).expect("valid");
        let mut normal = || -> f64 { StandardNormal.sample(&mut random) };
        let clusters: Vec<(f64, Vec<f64>, Vec<f64>)> = (0..self.clusters)
            .map(|_| {
                let level = self.cluster_sd * normal();
                let odds = self
                    .shares
                    .iter()
                    .map(|share| (share / (1.0 - share)).ln() + self.cluster_sd * normal())
                    .collect();
                let slopes = self
                    .slopes
                    .iter()
                    .map(|b| b + self.slope_sd * normal())
                    .collect();
                (level, odds, slopes)
            })
            .collect();
        let mut rows = Vec::new();
        for (cluster, (level, odds, slopes)) in clusters.iter().enumerate() {
            let count = (size.sample(&mut random) as usize).clamp(1, 3000);
            // Errors drift within a cluster, so that they resemble each other beyond its level.
            let mut drift = 0.0;
            for _ in 0..count {
                let named: Vec<usize> = (0..odds.len())
                    .filter(|&k| random.random::<f64>() < 1.0 / (1.0 + (-odds[k]).exp()))
                    .collect();
                let e: f64 = StandardNormal.sample(&mut random);
                let step: f64 = StandardNormal.sample(&mut random);
                drift = 0.9 * drift + 0.4 * step;
                let pull: f64 = named.iter().map(|&k| slopes[k]).sum();
                rows.push((cluster, named, 7.0 + level + pull + drift + 1.5 * e));
            }
        }
        rows
    }
}

/// One `Gram` a cluster.
pub fn grams(clusters: usize, width: usize, rows: &[(usize, Vec<usize>, f64)]) -> Vec<Gram> {
    let mut grams = vec![Gram::new(width); clusters];
    for (cluster, named, y) in rows {
        let columns: Vec<(usize, f64)> = named.iter().map(|&k| (k, 1.0)).collect();
        grams[*cluster].add(&columns, *y).expect("clean row");
    }
    grams
}
