//! Confidence sequences for anything with a standard error (Waudby-Smith, Arbour, Sinha, Kennedy &
//! Ramdas 2024, Annals of Statistics 52:2613-2640): right in the limit, so only after a burn-in.
//!
//! With `w` the information so far in units of the tuning, the half-width is
//! `se × √((1 + w) / w × (ln(1 + w) + 2 ln(1/α)))`, narrowest in units of `se` near the horizon.
//! For clusters `se` has the few clusters' uncertainty in it: it is widened by the ratio of the
//! quantiles of t and of the normal distribution.

use super::super::arm::PairedArm;
use super::super::clustered::Clusters;
use super::super::cuped::{RelativeError, cuped};
use super::super::fixed::{Comparison, Scale, welch};
use super::normal::tuning;
use super::{Running, Sequence, level};
use crate::answer::{Z, t_quantile};
use crate::reason::{NoAnswer, Result, same_length, within};

/// Rows each arm needs before the first look.
pub const BURN_IN: u64 = 100;

/// What is compared at each look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Means of the first column.
    Mean,
    /// Sum of the first column over sum of the second.
    Ratio,
    /// Means of the first column, adjusted for the second.
    Adjusted,
}

/// Rows in the order in which they came.
#[derive(Clone, Copy, Debug)]
pub struct Arrivals<'a> {
    /// 0 (control) or 1, a row.
    pub arm: &'a [usize],
    /// First column.
    pub y: &'a [f64],
    /// Second column; empty for [`Outcome::Mean`].
    pub x: &'a [f64],
    /// Clusters from 0, if whole clusters were given an arm.
    pub cluster: Option<&'a [usize]>,
}

/// `w` at `n` rows: nearly tightest at `horizon` rows and level `alpha`.
///
/// # Errors
/// [`NoAnswer::OutOfRange`].
pub fn information(n: u64, horizon: u64, alpha: f64) -> Result<f64> {
    within(horizon as f64, 1.0, 1e15)?;
    Ok(n as f64 / horizon as f64 * tuning(alpha)?)
}

/// Half the width of the interval at information `w`.
///
/// # Errors
/// [`NoAnswer::NoVariation`] if `se` isn't positive, [`NoAnswer::OutOfRange`].
pub fn half_width(se: f64, w: f64, alpha: f64) -> Result<f64> {
    if !(se > 0.0 && se.is_finite()) {
        return Err(NoAnswer::NoVariation);
    }
    within(w, 1e-12, 1e12)?;
    Ok(se * ((1.0 + w) / w * (w.ln_1p() + 2.0 * (1.0 / level(alpha)?).ln())).sqrt())
}

/// Log of the evidence against no change: of `value` with error `se`, at information `w`.
///
/// # Errors
/// As [`half_width`].
pub fn log_evidence(value: f64, se: f64, w: f64) -> Result<f64> {
    if !(se > 0.0 && se.is_finite()) {
        return Err(NoAnswer::NoVariation);
    }
    let z = value / se;
    Ok(-0.5 * w.ln_1p() + w / (1.0 + w) * z * z / 2.0)
}

/// Looks at the rows so far at each count of `at`, from the first at which both arms have
/// `burn_in` rows.
///
/// # Errors
/// [`NoAnswer::Shape`], [`NoAnswer::TooFewRows`] if the burn-in isn't reached, whatever the
/// comparison at a look gives ([`welch`], [`PairedArm::ratio`], [`cuped`], [`Clusters`]), and
/// [`NoAnswer::LooksDisagree`].
pub fn sequence(
    arrivals: &Arrivals<'_>,
    outcome: Outcome,
    at: &[u64],
    burn_in: u64,
    horizon: u64,
    alpha: f64,
) -> Result<Sequence> {
    let rows = arrivals.arm.len();
    same_length(rows, arrivals.y.len())?;
    if outcome != Outcome::Mean {
        same_length(rows, arrivals.x.len())?;
    }
    if let Some(cluster) = arrivals.cluster {
        same_length(rows, cluster.len())?;
    }
    let burn_in = burn_in.max(2);
    let mut arms = [PairedArm::default(); 2];
    let mut running = Running::new();
    let mut seen = 0;
    for &look in at {
        let until = usize::try_from(look).unwrap_or(rows).min(rows);
        for row in seen..until.max(seen) {
            let arm = arrivals.arm[row];
            if arm > 1 {
                return Err(NoAnswer::Shape {
                    expected: 2,
                    got: arm,
                });
            }
            let x = arrivals.x.get(row).copied().unwrap_or(0.0);
            arms[arm].add(arrivals.y[row], x)?;
        }
        seen = until.max(seen);
        if arms.iter().any(|arm| arm.n < burn_in) {
            continue;
        }
        let comparison = match arrivals.cluster {
            None => compare(&arms, outcome, alpha)?,
            Some(cluster) => match compare_clusters(arrivals, cluster, seen, outcome, alpha) {
                Ok(comparison) => comparison,
                // Clusters come in one after another: look again later.
                Err(NoAnswer::TooFewClusters { .. }) if seen < rows => continue,
                Err(reason) => return Err(reason),
            },
        };
        let se = comparison.spread.se * t_quantile(comparison.spread.df) / Z;
        let w = information(seen as u64, horizon, alpha)?;
        let half = half_width(se, w, alpha)?;
        running.add(
            seen as u64,
            comparison.value,
            (comparison.value - half, comparison.value + half),
            log_evidence(comparison.value, se, w)?,
        )?;
    }
    running.finish().map_err(|_| {
        let least = arms.iter().map(|arm| arm.n).min().unwrap_or(0);
        NoAnswer::TooFewRows {
            n: least,
            needed: burn_in,
        }
    })
}

fn compare(arms: &[PairedArm; 2], outcome: Outcome, alpha: f64) -> Result<Comparison> {
    let [control, treated] = arms;
    match outcome {
        Outcome::Mean => welch(&control.first()?, &treated.first()?, Scale::Absolute, alpha),
        Outcome::Ratio => welch(&control.ratio()?, &treated.ratio()?, Scale::Absolute, alpha),
        Outcome::Adjusted => cuped(
            control,
            treated,
            Scale::Absolute,
            RelativeError::Delta,
            alpha,
        )
        .map(|adjusted| adjusted.comparison),
    }
}

fn compare_clusters(
    arrivals: &Arrivals<'_>,
    cluster: &[usize],
    seen: usize,
    outcome: Outcome,
    alpha: f64,
) -> Result<Comparison> {
    let none;
    let x = if outcome == Outcome::Mean {
        none = vec![0.0; seen];
        &none
    } else {
        &arrivals.x[..seen]
    };
    let clusters = Clusters::of_rows(
        &arrivals.arm[..seen],
        &cluster[..seen],
        &arrivals.y[..seen],
        x,
    )?;
    let found = match outcome {
        Outcome::Mean => clusters.means(Scale::Absolute, alpha),
        Outcome::Ratio => clusters.ratios(Scale::Absolute, alpha),
        Outcome::Adjusted => clusters.adjusted(Scale::Absolute, alpha),
    }?;
    Ok(found.comparison)
}
