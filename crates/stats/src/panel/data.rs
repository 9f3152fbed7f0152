//! The panel as the likelihood wants it: each measure centred and divided by its spread, units
//! sorted by which values they miss, and by their values within that, so that results are the
//! same to the last bit whatever the order units came in.
//!
//! Also the checks of a panel that need its values: waves without variation, too little data,
//! columns that move as one.

use super::{Measure, Panel};
use crate::reason::{NoAnswer, Result};
use std::ops::Range;

/// Largest share of values that may be missing.
pub const MOST_MISSING: f64 = 0.8;

/// Fewest units with values in two waves.
pub const UNITS_NEEDED: usize = 10;

/// Fewest values of each measure in each wave.
pub const VALUES_NEEDED: usize = 3;

/// Units that miss the same values.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Columns that are missing, ascending.
    pub missing: Vec<usize>,
    /// Columns that are there, ascending.
    pub there: Vec<usize>,
    /// Its rows.
    pub rows: Range<usize>,
    /// Mean and scatter about it, where rows are so many that this is quicker.
    pub moments: Option<(Vec<f64>, Vec<f64>)>,
}

/// The data of one likelihood.
#[derive(Clone, Debug)]
pub(super) struct Data {
    pub waves: usize,
    /// `2 waves`: x and y of each wave in turn.
    pub columns: usize,
    pub units: usize,
    /// `units x columns`, scaled, 0 where missing.
    pub rows: Vec<f64>,
    pub groups: Vec<Group>,
    /// `units x 3 waves`, scaled; then each unit is a group of its own.
    pub errors: Option<Vec<f64>>,
    /// Mean of the errors over units, `3 waves`; zeros where there are none.
    pub mean_errors: Vec<f64>,
    /// What was taken off x and y, and what they were divided by.
    pub centre: [f64; 2],
    pub scale: [f64; 2],
    /// Values of x and of y.
    pub counts: [usize; 2],
}

impl Data {
    /// Sorted and scaled. The panel must have passed [`check`].
    pub fn new(panel: &Panel) -> Result<Self> {
        let columns = 2 * panel.waves;
        let (centre, scale, counts) = scales(panel)?;
        let order = order(panel);
        let mut rows = Vec::with_capacity(panel.values.len());
        let mut errors = panel.errors.as_ref().map(|e| Vec::with_capacity(e.len()));
        let mut groups: Vec<Group> = Vec::new();
        for (at, &unit) in order.iter().enumerate() {
            let values = &panel.values[unit * columns..(unit + 1) * columns];
            let missing: Vec<usize> = (0..columns).filter(|&j| values[j].is_nan()).collect();
            rows.extend(values.iter().enumerate().map(|(j, v)| {
                if v.is_nan() {
                    0.0
                } else {
                    (v - centre[j % 2]) / scale[j % 2]
                }
            }));
            if let (Some(out), Some(from)) = (&mut errors, &panel.errors) {
                let units = [
                    scale[0] * scale[0],
                    scale[0] * scale[1],
                    scale[1] * scale[1],
                ];
                let width = 3 * panel.waves;
                out.extend((0..width).map(|k| from[unit * width + k] / units[k % 3]));
            }
            match groups.last_mut() {
                Some(last) if errors.is_none() && last.missing == missing => {
                    last.rows.end = at + 1;
                }
                _ => groups.push(Group {
                    there: (0..columns).filter(|j| !missing.contains(j)).collect(),
                    missing,
                    rows: at..at + 1,
                    moments: None,
                }),
            }
        }
        let width = 3 * panel.waves;
        let mut mean_errors = vec![0.0; width];
        for row in errors.iter().flat_map(|e| e.chunks_exact(width)) {
            crate::dense::axpy(1.0 / panel.units as f64, row, &mut mean_errors);
        }
        let mut data = Self {
            waves: panel.waves,
            columns,
            units: panel.units,
            rows,
            groups,
            errors,
            mean_errors,
            centre,
            scale,
            counts,
        };
        data.summarise();
        Ok(data)
    }

    /// One row.
    pub fn row(&self, unit: usize) -> &[f64] {
        &self.rows[unit * self.columns..(unit + 1) * self.columns]
    }

    /// The errors of one row.
    pub fn error(&self, unit: usize) -> Option<&[f64]> {
        let width = 3 * self.waves;
        self.errors
            .as_ref()
            .map(|e| &e[unit * width..(unit + 1) * width])
    }

    /// A covariance of true values with the average errors added: what a typical unit shows.
    pub fn typical(&self, sigma: &[f64]) -> Vec<f64> {
        let p = self.columns;
        let mut out = sigma.to_vec();
        if self.errors.is_some() {
            for (wave, error) in self.mean_errors.chunks_exact(3).enumerate() {
                let (x, y) = (2 * wave, 2 * wave + 1);
                out[x * p + x] += error[0];
                out[x * p + y] += error[1];
                out[y * p + x] += error[1];
                out[y * p + y] += error[2];
            }
        }
        out
    }

    /// Values there are.
    pub fn values(&self) -> usize {
        self.counts[0] + self.counts[1]
    }

    /// What the log-likelihood of the values as given is below that of the scaled ones.
    pub fn log_scale(&self) -> f64 {
        (0..2)
            .map(|k| self.counts[k] as f64 * self.scale[k].ln())
            .sum()
    }

    /// Mean and scatter of the groups that are large enough to gain from it.
    pub fn summarise(&mut self) {
        let p = self.columns;
        let rows = &self.rows;
        for group in &mut self.groups {
            let n = group.rows.len();
            if self.errors.is_some() || n < 2 * p {
                group.moments = None;
                continue;
            }
            let mut mean = vec![0.0; p];
            for unit in group.rows.clone() {
                crate::dense::axpy(1.0 / n as f64, &rows[unit * p..(unit + 1) * p], &mut mean);
            }
            let mut scatter = vec![0.0; p * p];
            let mut off = vec![0.0; p];
            for unit in group.rows.clone() {
                for j in 0..p {
                    off[j] = rows[unit * p + j] - mean[j];
                }
                for i in 0..p {
                    crate::dense::axpy(off[i], &off[..=i], &mut scatter[i * p..i * p + i + 1]);
                }
            }
            crate::dense::mirror(&mut scatter, p);
            group.moments = Some((mean, scatter));
        }
    }
}

/// Units by which values they miss, then by their values, then by their errors.
fn order(panel: &Panel) -> Vec<usize> {
    let columns = 2 * panel.waves;
    let row = |unit: usize| &panel.values[unit * columns..(unit + 1) * columns];
    let errors = |unit: usize| {
        let width = 3 * panel.waves;
        panel
            .errors
            .as_ref()
            .map(|e| &e[unit * width..(unit + 1) * width])
            .unwrap_or_default()
    };
    let compare = |a: &[f64], b: &[f64]| {
        a.iter()
            .zip(b)
            .map(|(a, b)| a.total_cmp(b))
            .find(|order| order.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    };
    let mut order: Vec<usize> = (0..panel.units).collect();
    order.sort_by(|&a, &b| {
        let pattern = row(a)
            .iter()
            .zip(row(b))
            .map(|(a, b)| a.is_nan().cmp(&b.is_nan()))
            .find(|order| order.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal);
        pattern
            .then_with(|| compare(row(a), row(b)))
            .then_with(|| compare(errors(a), errors(b)))
    });
    order
}

/// Centre, spread and count of each measure over all units and waves.
fn scales(panel: &Panel) -> Result<([f64; 2], [f64; 2], [usize; 2])> {
    let (mut centre, mut scale, mut counts) = ([0.0; 2], [0.0; 2], [0; 2]);
    for k in 0..2 {
        let mut values: Vec<f64> = panel
            .values
            .iter()
            .skip(k)
            .step_by(2)
            .copied()
            .filter(|v| !v.is_nan())
            .collect();
        // Sums in the order of size, so that the order of rows can't show.
        values.sort_by(f64::total_cmp);
        let n = values.len();
        counts[k] = n;
        let largest = values.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
        if n < 2 || largest == 0.0 {
            return Err(NoAnswer::NoVariation);
        }
        let mean = values.iter().sum::<f64>() / n as f64;
        let square = values
            .iter()
            .map(|v| ((v - mean) / largest).powi(2))
            .sum::<f64>();
        let spread = (square / n as f64).sqrt() * largest;
        if !(spread > 1e-12 * largest && spread > 1e-100) {
            return Err(NoAnswer::NoVariation);
        }
        centre[k] = mean;
        scale[k] = spread;
    }
    Ok((centre, scale, counts))
}

/// Refuses a panel no model can be fitted to: see [`super::fit`] for the reasons.
pub(super) fn check(panel: &Panel, waves_needed: usize) -> Result<()> {
    if panel.waves < waves_needed {
        return Err(NoAnswer::TooFewPeriods {
            n: panel.waves,
            needed: waves_needed,
        });
    }
    let repeated = (0..panel.units)
        .filter(|&unit| {
            let there = |wave: &usize| {
                panel.value(unit, *wave, Measure::X).is_some()
                    || panel.value(unit, *wave, Measure::Y).is_some()
            };
            (0..panel.waves).filter(there).count() >= 2
        })
        .count();
    if repeated < UNITS_NEEDED {
        return Err(NoAnswer::TooFewUnits {
            n: repeated,
            needed: UNITS_NEEDED,
        });
    }
    let share = panel.share_missing();
    if share > MOST_MISSING {
        return Err(NoAnswer::TooManyMissing {
            share,
            most: MOST_MISSING,
        });
    }
    for measure in [Measure::X, Measure::Y] {
        for wave in 0..panel.waves {
            check_wave(panel, measure, wave)?;
        }
    }
    check_pairs(panel)
}

/// Enough different values of one measure in one wave.
fn check_wave(panel: &Panel, measure: Measure, wave: usize) -> Result<()> {
    let values = (0..panel.units).filter_map(|unit| panel.value(unit, wave, measure));
    let (mut n, mut low, mut high) = (0, f64::INFINITY, f64::NEG_INFINITY);
    for value in values {
        n += 1;
        low = low.min(value);
        high = high.max(value);
    }
    if n < VALUES_NEEDED {
        return Err(NoAnswer::TooFewInWave {
            measure: measure.letter(),
            wave: wave + 1,
            n,
            needed: VALUES_NEEDED,
        });
    }
    if high - low <= 1e-12 * low.abs().max(high.abs()) {
        return Err(NoAnswer::ConstantInWave {
            measure: measure.letter(),
            wave: wave + 1,
        });
    }
    Ok(())
}

/// Two columns that are the same but for scale, where both are known.
fn check_pairs(panel: &Panel) -> Result<()> {
    let columns = 2 * panel.waves;
    for a in 0..columns {
        for b in 0..a {
            // Columns more than a wave apart are only the same if those between are.
            if a / 2 - b / 2 > 1 {
                continue;
            }
            let pairs: Vec<(f64, f64)> = (0..panel.units)
                .map(|unit| {
                    let row = &panel.values[unit * columns..(unit + 1) * columns];
                    (row[a], row[b])
                })
                .filter(|(x, y)| !x.is_nan() && !y.is_nan())
                .collect();
            if pairs.len() > 3 && correlation(&pairs).is_some_and(|r| r.abs() > 1.0 - 1e-9) {
                let name = |j: usize| (Measure::BOTH[j % 2].letter(), j / 2 + 1);
                return Err(NoAnswer::MoveAsOne {
                    first: name(b),
                    second: name(a),
                });
            }
        }
    }
    Ok(())
}

fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let size =
        |pick: fn(&(f64, f64)) -> f64| pairs.iter().map(|p| pick(p).abs()).fold(0.0_f64, f64::max);
    let (size_a, size_b) = (size(|p| p.0), size(|p| p.1));
    let mean = |pick: fn(&(f64, f64)) -> f64, size: f64| {
        pairs.iter().map(|p| pick(p) / size).sum::<f64>() / n
    };
    let (mean_a, mean_b) = (mean(|p| p.0, size_a), mean(|p| p.1, size_b));
    let (mut aa, mut ab, mut bb) = (0.0, 0.0, 0.0);
    for (a, b) in pairs {
        let (a, b) = (a / size_a - mean_a, b / size_b - mean_b);
        aa += a * a;
        ab += a * b;
        bb += b * b;
    }
    let r = ab / (aa * bb).sqrt();
    r.is_finite().then_some(r)
}
