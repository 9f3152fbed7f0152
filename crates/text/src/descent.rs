//! The lowest point of a smooth, strictly convex function of many numbers, from its slopes.
//!
//! Limited-memory BFGS (Liu & Nocedal 1989, Mathematical Programming 45:503-528), with steps halved
//! until they gain enough (Armijo). On one thread, in a fixed order.

use std::collections::VecDeque;

/// Steps that are remembered.
const REMEMBERED: usize = 8;
/// Share of the gain promised by the slope that a step must bring.
const ENOUGH: f64 = 1e-4;
/// Halvings after which a step that doesn't gain ends the search.
const HALVINGS: usize = 40;

/// A step taken, and how the slopes changed on it.
struct Taken {
    step: Vec<f64>,
    change: Vec<f64>,
    /// One over their product.
    curvature: f64,
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn add(to: &mut [f64], factor: f64, other: &[f64]) {
    to.iter_mut().zip(other).for_each(|(x, y)| *x += factor * y);
}

/// Where to go from here: downhill, bent by what was learnt on the way.
fn direction(slopes: &[f64], taken: &VecDeque<Taken>) -> Vec<f64> {
    let mut way: Vec<f64> = slopes.iter().map(|slope| -slope).collect();
    let mut shares = Vec::with_capacity(taken.len());
    for one in taken.iter().rev() {
        let share = one.curvature * dot(&one.step, &way);
        add(&mut way, -share, &one.change);
        shares.push(share);
    }
    if let Some(last) = taken.back() {
        let scale = 1.0 / (last.curvature * dot(&last.change, &last.change));
        way.iter_mut().for_each(|x| *x *= scale);
    }
    for (one, share) in taken.iter().zip(shares.into_iter().rev()) {
        let back = one.curvature * dot(&one.change, &way);
        add(&mut way, share - back, &one.step);
    }
    way
}

/// Goes down from `place`. `at` gives the function's value and writes its slopes. Ends where no slope is steeper
/// than `settled`, after `most` steps, or where no step gains.
pub(crate) fn lowest(
    mut place: Vec<f64>,
    settled: f64,
    most: usize,
    mut at: impl FnMut(&[f64], &mut [f64]) -> f64,
) -> Vec<f64> {
    let mut slopes = vec![0.0; place.len()];
    let mut value = at(&place, &mut slopes);
    let mut taken: VecDeque<Taken> = VecDeque::new();
    for _ in 0..most {
        if slopes.iter().all(|slope| slope.abs() <= settled) {
            break;
        }
        let way = direction(&slopes, &taken);
        let promised = dot(&slopes, &way);
        // The first step knows nothing of how the slopes bend.
        let mut length = match taken.is_empty() {
            true => 1.0 / dot(&slopes, &slopes).sqrt().max(1.0),
            false => 1.0,
        };
        let mut next = vec![0.0; place.len()];
        let mut next_slopes = vec![0.0; place.len()];
        let mut found = None;
        for _ in 0..HALVINGS {
            next.copy_from_slice(&place);
            add(&mut next, length, &way);
            let there = at(&next, &mut next_slopes);
            if there <= value + ENOUGH * length * promised {
                found = Some(there);
                break;
            }
            length /= 2.0;
        }
        let Some(there) = found else { break };
        let step: Vec<f64> = next.iter().zip(&place).map(|(a, b)| a - b).collect();
        let change: Vec<f64> = next_slopes
            .iter()
            .zip(&slopes)
            .map(|(a, b)| a - b)
            .collect();
        let product = dot(&step, &change);
        if product > 0.0 {
            if taken.len() == REMEMBERED {
                taken.pop_front();
            }
            taken.push_back(Taken {
                step,
                change,
                curvature: 1.0 / product,
            });
        }
        (place, slopes, value) = (next, next_slopes, there);
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_point_of_a_narrow_valley_is_found() {
        // sum of c (x - t)^2 with curvatures from 1 to 90: the lowest point is t.
        let curvatures: Vec<f64> = (0..40).map(|i| 10f64.powf(f64::from(i) / 20.0)).collect();
        let target: Vec<f64> = (0..40).map(|i| f64::from(i % 7) - 3.0).collect();
        let mut calls = 0;
        let found = lowest(vec![0.0; 40], 1e-8, 500, |place, slopes| {
            calls += 1;
            let mut value = 0.0;
            for i in 0..40 {
                let off = place[i] - target[i];
                slopes[i] = 2.0 * curvatures[i] * off;
                value += curvatures[i] * off * off;
            }
            value
        });
        for (found, target) in found.iter().zip(&target) {
            assert!((found - target).abs() < 1e-8, "{found} {target}");
        }
        assert!(calls < 200, "{calls}");
    }
}
