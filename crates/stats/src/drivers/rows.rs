//! HC2 errors with Satterthwaite degrees of freedom (Bell & McCaffrey 2002): CR2 where every row
//! is a cluster of its own, without a matrix for each row.
//!
//! With `M = (X'X)^-1`, leverages `h_i = x_i'Mx_i` and, for a coefficient, weights
//! `a_i = x_i'Me / √(1 - h_i)`, the variance is `Σ a_i² e_i²`. Under independent errors of one
//! size its expectation is `Σ a_i² (1 - h_i)` and its degrees of freedom are twice the square of
//! that over its variance, `(Σ a_i² (1 - h_i))² / (Σ a_i⁴ (1 - 2h_i) + tr(BMBM))` with
//! `B = Σ a_i² x_i x_i'`.

use super::moments::{Inverse, Scaled};
use crate::answer::Spread;
use crate::reason::{NoAnswer, Result};
use faer::Mat;
use rayon::prelude::*;

/// A row whose leverage is so near 1 is fitted exactly and says nothing of the error.
const FITTED: f64 = 1e-10;
/// As in `clustered`: an interval is withheld where less of a variance can be learnt.
const VARIANCE_LEARNT: f64 = 0.9;
/// Rows a block: a fixed number, so that sums don't depend on threads.
const BLOCK: usize = 4_096;
/// Fewest rows for an interval.
const ROWS_NEEDED: u64 = 10;

/// What the rows of a block add for every coefficient.
#[derive(Clone)]
struct Sums {
    variance: Vec<f64>,
    expected: Vec<f64>,
    fourth: Vec<f64>,
    /// Upper triangle of `B` over (1, columns), a coefficient after another.
    outer: Vec<f64>,
    unexplained: f64,
}

/// The spread of each scaled slope.
pub(super) fn spreads(
    columns: &[Scaled],
    outcome: &Scaled,
    inverse: &Inverse,
) -> Vec<Result<Spread>> {
    let (n, count) = (outcome.values.len(), columns.len());
    let width = count + 1;
    let triangle = width * (width + 1) / 2;
    let empty = Sums {
        variance: vec![0.0; count],
        expected: vec![0.0; count],
        fourth: vec![0.0; count],
        outer: vec![0.0; triangle * count],
        unexplained: 0.0,
    };
    let blocks: Vec<Sums> = (0..n.div_ceil(BLOCK))
        .into_par_iter()
        .map(|block| {
            let mut sums = empty.clone();
            let mut x = vec![1.0; width];
            let mut projected = vec![0.0; count];
            for row in block * BLOCK..n.min((block + 1) * BLOCK) {
                for (to, column) in x[1..].iter_mut().zip(columns) {
                    *to = column.values[row];
                }
                add_row(
                    &mut sums,
                    &x,
                    outcome.values[row],
                    &mut projected,
                    inverse,
                    n,
                );
            }
            sums
        })
        .collect();
    let mut total = empty;
    for block in &blocks {
        let add = |to: &mut [f64], from: &[f64]| to.iter_mut().zip(from).for_each(|(a, b)| *a += b);
        add(&mut total.variance, &block.variance);
        add(&mut total.expected, &block.expected);
        add(&mut total.fourth, &block.fourth);
        add(&mut total.outer, &block.outer);
        total.unexplained += block.unexplained;
    }
    (0..count).map(|j| spread(&total, j, inverse, n)).collect()
}

fn add_row(sums: &mut Sums, x: &[f64], y: f64, projected: &mut [f64], inverse: &Inverse, n: usize) {
    let count = projected.len();
    let z = &x[1..];
    let rows = n as f64;
    let (mut leverage, mut fitted) = (1.0 / rows, 0.0);
    for (j, to) in projected.iter_mut().enumerate() {
        let inner: f64 = (0..count).map(|k| inverse.matrix[(k, j)] * z[k]).sum();
        *to = inner / rows;
        leverage += *to * z[j];
        fitted += inverse.slope(j) * z[j];
    }
    let residual = y - fitted;
    sums.unexplained += residual * residual;
    let left = 1.0 - leverage;
    if left < FITTED {
        return;
    }
    let width = x.len();
    let triangle = width * (width + 1) / 2;
    for (j, weight) in projected.iter().enumerate() {
        let square = weight * weight / left;
        sums.variance[j] += square * residual * residual;
        sums.expected[j] += square * left;
        sums.fourth[j] += square * square * (1.0 - 2.0 * leverage);
        let outer = &mut sums.outer[j * triangle..(j + 1) * triangle];
        let mut at = 0;
        for i in 0..width {
            let value = square * x[i];
            for (to, other) in outer[at..=at + i].iter_mut().zip(x) {
                *to += value * other;
            }
            at += i + 1;
        }
    }
}

fn spread(total: &Sums, j: usize, inverse: &Inverse, n: usize) -> Result<Spread> {
    if (n as u64) < ROWS_NEEDED {
        return Err(NoAnswer::TooFewRows {
            n: n as u64,
            needed: ROWS_NEEDED,
        });
    }
    let rows = n as f64;
    // The outcome has mean square 1.
    if total.unexplained <= 1e-12 * rows {
        return Err(NoAnswer::NoVariation);
    }
    let own = inverse.matrix[(j, j)] / rows;
    if total.expected[j] < VARIANCE_LEARNT * own {
        return Err(NoAnswer::TooFewClusters { n: 1, needed: 2 });
    }
    let count = total.variance.len();
    let width = count + 1;
    let triangle = width * (width + 1) / 2;
    let outer = &total.outer[j * triangle..(j + 1) * triangle];
    let b = Mat::from_fn(width, width, |i, k| {
        let (high, low) = (i.max(k), i.min(k));
        outer[high * (high + 1) / 2 + low]
    });
    let m = Mat::from_fn(width, width, |i, k| match (i, k) {
        (0, 0) => 1.0 / rows,
        (0, _) | (_, 0) => 0.0,
        (i, k) => inverse.matrix[(i - 1, k - 1)] / rows,
    });
    let product = &b * &m;
    let mut trace = 0.0;
    for i in 0..width {
        for k in 0..width {
            trace += product[(i, k)] * product[(k, i)];
        }
    }
    let df = total.expected[j].powi(2) / (total.fourth[j] + trace);
    Spread::symmetric(inverse.slope(j), total.variance[j].sqrt(), df)
}
