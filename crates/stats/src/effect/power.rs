//! The smallest effect a design can see: true effects of this size give an interval clear of zero
//! in 80 of 100 such studies.

use super::panel::Panel;
use crate::answer::{Spread, quantile_of_t, t_quantile};
use crate::reason::{NoAnswer, Result};

/// Share of studies that should see it.
pub const POWER: f64 = 0.8;

/// From an estimate's own spread.
pub fn smallest(spread: &Spread) -> f64 {
    (t_quantile(spread.df) + quantile_of_t(POWER, spread.df)) * spread.se
}

/// Before anything has started: what `treated` of the panel's units against all others could show
/// over `ahead` periods. It rests on how units drifted apart in the periods before the first
/// start: the spread over units of the mean of `ahead` periods less the one before them.
///
/// # Errors
/// [`NoAnswer::TooFewPeriods`] if fewer than two periods lie before the first start,
/// [`NoAnswer::TooFewTreated`] or [`NoAnswer::TooFewClusters`] under two units on either side,
/// [`NoAnswer::NoVariation`].
pub fn beforehand(panel: &Panel, treated: usize, ahead: usize) -> Result<f64> {
    let first = panel.start.iter().flatten().min();
    let before = first.map_or(panel.periods.len(), |&g| {
        panel.periods.partition_point(|&p| p < g)
    });
    if before < 2 || ahead == 0 {
        return Err(NoAnswer::TooFewPeriods {
            n: before,
            needed: 2,
        });
    }
    let ahead = ahead.min(before - 1);
    let (mut sum, mut square, mut windows) = (0.0, 0.0, 0);
    let mut least = usize::MAX;
    // Windows that don't share periods, the latest first.
    let mut end = before;
    while end > ahead {
        let drifts: Vec<f64> = (0..panel.units())
            .filter_map(|unit| {
                let base = panel.value(unit, end - ahead - 1)?;
                let after: Vec<f64> = (end - ahead..end)
                    .filter_map(|t| panel.value(unit, t))
                    .collect();
                (!after.is_empty()).then(|| after.iter().sum::<f64>() / after.len() as f64 - base)
            })
            .collect();
        let n = drifts.len();
        if n >= 3 {
            let mean = drifts.iter().sum::<f64>() / n as f64;
            square += drifts.iter().map(|d| (d - mean).powi(2)).sum::<f64>();
            sum += (n - 1) as f64;
            windows += 1;
            least = least.min(n);
        }
        end = end.saturating_sub(ahead + 1);
    }
    if windows == 0 {
        return Err(NoAnswer::TooFewClusters {
            n: panel.units(),
            needed: 3,
        });
    }
    if treated < 2 {
        return Err(NoAnswer::TooFewTreated {
            n: treated,
            needed: 2,
        });
    }
    let others = least.saturating_sub(treated);
    if others < 2 {
        return Err(NoAnswer::TooFewClusters {
            n: others,
            needed: 2,
        });
    }
    let sd = (square / sum).sqrt();
    let se = sd * (1.0 / treated as f64 + 1.0 / others as f64).sqrt();
    let spread = Spread::symmetric(0.0, se, (treated + others - 2) as f64)?;
    Ok(smallest(&spread))
}
