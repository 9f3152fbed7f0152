//! The two models a fit is measured against: means and covariance without any structure, and
//! columns that have nothing to do with each other. Both carry the known errors.
//!
//! Expectation-maximisation (scoring where errors are known), written with the derivatives every
//! pass gives and sped up by Anderson's mixing of past steps; a mixed step that lowers the
//! log-likelihood is undone.
//! Sources: Dempster, Laird & Rubin 1977; Walker & Ni 2011 (Anderson acceleration).

use super::data::Data;
use super::pass::{Pass, pass};
use crate::dense;
use crate::reason::{NoAnswer, Result};

/// Means and covariance of the columns (scaled), and their log-likelihood.
#[derive(Clone, Debug)]
pub(super) struct Saturated {
    pub loglik: f64,
    pub mean: Vec<f64>,
    pub sigma: Vec<f64>,
}

/// Past steps that are mixed.
const MEMORY: usize = 6;
const STEPS: usize = 1000;

/// Fits means and covariance; with `diagonal` all covariances are held at zero.
pub(super) fn saturated(data: &Data, diagonal: bool) -> Result<Saturated> {
    let p = data.columns;
    let what = if diagonal {
        "the model of unrelated columns"
    } else {
        "the model without structure"
    };
    let arithmetic = NoAnswer::Arithmetic { what };
    let (mean, variances) = columns(data);
    let mut sigma = vec![0.0; p * p];
    for j in 0..p {
        sigma[j * p + j] = variances[j];
    }
    let pack = |mean: &[f64], sigma: &[f64]| -> Vec<f64> {
        let mut out = mean.to_vec();
        for i in 0..p {
            if diagonal {
                out.push(sigma[i * p + i]);
            } else {
                out.extend_from_slice(&sigma[i * p..i * p + i + 1]);
            }
        }
        out
    };
    let unpack = |z: &[f64]| -> (Vec<f64>, Vec<f64>) {
        let mut sigma = vec![0.0; p * p];
        let mut rest = &z[p..];
        for i in 0..p {
            if diagonal {
                sigma[i * p + i] = rest[i];
            } else {
                let (row, tail) = rest.split_at(i + 1);
                sigma[i * p..i * p + i + 1].copy_from_slice(row);
                rest = tail;
            }
        }
        dense::mirror(&mut sigma, p);
        (z[..p].to_vec(), sigma)
    };

    let mut z = pack(&mean, &sigma);
    let mut best = pass(data, &mean, &sigma).ok_or(arithmetic.clone())?;
    let (mut steps, mut residuals): (Vec<Vec<f64>>, Vec<Vec<f64>>) = Default::default();
    let mut quiet = 0;
    for _ in 0..STEPS {
        let (mean, sigma) = unpack(&z);
        let target = {
            let (mean, sigma) = step(data, &best, &mean, &sigma, diagonal);
            pack(&mean, &sigma)
        };
        let residual: Vec<f64> = target.iter().zip(&z).map(|(t, z)| t - z).collect();
        let mixed = mix(&z, &residual, &steps, &residuals);
        let tried = mixed.and_then(|mixed| {
            let (mean, sigma) = unpack(&mixed);
            let tried = pass(data, &mean, &sigma)?;
            (tried.loglik >= best.loglik).then_some((mixed, tried))
        });
        let (next, next_pass) = match tried {
            Some(found) => found,
            None => {
                steps.clear();
                residuals.clear();
                // Without errors the whole step never lowers the log-likelihood.
                let shorter = [1.0, 0.5, 0.25, 0.1, 0.01].into_iter().find_map(|length| {
                    let mut z = z.clone();
                    dense::axpy(length, &residual, &mut z);
                    let (mean, sigma) = unpack(&z);
                    let found = pass(data, &mean, &sigma)?;
                    (found.loglik >= best.loglik).then_some((z, found))
                });
                match shorter {
                    Some(found) => found,
                    None => {
                        // Rounding is all that is left.
                        quiet = 2;
                        break;
                    }
                }
            }
        };
        steps.push(z);
        residuals.push(residual);
        if steps.len() > MEMORY {
            steps.remove(0);
            residuals.remove(0);
        }
        let gain = next_pass.loglik - best.loglik;
        z = next;
        best = next_pass;
        quiet = if gain < 1e-9 * best.loglik.abs().max(1.0) * 1e-2 + 1e-8 {
            quiet + 1
        } else {
            0
        };
        if quiet == 2 {
            break;
        }
    }
    let (mean, sigma) = unpack(&z);
    if quiet < 2 {
        return Err(NoAnswer::NotConverged { what, steps: STEPS });
    }
    if !diagonal && nearly_singular(&data.typical(&sigma), p) {
        return Err(NoAnswer::Singular);
    }
    Ok(Saturated {
        loglik: best.loglik,
        mean,
        sigma,
    })
}

/// Mean and variance of each column over the units that have it, errors taken off.
fn columns(data: &Data) -> (Vec<f64>, Vec<f64>) {
    let p = data.columns;
    let mut n: Vec<f64> = vec![0.0; p];
    let (mut sum, mut error) = (vec![0.0; p], vec![0.0; p]);
    let mut square = vec![0.0; p];
    let each = |f: &mut dyn FnMut(usize, f64, f64)| {
        for group in &data.groups {
            for unit in group.rows.clone() {
                for &j in &group.there {
                    let error = data
                        .error(unit)
                        .map_or(0.0, |e| e[3 * (j / 2) + 2 * (j % 2)]);
                    f(j, data.row(unit)[j], error);
                }
            }
        }
    };
    each(&mut |j, value, e| {
        n[j] += 1.0;
        sum[j] += value;
        error[j] += e;
    });
    let mean: Vec<f64> = sum.iter().zip(&n).map(|(s, n)| s / n.max(1.0)).collect();
    each(&mut |j, value, _| square[j] += (value - mean[j]).powi(2));
    let variance = (0..p)
        .map(|j| {
            let all = square[j] / n[j].max(1.0);
            (all - error[j] / n[j].max(1.0)).max(0.1 * all)
        })
        .collect();
    (mean, variance)
}

/// One step: V S V / n onto Σ and δ = V g / n onto the means, with V what a typical unit shows.
/// Without errors V is Σ, and with δ δ' taken off this is expectation-maximisation; with errors it
/// is Fisher's scoring for complete data, and needs no positive definite Σ.
fn step(
    data: &Data,
    pass: &Pass,
    mean: &[f64],
    sigma: &[f64],
    diagonal: bool,
) -> (Vec<f64>, Vec<f64>) {
    let (p, n) = (data.columns, data.units as f64);
    let (mut typical, mut slope) = (data.typical(sigma), pass.by_sigma.clone());
    if diagonal {
        // Covariances are held, so only slopes along variances count.
        for k in 0..p * p {
            if k / p != k % p {
                typical[k] = 0.0;
                slope[k] = 0.0;
            }
        }
    }
    let mut shift = dense::product(&typical, &pass.by_mean, p, 1);
    for value in &mut shift {
        *value /= n;
    }
    let half = dense::product(&typical, &slope, p, p);
    let whole = dense::product(&half, &typical, p, p);
    let mut next = sigma.to_vec();
    for i in 0..p {
        for j in 0..p {
            let change = 0.5 * (whole[i * p + j] + whole[j * p + i]);
            next[i * p + j] += change / n;
            if data.errors.is_none() {
                next[i * p + j] -= shift[i] * shift[j];
            }
        }
    }
    let mean = mean.iter().zip(&shift).map(|(m, s)| m + s).collect();
    (mean, next)
}

/// Anderson's mixture of the last steps, where there are any.
fn mix(
    z: &[f64],
    residual: &[f64],
    steps: &[Vec<f64>],
    residuals: &[Vec<f64>],
) -> Option<Vec<f64>> {
    let m = steps.len();
    if m == 0 {
        return None;
    }
    let difference =
        |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a - b).collect() };
    let d_residuals: Vec<Vec<f64>> = residuals.iter().map(|r| difference(residual, r)).collect();
    let mut gram = vec![0.0; m * m];
    let mut right = vec![0.0; m];
    for i in 0..m {
        for j in 0..=i {
            gram[i * m + j] = dense::dot(&d_residuals[i], &d_residuals[j]);
        }
        right[i] = dense::dot(&d_residuals[i], residual);
    }
    for i in 0..m {
        gram[i * m + i] *= 1.0 + 1e-10;
    }
    dense::cholesky(&mut gram, m, dense::ROUNDING).ok()?;
    dense::solve(&gram, m, &mut right);
    let mut out = z.to_vec();
    dense::axpy(1.0, residual, &mut out);
    for i in 0..m {
        dense::axpy(-right[i], &d_residuals[i], &mut out);
        dense::axpy(-right[i], &difference(z, &steps[i]), &mut out);
    }
    out.iter().all(|v| v.is_finite()).then_some(out)
}

/// Whether columns, brought to variance 1, determine one another but for rounding.
fn nearly_singular(sigma: &[f64], p: usize) -> bool {
    let mut scaled = sigma.to_vec();
    for i in 0..p {
        for j in 0..p {
            scaled[i * p + j] /= (sigma[i * p + i] * sigma[j * p + j]).sqrt();
        }
    }
    dense::cholesky(&mut scaled, p, dense::ROUNDING).is_err()
        || (0..p).any(|i| scaled[i * p + i] * scaled[i * p + i] < 1e-9)
}
