//! How well a model fits as a whole: chi-square against means and covariance without structure,
//! CFI, TLI, RMSEA and SRMR, defined as lavaan defines them.
//!
//! All three models carry the known errors, where there are any. Sources: Bentler 1990 (CFI);
//! Tucker & Lewis 1973; Steiger & Lind 1980 (RMSEA); Bentler 1995 (SRMR, means included).

use super::climb::Point;
use super::data::Data;
use super::saturated::{Saturated, saturated};
use crate::answer::chi_squared_above;
use crate::reason::{NoAnswer, Result};

/// Fit figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GlobalFit {
    /// Likelihood-ratio chi-square against the model without structure.
    pub chisq: f64,
    /// Its degrees of freedom.
    pub df: usize,
    /// Its p-value; 1 where nothing is left to test.
    pub p: f64,
    /// Comparative fit index.
    pub cfi: f64,
    /// Tucker-Lewis index.
    pub tli: f64,
    /// Root mean square error of approximation.
    pub rmsea: f64,
    /// Standardised root mean square residual.
    pub srmr: f64,
    /// Chi-square of the model of unrelated columns.
    pub baseline_chisq: f64,
    /// Its degrees of freedom.
    pub baseline_df: usize,
    /// Log-likelihood of the model without structure, of the values as given.
    pub saturated_loglik: f64,
}

/// Upper tail of a chi-square distribution.
pub(super) fn tail(chisq: f64, df: usize) -> f64 {
    chi_squared_above(chisq, df as f64)
}

/// The two models that others are measured against.
#[derive(Clone, Debug)]
pub(super) struct References {
    free: Saturated,
    unrelated: Saturated,
}

/// Fits both.
pub(super) fn references(data: &Data) -> Result<References> {
    let needed = data.columns + 2;
    if data.units < needed {
        return Err(NoAnswer::TooFewUnits {
            n: data.units,
            needed,
        });
    }
    let (free, unrelated) = rayon::join(|| saturated(data, false), || saturated(data, true));
    Ok(References {
        free: free?,
        unrelated: unrelated?,
    })
}

/// Fit figures of a point with `parameters` free parameters.
pub(super) fn global(
    data: &Data,
    point: &Point,
    parameters: usize,
    references: &References,
) -> Result<GlobalFit> {
    let p = data.columns;
    let moments = p * (p + 3) / 2;
    let References { free, unrelated } = references;
    let n = data.units as f64;
    let chisq = (2.0 * (free.loglik - point.pass.loglik)).max(0.0);
    let df = moments.saturating_sub(parameters);
    let baseline_chisq = (2.0 * (free.loglik - unrelated.loglik)).max(0.0);
    let baseline_df = p * (p - 1) / 2;
    let excess = chisq - df as f64;
    let baseline_excess = baseline_chisq - baseline_df as f64;
    let most = excess.max(baseline_excess).max(0.0);
    let cfi = if most > 0.0 {
        1.0 - excess.max(0.0) / most
    } else {
        1.0
    };
    let tli = if df > 0 && baseline_chisq != baseline_df as f64 {
        let ratio = baseline_chisq / baseline_df as f64;
        (ratio - chisq / df as f64) / (ratio - 1.0)
    } else {
        1.0
    };
    let rmsea = if df > 0 {
        (excess / (n * df as f64)).max(0.0).sqrt()
    } else {
        0.0
    };
    let mut square = 0.0;
    for i in 0..p {
        let own = free.sigma[i * p + i];
        square += (free.mean[i] - point.implied.mean[i]).powi(2) / own;
        for j in 0..=i {
            let off = free.sigma[i * p + j] - point.implied.sigma[i * p + j];
            square += off * off / (own * free.sigma[j * p + j]);
        }
    }
    let srmr = (square / moments as f64).sqrt();
    let out = GlobalFit {
        chisq,
        df,
        p: tail(chisq, df),
        cfi,
        tli,
        rmsea,
        srmr,
        baseline_chisq,
        baseline_df,
        saturated_loglik: free.loglik - data.log_scale(),
    };
    if [chisq, cfi, tli, srmr, baseline_chisq]
        .iter()
        .all(|v| v.is_finite())
    {
        Ok(out)
    } else {
        Err(NoAnswer::Arithmetic {
            what: "the fit figures",
        })
    }
}
