//! Do two arms have the same quantile (the same median, say)? An anytime-valid p-value (Howard &
//! Ramdas 2022, Bernoulli 28:1704-1728, section 5).
//!
//! For each arm, the count of rows at or below a candidate value is compared with what it would be
//! if the candidate were the quantile, by a beta-binomial mixture. The evidence against "some
//! value is the quantile of both arms" is the least, over candidates, of the two arms' evidence
//! together.

use super::bernoulli::BetaMixture;
use super::search::valley;
use crate::reason::{NoAnswer, Result, within};

/// p-value that the arms share the quantile `share` (0.5: the median); tightest near `horizon`
/// rows an arm.
///
/// # Errors
/// [`NoAnswer::EmptyArm`], [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`] unless `share` is
/// within 0 and 1, [`NoAnswer::Arithmetic`].
pub fn p_value(
    control: &[f64],
    treated: &[f64],
    share: f64,
    horizon: u64,
    alpha: f64,
) -> Result<f64> {
    within(share, 1e-6, 1.0 - 1e-6)?;
    let arms = [Sorted::new(control, 0)?, Sorted::new(treated, 1)?];
    let v_opt = horizon.max(1) as f64 * share * (1.0 - share);
    let mixture = BetaMixture::new(v_opt, alpha, share, 1.0 - share, false)?;
    let evidence = arms
        .iter()
        .map(|arm| Evidence::new(arm, &mixture, share))
        .collect::<Result<Vec<_>>>()?;
    let at = |x: f64| -> Result<f64> {
        evidence
            .iter()
            .map(|evidence| evidence.at(x))
            .sum::<Result<f64>>()
    };
    // The evidence of an arm falls up to its valley and rises after it, in steps at its rows. So
    // the least of the sum lies between the valleys, at one of their ends or of the rows between.
    let (first, second) = if evidence[0].valley.1 <= evidence[1].valley.1 {
        (&evidence[0], &evidence[1])
    } else {
        (&evidence[1], &evidence[0])
    };
    let mut least = at(first.valley.1)?.min(at(second.valley.0)?);
    let rows = &second.arm.0;
    let from = rows.partition_point(|&row| row <= first.valley.1);
    let to = rows.partition_point(|&row| row <= second.valley.0);
    for &row in rows.iter().take(to).skip(from.saturating_sub(1)) {
        least = least.min(at(row)?);
    }
    Ok((-least).exp().min(1.0))
}

struct Sorted(Vec<f64>);

impl Sorted {
    fn new(values: &[f64], arm: usize) -> Result<Self> {
        if values.is_empty() {
            return Err(NoAnswer::EmptyArm { arm });
        }
        for &value in values {
            within(value, -f64::MAX, f64::MAX)?;
        }
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        Ok(Self(sorted))
    }

    fn rows(&self) -> f64 {
        self.0.len() as f64
    }

    /// The k-th smallest, from 1; past the ends the first or last.
    fn ordered(&self, k: f64) -> f64 {
        let place = (k.max(1.0) as usize).min(self.0.len());
        self.0[place - 1]
    }
}

struct Evidence<'a> {
    arm: &'a Sorted,
    mixture: &'a BetaMixture,
    share: f64,
    /// Part of the rows at which the evidence is least, and the rows on its two sides.
    least_at: f64,
    valley: (f64, f64),
}

impl<'a> Evidence<'a> {
    fn new(arm: &'a Sorted, mixture: &'a BetaMixture, share: f64) -> Result<Self> {
        let mut evidence = Self {
            arm,
            mixture,
            share,
            least_at: share,
            valley: (0.0, 0.0),
        };
        evidence.log_mixture(share)?;
        let (least_at, _) = valley(0.0, 1.0, 60, |part| {
            evidence.log_mixture(part).unwrap_or(f64::MAX)
        });
        evidence.least_at = least_at;
        let place = least_at * arm.rows();
        evidence.valley = (arm.ordered(place.ceil()), arm.ordered(place.floor() + 1.0));
        Ok(evidence)
    }

    fn log_mixture(&self, part: f64) -> Result<f64> {
        let n = self.arm.rows();
        let v = self.share * (1.0 - self.share) * n;
        self.mixture.log_mixture((part - self.share) * n, v)
    }

    fn at(&self, x: f64) -> Result<f64> {
        let rows = &self.arm.0;
        let part = if x < self.valley.0 {
            rows.partition_point(|&row| row <= x) as f64 / self.arm.rows()
        } else if x > self.valley.1 {
            rows.partition_point(|&row| row < x) as f64 / self.arm.rows()
        } else {
            self.least_at
        };
        self.log_mixture(part)
    }
}
