//! Change of a share or mean: between two periods, and along time.

use super::Sums;
use crate::answer::Answer;
use crate::clustered::{Intercept, Source, solve};
use crate::gram::Moments;
use crate::reason::{NoAnswer, Result, same_length, within};

/// Fewest distinct times for a trend.
const PERIODS_NEEDED: usize = 3;

/// Mean of `after` minus mean of `before`; the same clusters in the same order, some of which may
/// have no rows in one of the two. Rows of one cluster may resemble each other across periods.
///
/// # Errors
/// [`NoAnswer::Shape`] if the lengths differ, [`NoAnswer::Empty`] if one side has no rows, and as
/// [`super::clustered_mean`].
pub fn difference(before: &[Sums], after: &[Sums]) -> Result<Answer> {
    same_length(before.len(), after.len())?;
    for side in [before, after] {
        for sums in side {
            sums.checked()?;
        }
        if side.iter().all(|sums| sums.n == 0) {
            return Err(NoAnswer::Empty);
        }
    }
    let moments = |g: usize| {
        let (b, a) = (&before[g], &after[g]);
        let (nb, na) = (b.n as f64, a.n as f64);
        let squares = b.sum_squares + a.sum_squares;
        Moments {
            n: b.n + a.n,
            columns: vec![0, 1],
            xtx: vec![nb, 0.0, na],
            xty: vec![b.sum, a.sum],
            yty: squares,
            raw_diagonal: vec![nb, na],
            raw_yty: squares,
        }
    };
    first(
        &before
            .iter()
            .zip(after)
            .map(|(b, a)| b.n + a.n)
            .collect::<Vec<_>>(),
        2,
        Intercept::Absent,
        &moments,
        vec![(0, -1.0), (1, 1.0)],
    )
}

/// The rows of one cluster at one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrendCell {
    /// The cluster, counted from 0.
    pub cluster: usize,
    /// The time, in years from any fixed day.
    pub at_years: f64,
    /// Its rows.
    pub sums: Sums,
}

/// Slope per year of a share or mean. [`Intercept::WithinCluster`] leaves out what comes from
/// clusters giving more or fewer rows over time; [`Intercept::Shared`] doesn't.
///
/// # Errors
/// [`NoAnswer::TooFewPeriods`] under three distinct times, [`NoAnswer::OutOfRange`] for times past
/// ±10,000 years, and as [`super::clustered_mean`].
pub fn trend(cells: &[TrendCell], intercept: Intercept) -> Result<Answer> {
    let mut times: Vec<f64> = Vec::new();
    for cell in cells {
        cell.sums.checked()?;
        within(cell.at_years, -1e4, 1e4)?;
        if cell.sums.n > 0 {
            times.push(cell.at_years);
        }
    }
    if times.is_empty() {
        return Err(NoAnswer::Empty);
    }
    times.sort_by(f64::total_cmp);
    times.dedup();
    if times.len() < PERIODS_NEEDED {
        return Err(NoAnswer::TooFewPeriods {
            n: times.len(),
            needed: PERIODS_NEEDED,
        });
    }
    // About the middle, so that squares of years don't drown the slope.
    let middle = (times[0] + times[times.len() - 1]) / 2.0;
    let mut ordered: Vec<&TrendCell> = cells.iter().filter(|cell| cell.sums.n > 0).collect();
    ordered.sort_by(|a, b| {
        a.cluster
            .cmp(&b.cluster)
            .then(a.at_years.total_cmp(&b.at_years))
    });
    let clusters: Vec<&[&TrendCell]> = ordered.chunk_by(|a, b| a.cluster == b.cluster).collect();
    let rows: Vec<u64> = clusters
        .iter()
        .map(|cells| cells.iter().map(|cell| cell.sums.n).sum())
        .collect();
    let moments = |g: usize| {
        let (mut n, mut t, mut tt, mut y, mut ty, mut yy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for cell in clusters[g] {
            let (count, time) = (cell.sums.n as f64, cell.at_years - middle);
            n += count;
            t += count * time;
            tt += count * time * time;
            y += cell.sums.sum;
            ty += time * cell.sums.sum;
            yy += cell.sums.sum_squares;
        }
        match intercept {
            Intercept::Shared => Moments {
                n: rows[g],
                columns: vec![0, 1],
                xtx: vec![tt, t, n],
                xty: vec![ty, y],
                yty: yy,
                raw_diagonal: vec![tt, n],
                raw_yty: yy,
            },
            Intercept::Absent => Moments {
                n: rows[g],
                columns: vec![0],
                xtx: vec![tt],
                xty: vec![ty],
                yty: yy,
                raw_diagonal: vec![tt],
                raw_yty: yy,
            },
            Intercept::WithinCluster => Moments {
                n: rows[g],
                columns: vec![0],
                xtx: vec![(tt - t * t / n).max(0.0)],
                xty: vec![ty - t * y / n],
                yty: (yy - y * y / n).max(0.0),
                raw_diagonal: vec![tt],
                raw_yty: yy,
            },
        }
    };
    let width = if intercept == Intercept::Shared { 2 } else { 1 };
    first(&rows, width, intercept, &moments, vec![(0, 1.0)])
}

fn first(
    rows: &[u64],
    width: usize,
    intercept: Intercept,
    moments: &(dyn Fn(usize) -> Moments + Sync),
    contrast: Vec<(usize, f64)>,
) -> Result<Answer> {
    let source = Source {
        rows: rows.to_vec(),
        width,
        intercept,
        moments,
    };
    let solved = solve(&source, &[contrast])?;
    solved
        .answers
        .into_iter()
        .next()
        .map_or(Err(NoAnswer::Empty), |(_, answer)| answer)
}
