//! Group-time average effects: one for each cohort (units that started together) and period,
//! against units never treated or not yet treated (Callaway & Sant'Anna 2021).
//!
//! Each is made of units that have a row in both periods, so a panel with holes costs units where
//! the holes are and nothing else (R's `did` instead pools rows of a panel with holes as if they
//! were different people). Covariates and weights are those of the earlier of the two periods.

use super::aggregate::Averages;
use super::cell::{self, Cell};
use super::panel::Panel;
use super::refusal::Refusal;
use crate::reason::{NoAnswer, Result};
use rayon::prelude::*;

/// Most effects times units: each unit's influence on each effect is kept, twice where bands are
/// drawn (1.2 GB).
pub const INFLUENCE_MOST: usize = 75_000_000;

/// Who is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Control {
    /// Those who never start.
    Never,
    /// Those and whoever starts later.
    #[default]
    NotYet,
}

/// How covariates are adjusted for. Without covariates all three give the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// Regression of changes among the untreated.
    Regression,
    /// Weights by the odds of being treated.
    Weighting,
    /// Both: right if either is.
    #[default]
    DoublyRobust,
}

/// Which period changes are counted from, before a start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Base {
    /// The period before each (as R's `did` does by itself). After the start it's the last
    /// period before the start.
    #[default]
    Varying,
    /// The last period before the start for all.
    Universal,
}

/// What to estimate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Who is compared with.
    pub control: Control,
    /// How covariates are adjusted for.
    pub method: Method,
    /// Where changes are counted from.
    pub base: Base,
    /// Periods by which units may react before their start.
    pub anticipation: u32,
}

/// One effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// When the cohort started.
    pub group: i64,
    /// The period.
    pub period: i64,
    /// Where its change is counted from.
    pub base: i64,
    /// Units of the cohort with a row in both.
    pub treated: usize,
    /// Units compared with.
    pub others: usize,
    /// The effect, or why there is none.
    pub value: Result<f64>,
}

/// All effects.
#[derive(Clone, Debug)]
pub struct GroupTime {
    /// The panel that was used: without units treated from the first period on and, where nobody
    /// is never treated, without the periods in which the last cohort is treated.
    pub panel: Panel,
    /// What was estimated.
    pub options: Options,
    /// Cohorts that have effects, ascending.
    pub groups: Vec<i64>,
    /// By cohort, then period.
    pub effects: Vec<Effect>,
    /// Units left out because they were treated from the first period on.
    pub already: usize,
    /// The last cohort, if it stands in for units never treated.
    pub stand_in: Option<i64>,
    /// Influence of each unit on each effect, times units: `effects × units`; empty where there
    /// is no effect.
    pub(crate) influence: Vec<Vec<f64>>,
    /// Cohort of each unit as a place in `groups`; none for those only compared with.
    pub(crate) cohort: Vec<Option<usize>>,
    /// Covariates each comparison is adjusted for.
    pub(crate) slopes: usize,
    /// Weight of each unit in averages.
    pub(crate) unit_weight: Vec<f64>,
}

/// Estimates all effects.
///
/// # Errors
/// [`NoAnswer::NoneTreated`] if nobody is seen before and after a start,
/// [`NoAnswer::NoneToCompare`] if nobody is left to compare with, [`Refusal::TooManyCells`] if
/// effects times units go beyond [`INFLUENCE_MOST`]. What is wrong with one comparison is in its
/// [`Effect::value`].
pub fn estimate(panel: &Panel, options: &Options) -> Result<GroupTime> {
    let trimmed = trim(panel, options)?;
    let panel = trimmed.panel;
    let mut groups: Vec<i64> = trimmed.start.iter().flatten().copied().collect();
    groups.sort_unstable();
    groups.dedup();
    if let Some(last) = trimmed.stand_in {
        groups.retain(|&g| g < last);
    }
    if groups.is_empty() {
        return Err(if trimmed.stand_in.is_some() {
            NoAnswer::NoneToCompare
        } else {
            NoAnswer::NoneTreated {
                already: trimmed.already,
            }
        });
    }
    let cohort: Vec<Option<usize>> = trimmed
        .start
        .iter()
        .map(|start| start.and_then(|g| groups.binary_search(&g).ok()))
        .collect();
    // Bounded before they are listed: starts times periods can be many more than rows.
    let held = groups
        .len()
        .saturating_mul(panel.periods.len())
        .saturating_mul(panel.units());
    if held > INFLUENCE_MOST {
        return Err(Refusal::TooManyCells {
            units: panel.units(),
            periods: panel.periods.len(),
            n: held,
            most: INFLUENCE_MOST,
        }
        .into());
    }
    let plans = plan(&panel, &groups, options);
    let start = &trimmed.start;
    let made: Vec<(Effect, Vec<f64>)> = plans
        .par_iter()
        .map(|plan| compare(&panel, start, options, plan))
        .collect();
    let (effects, influence) = made.into_iter().unzip();
    let unit_weight = (0..panel.units()).map(|u| panel.unit_weight(u)).collect();
    Ok(GroupTime {
        slopes: panel.width,
        panel,
        options: *options,
        groups,
        effects,
        already: trimmed.already,
        stand_in: trimmed.stand_in,
        influence,
        cohort,
        unit_weight,
    })
}

/// One cohort's effects once more, on the same units and periods with other covariates.
pub(crate) fn again(
    panel: &Panel,
    options: &Options,
    like: &GroupTime,
    group: i64,
) -> Vec<(Effect, Vec<f64>)> {
    let start: Vec<Option<i64>> = (0..panel.units())
        .map(|u| {
            let own = like.cohort[u].map(|g| like.groups[g]);
            own.or(panel.start[u].filter(|&g| Some(g) == like.stand_in))
        })
        .collect();
    plan(panel, &[group], options)
        .par_iter()
        .map(|plan| compare(panel, &start, options, plan))
        .collect()
}

impl GroupTime {
    /// Units used.
    pub fn units(&self) -> usize {
        self.panel.units()
    }

    /// Clusters with units of a cohort that has effects, and clusters there are; units count as
    /// clusters where none were given.
    pub(crate) fn clusters(&self) -> (usize, usize) {
        if self.panel.cluster.is_empty() {
            return (self.treated(), self.units());
        }
        let mut touched = vec![false; self.panel.clusters];
        for (cohort, &cluster) in self.cohort.iter().zip(&self.panel.cluster) {
            touched[cluster] |= cohort.is_some();
        }
        let treated = touched.iter().filter(|t| **t).count();
        (treated, self.panel.clusters)
    }

    /// Units that belong to a cohort with effects.
    pub fn treated(&self) -> usize {
        self.cohort.iter().flatten().count()
    }

    /// The four kinds of average.
    ///
    /// # Errors
    /// As [`Averages::of`].
    pub fn averages(&self) -> Result<Averages> {
        Averages::of(self)
    }

    /// Large-sample standard error of one effect, as R's `did` gives without bootstrap; none
    /// where there is no effect or no variation.
    pub fn analytic_se(&self, effect: usize) -> Option<f64> {
        let influence = self.influence.get(effect).filter(|i| !i.is_empty())?;
        super::spread::analytic(influence, &self.panel)
    }
}

/// A panel fit for estimating.
struct Trimmed {
    panel: Panel,
    start: Vec<Option<i64>>,
    already: usize,
    stand_in: Option<i64>,
}

fn trim(panel: &Panel, options: &Options) -> Result<Trimmed> {
    let ahead = i64::from(options.anticipation);
    let (first, last) = (panel.periods[0], panel.periods[panel.periods.len() - 1]);
    // Those who start after the last period (and don't react within it) are never treated here.
    let never = |start: Option<i64>| start.is_none_or(|g| g > last.saturating_add(ahead));
    let already = |start: Option<i64>| start.is_some_and(|g| g <= first.saturating_add(ahead));
    let kept: Vec<usize> = (0..panel.units())
        .filter(|&u| !already(panel.start[u]))
        .collect();
    let count = panel.units() - kept.len();
    if kept.is_empty() || kept.iter().all(|&u| never(panel.start[u])) {
        return Err(NoAnswer::NoneTreated { already: count });
    }
    let mut stand_in = None;
    let mut periods = panel.periods.len();
    if !kept.iter().any(|&u| never(panel.start[u])) {
        let latest = kept.iter().filter_map(|&u| panel.start[u]).max();
        stand_in = latest;
        if let Some(latest) = latest {
            periods = panel
                .periods
                .partition_point(|&p| p < latest.saturating_sub(ahead));
        }
        if periods < 2 {
            return Err(NoAnswer::NoneToCompare);
        }
    }
    let panel = panel.part(&kept, periods);
    let last = panel.periods[periods - 1].saturating_add(ahead);
    let start = panel
        .start
        .iter()
        .map(|start| start.filter(|&g| g <= last || Some(g) == stand_in))
        .collect();
    Ok(Trimmed {
        panel,
        start,
        already: count,
        stand_in,
    })
}

/// What one effect compares: cohort, and places of its period and base.
struct Plan {
    group: i64,
    time: usize,
    base: usize,
}

fn plan(panel: &Panel, groups: &[i64], options: &Options) -> Vec<Plan> {
    let ahead = i64::from(options.anticipation);
    let mut plans = Vec::new();
    for &group in groups {
        let before = panel
            .periods
            .partition_point(|&p| p.saturating_add(ahead) < group);
        let Some(last) = before.checked_sub(1) else {
            continue;
        };
        for time in 0..panel.periods.len() {
            let after = group.saturating_sub(ahead) <= panel.periods[time];
            let base = match options.base {
                Base::Universal => last,
                Base::Varying if after => last,
                Base::Varying if time == 0 => continue,
                Base::Varying => time - 1,
            };
            if base != time {
                plans.push(Plan { group, time, base });
            }
        }
    }
    plans
}

fn compare(
    panel: &Panel,
    start: &[Option<i64>],
    options: &Options,
    plan: &Plan,
) -> (Effect, Vec<f64>) {
    let ahead = i64::from(options.anticipation);
    let until = panel.periods[plan.time.max(plan.base)].saturating_add(ahead);
    let earlier = plan.time.min(plan.base);
    let mut cell = Cell {
        width: panel.width,
        ..Cell::default()
    };
    let mut places = Vec::new();
    for (unit, start) in start.iter().enumerate() {
        let treated = *start == Some(plan.group);
        let other = match (options.control, start) {
            (_, None) => true,
            (Control::NotYet, Some(g)) => !treated && *g > until,
            // The stand-in counts as never treated: its periods under treatment are cut off.
            (Control::Never, Some(g)) => !treated && *g > panel.periods[panel.periods.len() - 1],
        };
        if !treated && !other {
            continue;
        }
        let (Some(now), Some(then)) = (panel.value(unit, plan.time), panel.value(unit, plan.base))
        else {
            continue;
        };
        places.push(unit);
        cell.change.push(now - then);
        cell.treated.push(treated);
        cell.weight.push(panel.weight_of(unit, earlier));
        cell.x.extend_from_slice(panel.covariates_of(unit, earlier));
    }
    let treated = cell.treated.iter().filter(|t| **t).count();
    let made = if treated == 0 {
        Err(NoAnswer::TooFewTreated { n: 0, needed: 1 })
    } else if treated == places.len() {
        Err(NoAnswer::NoneToCompare)
    } else {
        cell::estimate(&cell, options.method)
    };
    let mut influence = Vec::new();
    let value = made.and_then(|(value, own)| {
        let scale = panel.units() as f64 / places.len() as f64;
        influence = vec![0.0; panel.units()];
        for (&unit, own) in places.iter().zip(own) {
            influence[unit] = scale * own;
        }
        if value.is_finite() && influence.iter().all(|v| v.is_finite()) {
            Ok(value)
        } else {
            influence.clear();
            Err(NoAnswer::Arithmetic {
                what: "group-time effect",
            })
        }
    });
    let effect = Effect {
        group: plan.group,
        period: panel.periods[plan.time],
        base: panel.periods[plan.base],
        treated,
        others: places.len() - treated,
        value,
    };
    (effect, influence)
}
