//! Short versions of `bench/link`: intervals hold the truth about as often as they say, noise that
//! is known does no harm, noise that isn't does.

use super::simulated::Shape;
use rayon::prelude::*;
use throughline_stats::panel::{Direction, Over, Request, Verdict, link};

fn directions(shape: &Shape, runs: u64, draws: usize, known: bool) -> Vec<[Direction; 2]> {
    let small = shape.units < 100;
    let request = Request {
        draws,
        paths: (!small).then_some(Over::Equal),
        ..Request::default()
    };
    (0..runs)
        .into_par_iter()
        .filter_map(|seed| {
            let panel = shape.panel(seed);
            let panel = if known { panel } else { panel.without_errors() };
            let request = Request { seed, ..request };
            link(&panel, request).ok().map(|link| link.directions)
        })
        .filter(|found| found[0].verdict != Verdict::None)
        .collect()
}

/// Shares of raw and of standardised intervals that hold the truth, both directions together.
fn coverage(shape: &Shape, found: &[[Direction; 2]]) -> [f64; 2] {
    let raw = [shape.paths[2], shape.paths[1]];
    let standardised = shape.standardised();
    let mut held = [0.0; 2];
    for both in found {
        for (k, direction) in both.iter().enumerate() {
            for (held, (interval, truth)) in held.iter_mut().zip([
                (direction.raw, raw[k]),
                (
                    direction.standardised.expect("standardised"),
                    standardised[k],
                ),
            ]) {
                if interval.low <= truth && truth <= interval.high {
                    *held += 0.5 / found.len() as f64;
                }
            }
        }
    }
    held
}

fn mean(found: &[[Direction; 2]], k: usize) -> f64 {
    found.iter().map(|d| d[k].raw.estimate).sum::<f64>() / found.len() as f64
}

#[test]
fn intervals_hold_the_truth() {
    // 300 runs of two paths: 95% give or take 1.8.
    let shape = Shape::new("200 x 6, gaps", 200, 6).missing(0.2);
    let found = directions(&shape, 300, 0, true);
    assert!(found.len() > 290);
    for share in coverage(&shape, &found) {
        assert!((0.92..=0.98).contains(&share), "{share}");
    }
}

#[test]
fn small_panels_by_bootstrap() {
    let shape = Shape::new("60 x 8", 60, 8);
    let found = directions(&shape, 100, 60, true);
    assert!(found.len() > 95);
    for share in coverage(&shape, &found) {
        assert!((0.90..=0.99).contains(&share), "{share}");
    }
}

#[test]
fn known_noise_makes_no_false_paths() {
    // y has no path from x, but moves with it within waves: noise in y hides part of its past,
    // which x then stands in for.
    let shape = Shape {
        paths: [0.6, 0.0, 0.0, 0.6],
        ..Shape::new("noisy", 400, 6).answers(3, 10)
    };
    let known = directions(&shape, 60, 0, true);
    let unknown = directions(&shape, 60, 0, false);
    assert!(known.len() > 50 && unknown.len() > 50);
    let (right, wrong) = (mean(&known, 0), mean(&unknown, 0));
    // Simulation error of each mean is about .005.
    assert!(right.abs() < 0.02, "known errors: {right}");
    assert!(wrong > 0.03, "ignored errors: {wrong}");
}
