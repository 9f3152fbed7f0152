//! Row-major f32 matrices on plain slices: products, unit lengths, means.
//!
//! The one place that calls `matrixmultiply`, whose `sgemm` takes raw pointers: the wrapper checks
//! every length first. Each cell of a product is summed in the same order wherever its row stands
//! in the block, so a text gets the same figures alone or among a thousand others. Means are summed
//! in row order by one thread, in f64: the same bytes on any number of threads.
//! No linear systems here (`linear`), no neighbours (`neighbours`).

/// `out[i * columns + j] = rows[i] . columns_of[j]` for two row-major blocks of vectors of `width`
/// numbers each: `out` holds `left.len() / width` rows of `right.len() / width` columns.
///
/// Lengths that don't fit are cut to the rows that do, so that nothing is read past an end.
pub fn products(left: &[f32], right: &[f32], width: usize, out: &mut [f32]) {
    if width == 0 {
        return;
    }
    let rows_right = right.len() / width;
    if rows_right == 0 {
        return;
    }
    let rows_left = (left.len() / width).min(out.len() / rows_right);
    if rows_left == 0 {
        return;
    }
    // SAFETY: `left` holds rows_left * width numbers, `right` rows_right * width and `out`
    // rows_left * rows_right (all checked above); the strides given never reach past them, and
    // `out` is borrowed mutably, so it overlaps neither input.
    #[allow(unsafe_code)]
    unsafe {
        matrixmultiply::sgemm(
            rows_left,
            width,
            rows_right,
            1.0,
            left.as_ptr(),
            width as isize,
            1,
            right.as_ptr(),
            1,
            width as isize,
            0.0,
            out.as_mut_ptr(),
            rows_right as isize,
            1,
        );
    }
}

/// Scales a vector to length 1; a vector of (next to) no length becomes all zeros.
/// Returns whether it had a length.
pub fn to_unit(vector: &mut [f32]) -> bool {
    let length = dot(vector, vector).sqrt();
    if length > 1e-6 {
        let scale = 1.0 / length;
        vector.iter_mut().for_each(|x| *x *= scale);
        true
    } else {
        vector.fill(0.0);
        false
    }
}

/// Inner product of two vectors of one width, in eight running sums (fixed order, quick).
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    let (a8, a_rest) = a.as_chunks::<8>();
    let (b8, b_rest) = b.as_chunks::<8>();
    for (x, y) in a8.iter().zip(b8) {
        for lane in 0..8 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f32>() + rest
}

/// Weighted mean of the rows of a row-major matrix; zeros where the weights sum to nothing.
pub fn mean(rows: &[f32], width: usize, weights: impl Fn(usize) -> f64) -> Vec<f32> {
    let mut sums = vec![0.0f64; width];
    let mut total = 0.0;
    for (index, row) in rows.chunks_exact(width.max(1)).enumerate() {
        let weight = weights(index);
        if weight == 0.0 {
            continue;
        }
        total += weight;
        for (sum, &x) in sums.iter_mut().zip(row) {
            *sum += weight * f64::from(x);
        }
    }
    let scale = if total > 0.0 { 1.0 / total } else { 0.0 };
    sums.into_iter().map(|sum| (sum * scale) as f32).collect()
}
