//! Rows to a panel: units × periods, each unit with the period its treatment started, if it did.
//!
//! Says what is wrong with rows instead of mending them. Rows that are absent are absent: nothing
//! is filled in. Trimming that the estimator needs (units treated from the first period on, the
//! last cohort where nobody is never treated) is done in `group_time`, which counts it.

use super::refusal::Refusal;
use crate::reason::{NoAnswer, Result, finite, same_length, within};

/// Largest number worked with: fourth powers must not overflow.
pub const LARGEST: f64 = 1e50;
/// Most values a panel may hold, covariates and weights counted. The most copies alive at once are
/// seven of the panel and three of its cells (`history`): 0.8 GB.
pub const VALUES_MOST: usize = 10_000_000;

/// Rows as columns. Units, and clusters where given, are numbered from 0.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rows<'a> {
    /// Whose row it is.
    pub unit: &'a [usize],
    /// When, on an even scale (month 13 is one after month 12).
    pub period: &'a [i64],
    /// The value.
    pub outcome: &'a [f64],
    /// First period under treatment; none for never. The same in all rows of a unit.
    pub start: &'a [Option<i64>],
    /// Columns to adjust for, each as long as `unit`.
    pub covariates: &'a [&'a [f64]],
    /// Weights, at least 0; empty for none.
    pub weight: &'a [f64],
    /// Groups of units that resemble each other; empty for none. The same in all rows of a unit.
    pub cluster: &'a [usize],
}

/// Units × periods.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Numbers of the units as given, ascending.
    pub(crate) ids: Vec<usize>,
    /// Distinct periods, ascending.
    pub(crate) periods: Vec<i64>,
    /// Start of each unit.
    pub(crate) start: Vec<Option<i64>>,
    /// Unit-major; NaN where there is no row (never leaves this room).
    pub(crate) outcome: Vec<f64>,
    /// Covariates a cell.
    pub(crate) width: usize,
    /// Unit-major, `width` a cell.
    pub(crate) covariates: Vec<f64>,
    /// Unit-major; empty where all weigh the same.
    pub(crate) weight: Vec<f64>,
    /// Cluster of each unit, numbered from 0 without holes; empty where units stand alone.
    pub(crate) cluster: Vec<usize>,
    /// Clusters there are.
    pub(crate) clusters: usize,
}

impl Panel {
    /// Checks rows and lays them out.
    ///
    /// # Errors
    /// [`NoAnswer::Empty`], [`NoAnswer::Shape`] if columns differ in length,
    /// [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`] beyond ±1e50 or for a negative weight,
    /// [`NoAnswer::RepeatedRow`], [`NoAnswer::Changes`] if a unit's start or cluster does,
    /// [`NoAnswer::TooFewPeriods`], [`NoAnswer::TooFewClusters`] for a single unit,
    /// [`NoAnswer::NoVariation`] if all outcomes are equal, [`Refusal::TooManyCells`] if units
    /// times periods (times columns) go beyond [`VALUES_MOST`].
    pub fn new(rows: &Rows) -> Result<Self> {
        let count = rows.unit.len();
        if count == 0 {
            return Err(NoAnswer::Empty);
        }
        check(rows)?;
        let mut ids = rows.unit.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let mut periods = rows.period.to_vec();
        periods.sort_unstable();
        periods.dedup();
        if periods.len() < 2 {
            return Err(NoAnswer::TooFewPeriods {
                n: periods.len(),
                needed: 2,
            });
        }
        if ids.len() < 2 {
            return Err(NoAnswer::TooFewClusters {
                n: ids.len(),
                needed: 2,
            });
        }
        if rows.outcome.iter().all(|&y| y == rows.outcome[0]) {
            return Err(NoAnswer::NoVariation);
        }
        let width = rows.covariates.len();
        let columns = 1 + width + usize::from(!rows.weight.is_empty());
        let cells = ids.len().saturating_mul(periods.len());
        let values = cells.saturating_mul(columns);
        if values > VALUES_MOST {
            return Err(Refusal::TooManyCells {
                units: ids.len(),
                periods: periods.len(),
                n: values,
                most: VALUES_MOST,
            }
            .into());
        }
        let mut panel = Self {
            start: vec![None; ids.len()],
            outcome: vec![f64::NAN; cells],
            width,
            covariates: vec![0.0; cells * width],
            weight: if rows.weight.is_empty() {
                Vec::new()
            } else {
                vec![0.0; cells]
            },
            cluster: Vec::new(),
            clusters: 0,
            ids,
            periods,
        };
        let mut cluster = vec![usize::MAX; panel.ids.len()];
        let mut seen = vec![false; panel.ids.len()];
        for row in 0..count {
            let unit = panel.ids.partition_point(|&id| id < rows.unit[row]);
            let time = panel.periods.partition_point(|&p| p < rows.period[row]);
            let cell = unit * panel.periods.len() + time;
            if !panel.outcome[cell].is_nan() {
                return Err(NoAnswer::RepeatedRow {
                    unit: rows.unit[row],
                    period: rows.period[row],
                });
            }
            panel.outcome[cell] = rows.outcome[row];
            for (k, column) in rows.covariates.iter().enumerate() {
                panel.covariates[cell * width + k] = column[row];
            }
            if let Some(&weight) = rows.weight.get(row) {
                panel.weight[cell] = weight;
            }
            let group = rows.cluster.get(row).copied();
            if seen[unit] {
                if panel.start[unit] != rows.start[row] {
                    return Err(NoAnswer::Changes {
                        what: "start",
                        unit: rows.unit[row],
                    });
                }
                if group.is_some_and(|group| group != cluster[unit]) {
                    return Err(NoAnswer::Changes {
                        what: "cluster",
                        unit: rows.unit[row],
                    });
                }
            }
            seen[unit] = true;
            panel.start[unit] = rows.start[row];
            if let Some(group) = group {
                cluster[unit] = group;
            }
        }
        if !rows.cluster.is_empty() {
            panel.set_clusters(cluster);
        }
        Ok(panel)
    }

    /// Units there are.
    pub fn units(&self) -> usize {
        self.ids.len()
    }

    /// Rows there are.
    pub fn rows(&self) -> usize {
        self.outcome.iter().filter(|y| !y.is_nan()).count()
    }

    /// Whether every unit has a row in every period.
    pub fn balanced(&self) -> bool {
        self.outcome.iter().all(|y| !y.is_nan())
    }

    /// Distinct periods, ascending.
    pub fn periods(&self) -> &[i64] {
        &self.periods
    }

    /// Start of each unit, in the order of their numbers.
    pub fn starts(&self) -> &[Option<i64>] {
        &self.start
    }

    /// Value of the unit at this place, where there is one.
    pub(crate) fn value(&self, unit: usize, time: usize) -> Option<f64> {
        let y = self.outcome[unit * self.periods.len() + time];
        (!y.is_nan()).then_some(y)
    }

    /// The weight, 1 where there are none.
    pub(crate) fn weight_of(&self, unit: usize, time: usize) -> f64 {
        self.weight
            .get(unit * self.periods.len() + time)
            .copied()
            .unwrap_or(1.0)
    }

    /// A unit's weight in averages over cohorts: that of the first period or, where it has no row
    /// then, the mean of those it has.
    pub(crate) fn unit_weight(&self, unit: usize) -> f64 {
        if self.weight.is_empty() {
            return 1.0;
        }
        if self.value(unit, 0).is_some() {
            return self.weight_of(unit, 0);
        }
        let (mut sum, mut n) = (0.0, 0.0);
        for time in 0..self.periods.len() {
            if self.value(unit, time).is_some() {
                sum += self.weight_of(unit, time);
                n += 1.0;
            }
        }
        if n > 0.0 { sum / n } else { 0.0 }
    }

    pub(crate) fn covariates_of(&self, unit: usize, time: usize) -> &[f64] {
        let cell = (unit * self.periods.len() + time) * self.width;
        &self.covariates[cell..cell + self.width]
    }

    /// The panel with only these units (places, ascending) and the first `periods` periods.
    pub(crate) fn part(&self, units: &[usize], periods: usize) -> Self {
        let all = self.periods.len();
        let (mut outcome, mut covariates, mut weight) = (Vec::new(), Vec::new(), Vec::new());
        for &unit in units {
            outcome.extend_from_slice(&self.outcome[unit * all..unit * all + periods]);
            covariates.extend_from_slice(
                &self.covariates[unit * all * self.width..(unit * all + periods) * self.width],
            );
            if !self.weight.is_empty() {
                weight.extend_from_slice(&self.weight[unit * all..unit * all + periods]);
            }
        }
        let mut part = Self {
            ids: units.iter().map(|&u| self.ids[u]).collect(),
            periods: self.periods[..periods].to_vec(),
            start: units.iter().map(|&u| self.start[u]).collect(),
            outcome,
            width: self.width,
            covariates,
            weight,
            cluster: Vec::new(),
            clusters: 0,
        };
        if !self.cluster.is_empty() {
            part.set_clusters(units.iter().map(|&u| self.cluster[u]).collect());
        }
        part
    }

    /// Clusters numbered without holes, in the order of their numbers.
    fn set_clusters(&mut self, given: Vec<usize>) {
        let mut distinct = given.clone();
        distinct.sort_unstable();
        distinct.dedup();
        self.clusters = distinct.len();
        self.cluster = given
            .into_iter()
            .map(|group| distinct.partition_point(|&g| g < group))
            .collect();
    }
}

fn check(rows: &Rows) -> Result<()> {
    let count = rows.unit.len();
    same_length(count, rows.period.len())?;
    same_length(count, rows.outcome.len())?;
    same_length(count, rows.start.len())?;
    for column in rows.covariates {
        same_length(count, column.len())?;
    }
    if !rows.weight.is_empty() {
        same_length(count, rows.weight.len())?;
    }
    if !rows.cluster.is_empty() {
        same_length(count, rows.cluster.len())?;
    }
    for column in std::iter::once(&rows.outcome).chain(rows.covariates) {
        for &value in *column {
            finite(value)?;
            within(value, -LARGEST, LARGEST)?;
        }
    }
    for &value in rows.weight {
        within(value, 0.0, LARGEST)?;
    }
    Ok(())
}
