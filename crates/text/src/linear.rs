//! Small dense systems: Gram matrices of rows and ridge solutions by Cholesky.
//!
//! In f64, sums in the order of rows on one thread, so that results are the same bytes everywhere.
//! For some hundreds of columns; larger systems want another method.

/// `rows' * diag(weights) * rows` (width x width, row-major) and, for each target, `rows' *
/// diag(weights) * target`. `rows` is row-major.
pub(crate) fn gram(
    rows: &[f32],
    width: usize,
    weights: impl Fn(usize) -> f64,
    targets: &[&[f64]],
) -> (Vec<f64>, Vec<Vec<f64>>) {
    let mut gram = vec![0.0f64; width * width];
    let mut sides = vec![vec![0.0f64; width]; targets.len()];
    let mut row = vec![0.0f64; width];
    for (index, narrow) in rows.chunks_exact(width.max(1)).enumerate() {
        let weight = weights(index);
        if weight == 0.0 {
            continue;
        }
        row.iter_mut()
            .zip(narrow)
            .for_each(|(wide, &x)| *wide = f64::from(x));
        for i in 0..width {
            let scaled = weight * row[i];
            if scaled != 0.0 {
                let out = &mut gram[i * width..i * width + i + 1];
                out.iter_mut()
                    .zip(&row)
                    .for_each(|(sum, x)| *sum += scaled * x);
            }
        }
        for (side, target) in sides.iter_mut().zip(targets) {
            let scaled = weight * target[index];
            side.iter_mut()
                .zip(&row)
                .for_each(|(sum, x)| *sum += scaled * x);
        }
    }
    for i in 0..width {
        for j in 0..i {
            gram[j * width + i] = gram[i * width + j];
        }
    }
    (gram, sides)
}

/// Solves `(matrix + ridge * I) x = side` for each side. `matrix` is symmetric, not negative, and
/// `ridge` above 0 keeps it so; a pivot lost to rounding is taken as the ridge itself.
pub(crate) fn ridge_solve(matrix: &[f64], ridge: f64, sides: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let width = sides.first().map_or(0, Vec::len);
    let mut lower = matrix.to_vec();
    for j in 0..width {
        lower[j * width + j] += ridge;
    }
    for j in 0..width {
        let (above, rest) = lower.split_at_mut(j * width);
        let row_j = &mut rest[..width];
        for i in 0..j {
            let row_i = &above[i * width..i * width + width];
            let sum: f64 = row_j[..i].iter().zip(&row_i[..i]).map(|(a, b)| a * b).sum();
            row_j[i] = (row_j[i] - sum) / row_i[i];
        }
        let sum: f64 = row_j[..j].iter().map(|a| a * a).sum();
        row_j[j] = (row_j[j] - sum).max(ridge.max(1e-12)).sqrt();
    }
    sides
        .iter()
        .map(|side| {
            let mut x = side.clone();
            for i in 0..width {
                let sum: f64 = (0..i).map(|k| lower[i * width + k] * x[k]).sum();
                x[i] = (x[i] - sum) / lower[i * width + i];
            }
            for i in (0..width).rev() {
                let sum: f64 = (i + 1..width).map(|k| lower[k * width + i] * x[k]).sum();
                x[i] = (x[i] - sum) / lower[i * width + i];
            }
            x
        })
        .collect()
}
