//! Several groupings that cross: the one with most effects is eliminated group by group, the rest
//! is one dense matrix (as in Bates's MixedModels.jl). Good for a few thousand effects in the
//! rest, however many there are in the largest grouping.
//!
//! Notation as in `nested`; `e` is the eliminated grouping, `r` the rest.

mod slopes;

use super::Model;
use super::design::Design;
use super::nested::Eliminated;
use crate::dense::{cholesky, forward, log_determinant, times, transposed_times};
use crate::reason::{NoAnswer, Result};
use faer::linalg::solvers::{Llt, Solve};
use faer::{Mat, Side};

/// Most effects outside the largest grouping: 6,000 are three matrices of 288 MB.
pub const MOST: usize = 6000;

/// A grouping's block of the rest that meets one group of the eliminated grouping.
struct Meeting {
    term: usize,
    /// First column in the rest.
    column: usize,
    /// Where its `Z_r'Z_e` starts in `products`.
    start: usize,
}

/// Which groups meet, and how often.
pub(super) struct Crossing {
    /// The eliminated grouping.
    pub eliminated: usize,
    /// First column in the rest of each grouping; unused for the eliminated one.
    offsets: Vec<usize>,
    /// Effects in the rest.
    size: usize,
    /// Meetings of each eliminated group: `meetings[starts[g]..starts[g + 1]]`.
    starts: Vec<usize>,
    meetings: Vec<Meeting>,
    products: Vec<f64>,
    /// `Z_r'Z_r`.
    rest: Mat<f64>,
}

impl Crossing {
    pub fn of(design: &Design, model: &Model<'_>) -> Result<Self> {
        let terms = &design.terms;
        let effects = |k: usize| terms[k].groups * terms[k].effects;
        let eliminated = (0..terms.len())
            .rev()
            .max_by_key(|&k| effects(k))
            .ok_or(NoAnswer::Empty)?;
        let mut offsets = vec![0; terms.len()];
        let mut size = 0;
        for k in (0..terms.len()).filter(|&k| k != eliminated) {
            offsets[k] = size;
            size += effects(k);
        }
        if size > MOST {
            return Err(NoAnswer::TooManyItems {
                n: size,
                most: MOST,
            });
        }
        let mut crossing = Self {
            eliminated,
            offsets,
            size,
            starts: vec![0],
            meetings: Vec::new(),
            products: Vec::new(),
            rest: Mat::zeros(size, size),
        };
        crossing.meet(design, model);
        Ok(crossing)
    }

    /// `Z'Z` of all groupings in their own order, as one dense matrix.
    pub fn products(&self, design: &Design) -> Mat<f64> {
        let terms = &design.terms;
        let mut firsts = Vec::with_capacity(terms.len());
        let mut size = 0;
        for term in terms {
            firsts.push(size);
            size += term.groups * term.effects;
        }
        let mut out = Mat::zeros(size, size);
        for k in self.others(design) {
            for l in self.others(design) {
                for i in 0..terms[k].groups * terms[k].effects {
                    for j in 0..terms[l].groups * terms[l].effects {
                        out[(firsts[k] + i, firsts[l] + j)] =
                            self.rest[(self.offsets[k] + i, self.offsets[l] + j)];
                    }
                }
            }
        }
        let qe = terms[self.eliminated].effects;
        for (g, zz) in terms[self.eliminated].zz.chunks_exact(qe * qe).enumerate() {
            let first = firsts[self.eliminated] + g * qe;
            for i in 0..qe {
                for j in 0..qe {
                    out[(first + i, first + j)] = zz[i * qe + j];
                }
            }
            for meeting in &self.meetings[self.starts[g]..self.starts[g + 1]] {
                let k = meeting.term;
                let row = firsts[k] + meeting.column - self.offsets[k];
                for i in 0..terms[k].effects {
                    for j in 0..qe {
                        let product = self.products[meeting.start + i * qe + j];
                        out[(row + i, first + j)] = product;
                        out[(first + j, row + i)] = product;
                    }
                }
            }
        }
        out
    }

    /// The groupings of the rest.
    fn others(&self, design: &Design) -> impl Iterator<Item = usize> + use<> {
        let eliminated = self.eliminated;
        (0..design.terms.len()).filter(move |&k| k != eliminated)
    }

    fn meet(&mut self, design: &Design, model: &Model<'_>) {
        let terms = &design.terms;
        let main = &terms[self.eliminated];
        let qe = main.effects;
        // Rows in the order of the eliminated grouping.
        let group = model.groupings[self.eliminated].group;
        let mut ends = vec![0usize; main.groups + 1];
        group.iter().for_each(|&g| ends[g + 1] += 1);
        for g in 0..main.groups {
            ends[g + 1] += ends[g];
        }
        let mut next = ends.clone();
        let mut rows = vec![0usize; design.n];
        for (row, &g) in group.iter().enumerate() {
            rows[next[g]] = row;
            next[g] += 1;
        }
        let others: Vec<usize> = self.others(design).collect();
        let mut z: Vec<Vec<f64>> = terms.iter().map(|t| vec![0.0; t.effects]).collect();
        // Where the current group's block for a column is, if it was made for this group.
        let mut place = vec![usize::MAX; self.size];
        for g in 0..main.groups {
            let first = self.meetings.len();
            for &row in &rows[ends[g]..ends[g + 1]] {
                for (k, term) in terms.iter().enumerate() {
                    term.fill(&model.groupings[k], row, &mut z[k]);
                }
                for &k in &others {
                    let qk = terms[k].effects;
                    let column = self.offsets[k] + model.groupings[k].group[row] * qk;
                    let known = place[column];
                    let at = if known != usize::MAX && known >= first {
                        known
                    } else {
                        place[column] = self.meetings.len();
                        let start = self.products.len();
                        self.meetings.push(Meeting {
                            term: k,
                            column,
                            start,
                        });
                        self.products.resize(start + qk * qe, 0.0);
                        place[column]
                    };
                    let start = self.meetings[at].start;
                    for i in 0..qk {
                        for j in 0..qe {
                            let product = z[k][i] * z[self.eliminated][j];
                            self.products[start + i * qe + j] += product;
                        }
                    }
                    for &other in &others {
                        let ql = terms[other].effects;
                        let there = self.offsets[other] + model.groupings[other].group[row] * ql;
                        for i in 0..qk {
                            for j in 0..ql {
                                self.rest[(column + i, there + j)] += z[k][i] * z[other][j];
                            }
                        }
                    }
                }
            }
            // Ascending columns, so that only lower halves are touched later.
            self.meetings[first..].sort_unstable_by_key(|m| m.column);
            self.starts.push(self.meetings.len());
        }
    }
}

/// Everything at one `Λ`.
pub(super) struct Solved {
    pub eliminated: Eliminated,
    /// `M⁻¹Λ'Z'[X y]` of the rest, `size × width`.
    u: Mat<f64>,
    factor: Llt<f64>,
    /// Factors of `M_ee`, `effects × effects` a group.
    factors: Vec<f64>,
    /// `L⁻¹Λ'Z'[X y]` of each eliminated group.
    w: Vec<f64>,
    /// `M_re L⁻ᵀ`, as `products` are laid out.
    c: Vec<f64>,
}

/// `Z_r'Z_r Λ_r`: columns times the block of their grouping.
fn rest_lambda(crossing: &Crossing, design: &Design, lambdas: &[Vec<f64>]) -> Mat<f64> {
    let size = crossing.size;
    let mut out = Mat::zeros(size, size);
    for k in crossing.others(design) {
        let q = design.terms[k].effects;
        for group in 0..design.terms[k].groups {
            let column = crossing.offsets[k] + group * q;
            for j in 0..q {
                for inner in j..q {
                    let weight = lambdas[k][inner * q + j];
                    if weight != 0.0 {
                        for i in 0..size {
                            out[(i, column + j)] += weight * crossing.rest[(i, column + inner)];
                        }
                    }
                }
            }
        }
    }
    out
}

/// `Λ_r' B` for `B` with as many rows as the rest.
fn lambda_times(
    crossing: &Crossing,
    design: &Design,
    lambdas: &[Vec<f64>],
    b: &Mat<f64>,
) -> Mat<f64> {
    let mut out = Mat::zeros(b.nrows(), b.ncols());
    for k in crossing.others(design) {
        let q = design.terms[k].effects;
        let lambda = &lambdas[k];
        for column in 0..b.ncols() {
            for group in 0..design.terms[k].groups {
                let row = crossing.offsets[k] + group * q;
                for i in 0..q {
                    out[(row + i, column)] = (i..q)
                        .map(|m| lambda[m * q + i] * b[(row + m, column)])
                        .sum();
                }
            }
        }
    }
    out
}

/// Eliminates all random effects; `None` where the arithmetic fails.
pub(super) fn solve(crossing: &Crossing, design: &Design, lambdas: &[Vec<f64>]) -> Option<Solved> {
    let (width, size) = (design.width(), crossing.size);
    let main = &design.terms[crossing.eliminated];
    let (qe, lambda) = (main.effects, &lambdas[crossing.eliminated]);
    let mut s = lambda_times(
        crossing,
        design,
        lambdas,
        &rest_lambda(crossing, design, lambdas),
    );
    for i in 0..size {
        s[(i, i)] += 1.0;
    }
    let mut right = Mat::from_fn(size, width, |_, _| 0.0);
    for k in crossing.others(design) {
        let q = design.terms[k].effects;
        for (group, zxy) in design.terms[k].zxy.chunks_exact(q * width).enumerate() {
            for i in 0..q {
                for j in 0..width {
                    right[(crossing.offsets[k] + group * q + i, j)] = zxy[i * width + j];
                }
            }
        }
    }
    let mut right = lambda_times(crossing, design, lambdas, &right);
    let mut determinant = 0.0;
    let mut left = design.xy.clone();
    let mut factors = vec![0.0; main.groups * qe * qe];
    let mut w_all = vec![0.0; main.groups * qe * width];
    let mut c_all = vec![0.0; crossing.products.len()];
    let mut az = vec![0.0; qe * qe];
    for g in 0..main.groups {
        let zz = &main.zz[g * qe * qe..(g + 1) * qe * qe];
        let factor = &mut factors[g * qe * qe..(g + 1) * qe * qe];
        times(zz, lambda, &mut az, qe, qe);
        transposed_times(lambda, &az, factor, qe, qe);
        for i in 0..qe {
            factor[i * qe + i] += 1.0;
        }
        if cholesky(factor, qe, 0.0).is_err() {
            return None;
        }
        determinant += log_determinant(factor, qe);
        let w = &mut w_all[g * qe * width..(g + 1) * qe * width];
        let zxy = &main.zxy[g * qe * width..(g + 1) * qe * width];
        transposed_times(lambda, zxy, w, qe, width);
        forward(factor, qe, w, width);
        for row in w.chunks_exact(width) {
            for i in 0..width {
                for j in 0..width {
                    left[i * width + j] -= row[i] * row[j];
                }
            }
        }
        let meetings = &crossing.meetings[crossing.starts[g]..crossing.starts[g + 1]];
        for meeting in meetings {
            let qk = design.terms[meeting.term].effects;
            let span = meeting.start..meeting.start + qk * qe;
            let c = &mut c_all[span.clone()];
            meet_block(
                &lambdas[meeting.term],
                &crossing.products[span],
                lambda,
                c,
                qk,
                qe,
            );
            for row in c.chunks_exact_mut(qe) {
                forward(factor, qe, row, 1);
            }
            for (i, c) in c.chunks_exact(qe).enumerate() {
                for j in 0..width {
                    let part: f64 = (0..qe).map(|m| c[m] * w[m * width + j]).sum();
                    right[(meeting.column + i, j)] -= part;
                }
            }
        }
        for (place, one) in meetings.iter().enumerate() {
            let q1 = design.terms[one.term].effects;
            for two in &meetings[place..] {
                let q2 = design.terms[two.term].effects;
                for i in 0..q2 {
                    let a = &c_all[two.start + i * qe..two.start + (i + 1) * qe];
                    for j in 0..q1 {
                        let b = &c_all[one.start + j * qe..one.start + (j + 1) * qe];
                        let part: f64 = a.iter().zip(b).map(|(a, b)| a * b).sum();
                        s[(two.column + i, one.column + j)] -= part;
                    }
                }
            }
        }
    }
    let factor = s.llt(Side::Lower).ok()?;
    for i in 0..size {
        determinant += 2.0 * factor.L()[(i, i)].ln();
    }
    let u = factor.solve(&right);
    let explained = right.transpose() * &u;
    for i in 0..width {
        for j in 0..width {
            left[i * width + j] -= 0.5 * (explained[(i, j)] + explained[(j, i)]);
        }
    }
    let eliminated = Eliminated {
        log_determinant: determinant,
        left,
    };
    Some(Solved {
        eliminated,
        u,
        factor,
        factors,
        w: w_all,
        c: c_all,
    })
}

/// `Λ_k' (Z_k'Z_e) Λ_e`.
fn meet_block(lk: &[f64], product: &[f64], le: &[f64], out: &mut [f64], qk: usize, qe: usize) {
    for i in 0..qk {
        for j in 0..qe {
            let mut sum = 0.0;
            for a in i..qk {
                for b in j..qe {
                    sum += lk[a * qk + i] * product[a * qe + b] * le[b * qe + j];
                }
            }
            out[i * qe + j] = sum;
        }
    }
}
