//! Plans for experiments that are looked at all the time: how wide the interval will be along the
//! way, and when it may be expected to settle the matter.
//!
//! Widths are those of the mixtures in [`crate::experiment::sequence`] for a scatter that is known.
//! Stopping times come from simulated paths of the estimate (normal, independent steps), so they
//! hold for many small steps.

use super::super::sequence::asymptotic::{half_width, information};
use crate::answer::quantile_of_t;
use crate::random::generator;
use crate::reason::{NoAnswer, Result, within};
use rand_distr::{Distribution, StandardNormal};

/// The interval at one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Width {
    /// Rows in both arms.
    pub n: u64,
    /// Half-width to expect.
    pub half: f64,
    /// Half-width if rows scatter as much as they possibly can.
    pub largest_half: f64,
    /// Half-width of an interval looked at once, here.
    pub fixed_half: f64,
}

/// When an experiment may be over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stopping {
    /// Probability that the interval is clear of zero by the horizon.
    pub found: f64,
    /// Rows until then, on average; experiments that go all the way count with the horizon.
    pub mean_rows: f64,
}

/// A plan: two arms, `treated_share` of the rows treated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Rows in both arms the sequence is tuned for.
    pub horizon: u64,
    /// Share of rows in the treated arm.
    pub treated_share: f64,
    /// Standard deviation of rows within an arm.
    pub sd: f64,
    /// The most it could be (√(p(1-p)) at ½ for shares, half the distance of bounds).
    pub largest_sd: f64,
    /// Error.
    pub alpha: f64,
}

impl Plan {
    fn checked(&self) -> Result<f64> {
        within(self.treated_share, 0.01, 0.99)?;
        within(self.sd, 1e-50, 1e50)?;
        within(self.largest_sd, self.sd, 1e50)?;
        within(self.horizon as f64, 10.0, 1e12)?;
        let (treated, control) = (self.treated_share, 1.0 - self.treated_share);
        Ok((1.0 / treated + 1.0 / control).sqrt())
    }

    /// The interval after each number of rows.
    ///
    /// # Errors
    /// [`NoAnswer::Empty`] without a time, [`NoAnswer::OutOfRange`].
    pub fn widths(&self, at: &[u64]) -> Result<Vec<Width>> {
        let unit = self.checked()?;
        if at.is_empty() {
            return Err(NoAnswer::Empty);
        }
        at.iter()
            .map(|&n| {
                within(n as f64, 1.0, 1e15)?;
                let se = unit * self.sd / (n as f64).sqrt();
                let half = half_width(se, information(n, self.horizon, self.alpha)?, self.alpha)?;
                Ok(Width {
                    n,
                    half,
                    largest_half: half / self.sd * self.largest_sd,
                    fixed_half: se * quantile_of_t(1.0 - self.alpha / 2.0, f64::INFINITY),
                })
            })
            .collect()
    }

    /// When the interval gets clear of zero if the true difference is `difference`, looked at
    /// `looks` times evenly up to the horizon, from `runs` simulated experiments.
    ///
    /// # Errors
    /// [`NoAnswer::OutOfRange`].
    pub fn stopping(
        &self,
        difference: f64,
        looks: usize,
        runs: usize,
        seed: u64,
    ) -> Result<Stopping> {
        let unit = self.checked()?;
        within(difference, -1e50, 1e50)?;
        within(looks as f64, 1.0, 1e5)?;
        within(runs as f64, 1.0, 1e6)?;
        let mut random = generator(seed, "stopping");
        let step = self.horizon as f64 / looks as f64;
        let mut boundary = Vec::with_capacity(looks);
        for k in 1..=looks {
            let n = step * k as f64;
            let se = unit * self.sd / n.sqrt();
            let w = information(n.round().max(1.0) as u64, self.horizon, self.alpha)?;
            boundary.push(half_width(se, w, self.alpha)?);
        }
        let (mut found, mut rows) = (0usize, 0.0);
        for _ in 0..runs {
            let mut sum = 0.0;
            let mut stopped = self.horizon as f64;
            for (k, half) in boundary.iter().enumerate() {
                let noise: f64 = StandardNormal.sample(&mut random);
                sum += step * difference + unit * self.sd * step.sqrt() * noise;
                let n = step * (k + 1) as f64;
                if (sum / n).abs() > *half {
                    found += 1;
                    stopped = n;
                    break;
                }
            }
            rows += stopped;
        }
        Ok(Stopping {
            found: found as f64 / runs as f64,
            mean_rows: rows / runs as f64,
        })
    }
}
