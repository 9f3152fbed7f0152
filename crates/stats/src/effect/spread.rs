//! Errors of effects: the large-sample ones that R's `did` gives, and ones that hold in small
//! samples too.
//!
//! Large samples: `sqrt(Σ influence²) / units`, or the same of sums by cluster.
//!
//! Small samples: an effect is a sum over cohorts of means over their units, so its variance is
//! the sum of each cohort's sample variance (over `n - 1`, as a mean's is) and of what estimated
//! shares add; degrees of freedom are Satterthwaite's (1946, Biometrics Bulletin 2:110-114). A
//! cohort of a single unit tells nothing about spread (its influence on itself is zero, and the
//! large-sample error counts it as exact), so such cohorts are taken together and their effects'
//! differences counted as spread. With clusters the sums by cluster take the units' place, with
//! `clusters - 1` degrees of freedom.

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
pub(crate) fn small_sample(fit: &GroupTime, average: &Average, influence: &[f64]) -> Result<Spread> {
    let units = influence.len() as f64;
    if !fit.panel.cluster.is_empty() {
        let clusters = fit.panel.clusters;
        if clusters < 2 {
            return Err(NoAnswer::TooFewClusters {
                n: clusters,
                needed: 2,
            });
        }
        let square: f64 = by_cluster(influence, &fit.panel).iter().map(|v| v * v).sum();
        let free = clusters as f64 - 1.0;
        let se = (square * clusters as f64 / free).sqrt() / units;
        return Spread::symmetric(average.value, se, free);
    }
    let mut strata = strata(fit, average, influence);
    pool_single(&mut strata)?;
    let (mut variance, mut below) = (0.0, 0.0);
    for stratum in &strata {
        let n = stratum.parts.len() as f64;
        let by: f64 = stratum.parts.iter().map(|(_, weight)| weight).sum();
        let sum: f64 = stratum.parts.iter().map(|(part, _)| part).sum();
        let (mean, share) = (sum / n, by / n);
        let left: f64 = stratum
            .parts
            .iter()
            .map(|(part, weight)| {
                let expected = if by == 0.0 { mean } else { mean * weight / share };
                (part - expected).powi(2)
            })
            .sum();
        let own = left * n / (n - 1.0);
        variance += own;
        below += own * own / (n - 1.0);
        variance += stratum.shares;
    }
    let se = variance.sqrt() / units;
    let df = if below > 0.0 { variance * variance / below } else { f64::INFINITY };
    Spread::symmetric(average.value, se, df)
}

/// Units whose differences count as spread.
struct Stratum {
    /// Place for ordering: cohorts first, by start.
    treated: bool,
    /// For each unit its part in the effect (times units) and its weight in it.
    parts: Vec<(f64, f64)>,
    /// Sum of squares of what estimated shares add.
    shares: f64,
}

/// One for each cohort and one for each kind of control.
fn strata(fit: &GroupTime, average: &Average, influence: &[f64]) -> Vec<Stratum> {
    let units = influence.len() as f64;
    let mut starts: Vec<Option<i64>> = fit.panel.start.clone();
    for (start, cohort) in starts.iter_mut().zip(&fit.cohort) {
        // Whoever is never treated within the panel is one stratum, whenever they start after.
        if cohort.is_none() {
            *start = start.filter(|&g| Some(g) == fit.stand_in);
        }
    }
    let mut order: Vec<usize> = (0..starts.len()).collect();
    order.sort_by_key(|&u| (starts[u].is_none(), starts[u]));
    let mut strata: Vec<Stratum> = Vec::new();
    let mut last = None;
    for unit in order {
        if last != Some(starts[unit]) {
            strata.push(Stratum {
                treated: fit.cohort[unit].is_some(),
                parts: Vec::new(),
                shares: 0.0,
            });
            last = Some(starts[unit]);
        }
        let Some(stratum) = strata.last_mut() else {
            continue;
        };
        let (mut part, mut weight) = (influence[unit], 0.0);
        if let Some(cohort) = fit.cohort[unit] {
            let share = fit.unit_weight[unit] * average.pulls[cohort];
            part -= share;
            stratum.shares += share * share;
            weight = 1.0;
        }
        stratum.parts.push((part, weight));
    }
    // The cohort's own effects, spread over its units: what tells single units apart.
    for (stratum, cohort) in strata.iter_mut().filter(|s| s.treated).zip(0..) {
        let (mut value, mut weight) = (0.0, 0.0);
        for &(place, by) in &average.weights {
            let effect = &fit.effects[place];
            if fit.groups.binary_search(&effect.group) == Ok(cohort) {
                value += by * effect.value.as_ref().copied().unwrap_or(0.0);
                weight += by;
            }
        }
        let n = stratum.parts.len() as f64;
        for (part, own) in &mut stratum.parts {
            *part += units * value / n;
            *own = units * weight / n;
        }
    }
    // Units without any part in this average say nothing about its spread.
    strata.retain(|s| s.parts.iter().any(|(part, weight)| *part != 0.0 || *weight != 0.0));
    strata
}

/// Joins cohorts of one unit, so that each stratum has at least two.
fn pool_single(strata: &mut Vec<Stratum>) -> Result<()> {
    let single = strata.iter().filter(|s| s.parts.len() == 1).count();
    if single == 0 {
        return if strata.is_empty() { Err(NoAnswer::NoVariation) } else { Ok(()) };
    }
    if strata.iter().any(|s| !s.treated && s.parts.len() == 1) {
        // One single unit to compare with: what is its own and what is the period's can't be
        // told apart.
        return Err(NoAnswer::TooFewClusters { n: 1, needed: 2 });
    }
    let (ones, mut rest): (Vec<Stratum>, Vec<Stratum>) =
        std::mem::take(strata).into_iter().partition(|s| s.parts.len() == 1);
    let mut pooled = Stratum {
        treated: true,
        parts: Vec::new(),
        shares: 0.0,
    };
    for one in ones {
        pooled.parts.extend(one.parts);
        pooled.shares += one.shares;
    }
    if pooled.parts.len() == 1 {
        let smallest = rest
            .iter()
            .enumerate()
            .filter(|(_, s)| s.treated)
            .min_by_key(|(_, s)| s.parts.len())
            .map(|(place, _)| place);
        let Some(place) = smallest else {
            return Err(NoAnswer::TooFewTreated { n: 1, needed: 2 });
        };
        let other = rest.remove(place);
        pooled.parts.extend(other.parts);
        pooled.shares += other.shares;
    }
    rest.push(pooled);
    *strata = rest;
    Ok(())
}
