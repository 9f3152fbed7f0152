//! Exact nearest neighbours by cosine, dense vectors blended with sparse words.
//!
//! Blocks of queries against blocks of candidates, one matrix product a block; the words' part is
//! added through an inverted index, so nothing is approximated. Work is shared over threads by
//! blocks of queries and each block writes its own place: the same answer on any number of threads.
//! Equal similarities go to the lower index. O(n^2): meant for up to 50,000 vectors (`themes`
//! clusters a sample past that).

use crate::matrix;
use rayon::prelude::*;

/// Queries in a block, and candidates in a block: 128 x 2048 f32 stay within a core's cache.
const QUERIES: usize = 128;
const CANDIDATES: usize = 2048;

/// Sparse unit-length rows: `(term, weight)` by term, rows one after another.
#[derive(Debug, Clone, Default)]
pub struct SparseRows {
    starts: Vec<u32>,
    terms: Vec<u32>,
    weights: Vec<f32>,
}

impl SparseRows {
    /// From rows of `(term, weight)`; each row's terms must be distinct.
    pub fn from_rows(rows: impl IntoIterator<Item = Vec<(u32, f32)>>) -> Self {
        let mut sparse = SparseRows {
            starts: vec![0],
            ..SparseRows::default()
        };
        for row in rows {
            for (term, weight) in row {
                sparse.terms.push(term);
                sparse.weights.push(weight);
            }
            sparse.starts.push(sparse.terms.len() as u32);
        }
        sparse
    }

    /// The terms and weights of one row.
    pub fn row(&self, index: usize) -> impl Iterator<Item = (u32, f32)> + '_ {
        let range = self.starts[index] as usize..self.starts[index + 1] as usize;
        self.terms[range.clone()]
            .iter()
            .copied()
            .zip(self.weights[range].iter().copied())
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// For each term, the rows that hold it, in order, with its weight there.
struct Postings {
    starts: Vec<u32>,
    rows: Vec<u32>,
    weights: Vec<f32>,
}

impl Postings {
    fn of(sparse: &SparseRows) -> Self {
        let terms = sparse.terms.iter().max().map_or(0, |&t| t as usize + 1);
        let mut starts = vec![0u32; terms + 1];
        for &term in &sparse.terms {
            starts[term as usize + 1] += 1;
        }
        for term in 0..terms {
            starts[term + 1] += starts[term];
        }
        let mut next = starts.clone();
        let mut rows = vec![0u32; sparse.terms.len()];
        let mut weights = vec![0.0f32; sparse.terms.len()];
        for row in 0..sparse.len() {
            for (term, weight) in sparse.row(row) {
                let place = next[term as usize] as usize;
                rows[place] = row as u32;
                weights[place] = weight;
                next[term as usize] += 1;
            }
        }
        Postings {
            starts,
            rows,
            weights,
        }
    }

    fn range(&self, term: u32) -> (usize, usize) {
        let term = term as usize;
        if term + 1 < self.starts.len() {
            (self.starts[term] as usize, self.starts[term + 1] as usize)
        } else {
            (0, 0)
        }
    }
}

/// The `k` nearest of every vector: row `i` holds up to `k` `(index, similarity)`, most similar
/// first, `i` itself left out. `vectors` is row-major of unit rows of `width`; `words` has a row for
/// each vector and counts `blend` times: similarity = (dense + blend * words) / (1 + blend).
pub fn nearest(
    vectors: &[f32],
    width: usize,
    words: &SparseRows,
    blend: f32,
    k: usize,
) -> Vec<Vec<(u32, f32)>> {
    let n = vectors.len() / width.max(1);
    let postings = (blend > 0.0 && words.len() == n).then(|| Postings::of(words));
    let scale = if postings.is_some() {
        1.0 / (1.0 + blend)
    } else {
        1.0
    };
    let blocks: Vec<Vec<Vec<(u32, f32)>>> = (0..n.div_ceil(QUERIES))
        .into_par_iter()
        .map_init(
            || vec![0.0f32; QUERIES * CANDIDATES],
            |buffer, block| {
                let first = block * QUERIES;
                let queries = first..(first + QUERIES).min(n);
                let mut best: Vec<Best> = queries.clone().map(|_| Best::new(k)).collect();
                // Where each query's each term stands in its posting list.
                let mut cursors: Vec<Vec<(usize, usize, f32)>> = match &postings {
                    Some(postings) => queries
                        .clone()
                        .map(|query| {
                            words
                                .row(query)
                                .map(|(term, weight)| {
                                    let (start, end) = postings.range(term);
                                    (start, end, weight * blend)
                                })
                                .collect()
                        })
                        .collect(),
                    None => Vec::new(),
                };
                let mut from = 0;
                while from < n {
                    let to = (from + CANDIDATES).min(n);
                    let columns = to - from;
                    matrix::products(
                        &vectors[first * width..queries.end * width],
                        &vectors[from * width..to * width],
                        width,
                        buffer,
                    );
                    for (local, query) in queries.clone().enumerate() {
                        let row = &mut buffer[local * columns..(local + 1) * columns];
                        if let Some(postings) = &postings {
                            for (place, end, weight) in &mut cursors[local] {
                                while *place < *end && (postings.rows[*place] as usize) < to {
                                    row[postings.rows[*place] as usize - from] +=
                                        *weight * postings.weights[*place];
                                    *place += 1;
                                }
                            }
                        }
                        best[local].take_from(row, from, query);
                    }
                    from = to;
                }
                best.into_iter()
                    .map(|b| b.kept.into_iter().map(|(s, j)| (j, s * scale)).collect())
                    .collect()
            },
        )
        .collect();
    blocks.into_iter().flatten().collect()
}

/// The best candidates seen so far, most similar first, ties by index.
struct Best {
    kept: Vec<(f32, u32)>,
    k: usize,
    worst: f32,
}

impl Best {
    fn new(k: usize) -> Self {
        let worst = if k == 0 {
            f32::INFINITY
        } else {
            f32::NEG_INFINITY
        };
        Best {
            kept: Vec::with_capacity(k + 1),
            k,
            worst,
        }
    }

    /// Candidates come in rising index, so `>` alone keeps the lower index at a tie.
    fn take_from(&mut self, similarities: &[f32], from: usize, itself: usize) {
        for (chunk, values) in similarities.chunks(16).enumerate() {
            let highest = values
                .iter()
                .fold(f32::NEG_INFINITY, |a, &b| if b > a { b } else { a });
            if highest <= self.worst {
                continue;
            }
            for (lane, &similarity) in values.iter().enumerate() {
                let index = from + chunk * 16 + lane;
                if similarity > self.worst && index != itself {
                    if self.kept.len() == self.k {
                        self.kept.pop();
                    }
                    let place = self.kept.partition_point(|kept| kept.0 >= similarity);
                    self.kept.insert(place, (similarity, index as u32));
                    if self.kept.len() == self.k {
                        self.worst = self.kept[self.k - 1].0;
                    }
                }
            }
        }
    }
}
