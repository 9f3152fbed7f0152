//! How a unit's measures move one another from month to month: the truth that a random-intercept
//! cross-lagged panel model is asked to find (Hamaker, Kuiper & Grasman 2015).
//!
//! Within a unit, deviations follow `w[t] = A w[t-1] + e` with unit variances. Stability is
//! uniform on .2-.5. Each of the six cross paths is zero with chance .5, else gamma with mean .15
//! and, mostly, the sign one would guess. Units' levels correlate too, which is the trap: a
//! relation between units says nothing on what moves what.

use super::normal;
use crate::dates::MONTHS;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma};

/// Names of the measures, in the order of the matrices.
pub(crate) const MEASURES: [&str; 3] = ["engagement", "workload", "satisfaction"];
/// Standard deviation within units of each, in points.
pub(crate) const WITHIN: [f64; 3] = [0.6, 0.7, 0.3];

type Matrix = [[f64; 3]; 3];

/// Drawn paths, levels and courses.
#[derive(Debug)]
pub(crate) struct Links {
    /// Standardised path from column to row, a month later.
    pub paths: Matrix,
    /// Correlation between units' levels of engagement and satisfaction.
    pub between: f64,
    /// Standardised levels of engagement and workload by unit.
    pub levels: Vec<[f64; 2]>,
    /// Standardised deviations by unit and month.
    within: Vec<[[f64; 3]; MONTHS]>,
}

impl Links {
    pub(crate) fn draw(unit_effects: &[f64], rng: &mut ChaCha8Rng) -> Self {
        let together = draw_together(rng);
        let mut paths = draw_paths(rng);
        let (start, shock) = loop {
            let left = innovations(&paths, &together);
            if let (Some(start), Some(shock)) = (cholesky(&together), cholesky(&left)) {
                break (start, shock);
            }
            // Too strong for the drawn correlations: weaken until the process can exist.
            for row in &mut paths {
                for path in row {
                    *path *= 0.8;
                }
            }
        };
        let noise = normal(0.0, 1.0);
        let draw = |root: &Matrix, rng: &mut ChaCha8Rng| {
            let z: [f64; 3] = std::array::from_fn(|_| noise.sample(rng));
            times(root, &z)
        };
        let within = unit_effects
            .iter()
            .map(|_| {
                let mut course = [[0.0; 3]; MONTHS];
                course[0] = draw(&start, rng);
                for month in 1..MONTHS {
                    let (carried, new) = (times(&paths, &course[month - 1]), draw(&shock, rng));
                    course[month] = std::array::from_fn(|i| carried[i] + new[i]);
                }
                course
            })
            .collect();
        let between = rng.random_range(0.1..0.6);
        let levels = standardised(unit_effects)
            .into_iter()
            .map(|level| {
                let own = noise.sample(rng);
                let engagement = between * level + (1.0 - between * between).sqrt() * own;
                [engagement, -0.4 * engagement + 0.9 * noise.sample(rng)]
            })
            .collect();
        Self {
            paths,
            between,
            levels,
            within,
        }
    }

    /// Deviation of a unit's satisfaction in a month, in points.
    pub(crate) fn satisfaction_within(&self, unit: usize, month: usize) -> f64 {
        self.deviation(unit, month, 2)
    }

    /// Deviation of a measure in a unit and month, in points.
    pub(crate) fn deviation(&self, unit: usize, month: usize, measure: usize) -> f64 {
        WITHIN[measure] * self.within[unit][month][measure]
    }
}

/// Correlations in the same month.
fn draw_together(rng: &mut ChaCha8Rng) -> Matrix {
    let [ew, es, ws] = [-0.25, 0.2, -0.1].map(|usual: f64| usual * rng.random_range(0.0..1.5));
    [[1.0, ew, es], [ew, 1.0, ws], [es, ws, 1.0]]
}

fn draw_paths(rng: &mut ChaCha8Rng) -> Matrix {
    let sizes = Gamma::new(3.0, 0.05).expect("constants");
    // Row moved by column: engagement, workload, satisfaction.
    let guess = [[1.0, -1.0, 1.0], [-1.0, 1.0, -1.0], [1.0, -1.0, 1.0]];
    std::array::from_fn(|to| {
        std::array::from_fn(|from| {
            if from == to {
                return rng.random_range(0.2..0.5);
            }
            let (present, as_guessed) = (rng.random_bool(0.5), rng.random_bool(0.85));
            let size: f64 = sizes.sample(rng);
            let sign = if as_guessed { 1.0 } else { -1.0 };
            if present {
                guess[to][from] * sign * size
            } else {
                0.0
            }
        })
    })
}

/// What new shocks must bring so that variances stay one: `R - A R A'`.
fn innovations(a: &Matrix, r: &Matrix) -> Matrix {
    std::array::from_fn(|i| {
        std::array::from_fn(|j| {
            let mut carried = 0.0;
            for k in 0..3 {
                for l in 0..3 {
                    carried += a[i][k] * r[k][l] * a[j][l];
                }
            }
            r[i][j] - carried
        })
    })
}

/// Lower root of a positive definite matrix; none if it isn't.
fn cholesky(m: &Matrix) -> Option<Matrix> {
    let mut root = [[0.0; 3]; 3];
    for i in 0..3 {
        for j in 0..=i {
            let done: f64 = (0..j).map(|k| root[i][k] * root[j][k]).sum();
            let left = m[i][j] - done;
            if i == j {
                if left <= 1e-6 {
                    return None;
                }
                root[i][j] = left.sqrt();
            } else {
                root[i][j] = left / root[j][j];
            }
        }
    }
    Some(root)
}

fn times(m: &Matrix, v: &[f64; 3]) -> [f64; 3] {
    std::array::from_fn(|i| (0..3).map(|j| m[i][j] * v[j]).sum())
}

fn standardised(values: &[f64]) -> Vec<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let sd = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
    values.iter().map(|v| (v - mean) / sd.max(1e-12)).collect()
}
