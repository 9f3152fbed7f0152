//! The panel as it is given: two measures, x and y, of units over waves, any of them missing, and
//! where known how noisy each value is. Checks what can be wrong with it.
//!
//! It estimates nothing. Units and waves are numbered from 0 here; results number waves from 1.

use super::{Measure, data};
use crate::reason::{NoAnswer, Result};

/// Largest size of a value: squares and products of two must stay far from infinity.
pub const LARGEST: f64 = 1e100;

/// Most waves that are taken.
pub const MOST_WAVES: usize = 100;

/// How far off the values of one unit in one wave may be, because they are means of few answers:
/// variances and covariance of their errors, in squared units of the values.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SamplingError {
    /// Variance of x's error.
    pub x: f64,
    /// Variance of y's error.
    pub y: f64,
    /// Covariance of the two errors; 0 unless the same people answered both.
    pub xy: f64,
}

/// One unit in one wave.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Row {
    /// The unit, from 0.
    pub unit: usize,
    /// The wave, from 0.
    pub wave: usize,
    /// The first measure, where known.
    pub x: Option<f64>,
    /// The second measure, where known.
    pub y: Option<f64>,
    /// The errors' variances, where known; all rows with a value have them or none has.
    pub error: Option<SamplingError>,
}

/// Two measures of units over waves.
#[derive(Clone, Debug)]
pub struct Panel {
    pub(super) waves: usize,
    /// Units with at least one value.
    pub(super) units: usize,
    /// `units x 2 waves`, x and y in turn; NaN (never shown) where there is no value.
    pub(super) values: Vec<f64>,
    /// `units x 3 waves`: variance of x's error, covariance, variance of y's.
    pub(super) errors: Option<Vec<f64>>,
}

impl Panel {
    /// From one row per unit and wave, in any order; what isn't named is missing. Units without
    /// any value are left out.
    ///
    /// # Errors
    /// [`NoAnswer::Shape`] for a unit or wave past the end, [`NoAnswer::RepeatedUnitWave`],
    /// [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`], [`NoAnswer::ErrorMissing`] where some
    /// values have an error variance and others don't, and [`NoAnswer::Empty`].
    pub fn from_rows(units: usize, waves: usize, rows: &[Row]) -> Result<Self> {
        if waves > MOST_WAVES {
            return Err(NoAnswer::TooManyItems {
                n: waves,
                most: MOST_WAVES,
            });
        }
        let columns = 2 * waves;
        let mut values = vec![f64::NAN; units * columns];
        let mut errors = vec![0.0; units * 3 * waves];
        let mut seen = vec![false; units * waves];
        let with_errors = rows.iter().any(|row| row.error.is_some());
        for row in rows {
            for (index, bound) in [(row.unit, units), (row.wave, waves)] {
                if index >= bound {
                    return Err(NoAnswer::Shape {
                        expected: bound,
                        got: index,
                    });
                }
            }
            let cell = row.unit * waves + row.wave;
            if std::mem::replace(&mut seen[cell], true) {
                return Err(NoAnswer::RepeatedUnitWave {
                    unit: row.unit,
                    wave: row.wave + 1,
                });
            }
            for (offset, value) in [(0, row.x), (1, row.y)] {
                if let Some(value) = value {
                    values[2 * cell + offset] =
                        crate::reason::within(value, -LARGEST, LARGEST)? + 0.0;
                }
            }
            if row.x.is_none() && row.y.is_none() {
                continue;
            }
            match row.error {
                Some(error) => {
                    errors[3 * cell..3 * cell + 3].copy_from_slice(&checked(error, row)?);
                }
                None if with_errors => {
                    return Err(NoAnswer::ErrorMissing {
                        unit: row.unit,
                        wave: row.wave + 1,
                    });
                }
                None => {}
            }
        }
        let kept: Vec<usize> = (0..units)
            .filter(|unit| {
                values[unit * columns..(unit + 1) * columns]
                    .iter()
                    .any(|v| !v.is_nan())
            })
            .collect();
        if kept.is_empty() {
            return Err(NoAnswer::Empty);
        }
        let pick = |from: &[f64], width: usize| -> Vec<f64> {
            kept.iter()
                .flat_map(|unit| from[unit * width..(unit + 1) * width].iter().copied())
                .collect()
        };
        Ok(Self {
            waves,
            units: kept.len(),
            values: pick(&values, columns),
            errors: with_errors.then(|| pick(&errors, 3 * waves)),
        })
    }

    /// From one row per unit: its values of x in each wave and of y in each wave.
    ///
    /// # Errors
    /// As [`Panel::from_rows`]; [`NoAnswer::Shape`] where rows differ in length.
    pub fn from_wide(x: &[Vec<Option<f64>>], y: &[Vec<Option<f64>>]) -> Result<Self> {
        crate::reason::same_length(x.len(), y.len())?;
        let waves = x.first().map_or(0, Vec::len);
        let mut rows = Vec::with_capacity(x.len() * waves);
        for (unit, (xs, ys)) in x.iter().zip(y).enumerate() {
            crate::reason::same_length(waves, xs.len())?;
            crate::reason::same_length(waves, ys.len())?;
            for (wave, (&x, &y)) in xs.iter().zip(ys).enumerate() {
                rows.push(Row {
                    unit,
                    wave,
                    x,
                    y,
                    error: None,
                });
            }
        }
        Self::from_rows(x.len(), waves, &rows)
    }

    /// Units with at least one value.
    pub fn units(&self) -> usize {
        self.units
    }

    /// Waves.
    pub fn waves(&self) -> usize {
        self.waves
    }

    /// Whether errors of the values are known.
    pub fn has_errors(&self) -> bool {
        self.errors.is_some()
    }

    /// Share of values that are missing.
    pub fn share_missing(&self) -> f64 {
        let missing = self.values.iter().filter(|v| v.is_nan()).count();
        missing as f64 / self.values.len().max(1) as f64
    }

    /// The same panel without its errors, to show what ignoring them does.
    #[must_use]
    pub fn without_errors(&self) -> Self {
        Self {
            errors: None,
            ..self.clone()
        }
    }

    /// A value, where there is one.
    pub(super) fn value(&self, unit: usize, wave: usize, measure: Measure) -> Option<f64> {
        let value = self.values[(unit * self.waves + wave) * 2 + measure.index()];
        (!value.is_nan()).then_some(value)
    }

    /// Refuses what no panel model can be fitted to.
    ///
    /// # Errors
    /// See [`super::fit`].
    pub(super) fn check(&self, waves_needed: usize) -> Result<()> {
        data::check(self, waves_needed)
    }
}

/// The three numbers of an error, refused where they are no covariance matrix.
fn checked(error: SamplingError, row: &Row) -> Result<[f64; 3]> {
    let most = LARGEST * LARGEST;
    let x = crate::reason::within(error.x, 0.0, most)?;
    let y = crate::reason::within(error.y, 0.0, most)?;
    let bound = (x.sqrt() * y.sqrt()).next_up();
    let xy = crate::reason::within(error.xy, -bound, bound)?;
    // A covariance of two errors needs both values.
    let both = row.x.is_some() && row.y.is_some();
    Ok([x, if both { xy } else { 0.0 }, y])
}
