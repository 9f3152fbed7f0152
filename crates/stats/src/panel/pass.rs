//! One pass over the data for given means and covariance: log-likelihood and its derivatives by
//! means and covariance, whatever is missing.
//!
//! Without known errors it works with the precision matrix P = Σ⁻¹: a unit that misses the columns
//! m has log |Σ(oo)| = log |Σ| + log |P(mm)|, and its deviations completed by their expectation,
//! d(m) = -P(mm)⁻¹ P(mo) d(o), give Σ(oo)⁻¹ d(o) = P d. So a unit costs what it misses, not the cube
//! of what it has. With known errors each unit has a covariance of its own and costs that cube.
//! Sums run over fixed parts of the data in a fixed order: the number of threads doesn't show.
//! Source: Dempster, Laird & Rubin 1977 (completion); Harville 1997 (partitioned inverse).

use super::data::{Data, Group};
use crate::dense;
use rayon::prelude::*;

/// Logarithm of 2 pi.
pub(super) const LOG_TWO_PI: f64 = 1.837_877_066_409_345_3;

/// Parts the groups are cut into, whatever the number of threads.
const PARTS: usize = 32;

/// The log-likelihood and its derivatives.
#[derive(Clone, Debug)]
pub(super) struct Pass {
    pub loglik: f64,
    /// By the means.
    pub by_mean: Vec<f64>,
    /// Twice the derivative by Σ: the sum of g g' - W over units (symmetric).
    pub by_sigma: Vec<f64>,
    /// Σ⁻¹; with known errors that of Σ and their average, a guide for steps alone.
    pub precision: Vec<f64>,
}

/// Groups cut into parts of like size.
pub(super) fn parts(groups: &[Group]) -> impl IndexedParallelIterator<Item = &[Group]> {
    groups.par_chunks(groups.len().div_ceil(PARTS).max(1))
}

/// `None` where what a unit shows would have no positive definite covariance.
pub(super) fn pass(data: &Data, mean: &[f64], sigma: &[f64]) -> Option<Pass> {
    if data.errors.is_some() {
        noisy(data, mean, sigma)
    } else {
        exact(data, mean, sigma)
    }
}

/// What a part of the groups adds up to: log determinants, sum of completed deviations, their
/// products, and the covariance of what was completed (lower halves).
struct Sums {
    log_det: f64,
    first: Vec<f64>,
    second: Vec<f64>,
}

fn exact(data: &Data, mean: &[f64], sigma: &[f64]) -> Option<Pass> {
    let p = data.columns;
    let (precision, log_det) = dense::inverse(sigma, p)?;
    let sums: Vec<Option<Sums>> = parts(&data.groups)
        .map(|groups| part(data, groups, mean, &precision))
        .collect();
    let mut total = Sums {
        log_det: data.units as f64 * log_det,
        first: vec![0.0; p],
        second: vec![0.0; p * p],
    };
    for sums in sums {
        let sums = sums?;
        total.log_det += sums.log_det;
        dense::axpy(1.0, &sums.first, &mut total.first);
        dense::axpy(1.0, &sums.second, &mut total.second);
    }
    dense::mirror(&mut total.second, p);
    // `second` holds the products D and, subtracted below, n Σ; tr(P V) is the number missing.
    let missing: usize = data
        .groups
        .iter()
        .map(|g| g.missing.len() * g.rows.len())
        .sum();
    let quadratic = dense::dot(&precision, &total.second) - missing as f64;
    let observed = (data.units * p - missing) as f64;
    let loglik = -0.5 * (observed * LOG_TWO_PI + total.log_det + quadratic);
    dense::axpy(-(data.units as f64), sigma, &mut total.second);
    let half = dense::product(&precision, &total.second, p, p);
    let mut by_sigma = dense::product(&half, &precision, p, p);
    for i in 0..p {
        for j in 0..i {
            let value = 0.5 * (by_sigma[i * p + j] + by_sigma[j * p + i]);
            by_sigma[i * p + j] = value;
            by_sigma[j * p + i] = value;
        }
    }
    let by_mean = dense::product(&precision, &total.first, p, 1);
    loglik.is_finite().then_some(Pass {
        loglik,
        by_mean,
        by_sigma,
        precision,
    })
}

/// The inverse of P(mm) and the logarithm of its determinant.
pub(super) fn missing_block(
    group: &Group,
    precision: &[f64],
    p: usize,
    block: &mut Vec<f64>,
    work: &mut Vec<f64>,
    inverse: &mut Vec<f64>,
) -> Option<f64> {
    let m = group.missing.len();
    block.clear();
    for &i in &group.missing {
        block.extend(group.missing.iter().map(|&j| precision[i * p + j]));
    }
    dense::cholesky(block, m, dense::ROUNDING).ok()?;
    let log_det = dense::log_determinant(block, m);
    dense::invert(block, m, work, inverse);
    Some(log_det)
}

/// Deviations of a row from the means, what is missing filled by its expectation.
pub(super) fn complete(
    group: &Group,
    row: &[f64],
    mean: &[f64],
    precision: &[f64],
    inverse: &[f64],
    deviation: &mut [f64],
    pull: &mut Vec<f64>,
) {
    let p = row.len();
    let m = group.missing.len();
    for ((d, row), mean) in deviation.iter_mut().zip(row).zip(mean) {
        *d = row - mean;
    }
    for &j in &group.missing {
        deviation[j] = 0.0;
    }
    pull.clear();
    for &i in &group.missing {
        pull.push(dense::dot(&precision[i * p..(i + 1) * p], deviation));
    }
    for (a, &j) in group.missing.iter().enumerate() {
        deviation[j] = -dense::dot(&inverse[a * m..(a + 1) * m], pull);
    }
}

fn part(data: &Data, groups: &[Group], mean: &[f64], precision: &[f64]) -> Option<Sums> {
    let p = data.columns;
    let mut sums = Sums {
        log_det: 0.0,
        first: vec![0.0; p],
        second: vec![0.0; p * p],
    };
    let (mut block, mut work, mut inverse) = (Vec::new(), Vec::new(), Vec::new());
    let (mut deviation, mut pull) = (vec![0.0; p], Vec::new());
    for group in groups {
        let (n, m) = (group.rows.len() as f64, group.missing.len());
        sums.log_det +=
            n * missing_block(group, precision, p, &mut block, &mut work, &mut inverse)?;
        for (a, &i) in group.missing.iter().enumerate() {
            for (b, &j) in group.missing.iter().enumerate().take(a + 1) {
                sums.second[i * p + j] += n * inverse[a * m + b];
            }
        }
        if let Some((centre, scatter)) = &group.moments {
            complete(
                group,
                centre,
                mean,
                precision,
                &inverse,
                &mut deviation,
                &mut pull,
            );
            dense::axpy(n, &deviation, &mut sums.first);
            outer(n, &deviation, &mut sums.second);
            let spread = complete_scatter(group, scatter, precision, &inverse, p);
            for i in 0..p {
                dense::axpy(
                    1.0,
                    &spread[i * p..i * p + i + 1],
                    &mut sums.second[i * p..i * p + i + 1],
                );
            }
        } else {
            for unit in group.rows.clone() {
                complete(
                    group,
                    data.row(unit),
                    mean,
                    precision,
                    &inverse,
                    &mut deviation,
                    &mut pull,
                );
                dense::axpy(1.0, &deviation, &mut sums.first);
                outer(1.0, &deviation, &mut sums.second);
            }
        }
    }
    Some(sums)
}

/// Adds `factor d d'` to a lower half.
pub(super) fn outer(factor: f64, d: &[f64], out: &mut [f64]) {
    let p = d.len();
    for i in 0..p {
        dense::axpy(factor * d[i], &d[..=i], &mut out[i * p..i * p + i + 1]);
    }
}

/// The scatter of completed rows from that of the rows.
pub(super) fn complete_scatter(
    group: &Group,
    scatter: &[f64],
    precision: &[f64],
    inverse: &[f64],
    p: usize,
) -> Vec<f64> {
    let m = group.missing.len();
    if m == 0 {
        return scatter.to_vec();
    }
    // Completion is d -> C d with C the identity but for rows m: -P(mm)⁻¹ P(mo).
    let mut completion = vec![0.0; p * p];
    for &j in &group.there {
        completion[j * p + j] = 1.0;
    }
    for (a, &i) in group.missing.iter().enumerate() {
        for (b, &k) in group.missing.iter().enumerate() {
            let factor = -inverse[a * m + b];
            for &j in &group.there {
                completion[i * p + j] += factor * precision[k * p + j];
            }
        }
    }
    let half = dense::product(&completion, scatter, p, p);
    dense::product_transposed(&half, &completion, p)
}

/// Covariance of what one unit shows: rows and columns that are there, errors added.
pub(super) fn shown(group: &Group, sigma: &[f64], error: &[f64], p: usize, out: &mut Vec<f64>) {
    out.clear();
    for &i in &group.there {
        for &j in &group.there {
            let mut value = sigma[i * p + j];
            if i / 2 == j / 2 {
                value += error[3 * (i / 2) + i % 2 + j % 2];
            }
            out.push(value);
        }
    }
}

/// What one noisy unit adds: W in full size, g in full size, and its log-likelihood.
pub(super) struct Noisy {
    pub w: Vec<f64>,
    pub g: Vec<f64>,
    block: Vec<f64>,
    work: Vec<f64>,
    inverse: Vec<f64>,
    deviation: Vec<f64>,
}

impl Noisy {
    pub fn new(p: usize) -> Self {
        Self {
            w: vec![0.0; p * p],
            g: vec![0.0; p],
            block: Vec::new(),
            work: Vec::new(),
            inverse: Vec::new(),
            deviation: Vec::new(),
        }
    }

    pub fn unit(&mut self, data: &Data, group: &Group, mean: &[f64], sigma: &[f64]) -> Option<f64> {
        let p = data.columns;
        let unit = group.rows.start;
        let size = group.there.len();
        shown(group, sigma, data.error(unit)?, p, &mut self.block);
        dense::cholesky(&mut self.block, size, dense::ROUNDING).ok()?;
        let log_det = dense::log_determinant(&self.block, size);
        dense::invert(&self.block, size, &mut self.work, &mut self.inverse);
        let row = data.row(unit);
        self.deviation.clear();
        self.deviation
            .extend(group.there.iter().map(|&j| row[j] - mean[j]));
        self.w.fill(0.0);
        self.g.fill(0.0);
        let mut quadratic = 0.0;
        for (a, &i) in group.there.iter().enumerate() {
            let inverse = &self.inverse[a * size..(a + 1) * size];
            self.g[i] = dense::dot(inverse, &self.deviation);
            quadratic += self.g[i] * self.deviation[a];
            for (b, &j) in group.there.iter().enumerate() {
                self.w[i * p + j] = inverse[b];
            }
        }
        Some(-0.5 * (size as f64 * LOG_TWO_PI + log_det + quadratic))
    }
}

fn noisy(data: &Data, mean: &[f64], sigma: &[f64]) -> Option<Pass> {
    let p = data.columns;
    // Σ itself need not be positive definite here, only what is shown.
    let (precision, _) = dense::inverse(&data.typical(sigma), p)?;
    let empty = || Pass {
        loglik: 0.0,
        by_mean: vec![0.0; p],
        by_sigma: vec![0.0; p * p],
        precision: Vec::new(),
    };
    let sums: Vec<Option<Pass>> = parts(&data.groups)
        .map(|groups| {
            let mut noisy = Noisy::new(p);
            let mut sums = empty();
            for group in groups {
                sums.loglik += noisy.unit(data, group, mean, sigma)?;
                dense::axpy(1.0, &noisy.g, &mut sums.by_mean);
                outer(1.0, &noisy.g, &mut sums.by_sigma);
                for i in 0..p {
                    let row = i * p..i * p + i + 1;
                    dense::axpy(-1.0, &noisy.w[row.clone()], &mut sums.by_sigma[row]);
                }
            }
            Some(sums)
        })
        .collect();
    let mut total = empty();
    for sums in sums {
        let sums = sums?;
        total.loglik += sums.loglik;
        dense::axpy(1.0, &sums.by_mean, &mut total.by_mean);
        dense::axpy(1.0, &sums.by_sigma, &mut total.by_sigma);
    }
    dense::mirror(&mut total.by_sigma, p);
    total.precision = precision;
    total.loglik.is_finite().then_some(total)
}
