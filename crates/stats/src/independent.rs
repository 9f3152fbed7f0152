//! Which columns say something of their own: a Cholesky factor that grows column by column, and for
//! a column that those before it already give, the weights of the sum it is.
//!
//! Columns are given by products after scaling each to length one. Thresholds are the callers':
//! they know how exact their sums are.

/// The upper factor `R`, `R'R = X'X`, of the columns kept so far.
#[derive(Default)]
pub(crate) struct Independent {
    /// Its columns, each as long as its place + 1.
    pub columns: Vec<Vec<f64>>,
}

impl Independent {
    /// Keeps one more column if more than `own_part` of its square is its own; `product` gives its
    /// product with each column kept.
    ///
    /// # Errors
    /// The weights of the kept columns in the sum that gives it.
    pub fn keep(&mut self, product: impl Fn(usize) -> f64, own_part: f64) -> Result<(), Vec<f64>> {
        // Forward substitution: R' r = X'x over the columns kept so far.
        let mut r: Vec<f64> = Vec::with_capacity(self.columns.len() + 1);
        for (k, other) in self.columns.iter().enumerate() {
            let inner: f64 = other[..k].iter().zip(&r).map(|(a, b)| a * b).sum();
            r.push((product(k) - inner) / other[k]);
        }
        let own = 1.0 - r.iter().map(|v| v * v).sum::<f64>();
        if own > own_part {
            r.push(own.sqrt());
            self.columns.push(r);
            return Ok(());
        }
        // R w = r, from the last column backwards.
        for k in (0..r.len()).rev() {
            r[k] /= self.columns[k][k];
            for i in 0..k {
                r[i] -= self.columns[k][i] * r[k];
            }
        }
        Err(r)
    }
}
