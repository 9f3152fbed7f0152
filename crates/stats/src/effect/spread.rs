//! Errors of effects: the large-sample ones that R's `did` gives, and ones that hold in small
//! samples too.
//!
//! Large samples: `sqrt(Σ influence²) / units`, or the same of sums by cluster.
//!
//! Small samples: an effect is a sum over cohorts of means over their units, so its variance is
//! the sum of the cohorts' own, each from residuals brought to their expected size (a mean of `m`
//! units and `k` slopes leaves over too little by `(m - 1 - k) / m`); degrees of freedom are
//! Satterthwaite's (1946, Biometrics Bulletin 2:110-114). Cohorts' sizes are taken as they are:
//! the interval is about those who were treated, so chance in how many started when, which the
//! large-sample error counts, isn't in it.
//!
//! A cohort of a single unit tells nothing about spread (its residual is zero), so such cohorts
//! are taken together and their effects' differences counted as spread: too wide where effects
//! truly differ between them. With clusters the sums by cluster take the units' place; where units
//! of one cluster start at different times, with `clusters - 1` degrees of freedom.

use super::aggregate::Average;
use super::group_time::GroupTime;
use super::panel::Panel;
use crate::answer::Spread;
use crate::reason::{NoAnswer, Result};

/// Large-sample standard error.
pub(crate) fn analytic(influence: &[f64], panel: &Panel) -> Option<f64> {
    let square: f64 = if panel.cluster.is_empty() {
        influence.iter().map(|v| v * v).sum()
    } else {
        by_cluster(influence, panel).iter().map(|v| v * v).sum()
    };
    let se = square.sqrt() / influence.len() as f64;
    (se.is_finite() && se > 0.0).then_some(se)
}

fn by_cluster(influence: &[f64], panel: &Panel) -> Vec<f64> {
    let mut sums = vec![0.0; panel.clusters];
    for (&cluster, v) in panel.cluster.iter().zip(influence) {
        sums[cluster] += v;
    }
    sums
}

/// Standard error, degrees of freedom and interval in small samples.
pub(crate) fn small_sample(fit: &GroupTime, average: &Average) -> Result<Spread> {
    let units = fit.units() as f64;
    let clusters = fit.panel.clusters;
    let clustered = !fit.panel.cluster.is_empty();
    if clustered && clusters < 2 {
        return Err(NoAnswer::TooFewClusters {
            n: clusters,
            needed: 2,
        });
    }
    let Some(holders) = holders(fit) else {
        // Clusters whose units start at different times have no cohort of their own.
        let own = residuals(fit, average, |_, _| 1.0);
        let square: f64 = by_cluster(&own, &fit.panel).iter().map(|v| v * v).sum();
        let free = clusters as f64 - 1.0;
        let se = (square * clusters as f64 / free).sqrt() / units;
        return Spread::symmetric(average.value, se, free);
    };
    let mut strata = strata(fit, average, &holders, clustered);
    pool_single(&mut strata)?;
    // Squared errors relative to the largest, so that fourth powers can't overflow.
    let top = strata
        .iter()
        .flat_map(|s| s.parts.iter().map(|(part, _)| part.abs()))
        .fold(0.0, f64::max);
    if top == 0.0 {
        return Err(NoAnswer::NoVariation);
    }
    let (mut variance, mut below) = (0.0, 0.0);
    for stratum in &strata {
        let own = stratum.square(top);
        variance += own;
        // Units without a row in the base period tell nothing.
        let told = stratum
            .parts
            .iter()
            .filter(|(part, _)| *part != 0.0)
            .count();
        below += own * own / (told.max(2) as f64 - 1.0);
    }
    let se = variance.sqrt() * top / units;
    let df = if below > 0.0 {
        variance * variance / below
    } else {
        f64::INFINITY
    };
    Spread::symmetric(average.value, se, df)
}

/// Start of those never treated within the panel, or of the cohort.
fn start_of(fit: &GroupTime, unit: usize) -> Option<i64> {
    let own = fit.cohort[unit].map(|g| fit.groups[g]);
    own.or(fit.panel.start[unit].filter(|&g| Some(g) == fit.stand_in))
}

/// What each unit belongs to: itself, or its cluster if all its units start together; none if
/// they don't.
fn holders(fit: &GroupTime) -> Option<Vec<usize>> {
    if fit.panel.cluster.is_empty() {
        return Some((0..fit.units()).collect());
    }
    let mut starts: Vec<Option<Option<i64>>> = vec![None; fit.panel.clusters];
    for (unit, &cluster) in fit.panel.cluster.iter().enumerate() {
        let own = start_of(fit, unit);
        if starts[cluster].is_some_and(|start| start != own) {
            return None;
        }
        starts[cluster] = Some(own);
    }
    Some(fit.panel.cluster.clone())
}

/// Influence but for what estimated shares of cohorts add; each comparison's part stretched by
/// its number of units and slopes.
fn residuals(
    fit: &GroupTime,
    average: &Average,
    stretch: impl Fn(usize, usize) -> f64,
) -> Vec<f64> {
    let mut own = vec![0.0; fit.units()];
    for &(place, weight) in &average.weights {
        let effect = &fit.effects[place];
        let cohort = fit.groups.binary_search(&effect.group).ok();
        let treated = weight * stretch(effect.treated, 0);
        let others = weight * stretch(effect.others, fit.slopes);
        for (unit, (own, part)) in own.iter_mut().zip(&fit.influence[place]).enumerate() {
            *own += part
                * if fit.cohort[unit] == cohort {
                    treated
                } else {
                    others
                };
        }
    }
    own
}

/// Units (or clusters) that are alike but for chance.
struct Stratum {
    treated: bool,
    /// For each its part in the error (times units) and its number of units.
    parts: Vec<(f64, f64)>,
    /// What a unit adds to the effect (times units), and its weight in it.
    effect: f64,
    weight: f64,
    /// Whether residuals are still too small by `(n - 1) / n`.
    shrunken: bool,
    /// Whether it joins cohorts: then own effects are in the parts, weights beside them.
    pooled: bool,
}

impl Stratum {
    fn empty(treated: bool, shrunken: bool) -> Self {
        Self {
            treated,
            parts: Vec::new(),
            effect: 0.0,
            weight: 0.0,
            shrunken,
            pooled: false,
        }
    }

    /// Sum of squared errors, over `top` squared.
    fn square(&self, top: f64) -> f64 {
        let n = self.parts.len() as f64;
        let stretch = n / (n - 1.0);
        if !self.pooled {
            let square: f64 = self
                .parts
                .iter()
                .map(|(part, _)| (part / top).powi(2))
                .sum();
            return if self.shrunken {
                square * stretch
            } else {
                square
            };
        }
        let by: f64 = self.parts.iter().map(|(_, weight)| weight).sum();
        let sum: f64 = self.parts.iter().map(|(part, _)| part).sum();
        let left = self.parts.iter().map(|(part, weight)| {
            let expected = if by == 0.0 {
                sum / n
            } else {
                sum * weight / by
            };
            ((part - expected) / top).powi(2)
        });
        left.sum::<f64>() * stretch
    }

    fn take(&mut self, other: Self) {
        let (effect, weight) = (other.effect, other.weight);
        let parts = other.parts.iter();
        self.parts
            .extend(parts.map(|(part, size)| (part + effect * size, weight * size)));
    }
}

/// One for each cohort and one for whoever isn't treated within the panel.
fn strata(fit: &GroupTime, average: &Average, holders: &[usize], clustered: bool) -> Vec<Stratum> {
    let units = fit.units() as f64;
    let own = residuals(fit, average, |count, slopes| {
        let left = count.saturating_sub(1 + slopes).max(1);
        if clustered {
            1.0
        } else {
            (count as f64 / left as f64).sqrt()
        }
    });
    let mut order: Vec<usize> = (0..fit.units()).collect();
    order.sort_by_key(|&u| (start_of(fit, u).is_none(), start_of(fit, u), holders[u]));
    let mut strata: Vec<Stratum> = Vec::new();
    let mut last: Option<(Option<i64>, usize)> = None;
    for unit in order {
        let (start, holder) = (start_of(fit, unit), holders[unit]);
        if last.is_none_or(|(before, _)| before != start) {
            strata.push(Stratum::empty(fit.cohort[unit].is_some(), clustered));
        }
        let same = last == Some((start, holder));
        last = Some((start, holder));
        let Some(stratum) = strata.last_mut() else {
            continue;
        };
        match stratum.parts.last_mut().filter(|_| same) {
            Some((part, size)) => {
                *part += own[unit];
                *size += 1.0;
            }
            None => stratum.parts.push((own[unit], 1.0)),
        }
    }
    for (stratum, cohort) in strata.iter_mut().filter(|s| s.treated).zip(0..) {
        let (mut value, mut weight) = (0.0, 0.0);
        for &(place, by) in &average.weights {
            let effect = &fit.effects[place];
            if fit.groups.binary_search(&effect.group) == Ok(cohort) {
                value += by * effect.value.as_ref().copied().unwrap_or(0.0);
                weight += by;
            }
        }
        let n: f64 = stratum.parts.iter().map(|(_, size)| size).sum();
        stratum.effect = units * value / n;
        stratum.weight = units * weight / n;
    }
    // Those without any part in this average say nothing about its spread.
    strata.retain(|s| s.weight != 0.0 || s.parts.iter().any(|(part, _)| *part != 0.0));
    strata
}

/// Joins cohorts of one unit, so that each stratum has at least two.
fn pool_single(strata: &mut Vec<Stratum>) -> Result<()> {
    if strata.is_empty() {
        return Err(NoAnswer::NoVariation);
    }
    if strata.iter().any(|s| !s.treated && s.parts.len() == 1) {
        // One single unit to compare with: what is its own and what is the period's can't be
        // told apart.
        return Err(NoAnswer::TooFewClusters { n: 1, needed: 2 });
    }
    let (ones, mut rest): (Vec<Stratum>, Vec<Stratum>) = std::mem::take(strata)
        .into_iter()
        .partition(|s| s.parts.len() == 1);
    if !ones.is_empty() {
        let mut pooled = Stratum::empty(true, false);
        pooled.pooled = true;
        for one in ones {
            pooled.take(one);
        }
        if pooled.parts.len() == 1 {
            let smallest = rest
                .iter()
                .enumerate()
                .filter(|(_, s)| s.treated)
                .min_by_key(|(_, s)| s.parts.len());
            let Some((place, _)) = smallest else {
                return Err(NoAnswer::TooFewTreated { n: 1, needed: 2 });
            };
            pooled.take(rest.remove(place));
        }
        rest.push(pooled);
    }
    *strata = rest;
    Ok(())
}
