//! What a model implies: the covariance of all columns, and its first and second derivatives.
//!
//! Deviations within units follow w(t) = A(t) w(t-1) + e(t); a column is its mean, the random
//! intercept and the deviation. With E = (I - B)⁻¹ and Ω = E Ψ E' the covariance of the latents,
//! Σ = Λ Ω Λ', and every derivative of Σ is f (u v' + v u') for two columns u, v of
//! Z = [Λ E, Λ Ω]: for a path from b to a, u = Λ E e(a) and v = Λ Ω e(b); for a covariance of a
//! and b, u = Λ E e(a), v = Λ E e(b) (f = 1/2 on the diagonal). Second derivatives are made of
//! the same columns. So gradient and observed information need Z' S Z for a few matrices S.
//! Source: Bollen 1989, chapter 4, for the first derivatives; the rest is the product rule.

use super::spec::Layout;
use crate::dense;

/// What the parameters imply.
#[derive(Clone, Debug)]
pub(super) struct Implied {
    pub layout: Layout,
    /// `p x p`.
    pub sigma: Vec<f64>,
    /// Means of the columns.
    pub mean: Vec<f64>,
    /// Within part of (I - B)⁻¹, `p x p`.
    pub e: Vec<f64>,
    /// Covariance of the deviations within units, `p x p`.
    pub omega: Vec<f64>,
    /// Columns of Z as rows, `4 waves x p`: Λ E of the deviations, of the intercepts, then Λ Ω of
    /// the deviations of all waves but the last.
    pub z: Vec<f64>,
}

/// The two rows of `z` a covariance parameter's derivative is made of, and its factor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub a: usize,
    pub b: usize,
    pub factor: f64,
}

impl Layout {
    /// Columns, and deviations.
    pub fn columns(self) -> usize {
        2 * self.waves
    }

    /// Rows of `z`.
    pub fn z_rows(self) -> usize {
        4 * self.waves
    }

    /// Row of `z` that holds Λ Ω e(b) for a deviation b.
    fn omega_row(self, b: usize) -> usize {
        2 * self.waves + 2 + b
    }

    /// For each covariance parameter of the layout what its derivative is made of.
    pub fn pairs(self) -> Vec<Pair> {
        let mut out = Vec::with_capacity(self.covariance_parameters());
        for wave in 1..self.waves {
            for to in 0..2 {
                for from in 0..2 {
                    out.push(Pair {
                        a: 2 * wave + to,
                        b: self.omega_row(2 * (wave - 1) + from),
                        factor: 1.0,
                    });
                }
            }
        }
        for block in 0..=self.waves {
            let first = 2 * block;
            for (a, b, factor) in [
                (first, first, 0.5),
                (first, first + 1, 1.0),
                (first + 1, first + 1, 0.5),
            ] {
                out.push(Pair { a, b, factor });
            }
        }
        out
    }
}

impl Implied {
    /// From all parameters of the layout.
    pub fn new(layout: Layout, full: &[f64]) -> Self {
        let p = layout.columns();
        let path = |wave: usize, to: usize, from: usize| full[layout.path(wave, to, from)];
        let within = |wave: usize, i: usize, j: usize| full[layout.within(wave, i + j)];
        let (mut e, mut omega) = (vec![0.0; p * p], vec![0.0; p * p]);
        for wave in 0..layout.waves {
            for i in 0..2 {
                let row = 2 * wave + i;
                e[row * p + row] = 1.0;
                if wave > 0 {
                    for from in 0..2 {
                        let factor = path(wave, i, from);
                        let (above, rest) = e.split_at_mut(row * p);
                        let source = (2 * (wave - 1) + from) * p;
                        dense::axpy(factor, &above[source..source + 2 * wave], rest);
                        let (above, rest) = omega.split_at_mut(row * p);
                        dense::axpy(factor, &above[source..source + 2 * wave], rest);
                    }
                }
            }
            // Covariance with earlier waves is known by now; mirror it, then fill this wave's.
            for i in 0..2 {
                for column in 0..2 * wave {
                    omega[column * p + 2 * wave + i] = omega[(2 * wave + i) * p + column];
                }
            }
            for i in 0..2 {
                for j in 0..=i {
                    let carried = if wave > 0 {
                        (0..2)
                            .map(|from| {
                                path(wave, i, from)
                                    * omega[(2 * (wave - 1) + from) * p + 2 * wave + j]
                            })
                            .sum()
                    } else {
                        0.0
                    };
                    let value = carried + within(wave, i, j);
                    omega[(2 * wave + i) * p + 2 * wave + j] = value;
                    omega[(2 * wave + j) * p + 2 * wave + i] = value;
                }
            }
        }
        let between = |i: usize, j: usize| full[layout.between(i % 2 + j % 2)];
        let mut sigma = omega.clone();
        for i in 0..p {
            for j in 0..p {
                sigma[i * p + j] += between(i, j);
            }
        }
        let mut z = vec![0.0; layout.z_rows() * p];
        for j in 0..p {
            for a in 0..p {
                z[a * p + j] = e[j * p + a];
            }
            z[(p + j % 2) * p + j] = 1.0;
        }
        let rest = (p + 2) * p;
        let width = z.len() - rest;
        z[rest..].copy_from_slice(&omega[..width]);
        Self {
            layout,
            sigma,
            mean: full[layout.covariance_parameters()..].to_vec(),
            e,
            omega,
            z,
        }
    }

    /// Derivative of the log-likelihood by each covariance parameter of the layout, from
    /// `s` = twice its derivative by Σ (symmetric).
    pub fn gradient(&self, pairs: &[Pair], s: &[f64]) -> Vec<f64> {
        let p = self.layout.columns();
        let sz = dense::product(&self.z, s, p, p);
        pairs
            .iter()
            .map(|pair| {
                let left = &self.z[pair.a * p..(pair.a + 1) * p];
                pair.factor * dense::dot(left, &sz[pair.b * p..(pair.b + 1) * p])
            })
            .collect()
    }

    /// The part of the second derivative of the log-likelihood that comes from the curvature of
    /// Σ: half of tr(S d²Σ), over the covariance parameters of the layout.
    pub fn curvature(&self, s: &[f64]) -> Vec<f64> {
        let layout = self.layout;
        let (p, q) = (layout.columns(), layout.covariance_parameters());
        let sz = dense::product(&self.z, s, p, p);
        let t = dense::product_transposed(&self.z, &sz, p);
        let size = layout.z_rows();
        let t = |a: usize, b: usize| t[a * size + b];
        let e = |i: usize, j: usize| self.e[i * p + j];
        let omega = |i: usize, j: usize| self.omega[i * p + j];
        // Each path as (outcome, predictor) among the deviations.
        let paths: Vec<(usize, usize)> = (0..4 * (layout.waves - 1))
            .map(|k| (2 * (k / 4 + 1) + (k / 2) % 2, 2 * (k / 4) + k % 2))
            .collect();
        let mut out = vec![0.0; q * q];
        for (k, &(a, b)) in paths.iter().enumerate() {
            for (l, &(c, d)) in paths.iter().enumerate().take(k + 1) {
                let value = e(b, c) * t(a, layout.omega_row(d))
                    + e(d, a) * t(c, layout.omega_row(b))
                    + omega(b, d) * t(a, c);
                out[k * q + l] = value;
                out[l * q + k] = value;
            }
            for wave in 0..layout.waves {
                let (c, d) = (2 * wave, 2 * wave + 1);
                for (entry, value) in [
                    (0, e(b, c) * t(a, c)),
                    (1, e(b, c) * t(a, d) + e(b, d) * t(a, c)),
                    (2, e(b, d) * t(a, d)),
                ] {
                    let l = layout.within(wave, entry);
                    out[k * q + l] = value;
                    out[l * q + k] = value;
                }
            }
        }
        out
    }
}
