//! Puts texts together that say nearly the same: average linkage over vectors and words.
//!
//! For a few thousand short texts that are worded alike in twos and threes, where a graph of neighbours
//! has too little to go by. It looks at every pair, so time and memory grow with their square.

use crate::matrix;
use crate::represent::Represented;
use crate::themes::{WIDTH, WORDS_BLEND};
use kodama::{Method, linkage};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Groups of the rows, numbered from 0 in the order of their first rows; at most `most`.
pub(crate) fn groups(rows: &Represented, most: usize) -> Vec<u32> {
    let count = rows.words.len();
    if count < 2 {
        return vec![0; count];
    }
    let words: Vec<FxHashMap<u32, f32>> =
        (0..count).map(|at| rows.words.row(at).collect()).collect();
    let vector = |at: usize| &rows.vectors[at * WIDTH..][..WIDTH];
    let mut distances: Vec<f32> = (0..count - 1)
        .into_par_iter()
        .flat_map_iter(|one| {
            let words = &words;
            (one + 1..count).map(move |other| {
                let shared: f32 = rows
                    .words
                    .row(other)
                    .filter_map(|(word, weight)| Some(weight * words[one].get(&word)?))
                    .sum();
                let alike = matrix::dot(vector(one), vector(other)) + WORDS_BLEND * shared;
                (1.0 + WORDS_BLEND - alike).max(0.0)
            })
        })
        .collect();
    let steps = linkage(&mut distances, count, Method::Average);
    // Steps come nearest first: each makes a cluster numbered after the rows and the steps before it.
    let mut parent: Vec<usize> = (0..count).collect();
    for step in steps.steps().iter().take(count.saturating_sub(most.max(1))) {
        let new = parent.len();
        parent.push(new);
        parent[step.cluster1] = new;
        parent[step.cluster2] = new;
    }
    let mut numbers: FxHashMap<usize, u32> = FxHashMap::default();
    (0..count)
        .map(|row| {
            let mut at = row;
            while parent[at] != at {
                at = parent[at];
            }
            let next = numbers.len() as u32;
            *numbers.entry(at).or_insert(next)
        })
        .collect()
}
