//! Made-up rows with a known truth: groups by periods, a predictor with parts within and between
//! groups, a slope that differs between groups. Shared with the long version,
//! `bench/multilevel/main.rs`.

use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use throughline_stats::multilevel::{Criterion, Grouping, Model, fit, parts};
use throughline_stats::random::generator;
use throughline_stats::{Answer, Result};

/// What to make.
#[derive(Clone, Copy)]
pub struct Plan {
    pub groups: usize,
    pub periods: usize,
    /// Share of rows left out.
    pub missing: f64,
    /// Standard deviations between groups of the level and the slope.
    pub level_sd: f64,
    pub slope_sd: f64,
    /// Standard deviation between periods; above 0, periods are a grouping that crosses.
    pub period_sd: f64,
    /// Whether slopes may differ in the model.
    pub slopes: bool,
}

pub const USUAL: Plan = Plan {
    groups: 60,
    periods: 24,
    missing: 0.0,
    level_sd: 0.5,
    slope_sd: 0.2,
    period_sd: 0.0,
    slopes: true,
};

/// True coefficients: the constant, within groups, between groups.
pub const TRUTH: [f64; 3] = [2.0, 0.3, -0.4];

pub struct Rows {
    pub group: Vec<usize>,
    pub period: Vec<usize>,
    pub x: Vec<f64>,
    pub y: Vec<f64>,
}

impl Plan {
    pub fn rows(&self, seed: u64) -> Rows {
        let mut random = generator(seed, "multilevel plan");
        let mut normal = || -> f64 { StandardNormal.sample(&mut random) };
        let groups: Vec<[f64; 3]> = (0..self.groups)
            .map(|_| {
                let level = normal();
                // Level and slope go together by .4.
                let slope = 0.4 * level + (1.0f64 - 0.16).sqrt() * normal();
                [0.7 * normal(), self.level_sd * level, self.slope_sd * slope]
            })
            .collect();
        let periods: Vec<f64> = (0..self.periods)
            .map(|_| self.period_sd * normal())
            .collect();
        let mut rows = Rows {
            group: vec![],
            period: vec![],
            x: vec![],
            y: vec![],
        };
        for (g, [mean, level, slope]) in groups.iter().enumerate() {
            for (t, shift) in periods.iter().enumerate() {
                let (a, b): (f64, f64) = (
                    StandardNormal.sample(&mut random),
                    StandardNormal.sample(&mut random),
                );
                if random.random::<f64>() < self.missing {
                    continue;
                }
                rows.group.push(g);
                rows.period.push(t);
                rows.x.push(mean + a);
                let pull = (TRUTH[1] + slope) * a + TRUTH[2] * mean;
                rows.y.push(TRUTH[0] + pull + level + shift + b);
            }
        }
        rows
    }

    /// The coefficients of one made-up set: the constant, within, between. The part between is the
    /// group's mean in the rows at hand, so its truth is blurred a little; with `periods` rows a
    /// group the slope between is pulled towards the one within by `1 / (1 + .49 · periods)`,
    /// which `truth` counts.
    pub fn estimate(&self, seed: u64) -> Result<Vec<Answer>> {
        let rows = self.rows(seed);
        let split = parts(&rows.x, &rows.group, self.groups)?;
        let slopes: [&[f64]; 1] = [&split.within];
        let mut groupings = vec![Grouping {
            group: &rows.group,
            groups: self.groups,
            intercept: true,
            slopes: if self.slopes { &slopes } else { &[] },
            correlated: true,
        }];
        if self.period_sd > 0.0 {
            groupings.push(Grouping {
                group: &rows.period,
                groups: self.periods,
                intercept: true,
                slopes: &[],
                correlated: true,
            });
        }
        let fit = fit(&Model {
            outcome: &rows.y,
            fixed: &[&split.within, &split.between],
            intercept: true,
            groupings: &groupings,
            criterion: Criterion::Restricted,
        })?;
        Ok(fit.coefficients.into_iter().map(|c| c.estimate).collect())
    }

    /// What the coefficients estimate.
    pub fn truth(&self) -> [f64; 3] {
        let rows = self.periods as f64 * (1.0 - self.missing);
        let blurred = 1.0 / (1.0 + 0.49 * rows);
        [
            TRUTH[0],
            TRUTH[1],
            TRUTH[2] + blurred * (TRUTH[1] - TRUTH[2]),
        ]
    }

    /// Share of intervals that hold the truth, by coefficient, and runs without an answer.
    pub fn coverage(&self, runs: u64, first: u64) -> ([f64; 3], u64) {
        use rayon::prelude::*;
        let truth = self.truth();
        let hits: Vec<Option<[bool; 3]>> = (first..first + runs)
            .into_par_iter()
            .map(|seed| {
                let answers = self.estimate(seed).ok()?;
                let mut hit = [false; 3];
                for (k, answer) in answers.iter().enumerate() {
                    let (low, high) = answer.ends()?;
                    hit[k] = low <= truth[k] && truth[k] <= high;
                }
                Some(hit)
            })
            .collect();
        let given = hits.iter().flatten().count() as f64;
        let share = |k: usize| hits.iter().flatten().filter(|hit| hit[k]).count() as f64 / given;
        ([share(0), share(1), share(2)], runs - given as u64)
    }
}
