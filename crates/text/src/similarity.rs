//! How near the themes of one set of texts are to those of another.
//!
//! Two models centre their vectors at different means (customers' and employees' words), so their
//! centroids can't be compared as they stand: here both go back to the table's own space and the
//! mean of the two models' means is taken off. Near says "about the same thing", not "answers it".

use crate::matrix;
use crate::model::ThemeModel;
use crate::reading;
use crate::vectors::Vectors;

const WIDTH: usize = Vectors::DIMENSIONS;

/// The mean to take off when two models' themes are compared, 256 numbers: halfway between theirs.
pub fn common_mean(a: &ThemeModel, b: &ThemeModel) -> Vec<f32> {
    (0..WIDTH)
        .map(|at| {
            let of = |model: &ThemeModel| model.mean().get(at).copied().unwrap_or(0.0);
            (of(a) + of(b)) / 2.0
        })
        .collect()
}

/// Cosines (-1 to 1) between the themes of two models: `[theme of a][theme of b]`.
pub fn between(a: &ThemeModel, b: &ThemeModel) -> Vec<Vec<f32>> {
    let mean = common_mean(a, b);
    let (rows, columns) = (centroids(a, &mean), centroids(b, &mean));
    let mut products = vec![0.0; a.len() * b.len()];
    matrix::products(&rows, &columns, WIDTH, &mut products);
    if b.is_empty() {
        return vec![Vec::new(); a.len()];
    }
    products
        .chunks_exact(b.len())
        .map(|row| row.iter().map(|cosine| cosine.clamp(-1.0, 1.0)).collect())
        .collect()
}

fn centroids(model: &ThemeModel, mean: &[f32]) -> Vec<f32> {
    let mut rows = model.raw_centroids.clone();
    off(&mut rows, mean);
    rows
}

/// Takes a mean off rows and sets their lengths to 1.
fn off(rows: &mut [f32], mean: &[f32]) {
    for row in rows.chunks_exact_mut(WIDTH) {
        row.iter_mut().zip(mean).for_each(|(x, m)| *x -= m);
        matrix::to_unit(row);
    }
}

/// Vectors of texts with a mean taken off, unit length, row-major: for comparing sentences of two
/// sets. Texts without a known word are rows of zeros.
pub fn vectors_apart_from(texts: &[&str], mean: &[f32]) -> Vec<f32> {
    let (mut rows, _) = reading::read_all(Vectors::shipped(), texts);
    for row in rows.chunks_exact_mut(WIDTH) {
        if row.iter().any(|&x| x != 0.0) {
            off(row, mean);
        }
    }
    rows
}

/// The most alike pair of sentences of two sets: `(place in a, place in b, cosine)`; the lower places
/// at a tie, `None` when either is empty. `mean` as from [`common_mean`].
pub fn best_pair(a: &[&str], b: &[&str], mean: &[f32]) -> Option<(usize, usize, f32)> {
    let (rows, columns) = (vectors_apart_from(a, mean), vectors_apart_from(b, mean));
    let mut products = vec![0.0; a.len() * b.len()];
    matrix::products(&rows, &columns, WIDTH, &mut products);
    let mut best: Option<(usize, usize, f32)> = None;
    for (place, &cosine) in products.iter().enumerate() {
        if best.is_none_or(|(_, _, highest)| cosine > highest) {
            best = Some((place / b.len(), place % b.len(), cosine));
        }
    }
    best.map(|(i, j, cosine)| (i, j, cosine.clamp(-1.0, 1.0)))
}
