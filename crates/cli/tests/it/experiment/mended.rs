//! Far-off levels, horizons passed, what explains nothing, and whose verdict it is.

use super::{experiment, json, noise};
use crate::run::Desk;

/// 400 rows of eighths, of what was before and of tiny denominators, counted from `level`.
fn eighths(level: f64) -> String {
    let mut text = String::from("arm,y,before,same,tiny\n");
    for row in 0..400u64 {
        let arm = if noise(row, 1) < 0.5 { "t" } else { "c" };
        let before = (noise(row, 2) * 64.0).floor() / 8.0;
        let y = before + (noise(row, 3) * 64.0).floor() / 8.0;
        let tiny = 1e-300 * (0.5 + noise(row, 4));
        let (y, before) = (level + y, level + before);
        text.push_str(&format!("{arm},{y},{before},5,{tiny:e}\n"));
    }
    text
}

#[test]
fn a_far_off_level_costs_nothing() {
    let desk = Desk::new(&[("near.csv", &eighths(0.0)), ("far.csv", &eighths(1e12))]);
    let horizon = ["--horizon", "400", "--burn-in", "20"];
    let normal = ["--horizon", "400", "--sequence", "normal", "--sd", "4"];
    let none = [];
    for before in [&none[..], &["--before", "before"]] {
        for more in [&none[..], &horizon, &normal] {
            let flags = [&["--outcome", "y", "--json"], before, more].concat();
            let [near, far] =
                ["near.csv", "far.csv"].map(|file| json(&experiment(&desk, file, &flags)));
            let number = |of: &serde_json::Value, at: &str| {
                of.pointer(at).and_then(serde_json::Value::as_f64)
            };
            for name in [
                "difference",
                "se",
                "low",
                "high",
                "p",
                "sequence/low",
                "sequence/high",
            ] {
                let at = format!("/comparisons/0/{name}");
                match (number(&near, &at), number(&far, &at)) {
                    (Some(near), Some(far)) => {
                        assert!((near - far).abs() < 1e-9, "{name} {flags:?}: {near} {far}");
                    }
                    (near, far) => assert_eq!(near, far, "{name} {flags:?}"),
                }
            }
            let change = number(&far, "/comparisons/0/relative/change").expect("a change");
            let difference = number(&far, "/comparisons/0/difference").expect("a difference");
            assert!(
                (change * 1e12 - difference).abs() < 1e-6,
                "{change} {difference}"
            );
            for arm in 0..2 {
                let at = format!("/values/{arm}/value");
                let [near, far] = [&near, &far].map(|of| number(of, &at).expect("a mean"));
                assert!((far - 1e12 - near).abs() < 2e-4, "{near} {far}");
            }
        }
    }
}

#[test]
fn horizons_that_are_passed_or_unused_are_said() {
    let desk = Desk::new(&[("rows.csv", &eighths(0.0))]);
    let passed = |horizon: &str| {
        let flags = ["--outcome", "y", "--json", "--horizon", horizon];
        let found = json(&experiment(&desk, "rows.csv", &flags));
        found["warnings"].to_string().contains("past its horizon")
    };
    assert!(passed("50") && !passed("400"));
    let none = ["--outcome", "y", "--sequence", "none"];
    let found = experiment(
        &desk,
        "rows.csv",
        &[&none[..], &["--horizon", "50"]].concat(),
    );
    assert_eq!(found.code, 1, "{}", found.stdout);
    assert!(found.stderr.contains("looks once"), "{}", found.stderr);
    let found = json(&experiment(
        &desk,
        "rows.csv",
        &[&none[..], &["--json"]].concat(),
    ));
    assert!(!found["warnings"].to_string().contains("--horizon"));
}

#[test]
fn a_ratio_that_cant_be_held_says_so() {
    let desk = Desk::new(&[("rows.csv", &eighths(0.0))]);
    let flags = [
        "--outcome",
        "y",
        "--denominator",
        "tiny",
        "--json",
        "--horizon",
        "400",
    ];
    let found = json(&experiment(&desk, "rows.csv", &flags));
    for at in [
        "/comparisons/0/no_answer",
        "/comparisons/0/sequence/no_answer",
    ] {
        let said = found.pointer(at).and_then(serde_json::Value::as_str);
        assert!(
            said.is_some_and(|said| said.contains("other units")),
            "{said:?}"
        );
    }
}

#[test]
fn what_doesnt_vary_explains_nothing() {
    let desk = Desk::new(&[("rows.csv", &eighths(0.0))]);
    let flags = ["--outcome", "y", "--json"];
    let plain = json(&experiment(&desk, "rows.csv", &flags));
    let before = [&flags[..], &["--before", "same"]].concat();
    let found = json(&experiment(&desk, "rows.csv", &before));
    assert_eq!(found["comparisons"], plain["comparisons"]);
    assert!(
        found["warnings"]
            .to_string()
            .contains("`same`, named with `--before`, doesn't vary")
    );
}

#[test]
fn splits_verdicts_and_adjustments_name_what_they_are() {
    let desk = Desk::new(&[("rows.csv", &eighths(0.0))]);
    let said = |flags: &[&str]| {
        let found = experiment(&desk, "rows.csv", &[&["--outcome", "y"], flags].concat());
        assert_eq!(found.code, 0, "{}", found.stderr);
        let words: Vec<&str> = found.stdout.split_whitespace().collect();
        words.join(" ")
    };
    let text = said(&[]);
    assert!(text.contains("if equal parts were planned"), "{text}");
    assert!(text.contains("`t` from `c`"), "{text}");
    let text = said(&["--expected-split", "1:1", "--smallest", "100"]);
    assert!(text.contains("split as planned"), "{text}");
    assert!(
        text.contains("what parts `t` from `c` is too small"),
        "{text}"
    );
    let text = said(&["--before", "before"]);
    assert!(
        text.contains("looked at once, adjusted for `before`"),
        "{text}"
    );
    assert!(
        text.contains("the arms' own values above are not adjusted"),
        "{text}"
    );
}
