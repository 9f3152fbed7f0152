//! From the file's columns to a panel.

use super::EffectRequest;
use super::words::Says;
use crate::analysis::complete;
use crate::error::{EngineError, Result};
use std::collections::HashMap;
use throughline_lake::Wanted;
use throughline_lake::extract::{Extract, LabelAt, NumberAt, NumberListAt, PeriodAt, Periods};
use throughline_stats::NoAnswer;
use throughline_stats::effect::{Panel, Rows};

/// Where columns lie.
pub(super) struct Places {
    pub(super) unit: LabelAt,
    pub(super) period: PeriodAt,
    pub(super) start: PeriodAt,
    pub(super) outcomes: NumberListAt,
    covariates: Option<NumberListAt>,
    cluster: Option<LabelAt>,
    weights: Option<NumberAt>,
}

impl Places {
    pub(super) fn of(wanted: &mut Wanted, request: &EffectRequest) -> Self {
        Self {
            unit: wanted.label("--unit", &request.unit),
            period: wanted.period("--period", &request.period),
            start: wanted.period_or_never("--first-treated", &request.first_treated),
            outcomes: wanted.number_list("--outcome", &request.outcome),
            covariates: (!request.covariates.is_empty())
                .then(|| wanted.number_list("--covariates", &request.covariates)),
            cluster: request
                .cluster
                .as_ref()
                .map(|name| wanted.label("--cluster", name)),
            weights: request
                .weights
                .as_ref()
                .map(|name| wanted.number("--weights", name)),
        }
    }
}

/// The rows in which nothing is missing, for one outcome.
pub(super) struct Table {
    pub(super) outcome_name: String,
    pub(super) unit_name: String,
    pub(super) period_name: String,
    pub(super) start_name: String,
    pub(super) cluster_name: Option<String>,
    pub(super) covariate_names: Vec<String>,
    pub(super) units: Vec<String>,
    pub(super) clusters: Option<Vec<usize>>,
    pub(super) left_out: u64,
    pub(super) notes: Vec<String>,
    /// Rows of the file, in the order of the columns below.
    rows: Vec<usize>,
    unit: Vec<usize>,
    period: Vec<i64>,
    start: Vec<Option<i64>>,
    outcome: Vec<f64>,
    covariates: Vec<Vec<f64>>,
    weight: Vec<f64>,
    calendar: Periods,
    first: i64,
    step: i64,
}

impl Table {
    pub(super) fn of(extract: &Extract, at: &Places, place: usize) -> Result<Self> {
        let units = extract.labels(at.unit);
        let periods = extract.periods(at.period);
        let starts = extract.periods(at.start);
        let outcomes = extract.number_list(at.outcomes);
        let outcome = outcomes[place];
        let covariates = at
            .covariates
            .map_or_else(Vec::new, |at| extract.number_list(at));
        let cluster = at.cluster.map(|at| extract.labels(at));
        let weights = at.weights.map(|at| extract.numbers(at));
        let mut numbers = vec![outcome];
        numbers.extend(&covariates);
        numbers.extend(weights);
        let mut names: Vec<&str> = numbers.iter().map(|n| n.name.as_str()).collect();
        names.extend([units.name.as_str(), periods.name.as_str()]);
        names.extend(cluster.map(|c| c.name.as_str()));
        let count = numbers.len();
        let complete = complete(extract.rows(), &names, |column, row| {
            if let Some(numbers) = numbers.get(column) {
                numbers.values[row].is_some()
            } else if column == count {
                units.codes[row].is_some()
            } else if column == count + 1 {
                periods.ordinals[row].is_some()
            } else {
                cluster.is_none_or(|c| c.codes[row].is_some())
            }
        })?;
        let first = periods.distinct.first().copied().unwrap_or(0);
        let step = periods.step().max(1);
        let rows = &complete.rows;
        let kept = |values: &[Option<f64>]| rows.iter().filter_map(|&r| values[r]).collect();
        let codes = |codes: &[Option<u32>]| -> Vec<usize> {
            rows.iter()
                .filter_map(|&r| codes[r])
                .map(|c| c as usize)
                .collect()
        };
        let mut notes: Vec<String> = complete.warning.into_iter().collect();
        let absent = periods.absent();
        if !absent.is_empty() {
            notes.push(format!(
                "no row has `{}` {}{}: time since the start counts these periods too",
                periods.name,
                absent[..absent.len().min(5)].join(", "),
                if absent.len() > 5 { " and others" } else { "" }
            ));
        }
        Ok(Self {
            outcome_name: outcome.name.clone(),
            unit_name: units.name.clone(),
            period_name: periods.name.clone(),
            start_name: starts.name.clone(),
            cluster_name: cluster.map(|c| c.name.clone()),
            covariate_names: covariates.iter().map(|c| c.name.clone()).collect(),
            units: units.names.clone(),
            clusters: cluster.map(|c| codes(&c.codes)),
            left_out: complete.left_out,
            notes,
            unit: codes(&units.codes),
            period: rows
                .iter()
                .filter_map(|&r| periods.ordinals[r])
                .map(|p| (p - first) / step)
                .collect(),
            // A start between two periods counts from the later one.
            start: rows
                .iter()
                .map(|&r| starts.ordinals[r].map(|g| -((first - g).div_euclid(step))))
                .collect(),
            outcome: kept(&outcome.values),
            covariates: covariates.iter().map(|c| kept(&c.values)).collect(),
            weight: weights.map_or_else(Vec::new, |w| kept(&w.values)),
            rows: complete.rows,
            calendar: periods.clone(),
            first,
            step,
        })
    }

    pub(super) fn panel(&self) -> throughline_stats::Result<Panel> {
        let covariates: Vec<&[f64]> = self.covariates.iter().map(Vec::as_slice).collect();
        Panel::new(&Rows {
            unit: &self.unit,
            period: &self.period,
            outcome: &self.outcome,
            start: &self.start,
            covariates: &covariates,
            weight: &self.weight,
            cluster: self.clusters.as_deref().unwrap_or(&[]),
        })
    }

    /// A period as people write it.
    pub(super) fn said(&self, period: i64) -> String {
        self.calendar.said(self.first + period * self.step)
    }

    /// A unit's name.
    pub(super) fn unit(&self, unit: usize) -> String {
        self.units
            .get(unit)
            .cloned()
            .unwrap_or_else(|| unit.to_string())
    }

    /// The reason as an error, with the row where one is at fault.
    pub(super) fn complaint(
        &self,
        extract: &Extract,
        at: &Places,
        reason: &NoAnswer,
        says: &Says<'_>,
    ) -> EngineError {
        let mut seen: HashMap<(usize, i64), usize> = HashMap::new();
        match reason {
            NoAnswer::RepeatedRow { .. } => {
                for (place, &row) in self.rows.iter().enumerate() {
                    let key = (self.unit[place], self.period[place]);
                    if let Some(before) = seen.insert(key, row) {
                        let what = format!(
                            "`{}` has two rows for {} (the other is row {})",
                            self.unit(key.0),
                            self.said(key.1),
                            extract.line(before)
                        );
                        let hint = "give each one row a period: average its rows, or remove one";
                        return extract.complaint(row, &self.unit_name, &what, hint).into();
                    }
                }
            }
            NoAnswer::Changes { what, unit } => {
                let column = match (*what, &self.cluster_name) {
                    ("cluster", Some(name)) => name.clone(),
                    _ => extract.periods(at.start).name.clone(),
                };
                if let Some(place) = self.unit.iter().rposition(|u| u == unit) {
                    let what = format!("`{column}` changes between rows of `{}`", self.unit(*unit));
                    let hint = "write the same in all of its rows";
                    return extract
                        .complaint(self.rows[place], &column, &what, hint)
                        .into();
                }
            }
            _ => {}
        }
        says.error(reason)
    }
}
