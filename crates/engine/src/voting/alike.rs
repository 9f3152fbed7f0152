//! Which shown ideas an idea resembles, for whoever looks for one that says the same.

use throughline_domain::Words;
use throughline_text::similarity::vectors_apart_from;
use throughline_text::vectors::Vectors;

/// For each idea the places of `others`, the most alike first; ties by place. Alike is near in
/// meaning, and a word not known to the table of vectors counts for nothing.
pub fn alike(ideas: &[&Words], others: &[&str]) -> Vec<Vec<usize>> {
    let as_they_are = vec![0.0; Vectors::DIMENSIONS];
    let texts: Vec<&str> = ideas.iter().map(|words| words.for_analysis()).collect();
    let rows = vectors_apart_from(&texts, &as_they_are);
    let columns = vectors_apart_from(others, &as_they_are);
    rows.chunks_exact(Vectors::DIMENSIONS)
        .map(|row| {
            let mut near: Vec<(usize, f32)> = columns
                .chunks_exact(Vectors::DIMENSIONS)
                .map(|column| row.iter().zip(column).map(|(a, b)| a * b).sum())
                .enumerate()
                .collect();
            near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            near.into_iter().map(|(place, _)| place).collect()
        })
        .collect()
}
