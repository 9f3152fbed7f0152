//! A small symmetric matrix as plain numbers, so that callers need no linear algebra crate.

use crate::reason::{Result, finite, same_length};
use faer::Mat;

/// A symmetric matrix, both halves stored, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Symmetric {
    size: usize,
    values: Vec<f64>,
}

impl Symmetric {
    /// All zeros.
    pub fn zeros(size: usize) -> Self {
        Self {
            size,
            values: vec![0.0; size * size],
        }
    }

    /// Zeros off the diagonal.
    pub fn diagonal(values: &[f64]) -> Self {
        let mut out = Self::zeros(values.len());
        for (i, &value) in values.iter().enumerate() {
            out.set(i, i, value);
        }
        out
    }

    /// From `size * size` values, row by row; the two halves are averaged.
    ///
    /// # Errors
    /// [`crate::NoAnswer::Shape`], [`crate::NoAnswer::NotFinite`].
    pub fn from_rows(size: usize, values: &[f64]) -> Result<Self> {
        same_length(size * size, values.len())?;
        for &value in values {
            finite(value)?;
        }
        let mut out = Self::zeros(size);
        for i in 0..size {
            for j in 0..=i {
                out.set(i, j, 0.5 * (values[i * size + j] + values[j * size + i]));
            }
        }
        Ok(out)
    }

    /// Rows, and columns.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The entry in row `i`, column `j`; panics past the end, as a slice does.
    pub fn get(&self, i: usize, j: usize) -> f64 {
        self.values[i * self.size + j]
    }

    /// Sets an entry and its mirror.
    pub fn set(&mut self, i: usize, j: usize, value: f64) {
        self.values[i * self.size + j] = value;
        self.values[j * self.size + i] = value;
    }

    /// All values, row by row.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The part for some of the rows, in the order given; indices must be in range.
    #[must_use]
    pub fn part(&self, rows: &[usize]) -> Self {
        let mut out = Self::zeros(rows.len());
        for (a, &i) in rows.iter().enumerate() {
            for (b, &j) in rows.iter().enumerate() {
                out.values[a * rows.len() + b] = self.get(i, j);
            }
        }
        out
    }

    /// `weights' · self · weights`; the lengths must agree.
    pub fn quadratic(&self, weights: &[f64]) -> f64 {
        let mut sum = 0.0;
        for (row, wi) in self.values.chunks_exact(self.size.max(1)).zip(weights) {
            let inner: f64 = row.iter().zip(weights).map(|(v, w)| v * w).sum();
            sum += wi * inner;
        }
        sum
    }

    pub(crate) fn to_mat(&self) -> Mat<f64> {
        Mat::from_fn(self.size, self.size, |i, j| self.get(i, j))
    }
}
