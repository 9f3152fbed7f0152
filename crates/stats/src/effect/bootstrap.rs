//! Simultaneous bands by a multiplier bootstrap (Callaway & Sant'Anna 2021, algorithm 1): each
//! draw gives every unit (or cluster) a sign and adds up their influence; a band's half-width is
//! the error times the 95% quantile of the largest |t| over all it covers, so that all of it
//! holds the truth at once. Standard errors from draws are the interquartile range over that of
//! the normal, as in R's `did`.
//!
//! Draws come in blocks with a generator each, so the number of threads changes nothing.

use super::aggregate::{Average, Averages};
use super::group_time::GroupTime;
use super::refusal::Refusal;
use crate::answer::{LEVEL, Z, normal_quantile, t_quantile};
use crate::quantile;
use crate::random::generator;
use crate::reason::{NoAnswer, Result};
use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, Par};
use rand::Rng;
use rayon::prelude::*;

/// Draws in a block.
const BLOCK: usize = 37;
/// Fewest draws: the 95% quantile of fewer is their largest.
pub const DRAWS_NEEDED: usize = 99;
/// Most draws times effects: they are held at once, three times over at worst (0.6 GB).
pub const DRAWN_MOST: usize = 25_000_000;

/// A band over a family of effects.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Standard errors from the draws; none where nothing varies.
    pub se: Vec<Option<f64>>,
    /// What errors are multiplied by; never below 1.96.
    pub critical: f64,
    /// Share of draws whose largest |t| is at or above the largest seen: how likely it is to see
    /// one as large somewhere if all effects in the family are zero.
    pub joint_p: f64,
    /// Largest |t| of each draw, ascending.
    largest: Vec<f64>,
}

/// Bands over effects and averages.
#[derive(Clone, Debug)]
pub struct Bands {
    /// Draws made.
    pub draws: usize,
    /// Over all group-time effects.
    pub effects: Result<Band>,
    /// Over cohorts.
    pub by_group: Result<Band>,
    /// Over periods.
    pub by_period: Result<Band>,
    /// Over times since the start.
    pub by_time: Result<Band>,
    /// Over times before the start alone: a joint test that nothing happened before.
    pub before: Result<Band>,
    /// The overall average's standard error.
    pub overall_se: Option<f64>,
}

/// Makes the bands.
///
/// # Errors
/// [`Refusal::TooFewDraws`] under 99 draws, [`Refusal::TooManyDraws`] if draws times effects go
/// beyond [`DRAWN_MOST`].
pub fn bands(fit: &GroupTime, averages: &Averages, draws: usize, seed: u64) -> Result<Bands> {
    if draws < DRAWS_NEEDED {
        return Err(Refusal::TooFewDraws {
            n: draws,
            needed: DRAWS_NEEDED,
        }
        .into());
    }
    let made: Vec<usize> = (0..fit.effects.len())
        .filter(|&e| fit.effects[e].value.is_ok())
        .collect();
    let columns = made.len() + fit.groups.len();
    if draws.saturating_mul(columns) > DRAWN_MOST {
        return Err(Refusal::TooManyDraws {
            n: draws,
            most: DRAWN_MOST / columns,
        }
        .into());
    }
    let influence = influence(fit, &made);
    let drawn = draw(&influence, draws, seed);
    drop(influence);
    let place_of = |effect: usize| made.binary_search(&effect).ok();
    let single: Vec<Vec<(usize, f64)>> = (0..made.len()).map(|k| vec![(k, 1.0)]).collect();
    let weights = |average: &Average| -> Vec<(usize, f64)> {
        let own = average.weights.iter();
        let mut all: Vec<(usize, f64)> = own
            .filter_map(|(effect, w)| Some((place_of(*effect)?, *w)))
            .collect();
        all.extend(
            average
                .pulls
                .iter()
                .enumerate()
                .map(|(g, p)| (made.len() + g, *p)),
        );
        all.retain(|(_, w)| *w != 0.0);
        all
    };
    let scale = 1.0 / fit.units() as f64;
    let band = |family: &[Vec<(usize, f64)>], values: &[f64]| -> Result<Band> {
        over(&drawn, columns, family, values, scale)
    };
    let family = |of: &[Average]| -> Result<Band> {
        let lists: Vec<_> = of.iter().map(&weights).collect();
        let values: Vec<f64> = of.iter().map(|a| a.value).collect();
        band(&lists, &values)
    };
    let values: Vec<f64> = made
        .iter()
        .filter_map(|&e| fit.effects[e].value.as_ref().ok().copied())
        .collect();
    let ahead = i64::from(fit.options.anticipation);
    let before: Vec<Average> = averages
        .by_time
        .iter()
        .filter(|a| a.at < -ahead)
        .cloned()
        .collect();
    // Errors of few units vary themselves, so what was seen is measured by the small-sample ones.
    let joint = |band: Result<Band>| -> Result<Band> {
        let mut band = band?;
        let seen = before.iter().filter_map(|a| {
            let spread = a.spread.as_ref().ok()?;
            Some(a.value.abs() / spread.se * Z / t_quantile(spread.df))
        });
        let seen = seen.fold(0.0, f64::max);
        let as_large = band.largest.iter().filter(|t| **t >= seen).count();
        band.joint_p = (as_large + 1) as f64 / (band.largest.len() + 1) as f64;
        Ok(band)
    };
    let overall = band(&[weights(&averages.overall)], &[averages.overall.value]);
    Ok(Bands {
        draws,
        effects: band(&single, &values),
        by_group: family(&averages.by_group),
        by_period: family(&averages.by_period),
        by_time: family(&averages.by_time),
        before: joint(family(&before)),
        overall_se: overall.ok().and_then(|b| b.se.first().copied().flatten()),
    })
}

/// Half-width of a band in small samples: the larger of the band's quantile and 1.96, stretched
/// as a t quantile is.
pub fn half_width(critical: f64, se: f64, df: f64) -> f64 {
    critical * se * t_quantile(df) / Z
}

/// Rows that are given signs (units, or sums by cluster) × effects and cohorts.
fn influence(fit: &GroupTime, made: &[usize]) -> Mat<f64> {
    let panel = &fit.panel;
    let alone = panel.cluster.is_empty();
    let rows = if alone { fit.units() } else { panel.clusters };
    let row = |unit: usize| if alone { unit } else { panel.cluster[unit] };
    let mut matrix = Mat::<f64>::zeros(rows, made.len() + fit.groups.len());
    for (k, &effect) in made.iter().enumerate() {
        let column = matrix.col_as_slice_mut(k);
        for (unit, own) in fit.influence[effect].iter().enumerate() {
            column[row(unit)] += own;
        }
    }
    for (unit, cohort) in fit.cohort.iter().enumerate() {
        if let Some(cohort) = cohort {
            matrix[(row(unit), made.len() + cohort)] += fit.unit_weight[unit];
        }
    }
    matrix
}

/// Draws, one after another, a value for each column.
fn draw(influence: &Mat<f64>, draws: usize, seed: u64) -> Vec<f64> {
    let (rows, columns) = (influence.nrows(), influence.ncols());
    let blocks: Vec<(usize, usize)> = (0..draws.div_ceil(BLOCK))
        .map(|b| (b, BLOCK.min(draws - b * BLOCK)))
        .collect();
    let parts: Vec<Vec<f64>> = blocks
        .par_iter()
        .map(|&(block, count)| {
            let mut random = generator(seed, &format!("effect signs {block}"));
            let mut signs = Mat::<f64>::zeros(rows, count);
            for d in 0..count {
                let column = signs.col_as_slice_mut(d);
                for chunk in column.chunks_mut(64) {
                    let mut bits = random.next_u64();
                    for sign in chunk {
                        *sign = if bits & 1 == 1 { 1.0 } else { -1.0 };
                        bits >>= 1;
                    }
                }
            }
            let mut sums = Mat::<f64>::zeros(columns, count);
            matmul(
                sums.as_mut(),
                Accum::Replace,
                influence.transpose(),
                signs.as_ref(),
                1.0,
                Par::Seq,
            );
            (0..count)
                .flat_map(|d| sums.col_as_slice(d).to_vec())
                .collect()
        })
        .collect();
    parts.concat()
}

fn over(
    drawn: &[f64],
    columns: usize,
    family: &[Vec<(usize, f64)>],
    values: &[f64],
    scale: f64,
) -> Result<Band> {
    if family.is_empty() || columns == 0 {
        return Err(NoAnswer::Empty);
    }
    let count = drawn.len() / columns;
    // One after another: each member's draws are sorted once for its error.
    let made: Vec<(Option<f64>, Vec<f64>)> = family
        .par_iter()
        .map(|weights| {
            let own: Vec<f64> = drawn
                .chunks_exact(columns)
                .map(|draw| weights.iter().map(|(k, w)| draw[*k] * w).sum::<f64>() * scale)
                .collect();
            let mut sorted = own.clone();
            sorted.sort_by(f64::total_cmp);
            let ends = quantile::step(&sorted, 0.25).zip(quantile::step(&sorted, 0.75));
            let se = ends.map(|(low, high)| (high - low) / (2.0 * normal_quantile(0.75)));
            (se.filter(|se| se.is_finite() && *se > 0.0), own)
        })
        .collect();
    let mut largest = vec![0.0f64; count];
    let mut seen = 0.0f64;
    for ((se, own), value) in made.iter().zip(values) {
        let Some(se) = se else { continue };
        seen = seen.max((value / se).abs());
        for (largest, draw) in largest.iter_mut().zip(own) {
            *largest = largest.max((draw / se).abs());
        }
    }
    if made.iter().all(|(se, _)| se.is_none()) {
        return Err(NoAnswer::NoVariation);
    }
    let joint = largest.iter().filter(|t| **t >= seen).count();
    largest.sort_by(f64::total_cmp);
    let critical = quantile::step(&largest, LEVEL)
        .ok_or(NoAnswer::Empty)?
        .max(Z);
    Ok(Band {
        se: made.iter().map(|(se, _)| *se).collect(),
        critical,
        joint_p: (joint + 1) as f64 / (count + 1) as f64,
        largest,
    })
}
