//! Columns brought to mean 0 and length 1, their correlations, and what the bootstrap draws from.

use super::Rows;
use crate::independent::Independent;
use crate::random::generator;
use crate::reason::{NoAnswer, Result};
use rand::RngExt;
use rayon::prelude::*;

/// A column whose spread is below this part of its size is constant but for rounding.
const NO_VARIATION: f64 = 1e-12;
/// A column whose own part of its variance is below this is a sum of the others.
const OWN_PART: f64 = 1e-9;
/// A weight below this in such a sum is rounding.
const INVOLVED: f64 = 1e-6;
/// Rows are drawn in at most so many random groups, so that a million rows need no million sums.
const MOST_UNITS: usize = 5_000;

/// Rows in an order that their values alone decide: by the outcome, then by the columns, then by
/// cluster. What is summed or drawn from them is the same to the last bit whatever order they
/// came in.
pub(super) struct Sorted {
    outcome: Vec<f64>,
    predictors: Vec<Vec<f64>>,
    clusters: Option<Vec<usize>>,
}

impl Sorted {
    pub(super) fn of(rows: &Rows<'_>) -> Self {
        let columns = || std::iter::once(rows.outcome).chain(rows.predictors.iter().copied());
        let mut order: Vec<usize> = (0..rows.outcome.len()).collect();
        order.par_sort_unstable_by(|&a, &b| {
            columns()
                .map(|column| column[a].total_cmp(&column[b]))
                .find(|order| order.is_ne())
                .unwrap_or_else(|| {
                    let cluster = |row: usize| rows.clusters.map(|of| of[row]);
                    cluster(a).cmp(&cluster(b))
                })
        });
        let pick = |values: &[f64]| order.iter().map(|&row| values[row]).collect();
        Self {
            outcome: pick(rows.outcome),
            predictors: rows.predictors.par_iter().map(|c| pick(c)).collect(),
            clusters: rows
                .clusters
                .map(|of| order.iter().map(|&row| of[row]).collect()),
        }
    }

    pub(super) fn predictors(&self) -> Vec<&[f64]> {
        self.predictors.iter().map(Vec::as_slice).collect()
    }

    pub(super) fn rows<'a>(&'a self, predictors: &'a [&'a [f64]]) -> Rows<'a> {
        Rows {
            outcome: &self.outcome,
            predictors,
            clusters: self.clusters.as_deref(),
        }
    }
}

/// A column in standard deviations from its mean.
pub(super) struct Scaled {
    pub values: Vec<f64>,
    pub mean: f64,
    /// With divisor n.
    pub sd: f64,
    pub low: f64,
    pub high: f64,
}

impl Scaled {
    /// Scaled by its largest size first, so that squares of 1e300 don't overflow.
    pub(super) fn of(values: &[f64]) -> Result<Self> {
        let n = values.len() as f64;
        let size = values.iter().fold(0.0_f64, |size, v| size.max(v.abs()));
        let size = if size > 0.0 { size } else { 1.0 };
        let first = values.iter().map(|v| v / size).sum::<f64>() / n;
        // A second pass takes out what rounding left in the first mean.
        let mean = first + values.iter().map(|v| v / size - first).sum::<f64>() / n;
        let squares: f64 = values.iter().map(|v| (v / size - mean).powi(2)).sum();
        let sd = (squares / n).sqrt();
        if sd.is_nan() || sd <= NO_VARIATION {
            return Err(NoAnswer::NoVariation);
        }
        Ok(Self {
            values: values.iter().map(|v| (v / size - mean) / sd).collect(),
            mean: mean * size,
            sd: sd * size,
            low: values.iter().copied().fold(f64::INFINITY, f64::min),
            high: values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        })
    }
}

/// Correlations of the columns, the outcome last; both halves, row by row.
#[derive(Clone, Debug)]
pub(super) struct Correlations {
    /// Columns without the outcome.
    pub count: usize,
    pub values: Vec<f64>,
}

impl Correlations {
    pub(super) fn of(columns: &[Scaled], outcome: &Scaled) -> Self {
        let all: Vec<&[f64]> = columns
            .iter()
            .chain([outcome])
            .map(|column| column.values.as_slice())
            .collect();
        let (n, size) = (outcome.values.len() as f64, all.len());
        let pairs: Vec<(usize, usize)> = (0..size)
            .flat_map(|i| (0..i).map(move |j| (i, j)))
            .collect();
        let products: Vec<f64> = pairs
            .par_iter()
            .map(|&(i, j)| all[i].iter().zip(all[j]).map(|(a, b)| a * b).sum::<f64>() / n)
            .collect();
        let mut values = vec![0.0; size * size];
        for i in 0..size {
            values[i * size + i] = 1.0;
        }
        for (&(i, j), product) in pairs.iter().zip(products) {
            let correlation = product.clamp(-1.0, 1.0);
            values[i * size + j] = correlation;
            values[j * size + i] = correlation;
        }
        Self {
            count: size - 1,
            values,
        }
    }

    /// From sums of products of (1, columns, outcome): packed lower triangle. A column that is
    /// constant here correlates with nothing; `None` if the outcome is.
    pub(super) fn of_sums(count: usize, sums: &[f64]) -> Option<Self> {
        let size = count + 1;
        let at = |i: usize, j: usize| sums[i * (i + 1) / 2 + j];
        let n = at(0, 0);
        let centred = |i: usize, j: usize| at(i, j) / n - at(i, 0) / n * (at(j, 0) / n);
        // Columns have mean square 1 over all rows, so this is far above rounding.
        let sds: Vec<f64> = (1..=size)
            .map(|i| centred(i, i))
            .map(|variance| {
                if variance > 1e-12 {
                    variance.sqrt()
                } else {
                    0.0
                }
            })
            .collect();
        if sds[count] == 0.0 {
            return None;
        }
        let mut values = vec![0.0; size * size];
        for i in 0..size {
            values[i * size + i] = 1.0;
            for j in 0..i {
                let scale = sds[i] * sds[j];
                if scale > 0.0 {
                    let correlation = (centred(i + 1, j + 1) / scale).clamp(-1.0, 1.0);
                    values[i * size + j] = correlation;
                    values[j * size + i] = correlation;
                }
            }
        }
        Some(Self { count, values })
    }

    pub(super) fn get(&self, i: usize, j: usize) -> f64 {
        self.values[i * (self.count + 1) + j]
    }

    pub(super) fn with_outcome(&self, i: usize) -> f64 {
        self.get(i, self.count)
    }

    /// Names the first set of columns of which one is a weighted sum of the others.
    pub(super) fn refuse_collinear(&self) -> Result<()> {
        let mut kept = Independent::default();
        for column in 0..self.count {
            if let Err(weights) = kept.keep(|other| self.get(other, column), OWN_PART) {
                let involved = weights
                    .iter()
                    .enumerate()
                    .filter(|(_, weight)| weight.abs() > INVOLVED)
                    .map(|(other, _)| other);
                return Err(NoAnswer::Collinear {
                    with: involved.chain([column]).collect(),
                });
            }
        }
        Ok(())
    }

    pub(super) fn inverse(&self) -> Result<Inverse> {
        use faer::prelude::Solve;
        let matrix = faer::Mat::from_fn(self.count, self.count, |i, j| self.get(i, j));
        let factor = matrix
            .llt(faer::Side::Lower)
            .map_err(|_| NoAnswer::Arithmetic {
                what: "factor of the correlations",
            })?;
        let identity = faer::Mat::<f64>::identity(self.count, self.count);
        let inverse = factor.solve(&identity);
        let outcome = faer::Mat::from_fn(self.count, 1, |i, _| self.with_outcome(i));
        let slopes = factor.solve(&outcome);
        Ok(Inverse {
            matrix: inverse,
            slopes: (0..self.count).map(|j| slopes[(j, 0)]).collect(),
        })
    }
}

/// The inverse of the columns' correlations, and standardised slopes.
pub(super) struct Inverse {
    pub matrix: faer::Mat<f64>,
    slopes: Vec<f64>,
}

impl Inverse {
    pub(super) fn slope(&self, j: usize) -> f64 {
        self.slopes[j]
    }

    /// What R² falls by without a column.
    pub(super) fn lost_without(&self, j: usize) -> f64 {
        (self.slopes[j].powi(2) / self.matrix[(j, j)]).clamp(0.0, 1.0)
    }
}

/// What the bootstrap draws: clusters, or rows (in random groups where there are many), each as
/// its sums of products of (1, columns, outcome).
pub(super) struct Units {
    pub columns: usize,
    sums: Vec<Vec<f64>>,
    /// Whether they are clusters that the caller named.
    pub clustered: bool,
}

impl Units {
    pub(super) fn of(rows: &Rows<'_>, columns: &[Scaled], outcome: &Scaled, seed: u64) -> Self {
        let n = rows.outcome.len();
        let members = match rows.clusters {
            Some(clusters) => by_cluster(clusters),
            None if n <= MOST_UNITS => (0..n).map(|row| vec![row]).collect(),
            None => {
                let mut random = generator(seed, "drivers: groups of rows");
                let mut groups = vec![Vec::new(); MOST_UNITS];
                (0..n).for_each(|row| groups[random.random_range(0..MOST_UNITS)].push(row));
                groups.retain(|group| !group.is_empty());
                groups
            }
        };
        let all: Vec<&[f64]> = columns
            .iter()
            .chain([outcome])
            .map(|column| column.values.as_slice())
            .collect();
        let sums = members.par_iter().map(|rows| sums_of(rows, &all)).collect();
        Self {
            columns: columns.len(),
            sums,
            clustered: rows.clusters.is_some(),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.sums.len()
    }

    /// Sums of products over a draw of as many units, with replacement.
    pub(super) fn drawn(&self, random: &mut impl rand::Rng) -> Vec<f64> {
        let mut times = vec![0u32; self.sums.len()];
        for _ in 0..self.sums.len() {
            times[random.random_range(0..self.sums.len())] += 1;
        }
        let mut total = vec![0.0; self.sums.first().map_or(0, Vec::len)];
        for (sums, times) in self.sums.iter().zip(times) {
            if times > 0 {
                let times = f64::from(times);
                total
                    .iter_mut()
                    .zip(sums)
                    .for_each(|(to, v)| *to += times * v);
            }
        }
        total
    }
}

/// The rows of each cluster that has any, in the order of the clusters' numbers.
pub(super) fn by_cluster(clusters: &[usize]) -> Vec<Vec<usize>> {
    let count = clusters.iter().max().map_or(0, |last| last + 1);
    let mut members = vec![Vec::new(); count];
    for (row, &cluster) in clusters.iter().enumerate() {
        members[cluster].push(row);
    }
    members.retain(|rows| !rows.is_empty());
    members
}

fn sums_of(rows: &[usize], columns: &[&[f64]]) -> Vec<f64> {
    let size = columns.len() + 1;
    let mut sums = vec![0.0; size * (size + 1) / 2];
    let mut of_row = vec![1.0; size];
    for &row in rows {
        for (to, column) in of_row[1..].iter_mut().zip(columns) {
            *to = column[row];
        }
        let mut at = 0;
        for i in 0..size {
            let value = of_row[i];
            for (to, other) in sums[at..=at + i].iter_mut().zip(&of_row) {
                *to += value * other;
            }
            at += i + 1;
        }
    }
    sums
}
