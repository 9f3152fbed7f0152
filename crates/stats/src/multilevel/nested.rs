//! One grouping: every group is a block of its own, so all of it comes from small sums a group.
//!
//! Notation as in Bates, Mächler, Bolker & Walker (2015, J. Statistical Software 67(1)): `Λ` is the
//! factor of the effects' covariance relative to the residual's, `M = Λ'Z'ZΛ + I`.

use super::design::Term;
use crate::dense::{
    backward, cholesky, forward, inverse_of, log_determinant, times, transposed_times,
};
use rayon::prelude::*;

/// Groups taken together; fixed, so that sums don't depend on the number of threads.
const BLOCK: usize = 2048;

/// What is left after the random effects are eliminated.
pub(super) struct Eliminated {
    /// Log-determinant of `M`.
    pub log_determinant: f64,
    /// `[X y]' V⁻¹ [X y]`, `width × width`.
    pub left: Vec<f64>,
}

/// Sums the slopes of the criterion are made of, one entry a grouping.
pub(super) struct Slopes {
    /// Sum over groups of the diagonal blocks of `M⁻¹Λ'Z'Z`.
    pub trace: Vec<f64>,
    /// Sum over groups of `r u'`, with `r = Z'(e - ZΛu)` for the residual `e`.
    pub residual: Vec<f64>,
    /// The same for the fixed columns, weighted by the inverse of their cross-product.
    pub fixed: Vec<f64>,
}

impl Slopes {
    pub fn zeros(effects: usize) -> Self {
        let size = effects * effects;
        Self {
            trace: vec![0.0; size],
            residual: vec![0.0; size],
            fixed: vec![0.0; size],
        }
    }

    fn add(&mut self, other: &Self) {
        for (into, from) in [
            (&mut self.trace, &other.trace),
            (&mut self.residual, &other.residual),
            (&mut self.fixed, &other.fixed),
        ] {
            into.iter_mut().zip(from).for_each(|(sum, v)| *sum += v);
        }
    }
}

/// The predicted effects of every group and their variances, relative and in common sizes.
pub(super) struct Modes {
    /// `groups × effects`.
    pub values: Vec<f64>,
    /// `groups × effects × effects`: `Λ M⁻¹ Λ'`.
    pub covariances: Vec<f64>,
}

/// The weights at which slopes are taken: coefficients and the inverse of `X'V⁻¹X`.
pub(super) struct At<'a> {
    /// `(-β, 1)`: turns `[X y]` into the residual.
    pub residual: &'a [f64],
    /// Inverse of `X'V⁻¹X`, `fixed × fixed`.
    pub inverse: &'a [f64],
}

/// Scratch for one group.
struct Group {
    /// `Z'Z Λ`.
    az: Vec<f64>,
    /// Factor of `M`.
    factor: Vec<f64>,
    /// `L⁻¹ Λ' Z'[X y]`.
    w: Vec<f64>,
}

impl Group {
    fn new(q: usize, width: usize) -> Self {
        Self {
            az: vec![0.0; q * q],
            factor: vec![0.0; q * q],
            w: vec![0.0; q * width],
        }
    }

    /// Factors `M` of one group; false if it can't be.
    fn eliminate(
        &mut self,
        lambda: &[f64],
        zz: &[f64],
        zxy: &[f64],
        q: usize,
        width: usize,
    ) -> bool {
        times(zz, lambda, &mut self.az, q, q);
        transposed_times(lambda, &self.az, &mut self.factor, q, q);
        for i in 0..q {
            self.factor[i * q + i] += 1.0;
        }
        if cholesky(&mut self.factor, q, 0.0).is_err() {
            return false;
        }
        transposed_times(lambda, zxy, &mut self.w, q, width);
        forward(&self.factor, q, &mut self.w, width);
        true
    }
}

fn blocks(term: &Term) -> Vec<std::ops::Range<usize>> {
    (0..term.groups.div_ceil(BLOCK))
        .map(|b| b * BLOCK..((b + 1) * BLOCK).min(term.groups))
        .collect()
}

/// Eliminates the random effects at `lambda`.
pub(super) fn eliminate(
    term: &Term,
    xy: &[f64],
    width: usize,
    lambda: &[f64],
) -> Option<Eliminated> {
    let q = term.effects;
    let parts: Vec<Option<(f64, Vec<f64>)>> = blocks(term)
        .into_par_iter()
        .map(|groups| {
            let mut group = Group::new(q, width);
            let mut determinant = 0.0;
            let mut taken = vec![0.0; width * width];
            for g in groups {
                let zz = &term.zz[g * q * q..(g + 1) * q * q];
                let zxy = &term.zxy[g * q * width..(g + 1) * q * width];
                if !group.eliminate(lambda, zz, zxy, q, width) {
                    return None;
                }
                determinant += log_determinant(&group.factor, q);
                for w in group.w.chunks_exact(width) {
                    for (i, a) in w.iter().enumerate() {
                        let row = &mut taken[i * width..=i * width + i];
                        row.iter_mut().zip(w).for_each(|(sum, b)| *sum += a * b);
                    }
                }
            }
            Some((determinant, taken))
        })
        .collect();
    let mut out = Eliminated {
        log_determinant: 0.0,
        left: xy.to_vec(),
    };
    for part in parts {
        let (determinant, taken) = part?;
        out.log_determinant += determinant;
        for i in 0..width {
            for j in 0..=i {
                out.left[i * width + j] -= taken[i * width + j];
            }
        }
    }
    for i in 0..width {
        for j in 0..i {
            out.left[j * width + i] = out.left[i * width + j];
        }
    }
    Some(out)
}

/// The sums for the criterion's slopes at `lambda`.
pub(super) fn slopes(term: &Term, width: usize, lambda: &[f64], at: &At<'_>) -> Option<Slopes> {
    let (q, fixed) = (term.effects, width - 1);
    let parts: Vec<Option<Slopes>> = blocks(term)
        .into_par_iter()
        .map(|groups| {
            let mut group = Group::new(q, width);
            let mut sums = Slopes::zeros(q);
            let mut open = vec![0.0; q * width];
            let mut block = vec![0.0; q * q];
            for g in groups {
                let zz = &term.zz[g * q * q..(g + 1) * q * q];
                let zxy = &term.zxy[g * q * width..(g + 1) * q * width];
                if !group.eliminate(lambda, zz, zxy, q, width) {
                    return None;
                }
                // U = M⁻¹Λ'Z'[X y], and what of Z'[X y] it leaves open.
                backward(&group.factor, q, &mut group.w, width);
                times(&group.az, &group.w, &mut open, q, width);
                open.iter_mut()
                    .zip(zxy)
                    .for_each(|(open, all)| *open = all - *open);
                for i in 0..q {
                    for j in 0..q {
                        block[i * q + j] = group.az[j * q + i];
                    }
                }
                forward(&group.factor, q, &mut block, q);
                backward(&group.factor, q, &mut block, q);
                sums.trace
                    .iter_mut()
                    .zip(&block)
                    .for_each(|(sum, v)| *sum += v);
                gather(&mut sums, &open, &group.w, q, fixed, at);
            }
            Some(sums)
        })
        .collect();
    let mut out = Slopes::zeros(q);
    for part in parts {
        out.add(&part?);
    }
    Some(out)
}

/// Adds one group's `r u'` (for the residual, and weighted for the fixed columns).
pub(super) fn gather(
    sums: &mut Slopes,
    open: &[f64],
    u: &[f64],
    q: usize,
    fixed: usize,
    at: &At<'_>,
) {
    let width = fixed + 1;
    let dot = |row: &[f64]| -> f64 { row.iter().zip(at.residual).map(|(a, b)| a * b).sum() };
    for i in 0..q {
        let row = &open[i * width..(i + 1) * width];
        let residual = dot(row);
        for j in 0..q {
            let other = &u[j * width..(j + 1) * width];
            sums.residual[i * q + j] += residual * dot(other);
            let mut weighted = 0.0;
            for (a, inverse) in row[..fixed].iter().zip(at.inverse.chunks_exact(fixed)) {
                let inner: f64 = inverse.iter().zip(other).map(|(x, y)| x * y).sum();
                weighted += a * inner;
            }
            sums.fixed[i * q + j] += weighted;
        }
    }
}

/// The predicted effects at `lambda`.
pub(super) fn modes(term: &Term, width: usize, lambda: &[f64], residual: &[f64]) -> Option<Modes> {
    let q = term.effects;
    let mut group = Group::new(q, width);
    let mut out = Modes {
        values: Vec::with_capacity(term.groups * q),
        covariances: Vec::with_capacity(term.groups * q * q),
    };
    let (mut half, mut whole) = (vec![0.0; q * q], vec![0.0; q * q]);
    for (zz, zxy) in term
        .zz
        .chunks_exact(q * q)
        .zip(term.zxy.chunks_exact(q * width))
    {
        if !group.eliminate(lambda, zz, zxy, q, width) {
            return None;
        }
        backward(&group.factor, q, &mut group.w, width);
        let u: Vec<f64> = group
            .w
            .chunks_exact(width)
            .map(|row| row.iter().zip(residual).map(|(a, b)| a * b).sum())
            .collect();
        push_mode(
            &mut out,
            lambda,
            &u,
            &inverse_of(&group.factor, q),
            &mut half,
            &mut whole,
        );
    }
    Some(out)
}

/// Appends `Λu` and `ΛTΛ'`.
pub(super) fn push_mode(
    out: &mut Modes,
    lambda: &[f64],
    u: &[f64],
    t: &[f64],
    half: &mut [f64],
    whole: &mut [f64],
) {
    let q = u.len();
    for i in 0..q {
        out.values
            .push((0..q).map(|k| lambda[i * q + k] * u[k]).sum());
    }
    times(lambda, t, half, q, q);
    for i in 0..q {
        for j in 0..q {
            whole[i * q + j] = (0..q).map(|k| half[i * q + k] * lambda[j * q + k]).sum();
        }
    }
    out.covariances.extend_from_slice(whole);
}
