//! Many shares at once from one [`Gram`] a cluster, with what each cluster adds to each share's
//! error, so that joint covariances (also with slopes) need no second scan.

use super::share_spread;
use crate::answer::{Answer, CLUSTERS_NEEDED, Spread};
use crate::clustered::products;
use crate::gram::Gram;
use crate::reason::{NoAnswer, Result, within};
use crate::symmetric::Symmetric;

/// Shares of several columns among the same rows.
#[derive(Clone, Debug)]
pub struct Shares {
    /// Rows.
    pub n: u64,
    /// Clusters with rows.
    pub clusters: usize,
    /// One for each column asked for.
    pub answers: Vec<Answer>,
    /// What each cluster adds to each share's error (`clusters × columns`).
    pub influence: Vec<Vec<f64>>,
    /// CR2 covariance: the sum over clusters of products of influences.
    pub covariance: Symmetric,
}

/// The share of rows in which each of `columns` (0/1) is 1.
///
/// # Errors
/// [`NoAnswer::Empty`] without rows, [`NoAnswer::OutOfRange`] if a column's sum is not within 0
/// and its rows. A column that is the same in all rows, or fewer than ten clusters, gives a value
/// without an interval.
pub fn shares(clusters: &[Gram], columns: &[usize]) -> Result<Shares> {
    let n: u64 = clusters.iter().map(Gram::n).sum();
    if n == 0 {
        return Err(NoAnswer::Empty);
    }
    let whole = n as f64;
    let occupied = clusters.iter().filter(|gram| gram.n() > 0).count();
    let mut values = Vec::with_capacity(columns.len());
    for &column in columns {
        let sum: f64 = clusters.iter().map(|gram| gram.sum(column)).sum();
        values.push(within(sum, 0.0, whole)? / whole);
    }
    // The constant-only case of CR2 in closed form: I - T_g is 1 - t with t the cluster's part of
    // the rows, and p_gh is t where g = h, minus the product of pulls otherwise.
    let mut influence = Vec::with_capacity(clusters.len());
    let (mut own, mut pulls, mut fourth) = (0.0, 0.0, 0.0);
    for gram in clusters {
        let part = gram.n() as f64 / whole;
        let power = if part < 1.0 {
            (1.0 - part).sqrt().recip()
        } else {
            0.0
        };
        own += part * part;
        pulls += (part * power).powi(2);
        fourth += (part * power).powi(4);
        let row = columns
            .iter()
            .zip(&values)
            .map(|(&column, share)| (gram.sum(column) - share * gram.n() as f64) * power / whole);
        influence.push(row.collect());
    }
    let df = 1.0 / (own + pulls * pulls - fourth);
    let covariance = products(&influence, columns.len());
    let answers = values
        .iter()
        .enumerate()
        .map(|(k, &value)| {
            let spread = if occupied < CLUSTERS_NEEDED {
                Err(NoAnswer::TooFewClusters {
                    n: occupied,
                    needed: CLUSTERS_NEEDED,
                })
            } else {
                Spread::symmetric(value, covariance.get(k, k).sqrt(), df)
                    .map(|spread| share_spread(value, n, spread))
            };
            Answer { value, n, spread }
        })
        .collect();
    Ok(Shares {
        n,
        clusters: occupied,
        answers,
        influence,
        covariance,
    })
}
