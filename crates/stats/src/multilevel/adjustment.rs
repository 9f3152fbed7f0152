//! What the variances' own errors add to the coefficients': Kenward & Roger's (1997, Biometrics
//! 53:983-997) adjusted covariance, the same as `vcovAdj` of R's pbkrtest (Halekoh & Højsgaard 2014,
//! J. Statistical Software 59(9)). Where groups are few and effects go together it matters: with
//! eight groups whose slopes differ, an error between groups grows by a sixth and more.
//!
//! Not here: their degrees of freedom, which come from the expected information. Those of
//! `freedom`, from the observed one, hold the truth nearer to 95% (`bench/README.md`): a variance
//! can't come out negative, so errors stop falling where it ends at zero, and only the observed
//! information sees that.
//!
//! With `V = I + Σ γ_a G_a` relative to the residual's variance, all that is asked for comes from
//! sums a group: `Z'V⁻¹Z`, `Z'V⁻¹X`, `Z'V⁻²X`. Groupings that cross are one dense block, so this
//! is done up to [`MOST`] effects only; past that there are many groups and little to add, unless
//! one of the groupings is a small one.

use super::Criterion;
use super::criterion::{Problem, Value};
use super::freedom::pseudo_inverse;
use crate::reason::{NoAnswer, Result};
use faer::linalg::solvers::Solve;
use faer::{Mat, Side};
use rayon::prelude::*;

/// Most effects of crossed groupings: some cubes of this number of multiplications, half a second.
pub const MOST: usize = 1000;
/// Groups taken together; fixed, so that sums don't depend on the number of threads.
const BLOCK: usize = 512;

/// One block's `Z'Z`, `Z'X` and the factor `Λ`, and which effects they are of.
struct Block {
    zz: Mat<f64>,
    zx: Mat<f64>,
    lambda: Mat<f64>,
    /// The effects of each group in it: grouping, and their first place.
    groups: Vec<(usize, usize)>,
}

/// Sums over blocks; parameters are the factors' free places, then the residual.
struct Sums {
    /// `X'V⁻¹G_aV⁻¹X`.
    slopes: Vec<Mat<f64>>,
    /// `X'V⁻¹G_aV⁻¹G_bV⁻¹X`, its symmetric part, for `b ≤ a`.
    squares: Vec<Mat<f64>>,
    /// Traces of `V⁻¹G_aV⁻¹G_b`, `b ≤ a`.
    traces: Vec<f64>,
}

/// Where a pair `b ≤ a` is kept.
fn at(a: usize, b: usize) -> usize {
    a * (a + 1) / 2 + b
}

impl Sums {
    fn zeros(parameters: usize, fixed: usize) -> Self {
        let pairs = parameters * (parameters + 1) / 2;
        Self {
            slopes: vec![Mat::zeros(fixed, fixed); parameters],
            squares: vec![Mat::zeros(fixed, fixed); pairs],
            traces: vec![0.0; pairs],
        }
    }

    fn merge(&mut self, other: &Self) {
        let matrices = self.slopes.iter_mut().chain(&mut self.squares);
        for (sum, part) in matrices.zip(other.slopes.iter().chain(&other.squares)) {
            *sum += part;
        }
        for (sum, part) in self.traces.iter_mut().zip(&other.traces) {
            *sum += part;
        }
    }

    /// Adds one block; for the residual only what the block takes from `X'X` and `n`. `None` where
    /// the arithmetic fails.
    fn add(&mut self, block: &Block, places: &[(usize, usize, usize)]) -> Option<()> {
        let size = block.zz.nrows();
        let residual = places.len();
        // T = Λ(Λ'Z'ZΛ + I)⁻¹Λ', so that V⁻¹ = I - ZTZ'.
        let mut inner = block.lambda.transpose() * &block.zz * &block.lambda;
        for i in 0..size {
            inner[(i, i)] += 1.0;
        }
        let solved = inner
            .llt(Side::Lower)
            .ok()?
            .solve(block.lambda.transpose().to_owned());
        let t = &block.lambda * solved;
        let ts = &t * &block.zz;
        let keep = Mat::from_fn(size, size, |i, j| f64::from(u8::from(i == j)) - ts[(i, j)]);
        let zvz = &block.zz * &keep;
        let tx = &t * &block.zx;
        let zvx = &block.zx - &block.zz * &tx;
        let zvvx = keep.transpose() * &zvx;

        // E_a Z'V⁻¹X and Z'V⁻¹Z E_a, with E_a the places of the parameter in every group.
        let moved: Vec<Mat<f64>> = places
            .iter()
            .map(|&(term, i, j)| {
                let mut out = Mat::zeros(size, zvx.ncols());
                for &(_, first) in block.groups.iter().filter(|g| g.0 == term) {
                    for column in 0..zvx.ncols() {
                        out[(first + i, column)] = zvx[(first + j, column)];
                        out[(first + j, column)] = zvx[(first + i, column)];
                    }
                }
                out
            })
            .collect();
        let turned: Vec<Mat<f64>> = places
            .iter()
            .map(|&(term, i, j)| {
                let mut out = Mat::zeros(size, size);
                for &(_, first) in block.groups.iter().filter(|g| g.0 == term) {
                    for row in 0..size {
                        out[(row, first + i)] = zvz[(row, first + j)];
                        out[(row, first + j)] = zvz[(row, first + i)];
                    }
                }
                out
            })
            .collect();
        for (a, &(term, i, j)) in places.iter().enumerate() {
            self.slopes[a] += zvx.transpose() * &moved[a];
            let far = &zvz * &moved[a];
            for b in 0..=a {
                add_symmetric(&mut self.squares[at(a, b)], &(moved[b].transpose() * &far));
                self.traces[at(a, b)] += trace(&turned[a], &turned[b]);
            }
            add_symmetric(
                &mut self.squares[at(residual, a)],
                &(zvvx.transpose() * &moved[a]),
            );
            let twice = if i == j { 1.0 } else { 2.0 };
            for &(_, first) in block.groups.iter().filter(|g| g.0 == term) {
                let zvvz: f64 = (0..size)
                    .map(|row| keep[(row, first + i)] * zvz[(row, first + j)])
                    .sum();
                self.traces[at(residual, a)] += twice * zvvz;
            }
        }
        let taken = block.zx.transpose() * &tx + tx.transpose() * &zvx;
        self.slopes[residual] -= &taken;
        add_symmetric(
            &mut self.squares[at(residual, residual)],
            &-(taken + zvx.transpose() * (&t * &zvx)),
        );
        let diagonal: f64 = (0..size).map(|i| ts[(i, i)]).sum();
        self.traces[at(residual, residual)] += trace(&ts, &ts) - 2.0 * diagonal;
        Some(())
    }
}

fn add_symmetric(sum: &mut Mat<f64>, part: &Mat<f64>) {
    *sum += Mat::from_fn(part.nrows(), part.ncols(), |i, j| {
        0.5 * (part[(i, j)] + part[(j, i)])
    });
}

/// Trace of a product.
fn trace(a: &Mat<f64>, b: &Mat<f64>) -> f64 {
    let mut sum = 0.0;
    for column in 0..b.ncols() {
        for row in 0..b.nrows() {
            sum += a[(column, row)] * b[(row, column)];
        }
    }
    sum
}

/// The coefficients' adjusted covariance in common sizes, row by row; `None` for the full likelihood, for which there is none,
/// and for crossed groupings with too many effects.
///
/// # Errors
/// [`NoAnswer::Arithmetic`].
pub(super) fn adjusted(
    problem: &Problem,
    theta: &[f64],
    value: &Value,
) -> Result<Option<Vec<f64>>> {
    let effects: usize = problem
        .design
        .terms
        .iter()
        .map(|term| term.groups * term.effects)
        .sum();
    let crossed = problem.crossing.is_some();
    if problem.criterion == Criterion::Full || (crossed && effects > MOST) {
        return Ok(None);
    }
    let failed = NoAnswer::Arithmetic {
        what: "what the variances' errors add",
    };
    let sums = gather(problem, theta).ok_or(failed)?;
    assemble(problem, value, &sums).map(Some)
}

fn gather(problem: &Problem, theta: &[f64]) -> Option<Sums> {
    let design = &problem.design;
    let (fixed, width) = (design.fixed, design.width());
    let places = &problem.places;
    let lambdas = problem.lambdas(theta);
    let start = || Sums::zeros(places.len() + 1, fixed);
    let mut sums = start();
    let whole = Mat::from_fn(fixed, fixed, |i, j| design.xy[i * width + j]);
    let residual = places.len();
    sums.slopes[residual] += &whole;
    sums.squares[at(residual, residual)] += &whole;
    sums.traces[at(residual, residual)] += design.n as f64;
    if let Some(crossing) = &problem.crossing {
        let mut zx = Mat::zeros(0, 0);
        let mut groups = Vec::new();
        let mut size = 0;
        for (k, term) in design.terms.iter().enumerate() {
            for _ in 0..term.groups {
                groups.push((k, size));
                size += term.effects;
            }
        }
        zx.resize_with(size, fixed, |_, _| 0.0);
        let mut lambda = Mat::zeros(size, size);
        let mut next = groups.iter();
        for (term, factor) in design.terms.iter().zip(&lambdas) {
            let q = term.effects;
            for zxy in term.zxy.chunks_exact(q * width) {
                let &(_, first) = next.next()?;
                for i in 0..q {
                    for j in 0..fixed {
                        zx[(first + i, j)] = zxy[i * width + j];
                    }
                    for j in 0..=i {
                        lambda[(first + i, first + j)] = factor[i * q + j];
                    }
                }
            }
        }
        let zz = crossing.products(design);
        let block = Block {
            zz,
            zx,
            lambda,
            groups,
        };
        sums.add(&block, places)?;
        return Some(sums);
    }
    let term = &design.terms[0];
    let q = term.effects;
    let lambda = Mat::from_fn(q, q, |i, j| lambdas[0][i * q + j]);
    let parts: Vec<Option<Sums>> = (0..term.groups.div_ceil(BLOCK))
        .into_par_iter()
        .map(|part| {
            let mut sums = start();
            for g in part * BLOCK..((part + 1) * BLOCK).min(term.groups) {
                let zz = &term.zz[g * q * q..(g + 1) * q * q];
                let zxy = &term.zxy[g * q * width..(g + 1) * q * width];
                let block = Block {
                    zz: Mat::from_fn(q, q, |i, j| zz[i * q + j]),
                    zx: Mat::from_fn(q, fixed, |i, j| zxy[i * width + j]),
                    lambda: lambda.clone(),
                    groups: vec![(0, 0)],
                };
                sums.add(&block, places)?;
            }
            Some(sums)
        })
        .collect();
    for part in parts {
        sums.merge(&part?);
    }
    Some(sums)
}

/// From the sums to the adjusted covariance.
fn assemble(problem: &Problem, value: &Value, sums: &Sums) -> Result<Vec<f64>> {
    let fixed = problem.design.fixed;
    let count = problem.places.len() + 1;
    let phi = Mat::from_fn(fixed, fixed, |i, j| value.inverse[i * fixed + j]);
    let plain: Vec<Mat<f64>> = sums.slopes.iter().map(|p| p * &phi).collect();
    let mut information = Mat::zeros(count, count);
    for a in 0..count {
        for b in 0..=a {
            let entry = sums.traces[at(a, b)] - 2.0 * trace(&phi, &sums.squares[at(a, b)])
                + trace(&plain[a], &plain[b]);
            information[(a, b)] = entry;
            information[(b, a)] = entry;
        }
    }
    // Flat directions are told by the parameters' own sizes.
    let own: Vec<f64> = (0..count)
        .map(|a| match information[(a, a)] {
            entry if entry > 0.0 && entry.is_finite() => entry.sqrt(),
            _ => 1.0,
        })
        .collect();
    let even = Mat::from_fn(count, count, |a, b| information[(a, b)] / (own[a] * own[b]));
    let inverse = pseudo_inverse(&even, 2.0)?;
    let mut added = Mat::<f64>::zeros(fixed, fixed);
    for a in 0..count {
        for b in 0..=a {
            let weight = inverse.get(a, b) / (own[a] * own[b]);
            let twice = if a == b { 1.0 } else { 2.0 };
            let part = &sums.squares[at(a, b)] - &sums.slopes[a] * &phi * &sums.slopes[b];
            let mut even = Mat::zeros(fixed, fixed);
            add_symmetric(&mut even, &part);
            added += even * faer::Scale(twice * weight);
        }
    }
    let added = &phi * added * &phi;
    Ok((0..fixed * fixed)
        .map(|place| {
            let (i, j) = (place / fixed, place % fixed);
            value.variance * (phi[(i, j)] + 2.0 * added[(i, j)])
        })
        .collect())
}
