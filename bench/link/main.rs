//! The panel model's speed: `cargo run --release -p throughline-stats --example link -- speed 2000
//! 12 panel.csv` makes a panel with 10% of its values missing, writes it for lavaan
//! (`lavaan.R`), fits it and says how long that took. `compare.sh` runs both.

mod coverage;
#[path = "../../crates/stats/tests/it/panel/simulated.rs"]
mod simulated;

use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use std::fmt::Write as _;
use std::time::Instant;
use throughline_stats::panel::{Measure, Model, Options, Over, Panel, fit};
use throughline_stats::random::generator;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |k: usize| arguments[k].parse::<usize>().expect("a number");
    match arguments.first().map(String::as_str) {
        Some("speed") => speed(number(1), number(2), arguments.get(3)),
        Some("plain") => coverage::plain(&arguments[1], number(2) as u64),
        Some("coverage") => {
            let chosen = arguments.get(4).is_some_and(|word| word == "chosen");
            coverage::run(&arguments[1], number(2) as u64, number(3), chosen);
        }
        _ => eprintln!(
            "usage: link speed UNITS WAVES [FILE] | link coverage SHAPE RUNS DRAWS [chosen] (SHAPE: all, or one of those printed)"
        ),
    }
}

fn speed(units: usize, waves: usize, file: Option<&String>) {
    let (x, y) = simulate(units, waves, 0.1, 1);
    if let Some(file) = file {
        let mut text = String::new();
        for (x, y) in x.iter().zip(&y) {
            let cells: Vec<String> = x
                .iter()
                .chain(y)
                .map(|v| v.map_or("NA".to_owned(), |v| v.to_string()))
                .collect();
            writeln!(text, "{}", cells.join(",")).expect("memory");
        }
        std::fs::write(file, text).expect("the file can be written");
    }
    let began = Instant::now();
    let panel = Panel::from_wide(&x, &y).expect("a panel");
    println!("panel {:.3} s", began.elapsed().as_secs_f64());
    for (name, options, paths) in [
        ("free", Options::default(), Over::Free),
        (
            "free, no fit figures",
            Options {
                global: false,
                ..Options::default()
            },
            Over::Free,
        ),
        ("equal", Options::default(), Over::Equal),
    ] {
        let began = Instant::now();
        let fit = fit(&panel, Model::random_intercepts(paths), options).expect("a fit");
        let seconds = began.elapsed().as_secs_f64();
        let chisq = match &fit.global {
            Some(Ok(global)) => format!("{:.4} on {}", global.chisq, global.df),
            other => format!("{other:?}"),
        };
        let path = fit
            .average(Measure::X, Measure::Y)
            .standardised
            .expect("a path");
        println!(
            "ours {name}: {seconds:.3} s, loglik {:.4}, chisq {chisq}, x->y {:.5} ({:.5})",
            fit.loglik, path.estimate, path.se
        );
    }
}

type Wide = Vec<Vec<Option<f64>>>;

/// A panel with cross-lagged paths .1 and .2 and a share of values missing at random.
fn simulate(units: usize, waves: usize, missing: f64, seed: u64) -> (Wide, Wide) {
    let mut random = generator(seed, "bench panel");
    let mut normal = move || -> f64 { StandardNormal.sample(&mut random) };
    let mut chance = generator(seed, "bench panel gaps");
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for _ in 0..units {
        let (a, b) = (normal(), normal());
        let between = (0.8 * a, 0.8 * (0.4 * a + 0.9 * b));
        let (mut wx, mut wy) = (1.1 * normal(), 1.1 * normal());
        let (mut xs, mut ys) = (Vec::new(), Vec::new());
        for _ in 0..waves {
            let shared = normal();
            (wx, wy) = (
                0.4 * wx + 0.1 * wy + 0.3 * shared + 0.95 * normal(),
                0.2 * wx + 0.5 * wy + 0.3 * shared + 0.95 * normal(),
            );
            let mut keep = |v: f64| (chance.random::<f64>() >= missing).then_some(v);
            xs.push(keep(between.0 + wx));
            ys.push(keep(between.1 + wy));
        }
        x.push(xs);
        y.push(ys);
    }
    (x, y)
}
