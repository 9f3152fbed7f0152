//! Small dense matrices as plain slices, row by row: what a panel of a few dozen columns needs
//! thousands of times a second, where a call into a general library would cost more than the sum.
//!
//! It doesn't pivot and doesn't block: past some 200 columns faer is the better choice.
//! Source: Golub & Van Loan 2013, Matrix Computations, sections 4.2 and 3.1.

/// Sum of products, in a fixed order.
#[inline]
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len().min(b.len());
    let (a, b) = (&a[..n], &b[..n]);
    let mut sums = [0.0; 4];
    let (mut left, mut right) = (a.chunks_exact(4), b.chunks_exact(4));
    for (x, y) in (&mut left).zip(&mut right) {
        for k in 0..4 {
            sums[k] += x[k] * y[k];
        }
    }
    let mut total = (sums[0] + sums[2]) + (sums[1] + sums[3]);
    for (x, y) in left.remainder().iter().zip(right.remainder()) {
        total += x * y;
    }
    total
}

/// `y += factor * x`.
#[inline]
pub(super) fn axpy(factor: f64, x: &[f64], y: &mut [f64]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += factor * x;
    }
}

/// Lower factor of a symmetric positive definite matrix in place (the upper half is left as it
/// was); the logarithm of its determinant, or `None` where it isn't positive definite.
pub(super) fn cholesky(a: &mut [f64], n: usize) -> Option<f64> {
    let mut log_det = 0.0;
    for i in 0..n {
        let (above, rest) = a.split_at_mut(i * n);
        let row = &mut rest[..n];
        for j in 0..i {
            let other = &above[j * n..j * n + j + 1];
            row[j] = (row[j] - dot(&row[..j], &other[..j])) / other[j];
        }
        let pivot = row[i] - dot(&row[..i], &row[..i]);
        // The second test refuses what is left over by rounding alone.
        if !(pivot > 0.0 && pivot.is_finite() && pivot > 1e-13 * row[i].abs()) {
            return None;
        }
        row[i] = pivot.sqrt();
        log_det += pivot.ln();
    }
    Some(log_det)
}

/// The inverse from a lower factor, both halves filled. `work` holds the factor's inverse.
pub(super) fn invert(factor: &[f64], n: usize, work: &mut Vec<f64>, out: &mut Vec<f64>) {
    work.clear();
    work.resize(n * n, 0.0);
    out.clear();
    out.resize(n * n, 0.0);
    for i in 0..n {
        let (above, rest) = work.split_at_mut(i * n);
        let row = &mut rest[..n];
        for j in 0..i {
            axpy(-factor[i * n + j], &above[j * n..j * n + j + 1], row);
        }
        let scale = 1.0 / factor[i * n + i];
        row[i] = 1.0;
        for value in &mut row[..=i] {
            *value *= scale;
        }
    }
    for k in 0..n {
        let row = &work[k * n..k * n + k + 1];
        for i in 0..=k {
            axpy(row[i], &row[..=i], &mut out[i * n..i * n + i + 1]);
        }
    }
    mirror(out, n);
}

/// Copies the lower half to the upper.
pub(super) fn mirror(a: &mut [f64], n: usize) {
    for i in 0..n {
        for j in 0..i {
            a[j * n + i] = a[i * n + j];
        }
    }
}

/// `a b` for `a` of `rows x inner` and `b` of `inner x columns`.
pub(super) fn product(a: &[f64], b: &[f64], inner: usize, columns: usize) -> Vec<f64> {
    let rows = a.len() / inner.max(1);
    let mut out = vec![0.0; rows * columns];
    for i in 0..rows {
        let target = &mut out[i * columns..(i + 1) * columns];
        for (k, &factor) in a[i * inner..(i + 1) * inner].iter().enumerate() {
            if factor != 0.0 {
                axpy(factor, &b[k * columns..(k + 1) * columns], target);
            }
        }
    }
    out
}

/// `a b'` for `a` of `rows x inner` and `b` of `others x inner`.
pub(super) fn product_transposed(a: &[f64], b: &[f64], inner: usize) -> Vec<f64> {
    let (rows, others) = (a.len() / inner.max(1), b.len() / inner.max(1));
    let mut out = Vec::with_capacity(rows * others);
    for i in 0..rows {
        let left = &a[i * inner..(i + 1) * inner];
        for j in 0..others {
            out.push(dot(left, &b[j * inner..(j + 1) * inner]));
        }
    }
    out
}

/// Solves `L L' x = b` in place.
pub(super) fn solve(factor: &[f64], n: usize, b: &mut [f64]) {
    for i in 0..n {
        b[i] = (b[i] - dot(&factor[i * n..i * n + i], &b[..i])) / factor[i * n + i];
    }
    for i in (0..n).rev() {
        b[i] /= factor[i * n + i];
        let value = b[i];
        for j in 0..i {
            b[j] -= factor[i * n + j] * value;
        }
    }
}

/// The inverse of a symmetric positive definite matrix and the logarithm of its determinant.
pub(super) fn inverse(a: &[f64], n: usize) -> Option<(Vec<f64>, f64)> {
    let mut factor = a.to_vec();
    let log_det = cholesky(&mut factor, n)?;
    let (mut work, mut out) = (Vec::new(), Vec::new());
    invert(&factor, n, &mut work, &mut out);
    Some((out, log_det))
}
