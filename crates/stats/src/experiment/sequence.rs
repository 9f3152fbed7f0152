//! Confidence sequences: intervals that hold at every look at once, however often and whenever one
//! looks, and p-values to match (Howard, Ramdas, McAuliffe & Sekhon 2021, Annals of Statistics
//! 49:1055-1080).
//!
//! - [`betting`]: bounded outcomes, arms by chance with a known split; tight at a declared horizon;
//! - [`bernoulli`]: shares, by beta-binomial mixtures; no split need be known;
//! - [`normal`]: outcomes whose scatter is known beforehand (or bounded), by normal mixtures;
//! - [`asymptotic`]: anything with a standard error, after a burn-in;
//! - [`gamma`], [`stitched`], [`quantile`]: further boundaries of the same paper and of Howard &
//!   Ramdas 2022 for sums with heavier tails, and for medians and other quantiles.
//!
//! Each starts from a process that is a (super)martingale at the true value; Ville's inequality
//! bounds the chance that it ever passes `1 / alpha`. Intervals here are intersected over looks:
//! what was once excluded stays excluded.

pub mod asymptotic;
pub mod bernoulli;
pub mod betting;
pub mod gamma;
pub mod normal;
pub mod quantile;
mod search;
pub mod stitched;

use crate::reason::{NoAnswer, Result, within};

/// Rows of a whole experiment that sequences are tuned for where nobody says how long it will be.
pub const USUAL_HORIZON: u64 = 5000;

/// What was known at one look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Rows so far, in both arms.
    pub n: u64,
    /// Treated minus control.
    pub value: f64,
    /// Lower end, intersected over all looks so far.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// All looks, and what they come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequence {
    /// In time; never empty.
    pub looks: Vec<Look>,
    /// Anytime-valid p-value of "no difference": the least of all looks.
    pub p: f64,
}

impl Sequence {
    /// The last look.
    ///
    /// # Errors
    /// [`NoAnswer::Empty`].
    pub fn last(&self) -> Result<Look> {
        self.looks.last().copied().ok_or(NoAnswer::Empty)
    }
}

/// Where to look: `count` times, evenly between `from` and `to` rows, `to` included.
pub fn looks(from: u64, to: u64, count: usize) -> Vec<u64> {
    let from = from.max(1).min(to);
    let steps = (count.max(2) - 1).min((to - from).max(1) as usize) as u64;
    let mut at: Vec<u64> = (0..=steps)
        .map(|k| from + (u128::from(to - from) * u128::from(k) / u128::from(steps)) as u64)
        .collect();
    at.dedup();
    at
}

/// Gathers looks.
pub(crate) struct Running {
    looks: Vec<Look>,
    low: f64,
    high: f64,
    most_evidence: f64,
}

impl Running {
    pub fn new() -> Self {
        Self {
            looks: Vec::new(),
            low: f64::NEG_INFINITY,
            high: f64::INFINITY,
            most_evidence: 0.0,
        }
    }

    /// One more look; `log_evidence` is the log of the martingale at "no difference".
    pub fn add(&mut self, n: u64, value: f64, ends: (f64, f64), log_evidence: f64) -> Result<()> {
        self.low = self.low.max(within(ends.0, -f64::MAX, f64::MAX)?);
        self.high = self.high.min(within(ends.1, -f64::MAX, f64::MAX)?);
        self.most_evidence = self.most_evidence.max(log_evidence);
        if self.low > self.high {
            return Err(NoAnswer::LooksDisagree { n });
        }
        self.looks.push(Look {
            n,
            value: within(value, -f64::MAX, f64::MAX)?,
            low: self.low,
            high: self.high,
        });
        Ok(())
    }

    pub fn finish(self) -> Result<Sequence> {
        if self.looks.is_empty() {
            return Err(NoAnswer::Empty);
        }
        Ok(Sequence {
            looks: self.looks,
            p: (-self.most_evidence).exp(),
        })
    }
}

/// Refuses levels that mean nothing.
pub(crate) fn level(alpha: f64) -> Result<f64> {
    within(alpha, 1e-12, 1.0 - 1e-12)
}
