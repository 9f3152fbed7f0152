//! Intervals out of bootstrap draws.

use crate::answer::{Spread, normal_quantile, t_quantile};
use crate::quantile;
use crate::reason::{NoAnswer, Result};
use statrs::distribution::{ContinuousCDF, Normal};

/// How an interval is taken from draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// Percentiles, a little further out with few clusters (Hesterberg 2015).
    Percentile,
    /// Bias-corrected and accelerated percentiles (Efron 1987).
    Accelerated,
}

/// The spread of `value`, given draws of it and, for [`Ends::Accelerated`], its values with one
/// cluster left out.
pub(super) fn spread(
    value: f64,
    mut draws: Vec<f64>,
    left_out: &[f64],
    clusters: usize,
    ends: Ends,
) -> Result<Spread> {
    draws.retain(|draw| draw.is_finite());
    if draws.is_empty() {
        return Err(NoAnswer::NoVariation);
    }
    draws.sort_by(f64::total_cmp);
    let count = draws.len() as f64;
    let mean = draws.iter().sum::<f64>() / count;
    let se = (draws.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / (count - 1.0)).sqrt();
    if !(se.is_finite() && se > 0.0) {
        return Err(NoAnswer::NoVariation);
    }
    let df = clusters as f64 - 1.0;
    let normal = Normal::standard();
    let (low, high) = match ends {
        Ends::Percentile => {
            // Where the normal has as much beyond it as t, stretched by √(n / (n - 1)).
            let out = normal.cdf(-t_quantile(df) * (clusters as f64 / df).sqrt());
            (out, 1.0 - out)
        }
        Ends::Accelerated => {
            let below = draws.partition_point(|&d| d < value) as f64;
            let equal = draws.partition_point(|&d| d <= value) as f64 - below;
            let share = ((below + 0.5 * equal) / count).clamp(0.5 / count, 1.0 - 0.5 / count);
            let bias = normal_quantile(share);
            let acceleration = acceleration(left_out);
            let place = |z: f64| {
                let shifted = bias + z;
                normal.cdf(bias + shifted / (1.0 - acceleration * shifted))
            };
            let z = t_quantile(f64::INFINITY);
            (place(-z), place(z))
        }
    };
    Ok(Spread {
        se,
        df,
        low: quantile::inside(&draws, low),
        high: quantile::inside(&draws, high),
    })
}

fn acceleration(left_out: &[f64]) -> f64 {
    if left_out.is_empty() {
        return 0.0;
    }
    let mean = left_out.iter().sum::<f64>() / left_out.len() as f64;
    let (mut squares, mut cubes) = (0.0, 0.0);
    for value in left_out {
        let off = mean - value;
        squares += off * off;
        cubes += off * off * off;
    }
    if squares > 0.0 {
        cubes / (6.0 * squares.powf(1.5))
    } else {
        0.0
    }
}
