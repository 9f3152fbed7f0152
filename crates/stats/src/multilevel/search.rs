//! The search for the lowest point of a smooth function of few parameters: BFGS with a halving
//! line search, and a second look at parameters that went to zero.
//!
//! Written here because no maintained crate has what is needed and nothing more (argmin's BFGS
//! brings a family of generic traits, and stops at zeros, which are always level here).

use crate::reason::{NoAnswer, Result};

const MOST_STEPS: usize = 300;
/// The search ends when the next step promises less than this (in units of the deviance).
const PROMISE: f64 = 1e-11;
/// Twenty-five steps that win less than this walk along a valley.
const LEVEL_VALLEY: f64 = 1e-6;
/// Where rounding stops the line search, less than this is good enough.
const GOOD_ENOUGH: f64 = 1e-5;
/// A parameter nearer zero than this may sit on the ridge between two mirrored minima.
const NEAR_ZERO: f64 = 1e-3;

/// The lowest point, from `start`. `mirrored` are the parameters whose sign doesn't matter, which
/// makes zero level in their direction even where it isn't lowest.
///
/// # Errors
/// What `function` gives at the start or on the way; [`NoAnswer::Unsettled`].
pub(super) fn lowest(
    function: &impl Fn(&[f64]) -> Result<(f64, Vec<f64>)>,
    start: Vec<f64>,
    mirrored: &[usize],
) -> Result<Vec<f64>> {
    let (mut best, mut height) = descend(function, start)?;
    for round in 0..mirrored.len() + 1 {
        let mut moved = false;
        for &k in mirrored {
            if best[k].abs() > NEAR_ZERO {
                continue;
            }
            // Exactly zero may be better than nearly; far from zero may be better than both.
            let mut trial = best.clone();
            trial[k] = 0.0;
            if let Ok((value, _)) = function(&trial)
                && value <= height + 1e-9
            {
                best.clone_from(&trial);
                height = height.min(value);
            }
            trial[k] = 0.1;
            let Ok((value, slope)) = function(&trial) else {
                continue;
            };
            if value < height - 1e-9 || slope[k] < 0.0 {
                let (point, value) = descend(function, trial)?;
                if value < height - 1e-7 {
                    (best, height) = (point, value);
                    moved = true;
                }
            }
        }
        if !moved || round == mirrored.len() {
            break;
        }
    }
    Ok(best)
}

fn descend(
    function: &impl Fn(&[f64]) -> Result<(f64, Vec<f64>)>,
    start: Vec<f64>,
) -> Result<(Vec<f64>, f64)> {
    let size = start.len();
    let mut point = start;
    let (mut height, mut slope) = function(&point)?;
    // The inverse of the curvature, learnt on the way.
    let mut inverse = first_guess(&slope);
    let mut fresh = true;
    let mut mark = f64::INFINITY;
    for round in 0..MOST_STEPS {
        // Singular fits can have valleys that are level to the eighth digit.
        if round % 25 == 0 {
            if mark - height < LEVEL_VALLEY {
                return Ok((point, height));
            }
            mark = height;
        }
        let mut step: Vec<f64> = inverse
            .chunks_exact(size)
            .map(|row| -row.iter().zip(&slope).map(|(a, b)| a * b).sum::<f64>())
            .collect();
        let mut promise: f64 = -step.iter().zip(&slope).map(|(a, b)| a * b).sum::<f64>();
        if !(promise.is_finite() && promise >= 0.0) {
            inverse = first_guess(&slope);
            step = inverse
                .chunks_exact(size)
                .zip(&slope)
                .enumerate()
                .map(|(i, (row, g))| -row[i] * g)
                .collect();
            promise = -step.iter().zip(&slope).map(|(a, b)| a * b).sum::<f64>();
        }
        // The first guess of the curvature isn't to be believed when it says to stop.
        if promise < PROMISE && (!fresh || slope.iter().all(|g| g.abs() < 1e-8)) {
            return Ok((point, height));
        }
        // Not further than twice the point's own size.
        let reach = point.iter().fold(1.0f64, |a, b| a.max(b.abs())) * 2.0;
        let longest = step.iter().fold(0.0f64, |a, b| a.max(b.abs()));
        let mut length = if longest > reach {
            reach / longest
        } else {
            1.0
        };
        let mut found = None;
        // Near the end rounding decides; halving on would only waste time.
        let halvings = if promise < 1e-7 { 4 } else { 40 };
        for _ in 0..halvings {
            let trial: Vec<f64> = point
                .iter()
                .zip(&step)
                .map(|(p, s)| p + length * s)
                .collect();
            match function(&trial) {
                Ok((value, new_slope)) if value <= height - 1e-4 * length * promise => {
                    found = Some((trial, value, new_slope));
                    break;
                }
                Err(NoAnswer::ExactFit) => return Err(NoAnswer::ExactFit),
                _ => length *= 0.5,
            }
        }
        let Some((next, value, new_slope)) = found else {
            if promise < GOOD_ENOUGH {
                return Ok((point, height));
            }
            if fresh {
                return Err(NoAnswer::Unsettled);
            }
            inverse = first_guess(&slope);
            fresh = true;
            continue;
        };
        learn(&mut inverse, &point, &next, &slope, &new_slope, fresh);
        fresh = false;
        point = next;
        height = value;
        slope = new_slope;
    }
    Err(NoAnswer::Unsettled)
}

/// A step of about a third in the steepest direction.
fn first_guess(slope: &[f64]) -> Vec<f64> {
    let size = slope.len();
    let length = slope.iter().map(|g| g * g).sum::<f64>().sqrt();
    let mut out = vec![0.0; size * size];
    for i in 0..size {
        out[i * size + i] = 0.3 / length.max(1e-6);
    }
    out
}

/// The BFGS update of the inverse curvature (Nocedal & Wright 2006, equation 6.17).
fn learn(
    inverse: &mut [f64],
    from: &[f64],
    to: &[f64],
    before: &[f64],
    after: &[f64],
    fresh: bool,
) {
    let size = from.len();
    let s: Vec<f64> = to.iter().zip(from).map(|(a, b)| a - b).collect();
    let y: Vec<f64> = after.iter().zip(before).map(|(a, b)| a - b).collect();
    let dot = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    let sy = dot(&s, &y);
    let yy = dot(&y, &y);
    if sy.is_nan() || sy <= 1e-12 * (dot(&s, &s) * yy).sqrt() {
        return;
    }
    if fresh {
        inverse.fill(0.0);
        for i in 0..size {
            inverse[i * size + i] = sy / yy;
        }
    }
    let hy: Vec<f64> = inverse.chunks_exact(size).map(|row| dot(row, &y)).collect();
    let yhy = dot(&y, &hy);
    for i in 0..size {
        for j in 0..size {
            inverse[i * size + j] +=
                (1.0 + yhy / sy) * s[i] * s[j] / sy - (hy[i] * s[j] + s[i] * hy[j]) / sy;
        }
    }
}
