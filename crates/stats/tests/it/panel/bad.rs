//! Input nothing can be estimated from: a reason in plain words each, never NaN, never a panic.

use super::simulated::Shape;
use throughline_stats::NoAnswer;
use throughline_stats::panel::{
    Model, Options, Over, Panel, Request, Row, SamplingError, fit, link,
};

type Value = fn(usize, usize) -> Option<f64>;

/// Values that look like data.
fn usual(unit: usize, wave: usize) -> Option<f64> {
    let k = (unit * 31 + wave * 17) as f64;
    Some((k * 0.7).sin() + 0.5 * (unit as f64 * 1.3).cos())
}

fn other(unit: usize, wave: usize) -> Option<f64> {
    let k = (unit * 13 + wave * 29) as f64;
    Some((k * 1.1).cos() + 0.4 * (unit as f64 * 0.9).sin())
}

#[track_caller]
fn check(units: usize, waves: usize, x: Value, y: Value, expected: &str) -> NoAnswer {
    let rows: Vec<Row> = (0..units * waves)
        .map(|k| Row {
            unit: k / waves,
            wave: k % waves,
            x: x(k / waves, k % waves),
            y: y(k / waves, k % waves),
            error: None,
        })
        .collect();
    let reason = Panel::from_rows(units, waves, &rows)
        .and_then(|panel| {
            let model = Model::random_intercepts(Over::Equal);
            // Both doors refuse it alike.
            let one = fit(&panel, model, Options::default()).map(|_| ());
            let two = link(
                &panel,
                Request {
                    draws: 20,
                    ..Request::default()
                },
            )
            .map(|_| ());
            assert_eq!(one, two);
            one
        })
        .expect_err("no answer");
    let words = reason.to_string();
    assert!(words.contains(expected), "{words}");
    assert!(words.contains("hint: "), "{words}");
    assert!(!words.contains("NaN"), "{words}");
    reason
}

#[test]
fn one_unit() {
    check(1, 8, usual, other, "only `1` units were seen in two waves");
}

#[test]
fn units_seen_once() {
    let once: Value = |unit, wave| (wave == unit % 4).then_some(unit as f64);
    check(100, 4, once, once, "only `0` units were seen in two waves");
}

#[test]
fn one_wave() {
    check(100, 1, usual, other, "only `1` periods");
}

#[test]
fn two_waves() {
    check(100, 2, usual, other, "only `2` periods");
}

#[test]
fn constant_measure() {
    let constant: Value = |_, _| Some(7.0);
    check(
        100,
        5,
        usual,
        constant,
        "all values of measure y in wave `1` are equal",
    );
}

#[test]
fn constant_wave() {
    let constant: Value = |unit, wave| {
        if wave == 2 {
            Some(1e9)
        } else {
            usual(unit, wave)
        }
    };
    check(100, 5, constant, other, "measure x in wave `3` are equal");
}

#[test]
fn one_measure_copies_the_other() {
    let copy: Value = |unit, wave| usual(unit, wave).map(|v| 3.0 - 2.0 * v);
    check(100, 5, usual, copy, "the same but for scale");
}

#[test]
fn a_wave_copies_the_one_before() {
    let copy: Value = |unit, wave| usual(unit, if wave == 3 { 2 } else { wave });
    check(
        100,
        5,
        copy,
        other,
        "x in wave `3` and x in wave `4` are the same",
    );
}

#[test]
fn ninety_percent_missing() {
    let sparse: Value =
        |unit, wave| usual(unit, wave).filter(|_| (unit * 7 + wave * 3 + unit / 10) % 10 == 0);
    let rare: Value =
        |unit, wave| other(unit, wave).filter(|_| (unit * 3 + wave * 7 + unit / 10) % 10 == 0);
    check(300, 6, sparse, rare, "of all values are missing");
}

#[test]
fn a_wave_without_values() {
    let gone: Value = |unit, wave| usual(unit, wave).filter(|_| wave != 3);
    check(
        100,
        6,
        gone,
        other,
        "measure x has only `0` values in wave `4`",
    );
}

#[test]
fn nothing_at_all() {
    let none: Value = |_, _| None;
    check(50, 4, none, none, "nothing was given");
}

#[test]
fn infinite_and_huge_values() {
    for (value, words) in [
        (f64::INFINITY, "not a finite number"),
        (f64::NAN, "not a finite number"),
        (1e300, "is outside"),
        (-1e300, "is outside"),
    ] {
        let row = Row {
            x: Some(value),
            ..Row::default()
        };
        let reason = Panel::from_rows(1, 1, &[row]).expect_err("refused");
        assert!(reason.to_string().contains(words), "{reason}");
    }
}

#[test]
fn large_and_tiny_values_are_data() {
    for scale in [1e99, 1e-60] {
        let shape = Shape::new("scaled", 120, 4);
        let rows: Vec<Row> = (0..480)
            .map(|k| Row {
                unit: k / 4,
                wave: k % 4,
                x: usual(k / 4, k % 4).map(|v| v * scale),
                y: other(k / 4, k % 4),
                error: None,
            })
            .collect();
        let panel = Panel::from_rows(shape.units, 4, &rows).expect("a panel");
        let found = link(
            &panel,
            Request {
                draws: 20,
                ..Request::default()
            },
        );
        let text = format!("{found:?}");
        assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
    }
}

#[test]
fn repeated_rows_and_indices_past_the_end() {
    let row = Row {
        x: Some(1.0),
        ..Row::default()
    };
    assert_eq!(
        Panel::from_rows(2, 2, &[row, row]).expect_err("repeated"),
        NoAnswer::RepeatedUnitWave { unit: 0, wave: 1 }
    );
    let past = Row { unit: 2, ..row };
    assert!(matches!(
        Panel::from_rows(2, 2, &[past]),
        Err(NoAnswer::Shape { .. })
    ));
}

#[test]
fn errors_for_some_values_alone_or_impossible() {
    let row = |unit, error| Row {
        unit,
        x: Some(1.0),
        y: Some(2.0),
        error,
        ..Row::default()
    };
    let known = SamplingError {
        x: 1.0,
        y: 1.0,
        xy: 0.0,
    };
    assert!(matches!(
        Panel::from_rows(2, 1, &[row(0, Some(known)), row(1, None)]),
        Err(NoAnswer::ErrorMissing { unit: 1, wave: 1 })
    ));
    for error in [
        SamplingError { x: -1.0, ..known },
        SamplingError { xy: 2.0, ..known },
        SamplingError {
            x: f64::NAN,
            ..known
        },
    ] {
        assert!(Panel::from_rows(1, 1, &[row(0, Some(error))]).is_err());
    }
}

#[test]
fn columns_that_sum_to_one_another() {
    // x in the last wave is the sum of x in the two before: not a copy, but no spread of its own.
    let summed: Value = |unit, wave| match wave {
        3 => Some(usual(unit, 1)? + usual(unit, 2)?),
        _ => usual(unit, wave),
    };
    let rows: Vec<Row> = (0..150 * 4)
        .map(|k| Row {
            unit: k / 4,
            wave: k % 4,
            x: summed(k / 4, k % 4),
            y: other(k / 4, k % 4),
            error: None,
        })
        .collect();
    let panel = Panel::from_rows(150, 4, &rows).expect("a panel");
    let found = fit(
        &panel,
        Model::random_intercepts(Over::Free),
        Options::default(),
    );
    let text = format!("{found:?}");
    assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
}
