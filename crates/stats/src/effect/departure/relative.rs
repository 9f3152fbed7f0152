//! Intervals when the drift after the start is at most `M` times the largest seen before it.
//!
//! The set of such drifts is a union of polyhedra, one for each period before the start and sign;
//! a value is kept if the test of any of them keeps it. Each test asks whether some effects that
//! average to the value leave drifts within the polyhedron, given the estimates' error: moment
//! inequalities with nuisance parameters (Andrews, Roth & Pakes 2023, Review of Economic Studies
//! 90:2763-2791), conditional on which of them bind, after a first stage of size 0.5% against the
//! least favourable case. As in R's `HonestDiD` ("C-LF"), inequalities that concern no period
//! after the start are left out.

use super::{Bound, EventStudy};
use crate::effect::simplex::Programme;
use crate::random::generator;
use crate::reason::{NoAnswer, Result, within};
use faer::{Mat, Side};
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;
use statrs::distribution::{ContinuousCDF, Normal};

const ALPHA: f64 = 0.05;
const FIRST: f64 = ALPHA / 10.0;
/// Draws for the least favourable case.
const DRAWS: usize = 3000;
/// Points on either side before ends are polished.
const POINTS: usize = 60;

/// The interval under a bound: everything between the lowest and the highest value kept.
///
/// # Errors
/// [`NoAnswer::OutOfRange`] for a negative bound, [`NoAnswer::NoVariation`] without spread,
/// [`NoAnswer::Arithmetic`] where a programme can't be solved.
pub fn relative(study: &EventStudy, most: f64, seed: u64) -> Result<Bound> {
    let (tests, scale) = tests(study, most, seed)?;
    let kept = |value: f64| tests.par_iter().any(|test| test.keeps(value));
    let centre = study.value() / scale;
    let reach = 20.0 + most * plug_in(study) / scale;
    let step = reach / POINTS as f64;
    let grid: Vec<i64> = (-(POINTS as i64)..=POINTS as i64).collect();
    let kept_at: Vec<bool> = grid
        .iter()
        .map(|&k| kept(centre + step * k as f64))
        .collect();
    let (Some(first), Some(last)) = (
        kept_at.iter().position(|k| *k),
        kept_at.iter().rposition(|k| *k),
    ) else {
        return Err(NoAnswer::Arithmetic {
            what: "interval under departing trends",
        });
    };
    let polish = |inside: f64, outside: f64| {
        let (mut inside, mut outside) = (inside, outside);
        for _ in 0..18 {
            let middle = f64::midpoint(inside, outside);
            if kept(middle) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        inside
    };
    let at = |place: usize| centre + step * grid[place] as f64;
    Ok(Bound {
        most,
        low: scale * polish(at(first), at(first) - step),
        high: scale * polish(at(last), at(last) + step),
    })
}

/// The smallest `M` (up to `limit`, to 0.01) at which zero is kept: departures this large would
/// explain the effect away. None if even `limit` doesn't.
///
/// # Errors
/// As [`relative`].
pub fn breakdown(study: &EventStudy, limit: f64, seed: u64) -> Result<Option<f64>> {
    let zero = |most: f64| -> Result<bool> {
        let (tests, _) = tests(study, most, seed)?;
        Ok(tests.par_iter().any(|test| test.keeps(0.0)))
    };
    if zero(0.0)? {
        return Ok(Some(0.0));
    }
    if !zero(limit)? {
        return Ok(None);
    }
    let (mut below, mut above) = (0.0, limit);
    while above - below > 0.01 {
        let middle = f64::midpoint(below, above);
        if zero(middle)? {
            above = middle;
        } else {
            below = middle;
        }
    }
    Ok(Some(above))
}

/// How far the estimates alone would let the value lie off.
fn plug_in(study: &EventStudy) -> f64 {
    let mut path = study.before.clone();
    path.push(0.0);
    let largest = path
        .windows(2)
        .map(|w| (w[1] - w[0]).abs())
        .fold(0.0, f64::max);
    let by: f64 = study
        .weights
        .iter()
        .enumerate()
        .map(|(s, w)| w.abs() * (s + 1) as f64)
        .sum();
    largest * by
}

/// One polyhedron, in units of the effect's standard error.
struct Test {
    /// Estimates less the polyhedron's bound.
    y: Vec<f64>,
    /// What a unit of the value takes from them.
    by_value: Vec<f64>,
    /// Their covariance.
    covariance: Mat<f64>,
    /// Dual weights: at least 0, no nuisance left, errors adding to 1.
    programme: Programme,
    /// First stage's critical value.
    cut: f64,
}

fn tests(study: &EventStudy, most: f64, seed: u64) -> Result<(Vec<Test>, f64)> {
    within(most, 0.0, 1e6)?;
    let scale = study.se();
    if !(scale.is_finite() && scale > 0.0) {
        return Err(NoAnswer::NoVariation);
    }
    let draws = draws(study, scale, seed)?;
    let cases: Vec<(usize, f64)> = (0..study.before.len())
        .flat_map(|s| [(s, 1.0), (s, -1.0)])
        .collect();
    let tests = cases
        .par_iter()
        .map(|&(place, sign)| Test::of(study, most, scale, place, sign, &draws))
        .collect::<Result<Vec<_>>>()?;
    Ok((tests, scale))
}

/// Errors of the estimates, drawn once for all polyhedra.
fn draws(study: &EventStudy, scale: f64, seed: u64) -> Result<Vec<Vec<f64>>> {
    let size = study.covariance.size();
    let matrix = Mat::from_fn(size, size, |a, b| {
        study.covariance.get(a, b) / (scale * scale)
    });
    let eigen = matrix
        .self_adjoint_eigen(Side::Lower)
        .map_err(|_| NoAnswer::Arithmetic {
            what: "covariance of effects",
        })?;
    let (vectors, values) = (eigen.U(), eigen.S());
    let mut random = generator(seed, "effect least favourable");
    Ok((0..DRAWS)
        .map(|_| {
            let z: Vec<f64> = (0..size)
                .map(|k| {
                    let z: f64 = StandardNormal.sample(&mut random);
                    z * values[k].max(0.0).sqrt()
                })
                .collect();
            (0..size)
                .map(|a| (0..size).map(|k| vectors[(a, k)] * z[k]).sum())
                .collect()
        })
        .collect())
}

impl Test {
    fn of(
        study: &EventStudy,
        most: f64,
        scale: f64,
        place: usize,
        sign: f64,
        draws: &[Vec<f64>],
    ) -> Result<Self> {
        let (before, after) = (study.before.len(), study.after.len());
        let size = before + after;
        // Path with its zero at the base: columns before, base, after; the base is left out.
        let step = |from: usize| -> Vec<f64> {
            let mut row = vec![0.0; size + 1];
            row[from] = -1.0;
            row[from + 1] = 1.0;
            row.remove(before);
            row
        };
        let largest: Vec<f64> = step(place).iter().map(|v| sign * most * v).collect();
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(2 * after);
        for side in [1.0, -1.0] {
            for t in 0..after {
                let own = step(before + t);
                rows.push(
                    own.iter()
                        .zip(&largest)
                        .map(|(a, b)| side * a - b)
                        .collect(),
                );
            }
        }
        let estimates: Vec<f64> = study.before.iter().chain(&study.after).copied().collect();
        let apply = |row: &[f64], to: &[f64]| row.iter().zip(to).map(|(a, b)| a * b).sum::<f64>();
        let y: Vec<f64> = rows
            .iter()
            .map(|row| apply(row, &estimates) / scale)
            .collect();
        let sigma = |a: usize, b: usize| study.covariance.get(a, b) / (scale * scale);
        let count = rows.len();
        let half: Vec<Vec<f64>> = rows
            .iter()
            .map(|row| {
                (0..size)
                    .map(|b| (0..size).map(|a| row[a] * sigma(a, b)).sum())
                    .collect()
            })
            .collect();
        let covariance = Mat::from_fn(count, count, |i, j| apply(&half[i], &rows[j]));
        let errors: Vec<f64> = (0..count)
            .map(|i| covariance[(i, i)].max(0.0).sqrt())
            .collect();
        if errors.iter().any(|e| e.is_nan() || *e < 1e-9) {
            return Err(NoAnswer::NoVariation);
        }
        // New coordinates: the value first, then all effects but the one with most weight.
        let pivot = (0..after)
            .max_by(|&a, &b| study.weights[a].abs().total_cmp(&study.weights[b].abs()))
            .unwrap_or(0);
        let weight = study.weights[pivot];
        if weight == 0.0 {
            return Err(NoAnswer::NoVariation);
        }
        let by_value: Vec<f64> = rows
            .iter()
            .map(|row| row[before + pivot] / weight)
            .collect();
        let mut a = vec![errors.clone()];
        for k in (0..after).filter(|&k| k != pivot) {
            let share = study.weights[k] / weight;
            a.push(
                rows.iter()
                    .map(|row| row[before + k] - share * row[before + pivot])
                    .collect(),
            );
        }
        let mut b = vec![0.0; a.len()];
        b[0] = 1.0;
        let programme = Programme::new(&a, &b)?;
        let mut tops: Vec<f64> = draws
            .iter()
            .filter_map(|draw| {
                let moved: Vec<f64> = rows.iter().map(|row| apply(row, draw)).collect();
                programme.solve(&moved).map(|(top, _)| top)
            })
            .collect();
        if tops.len() < DRAWS / 2 {
            return Err(NoAnswer::Arithmetic {
                what: "least favourable case",
            });
        }
        tops.sort_by(f64::total_cmp);
        let cut = crate::quantile::whole(&tops, 1.0 - FIRST);
        Ok(Self {
            y,
            by_value,
            covariance,
            programme,
            cut,
        })
    }

    /// Whether this polyhedron can't be told from the value.
    fn keeps(&self, value: f64) -> bool {
        let y: Vec<f64> = self
            .y
            .iter()
            .zip(&self.by_value)
            .map(|(y, b)| y - value * b)
            .collect();
        let Some((top, binding)) = self.programme.solve(&y) else {
            return true;
        };
        if top > self.cut {
            return false;
        }
        let count = y.len();
        let spread: Vec<f64> = (0..count)
            .map(|i| {
                (0..count)
                    .map(|j| self.covariance[(i, j)] * binding[j])
                    .sum()
            })
            .collect();
        let square: f64 = binding.iter().zip(&spread).map(|(a, b)| a * b).sum();
        if square <= 1e-18 {
            return top <= 0.0;
        }
        let sd = square.sqrt();
        // Estimates as the statistic varies, all else held as seen.
        let slope: Vec<f64> = spread.iter().map(|s| s / square).collect();
        let fixed: Vec<f64> = y.iter().zip(&slope).map(|(y, s)| y - s * top).collect();
        let end = |from: f64| -> f64 {
            let mut at = from;
            for _ in 0..60 {
                let moved: Vec<f64> = fixed.iter().zip(&slope).map(|(f, s)| f + s * at).collect();
                let Some((best, x)) = self.programme.solve(&moved) else {
                    return top;
                };
                if best - at <= 1e-9 * (1.0 + at.abs()) {
                    return at;
                }
                let (mut flat, mut steep) = (0.0, 0.0);
                for k in 0..count {
                    flat += x[k] * fixed[k];
                    steep += x[k] * slope[k];
                }
                if (1.0 - steep).abs() < 1e-13 {
                    return top;
                }
                at = flat / (1.0 - steep);
            }
            at
        };
        let (far_low, far_high) = ((top - 20.0 * sd).min(-100.0), (top + 20.0 * sd).max(100.0));
        let open = |at: f64, far: f64, to: f64| if (at - far).abs() < 1e-9 { to } else { at };
        let low = open(end(far_low), far_low, f64::NEG_INFINITY);
        let high = open(end(far_high), far_high, f64::INFINITY).min(self.cut);
        let size = (ALPHA - FIRST) / (1.0 - FIRST);
        let (low, high, at) = (low / sd, high / sd, top / sd);
        if at < low - 1e-7 || at > high + 1e-7 {
            return true;
        }
        at <= truncated(1.0 - size, low, high).max(0.0)
    }
}

/// Quantile of the standard normal cut to `low..high`.
fn truncated(share: f64, low: f64, high: f64) -> f64 {
    if low >= high {
        return low;
    }
    let normal = Normal::standard();
    // In the upper tail shares are counted from above, where no digits are lost.
    if low > 0.0 {
        let (a, b) = (normal.sf(low), normal.sf(high));
        let above = a + share * (b - a);
        return if above > 0.0 {
            -normal.inverse_cdf(above)
        } else {
            low
        };
    }
    let (a, b) = (normal.cdf(low), normal.cdf(high));
    let below = a + share * (b - a);
    if below >= 1.0 {
        high
    } else {
        normal.inverse_cdf(below)
    }
}
