//! The slopes of the criterion, and the predicted effects, where groupings cross. Only those entries
//! of `M⁻¹` are made that meet a non-zero of `Z'Z`.

use super::{Crossing, Solved, rest_lambda};
use crate::dense::{backward, times};
use crate::multilevel::design::Design;
use crate::multilevel::nested::{At, Modes, Slopes, gather, push_mode};
use faer::Mat;
use faer::linalg::solvers::DenseSolveCore;

impl Solved {
    /// Sums for the criterion's slopes, one entry a grouping, and the predicted effects if wanted.
    pub fn slopes(
        &self,
        crossing: &Crossing,
        design: &Design,
        lambdas: &[Vec<f64>],
        at: &At<'_>,
        wanted: bool,
    ) -> (Vec<Slopes>, Vec<Modes>) {
        let (width, fixed) = (design.width(), design.fixed);
        let e = crossing.eliminated;
        let main = &design.terms[e];
        let (qe, lambda) = (main.effects, &lambdas[e]);
        let mut sums: Vec<Slopes> = design
            .terms
            .iter()
            .map(|t| Slopes::zeros(t.effects))
            .collect();
        let mut modes: Vec<Modes> = design
            .terms
            .iter()
            .map(|_| Modes {
                values: Vec::new(),
                covariances: Vec::new(),
            })
            .collect();
        let inverse_rest = self.factor.inverse();
        let az_rest = rest_lambda(crossing, design, lambdas);
        // What of Z_r'[X y] is left open.
        let mut open = Mat::from_fn(crossing.size, width, |_, _| 0.0);
        for k in crossing.others(design) {
            let q = design.terms[k].effects;
            for (group, zxy) in design.terms[k].zxy.chunks_exact(q * width).enumerate() {
                for i in 0..q {
                    for j in 0..width {
                        open[(crossing.offsets[k] + group * q + i, j)] = zxy[i * width + j];
                    }
                }
            }
        }
        open -= &az_rest * &self.u;
        let frame = Frame {
            crossing,
            design,
            lambdas,
            inverse_rest: &inverse_rest,
        };
        let mut scratch = Scratch::new(qe, width);
        for g in 0..main.groups {
            self.one_group(g, &frame, &mut open, &mut sums, &mut scratch);
            let zxy = &main.zxy[g * qe * width..(g + 1) * qe * width];
            for (open, all) in scratch.open.iter_mut().zip(zxy) {
                *open += all;
            }
            gather(&mut sums[e], &scratch.open, &scratch.u, qe, fixed, at);
            if wanted {
                let u = residual_effects(&scratch.u, width, at.residual);
                push_mode(
                    &mut modes[e],
                    lambda,
                    &u,
                    &scratch.t,
                    &mut scratch.half,
                    &mut scratch.whole,
                );
            }
        }
        for k in crossing.others(design) {
            let q = design.terms[k].effects;
            let (mut u, mut r) = (vec![0.0; q * width], vec![0.0; q * width]);
            let (mut half, mut whole) = (vec![0.0; q * q], vec![0.0; q * q]);
            for group in 0..design.terms[k].groups {
                let first = crossing.offsets[k] + group * q;
                for i in 0..q {
                    for j in 0..width {
                        u[i * width + j] = self.u[(first + i, j)];
                        r[i * width + j] = open[(first + i, j)];
                    }
                    for j in 0..q {
                        // M⁻¹Λ'Z'Z over the rest: both are symmetric but for Λ, so columns do.
                        let inner: f64 = (0..crossing.size)
                            .map(|m| inverse_rest[(m, first + i)] * az_rest[(first + j, m)])
                            .sum();
                        sums[k].trace[i * q + j] += inner;
                    }
                }
                gather(&mut sums[k], &r, &u, q, fixed, at);
                if wanted {
                    let t: Vec<f64> = (0..q * q)
                        .map(|m| inverse_rest[(first + m / q, first + m % q)])
                        .collect();
                    let u = residual_effects(&u, width, at.residual);
                    push_mode(&mut modes[k], &lambdas[k], &u, &t, &mut half, &mut whole);
                }
            }
        }
        (sums, modes)
    }

    /// One eliminated group: its effects, its part of the traces, its part of what is open.
    fn one_group(
        &self,
        g: usize,
        frame: &Frame<'_>,
        open_rest: &mut Mat<f64>,
        sums: &mut [Slopes],
        scratch: &mut Scratch,
    ) {
        let &Frame {
            crossing,
            design,
            lambdas,
            inverse_rest,
        } = frame;
        let width = design.width();
        let e = crossing.eliminated;
        let main = &design.terms[e];
        let (qe, lambda) = (main.effects, &lambdas[e]);
        let factor = &self.factors[g * qe * qe..(g + 1) * qe * qe];
        let zz = &main.zz[g * qe * qe..(g + 1) * qe * qe];
        let meetings = &crossing.meetings[crossing.starts[g]..crossing.starts[g + 1]];
        // Columns met, one by one, with their rows of C.
        scratch.columns.clear();
        scratch.c.clear();
        for m in meetings {
            let qk = design.terms[m.term].effects;
            scratch.columns.extend(m.column..m.column + qk);
            scratch
                .c
                .extend_from_slice(&self.c[m.start..m.start + qk * qe]);
        }
        // U = L⁻ᵀ(W - C'U_r).
        scratch
            .u
            .copy_from_slice(&self.w[g * qe * width..(g + 1) * qe * width]);
        for (column, c) in scratch.columns.iter().zip(scratch.c.chunks_exact(qe)) {
            for (m, &weight) in c.iter().enumerate() {
                for j in 0..width {
                    scratch.u[m * width + j] -= weight * self.u[(*column, j)];
                }
            }
        }
        backward(factor, qe, &mut scratch.u, width);
        // F = S⁻¹C over the columns met.
        scratch.f.clear();
        scratch.f.resize(scratch.c.len(), 0.0);
        for (i, &a) in scratch.columns.iter().enumerate() {
            for (j, &b) in scratch.columns.iter().enumerate() {
                let weight = inverse_rest[(b, a)];
                for m in 0..qe {
                    scratch.f[i * qe + m] += weight * scratch.c[j * qe + m];
                }
            }
        }
        // T = M⁻¹ at this group: (LL')⁻¹ + L⁻ᵀ C'F L⁻¹.
        scratch.half.fill(0.0);
        for (c, f) in scratch.c.chunks_exact(qe).zip(scratch.f.chunks_exact(qe)) {
            for (i, a) in c.iter().enumerate() {
                for (j, b) in f.iter().enumerate() {
                    scratch.half[i * qe + j] += a * b;
                }
            }
        }
        for i in 0..qe {
            scratch.half[i * qe + i] += 1.0;
        }
        backward(factor, qe, &mut scratch.half, qe);
        for i in 0..qe {
            for j in 0..qe {
                scratch.t[j * qe + i] = scratch.half[i * qe + j];
            }
        }
        backward(factor, qe, &mut scratch.t, qe);
        // Rows of T_re = -F L⁻¹; kept in f.
        for row in scratch.f.chunks_exact_mut(qe) {
            backward(factor, qe, row, 1);
            row.iter_mut().for_each(|v| *v = -*v);
        }
        times(zz, lambda, &mut scratch.az, qe, qe);
        times(&scratch.az, &scratch.u, &mut scratch.open, qe, width);
        scratch.open.iter_mut().for_each(|v| *v = -*v);
        // Λ'Z'Z, transposed as it stands in az.
        for i in 0..qe {
            for j in 0..qe {
                sums[e].trace[i * qe + j] += (0..qe)
                    .map(|m| scratch.t[i * qe + m] * scratch.az[j * qe + m])
                    .sum::<f64>();
            }
        }
        let mut at = 0;
        for m in meetings {
            let qk = design.terms[m.term].effects;
            let product = &crossing.products[m.start..m.start + qk * qe];
            let (lk, f) = (&lambdas[m.term], &scratch.f[at..at + qk * qe]);
            for i in 0..qe {
                for j in 0..qe {
                    let mut sum = 0.0;
                    for a in 0..qk {
                        // Row a of Λ_k' Z_k'Z_e.
                        let met: f64 = (a..qk).map(|b| lk[b * qk + a] * product[b * qe + j]).sum();
                        sum += f[a * qe + i] * met;
                    }
                    sums[e].trace[i * qe + j] += sum;
                }
            }
            for i in 0..qk {
                for j in 0..qk {
                    let mut sum = 0.0;
                    for a in 0..qe {
                        let met: f64 = (a..qe)
                            .map(|b| lambda[b * qe + a] * product[j * qe + b])
                            .sum();
                        sum += f[i * qe + a] * met;
                    }
                    sums[m.term].trace[i * qk + j] += sum;
                }
            }
            for j in 0..width {
                for a in 0..qe {
                    let effect: f64 = (0..qe)
                        .map(|b| lambda[a * qe + b] * scratch.u[b * width + j])
                        .sum();
                    for i in 0..qk {
                        open_rest[(m.column + i, j)] -= product[i * qe + a] * effect;
                    }
                }
                for b in 0..qk {
                    let effect: f64 = (0..=b)
                        .map(|c| lk[b * qk + c] * self.u[(m.column + c, j)])
                        .sum();
                    for i in 0..qe {
                        scratch.open[i * width + j] -= product[b * qe + i] * effect;
                    }
                }
            }
            at += qk * qe;
        }
    }
}

fn residual_effects(u: &[f64], width: usize, residual: &[f64]) -> Vec<f64> {
    u.chunks_exact(width)
        .map(|row| row.iter().zip(residual).map(|(a, b)| a * b).sum())
        .collect()
}

/// What is the same for every group.
struct Frame<'a> {
    crossing: &'a Crossing,
    design: &'a Design,
    lambdas: &'a [Vec<f64>],
    /// `M⁻¹` of the rest.
    inverse_rest: &'a Mat<f64>,
}

struct Scratch {
    columns: Vec<usize>,
    c: Vec<f64>,
    f: Vec<f64>,
    u: Vec<f64>,
    open: Vec<f64>,
    az: Vec<f64>,
    t: Vec<f64>,
    half: Vec<f64>,
    whole: Vec<f64>,
}

impl Scratch {
    fn new(q: usize, width: usize) -> Self {
        let square = || vec![0.0; q * q];
        Self {
            columns: Vec::new(),
            c: Vec::new(),
            f: Vec::new(),
            u: vec![0.0; q * width],
            open: vec![0.0; q * width],
            az: square(),
            t: square(),
            half: square(),
            whole: square(),
        }
    }
}
