//! Randomisation inference for few treated units (Fisher 1935; for staggered starts Roth &
//! Sant'Anna 2023, J. Political Economy Microeconomics 1:669-709): starts are dealt out again
//! among the units in all ways (or, past 20,000 ways, in 9,999 random ones), and the overall
//! effect is worked out for each. Exact if any unit could as well have been chosen; no sample
//! size is too small for it, though few ways mean that no result can be surprising.
//!
//! The interval holds every constant effect that isn't refused at 5% when taken out of the
//! treated rows first. The statistic is linear in the outcome, so each way of dealing refuses on
//! two half-lines whose ends are known: no search is needed.
//!
//! Without covariates and weights. With clusters, clusters are dealt out; where units of one
//! cluster start at different times there is nothing to deal out, and no answer: units of a
//! cluster resemble each other, so dealing out units would make every result look surprising.

use super::group_time::{Control, GroupTime};
use super::refusal::Refusal;
use crate::random::generator;
use crate::reason::{NoAnswer, Result};
use rand::seq::SliceRandom;
use rayon::prelude::*;

/// Up to this many ways all are tried.
pub const COUNTABLE: u64 = 20_000;
/// Random ways tried past that.
const DRAWN: usize = 9_999;
/// Fewest ways for a test at 5%.
const NEEDED: u64 = 20;
const ALPHA: f64 = 0.05;
/// Statistics closer than this share of the observed one count as equal.
const EQUAL: f64 = 1e-9;

/// The test.
#[derive(Clone, Debug, PartialEq)]
pub struct Randomised {
    /// The overall effect.
    pub value: f64,
    /// Share of ways with an effect at least as large, either sign.
    pub p: f64,
    /// Ends of the 95% interval.
    pub ends: (f64, f64),
    /// Ways there are; none past what 64 bits hold.
    pub ways: Option<u64>,
    /// Whether all were tried.
    pub exact: bool,
    /// What was dealt out: units or clusters that are treated.
    pub treated: usize,
}

/// The test.
///
/// # Errors
/// [`NoAnswer::TooFewWays`] where fewer than 20 ways can't give a test at 5%,
/// [`Refusal::MixedClusters`] where units of one cluster start at different times,
/// [`NoAnswer::NoneToCompare`] if the overall effect can't be worked out,
/// [`NoAnswer::NoVariation`] where effects in all ways are equal.
pub fn test(fit: &GroupTime, seed: u64) -> Result<Randomised> {
    let design = Design::of(fit)?;
    let observed = design
        .overall(&design.dealt)
        .ok_or(NoAnswer::NoneToCompare)?;
    let ways = ways(&design.dealt);
    if let Some(ways) = ways.filter(|&w| w < NEEDED) {
        return Err(NoAnswer::TooFewWays {
            ways,
            needed: NEEDED,
        });
    }
    let exact = ways.is_some_and(|w| w <= COUNTABLE);
    let dealings = if exact {
        all(&design.dealt)
    } else {
        let mut random = generator(seed, "effect randomise");
        let mut drawn = vec![design.dealt.clone()];
        for _ in 0..DRAWN {
            let mut next = design.dealt.clone();
            next.shuffle(&mut random);
            drawn.push(next);
        }
        drawn
    };
    let found: Vec<Option<(f64, f64)>> = dealings
        .par_iter()
        .map(|dealt| design.overall(dealt))
        .collect();
    let tried = found.len() as f64;
    let value = observed.0;
    let near = EQUAL * value.abs();
    let at_least =
        |pair: &Option<(f64, f64)>| pair.is_none_or(|(a, _)| a.abs() >= value.abs() - near);
    let p = found.iter().filter(|pair| at_least(pair)).count() as f64 / tried;
    if found
        .iter()
        .flatten()
        .all(|(a, _)| (a - value).abs() <= near)
    {
        return Err(NoAnswer::NoVariation);
    }
    let (mut low, mut high) = (Vec::new(), Vec::new());
    for pair in &found {
        // A way that can't be worked out counts against refusing, whatever the effect.
        let (from, to) = pair.map_or((f64::NEG_INFINITY, f64::INFINITY), |(a, b)| {
            kept(value, a, b)
        });
        low.push(from);
        high.push(to);
    }
    low.sort_by(f64::total_cmp);
    high.sort_by(|a, b| b.total_cmp(a));
    let place = (ALPHA * tried).floor() as usize;
    let ends = (low[place], high[place]);
    if !(ends.0.is_finite() && ends.1.is_finite()) {
        return Err(NoAnswer::TooFewWays {
            ways: ways.unwrap_or(u64::MAX),
            needed: NEEDED,
        });
    }
    Ok(Randomised {
        value,
        p,
        ends,
        ways,
        exact,
        treated: design.dealt.iter().flatten().count(),
    })
}

/// Effects τ for which |a - τ b| is at least |value - τ|: an interval about `value`, its ends
/// where one of the two sides' signs makes them equal.
fn kept(value: f64, a: f64, b: f64) -> (f64, f64) {
    let everything = (f64::NEG_INFINITY, f64::INFINITY);
    let near = EQUAL * value.abs().max(a.abs());
    let half_line = |slope: f64, end: f64| {
        if slope.abs() <= near {
            everything
        } else if slope > 0.0 {
            (end, f64::INFINITY)
        } else {
            (f64::NEG_INFINITY, end)
        }
    };
    if b >= 1.0 - EQUAL {
        return half_line(value - a, (value + a) / 2.0);
    }
    if b <= EQUAL - 1.0 {
        return half_line(value + a, (value - a) / 2.0);
    }
    let (one, other) = ((value - a) / (1.0 - b), (value + a) / (1.0 + b));
    (one.min(other).min(value), one.max(other).max(value))
}

/// Number of distinct dealings.
fn ways(dealt: &[Option<i64>]) -> Option<u64> {
    let mut sorted = dealt.to_vec();
    sorted.sort_unstable();
    let mut total: u64 = 1;
    let (mut n, mut run, mut last) = (0u64, 0u64, None);
    for label in sorted {
        n += 1;
        run = if last == Some(label) { run + 1 } else { 1 };
        last = Some(label);
        // Stays whole: it is a product of binomial coefficients at every step.
        let wide = u128::from(total) * u128::from(n) / u128::from(run);
        total = u64::try_from(wide).ok()?;
    }
    Some(total)
}

/// All distinct dealings, in lexicographic order.
fn all(dealt: &[Option<i64>]) -> Vec<Vec<Option<i64>>> {
    let mut labels = dealt.to_vec();
    labels.sort_unstable();
    let mut found = vec![labels.clone()];
    while let Some(fall) = (1..labels.len()).rev().find(|&i| labels[i - 1] < labels[i]) {
        let pivot = fall - 1;
        let Some(swap) = (fall..labels.len())
            .rev()
            .find(|&i| labels[i] > labels[pivot])
        else {
            break;
        };
        labels.swap(pivot, swap);
        labels[fall..].reverse();
        found.push(labels.clone());
    }
    found
}

/// What stays the same whoever is treated.
struct Design<'a> {
    fit: &'a GroupTime,
    /// Starts as they were dealt, one a unit or one a cluster.
    dealt: Vec<Option<i64>>,
    /// What a unit belongs to.
    holder: Vec<usize>,
    /// 1 in rows that were under treatment.
    on: Vec<f64>,
    /// Cohort, period, base (places), for effects after a start.
    plans: Vec<(i64, usize, usize)>,
}

impl<'a> Design<'a> {
    fn of(fit: &'a GroupTime) -> Result<Self> {
        let panel = &fit.panel;
        let units = panel.units();
        let start: Vec<Option<i64>> = (0..units)
            .map(|u| {
                let cohort = fit.cohort[u].map(|g| fit.groups[g]);
                cohort.or(panel.start[u].filter(|&g| Some(g) == fit.stand_in))
            })
            .collect();
        let mut holder: Vec<usize> = (0..units).collect();
        let mut dealt = start.clone();
        if !panel.cluster.is_empty() {
            let mut by: Vec<Option<Option<i64>>> = vec![None; panel.clusters];
            let mut mixed = vec![false; panel.clusters];
            for (unit, &cluster) in panel.cluster.iter().enumerate() {
                mixed[cluster] |= by[cluster].is_some_and(|s| s != start[unit]);
                by[cluster] = Some(start[unit]);
            }
            let n = mixed.iter().filter(|m| **m).count();
            if n > 0 {
                return Err(Refusal::MixedClusters {
                    n,
                    of: panel.clusters,
                }
                .into());
            }
            holder.clone_from(&panel.cluster);
            dealt = by.into_iter().map(Option::flatten).collect();
        }
        let times = panel.periods.len();
        let on = (0..units * times)
            .map(|cell| {
                let now = panel.periods[cell % times];
                f64::from(u8::from(start[cell / times].is_some_and(|g| g <= now)))
            })
            .collect();
        let place = |p: i64| panel.periods.partition_point(|&q| q < p);
        let plans = fit
            .effects
            .iter()
            .filter(|e| e.period >= e.group)
            .map(|e| (e.group, place(e.period), place(e.base)))
            .collect();
        Ok(Self {
            fit,
            dealt,
            holder,
            on,
            plans,
        })
    }

    /// The overall effect of this dealing on the outcome and on having been treated.
    fn overall(&self, dealt: &[Option<i64>]) -> Option<(f64, f64)> {
        let panel = &self.fit.panel;
        let times = panel.periods.len();
        let units = panel.units();
        let ahead = i64::from(self.fit.options.anticipation);
        let last = panel.periods[times - 1];
        let (mut sum, mut on, mut weight) = (0.0, 0.0, 0.0);
        for &(group, time, base) in &self.plans {
            let until = panel.periods[time].saturating_add(ahead);
            // Outcome, treatment and count of the cohort and of the others; and the cohort's size.
            let (mut own, mut others, mut size) = ([0.0; 3], [0.0; 3], 0.0);
            for unit in 0..units {
                let start = dealt[self.holder[unit]];
                let side = match start {
                    Some(g) if g == group => {
                        size += 1.0;
                        &mut own
                    }
                    None => &mut others,
                    Some(g) if self.fit.options.control == Control::NotYet && g > until => {
                        &mut others
                    }
                    Some(g) if g > last => &mut others,
                    Some(_) => continue,
                };
                let (a, b) = (unit * times + time, unit * times + base);
                let change = panel.outcome[a] - panel.outcome[b];
                if change.is_nan() {
                    continue;
                }
                side[0] += change;
                side[1] += self.on[a] - self.on[b];
                side[2] += 1.0;
            }
            if own[2] > 0.0 && others[2] > 0.0 {
                sum += size * (own[0] / own[2] - others[0] / others[2]);
                on += size * (own[1] / own[2] - others[1] / others[2]);
                weight += size;
            }
        }
        (weight > 0.0).then(|| (sum / weight, on / weight))
    }
}
