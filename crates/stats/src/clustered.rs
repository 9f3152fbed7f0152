//! Least squares with errors clustered by group, from one [`Gram`] a cluster.
//!
//! Errors are CR2 (Bell & McCaffrey 2002) with an identity working model, and each coefficient has
//! Satterthwaite degrees of freedom of its own (Pustejovsky & Tipton 2018, J. Business & Economic
//! Statistics 36:672-683, with the 2022 correction of their theorem 2, which covers the unweighted
//! case used here: taking the clusters' means out first gives the same adjustment as fitting an
//! intercept a cluster). Same answers as R's clubSandwich, checked in `tests/`.
//!
//! All work happens on matrices of columns × columns: with `M = (X'X)^-1 = LL'` and
//! `T_g = L' X_g'X_g L`, the adjusted cross-product `X_g'A_g` is `L^-T (I - T_g)^(-1/2) L' X_g'`,
//! with zero in place of the power where `I - T_g` has a null direction.
//!
//! Deliberately not here: weights, random effects, two-way clustering.

mod adjust;
mod collinear;
mod freedom;

use crate::answer::{Answer, CLUSTERS_NEEDED, Spread};
use crate::gram::{Gram, Moments};
use crate::reason::{NoAnswer, Result};
use crate::symmetric::Symmetric;
use adjust::{Basis, Influence};
use faer::Mat;
use freedom::Freedom;
use rayon::prelude::*;

/// An interval is withheld where less than this share of a coefficient's variance can be learnt
/// from comparing clusters. The rest would lie in directions seen in one cluster alone, where CR2
/// counts no error at all; at 0.9 an error is understated by 5% at most.
const VARIANCE_LEARNT: f64 = 0.9;
/// Clusters taken together: what is in memory at once.
const BLOCK: usize = 64;
/// A column's variation below this part of its raw size is rounding.
const NO_VARIATION: f64 = 1e-12;

/// What the constant is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intercept {
    /// One a cluster: only differences within clusters count.
    WithinCluster,
    /// One for all.
    Shared,
    /// None: the columns already span it.
    Absent,
}

/// One coefficient.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefficient {
    /// The column.
    pub column: usize,
    /// Clusters in which the column varies (for [`Intercept::WithinCluster`]) or occurs.
    pub clusters: usize,
    /// The slope, with standard error, degrees of freedom and interval. Its `n` is the rows of
    /// the whole fit.
    pub slope: Result<Answer>,
}

/// A fitted model.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Rows used.
    pub n: u64,
    /// Clusters that carry information.
    pub clusters: usize,
    /// One for each column asked for, in the order asked.
    pub coefficients: Vec<Coefficient>,
    /// Positions in `coefficients` that have a slope; the matrices below go by this list.
    pub answered: Vec<usize>,
    /// CR2 covariance of the answered slopes. With fewer clusters than columns it is singular:
    /// see [`Fit::steady_covariance`].
    pub covariance: Symmetric,
    /// Covariance under independent errors of one size.
    pub working_covariance: Symmetric,
    /// What each cluster adds to each answered slope's error, cluster by cluster in the order
    /// given (`clusters × answered`): `covariance` is the sum over clusters of products of these.
    pub influence: Vec<Vec<f64>>,
    /// Variance of what the model leaves unexplained.
    pub residual_variance: f64,
}

/// Fits `y = intercept + columns · slopes + error` and answers for the columns in `report`.
/// The order of clusters should be a fixed one (sorted by id): sums go in that order.
///
/// # Errors
/// [`NoAnswer::Empty`] without rows, [`NoAnswer::Shape`] if widths differ or a column asked for is
/// past the width, [`NoAnswer::NoVariation`] if all responses are equal (within clusters),
/// [`NoAnswer::TooFewRows`] if no row is left to measure error with, [`NoAnswer::Arithmetic`].
/// A column's own trouble ([`NoAnswer::Collinear`], [`NoAnswer::NoVariation`]) is in its
/// coefficient; trouble with an interval alone ([`NoAnswer::TooFewClusters`]) in its spread.
pub fn fit(clusters: &[Gram], intercept: Intercept, report: &[usize]) -> Result<Fit> {
    let width = clusters.first().ok_or(NoAnswer::Empty)?.width();
    for gram in clusters {
        if gram.width() != width {
            return Err(NoAnswer::Shape {
                expected: width,
                got: gram.width(),
            });
        }
    }
    for &column in report {
        if column >= width {
            return Err(NoAnswer::Shape {
                expected: width,
                got: column,
            });
        }
    }
    let contrasts: Vec<Vec<(usize, f64)>> = report.iter().map(|&c| vec![(c, 1.0)]).collect();
    let moments = |g: usize| match intercept {
        Intercept::WithinCluster => clusters[g].centred(),
        Intercept::Shared => clusters[g].plain(true),
        Intercept::Absent => clusters[g].plain(false),
    };
    let source = Source {
        rows: clusters.iter().map(Gram::n).collect(),
        width: width + usize::from(intercept == Intercept::Shared),
        intercept,
        moments: &moments,
    };
    let solved = solve(&source, &contrasts)?;
    let mut answered = Vec::new();
    let coefficients = report
        .iter()
        .zip(solved.answers)
        .enumerate()
        .map(|(position, (&column, (clusters, slope)))| {
            if slope.is_ok() {
                answered.push(position);
            }
            Coefficient {
                column,
                clusters,
                slope,
            }
        })
        .collect();
    Ok(Fit {
        n: solved.n,
        clusters: solved.clusters,
        coefficients,
        covariance: products(&solved.influence, answered.len()),
        answered,
        working_covariance: solved.working,
        influence: solved.influence,
        residual_variance: solved.residual_variance,
    })
}

impl Fit {
    /// A covariance for joint use (ranking, shrinking): the variances of CR2, with correlations
    /// between CR2's and the working model's. CR2's correlations come from few clusters and claim
    /// to know some differences exactly when columns outnumber clusters; the working model's
    /// don't. The weight of CR2 is `f / (f + q + 2)` with `f` the median degrees of freedom and
    /// `q` the answered slopes: the posterior mean under an inverse-Wishart prior around the
    /// working model, of the weakest strength that has a mean.
    pub fn steady_covariance(&self) -> Symmetric {
        let freedom = self
            .answered
            .iter()
            .filter_map(|&k| self.coefficients[k].slope.as_ref().ok())
            .filter_map(|slope| slope.spread.as_ref().ok().map(|spread| spread.df))
            .collect();
        steady(&self.covariance, &self.working_covariance, freedom)
    }
}

/// Variances of `measured`, correlations between its own and those of `working`.
pub(crate) fn steady(
    measured: &Symmetric,
    working: &Symmetric,
    mut freedom: Vec<f64>,
) -> Symmetric {
    let q = measured.size();
    freedom.sort_by(f64::total_cmp);
    let median = freedom.get(freedom.len() / 2).copied().unwrap_or(0.0);
    let weight = median / (median + q as f64 + 2.0);
    let mut out = Symmetric::zeros(q);
    for i in 0..q {
        out.set(i, i, measured.get(i, i));
        for j in 0..i {
            let size = (measured.get(i, i) * measured.get(j, j)).sqrt();
            let blend =
                weight * correlation(measured, i, j) + (1.0 - weight) * correlation(working, i, j);
            out.set(i, j, size * blend);
        }
    }
    out
}

fn correlation(covariance: &Symmetric, i: usize, j: usize) -> f64 {
    let size = (covariance.get(i, i) * covariance.get(j, j)).sqrt();
    if size > 0.0 {
        covariance.get(i, j) / size
    } else {
        0.0
    }
}

/// Sum over clusters of products of influences.
pub(crate) fn products(influence: &[Vec<f64>], size: usize) -> Symmetric {
    let mut out = Symmetric::zeros(size);
    for row in influence {
        for i in 0..size {
            for j in 0..=i {
                out.set(i, j, out.get(i, j) + row[i] * row[j]);
            }
        }
    }
    out
}

/// What the core hands back, one entry a contrast.
pub(crate) struct Solved {
    pub n: u64,
    pub clusters: usize,
    pub answers: Vec<(usize, Result<Answer>)>,
    pub influence: Vec<Vec<f64>>,
    pub working: Symmetric,
    pub residual_variance: f64,
}

/// Where the core gets its clusters from.
pub(crate) struct Source<'a> {
    /// Rows of each cluster.
    pub rows: Vec<u64>,
    /// Columns, the constant included.
    pub width: usize,
    /// What the constant is; a shared one is column `width - 1`.
    pub intercept: Intercept,
    /// The moments of a cluster; about its means for [`Intercept::WithinCluster`].
    pub moments: &'a (dyn Fn(usize) -> Moments + Sync),
}

/// The core: any weighted sums of coefficients.
pub(crate) fn solve(source: &Source<'_>, contrasts: &[Vec<(usize, f64)>]) -> Result<Solved> {
    let &Source {
        ref rows,
        width,
        intercept,
        moments,
    } = source;
    let n: u64 = rows.iter().sum();
    if n == 0 {
        return Err(NoAnswer::Empty);
    }
    // A cluster of one row says nothing about differences within clusters.
    let needed_rows = if intercept == Intercept::WithinCluster {
        2
    } else {
        1
    };
    let informative = rows.iter().filter(|&&rows| rows >= needed_rows).count();
    let constant = (intercept == Intercept::Shared).then(|| width - 1);
    let all: Vec<usize> = (0..rows.len()).collect();
    let mut total = Total::zeros(width);
    for block in all.chunks(BLOCK) {
        let parts: Vec<Moments> = block.par_iter().map(|&g| moments(g)).collect();
        parts.iter().for_each(|m| total.add(m));
    }
    check_response(&total, n, intercept)?;

    let basis = Basis::of(&total, constant)?;
    let explained: f64 = basis
        .coefficients
        .iter()
        .zip(&basis.xty)
        .map(|(b, v)| b * v)
        .sum();
    let absorbed = match intercept {
        Intercept::WithinCluster => rows.iter().filter(|&&rows| rows > 0).count(),
        _ => 0,
    };
    let size = basis.kept.len();
    let used = (size + absorbed) as u64;
    if n <= used {
        return Err(NoAnswer::TooFewRows {
            n,
            needed: used + 1,
        });
    }
    let unexplained = (total.yty - explained).max(0.0);
    let residual_variance = unexplained / (n - used) as f64;
    let exact_fit = unexplained <= NO_VARIATION * total.yty;

    // Which contrasts can be answered at all.
    let mut directions: Vec<Vec<f64>> = Vec::new();
    let mut values: Vec<Result<f64>> = Vec::new();
    for contrast in contrasts {
        values.push(basis.contrast(contrast).map(|(value, direction)| {
            directions.push(direction);
            value
        }));
    }
    let wanted = Mat::from_fn(size, directions.len(), |i, j| directions[j][i]);
    let one_block = rows.len() <= size;
    let mut freedom = Freedom::start(directions.len(), size, one_block);
    let mut influence: Vec<Vec<f64>> = Vec::with_capacity(rows.len());
    for block in all.chunks(if one_block { rows.len() } else { BLOCK }) {
        let parts: Vec<Influence> = block
            .par_iter()
            .map(|&g| Influence::of(&moments(g), &basis, &wanted))
            .collect::<Result<_>>()?;
        Freedom::add(&mut freedom, &parts);
        influence.extend(parts.into_iter().map(|part| part.on_contrasts));
    }

    let mut answers = Vec::with_capacity(contrasts.len());
    let mut k = 0;
    for (contrast, value) in contrasts.iter().zip(values) {
        let present = contrast
            .iter()
            .map(|&(column, _)| total.clusters[column])
            .min()
            .unwrap_or_default();
        let answer = value.map(|value| {
            let variance: f64 = influence.iter().map(|row| row[k] * row[k]).sum();
            let own: f64 = directions[k].iter().map(|v| v * v).sum();
            let spread = if exact_fit {
                Err(NoAnswer::NoVariation)
            } else if informative < CLUSTERS_NEEDED {
                Err(NoAnswer::TooFewClusters {
                    n: informative,
                    needed: CLUSTERS_NEEDED,
                })
            } else if freedom[k].expected < VARIANCE_LEARNT * own {
                Err(NoAnswer::TooFewClusters { n: 1, needed: 2 })
            } else {
                Spread::symmetric(value, variance.sqrt(), freedom[k].df())
            };
            k += 1;
            Answer { value, n, spread }
        });
        answers.push((present, answer));
    }
    let mut working = Symmetric::zeros(directions.len());
    for i in 0..directions.len() {
        for j in 0..=i {
            let inner: f64 = directions[i]
                .iter()
                .zip(&directions[j])
                .map(|(a, b)| a * b)
                .sum();
            working.set(i, j, residual_variance * inner);
        }
    }
    Ok(Solved {
        n,
        clusters: informative,
        answers,
        influence,
        working,
        residual_variance,
    })
}

fn check_response(total: &Total, n: u64, intercept: Intercept) -> Result<()> {
    let raw = total.raw_yty;
    let about_mean = match intercept {
        Intercept::WithinCluster => total.yty,
        Intercept::Shared => {
            let sum = *total.xty.last().unwrap_or(&0.0);
            total.yty - sum * sum / n as f64
        }
        Intercept::Absent => return Ok(()),
    };
    if about_mean <= NO_VARIATION * raw {
        Err(NoAnswer::NoVariation)
    } else {
        Ok(())
    }
}

/// Moments of all clusters together.
pub(crate) struct Total {
    pub width: usize,
    pub xtx: Mat<f64>,
    pub xty: Vec<f64>,
    pub yty: f64,
    pub raw_yty: f64,
    pub raw_diagonal: Vec<f64>,
    /// Clusters in which each column varies or occurs.
    pub clusters: Vec<usize>,
}

impl Total {
    fn zeros(width: usize) -> Self {
        Self {
            width,
            xtx: Mat::zeros(width, width),
            xty: vec![0.0; width],
            yty: 0.0,
            raw_yty: 0.0,
            raw_diagonal: vec![0.0; width],
            clusters: vec![0; width],
        }
    }

    fn add(&mut self, m: &Moments) {
        self.yty += m.yty;
        self.raw_yty += m.raw_yty;
        for (i, &a) in m.columns.iter().enumerate() {
            self.xty[a] += m.xty[i];
            self.raw_diagonal[a] += m.raw_diagonal[i];
            if m.at(i, i) > NO_VARIATION * m.raw_diagonal[i] {
                self.clusters[a] += 1;
            }
            for (j, &b) in m.columns[..=i].iter().enumerate() {
                self.xtx[(a, b)] += m.at(i, j);
                if a != b {
                    self.xtx[(b, a)] += m.at(i, j);
                }
            }
        }
    }

    /// Whether a column is the same throughout (within every cluster).
    fn is_flat(&self, column: usize) -> bool {
        self.xtx[(column, column)] <= NO_VARIATION * self.raw_diagonal[column]
    }
}
