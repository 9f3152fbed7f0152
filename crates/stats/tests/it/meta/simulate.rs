//! Made-up studies with a known mean. Shared with the long version, `bench/meta/main.rs`.

use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use throughline_stats::meta::{Method, Test, correlations, pool};
use throughline_stats::random::generator;

/// What to make.
#[derive(Clone, Copy)]
pub struct Plan {
    pub studies: usize,
    /// Standard deviation of the true values.
    pub tau: f64,
}

const MEAN: f64 = 0.25;

impl Plan {
    /// Estimates of mean differences: errors with sd .05 to .4.
    fn effects(&self, seed: u64) -> (Vec<f64>, Vec<f64>) {
        let mut random = generator(seed, "meta plan");
        let mut variances = Vec::new();
        let estimates = (0..self.studies)
            .map(|_| {
                let sd = 0.05 * 8f64.powf(random.random::<f64>());
                variances.push(sd * sd);
                let (a, b): (f64, f64) = (
                    StandardNormal.sample(&mut random),
                    StandardNormal.sample(&mut random),
                );
                MEAN + self.tau * a + sd * b
            })
            .collect();
        (estimates, variances)
    }

    /// Correlations in samples of 30 to 300, true ones around the mean.
    fn correlations(&self, seed: u64) -> (Vec<f64>, Vec<f64>) {
        let mut random = generator(seed, "meta plan r");
        let mut sizes = Vec::new();
        let r = (0..self.studies)
            .map(|_| {
                let n = (30.0 * 10f64.powf(random.random::<f64>())).round();
                sizes.push(n);
                let a: f64 = StandardNormal.sample(&mut random);
                let rho = (MEAN + self.tau * a).clamp(-0.95, 0.95);
                let (mut xx, mut yy, mut xy, mut x1, mut y1) = (0.0, 0.0, 0.0, 0.0, 0.0);
                for _ in 0..n as usize {
                    let x: f64 = StandardNormal.sample(&mut random);
                    let e: f64 = StandardNormal.sample(&mut random);
                    let y = rho * x + (1.0 - rho * rho).sqrt() * e;
                    (xx, yy, xy, x1, y1) = (xx + x * x, yy + y * y, xy + x * y, x1 + x, y1 + y);
                }
                (xy - x1 * y1 / n) / ((xx - x1 * x1 / n) * (yy - y1 * y1 / n)).sqrt()
            })
            .collect();
        (r, sizes)
    }

    /// Share of intervals that hold the mean: REML, DerSimonian & Laird.
    pub fn coverage(&self, method: Method, test: Test, runs: u64) -> f64 {
        let hits = (0..runs).filter(|&seed| {
            let (y, v) = self.effects(seed);
            let (low, high) = pool(&y, &v, None, method, test)
                .ok()
                .and_then(|pooled| pooled.mean.ends())
                .expect("an interval");
            low <= MEAN && MEAN <= high
        });
        hits.count() as f64 / runs as f64
    }

    /// The same for Hunter & Schmidt on correlations.
    pub fn coverage_of_correlations(&self, test: Test, runs: u64) -> f64 {
        let hits = (0..runs).filter(|&seed| {
            let (r, n) = self.correlations(seed);
            let (low, high) = correlations(&r, &n, None, test)
                .ok()
                .and_then(|all| all.pooled.mean.ends())
                .expect("an interval");
            low <= MEAN && MEAN <= high
        });
        hits.count() as f64 / runs as f64
    }

    /// Share of prediction intervals that hold one more study's true value, and of intervals of
    /// `τ²` that hold it.
    pub fn coverage_of_prediction(&self, test: Test, runs: u64) -> (f64, f64) {
        let (mut one_more, mut spread) = (0, 0);
        for seed in 0..runs {
            let (y, v) = self.effects(seed);
            let pooled = pool(&y, &v, None, Method::Restricted, test).expect("pooled");
            let (low, high) = pooled.prediction.expect("a prediction");
            let z: f64 = StandardNormal.sample(&mut generator(seed, "one more"));
            let next = MEAN + self.tau * z;
            one_more += u64::from(low <= next && next <= high);
            let (low, high) = pooled.tau2_interval.expect("an interval");
            spread += u64::from(low <= self.tau * self.tau && self.tau * self.tau <= high);
        }
        (one_more as f64 / runs as f64, spread as f64 / runs as f64)
    }
}
