//! Exact neighbours, against looking at every pair.

use throughline_text::matrix;
use throughline_text::neighbours::{SparseRows, nearest};

const WIDTH: usize = 16;

fn numbers(count: usize, seed: u64) -> Vec<f32> {
    let mut state = seed;
    (0..count)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
        })
        .collect()
}

/// Unit rows and sparse unit rows of `n` things.
fn things(n: usize) -> (Vec<f32>, Vec<Vec<(u32, f32)>>) {
    let mut rows = numbers(n * WIDTH, 1);
    rows.chunks_exact_mut(WIDTH).for_each(|row| {
        matrix::to_unit(row);
    });
    let sparse = (0..n as u32)
        .map(|i| {
            let mut terms: Vec<u32> = [i % 7, 7 + i % 11, 18 + i % 5].into();
            terms.sort_unstable();
            terms.into_iter().map(|t| (t, 1.0 / 3f32.sqrt())).collect()
        })
        .collect();
    (rows, sparse)
}

#[test]
fn the_same_as_looking_at_every_pair() {
    let n = 2_500; // past one block of candidates
    let (rows, sparse) = things(n);
    let (blend, k) = (0.3, 9);
    let found = nearest(
        &rows,
        WIDTH,
        &SparseRows::from_rows(sparse.clone()),
        blend,
        k,
    );
    for i in (0..n).step_by(97) {
        let mut all: Vec<(f32, usize)> = (0..n)
            .filter(|&j| j != i)
            .map(|j| {
                let dense = matrix::dot(&rows[i * WIDTH..][..WIDTH], &rows[j * WIDTH..][..WIDTH]);
                let shared: f32 = sparse[i]
                    .iter()
                    .flat_map(|a| {
                        sparse[j]
                            .iter()
                            .filter(move |b| a.0 == b.0)
                            .map(|b| a.1 * b.1)
                    })
                    .sum();
                ((dense + blend * shared) / (1.0 + blend), j)
            })
            .collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        assert_eq!(found[i].len(), k);
        for (found, expected) in found[i].iter().zip(&all) {
            assert!(
                (found.1 - expected.0).abs() < 1e-5,
                "{i}: {found:?} {expected:?}"
            );
        }
    }
}

#[test]
fn ties_go_to_the_lower_index() {
    let rows: Vec<f32> = (0..300).flat_map(|_| [1.0, 0.0]).collect();
    let found = nearest(&rows, 2, &SparseRows::default(), 0.3, 4);
    let indices = |i: usize| found[i].iter().map(|e| e.0).collect::<Vec<u32>>();
    assert_eq!(indices(0), [1, 2, 3, 4]);
    assert_eq!(indices(2), [0, 1, 3, 4]);
    assert_eq!(indices(299), [0, 1, 2, 3]);
}

#[test]
fn few_or_none() {
    assert!(nearest(&[], WIDTH, &SparseRows::default(), 0.3, 5).is_empty());
    assert_eq!(
        nearest(&[1.0, 0.0], 2, &SparseRows::default(), 0.3, 5),
        [vec![]]
    );
    assert_eq!(
        nearest(&[1.0, 0.0, 0.0, 1.0], 2, &SparseRows::default(), 0.0, 0),
        [vec![], vec![]]
    );
}
