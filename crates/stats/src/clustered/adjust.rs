//! The CR2 adjustment of one cluster, in the basis where `X'X` is the identity.

use super::collinear::{self, Kept};
use super::{NO_VARIATION, Total};
use crate::gram::Moments;
use crate::reason::{NoAnswer, Result};
use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, MatRef, Par, Scale, Side};

/// An eigenvalue of `I - T_g` below this is a null direction. Directions known to a cluster alone
/// come out at 1e-10 or less; one response elsewhere in a hundred million would give 1e-8.
const NULL: f64 = 1e-8;
/// Largest eigenvalue of `T_g` for which the power is taken by its series.
const SERIES_BELOW: f64 = 0.2;

/// The fitted coefficients and the basis `L` with `LL' = (X'X)^-1`.
pub(super) struct Basis {
    /// Columns in the model, in the order of the factor.
    pub kept: Vec<usize>,
    /// Column -> place in `kept`.
    place: Vec<Option<usize>>,
    /// `L`, scaled back to the columns' own units: upper triangular.
    inverse: Mat<f64>,
    /// Coefficients of the kept columns.
    pub coefficients: Vec<f64>,
    /// Kept columns × response.
    pub xty: Vec<f64>,
    flat: Vec<bool>,
    entangled: Vec<Vec<usize>>,
}

impl Basis {
    pub fn of(total: &Total, constant: Option<usize>) -> Result<Self> {
        let Kept {
            columns,
            scale,
            factor,
            entangled,
        } = collinear::keep(total, constant);
        let size = columns.len();
        // Invert the upper factor column by column, then undo the scaling.
        let mut inverse = Mat::<f64>::zeros(size, size);
        for j in 0..size {
            inverse[(j, j)] = 1.0 / factor[j][j];
            for i in (0..j).rev() {
                let inner: f64 = (i + 1..=j).map(|k| factor[k][i] * inverse[(k, j)]).sum();
                inverse[(i, j)] = -inner / factor[i][i];
            }
        }
        for j in 0..size {
            for i in 0..=j {
                inverse[(i, j)] /= scale[i];
            }
        }
        let xty: Vec<f64> = columns.iter().map(|&column| total.xty[column]).collect();
        let mut place = vec![None; total.width];
        for (k, &column) in columns.iter().enumerate() {
            place[column] = Some(k);
        }
        let mut basis = Self {
            kept: columns,
            place,
            inverse,
            coefficients: Vec::new(),
            xty,
            flat: (0..total.width)
                .map(|column| total.is_flat(column))
                .collect(),
            entangled,
        };
        let rotated = basis.to_basis(&basis.xty);
        basis.coefficients = (0..size)
            .map(|i| (i..size).map(|j| basis.inverse[(i, j)] * rotated[j]).sum())
            .collect();
        if basis.coefficients.iter().all(|b: &f64| b.is_finite()) {
            Ok(basis)
        } else {
            Err(NoAnswer::Arithmetic {
                what: "least squares",
            })
        }
    }

    /// `L' v`.
    fn to_basis(&self, v: &[f64]) -> Vec<f64> {
        (0..v.len())
            .map(|j| (0..=j).map(|i| self.inverse[(i, j)] * v[i]).sum())
            .collect()
    }

    /// The value of a weighted sum of coefficients and its direction `L'c`; a column that can't be
    /// told apart, or never varies, has neither.
    pub fn contrast(&self, contrast: &[(usize, f64)]) -> Result<(f64, Vec<f64>)> {
        let mut weights = vec![0.0; self.kept.len()];
        let mut value = 0.0;
        for &(column, weight) in contrast {
            if self.flat[column] {
                return Err(NoAnswer::NoVariation);
            }
            let with = &self.entangled[column];
            match self.place[column] {
                Some(place) if with.is_empty() => {
                    weights[place] += weight;
                    value += weight * self.coefficients[place];
                }
                _ => return Err(NoAnswer::Collinear { with: with.clone() }),
            }
        }
        Ok((value, self.to_basis(&weights)))
    }
}

/// What one cluster contributes: everything the errors and their degrees of freedom need.
pub(super) struct Influence {
    /// Its part of each contrast's error.
    pub on_contrasts: Vec<f64>,
    /// `X_g'A_gX_gMc` in the basis, a column a contrast (no rows: the cluster is silent).
    pub pulled: Mat<f64>,
    /// `||A_gX_gMc||²` for each contrast.
    pub length: Vec<f64>,
}

impl Influence {
    pub fn of(m: &Moments, basis: &Basis, wanted: &Mat<f64>) -> Result<Self> {
        let count = wanted.ncols();
        // Places here, places in the model; columns left out of the model don't count.
        let present: Vec<(usize, usize)> = m
            .columns
            .iter()
            .enumerate()
            .filter(|&(i, _)| m.at(i, i) > NO_VARIATION * m.raw_diagonal[i])
            .filter_map(|(i, &column)| basis.place[column].map(|place| (i, place)))
            .collect();
        let silent = Self {
            on_contrasts: vec![0.0; count],
            pulled: Mat::zeros(0, count),
            length: vec![0.0; count],
        };
        if present.is_empty() || count == 0 {
            return Ok(silent);
        }
        let size = basis.kept.len();
        let local = Mat::from_fn(present.len(), present.len(), |i, j| {
            m.at(present[i].0, present[j].0)
        });
        let inverse = Mat::from_fn(present.len(), size, |i, j| basis.inverse[(present[i].1, j)]);
        // The score X_g'e_g, then the contrasts and the score side by side in the basis.
        let score: Vec<f64> = present
            .iter()
            .map(|&(i, _)| {
                let fitted: f64 = present
                    .iter()
                    .map(|&(j, place)| m.at(i, j) * basis.coefficients[place])
                    .sum();
                m.xty[i] - fitted
            })
            .collect();
        let both = Mat::from_fn(size, count + 1, |i, j| {
            if j < count {
                wanted[(i, j)]
            } else {
                score
                    .iter()
                    .enumerate()
                    .map(|(k, v)| inverse[(k, i)] * v)
                    .sum()
            }
        });
        let share = Share::of(&local, &inverse, m.n);
        let adjusted = share.adjust(&both)?;
        let pulled = share.times(adjusted.get(.., ..count));
        let length = (0..count)
            .map(|j| (0..size).map(|k| adjusted[(k, j)] * pulled[(k, j)]).sum())
            .collect();
        let on_contrasts = (0..count)
            .map(|j| {
                (0..size)
                    .map(|k| wanted[(k, j)] * adjusted[(k, count)])
                    .sum()
            })
            .collect();
        Ok(Self {
            on_contrasts,
            pulled,
            length,
        })
    }
}

/// A cluster's share `T_g` of `X'X`, in the basis where that is the identity.
enum Share {
    /// `Z` with `Z'Z = T_g`, for clusters of few rows.
    Root(Mat<f64>),
    /// `T_g` itself.
    Whole(Mat<f64>),
}

impl Share {
    fn of(local: &Mat<f64>, inverse: &Mat<f64>, rows: u64) -> Self {
        let rank = (rows as usize).min(local.nrows());
        if 2 * rank < inverse.ncols() {
            return Self::Root(times(root(local, rank).as_ref(), inverse.as_ref()));
        }
        let half = times(local.as_ref(), inverse.as_ref());
        Self::Whole(times(inverse.transpose(), half.as_ref()))
    }

    /// `T_g B`.
    fn times(&self, b: MatRef<'_, f64>) -> Mat<f64> {
        match self {
            Self::Root(root) => times(root.transpose(), times(root.as_ref(), b).as_ref()),
            Self::Whole(whole) => times(whole.as_ref(), b),
        }
    }

    /// `(I - T_g)^(-1/2) B`, with zero for the power in null directions.
    fn adjust(&self, b: &Mat<f64>) -> Result<Mat<f64>> {
        // Rows of `directions` are scaled so that their products are the eigenvalues.
        let (shares, directions) = match self {
            Self::Root(root) => {
                let (shares, vectors) = eigen(&times(root.as_ref(), root.transpose()))?;
                (shares, times(vectors.transpose(), root.as_ref()))
            }
            Self::Whole(whole) => {
                if let Some(terms) = series_terms(whole) {
                    return Ok(series(whole, b, terms));
                }
                let (shares, vectors) = eigen(whole)?;
                let directions = Mat::from_fn(shares.len(), shares.len(), |i, j| {
                    shares[i].sqrt() * vectors[(j, i)]
                });
                (shares, directions)
            }
        };
        let mut along = times(directions.as_ref(), b.as_ref());
        for (i, &share) in shares.iter().enumerate() {
            let left = 1.0 - share;
            let power = if left > NULL {
                left.sqrt().recip()
            } else {
                0.0
            };
            // (power - 1) / share, by its series where both are tiny.
            let stretch = if share < 1e-8 {
                0.5 + 0.375 * share
            } else {
                (power - 1.0) / share
            };
            for j in 0..along.ncols() {
                along[(i, j)] *= stretch;
            }
        }
        let mut out = b.clone();
        matmul(
            out.as_mut(),
            Accum::Add,
            directions.transpose(),
            along.as_ref(),
            1.0,
            Par::Seq,
        );
        Ok(out)
    }
}

/// How many terms `(1 - t)^(-1/2) = 1 + t/2 + 3t²/8 + …` needs for all eigenvalues `t`, if few
/// enough to beat computing eigenvalues (measured: about fifty products of that size).
fn series_terms(whole: &Mat<f64>) -> Option<usize> {
    let square = times(whole.as_ref(), whole.as_ref());
    let fourth = times(square.as_ref(), square.as_ref());
    // The fourth root of the length of the fourth power bounds the largest eigenvalue closely.
    let bound = fourth.norm_l2().powf(0.25);
    if bound.is_nan() || bound > SERIES_BELOW {
        return None;
    }
    let mut terms = 1;
    let mut size = bound;
    while size > 1e-17 && terms < 40 {
        size *= bound;
        terms += 1;
    }
    Some(terms)
}

fn series(whole: &Mat<f64>, b: &Mat<f64>, terms: usize) -> Mat<f64> {
    let mut factors = vec![1.0];
    for k in 1..=terms {
        factors.push(factors[k - 1] * (2 * k - 1) as f64 / (2 * k) as f64);
    }
    // Horner: ((c_m T + c_(m-1)) T + …) B.
    let mut out = b * Scale(factors[terms]);
    for &factor in factors[..terms].iter().rev() {
        let mut next = b * Scale(factor);
        matmul(
            next.as_mut(),
            Accum::Add,
            whole.as_ref(),
            out.as_ref(),
            1.0,
            Par::Seq,
        );
        out = next;
    }
    out
}

/// `G` with `G'G = local`, by Cholesky with the largest pivot first, stopping at rounding.
fn root(local: &Mat<f64>, rank: usize) -> Mat<f64> {
    let size = local.nrows();
    let mut left: Vec<f64> = (0..size).map(|i| local[(i, i)]).collect();
    let whole = left.clone();
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(rank);
    while rows.len() < rank {
        // Relative to the column's own size, so that columns of small scale aren't dropped.
        let best = (0..size).max_by(|&a, &b| (left[a] / whole[a]).total_cmp(&(left[b] / whole[b])));
        let Some(pivot) = best.filter(|&i| left[i] > 1e-12 * whole[i]) else {
            break;
        };
        let scale = left[pivot].sqrt();
        let row: Vec<f64> = (0..size)
            .map(|j| {
                let known: f64 = rows.iter().map(|row| row[pivot] * row[j]).sum();
                (local[(pivot, j)] - known) / scale
            })
            .collect();
        for (left, v) in left.iter_mut().zip(&row) {
            *left -= v * v;
        }
        left[pivot] = 0.0;
        rows.push(row);
    }
    Mat::from_fn(rows.len(), size, |i, j| rows[i][j])
}

/// Eigenvalues held to 0..1, and eigenvectors as columns. faer is built without threads, so the
/// order of its sums, and with it the last bit, is the same every time.
fn eigen(matrix: &Mat<f64>) -> Result<(Vec<f64>, Mat<f64>)> {
    if matrix.nrows() == 0 {
        return Ok((Vec::new(), Mat::zeros(0, 0)));
    }
    let parts = matrix
        .self_adjoint_eigen(Side::Lower)
        .map_err(|_| NoAnswer::Arithmetic {
            what: "eigenvalues of a cluster",
        })?;
    let values = parts
        .S()
        .column_vector()
        .iter()
        .map(|v| v.clamp(0.0, 1.0))
        .collect();
    Ok((values, parts.U().to_owned()))
}

fn times(a: MatRef<'_, f64>, b: MatRef<'_, f64>) -> Mat<f64> {
    let mut out = Mat::zeros(a.nrows(), b.ncols());
    matmul(out.as_mut(), Accum::Replace, a, b, 1.0, Par::Seq);
    out
}
