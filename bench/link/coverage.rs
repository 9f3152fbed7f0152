//! How often 95% intervals of the paths hold the truth, in the shapes users have.

use super::simulated::Shape;
use rayon::prelude::*;
use std::time::Instant;
use throughline_stats::panel::{Direction, Over, Request, Verdict, link};

const SHAPES: [Shape; 9] = [
    Shape::new("60 x 24", 60, 24),
    Shape::new("60 x 24, 20% missing", 60, 24).missing(0.2),
    Shape::new("60 x 24, 20% missing, 3-30 answers", 60, 24)
        .missing(0.2)
        .answers(3, 30),
    Shape::new("200 x 6", 200, 6),
    Shape::new("200 x 6, 20% missing", 200, 6).missing(0.2),
    Shape::new("200 x 6, 20% missing, 3-30 answers", 200, 6)
        .missing(0.2)
        .answers(3, 30),
    Shape::new("1000 x 12", 1000, 12),
    Shape::new("1000 x 12, 20% missing", 1000, 12).missing(0.2),
    Shape::new("1000 x 12, 20% missing, 3-30 answers", 1000, 12)
        .missing(0.2)
        .answers(3, 30),
];

/// With `chosen` the data choose between equal and free paths, as the command does unasked.
pub fn run(name: &str, runs: u64, draws: usize, chosen: bool) {
    for shape in SHAPES {
        if name == "all" || shape.name == name {
            one(&shape, runs, draws, chosen);
        }
    }
}

fn one(shape: &Shape, runs: u64, draws: usize, chosen: bool) {
    let began = Instant::now();
    let request = Request {
        draws,
        paths: if shape.units < 100 || chosen {
            None
        } else {
            Some(Over::Equal)
        },
        ..Request::default()
    };
    let found: Vec<Option<[Direction; 2]>> = (0..runs)
        .into_par_iter()
        .map(|seed| {
            let request = Request { seed, ..request };
            let link = link(&shape.panel(seed), request).ok()?;
            Some(link.directions)
        })
        .collect();
    let all: Vec<&[Direction; 2]> = found.iter().flatten().collect();
    let proper: Vec<&&[Direction; 2]> = all
        .iter()
        .filter(|d| d[0].verdict != Verdict::None)
        .collect();
    let truth = [[shape.paths[2], shape.paths[1]], shape.standardised()];
    print!(
        "{}: {} of {runs} fitted, {} proper;",
        shape.name,
        all.len(),
        proper.len()
    );
    for (k, label) in ["x->y", "y->x"].into_iter().enumerate() {
        let share = |pick: &dyn Fn(&Direction) -> bool| {
            let n = proper.iter().filter(|d| pick(&d[k])).count();
            100.0 * n as f64 / proper.len().max(1) as f64
        };
        let raw = share(&|d| d.raw.low <= truth[0][k] && truth[0][k] <= d.raw.high);
        let std = share(&|d| {
            d.standardised
                .is_some_and(|s| s.low <= truth[1][k] && truth[1][k] <= s.high)
        });
        let below = share(&|d| d.raw.high < truth[0][k]);
        let mean = |pick: &dyn Fn(&Direction) -> f64| {
            proper.iter().map(|d| pick(&d[k])).sum::<f64>() / proper.len().max(1) as f64
        };
        print!(
            " {label} raw {raw:.2}% (too low {below:.2}%) standardised {std:.2}% mean {:.4} of {:.4} se {:.4};",
            mean(&|d| d.raw.estimate),
            truth[0][k],
            mean(&|d| d.raw.se),
        );
    }
    println!(" {:.0} s", began.elapsed().as_secs_f64());
}

/// The small panel's model with plain errors: bias, spread, and what the errors say.
pub fn plain(name: &str, runs: u64) {
    use throughline_stats::panel::{Measure, Model, Options, fit};
    for shape in SHAPES {
        if name != "all" && shape.name != name {
            continue;
        }
        let options = Options {
            global: false,
            ..Options::default()
        };
        let found: Vec<_> = (0..runs)
            .into_par_iter()
            .filter_map(|seed| fit(&shape.panel(seed), Model::small(), options).ok())
            .collect();
        for (from, to, truth) in [
            (Measure::X, Measure::Y, shape.paths[2]),
            (Measure::Y, Measure::X, shape.paths[1]),
            (Measure::X, Measure::X, shape.paths[0]),
        ] {
            let values: Vec<_> = found.iter().map(|f| f.average(from, to).raw).collect();
            let n = values.len() as f64;
            let mean = values.iter().map(|v| v.estimate).sum::<f64>() / n;
            let sd = (values
                .iter()
                .map(|v| (v.estimate - mean).powi(2))
                .sum::<f64>()
                / n)
                .sqrt();
            let se = values.iter().map(|v| v.se).sum::<f64>() / n;
            let held = values
                .iter()
                .filter(|v| v.low <= truth && truth <= v.high)
                .count();
            println!(
                "{} {from:?}->{to:?}: {n} runs, mean {mean:.4} of {truth}, sd {sd:.4}, mean se {se:.4}, held {:.2}%",
                shape.name,
                100.0 * held as f64 / n
            );
        }
    }
}
