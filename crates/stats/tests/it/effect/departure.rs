//! `departure` against honestdid 0.1.1 (R's HonestDiD in Python) and diff-diff 3.13, `synthetic`
//! against diff-diff (`tools/reference/effect_departure.py`).

use super::Table;
use crate::reference::{check, numbers, read};
use throughline_stats::Symmetric;
use throughline_stats::effect::departure::{EventStudy, breakdown, relative, smooth};
use throughline_stats::effect::synthetic;

fn study(case: &serde_json::Value) -> EventStudy {
    let (before, after) = (numbers(&case["before"]), numbers(&case["after"]));
    let size = before.len() + after.len();
    let covariance = Symmetric::from_rows(size, &numbers(&case["covariance"])).expect("square");
    let weights = vec![1.0 / after.len() as f64; after.len()];
    EventStudy::new(before, after, covariance, weights).expect("a study")
}

#[test]
fn shortest_interval_under_smooth_drift() {
    // Tolerance: diff-diff's optimiser stops at about 1e-5 of a standard error. honestdid takes the
    // folded normal's quantile from simulation and a grid of spreads: 2% of a standard error.
    for case in read("effect_departure")["cases"].as_array().expect("cases") {
        let name = case["name"].as_str().expect("name");
        let (study, se) = (study(case), case["se"].as_f64().expect("se"));
        check(name, study.se(), se, 1e-9);
        for of in case["smooth"].as_array().expect("bounds") {
            let got = smooth(&study, of["most"].as_f64().expect("most")).expect("a bound");
            let (exact, rough) = (numbers(&of["diff_diff"]), numbers(&of["honestdid"]));
            let what = format!("{name} {}", of["most"]);
            check(&what, (got.low - exact[0]) / se, 0.0, 2e-4);
            check(&what, (got.high - exact[1]) / se, 0.0, 2e-4);
            check(&what, (got.low - rough[0]) / se, 0.0, 2e-2);
            check(&what, (got.high - rough[1]) / se, 0.0, 2e-2);
        }
    }
}

/// A covariance with degrees of freedom of its own: against a regression's formula by hand (38 of
/// them, four weights chosen by it; t's quantile from tables). None to spare: the interval without
/// chosen weights.
#[test]
fn few_degrees_of_freedom_widen_the_smooth_interval() {
    let case = &read("effect_departure")["cases"][0];
    let known = study(case);
    assert!(known.before.len() > 2);
    let chosen = (known.before.len() - 1) as f64;
    let width = |study: &EventStudy| {
        let got = smooth(study, 0.0).expect("a bound");
        got.high - got.low
    };
    let (whole, left) = (34.0 + chosen, 34.0);
    let learnt = EventStudy {
        freedom: whole,
        ..known.clone()
    };
    let stretch = whole / left * (whole - 1.0) / (left - 1.0);
    check(
        "widened",
        width(&learnt) / width(&known),
        stretch.sqrt() * 2.032_245 / 1.959_964,
        1e-5,
    );
    let (few, fewer) = (
        EventStudy {
            freedom: chosen + 1.0,
            ..known.clone()
        },
        EventStudy {
            freedom: 1e6,
            ..known.clone()
        },
    );
    assert!(width(&few).is_finite() && width(&few) > width(&fewer));
}

#[test]
fn conditional_interval_under_relative_drift() {
    // Tolerance: a step of honestdid's grid, and the first stage's critical value, which both
    // sides take from draws of their own: with honestdid's 1,000 ends move by up to 0.2 standard
    // errors from seed to seed (seen here with as many).
    let mut compared = 0;
    for case in read("effect_departure")["cases"].as_array().expect("cases") {
        let (study, se) = (study(case), case["se"].as_f64().expect("se"));
        for of in case["relative"].as_array().expect("bounds") {
            let most = of["most"].as_f64().expect("most");
            let got = relative(&study, most, 1).expect("a bound");
            let what = format!("{} {most}", case["name"]);
            let ends = numbers(&of["ends"]);
            let allowed = of["step"].as_f64().expect("step") / se + 0.2;
            check(&what, (got.low - ends[0]) / se, 0.0, allowed);
            check(&what, (got.high - ends[1]) / se, 0.0, allowed);
            compared += 1;
        }
    }
    assert!(compared >= 8);
}

#[test]
fn wider_bounds_give_wider_intervals_until_the_answer_breaks_down() {
    let reference = read("effect_departure");
    let study = study(&reference["cases"][1]);
    let ends: Vec<_> = [0.0, 0.5, 1.0, 2.0]
        .iter()
        .map(|&m| relative(&study, m, 1).expect("a bound"))
        .collect();
    for pair in ends.windows(2) {
        assert!(pair[1].low < pair[0].low && pair[1].high > pair[0].high);
    }
    let at = breakdown(&study, 5.0, 1).expect("worked").expect("breaks");
    assert!(relative(&study, at - 0.05, 1).expect("a bound").low > 0.0);
    assert!(relative(&study, at + 0.05, 1).expect("a bound").low < 0.0);
}

#[test]
fn synthetic_equals_diff_diff() {
    // Tolerance: the same Frank-Wolfe steps, which stop at a fixed decrease.
    for case in read("effect_departure")["synthetic"]
        .as_array()
        .expect("cases")
    {
        let name = case["name"].as_str().expect("name");
        let unit: Vec<usize> = numbers(&case["id"]).iter().map(|&v| v as usize).collect();
        let treated = case["treated"].as_u64().expect("treated") as usize;
        let start = case["start"].as_i64().expect("start");
        let table = Table {
            period: numbers(&case["t"]).iter().map(|&v| v as i64).collect(),
            outcome: numbers(&case["y"]),
            start: unit
                .iter()
                .map(|&u| (u < treated).then_some(start))
                .collect(),
            unit,
            ..Table::default()
        };
        let got = synthetic::estimate(&table.panel().expect("a panel"), 1).expect("an estimate");
        check(name, got.value, case["att"].as_f64().expect("att"), 1e-6);
        for (unit, weight) in &got.units {
            let expected = case["units"][unit.to_string()].as_f64().expect("weight");
            check(&format!("{name} unit {unit}"), *weight, expected, 1e-6);
        }
        for (period, weight) in &got.periods {
            let expected = case["periods"][period.to_string()]
                .as_f64()
                .expect("weight");
            check(&format!("{name} period {period}"), *weight, expected, 1e-6);
        }
        // One treated: each other takes its turn once, where diff-diff draws with repeats; with
        // several both draw: 500 against 2,000.
        let (se, expected) = (
            got.spread.as_ref().expect("a spread").se,
            case["se"].as_f64().expect("se"),
        );
        assert!(
            (se / expected - 1.0).abs() < 0.08,
            "{name}: {se} and {expected}"
        );
        let gap = |p: i64| got.gap.iter().find(|g| g.0 == p).expect("a gap").1;
        let after: Vec<f64> = got
            .gap
            .iter()
            .filter(|g| g.0 >= start)
            .map(|g| g.1)
            .collect();
        check(
            name,
            after.iter().sum::<f64>() / after.len() as f64,
            got.value,
            1e-9,
        );
        let before: f64 = got.periods.iter().map(|(p, w)| w * gap(*p)).sum();
        check(name, before, 0.0, 1e-9);
    }
}
