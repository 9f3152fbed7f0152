//! Averages of group-time effects: over all (`simple`), by cohort, by period, by time since the
//! start (event study), with the influence that estimated cohort shares have (Callaway &
//! Sant'Anna 2021, section 3.1; same as `did::aggte`).

use super::group_time::GroupTime;
use super::spread;
use crate::answer::{Answer, Spread};
use crate::reason::{NoAnswer, Result};

/// A weighted mean of effects.
#[derive(Clone, Debug, PartialEq)]
pub struct Average {
    /// Cohort, period or time since the start; 0 for an average over all.
    pub at: i64,
    /// The value.
    pub value: f64,
    /// Units treated that it rests on.
    pub treated: usize,
    /// Large-sample standard error, as R's `did` gives without bootstrap.
    pub analytic_se: Option<f64>,
    /// Standard error, degrees of freedom and interval that hold in small samples too
    /// ([`spread`]).
    pub spread: Result<Spread>,
    /// Effects (places in [`GroupTime::effects`]) and their weights.
    pub(crate) weights: Vec<(usize, f64)>,
    /// What a unit of each cohort adds through the cohort's share, per unit of weight.
    pub(crate) pulls: Vec<f64>,
}

impl Average {
    /// As an [`Answer`], counted in treated units.
    pub fn answer(&self) -> Answer {
        Answer {
            value: self.value,
            n: self.treated as u64,
            spread: self.spread.clone(),
        }
    }

    /// Influence of each unit, times units.
    pub(crate) fn influence(&self, fit: &GroupTime) -> Vec<f64> {
        let mut sum = vec![0.0; fit.units()];
        for &(effect, weight) in &self.weights {
            for (sum, own) in sum.iter_mut().zip(&fit.influence[effect]) {
                *sum += weight * own;
            }
        }
        for (unit, sum) in sum.iter_mut().enumerate() {
            if let Some(cohort) = fit.cohort[unit] {
                *sum += fit.unit_weight[unit] * self.pulls[cohort];
            }
        }
        sum
    }
}

/// All averages.
#[derive(Clone, Debug, PartialEq)]
pub struct Averages {
    /// Over all treated units and periods since their start, each counting the same.
    pub overall: Average,
    /// By cohort.
    pub by_group: Vec<Average>,
    /// Mean over cohorts by their size.
    pub over_groups: Average,
    /// By period.
    pub by_period: Vec<Average>,
    /// Mean over periods.
    pub over_periods: Average,
    /// By time since the start; negative before it.
    pub by_time: Vec<Average>,
    /// Mean over times since the start, from 0 on.
    pub over_times: Average,
}

impl Averages {
    /// All averages of what could be estimated.
    ///
    /// # Errors
    /// [`NoAnswer::NoneToCompare`] or the first effect's own reason if no effect after a start
    /// could be estimated.
    pub fn of(fit: &GroupTime) -> Result<Self> {
        let share: Vec<f64> = (0..fit.groups.len())
            .map(|g| {
                let own = fit.cohort.iter().zip(&fit.unit_weight);
                own.filter(|(c, _)| **c == Some(g))
                    .map(|(_, w)| w)
                    .sum::<f64>()
                    / fit.units() as f64
            })
            .collect();
        let made: Vec<Made> = fit
            .effects
            .iter()
            .enumerate()
            .filter_map(|(place, effect)| {
                Some(Made {
                    place,
                    value: *effect.value.as_ref().ok()?,
                    cohort: fit.groups.binary_search(&effect.group).ok()?,
                    group: effect.group,
                    period: effect.period,
                })
            })
            .collect();
        let after: Vec<&Made> = made.iter().filter(|m| m.period >= m.group).collect();
        if after.is_empty() {
            let reason = fit.effects.iter().filter(|e| e.period >= e.group);
            return Err(reason
                .filter_map(|e| e.value.clone().err())
                .next()
                .unwrap_or(NoAnswer::NoneToCompare));
        }
        let maker = Maker { fit, share: &share };
        let by = |key: &dyn Fn(&Made) -> i64, from: &[&Made]| -> Vec<Average> {
            let mut keys: Vec<i64> = from.iter().map(|m| key(m)).collect();
            keys.sort_unstable();
            keys.dedup();
            keys.iter()
                .map(|&at| {
                    let own: Vec<&Made> = from.iter().filter(|m| key(m) == at).copied().collect();
                    maker.average(at, &own)
                })
                .collect()
        };
        let all: Vec<&Made> = made.iter().collect();
        let overall = maker.average(0, &after);
        let mut by_group = by(&|m| m.group, &after);
        for average in &mut by_group {
            // Within a cohort its share cancels out.
            average.pulls.fill(0.0);
            maker.finish(average);
        }
        let over_groups = maker.over_groups(&by_group);
        let by_period = by(&|m| m.period, &after);
        let over_periods = maker.mean(&by_period);
        let by_time = by(&|m| m.period - m.group, &all);
        let from_start: Vec<Average> = by_time.iter().filter(|a| a.at >= 0).cloned().collect();
        let over_times = maker.mean(&from_start);
        Ok(Self {
            overall,
            by_group,
            over_groups,
            by_period,
            over_periods,
            by_time,
            over_times,
        })
    }

    /// Mean of the averages before the start, all counting the same, for a placebo.
    ///
    /// # Errors
    /// [`NoAnswer::TooFewPeriods`] if there is none.
    pub fn before(&self, fit: &GroupTime) -> Result<Average> {
        let ahead = i64::from(fit.options.anticipation);
        let before: Vec<Average> = self
            .by_time
            .iter()
            .filter(|a| a.at < -ahead)
            .cloned()
            .collect();
        if before.is_empty() {
            return Err(NoAnswer::TooFewPeriods { n: 0, needed: 1 });
        }
        let maker = Maker { fit, share: &[] };
        Ok(maker.mean(&before))
    }
}

struct Made {
    place: usize,
    value: f64,
    cohort: usize,
    group: i64,
    period: i64,
}

struct Maker<'a> {
    fit: &'a GroupTime,
    share: &'a [f64],
}

impl Maker<'_> {
    /// Weighted by the cohorts' shares.
    fn average(&self, at: i64, from: &[&Made]) -> Average {
        let total: f64 = from.iter().map(|m| self.share[m.cohort]).sum();
        let value = from
            .iter()
            .map(|m| self.share[m.cohort] / total * m.value)
            .sum();
        let mut pulls = vec![0.0; self.fit.groups.len()];
        for m in from {
            pulls[m.cohort] += (m.value - value) / total;
        }
        let weights = from.iter().map(|m| (m.place, self.share[m.cohort] / total));
        let mut average = Average {
            at,
            value,
            treated: 0,
            analytic_se: None,
            spread: Err(NoAnswer::NoVariation),
            weights: weights.collect(),
            pulls,
        };
        self.finish(&mut average);
        average
    }

    /// All counting the same.
    fn mean(&self, of: &[Average]) -> Average {
        let each = 1.0 / of.len() as f64;
        let weights: Vec<(&Average, f64)> = of.iter().map(|a| (a, each)).collect();
        self.combine(&weights, vec![0.0; self.fit.groups.len()])
    }

    fn over_groups(&self, of: &[Average]) -> Average {
        let cohorts: Vec<usize> = of
            .iter()
            .filter_map(|a| self.fit.groups.binary_search(&a.at).ok())
            .collect();
        let total: f64 = cohorts.iter().map(|&g| self.share[g]).sum();
        let weights: Vec<(&Average, f64)> = of
            .iter()
            .zip(&cohorts)
            .map(|(a, &g)| (a, self.share[g] / total))
            .collect();
        let value: f64 = weights.iter().map(|(a, w)| a.value * w).sum();
        let mut pulls = vec![0.0; self.fit.groups.len()];
        for (average, &cohort) in of.iter().zip(&cohorts) {
            pulls[cohort] += (average.value - value) / total;
        }
        self.combine(&weights, pulls)
    }

    fn combine(&self, of: &[(&Average, f64)], mut pulls: Vec<f64>) -> Average {
        let mut weights: Vec<(usize, f64)> = Vec::new();
        let mut value = 0.0;
        for (average, by) in of {
            value += by * average.value;
            weights.extend(average.weights.iter().map(|(place, w)| (*place, w * by)));
            for (pull, own) in pulls.iter_mut().zip(&average.pulls) {
                *pull += by * own;
            }
        }
        let mut combined = Average {
            at: 0,
            value,
            treated: 0,
            analytic_se: None,
            spread: Err(NoAnswer::NoVariation),
            weights,
            pulls,
        };
        self.finish(&mut combined);
        combined
    }

    /// Counts and errors.
    fn finish(&self, average: &mut Average) {
        let influence = average.influence(self.fit);
        average.analytic_se = spread::analytic(&influence, &self.fit.panel);
        average.treated = self
            .fit
            .groups
            .iter()
            .map(|&g| {
                let own = average
                    .weights
                    .iter()
                    .map(|(place, _)| &self.fit.effects[*place]);
                own.filter(|e| e.group == g)
                    .map(|e| e.treated)
                    .max()
                    .unwrap_or(0)
            })
            .sum();
        average.spread = spread::small_sample(self.fit, average);
    }
}
