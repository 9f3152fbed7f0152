//! Group-time effects, averages and bands on a large panel, timed; called by `speed.py`, which
//! times the peers on the same rows. `effect_speed STARTS FILE` writes the rows, then prints
//! seconds and the overall effect with its error.

use std::io::Write;
use std::time::Instant;
use throughline_stats::effect::bootstrap::bands;
use throughline_stats::effect::{Base, Options, Panel, Rows, estimate};

#[path = "../../crates/stats/tests/it/effect/made.rs"]
mod made;

/// As in the tests.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Whose row it is.
    pub unit: Vec<usize>,
    /// When.
    pub period: Vec<i64>,
    /// The value.
    pub outcome: Vec<f64>,
    /// Start.
    pub start: Vec<Option<i64>>,
    /// Not used.
    pub cluster: Vec<usize>,
}

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let starts: i64 = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(5);
    let file = arguments.next().unwrap_or_else(|| "effect.csv".to_owned());
    let each = 6_000 / starts as usize;
    let starts: Vec<(i64, usize)> = (0..starts).map(|k| (5 + k * 18 / starts, each)).collect();
    let (table, _) = made::Plan::usual(10_000, 24, &starts).make(1);
    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    writeln!(out, "id,t,y,g")?;
    for row in 0..table.unit.len() {
        let (unit, period, y) = (table.unit[row], table.period[row], table.outcome[row]);
        writeln!(out, "{unit},{period},{y},{}", table.start[row].unwrap_or(0))?;
    }
    out.flush()?;
    let options = Options {
        base: Base::Varying,
        ..Options::default()
    };
    let mut times = Vec::new();
    let mut last = (0.0, 0.0, 0.0);
    for seed in 0..5 {
        let from = Instant::now();
        let rows = Rows {
            unit: &table.unit,
            period: &table.period,
            outcome: &table.outcome,
            start: &table.start,
            ..Rows::default()
        };
        let made = Panel::new(&rows)
            .and_then(|panel| estimate(&panel, &options))
            .and_then(|fit| fit.averages().map(|averages| (fit, averages)))
            .and_then(|(fit, averages)| {
                bands(&fit, &averages, 999, seed).map(|bands| (averages, bands))
            });
        times.push(from.elapsed().as_secs_f64());
        let (averages, bands) = made.map_err(std::io::Error::other)?;
        let critical = bands.by_time.map_err(std::io::Error::other)?.critical;
        let overall = &averages.overall;
        last = (overall.value, overall.analytic_se.unwrap_or(0.0), critical);
    }
    times.sort_by(f64::total_cmp);
    println!("{} {} {} {}", times[2], last.0, last.1, last.2);
    Ok(())
}
