//! Slopes of scaled columns on the scaled outcome, with errors robust to clusters or, where there
//! are none, to rows of unequal spread.

use super::moments::{Correlations, Inverse, Scaled, by_cluster};
use super::rows;
use crate::answer::Answer;
use crate::clustered::{Intercept, Source, solve};
use crate::gram::Moments;
use crate::reason::{NoAnswer, Result};

/// CR2 errors with clusters.
pub(super) fn clustered(
    columns: &[Scaled],
    outcome: &Scaled,
    clusters: &[usize],
) -> Result<Vec<Answer>> {
    let members = by_cluster(clusters);
    let moments = |cluster: usize| moments_of(&members[cluster], columns, outcome);
    let source = Source {
        rows: members.iter().map(|rows| rows.len() as u64).collect(),
        width: columns.len() + 1,
        intercept: Intercept::Shared,
        moments: &moments,
    };
    let contrasts: Vec<Vec<(usize, f64)>> = (0..columns.len())
        .map(|column| vec![(column, 1.0)])
        .collect();
    let solved = solve(&source, &contrasts)?;
    solved
        .answers
        .into_iter()
        .map(|(_, answer)| answer)
        .collect()
}

/// A cluster's sums of products of (columns, 1).
fn moments_of(rows: &[usize], columns: &[Scaled], outcome: &Scaled) -> Moments {
    let width = columns.len() + 1;
    let mut xtx = vec![0.0; width * (width + 1) / 2];
    let mut xty = vec![0.0; width];
    let mut yty = 0.0;
    let mut of_row = vec![1.0; width];
    for &row in rows {
        let y = outcome.values[row];
        for (to, column) in of_row.iter_mut().zip(columns) {
            *to = column.values[row];
        }
        let mut at = 0;
        for i in 0..width {
            let value = of_row[i];
            for (to, other) in xtx[at..=at + i].iter_mut().zip(&of_row) {
                *to += value * other;
            }
            at += i + 1;
            xty[i] += value * y;
        }
        yty += y * y;
    }
    let raw_diagonal = (0..width).map(|i| xtx[i * (i + 1) / 2 + i]).collect();
    Moments {
        n: rows.len() as u64,
        columns: (0..width).collect(),
        xtx,
        xty,
        yty,
        raw_diagonal,
        raw_yty: yty,
    }
}

/// HC2 errors, every row a cluster of its own.
pub(super) fn by_row(
    columns: &[Scaled],
    outcome: &Scaled,
    correlations: &Correlations,
    inverse: &Inverse,
) -> Result<Vec<Answer>> {
    let n = outcome.values.len() as u64;
    if correlations.count != columns.len() {
        return Err(NoAnswer::Shape {
            expected: columns.len(),
            got: correlations.count,
        });
    }
    let spreads = rows::spreads(columns, outcome, inverse);
    Ok(spreads
        .into_iter()
        .enumerate()
        .map(|(j, spread)| Answer {
            value: inverse.slope(j),
            n,
            spread,
        })
        .collect())
}
