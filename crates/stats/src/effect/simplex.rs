//! Small dense linear programmes `max c'x, Ax = b, x ≥ 0` with one feasible set and many
//! objectives, by the primal simplex method: a feasible basis is found once, each objective
//! starts from it. Bland's rule takes over where steps gain nothing, so that it ends.

use crate::reason::{NoAnswer, Result};

const SMALL: f64 = 1e-10;
/// Steps by steepest gain before Bland's rule takes over.
const STEEPEST: usize = 200;
const STEPS: usize = 5_000;

/// A feasible set with a basis.
#[derive(Clone, Debug)]
pub(crate) struct Programme {
    /// Rows of `B⁻¹A`, then `B⁻¹b` as the last entry.
    rows: Vec<Vec<f64>>,
    /// Basic variable of each row.
    basis: Vec<usize>,
    width: usize,
}

impl Programme {
    /// Finds a feasible basis. `a` holds rows; `b` must be at least 0.
    pub(crate) fn new(a: &[Vec<f64>], b: &[f64]) -> Result<Self> {
        let failed = NoAnswer::Arithmetic {
            what: "linear programme",
        };
        let (height, width) = (a.len(), a.first().map_or(0, Vec::len));
        // One artificial variable a row; they leave by maximising minus their sum.
        let rows = a
            .iter()
            .zip(b)
            .enumerate()
            .map(|(i, (row, &b))| {
                let mut wide = row.clone();
                wide.extend((0..height).map(|j| f64::from(u8::from(i == j))));
                wide.push(b);
                wide
            })
            .collect();
        let mut start = Self {
            rows,
            basis: (width..width + height).collect(),
            width: width + height,
        };
        let mut objective = vec![0.0; width];
        objective.extend(vec![-1.0; height]);
        let value = start.climb(&objective).ok_or_else(|| failed.clone())?;
        if value < -1e-8 {
            return Err(failed);
        }
        // Artificial variables left at zero are swapped out, or their row says nothing.
        let mut row = 0;
        while row < start.rows.len() {
            if start.basis[row] < width {
                row += 1;
                continue;
            }
            let own = &start.rows[row];
            let best = (0..width).max_by(|&x, &y| own[x].abs().total_cmp(&own[y].abs()));
            match best.filter(|&k| own[k].abs() > 1e-9) {
                Some(column) => {
                    start.pivot(row, column);
                    row += 1;
                }
                None => {
                    start.rows.remove(row);
                    start.basis.remove(row);
                }
            }
        }
        for row in &mut start.rows {
            let right = row.last().copied().unwrap_or(0.0);
            row.truncate(width);
            row.push(right);
        }
        start.width = width;
        Ok(start)
    }

    /// The largest `c'x` and its `x`; none if the steps don't end.
    pub(crate) fn solve(&self, objective: &[f64]) -> Option<(f64, Vec<f64>)> {
        let mut at = self.clone();
        let value = at.climb(objective)?;
        let mut x = vec![0.0; self.width];
        for (row, &variable) in at.rows.iter().zip(&at.basis) {
            x[variable] = row.last().copied().unwrap_or(0.0).max(0.0);
        }
        Some((value, x))
    }

    fn climb(&mut self, objective: &[f64]) -> Option<f64> {
        let scale = objective.iter().map(|v| v.abs()).fold(0.0, f64::max);
        let mut gains: Vec<f64> = objective.to_vec();
        for (row, &variable) in self.rows.iter().zip(&self.basis) {
            for (gain, v) in gains.iter_mut().zip(row) {
                *gain -= objective[variable] * v;
            }
        }
        for step in 0..STEPS {
            let rising = |k: &usize| gains[*k] > SMALL * scale;
            let column = if step < STEEPEST {
                (0..self.width)
                    .filter(rising)
                    .max_by(|&x, &y| gains[x].total_cmp(&gains[y]))
            } else {
                (0..self.width).find(rising)
            };
            let Some(column) = column else {
                return Some(
                    self.rows
                        .iter()
                        .zip(&self.basis)
                        .map(|(row, &v)| objective[v] * row[self.width])
                        .sum(),
                );
            };
            let mut leaving: Option<(usize, f64)> = None;
            for (i, row) in self.rows.iter().enumerate() {
                if row[column] > SMALL {
                    let ratio = row[self.width].max(0.0) / row[column];
                    let better = leaving.is_none_or(|(old, least)| {
                        ratio < least - 1e-14
                            || (ratio <= least + 1e-14 && self.basis[i] < self.basis[old])
                    });
                    if better {
                        leaving = Some((i, ratio));
                    }
                }
            }
            // No row leaves: unbounded, which the sets used here can't be.
            let (row, _) = leaving?;
            self.pivot(row, column);
            let by = gains[column];
            for (gain, v) in gains.iter_mut().zip(&self.rows[row]) {
                *gain -= by * v;
            }
        }
        None
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let by = self.rows[row][column];
        for v in &mut self.rows[row] {
            *v /= by;
        }
        let own = self.rows[row].clone();
        for (i, other) in self.rows.iter_mut().enumerate() {
            let by = other[column];
            if i != row && by != 0.0 {
                for (v, o) in other.iter_mut().zip(&own) {
                    *v -= by * o;
                }
            }
        }
        self.basis[row] = column;
    }
}
