//! Small dense matrices as plain slices, row by row: what a panel of a few dozen columns or a group
//! of two effects needs thousands of times a second, where a call into a general library (and its
//! allocations) would cost more than the sum.
//!
//! It doesn't pivot and doesn't block: past some 200 columns faer is the better choice, and what is
//! factored once a fit goes to faer too. A factor that may stop short, and name the columns it
//! stopped at, is `independent`'s; one with the largest pivot first is in `clustered::adjust`.
//! Source: Golub & Van Loan 2013, Matrix Computations, sections 4.2 and 3.1.

/// Sum of products, in a fixed order.
#[inline]
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len().min(b.len());
    let (a, b) = (&a[..n], &b[..n]);
    if n < 4 {
        return a.iter().zip(b).map(|(x, y)| x * y).sum();
    }
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
pub(crate) fn axpy(factor: f64, x: &[f64], y: &mut [f64]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += factor * x;
    }
}

/// What is left of a diagonal entry below this part of it is rounding.
pub(crate) const ROUNDING: f64 = 1e-13;

/// Lower factor of a symmetric positive definite matrix in place (the upper half is left as it
/// was); [`log_determinant`] is for who needs it.
///
/// # Errors
/// The first row of which no more than the part `least` of its diagonal entry is its own.
pub(crate) fn cholesky(a: &mut [f64], n: usize, least: f64) -> Result<(), usize> {
    for i in 0..n {
        let (above, rest) = a.split_at_mut(i * n);
        let row = &mut rest[..n];
        for j in 0..i {
            let other = &above[j * n..j * n + j + 1];
            row[j] = (row[j] - dot(&row[..j], &other[..j])) / other[j];
        }
        let pivot = row[i] - dot(&row[..i], &row[..i]);
        if !(pivot > 0.0 && pivot.is_finite() && pivot > least * row[i].abs()) {
            return Err(i);
        }
        row[i] = pivot.sqrt();
    }
    Ok(())
}

/// Logarithm of the determinant of `L L'`.
pub(crate) fn log_determinant(factor: &[f64], n: usize) -> f64 {
    (0..n).map(|i| 2.0 * factor[i * n + i].ln()).sum()
}

/// The inverse from a lower factor, both halves filled. `work` holds the factor's inverse.
pub(crate) fn invert(factor: &[f64], n: usize, work: &mut Vec<f64>, out: &mut Vec<f64>) {
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
pub(crate) fn mirror(a: &mut [f64], n: usize) {
    for i in 0..n {
        for j in 0..i {
            a[j * n + i] = a[i * n + j];
        }
    }
}

/// `a b` for `a` of `rows x inner` and `b` of `inner x columns`.
pub(crate) fn product(a: &[f64], b: &[f64], inner: usize, columns: usize) -> Vec<f64> {
    let mut out = vec![0.0; a.len() / inner.max(1) * columns];
    times(a, b, &mut out, inner, columns);
    out
}

/// The same into `out`. Places are counted, not cut into chunks: that costs a division each, which
/// shows in matrices of two rows.
pub(crate) fn times(a: &[f64], b: &[f64], out: &mut [f64], inner: usize, columns: usize) {
    out.fill(0.0);
    let (mut first, mut place) = (0, 0);
    while first < out.len() {
        let target = &mut out[first..first + columns];
        for k in 0..inner {
            let factor = a[place + k];
            if factor != 0.0 {
                axpy(factor, &b[k * columns..(k + 1) * columns], target);
            }
        }
        first += columns;
        place += inner;
    }
}

/// `a' b` into `out`, for `a` of `inner x rows` and `b` of `inner x columns`.
pub(crate) fn transposed_times(a: &[f64], b: &[f64], out: &mut [f64], rows: usize, columns: usize) {
    out.fill(0.0);
    let (mut first, mut place) = (0, 0);
    while place < a.len() {
        let b = &b[first..first + columns];
        for i in 0..rows {
            let target = &mut out[i * columns..(i + 1) * columns];
            axpy(a[place + i], b, target);
        }
        first += columns;
        place += rows;
    }
}

/// `a b'` for `a` of `rows x inner` and `b` of `others x inner`.
pub(crate) fn product_transposed(a: &[f64], b: &[f64], inner: usize) -> Vec<f64> {
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
pub(crate) fn solve(factor: &[f64], n: usize, b: &mut [f64]) {
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

/// Solves `L X = B` in place; `b` has `n` rows of `width`.
pub(crate) fn forward(factor: &[f64], n: usize, b: &mut [f64], width: usize) {
    for i in 0..n {
        let (before, row) = b.split_at_mut(i * width);
        let row = &mut row[..width];
        for k in 0..i {
            axpy(-factor[i * n + k], &before[k * width..(k + 1) * width], row);
        }
        row.iter_mut().for_each(|value| *value /= factor[i * n + i]);
    }
}

/// Solves `L' X = B` in place; `b` has `n` rows of `width`.
pub(crate) fn backward(factor: &[f64], n: usize, b: &mut [f64], width: usize) {
    for i in (0..n).rev() {
        let (upto, after) = b.split_at_mut((i + 1) * width);
        let row = &mut upto[i * width..];
        for k in i + 1..n {
            let other = &after[(k - i - 1) * width..(k - i) * width];
            axpy(-factor[k * n + i], other, row);
        }
        row.iter_mut().for_each(|value| *value /= factor[i * n + i]);
    }
}

/// The inverse of `L L'`.
pub(crate) fn inverse_of(factor: &[f64], n: usize) -> Vec<f64> {
    let (mut work, mut out) = (Vec::new(), Vec::new());
    invert(factor, n, &mut work, &mut out);
    out
}

/// The inverse of a symmetric positive definite matrix and the logarithm of its determinant.
pub(crate) fn inverse(a: &[f64], n: usize) -> Option<(Vec<f64>, f64)> {
    let mut factor = a.to_vec();
    cholesky(&mut factor, n, ROUNDING).ok()?;
    Some((inverse_of(&factor, n), log_determinant(&factor, n)))
}
