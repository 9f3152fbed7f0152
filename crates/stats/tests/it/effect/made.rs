//! Made-up panels with a known truth: levels that differ, a common trend, noise that carries over,
//! effects that grow, rows that are missing; and units chosen by lot or for a bad month.
//!
//! Shared with the long version, `bench/effect/coverage.rs`.

use super::Table;
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_distr::{Distribution, StandardNormal};
use throughline_stats::random::generator;

/// What to make.
#[derive(Clone, Debug)]
pub struct Plan {
    pub units: usize,
    pub periods: usize,
    /// First period under treatment and units that start then.
    pub starts: Vec<(i64, usize)>,
    /// Effect at once, and what each period adds.
    pub effect: f64,
    pub growth: f64,
    /// Standard deviation of effects between units.
    pub uneven: f64,
    /// What of noise carries over to the next period.
    pub carry: f64,
    /// Share of rows that are missing.
    pub missing: f64,
    /// Whether those with the lowest value in the period before are chosen.
    pub worst_first: bool,
    /// Units in a cluster (1: none) and standard deviation of what it shares a period.
    pub cluster: usize,
    pub shared: f64,
}

impl Plan {
    pub fn usual(units: usize, periods: usize, starts: &[(i64, usize)]) -> Self {
        Self {
            units,
            periods,
            starts: starts.to_vec(),
            effect: 0.3,
            growth: 0.05,
            uneven: 0.3,
            carry: 0.4,
            missing: 0.0,
            worst_first: false,
            cluster: 1,
            shared: 0.0,
        }
    }

    /// Rows, and the true overall effect: over treated units and periods since their start, each
    /// cohort's periods counting by its size, as the estimate does.
    pub fn make(&self, seed: u64) -> (Table, f64) {
        let mut random = generator(seed, "effect plan");
        let mut normal = || -> f64 { StandardNormal.sample(&mut random) };
        let groups = self.units.div_ceil(self.cluster);
        let steady = (1.0 - self.carry * self.carry).sqrt();
        let mut values = vec![vec![0.0; self.periods]; self.units];
        let common: Vec<f64> = (0..self.periods).map(|_| 0.2 * normal()).collect();
        let shared: Vec<Vec<f64>> = (0..groups)
            .map(|_| (0..self.periods).map(|_| self.shared * normal()).collect())
            .collect();
        for (unit, row) in values.iter_mut().enumerate() {
            let level = normal();
            let mut noise = normal();
            for (t, v) in row.iter_mut().enumerate() {
                if t > 0 {
                    noise = self.carry * noise + steady * normal();
                }
                *v = level + common[t] + noise + shared[unit / self.cluster][t];
            }
        }
        let own: Vec<f64> = (0..self.units).map(|_| self.uneven * normal()).collect();
        let start = self.choose(&values, &mut random);
        let (mut table, mut sum, mut weight) = (Table::default(), 0.0, 0.0);
        for unit in 0..self.units {
            for (t, value) in values[unit].iter().enumerate() {
                let period = t as i64 + 1;
                let mut y = *value;
                if let Some(g) = start[unit].filter(|&g| period >= g) {
                    y += self.effect + self.growth * (period - g) as f64 + own[unit];
                    // Unevenness averages out: the truth is the mean over whom it could befall.
                    sum += self.effect + self.growth * (period - g) as f64;
                    weight += 1.0;
                }
                if random.random::<f64>() < self.missing {
                    continue;
                }
                table.unit.push(unit);
                table.period.push(period);
                table.outcome.push(y);
                table.start.push(start[unit]);
                if self.cluster > 1 {
                    table.cluster.push(unit / self.cluster);
                }
            }
        }
        (table, sum / weight)
    }

    fn choose(&self, values: &[Vec<f64>], random: &mut impl rand::Rng) -> Vec<Option<i64>> {
        let mut start = vec![None; self.units];
        let groups = self.units.div_ceil(self.cluster);
        let mut order: Vec<usize> = (0..groups).collect();
        order.shuffle(random);
        let mut dealt = 0;
        for &(first, count) in &self.starts {
            if self.worst_first {
                let before = first as usize - 2;
                let mut free: Vec<usize> =
                    (0..self.units).filter(|&u| start[u].is_none()).collect();
                free.sort_by(|&a, &b| values[a][before].total_cmp(&values[b][before]));
                for &unit in free.iter().take(count) {
                    start[unit] = Some(first);
                }
            } else {
                for &group in order.iter().skip(dealt).take(count) {
                    let last = ((group + 1) * self.cluster).min(self.units);
                    start[group * self.cluster..last].fill(Some(first));
                }
                dealt += count;
            }
        }
        start
    }
}
