//! Meta-analysis: one mean from several studies, and how much they truly differ.
//!
//! `y ~ N(θ, v)`, `θ ~ N(μ, τ²)`. `τ²` by restricted maximum likelihood, DerSimonian & Laird (1986)
//! or Hunter & Schmidt (2004), or none (a common effect); intervals of the mean by the normal
//! distribution or Knapp & Hartung (2003), of `τ²` by the Q-profile (Viechtbauer 2007, Statistics
//! in Medicine 26:37-52). Same answers as R's metafor, checked in `tests/`.
//!
//! Deliberately not here: moderators, several effects of one study (count each study once, or
//! average them beforehand), corrections for studies nobody published.

mod correlations;
pub(crate) mod heterogeneity;
mod interval;
mod robust;

pub use correlations::{Correlations, correlations, fisher, raw};

use crate::answer::chi_squared_above;
use crate::answer::{Answer, Spread, Z, t_quantile};
use crate::reason::{NoAnswer, Result, finite, same_length, within};
use heterogeneity::Known;

/// Fewest studies that can be pooled.
const STUDIES_NEEDED: usize = 2;
/// Bounds between which weights and their squares stay finite.
const SMALLEST: f64 = 1e-60;
const LARGEST: f64 = 1e60;

/// How `τ²` is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Restricted maximum likelihood.
    Restricted,
    /// DerSimonian & Laird's moments.
    DerSimonianLaird,
    /// Hunter & Schmidt's, which suits weights by sample size.
    HunterSchmidt,
    /// Not at all: one true value for all studies.
    Common,
}

/// What the mean's interval rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// The normal distribution: too narrow with few studies.
    Normal,
    /// Knapp & Hartung: the studies' own spread and t with one degree of freedom less than
    /// studies.
    KnappHartung,
    /// The same, but never with a smaller error than the normal's (Jackson, Law, Rücker &
    /// Schwarzer 2017; metafor's `adhoc`): where studies happen to agree, Knapp & Hartung's
    /// interval shrinks to less than their own errors allow.
    KnappHartungWidened,
    /// From the studies' scatter, each study a cluster (CR2), with as many degrees of freedom as
    /// their weights leave (Tipton 2015): holds with few studies of very unequal size too.
    Robust,
}

/// What was pooled.
#[derive(Clone, Debug, PartialEq)]
pub struct Pooled {
    /// The mean; its `n` counts studies.
    pub mean: Answer,
    /// 95% interval for the true value of one more study of the kind; none for a common effect.
    pub prediction: Option<(f64, f64)>,
    /// Variance of the true values.
    pub tau2: f64,
    /// Its standard error (by the information or moments at hand; never for an interval).
    pub tau2_se: Option<f64>,
    /// Its 95% interval by the Q-profile; both ends 0 where the studies are more alike than
    /// chance would have them.
    pub tau2_interval: Option<(f64, f64)>,
    /// Share of the estimates' variance that is true difference, 0 to 1.
    pub i2: f64,
    /// Estimates' variance over what chance alone would give.
    pub h2: f64,
    /// Cochran's Q: whether true values differ at all.
    pub q: f64,
    /// Its degrees of freedom.
    pub q_df: f64,
    /// Its p-value.
    pub q_p: f64,
    /// Each study's share of the mean, in the order given.
    pub weights: Vec<f64>,
}

/// Pools estimates with known variances. `weights` replace the usual ones (inverse variances) for
/// the mean alone, as Hunter & Schmidt weigh by sample size.
///
/// # Errors
/// [`NoAnswer::TooFewItems`] under two studies, [`NoAnswer::Shape`], [`NoAnswer::NotFinite`],
/// [`NoAnswer::OutOfRange`] for variances not above 0 or numbers too large to square.
pub fn pool(
    estimates: &[f64],
    variances: &[f64],
    weights: Option<&[f64]>,
    method: Method,
    test: Test,
) -> Result<Pooled> {
    let k = estimates.len();
    if k < STUDIES_NEEDED {
        return Err(NoAnswer::TooFewItems {
            n: k,
            needed: STUDIES_NEEDED,
        });
    }
    same_length(k, variances.len())?;
    for &estimate in estimates {
        within(estimate, -1e40, 1e40)?;
    }
    for &variance in variances {
        within(variance, SMALLEST, LARGEST)?;
    }
    if let Some(weights) = weights {
        same_length(k, weights.len())?;
        for &weight in weights {
            within(weight, SMALLEST, LARGEST)?;
        }
    }
    let known = Known {
        variances: variances.to_vec(),
        ones: vec![1.0; k],
        estimates: estimates.to_vec(),
    };
    let fixed = Sums::of(&known, 0.0);
    let df = k as f64 - 1.0;
    // With P = W - W1(1'W1)⁻¹1'W: its trace.
    let trace = fixed.w - fixed.w2 / fixed.w;
    let tau2 = match method {
        Method::Common => 0.0,
        Method::Restricted => known.best_tau2(),
        Method::DerSimonianLaird => ((fixed.q - df) / trace).max(0.0),
        Method::HunterSchmidt => ((fixed.q - k as f64) / fixed.w).max(0.0),
    };
    let random = Sums::of(&known, tau2);
    let shares: Vec<f64> = match weights {
        Some(weights) => weights.to_vec(),
        None => variances.iter().map(|v| 1.0 / (v + tau2)).collect(),
    };
    let whole: f64 = shares.iter().sum();
    let shares: Vec<f64> = shares.iter().map(|w| w / whole).collect();
    let mean: f64 = shares.iter().zip(estimates).map(|(w, y)| w * y).sum();
    let mut variance: f64 = shares
        .iter()
        .zip(variances)
        .map(|(w, v)| w * w * (v + tau2))
        .sum();
    let freedom = match test {
        Test::Normal => f64::INFINITY,
        // metafor measures the spread about the mean of inverse variances whatever the weights.
        Test::KnappHartung => {
            variance *= random.q / df;
            df
        }
        Test::KnappHartungWidened => {
            variance *= (random.q / df).max(1.0);
            df
        }
        Test::Robust => df,
    };
    let spread = match test {
        Test::Robust => robust::spread(mean, &shares, estimates, variances, tau2),
        _ => Spread::symmetric(mean, variance.sqrt(), freedom),
    };
    let prediction = (method != Method::Common).then(|| {
        let quantile = if freedom.is_finite() {
            t_quantile(freedom)
        } else {
            Z
        };
        // With robust errors of the mean too: one more study comes from the model alone.
        let half = quantile * (variance + tau2).sqrt();
        (mean - half, mean + half)
    });
    // What a typical study's variance is (Higgins & Thompson 2002).
    let typical = df / trace;
    let squares = random.w2 - 2.0 * random.w3 / random.w + (random.w2 / random.w).powi(2);
    let fixed_squares = fixed.w2 - 2.0 * fixed.w3 / fixed.w + (fixed.w2 / fixed.w).powi(2);
    let spread_of_q = 2.0 * df + 4.0 * tau2 * trace + 2.0 * tau2 * tau2 * fixed_squares;
    let tau2_se = match method {
        Method::Common => None,
        Method::Restricted => Some((2.0 / squares).sqrt()),
        Method::DerSimonianLaird => Some(spread_of_q.sqrt() / trace),
        Method::HunterSchmidt => Some(spread_of_q.sqrt() / fixed.w),
    };
    Ok(Pooled {
        mean: Answer {
            value: finite(mean)?,
            n: k as u64,
            spread,
        },
        prediction,
        tau2,
        tau2_se: tau2_se.filter(|se| se.is_finite()),
        tau2_interval: (method != Method::Common).then(|| interval::q_profile(&known, df)),
        i2: tau2 / (tau2 + typical),
        h2: 1.0 + tau2 / typical,
        q: finite(fixed.q)?,
        q_df: df,
        q_p: chi_squared_above(fixed.q, df),
        weights: shares,
    })
}

/// Sums of powers of the weights at one `τ²`, and of weighted squares about their mean.
struct Sums {
    w: f64,
    w2: f64,
    w3: f64,
    q: f64,
}

impl Sums {
    fn of(known: &Known, tau2: f64) -> Self {
        let (weights, whole, mean) = known.at(tau2);
        let sum = |f: &dyn Fn(f64) -> f64| weights.iter().map(|&w| f(w)).sum::<f64>();
        let squares = weights.iter().zip(&known.estimates);
        Self {
            w: whole,
            w2: sum(&|w| w * w),
            w3: sum(&|w| w * w * w),
            q: squares.map(|(w, y)| w * (y - mean) * (y - mean)).sum(),
        }
    }
}
