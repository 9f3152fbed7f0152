//! Correlations: as estimates with variances, and pooled as Hunter & Schmidt (2004, Methods of
//! Meta-Analysis, chapters 3 and 4) do.

use super::{Method, Pooled, Test, pool};
use crate::answer::Z;
use crate::reason::{NoAnswer, Result, same_length, within};

/// Estimates and their variances, ready for [`pool`].
type Estimates = (Vec<f64>, Vec<f64>);

fn check(r: &[f64], n: &[f64], least: f64) -> Result<()> {
    same_length(r.len(), n.len())?;
    for &r in r {
        within(r, -1.0, 1.0)?;
    }
    for &n in n {
        within(n, least, 1e15)?;
    }
    Ok(())
}

/// Correlations as they are, with the large-sample variance `(1 - r²)² / (n - 1)` (metafor's
/// `COR`).
///
/// # Errors
/// [`NoAnswer::Shape`], [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`] for correlations at or
/// beyond ±1 or samples under 4.
pub fn raw(r: &[f64], n: &[f64]) -> Result<Estimates> {
    check(r, n, 4.0)?;
    let mut variances = Vec::with_capacity(r.len());
    for (&r, n) in r.iter().zip(n) {
        if r.abs() >= 1.0 {
            return Err(NoAnswer::OutOfRange {
                value: r,
                low: -1.0,
                high: 1.0,
            });
        }
        variances.push((1.0 - r * r).powi(2) / (n - 1.0));
    }
    Ok((r.to_vec(), variances))
}

/// Correlations on Fisher's scale, `artanh r` with variance `1 / (n - 3)` (metafor's `ZCOR`);
/// `tanh` turns a pooled mean and its ends back.
///
/// # Errors
/// As [`raw`].
pub fn fisher(r: &[f64], n: &[f64]) -> Result<Estimates> {
    let (r, _) = raw(r, n)?;
    let z = r.iter().map(|r| r.atanh()).collect();
    Ok((z, n.iter().map(|n| 1.0 / (n - 3.0)).collect()))
}

/// Correlations pooled as Hunter & Schmidt do.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlations {
    /// The mean weighted by sample size, and what goes with it.
    pub pooled: Pooled,
    /// Weighted variance of the correlations.
    pub observed_variance: f64,
    /// What of it chance alone would give.
    pub error_variance: f64,
    /// The rest: variance of the true correlations, not below 0.
    pub true_variance: f64,
    /// Share of the observed variance that chance gives, at most 1.
    pub chance_share: f64,
    /// 95% credibility interval: where the true correlations lie (not how well the mean is known).
    pub credibility: (f64, f64),
}

/// Pools correlations `r` from samples of `n`. With `attenuation` (the product of the square roots
/// of the two measures' reliabilities, 0 to 1) each is first corrected for unreliable measures and
/// weighs `n × attenuation²`.
///
/// # Errors
/// [`NoAnswer::TooFewItems`] under two studies, [`NoAnswer::Shape`], [`NoAnswer::NotFinite`],
/// [`NoAnswer::OutOfRange`], [`NoAnswer::NoVariation`] if all correlations are ±1.
pub fn correlations(
    r: &[f64],
    n: &[f64],
    attenuation: Option<&[f64]>,
    test: Test,
) -> Result<Correlations> {
    if r.len() < 2 {
        return Err(NoAnswer::TooFewItems {
            n: r.len(),
            needed: 2,
        });
    }
    check(r, n, 4.0)?;
    let people: f64 = n.iter().sum();
    let plain: f64 = r.iter().zip(n).map(|(r, n)| r * n).sum::<f64>() / people;
    let chance = (1.0 - plain * plain).powi(2);
    if chance < 1e-24 {
        return Err(NoAnswer::NoVariation);
    }
    let ones = vec![1.0; r.len()];
    let factors = attenuation.unwrap_or(&ones);
    same_length(r.len(), factors.len())?;
    for &factor in factors {
        within(factor, 0.01, 1.0)?;
    }
    let corrected: Vec<f64> = r.iter().zip(factors).map(|(r, a)| r / a).collect();
    let weights: Vec<f64> = n.iter().zip(factors).map(|(n, a)| n * a * a).collect();
    let variances: Vec<f64> = n
        .iter()
        .zip(factors)
        .map(|(n, a)| chance / (n - 1.0) / (a * a))
        .collect();
    let pooled = pool(
        &corrected,
        &variances,
        Some(&weights),
        Method::HunterSchmidt,
        test,
    )?;
    let mean = pooled.mean.value;
    let whole: f64 = weights.iter().sum();
    let observed: f64 = weights
        .iter()
        .zip(&corrected)
        .map(|(w, r)| w * (r - mean).powi(2))
        .sum::<f64>()
        / whole;
    let error = match attenuation {
        // Bare bones: from the average sample.
        None => chance / (people / r.len() as f64 - 1.0),
        Some(_) => {
            weights
                .iter()
                .zip(&variances)
                .map(|(w, v)| w * v)
                .sum::<f64>()
                / whole
        }
    };
    let rest = (observed - error).max(0.0);
    let half = Z * rest.sqrt();
    Ok(Correlations {
        pooled,
        observed_variance: observed,
        error_variance: error,
        true_variance: rest,
        chance_share: if observed > error {
            error / observed
        } else {
            1.0
        },
        credibility: (mean - half, mean + half),
    })
}
