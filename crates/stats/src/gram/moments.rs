//! A [`Gram`] as floating-point moments for the solvers: plain, with a constant column, or with
//! the cluster's means taken out.

use super::{Cells, FRACTION_BITS, GRID_SQUARED, Gram, cell};

/// Moments of one cluster over the columns it has, ascending.
#[derive(Clone, Debug)]
pub(crate) struct Moments {
    pub n: u64,
    /// Columns that aren't all zero here; the constant, where asked for, is numbered `width`.
    pub columns: Vec<usize>,
    /// Cross-products as a packed lower triangle over `columns`.
    pub xtx: Vec<f64>,
    /// Columns × response.
    pub xty: Vec<f64>,
    /// Response squared.
    pub yty: f64,
    /// Diagonal before means were taken out, to tell "no variation" from rounding.
    pub raw_diagonal: Vec<f64>,
    /// Response squared before its mean was taken out.
    pub raw_yty: f64,
}

impl Moments {
    /// Cross-product of the columns at places `i` and `j`.
    pub fn at(&self, i: usize, j: usize) -> f64 {
        self.xtx[cell(i, j)]
    }
}

impl Gram {
    /// Sums of products as they are; `with_constant` adds a column of ones numbered `width`.
    pub(crate) fn plain(&self, with_constant: bool) -> Moments {
        let mut out = self.moments(|product, _, _| product as f64 / GRID_SQUARED);
        if with_constant {
            let sums: Vec<f64> = out.columns.iter().map(|&column| self.sum(column)).collect();
            out.columns.push(self.width);
            out.xtx.extend(sums);
            out.xtx.push(self.n as f64);
            out.raw_diagonal.push(self.n as f64);
            out.xty.push(self.sum_y());
        }
        out
    }

    /// Sums of products of deviations from the cluster's means. The subtraction happens in
    /// integers wherever they fit, so a column that is constant here gives exactly zero.
    pub(crate) fn centred(&self) -> Moments {
        let rows = i128::from(self.n.max(1));
        let n = self.n.max(1) as f64;
        self.moments(|product, a, b| {
            let exact = rows
                .checked_mul(product)
                .zip(a.checked_mul(b))
                .and_then(|(left, right)| left.checked_sub(right));
            match exact {
                Some(exact) => exact as f64 / n / GRID_SQUARED,
                None => (product as f64 - a as f64 / n * b as f64) / GRID_SQUARED,
            }
        })
    }

    /// `part` turns a sum of products (units of 2^-40) and the two sums (2^-20) into a number.
    fn moments(&self, part: impl Fn(i128, i128, i128) -> f64) -> Moments {
        let mut order: Vec<usize> = (0..self.touched.len()).collect();
        order.sort_unstable_by_key(|&place| self.touched[place]);
        let product = |i: usize, j: usize| match &self.cells {
            Cells::Whole(cells) => i128::from(cells[cell(i, j)]) << (2 * FRACTION_BITS),
            Cells::Fine(cells) => cells[cell(i, j)],
        };
        let mut xtx = Vec::with_capacity(order.len() * (order.len() + 1) / 2);
        for (k, &i) in order.iter().enumerate() {
            for &j in &order[..=k] {
                xtx.push(part(product(i, j), self.sums[i], self.sums[j]));
            }
        }
        Moments {
            n: self.n,
            columns: order.iter().map(|&i| self.touched[i]).collect(),
            xtx,
            xty: order
                .iter()
                .map(|&i| part(self.xty[i], self.sums[i], self.sum_y))
                .collect(),
            yty: part(self.yty, self.sum_y, self.sum_y),
            raw_diagonal: order
                .iter()
                .map(|&i| product(i, i) as f64 / GRID_SQUARED)
                .collect(),
            raw_yty: self.yty as f64 / GRID_SQUARED,
        }
    }
}
