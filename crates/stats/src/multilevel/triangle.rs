//! Cholesky factors of very small matrices in plain row-major slices: one is made for every group
//! at every step of the search, so nothing is allocated here.

/// Turns the lower half of a symmetric `size × size` matrix into its Cholesky factor `L`; the
/// upper half is left as it is. False if the matrix isn't positive definite.
pub(super) fn cholesky(a: &mut [f64], size: usize) -> bool {
    for j in 0..size {
        let mut pivot = a[j * size + j];
        for k in 0..j {
            pivot -= a[j * size + k] * a[j * size + k];
        }
        if !(pivot.is_finite() && pivot > 0.0) {
            return false;
        }
        let pivot = pivot.sqrt();
        a[j * size + j] = pivot;
        for i in j + 1..size {
            let mut value = a[i * size + j];
            for k in 0..j {
                value -= a[i * size + k] * a[j * size + k];
            }
            a[i * size + j] = value / pivot;
        }
    }
    true
}

/// Solves `L X = B` in place; `b` has `size` rows of `width`.
pub(super) fn forward(l: &[f64], size: usize, b: &mut [f64], width: usize) {
    for i in 0..size {
        let (before, row) = b.split_at_mut(i * width);
        let row = &mut row[..width];
        for k in 0..i {
            let weight = l[i * size + k];
            for (value, other) in row.iter_mut().zip(&before[k * width..(k + 1) * width]) {
                *value -= weight * other;
            }
        }
        let pivot = l[i * size + i];
        row.iter_mut().for_each(|value| *value /= pivot);
    }
}

/// Solves `L' X = B` in place; `b` has `size` rows of `width`.
pub(super) fn backward(l: &[f64], size: usize, b: &mut [f64], width: usize) {
    for i in (0..size).rev() {
        let (upto, after) = b.split_at_mut((i + 1) * width);
        let row = &mut upto[i * width..];
        for k in i + 1..size {
            let weight = l[k * size + i];
            let other = &after[(k - i - 1) * width..(k - i) * width];
            for (value, other) in row.iter_mut().zip(other) {
                *value -= weight * other;
            }
        }
        let pivot = l[i * size + i];
        row.iter_mut().for_each(|value| *value /= pivot);
    }
}

/// Log-determinant of `LL'`.
pub(super) fn log_determinant(l: &[f64], size: usize) -> f64 {
    (0..size).map(|i| 2.0 * l[i * size + i].ln()).sum()
}

/// The inverse of `LL'`.
pub(super) fn inverse(l: &[f64], size: usize) -> Vec<f64> {
    let mut out = vec![0.0; size * size];
    for i in 0..size {
        out[i * size + i] = 1.0;
    }
    forward(l, size, &mut out, size);
    backward(l, size, &mut out, size);
    out
}

/// `out = A B` with `A` of `rows × inner`, `B` of `inner × columns`.
pub(super) fn times(
    a: &[f64],
    b: &[f64],
    out: &mut [f64],
    rows: usize,
    inner: usize,
    columns: usize,
) {
    out.fill(0.0);
    for i in 0..rows {
        for k in 0..inner {
            let weight = a[i * inner + k];
            for j in 0..columns {
                out[i * columns + j] += weight * b[k * columns + j];
            }
        }
    }
}

/// `out = A' B` with `A` of `inner × rows`, `B` of `inner × columns`.
pub(super) fn transposed_times(
    a: &[f64],
    b: &[f64],
    out: &mut [f64],
    rows: usize,
    inner: usize,
    columns: usize,
) {
    out.fill(0.0);
    for k in 0..inner {
        for i in 0..rows {
            let weight = a[k * rows + i];
            for j in 0..columns {
                out[i * columns + j] += weight * b[k * columns + j];
            }
        }
    }
}
