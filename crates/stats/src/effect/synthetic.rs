//! Synthetic difference-in-differences for one treated unit, or several that start together
//! (Arkhangelsky, Athey, Hirshberg, Imbens & Wager 2021, American Economic Review 111:4088-4118).
//!
//! Others are weighted so that together they move as the treated did before the start, and
//! earlier periods so that they stand for the later ones; the effect is the difference-in-
//! differences under both weights. Weights are found as R's `synthdid` finds them (Frank-Wolfe
//! steps with an intercept, small weights dropped after 100 steps, then up to 10,000 more), so
//! that the two give the same.
//!
//! Errors are placebo ones (their algorithm 4): the others take turns at being treated, which
//! assumes that their noise is like the treated one's. With one treated unit the rank of its
//! effect among the placebos is a test that needs no distribution.
//!
//! Needs every unit in every period.

use super::panel::Panel;
use crate::answer::Spread;
use crate::random::generator;
use crate::reason::{NoAnswer, Result};
use rand::seq::SliceRandom;
use rayon::prelude::*;

/// Fewest others: fewer can't give a rank at 5%.
pub const OTHERS_NEEDED: usize = 19;
/// Placebo dealings where several are treated.
const PLACEBOS: usize = 500;
const FIRST_STEPS: usize = 100;
const STEPS: usize = 10_000;

/// The estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Synthetic {
    /// The effect, mean over treated units and periods from the start on.
    pub value: f64,
    /// Start of the treated.
    pub start: i64,
    /// Treated units.
    pub treated: usize,
    /// Weight of each other unit (numbers as given), those above zero.
    pub units: Vec<(usize, f64)>,
    /// Weight of each earlier period, those above zero.
    pub periods: Vec<(i64, f64)>,
    /// Effects that others seem to have when they take the treated's place.
    pub placebos: Vec<f64>,
    /// Interval from the spread of placebos (normal), or why there is none.
    pub spread: Result<Spread>,
    /// Share of placebos, with the estimate itself, at least as large (either sign).
    pub p: f64,
    /// Gap to the weighted others in each period, level before the start taken out.
    pub gap: Vec<(i64, f64)>,
}

/// Estimates the effect.
///
/// # Errors
/// [`NoAnswer::NoneTreated`] if nobody starts within the panel, [`NoAnswer::Changes`] if starts
/// differ, [`NoAnswer::TooFewPeriods`] if the start leaves fewer than two periods before it,
/// [`NoAnswer::NoneToCompare`] with fewer than two others, [`NoAnswer::TooFewRows`] if a row is
/// missing, [`NoAnswer::NoVariation`] if others never change.
pub fn estimate(panel: &Panel, seed: u64) -> Result<Synthetic> {
    let times = panel.periods.len();
    let (first, last) = (panel.periods[0], panel.periods[times - 1]);
    let begun = |u: &usize| panel.start[*u].is_some_and(|g| g <= last && g > first);
    let kept: Vec<usize> = (0..panel.units())
        .filter(|&u| panel.start[u].is_none_or(|g| g > first))
        .collect();
    let treated: Vec<usize> = kept.iter().copied().filter(begun).collect();
    let others: Vec<usize> = kept.iter().copied().filter(|u| !begun(u)).collect();
    let Some(start) = treated.first().and_then(|&u| panel.start[u]) else {
        return Err(NoAnswer::NoneTreated {
            already: panel.units() - kept.len(),
        });
    };
    if let Some(&unit) = treated.iter().find(|&&u| panel.start[u] != Some(start)) {
        return Err(NoAnswer::Changes {
            what: "start",
            unit: panel.ids[unit],
        });
    }
    if others.len() < 2 {
        return Err(NoAnswer::NoneToCompare);
    }
    let before = panel.periods.partition_point(|&p| p < start);
    if before < 2 {
        return Err(NoAnswer::TooFewPeriods {
            n: before,
            needed: 2,
        });
    }
    let rows = kept
        .iter()
        .map(|&u| (0..times).filter(|&t| panel.value(u, t).is_some()).count())
        .sum::<usize>();
    if rows < kept.len() * times {
        return Err(NoAnswer::TooFewRows {
            n: rows as u64,
            needed: (kept.len() * times) as u64,
        });
    }
    let mut table = Table::of(panel, &treated, &others, before);
    let scale = table.standardise()?;
    let noise = table.noise();
    let own = table.treated();
    let all: Vec<usize> = (0..others.len()).collect();
    let fit = table.fit(&all, &own, treated.len(), noise, None);
    let placebos = table.placebos(treated.len(), noise, &fit, seed);
    let value = fit.value * scale;
    let n = placebos.len() as f64;
    let spread = if n < 2.0 {
        Err(NoAnswer::TooFewClusters {
            n: others.len(),
            needed: treated.len() + 2,
        })
    } else {
        let mean = placebos.iter().sum::<f64>() / n;
        let square: f64 = placebos.iter().map(|p| (p - mean).powi(2)).sum();
        Spread::symmetric(value, (square / n).sqrt() * scale, f64::INFINITY)
    };
    let as_large = placebos.iter().filter(|p| p.abs() >= fit.value.abs());
    let level: f64 = (0..before)
        .map(|t| fit.periods[t] * table.gap(&own, &fit.units, t))
        .sum();
    Ok(Synthetic {
        value,
        start,
        treated: treated.len(),
        units: others
            .iter()
            .zip(&fit.units)
            .filter(|(_, w)| **w > 0.0)
            .map(|(&u, w)| (panel.ids[u], *w))
            .collect(),
        periods: panel
            .periods
            .iter()
            .zip(&fit.periods)
            .filter(|(_, w)| **w > 0.0)
            .map(|(p, w)| (*p, *w))
            .collect(),
        spread,
        p: (as_large.count() + 1) as f64 / (n + 1.0),
        gap: (0..times)
            .map(|t| {
                (
                    panel.periods[t],
                    (table.gap(&own, &fit.units, t) - level) * scale,
                )
            })
            .collect(),
        placebos: placebos.iter().map(|p| p * scale).collect(),
    })
}

/// Outcomes of treated and others, unit-major.
struct Table {
    own: Vec<Vec<f64>>,
    others: Vec<Vec<f64>>,
    before: usize,
    times: usize,
}

struct Fit {
    value: f64,
    units: Vec<f64>,
    periods: Vec<f64>,
}

impl Table {
    fn of(panel: &Panel, treated: &[usize], others: &[usize], before: usize) -> Self {
        let times = panel.periods.len();
        let rows = |units: &[usize]| -> Vec<Vec<f64>> {
            units
                .iter()
                .map(|&u| panel.outcome[u * times..(u + 1) * times].to_vec())
                .collect()
        };
        Self {
            own: rows(treated),
            others: rows(others),
            before,
            times,
        }
    }

    /// Brings the others' earlier outcomes to mean 0 and spread 1; gives back the scale.
    fn standardise(&mut self) -> Result<f64> {
        let early: Vec<f64> = self
            .others
            .iter()
            .flat_map(|row| row[..self.before].to_vec())
            .collect();
        let n = early.len() as f64;
        let mean = early.iter().sum::<f64>() / n;
        let scale = (early.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n).sqrt();
        if !(scale.is_finite() && scale > 1e-12 * mean.abs()) {
            return Err(NoAnswer::NoVariation);
        }
        for row in self.own.iter_mut().chain(&mut self.others) {
            for v in row {
                *v = (*v - mean) / scale;
            }
        }
        Ok(scale)
    }

    /// Standard deviation of changes from period to period among the others before the start.
    fn noise(&self) -> f64 {
        let steps: Vec<f64> = self
            .others
            .iter()
            .flat_map(|row| {
                row[..self.before]
                    .windows(2)
                    .map(|w| w[1] - w[0])
                    .collect::<Vec<_>>()
            })
            .collect();
        let n = steps.len() as f64;
        if n < 2.0 {
            return 0.0;
        }
        let mean = steps.iter().sum::<f64>() / n;
        (steps.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
    }

    /// Mean of the treated in each period.
    fn treated(&self) -> Vec<f64> {
        mean_of(
            &self.own.iter().map(Vec::as_slice).collect::<Vec<_>>(),
            self.times,
        )
    }

    fn gap(&self, own: &[f64], units: &[f64], time: usize) -> f64 {
        let others: f64 = self
            .others
            .iter()
            .zip(units)
            .map(|(row, w)| w * row[time])
            .sum();
        own[time] - others
    }

    /// The effect on `own` against those of the others that are in `among`.
    fn fit(
        &self,
        among: &[usize],
        own: &[f64],
        count: usize,
        noise: f64,
        from: Option<&Fit>,
    ) -> Fit {
        let (before, times) = (self.before, self.times);
        let after = (times - before) as f64;
        let least = if noise > 0.0 { 1e-5 * noise } else { 1e-5 };
        let rows: Vec<&[f64]> = among.iter().map(|&u| self.others[u].as_slice()).collect();
        // Periods: the others' later mean from their earlier values.
        let late: Vec<f64> = rows
            .iter()
            .map(|row| row[before..].iter().sum::<f64>() / after)
            .collect();
        let by_unit: Vec<Vec<f64>> = rows.iter().map(|row| row[..before].to_vec()).collect();
        let init = from.map(|f| f.periods.clone());
        let periods = two_passes(&by_unit, &late, 1e-6 * noise, least, init);
        // Units: the treated's earlier values from the others'.
        let by_time: Vec<Vec<f64>> = (0..before)
            .map(|t| rows.iter().map(|row| row[t]).collect())
            .collect();
        let zeta = (count as f64 * after).powf(0.25) * noise;
        let init = from.map(|f| normalised(among.iter().map(|&u| f.units[u]).collect()));
        let units = two_passes(&by_time, &own[..before], zeta, least, init);
        let contrast = |row: &[f64]| {
            row[before..].iter().sum::<f64>() / after
                - row[..before]
                    .iter()
                    .zip(&periods)
                    .map(|(y, w)| y * w)
                    .sum::<f64>()
        };
        let value = contrast(own)
            - rows
                .iter()
                .zip(&units)
                .map(|(row, w)| w * contrast(row))
                .sum::<f64>();
        Fit {
            value,
            units,
            periods,
        }
    }

    /// Effects of others in the treated's place: each once where one is treated, else random
    /// groups of as many.
    fn placebos(&self, count: usize, noise: f64, fit: &Fit, seed: u64) -> Vec<f64> {
        let n = self.others.len();
        if n < count + 2 {
            return Vec::new();
        }
        let turns: Vec<Vec<usize>> = if count == 1 {
            (0..n).map(|u| vec![u]).collect()
        } else {
            let mut random = generator(seed, "effect synthetic placebos");
            let mut all: Vec<usize> = (0..n).collect();
            (0..PLACEBOS)
                .map(|_| {
                    all.shuffle(&mut random);
                    all[..count].to_vec()
                })
                .collect()
        };
        turns
            .par_iter()
            .map(|turn| {
                let among: Vec<usize> = (0..n).filter(|u| !turn.contains(u)).collect();
                let rows: Vec<&[f64]> = turn.iter().map(|&u| self.others[u].as_slice()).collect();
                let own = mean_of(&rows, self.times);
                self.fit(&among, &own, count, noise, Some(fit)).value
            })
            .filter(|v| v.is_finite())
            .collect()
    }
}

fn mean_of(rows: &[&[f64]], times: usize) -> Vec<f64> {
    (0..times)
        .map(|t| rows.iter().map(|row| row[t]).sum::<f64>() / rows.len() as f64)
        .collect()
}

fn normalised(v: Vec<f64>) -> Vec<f64> {
    let sum: f64 = v.iter().sum();
    let n = v.len() as f64;
    v.into_iter()
        .map(|w| if sum > 0.0 { w / sum } else { 1.0 / n })
        .collect()
}

fn two_passes(
    a: &[Vec<f64>],
    b: &[f64],
    zeta: f64,
    least: f64,
    init: Option<Vec<f64>>,
) -> Vec<f64> {
    let width = a.first().map_or(0, Vec::len);
    if width <= 1 {
        return vec![1.0; width];
    }
    let (a, b) = centred(a, b);
    let start = init.unwrap_or_else(|| vec![1.0 / width as f64; width]);
    let mut weights = frank_wolfe(&a, &b, zeta, least, FIRST_STEPS, start);
    let top = weights.iter().copied().fold(0.0, f64::max);
    for w in &mut weights {
        if *w <= top / 4.0 {
            *w = 0.0;
        }
    }
    frank_wolfe(&a, &b, zeta, least, STEPS, normalised(weights))
}

/// Columns with their means taken out: the intercept.
fn centred(a: &[Vec<f64>], b: &[f64]) -> (Vec<Vec<f64>>, Vec<f64>) {
    let n = a.len() as f64;
    let width = a[0].len();
    let means: Vec<f64> = (0..width)
        .map(|k| a.iter().map(|row| row[k]).sum::<f64>() / n)
        .collect();
    let mean = b.iter().sum::<f64>() / n;
    (
        a.iter()
            .map(|row| row.iter().zip(&means).map(|(v, m)| v - m).collect())
            .collect(),
        b.iter().map(|v| v - mean).collect(),
    )
}

/// min ζ²|x|² + |Ax - b|²/n over weights that are at least 0 and sum to 1.
fn frank_wolfe(
    a: &[Vec<f64>],
    b: &[f64],
    zeta: f64,
    least: f64,
    steps: usize,
    start: Vec<f64>,
) -> Vec<f64> {
    let n = a.len() as f64;
    let eta = n * zeta * zeta;
    let width = start.len();
    let mut x = start;
    let mut last = f64::INFINITY;
    let mut ax: Vec<f64> = a
        .iter()
        .map(|row| row.iter().zip(&x).map(|(v, w)| v * w).sum())
        .collect();
    for _ in 0..steps {
        let mut slope: Vec<f64> = x.iter().map(|w| eta * w).collect();
        for ((row, ax), b) in a.iter().zip(&ax).zip(b) {
            let left = ax - b;
            for (s, v) in slope.iter_mut().zip(row) {
                *s += v * left;
            }
        }
        let best = (0..width).fold(0, |best, k| if slope[k] < slope[best] { k } else { best });
        let (mut down, mut length) = (0.0, 0.0);
        for k in 0..width {
            let d = f64::from(u8::from(k == best)) - x[k];
            down += slope[k] * d;
            length += d * d;
        }
        let mut bottom = eta * length;
        for (row, ax) in a.iter().zip(&ax) {
            bottom += (row[best] - ax).powi(2);
        }
        if length > 0.0 && bottom > 0.0 {
            let step = (-down / bottom).clamp(0.0, 1.0);
            for (k, w) in x.iter_mut().enumerate() {
                *w += step * (f64::from(u8::from(k == best)) - *w);
            }
            for (row, ax) in a.iter().zip(&mut ax) {
                *ax += step * (row[best] - *ax);
            }
        }
        let left: f64 = ax.iter().zip(b).map(|(ax, b)| (ax - b).powi(2)).sum();
        let now = zeta * zeta * x.iter().map(|w| w * w).sum::<f64>() + left / n;
        if last - now <= least * least {
            break;
        }
        last = now;
    }
    x
}
