//! Johnson's relative weights: the columns' nearest orthogonal stand-ins share R² out without
//! dispute, and each stand-in's part is handed back by its squared correlations with the columns
//! (Johnson 2000, Multivariate Behavioral Research 35:1-19).

use super::moments::Correlations;
use crate::reason::{NoAnswer, Result};
use faer::{Mat, Side};

/// A weight for each column; they sum to R².
pub(super) fn weights(correlations: &Correlations) -> Result<Vec<f64>> {
    let count = correlations.count;
    let failed = || NoAnswer::Arithmetic {
        what: "eigenvalues of the correlations",
    };
    let matrix = Mat::from_fn(count, count, |i, j| correlations.get(i, j));
    let eigen = matrix
        .self_adjoint_eigen(Side::Lower)
        .map_err(|_| failed())?;
    let vectors = eigen.U();
    let roots: Vec<f64> = eigen
        .S()
        .column_vector()
        .iter()
        .map(|value| value.max(0.0).sqrt())
        .collect();
    if roots.iter().any(|root| *root <= 0.0) {
        return Err(failed());
    }
    // The square root of the correlations, and the outcome's correlations with the stand-ins.
    let root = |i: usize, j: usize| -> f64 {
        (0..count)
            .map(|k| vectors[(i, k)] * roots[k] * vectors[(j, k)])
            .sum()
    };
    let outcome: Vec<f64> = (0..count)
        .map(|k| {
            (0..count)
                .map(|i| vectors[(i, k)] * correlations.with_outcome(i))
                .sum::<f64>()
                / roots[k]
        })
        .collect();
    let slopes: Vec<f64> = (0..count)
        .map(|j| (0..count).map(|k| vectors[(j, k)] * outcome[k]).sum())
        .collect();
    Ok((0..count)
        .map(|i| {
            (0..count)
                .map(|j| root(i, j).powi(2) * slopes[j].powi(2))
                .sum()
        })
        .collect())
}
