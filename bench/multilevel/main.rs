//! Multilevel regression: coverage of 95% intervals, and speed against lme4 in one run.
//!
//! `cargo run --release -p throughline-stats --example multilevel -- coverage [runs] [shapes]`
//! `cargo run --release -p throughline-stats --example multilevel -- speed [rows] [groups]`
//!
//! `shapes` is the start of the names of the shapes to run, such as `8` or `'60 x 24'`.
//! `speed` writes the rows to a temporary folder for `peer.R` (skipped where there is no R).

#[path = "../../crates/stats/tests/it/multilevel/simulate.rs"]
mod simulate;

use rand_distr::{Distribution, StandardNormal};
use simulate::{Plan, USUAL};
use std::io::Write;
use std::path::Path;
use std::time::Instant;
use throughline_stats::multilevel::{Criterion, Grouping, Model, fit};
use throughline_stats::random::generator;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize, usual: usize| {
        arguments
            .get(place)
            .and_then(|v| v.parse().ok())
            .unwrap_or(usual)
    };
    match arguments.first().map(String::as_str) {
        Some("speed") => {
            slopes(number(1, 1_000_000), number(2, 5_000))?;
            crossed(73_421, 2_972, 1_128)
        }
        _ => {
            coverage(
                number(1, 2000) as u64,
                arguments.get(2).map_or("", String::as_str),
            );
            Ok(())
        }
    }
}

fn coverage(runs: u64, shapes: &str) {
    println!("{runs} runs: share of 95% intervals that hold the truth");
    println!("| shape | constant | within | between | no answer |\n|---|---|---|---|---|");
    for (name, plan) in [
        ("60 x 24", USUAL),
        (
            "200 x 6",
            Plan {
                groups: 200,
                periods: 6,
                ..USUAL
            },
        ),
        (
            "1,000 x 12",
            Plan {
                groups: 1000,
                periods: 12,
                ..USUAL
            },
        ),
        (
            "60 x 24, 20% missing",
            Plan {
                missing: 0.2,
                ..USUAL
            },
        ),
        (
            "60 x 24, slopes don't differ",
            Plan {
                slope_sd: 0.0,
                ..USUAL
            },
        ),
        (
            "60 x 24, nothing differs",
            Plan {
                slope_sd: 0.0,
                level_sd: 0.0,
                ..USUAL
            },
        ),
        (
            "60 x 24, periods cross",
            Plan {
                period_sd: 0.5,
                ..USUAL
            },
        ),
        (
            "20 x 24",
            Plan {
                groups: 20,
                ..USUAL
            },
        ),
        ("8 x 24", Plan { groups: 8, ..USUAL }),
        (
            "8 x 24, level alone",
            Plan {
                groups: 8,
                slope_sd: 0.0,
                slopes: false,
                ..USUAL
            },
        ),
        (
            "8 x 24, 20% missing",
            Plan {
                groups: 8,
                missing: 0.2,
                ..USUAL
            },
        ),
        (
            "8 x 24, nothing differs",
            Plan {
                groups: 8,
                slope_sd: 0.0,
                level_sd: 0.0,
                ..USUAL
            },
        ),
        (
            "8 x 24, periods cross",
            Plan {
                groups: 8,
                period_sd: 0.5,
                ..USUAL
            },
        ),
        (
            "12 x 24",
            Plan {
                groups: 12,
                ..USUAL
            },
        ),
    ] {
        if !name.starts_with(shapes) {
            continue;
        }
        let ([a, b, c], without) = plan.coverage(runs, 0);
        println!("| {name} | {a:.4} | {b:.4} | {c:.4} | {without} |");
    }
}

/// Columns of a design as little-endian doubles, where R reads them.
fn write(folder: &Path, name: &str, values: &[f64]) -> std::io::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(folder.join(name))?);
    for value in values {
        file.write_all(&value.to_le_bytes())?;
    }
    file.flush()
}

fn peer(folder: &Path, formula: &str, columns: &[&str]) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bench/multilevel/peer.R");
    let ran = std::process::Command::new("Rscript")
        .arg(script)
        .arg(folder)
        .arg(formula)
        .args(columns)
        .status();
    if !ran.is_ok_and(|status| status.success()) {
        println!("lme4: R or lme4 is absent");
    }
}

fn slopes(rows: usize, groups: usize) -> std::io::Result<()> {
    let mut random = generator(1, "bench multilevel");
    let mut normal = || -> f64 { StandardNormal.sample(&mut random) };
    let effects: Vec<(f64, f64)> = (0..groups)
        .map(|_| {
            let level = normal();
            (0.6 * level, 0.3 * (0.3 * level + 0.91f64.sqrt() * normal()))
        })
        .collect();
    let group: Vec<usize> = (0..rows).map(|row| (row * 7919) % groups).collect();
    let x: Vec<f64> = (0..rows).map(|_| normal()).collect();
    let y: Vec<f64> = (0..rows)
        .map(|row| {
            let (level, slope) = effects[group[row]];
            1.0 + level + (0.5 + slope) * x[row] + normal()
        })
        .collect();
    println!("random intercept and slope, {rows} rows in {groups} groups");
    for round in 0..3 {
        let start = Instant::now();
        let fitted = fit(&Model {
            outcome: &y,
            fixed: &[&x],
            intercept: true,
            groupings: &[Grouping {
                group: &group,
                groups,
                intercept: true,
                slopes: &[&x],
                correlated: true,
            }],
            criterion: Criterion::Restricted,
        });
        let seconds = start.elapsed().as_secs_f64();
        match (round, fitted) {
            (2, Ok(fit)) => println!(
                "ours: {seconds:.3} s; slope {:.6}, sds {:.6} {:.6}, REML criterion {:.4}",
                fit.coefficients[1].estimate.value,
                fit.effects[0].sd[0],
                fit.effects[0].sd[1],
                -2.0 * fit.log_likelihood
            ),
            (_, Ok(_)) => println!("ours: {seconds:.3} s"),
            (_, Err(reason)) => println!("ours: {reason}"),
        }
    }
    let folder = std::env::temp_dir().join(format!("throughline-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    write(&folder, "x", &x)?;
    write(&folder, "y", &y)?;
    write(
        &folder,
        "g",
        &group.iter().map(|&g| g as f64).collect::<Vec<_>>(),
    )?;
    peer(&folder, "y ~ x + (x | g)", &["y", "x", "g"]);
    std::fs::remove_dir_all(&folder)
}

/// The shape of lme4's InstEval: students by lecturers.
fn crossed(rows: usize, students: usize, lecturers: usize) -> std::io::Result<()> {
    use rand::RngExt;
    let mut random = generator(2, "bench multilevel");
    let mut effects = |count: usize, sd: f64| -> Vec<f64> {
        (0..count)
            .map(|_| {
                let z: f64 = StandardNormal.sample(&mut random);
                sd * z
            })
            .collect()
    };
    let (by_student, by_lecturer) = (effects(students, 0.33), effects(lecturers, 0.51));
    let s: Vec<usize> = (0..rows)
        .map(|_| random.random_range(0..students))
        .collect();
    let d: Vec<usize> = (0..rows)
        .map(|_| random.random_range(0..lecturers))
        .collect();
    let x: Vec<f64> = (0..rows)
        .map(|_| f64::from(u8::from(random.random::<f64>() < 0.43)))
        .collect();
    let y: Vec<f64> = (0..rows)
        .map(|row| {
            let z: f64 = StandardNormal.sample(&mut random);
            3.28 - 0.09 * x[row] + by_student[s[row]] + by_lecturer[d[row]] + 1.18 * z
        })
        .collect();
    println!("crossed, {rows} rows, {students} by {lecturers} groups");
    let start = Instant::now();
    let grouping = |group, groups| Grouping {
        group,
        groups,
        intercept: true,
        slopes: &[],
        correlated: true,
    };
    let fitted = fit(&Model {
        outcome: &y,
        fixed: &[&x],
        intercept: true,
        groupings: &[grouping(&s, students), grouping(&d, lecturers)],
        criterion: Criterion::Restricted,
    });
    let seconds = start.elapsed().as_secs_f64();
    match fitted {
        Ok(fit) => println!(
            "ours: {seconds:.3} s; slope {:.6}, sds {:.6} {:.6}, REML criterion {:.4}",
            fit.coefficients[1].estimate.value,
            fit.effects[0].sd[0],
            fit.effects[1].sd[0],
            -2.0 * fit.log_likelihood
        ),
        Err(reason) => println!("ours: {reason}"),
    }
    let folder = std::env::temp_dir().join(format!("throughline-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let real = |values: &[usize]| values.iter().map(|&v| v as f64).collect::<Vec<_>>();
    for (name, values) in [("x", &x), ("y", &y), ("s", &real(&s)), ("d", &real(&d))] {
        write(&folder, name, values)?;
    }
    peer(&folder, "y ~ x + (1 | s) + (1 | d)", &["y", "x", "s", "d"]);
    std::fs::remove_dir_all(&folder)
}
