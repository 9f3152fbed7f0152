//! Comparison with matched histories, for units that were chosen because of how they were doing.
//!
//! Whoever is acted on after a bad month does better afterwards without any action (regression to
//! the mean), and a difference-in-differences counts that as an effect. What can still be
//! compared is units whose values before the start were alike: given the history that the choice
//! was made on, who was chosen is as good as chance. Each cohort is compared with others whose
//! last value and mean before the start lie near (caliper matching; Rosenbaum & Rubin 1985,
//! American Statistician 39:33-38); within these, later values are adjusted by a regression on
//! the last value, the one before it and the mean of all (a lagged-outcome regression; Angrist &
//! Pischke 2009, section 5.4). Treated units with nobody near are left out and counted.
//!
//! Assumes that the choice rested on these values and on nothing else that changes.

use super::aggregate::Averages;
use super::group_time::{Base, GroupTime, Method, Options, again, estimate};
use super::panel::Panel;
use super::refusal::Refusal;
use crate::answer::{quantile_of_t, t_quantile};
use crate::reason::{NoAnswer, Result};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Farthest a like history may lie, in standard deviations of histories.
pub const CALIPER: f64 = 0.5;
/// Fewest treated units (and clusters with treated units) with like histories.
pub const TREATED_NEEDED: usize = 10;
/// Fewest clusters, treated or not.
pub const CLUSTERS_NEEDED: usize = 20;
/// Smallest share of the treated that must have like histories.
pub const SHARE_NEEDED: f64 = 0.5;
/// Fewest periods before a start that make a history.
const PERIODS_NEEDED: usize = 3;
/// Others near enough that each treated unit needs.
const NEAR_NEEDED: usize = 1;

/// The comparison.
#[derive(Clone, Debug)]
pub struct Matched {
    /// Effects against like histories.
    pub fit: GroupTime,
    /// Their averages; only what comes after the start means anything.
    pub averages: Averages,
    /// Treated units with like histories.
    pub matched: usize,
    /// Treated units there are.
    pub treated: usize,
}

/// Compares with matched histories.
///
/// # Errors
/// [`NoAnswer::TooFewPeriods`] with fewer than three periods before a start,
/// [`NoAnswer::NoLikeHistories`] if fewer than ten treated units, or fewer than half of them, have
/// others near; with clusters, [`Refusal::TooFewTreatedClusters`] if those with like histories lie
/// in fewer than ten, [`NoAnswer::TooFewClusters`] under 20 in all; else as [`estimate`].
pub fn compare(panel: &Panel, options: &Options) -> Result<Matched> {
    let mut first = estimate(
        panel,
        &Options {
            base: Base::Universal,
            ..*options
        },
    )?;
    // Only who started when is asked of it.
    first.influence = Vec::new();
    let panel = &first.panel;
    let ahead = i64::from(options.anticipation);
    let times = panel.periods.len();
    let mut keep = vec![true; panel.units()];
    let (mut matched, mut treated) = (0, 0);
    // Histories belong to a cohort's start, so each cohort is matched by itself. Others stay: the
    // regression may use them all, and a cohort's treated units only count where somebody is near.
    for (cohort, &group) in first.groups.iter().enumerate() {
        let before = panel
            .periods
            .partition_point(|&p| p.saturating_add(ahead) < group);
        if before < PERIODS_NEEDED {
            return Err(NoAnswer::TooFewPeriods {
                n: before,
                needed: PERIODS_NEEDED,
            });
        }
        let histories: Vec<Option<[f64; 2]>> = (0..panel.units())
            .map(|u| History::of(panel, u, before).map(|h| [h.last, h.mean]))
            .collect();
        let scale = scales(&histories)?;
        let others: Vec<[f64; 2]> = (0..panel.units())
            .filter(|&u| {
                let start = first.cohort[u].map(|g| first.groups[g]).or(panel.start[u]);
                // Not yet treated for long enough to be compared with at all.
                start.is_none_or(|g| g > group)
            })
            .filter_map(|u| histories[u])
            .collect();
        for unit in (0..panel.units()).filter(|&u| first.cohort[u] == Some(cohort)) {
            treated += 1;
            let near = histories[unit].is_some_and(|own| {
                let close = others.iter().filter(|other| {
                    (0..2).all(|k| (own[k] - other[k]).abs() <= CALIPER * scale[k])
                });
                close.count() >= NEAR_NEEDED
            });
            keep[unit] = near;
            matched += usize::from(near);
        }
    }
    let needed = TREATED_NEEDED.max((SHARE_NEEDED * treated as f64).ceil() as usize);
    if matched < needed {
        return Err(NoAnswer::NoLikeHistories {
            n: matched,
            of: treated,
            needed,
        });
    }
    let kept: Vec<usize> = (0..panel.units()).filter(|&u| keep[u]).collect();
    // Whoever stood in for the never treated still does: they start after the last period left.
    let part = panel.part(&kept, times);
    let fit = with_histories(&part, options)?;
    if !fit.panel.cluster.is_empty() {
        enough_clusters(&fit)?;
    }
    let averages = fit.averages()?;
    Ok(Matched {
        fit,
        averages,
        matched,
        treated,
    })
}

/// Units of a cluster share their luck, so many units of few clusters give no interval.
fn enough_clusters(fit: &GroupTime) -> Result<()> {
    let (treated, clusters) = fit.clusters();
    if treated < TREATED_NEEDED {
        return Err(Refusal::TooFewTreatedClusters {
            n: treated,
            needed: TREATED_NEEDED,
        }
        .into());
    }
    if clusters < CLUSTERS_NEEDED {
        return Err(NoAnswer::TooFewClusters {
            n: clusters,
            needed: CLUSTERS_NEEDED,
        });
    }
    Ok(())
}

/// How far the treated stood from others just before their start, beyond where they usually
/// stood: the dip that shows a choice by recent values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dip {
    /// Last value before the start less the unit's earlier mean, less the same of others, averaged
    /// over treated units; in the outcome's unit.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// Probability of one as large by chance, if units share no luck.
    pub p: f64,
    /// Whether it is clear of zero (95%) and at least a fifth of a standard deviation of such
    /// differences.
    pub clear: bool,
    /// The same at 80%: enough to be wary where nobody says why units were chosen.
    pub likely: bool,
}

/// Looks for a dip (or a peak).
///
/// # Errors
/// [`NoAnswer::TooFewPeriods`] with fewer than three periods before every start,
/// [`NoAnswer::TooFewTreated`] under two treated units with histories.
pub fn dip(fit: &GroupTime) -> Result<Dip> {
    let panel = &fit.panel;
    let ahead = i64::from(fit.options.anticipation);
    let mut own = Vec::new();
    let (mut square, mut free) = (0.0, 0.0);
    let mut longest = 0;
    for (cohort, &group) in fit.groups.iter().enumerate() {
        let before = panel
            .periods
            .partition_point(|&p| p.saturating_add(ahead) < group);
        longest = longest.max(before);
        if before < PERIODS_NEEDED {
            continue;
        }
        let fall = |u: usize| {
            let h = History::of(panel, u, before)?;
            Some(h.last - h.earlier)
        };
        let others: Vec<f64> = (0..panel.units())
            .filter(|&u| fit.cohort[u] != Some(cohort) && panel.start[u].is_none_or(|g| g > group))
            .filter_map(fall)
            .collect();
        if others.len() < 2 {
            continue;
        }
        let n = others.len() as f64;
        let mean = others.iter().sum::<f64>() / n;
        square += others.iter().map(|v| (v - mean).powi(2)).sum::<f64>();
        free += n - 1.0;
        let treated = (0..panel.units()).filter(|&u| fit.cohort[u] == Some(cohort));
        own.extend(treated.filter_map(fall).map(|v| (v - mean, 1.0 / n)));
    }
    if longest < PERIODS_NEEDED {
        return Err(NoAnswer::TooFewPeriods {
            n: longest,
            needed: PERIODS_NEEDED,
        });
    }
    let n = own.len() as f64;
    if n < 2.0 {
        return Err(NoAnswer::TooFewTreated {
            n: own.len(),
            needed: 2,
        });
    }
    let value = own.iter().map(|(v, _)| v).sum::<f64>() / n;
    let sd = (square / free).sqrt();
    let se = sd * (1.0 / n + own.iter().map(|(_, share)| share).sum::<f64>() / n).sqrt();
    if !(se.is_finite() && se > 0.0) {
        return Err(NoAnswer::NoVariation);
    }
    let notable = value.abs() > 0.2 * sd;
    Ok(Dip {
        value,
        se,
        p: p_of_t(value / se, free),
        clear: notable && value.abs() > t_quantile(free) * se,
        likely: notable && value.abs() > quantile_of_t(0.9, free) * se,
    })
}

/// Probability of |t| at least as large, with so many degrees of freedom (at least 1 here).
fn p_of_t(t: f64, df: f64) -> f64 {
    StudentsT::new(0.0, 1.0, df).map_or(1.0, |d| 2.0 * d.sf(t.abs()))
}

/// Values before a start.
struct History {
    last: f64,
    second: f64,
    mean: f64,
    /// Mean of all but the last.
    earlier: f64,
}

impl History {
    /// Needs the last value and one more.
    fn of(panel: &Panel, unit: usize, before: usize) -> Option<Self> {
        let last = panel.value(unit, before.checked_sub(1)?)?;
        let rest: Vec<f64> = (0..before - 1)
            .filter_map(|t| panel.value(unit, t))
            .collect();
        let n = rest.len() as f64;
        let second = *rest.last()?;
        let sum: f64 = rest.iter().sum();
        Some(Self {
            last,
            second,
            mean: (sum + last) / (n + 1.0),
            earlier: sum / n,
        })
    }
}

fn scales(histories: &[Option<[f64; 2]>]) -> Result<[f64; 2]> {
    let mut scale = [0.0; 2];
    for (k, scale) in scale.iter_mut().enumerate() {
        let values: Vec<f64> = histories.iter().flatten().map(|h| h[k]).collect();
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        *scale = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
        if !(scale.is_finite() && *scale > 0.0) {
            return Err(NoAnswer::NoVariation);
        }
    }
    Ok(scale)
}

/// Group-time effects with histories as covariates: one estimate a cohort, since histories belong
/// to its start.
fn with_histories(panel: &Panel, options: &Options) -> Result<GroupTime> {
    let options = Options {
        method: Method::Regression,
        base: Base::Universal,
        ..*options
    };
    let mut plain = estimate(panel, &options)?;
    let ahead = i64::from(options.anticipation);
    // Influence is by far the largest part: moved, not copied.
    let influence = std::mem::take(&mut plain.influence);
    let mut whole = plain.clone();
    whole.influence = influence;
    whole.slopes = plain.panel.width + 3;
    for &group in &plain.groups {
        let before = plain
            .panel
            .periods
            .partition_point(|&p| p.saturating_add(ahead) < group);
        let mut own = plain.panel.clone();
        let times = own.periods.len();
        let width = own.width + 3;
        let mut covariates = Vec::with_capacity(own.units() * times * width);
        for unit in 0..own.units() {
            let history = History::of(&own, unit, before);
            for time in 0..times {
                covariates.extend_from_slice(own.covariates_of(unit, time));
                match &history {
                    Some(h) => covariates.extend([h.last, h.second, h.mean]),
                    None => covariates.extend([0.0; 3]),
                }
            }
            if history.is_none() {
                own.outcome[unit * times..(unit + 1) * times].fill(f64::NAN);
            }
        }
        own.covariates = covariates;
        own.width = width;
        let places = (0..plain.effects.len()).filter(|&e| plain.effects[e].group == group);
        for (place, (effect, influence)) in places.zip(again(&own, &options, &plain, group)) {
            whole.effects[place] = effect;
            whole.influence[place] = influence;
        }
    }
    Ok(whole)
}
