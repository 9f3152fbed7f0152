//! Which columns say something of their own: a Cholesky factor that leaves out a column when the
//! ones before it already give it, and remembers which those were.

use super::Total;
use crate::independent::Independent;

/// A column whose own part is below this share of its variance is a sum of the others. Products of
/// 0/1 columns are exact, so this is far above rounding and far below one differing row in a
/// million.
const OWN_PART: f64 = 1e-9;
/// A weight below this in such a sum is rounding.
const INVOLVED: f64 = 1e-6;

/// The columns kept, and what the others are.
pub(super) struct Kept {
    /// Columns kept, ascending (a shared constant comes first).
    pub columns: Vec<usize>,
    /// Square root of the diagonal, by place in `columns`: columns are scaled to length one.
    pub scale: Vec<f64>,
    /// Columns of the upper factor `R` with `R'R = X'X` (scaled), each as long as its place + 1.
    pub factor: Vec<Vec<f64>>,
    /// For every column that is a sum of others or part of such a sum: the others.
    pub entangled: Vec<Vec<usize>>,
}

pub(super) fn keep(total: &Total, constant: Option<usize>) -> Kept {
    let order = constant
        .into_iter()
        .chain((0..total.width).filter(|&c| Some(c) != constant));
    let mut factor = Independent::default();
    let mut kept = Kept {
        columns: Vec::new(),
        scale: Vec::new(),
        factor: Vec::new(),
        entangled: vec![Vec::new(); total.width],
    };
    for column in order {
        if total.is_flat(column) {
            continue;
        }
        let scale = total.xtx[(column, column)].sqrt();
        let product = |k: usize| total.xtx[(kept.columns[k], column)] / (kept.scale[k] * scale);
        match factor.keep(product, OWN_PART) {
            Ok(()) => {
                kept.columns.push(column);
                kept.scale.push(scale);
            }
            Err(weights) => entangle(&mut kept, column, &weights),
        }
    }
    kept.factor = factor.columns;
    for others in &mut kept.entangled {
        others.sort_unstable();
        others.dedup();
    }
    kept
}

/// Notes who is in the sum that gives `column`.
fn entangle(kept: &mut Kept, column: usize, weights: &[f64]) {
    let mut set: Vec<usize> = weights
        .iter()
        .zip(&kept.columns)
        .filter(|(weight, _)| weight.abs() > INVOLVED)
        .map(|(_, &other)| other)
        .collect();
    set.push(column);
    for &member in &set {
        let others = set.iter().copied().filter(|&other| other != member);
        kept.entangled[member].extend(others);
    }
}
