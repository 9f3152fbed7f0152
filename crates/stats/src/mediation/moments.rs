//! Cross-products a cluster, and the whole mediation from one small Cholesky factor of their sum.

use super::{Part, Paths, Variables};
use crate::dense::cholesky;
use crate::reason::{NoAnswer, Result, same_length, within};

/// A column whose own part is below this share of its variance follows from the others.
const OWN_PART: f64 = 1e-10;

/// Cross-products of each cluster, columns in the order constant (unless within clusters),
/// covariates, cause, mediator, outcome; the lower half by rows.
pub(super) struct Moments {
    /// Columns, the constant included.
    pub size: usize,
    /// 1 if the first column is the constant.
    constant: usize,
    /// One lower half a cluster with rows.
    pub clusters: Vec<Vec<f64>>,
    /// What the numbers were divided by: cause, mediator, outcome.
    pub scales: [f64; 3],
    /// Rows.
    pub n: usize,
}

impl Moments {
    pub fn of(variables: &Variables<'_>, part: Part) -> Result<Self> {
        let n = variables.outcome.len();
        if n == 0 {
            return Err(NoAnswer::Empty);
        }
        let mut columns: Vec<&[f64]> = variables.covariates.to_vec();
        columns.extend([variables.cause, variables.mediator, variables.outcome]);
        same_length(n, variables.cluster.len())?;
        for column in &columns {
            same_length(n, column.len())?;
            for &value in *column {
                within(value, -1e100, 1e100)?;
            }
        }
        let mut counts = vec![0usize; variables.clusters];
        for &cluster in variables.cluster {
            match counts.get_mut(cluster) {
                Some(count) => *count += 1,
                None => {
                    return Err(NoAnswer::Shape {
                        expected: variables.clusters,
                        got: cluster,
                    });
                }
            }
        }
        let prepared: Vec<(Vec<f64>, f64)> = columns
            .iter()
            .enumerate()
            .map(|(k, values)| {
                let covariates = variables.covariates.len();
                let (what, column) = match k.checked_sub(covariates) {
                    None => ("covariate", k),
                    Some(0) => ("cause", 0),
                    Some(1) => ("mediator", 0),
                    Some(_) => ("outcome", 0),
                };
                prepare(values, variables.cluster, &counts, part)
                    .ok_or(NoAnswer::ConstantColumn { what, column })
            })
            .collect::<Result<_>>()?;
        let constant = usize::from(part != Part::Within);
        let size = prepared.len() + constant;
        let mut sums = vec![vec![0.0; size * (size + 1) / 2]; variables.clusters];
        let mut row = vec![1.0; size];
        let mut add = |sums: &mut [f64], at: usize| {
            for (cell, (values, _)) in row[constant..].iter_mut().zip(&prepared) {
                *cell = values[at];
            }
            let mut place = 0;
            for i in 0..size {
                for j in 0..=i {
                    sums[place] += row[i] * row[j];
                    place += 1;
                }
            }
        };
        match part {
            // `prepare` gave one value a cluster.
            Part::Between => (0..variables.clusters)
                .filter(|&g| counts[g] > 0)
                .for_each(|g| add(&mut sums[g], g)),
            _ => (0..n).for_each(|at| add(&mut sums[variables.cluster[at]], at)),
        }
        let clusters = sums
            .into_iter()
            .zip(&counts)
            .filter(|(_, count)| **count > 0)
            .map(|(sums, _)| sums)
            .collect();
        let scale = |back: usize| prepared[prepared.len() - back].1;
        Ok(Self {
            size,
            constant,
            clusters,
            scales: [scale(3), scale(2), scale(1)],
            n,
        })
    }

    /// The paths from the sum of all clusters; names what can't be told apart.
    pub fn paths(&self) -> Result<Paths> {
        let mut sum = vec![0.0; self.size * (self.size + 1) / 2];
        for cluster in &self.clusters {
            add_to(&mut sum, cluster);
        }
        solve(&sum, self.size, self.constant).map(|paths| self.own_units(paths))
    }

    /// The same from some clusters, each as often as it is named; `None` where they don't tell.
    pub fn paths_of(&self, drawn: &[usize], sum: &mut [f64]) -> Option<Paths> {
        sum.fill(0.0);
        for &g in drawn {
            add_to(sum, &self.clusters[g]);
        }
        solve(sum, self.size, self.constant)
            .ok()
            .map(|paths| self.own_units(paths))
    }

    fn own_units(&self, paths: Paths) -> Paths {
        let [cause, mediator, outcome] = self.scales;
        Paths {
            to_mediator: paths.to_mediator * (mediator / cause),
            to_outcome: paths.to_outcome * (outcome / mediator),
            direct: paths.direct * (outcome / cause),
            indirect: paths.indirect * (outcome / cause),
            total: paths.total * (outcome / cause),
            erasing: paths.erasing,
        }
    }
}

fn add_to(sum: &mut [f64], part: &[f64]) {
    sum.iter_mut()
        .zip(part)
        .for_each(|(sum, value)| *sum += value);
}

/// Centres a column (on all rows, or on its cluster) or takes clusters' means, and divides by the
/// standard deviation, which is returned; `None` if nothing is left.
fn prepare(
    values: &[f64],
    cluster: &[usize],
    counts: &[usize],
    part: Part,
) -> Option<(Vec<f64>, f64)> {
    let largest = values.iter().fold(0.0f64, |a, b| a.max(b.abs()));
    if largest < f64::MIN_POSITIVE {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().map(|v| v / n).sum::<f64>();
    let centred: Vec<f64> = values.iter().map(|v| (v - mean) / largest).collect();
    let mut out = match part {
        Part::All => centred,
        Part::Within | Part::Between => {
            let mut means = vec![0.0; counts.len()];
            for (value, &g) in centred.iter().zip(cluster) {
                means[g] += value / counts[g] as f64;
            }
            match part {
                Part::Between => {
                    // Empty clusters aren't looked at again; they mustn't count here either.
                    let held = counts.iter().filter(|&&c| c > 0).count() as f64;
                    let centre = means.iter().sum::<f64>() / held;
                    for (mean, &count) in means.iter_mut().zip(counts) {
                        *mean = if count > 0 { *mean - centre } else { 0.0 };
                    }
                    means
                }
                _ => centred
                    .iter()
                    .zip(cluster)
                    .map(|(v, &g)| v - means[g])
                    .collect(),
            }
        }
    };
    let held = match part {
        Part::Between => counts.iter().filter(|&&c| c > 0).count() as f64,
        _ => n,
    };
    let scale = (out.iter().map(|v| v * v).sum::<f64>() / held).sqrt();
    // Relative to the largest number: what is left below this is rounding.
    if scale < 1e-12 {
        return None;
    }
    out.iter_mut().for_each(|v| *v /= scale);
    Some((out, scale * largest))
}

/// All paths from one factor: with columns in this order each path is a ratio of its entries.
fn solve(sum: &[f64], size: usize, constant: usize) -> Result<Paths> {
    let mut l = vec![0.0; size * size];
    for i in 0..size {
        let first = i * (i + 1) / 2;
        l[i * size..=i * size + i].copy_from_slice(&sum[first..=first + i]);
    }
    let at = |i: usize, j: usize| i * size + j;
    let (x, m, y) = (size - 3, size - 2, size - 1);
    if let Err(row) = cholesky(&mut l, size, OWN_PART) {
        return Err(match row {
            _ if row == y => NoAnswer::ExactFit,
            _ if row == m => NoAnswer::Inseparable {
                what: "cause and mediator",
                columns: vec![0, 1],
            },
            _ if row == x => NoAnswer::Inseparable {
                what: "cause and covariate",
                columns: vec![0],
            },
            _ => NoAnswer::Inseparable {
                what: "covariate",
                columns: vec![row.saturating_sub(constant)],
            },
        });
    }
    let to_mediator = l[at(m, x)] / l[at(x, x)];
    let to_outcome = l[at(y, m)] / l[at(m, m)];
    let total = l[at(y, x)] / l[at(x, x)];
    let indirect = to_mediator * to_outcome;
    let erasing = l[at(y, m)] / l[at(y, m)].hypot(l[at(y, y)]);
    Ok(Paths {
        to_mediator,
        to_outcome,
        direct: total - indirect,
        indirect,
        total,
        erasing,
    })
}
