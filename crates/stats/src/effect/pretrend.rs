//! Wald test that all effects before a start are zero (as R's `did` prints it). In small panels
//! with many periods it rejects too often; the joint test of [`super::bootstrap`] doesn't need a
//! matrix inverse and is the one verdicts use.

use super::group_time::GroupTime;
use crate::answer::chi_squared_above;
use crate::reason::{NoAnswer, Result};
use faer::linalg::solvers::Solve;
use faer::{Mat, Side};

/// The test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wald {
    /// Statistic.
    pub statistic: f64,
    /// Effects tested.
    pub df: usize,
    /// Probability of one as large by chance.
    pub p: f64,
}

/// Tests effects of periods before the start (less the periods of anticipation).
///
/// # Errors
/// [`NoAnswer::TooFewPeriods`] without such effects, [`NoAnswer::TooFewClusters`] with fewer
/// units than effects, [`NoAnswer::Arithmetic`] where their covariance is singular.
pub fn wald(fit: &GroupTime) -> Result<Wald> {
    let ahead = i64::from(fit.options.anticipation);
    let tested: Vec<usize> = (0..fit.effects.len())
        .filter(|&e| {
            let effect = &fit.effects[e];
            effect.period < effect.group.saturating_sub(ahead) && fit.analytic_se(e).is_some()
        })
        .collect();
    let (count, units) = (tested.len(), fit.units());
    if count == 0 {
        return Err(NoAnswer::TooFewPeriods { n: 0, needed: 1 });
    }
    if count >= units {
        return Err(NoAnswer::TooFewClusters {
            n: units,
            needed: count + 1,
        });
    }
    let mut covariance = Mat::<f64>::zeros(count, count);
    let mut values = Mat::<f64>::zeros(count, 1);
    for (a, &first) in tested.iter().enumerate() {
        values[(a, 0)] = fit.effects[first].value.clone()?;
        for (b, &second) in tested.iter().enumerate().take(a + 1) {
            let sum: f64 = fit.influence[first]
                .iter()
                .zip(&fit.influence[second])
                .map(|(x, y)| x * y)
                .sum();
            covariance[(a, b)] = sum / units as f64;
            covariance[(b, a)] = sum / units as f64;
        }
    }
    let singular = NoAnswer::Arithmetic {
        what: "covariance of effects before the start",
    };
    let factor = covariance.llt(Side::Lower).map_err(|_| singular.clone())?;
    let solved = factor.solve(&values);
    let statistic = units as f64 * (values.transpose() * &solved)[(0, 0)];
    if count == 0 || !(statistic.is_finite() && statistic >= 0.0) {
        return Err(singular);
    }
    Ok(Wald {
        statistic,
        df: count,
        p: chi_squared_above(statistic, count as f64),
    })
}
