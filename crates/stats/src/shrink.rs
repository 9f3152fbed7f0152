//! Empirical Bayes for several estimates of one kind: each is pulled towards their common mean by
//! as much as its own error says.
//!
//! Model: `estimates ~ N(θ, V)` with a full covariance `V`, `θ ~ N(μ, τ²I)`. `τ²` by restricted
//! maximum likelihood (never below 0), `μ` by generalised least squares; the posterior counts the
//! error of `μ` (as metafor's `blup` does, checked in `tests/`). [`Shrunk::draws`] goes further
//! and draws `τ` too, with a flat prior on `τ` (Gelman 2006, Bayesian Analysis 1:515-534), because
//! with few items a single best `τ` is often 0 and would claim that all items are equal.
//!
//! Estimates with few degrees of freedom: `V` is stretched, estimate by estimate, by the quantile
//! of t over that of the normal, so that a normal interval is as wide as the t interval.

use crate::answer::{Z, t_quantile};
use crate::draws::Draws;
use crate::meta::heterogeneity::Known;
use crate::random::generator;
use crate::reason::{NoAnswer, Result, finite, same_length};
use crate::symmetric::Symmetric;
use faer::{Mat, Side};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

/// Fewest items: with flat priors on `μ` and `τ` two leave nothing to learn `τ` from.
const ITEMS_NEEDED: usize = 3;
/// Most that few degrees of freedom may stretch an error.
const MOST_STRETCH: f64 = 1e3;
/// Steps of the grid on which `τ` is drawn.
const GRID: usize = 400;

/// Estimates after shrinking.
#[derive(Clone, Debug)]
pub struct Shrunk {
    /// Common mean.
    pub mean: f64,
    /// Its standard error.
    pub mean_se: f64,
    /// Standard deviation of the true values about it, by restricted maximum likelihood.
    pub tau: f64,
    /// Posterior means at that `tau`.
    pub values: Vec<f64>,
    /// Posterior covariance at that `tau`.
    pub covariance: Symmetric,
    rotated: Rotated,
}

/// The problem in the eigenvectors of `V`, where `V + τ²I` is diagonal for every `τ`.
#[derive(Clone, Debug)]
struct Rotated {
    vectors: Mat<f64>,
    known: Known,
}

impl Rotated {
    fn of(estimates: &[f64], covariance: &Symmetric, df: Option<&[f64]>) -> Result<Self> {
        let size = estimates.len();
        same_length(size, covariance.size())?;
        for &value in estimates.iter().chain(covariance.values()) {
            finite(value)?;
        }
        let mut stretch = vec![1.0; size];
        if let Some(df) = df {
            same_length(size, df.len())?;
            for (stretch, &df) in stretch.iter_mut().zip(df) {
                if df.is_nan() || df <= 0.0 {
                    return Err(NoAnswer::OutOfRange {
                        value: df,
                        low: 0.0,
                        high: f64::INFINITY,
                    });
                }
                *stretch = (t_quantile(df) / Z).min(MOST_STRETCH);
            }
        }
        let stretched = Mat::from_fn(size, size, |i, j| {
            covariance.get(i, j) * stretch[i] * stretch[j]
        });
        let parts =
            stretched
                .self_adjoint_eigen(Side::Lower)
                .map_err(|_| NoAnswer::Arithmetic {
                    what: "eigenvalues of a covariance",
                })?;
        let raw: Vec<f64> = parts.S().column_vector().iter().copied().collect();
        let largest = raw.iter().fold(0.0f64, |a, &b| a.max(b));
        if largest <= 0.0 {
            return Err(NoAnswer::NoVariation);
        }
        // A covariance of few clusters is singular; no difference is known exactly.
        let variances: Vec<f64> = raw.iter().map(|v| v.max(1e-10 * largest)).collect();
        let vectors = parts.U().to_owned();
        let rotate = |v: &dyn Fn(usize) -> f64| {
            (0..size)
                .map(|j| (0..size).map(|i| vectors[(i, j)] * v(i)).sum())
                .collect()
        };
        let known = Known {
            ones: rotate(&|_| 1.0),
            estimates: rotate(&|i| estimates[i]),
            variances,
        };
        Ok(Self { vectors, known })
    }

    fn back(&self, v: &[f64]) -> Vec<f64> {
        let size = v.len();
        (0..size)
            .map(|i| (0..size).map(|j| self.vectors[(i, j)] * v[j]).sum())
            .collect()
    }
}

/// Shrinks `estimates` with the covariance of their errors and, if given, their degrees of freedom.
///
/// # Errors
/// [`NoAnswer::TooFewItems`] under three, [`NoAnswer::Shape`], [`NoAnswer::NotFinite`],
/// [`NoAnswer::OutOfRange`] for degrees of freedom not above 0, [`NoAnswer::NoVariation`] if the
/// covariance is zero.
pub fn shrink(estimates: &[f64], covariance: &Symmetric, df: Option<&[f64]>) -> Result<Shrunk> {
    let size = estimates.len();
    if size < ITEMS_NEEDED {
        return Err(NoAnswer::TooFewItems {
            n: size,
            needed: ITEMS_NEEDED,
        });
    }
    let rotated = Rotated::of(estimates, covariance, df)?;
    let tau2 = rotated.known.best_tau2();
    let (weights, whole, mean) = rotated.known.at(tau2);
    // Posterior in the rotated frame: the share τ²w of each deviation is kept.
    let kept: Vec<f64> = weights.iter().map(|w| tau2 * w).collect();
    let means: Vec<f64> = (0..size)
        .map(|i| {
            mean * rotated.known.ones[i]
                + kept[i] * (rotated.known.estimates[i] - mean * rotated.known.ones[i])
        })
        .collect();
    let open: Vec<f64> = (0..size)
        .map(|i| (1.0 - kept[i]) * rotated.known.ones[i])
        .collect();
    let open = rotated.back(&open);
    let mut posterior = Symmetric::zeros(size);
    for i in 0..size {
        for j in 0..=i {
            let own: f64 = (0..size)
                .map(|k| {
                    let variance = kept[k] * rotated.known.variances[k];
                    rotated.vectors[(i, k)] * variance * rotated.vectors[(j, k)]
                })
                .sum();
            posterior.set(i, j, own + open[i] * open[j] / whole);
        }
    }
    Ok(Shrunk {
        mean,
        mean_se: whole.sqrt().recip(),
        tau: tau2.sqrt(),
        values: rotated.back(&means),
        covariance: posterior,
        rotated,
    })
}

impl Shrunk {
    /// Joint draws of the true values, `τ` and `μ` drawn too.
    ///
    /// # Errors
    /// [`NoAnswer::Empty`] for no draws.
    pub fn draws(&self, count: usize, seed: u64) -> Result<Draws> {
        let r = &self.rotated;
        let size = r.known.estimates.len();
        let mut random = generator(seed, "shrink");
        let taus = TauGrid::of(r, self.tau);
        let mut values = Vec::with_capacity(count * size);
        let mut theta = vec![0.0; size];
        for _ in 0..count {
            let tau2 = taus.draw(random.random(), random.random()).powi(2);
            let (weights, whole, mean) = r.known.at(tau2);
            let z: f64 = StandardNormal.sample(&mut random);
            let mean = mean + z / whole.sqrt();
            for i in 0..size {
                let kept = tau2 * weights[i];
                let prior = mean * r.known.ones[i];
                let z: f64 = StandardNormal.sample(&mut random);
                theta[i] = prior
                    + kept * (r.known.estimates[i] - prior)
                    + z * (kept * r.known.variances[i]).sqrt();
            }
            values.extend(r.back(&theta));
        }
        Draws::new(size, values)
    }
}

/// Draws of the true values without shrinking (a flat prior on each): for one or two items.
///
/// # Errors
/// As [`shrink`] but for the number of items; [`NoAnswer::Empty`] for none.
pub fn unshrunk(
    estimates: &[f64],
    covariance: &Symmetric,
    df: Option<&[f64]>,
    count: usize,
    seed: u64,
) -> Result<Draws> {
    if estimates.is_empty() {
        return Err(NoAnswer::Empty);
    }
    let r = Rotated::of(estimates, covariance, df)?;
    let mut random = generator(seed, "unshrunk");
    let mut values = Vec::with_capacity(count * estimates.len());
    for _ in 0..count {
        let draw: Vec<f64> = (0..estimates.len())
            .map(|i| {
                let z: f64 = StandardNormal.sample(&mut random);
                r.known.estimates[i] + z * r.known.variances[i].sqrt()
            })
            .collect();
        values.extend(r.back(&draw));
    }
    Draws::new(estimates.len(), values)
}

/// The posterior of `τ` on an even grid from 0 to where it has died out.
struct TauGrid {
    step: f64,
    /// Cumulative shares, ending at 1.
    below: Vec<f64>,
}

impl TauGrid {
    fn of(r: &Rotated, best: f64) -> Self {
        let peak = r.known.likelihood(best * best).0;
        let cap = 20.0 * r.known.scale().sqrt().max(best);
        let mut end = best.max(1e-3 * r.known.scale().sqrt()) * 2.0;
        while end < cap && r.known.likelihood(end * end).0 > peak - 12.0 {
            end *= 1.3;
        }
        let step = end / GRID as f64;
        let mut below = Vec::with_capacity(GRID);
        let mut sum = 0.0;
        for k in 0..GRID {
            let tau = (k as f64 + 0.5) * step;
            sum += (r.known.likelihood(tau * tau).0 - peak).exp();
            below.push(sum);
        }
        below.iter_mut().for_each(|v| *v /= sum);
        Self { step, below }
    }

    fn draw(&self, cell: f64, within: f64) -> f64 {
        let k = self.below.partition_point(|&v| v < cell).min(GRID - 1);
        (k as f64 + within) * self.step
    }
}
