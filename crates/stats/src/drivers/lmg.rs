//! Gains in R² averaged over orderings: over all of them by way of all subsets, or over a sample.
//!
//! R² of every subset comes from one walk over the tree of subsets: leaving a column out costs
//! nothing, taking it in sweeps it out of the correlations of the columns still to be decided.
//! Half of all steps are on the last column and a quarter on the one before it, so the whole walk
//! takes about six sums a subset.

use super::moments::Correlations;
use crate::random::generator;
use rand::RngExt;
use rayon::prelude::*;

/// What is left of a column below this part of its variance is rounding: it gains nothing.
const NOTHING_LEFT: f64 = 1e-10;
/// Pairs of orderings that share a generator: what a thread does at a time.
const PAIRS_A_BLOCK: usize = 64;

/// Shares, and how they were got.
pub(super) struct Shares {
    pub values: Vec<f64>,
    /// Standard errors from sampling orderings.
    pub errors: Option<Vec<f64>>,
    pub orderings: Option<usize>,
}

/// R² of every subset: bit `j` of a place says whether column `j` is in.
struct Subsets {
    count: usize,
    /// One matrix for each column taken in so far; no walk needs more at a time.
    work: Vec<Vec<f64>>,
    r2: Vec<f64>,
}

impl Subsets {
    fn walk(&mut self, depth: usize, column: usize, subset: usize) {
        let size = self.count + 1;
        if column == self.count {
            let left = self.work[depth][size * size - 1];
            self.r2[subset] = (1.0 - left).clamp(0.0, 1.0);
            return;
        }
        self.walk(depth, column + 1, subset);
        let (before, after) = self.work.split_at_mut(depth + 1);
        let (from, to) = (&before[depth], &mut after[0]);
        let pivot = from[column * size + column];
        let by = if pivot > NOTHING_LEFT {
            1.0 / pivot
        } else {
            0.0
        };
        // Upper triangle of what is still to be decided, the outcome included.
        for i in column + 1..size {
            let times = from[column * size + i] * by;
            let swept = column * size;
            for j in i..size {
                to[i * size + j] = from[i * size + j] - times * from[swept + j];
            }
        }
        self.walk(depth + 1, column + 1, subset | 1 << column);
    }
}

/// Shares over all orderings.
pub(super) fn exact(correlations: &Correlations) -> Shares {
    let count = correlations.count;
    let mut subsets = Subsets {
        count,
        work: vec![correlations.values.clone(); count + 1],
        r2: vec![0.0; 1 << count],
    };
    subsets.walk(0, 0, 0);
    // Orderings in which a column finds a given set of `size` before it, as a share of all.
    let mut weight = Vec::with_capacity(count);
    let mut share = 1.0 / count as f64;
    for size in 0..count {
        weight.push(share);
        share *= (size + 1) as f64 / (count - size - 1).max(1) as f64;
    }
    // A column's share is the sum over the subsets with it of R² times `weight[size - 1]`, less the
    // sum over those without it of R² times `weight[size]`; so the second sum over all subsets is
    // taken once, and what it took too much is given back.
    let mut without = 0.0;
    let mut with = subsets.r2;
    for (subset, r2) in with.iter_mut().enumerate() {
        let size = subset.count_ones() as usize;
        let before = weight.get(size).copied().unwrap_or(0.0);
        without += before * *r2;
        *r2 *= before + if size > 0 { weight[size - 1] } else { 0.0 };
    }
    // The upper half of the subsets has the last column; folded onto the lower half, the upper half
    // of what is left has the one before it.
    let mut values = vec![0.0; count];
    for column in (0..count).rev() {
        let (low, high) = with.split_at_mut(1 << column);
        values[column] = high[..1 << column].iter().sum::<f64>() - without;
        low.iter_mut().zip(high).for_each(|(to, v)| *to += *v);
    }
    // Never negative but for rounding.
    values.iter_mut().for_each(|value| *value = value.max(0.0));
    Shares {
        values,
        errors: None,
        orderings: None,
    }
}

/// Shares over pairs of random orderings, each with its reverse: where one finds a column early,
/// the other finds it late, so that pairs differ less than orderings do.
pub(super) fn sampled(correlations: &Correlations, pairs: usize, seed: u64) -> Shares {
    let count = correlations.count;
    let blocks = pairs.div_ceil(PAIRS_A_BLOCK);
    let sums: Vec<(Vec<f64>, Vec<f64>)> = (0..blocks)
        .into_par_iter()
        .map(|block| {
            let mut random = generator(seed, &format!("drivers: orderings {block}"));
            let (mut sum, mut squares) = (vec![0.0; count], vec![0.0; count]);
            let mut order: Vec<usize> = (0..count).collect();
            let of_block = PAIRS_A_BLOCK.min(pairs - block * PAIRS_A_BLOCK);
            for _ in 0..of_block {
                for last in (1..count).rev() {
                    order.swap(last, random.random_range(0..=last));
                }
                let mut gains = vec![0.0; count];
                add_gains(correlations, &order, &mut gains);
                order.reverse();
                add_gains(correlations, &order, &mut gains);
                for (column, gain) in gains.iter().enumerate() {
                    sum[column] += 0.5 * gain;
                    squares[column] += 0.25 * gain * gain;
                }
            }
            (sum, squares)
        })
        .collect();
    let (mut values, mut errors) = (vec![0.0; count], vec![0.0; count]);
    for (sum, squares) in &sums {
        for column in 0..count {
            values[column] += sum[column];
            errors[column] += squares[column];
        }
    }
    let n = pairs as f64;
    for (value, error) in values.iter_mut().zip(&mut errors) {
        *value /= n;
        *error = ((*error / n - *value * *value).max(0.0) / (n - 1.0)).sqrt();
    }
    Shares {
        values,
        errors: Some(errors),
        orderings: Some(2 * pairs),
    }
}

/// What each column gains when it joins in this order: squares of the outcome's row of the
/// Cholesky factor.
fn add_gains(correlations: &Correlations, order: &[usize], gains: &mut [f64]) {
    let count = order.len();
    let mut factor = vec![0.0; count * count];
    let mut outcome = vec![0.0; count];
    for (place, &column) in order.iter().enumerate() {
        let (done, rest) = factor.split_at_mut(place * count);
        let row = &mut rest[..count];
        let mut own = 1.0;
        for (k, &other) in order[..place].iter().enumerate() {
            let line = &done[k * count..k * count + k + 1];
            let inner: f64 = line[..k].iter().zip(&*row).map(|(a, b)| a * b).sum();
            let entry = if line[k] > 0.0 {
                (correlations.get(column, other) - inner) / line[k]
            } else {
                0.0
            };
            row[k] = entry;
            own -= entry * entry;
        }
        if own > NOTHING_LEFT {
            row[place] = own.sqrt();
            let inner: f64 = row[..place].iter().zip(&outcome).map(|(a, b)| a * b).sum();
            outcome[place] = (correlations.with_outcome(column) - inner) / row[place];
            gains[column] += outcome[place] * outcome[place];
        }
    }
}
