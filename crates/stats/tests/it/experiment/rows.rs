//! Rows of made-up experiments.
//!
//! Shared with the long version, `bench/experiment/main.rs`.

use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use throughline_stats::random::generator;

/// What rows are like.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// 0 or 1, with these shares in the two arms.
    Share([f64; 2]),
    /// Normal with standard deviation 2, these means.
    Normal([f64; 2]),
    /// 1 to 5 in whole steps, clustering at the top, the treated arm shifted now and then.
    Rating(f64),
    /// Log-normal with sigma 1 times a factor: a long tail.
    Skewed([f64; 2]),
}

impl Kind {
    /// Treated minus control.
    pub fn truth(self) -> f64 {
        match self {
            Self::Share([a, b]) | Self::Normal([a, b]) => b - a,
            // A row below 5 rises by one step with this probability.
            Self::Rating(shift) => shift * (1.0 - RATINGS[4]),
            Self::Skewed([a, b]) => (b - a) * 0.5f64.exp(),
        }
    }

    fn value(self, arm: usize, random: &mut impl RngExt) -> f64 {
        match self {
            Self::Share(share) => f64::from(u8::from(random.random::<f64>() < share[arm])),
            Self::Normal(mean) => {
                let noise: f64 = StandardNormal.sample(random);
                mean[arm] + 2.0 * noise
            }
            Self::Rating(shift) => {
                let mut left = random.random::<f64>();
                let mut rating = 1;
                for share in &RATINGS[..4] {
                    if left < *share {
                        break;
                    }
                    left -= share;
                    rating += 1;
                }
                if arm == 1 && rating < 5 && random.random::<f64>() < shift {
                    rating += 1;
                }
                f64::from(rating)
            }
            Self::Skewed(factor) => {
                let noise: f64 = StandardNormal.sample(random);
                factor[arm] * noise.exp()
            }
        }
    }
}

const RATINGS: [f64; 5] = [0.10, 0.08, 0.17, 0.35, 0.30];

/// An experiment's rows in the order they came.
pub struct Rows {
    pub arm: Vec<usize>,
    pub y: Vec<f64>,
    pub x: Vec<f64>,
    pub cluster: Vec<usize>,
}

impl Rows {
    /// Rows of one arm.
    pub fn of(&self, arm: usize, column: &[f64]) -> Vec<f64> {
        let own = self.arm.iter().zip(column);
        own.filter(|(a, _)| **a == arm).map(|(_, v)| *v).collect()
    }
}

/// `n` independent rows, arms by a fair coin.
pub fn plain(kind: Kind, n: usize, seed: u64) -> Rows {
    let mut random = generator(seed, "rows");
    let mut rows = empty();
    for row in 0..n {
        let arm = usize::from(random.random::<f64>() < 0.5);
        rows.arm.push(arm);
        rows.y.push(kind.value(arm, &mut random));
        rows.x.push(0.0);
        rows.cluster.push(row);
    }
    rows
}

/// `n` rows with the same measured before (correlation about .7); the treated arm gains `gain`.
pub fn before_and_after(gain: f64, n: usize, seed: u64) -> Rows {
    let mut random = generator(seed, "before and after");
    let mut rows = empty();
    for row in 0..n {
        let arm = usize::from(random.random::<f64>() < 0.5);
        let [own, first, second]: [f64; 3] =
            std::array::from_fn(|_| StandardNormal.sample(&mut random));
        rows.arm.push(arm);
        rows.x.push(10.0 + own + 0.65 * first);
        rows.y.push(10.0 + own + 0.65 * second + gain * arm as f64);
        rows.cluster.push(row);
    }
    rows
}

/// `n` rows of numerator and denominator (1 to 9 tries each, of which some succeed).
pub fn tries(share: [f64; 2], n: usize, seed: u64) -> Rows {
    let mut random = generator(seed, "tries");
    let mut rows = empty();
    for row in 0..n {
        let arm = usize::from(random.random::<f64>() < 0.5);
        let tries = 1 + (random.random::<f64>().powi(2) * 9.0) as usize;
        // People differ: their own share scatters about the arm's.
        let own = share[arm] + 0.15 * (random.random::<f64>() - 0.5);
        let hits = (0..tries).filter(|_| random.random::<f64>() < own).count();
        rows.arm.push(arm);
        rows.x.push(tries as f64);
        rows.y.push(hits as f64);
        rows.cluster.push(row);
    }
    rows
}

/// Whole clusters in an arm: half of them each, of 3 to 40 rows, rows alike within a cluster
/// (intraclass correlation .2 for `between` = 1), in a random order. `x` is the same before.
pub fn clustered(clusters: usize, gain: f64, between: f64, seed: u64) -> Rows {
    let mut random = generator(seed, "clusters");
    let mut drawn = Vec::new();
    for cluster in 0..clusters {
        let arm = cluster % 2;
        let size = 3 + (random.random::<f64>().powi(2) * 38.0) as usize;
        let level: f64 = StandardNormal.sample(&mut random);
        for _ in 0..size {
            let [first, second]: [f64; 2] =
                std::array::from_fn(|_| StandardNormal.sample(&mut random));
            let at: f64 = random.random();
            let own = between * level;
            let y = 7.0 + own + 2.0 * first + gain * arm as f64;
            drawn.push((at, arm, cluster, y, 7.0 + own + 2.0 * second));
        }
    }
    drawn.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut rows = empty();
    for (_, arm, cluster, y, x) in drawn {
        rows.arm.push(arm);
        rows.cluster.push(cluster);
        rows.y.push(y);
        rows.x.push(x);
    }
    rows
}

fn empty() -> Rows {
    Rows {
        arm: Vec::new(),
        y: Vec::new(),
        x: Vec::new(),
        cluster: Vec::new(),
    }
}
