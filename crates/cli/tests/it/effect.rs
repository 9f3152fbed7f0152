//! `throughline effect` as an analyst runs it.

use crate::run::{Desk, Run, run};
use serde_json::Value;

/// Branches by month with a start in 2024-05 or 2024-07, two outcomes; `choose` says who starts.
fn panel(branches: u64, effect: f64, choose: impl Fn(u64) -> &'static str) -> String {
    let mut text = String::from("branch,month,csat,engagement,started\n");
    for branch in 0..branches {
        for month in 1..=10u64 {
            // The high bits of a product with an odd number: as good as chance.
            let noise = |salt: u64| {
                let key = (branch * 31 + month * 977 + salt).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                ((key ^ (key >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 40) as f64
                    / f64::from(1u32 << 24)
                    - 0.5
            };
            let start = choose(branch);
            let on = start
                .get(5..7)
                .and_then(|m| m.parse().ok())
                .is_some_and(|s: u64| month >= s);
            let csat = 4.0
                + (branch % 7) as f64 * 0.1
                + 0.02 * month as f64
                + noise(1)
                + if on { effect } else { 0.0 };
            let engagement = 3.5 + (branch % 5) as f64 * 0.1 + noise(2);
            text.push_str(&format!(
                "b{branch},2024-{month:02},{csat:.4},{engagement:.4},{start}\n"
            ));
        }
    }
    text
}

fn usual(branch: u64) -> &'static str {
    match branch % 4 {
        0 => "2024-05",
        1 => "2024-07",
        _ => "",
    }
}

fn effect(desk: &Desk, flags: &[&str]) -> Run {
    let data = desk.path("panel.csv").display().to_string();
    let mut all = vec![
        "effect", "--data", &data, "--unit", "branch", "--period", "month",
    ];
    all.extend_from_slice(&["--first-treated", "started"]);
    all.extend_from_slice(flags);
    if !flags.contains(&"--draws") {
        all.extend_from_slice(&["--draws", "199"]);
    }
    run(&all)
}

fn json(found: &Run) -> Value {
    assert_eq!(found.code, 0, "{}", found.stderr);
    serde_json::from_str(&found.stdout).expect("JSON alone")
}

#[test]
fn both_outcomes_are_judged() {
    let desk = Desk::new(&[("panel.csv", &panel(60, 0.5, usual))]);
    let flags = [
        "--outcome",
        "csat,engagement",
        "--chosen-by",
        "random",
        "--matters",
        "0.3",
        "--json",
    ];
    let found = effect(&desk, &flags);
    let json = json(&found);
    let outcomes = json["outcomes"].as_array().expect("outcomes");
    assert_eq!(outcomes.len(), 2);
    assert_eq!(
        outcomes[0]["verdict"], "it helped",
        "{}",
        outcomes[0]["effect"]
    );
    assert_eq!(
        outcomes[1]["verdict"], "too small to matter",
        "{}",
        outcomes[1]["effect"]
    );
    let headline = &outcomes[0]["effect"];
    let (low, high) = (headline["low"].as_f64(), headline["high"].as_f64());
    assert!(
        low < Some(0.5) && Some(0.5) < high && low > Some(0.1),
        "{headline}"
    );
    assert!(
        headline["smallest_seen"]
            .as_f64()
            .is_some_and(|s| s > 0.05 && s < 0.3)
    );
    assert_eq!(
        (&outcomes[0]["n_units"], &outcomes[0]["n_treated"]),
        (&60.into(), &30.into())
    );
    let first = &outcomes[0]["group_time"][0];
    assert_eq!(first["group"], "2024-05");
    assert_eq!(first["base"], "2024-04");
    let times = outcomes[0]["by_time"].as_array().expect("times");
    assert!(times.iter().any(|t| t["at"] == "-3") && times.iter().all(|t| t["at"] != "-1"));
    assert!(
        outcomes[0]["departures"]["relative"]
            .as_array()
            .is_some_and(|r| r.len() == 3)
    );
    assert_eq!(effect(&desk, &flags).stdout, found.stdout);
    // The same with higher being worse.
    let turned = effect(&desk, &[&flags[..], &["--better", "lower"]].concat());
    assert_eq!(self::json(&turned)["outcomes"][0]["verdict"], "it hurt");
}

#[test]
fn a_person_gets_a_table_the_words_and_a_picture() {
    let desk = Desk::new(&[("panel.csv", &panel(40, 0.5, usual))]);
    let plot = desk.path("effect.svg").display().to_string();
    let found = effect(&desk, &["--outcome", "csat", "--explain", "--plot", &plot]);
    assert_eq!(found.code, 0, "{}", found.stderr);
    for words in [
        "csat: it helped",
        "95% interval",
        "since the start",
        "Before the start",
        "Callaway & Sant'Anna",
        "nobody said why these were chosen",
        "drift",
        "times the largest before",
        "more in --json",
    ] {
        assert!(found.stdout.contains(words), "{words}: {}", found.stdout);
    }
    let svg = std::fs::read_to_string(plot).expect("a picture");
    assert!(svg.starts_with("<?xml") || svg.starts_with("<svg"));
    assert!(svg.contains("periods since the start"));
}

#[test]
fn few_are_tested_by_dealing_out_again_and_one_against_a_mix() {
    let desk = Desk::new(&[(
        "panel.csv",
        &panel(30, 0.9, |b| if b < 5 { "2024-06" } else { "" }),
    )]);
    let flags = ["--outcome", "csat", "--chosen-by", "random", "--json"];
    let few = json(&effect(&desk, &flags));
    let of = &few["outcomes"][0];
    assert_eq!(of["approach"], "randomisation");
    assert_eq!(of["verdict"], "it helped", "{of}");
    assert_eq!(of["randomisation"]["ways"], 142_506);
    let desk = Desk::new(&[(
        "panel.csv",
        &panel(30, 1.5, |b| if b == 3 { "2024-06" } else { "" }),
    )]);
    let one = json(&effect(&desk, &flags));
    let of = &one["outcomes"][0];
    assert_eq!(of["approach"], "synthetic");
    assert_eq!(of["verdict"], "it helped", "{of}");
    let weights: f64 = of["synthetic"]["units"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|u| u["weight"].as_f64())
        .sum();
    assert!((weights - 1.0).abs() < 1e-9);
}

#[test]
fn the_worst_first_are_not_taken_at_face_value() {
    // Branches 0 to 11 have a bad April and start in May; nothing helps.
    let mut text = panel(60, 0.0, |b| if b < 12 { "2024-05" } else { "" });
    text = text
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let bad = cells[1] == "2024-04" && cells[4] == "2024-05";
            match cells[2].parse::<f64>() {
                Ok(csat) if bad => {
                    format!(
                        "{},{},{:.4},{},{}",
                        cells[0],
                        cells[1],
                        csat - 0.8,
                        cells[3],
                        cells[4]
                    )
                }
                _ => line.to_owned(),
            }
        })
        .collect::<Vec<_>>()
        .join("\n");
    let desk = Desk::new(&[("panel.csv", &text)]);
    for chosen in ["worst-first", "unsaid", "volunteered"] {
        let flags = ["--outcome", "csat", "--chosen-by", chosen, "--json"];
        let found = json(&effect(&desk, &flags));
        let of = &found["outcomes"][0];
        assert_eq!(of["verdict"], "can't tell", "{chosen}: {of}");
        assert!(
            of["overall"]["low"].as_f64().is_some_and(|low| low > 0.0),
            "{of}"
        );
        assert!(
            of["why"]
                .as_str()
                .is_some_and(|why| why.contains("anyway") || why.contains("return to normal"))
        );
    }
    // Nor where it is said that they were chosen by lot.
    let found = json(&effect(
        &desk,
        &["--outcome", "csat", "--chosen-by", "random", "--json"],
    ));
    let of = &found["outcomes"][0];
    assert_eq!(of["verdict"], "can't tell", "{of}");
    let why = of["why"].as_str().expect("a reason");
    assert!(
        why.contains("said to be chosen by chance, but they differed"),
        "{why}"
    );
    assert!(of["before"]["dip_p"].as_f64().is_some_and(|p| p < 0.01));
    // What is no answer says so, or isn't shown.
    let shown = effect(&desk, &["--outcome", "csat", "--chosen-by", "worst-first"]).stdout;
    assert!(
        shown.contains("Compared with everybody: not the answer here"),
        "{shown}"
    );
    assert!(!shown.contains("error (large sample)"), "{shown}");
}

#[track_caller]
fn refused(text: &str, flags: &[&str], words: &str) {
    let desk = Desk::new(&[("panel.csv", text)]);
    let found = effect(&desk, &[&["--outcome", "csat"][..], flags].concat());
    assert_eq!(found.code, 1, "{}{}", found.stdout, found.stderr);
    assert!(found.stderr.contains(words), "{words}: {}", found.stderr);
    assert!(found.stderr.contains("hint"), "{}", found.stderr);
    assert!(found.stdout.is_empty());
}

#[test]
fn what_cannot_be_answered_is_said() {
    let good = panel(40, 0.5, usual);
    let twice = format!("{good}b1,2024-03,4.1,3.9,2024-07\n");
    refused(&twice, &[], "`b1` has two rows for 2024-03");
    let changes = good.replacen(",2024-05\nb0,2024-03", ",2024-06\nb0,2024-03", 1);
    refused(&changes, &[], "`started` changes between rows of `b0`");
    refused(
        &panel(40, 0.5, |_| "2024-05"),
        &[],
        "everyone starts at once",
    );
    refused(&panel(40, 0.5, |_| ""), &[], "nobody starts");
    refused(&panel(40, 0.5, |_| "2024-01"), &[], "by the first period");
    refused(&panel(1, 0.5, usual), &[], "has only 1");
    let one_month: String = good
        .lines()
        .filter(|l| l.starts_with("branch") || l.contains(",2024-03,"))
        .collect::<Vec<_>>()
        .join("\n");
    refused(&one_month, &[], "before and after are needed");
    refused(
        &good,
        &["--covariates", "engagement,engagement"],
        "engagement",
    );
    refused(&good, &["--draws", "5"], "--draws 5");
    refused(&good, &["--matters", "0"], "--matters");
    refused(&good, &["--covariates", "nothing"], "nothing");
    let huge = good.replacen("b1,2024-03,", "b1,2024-03,1e100\nb9,2024-03,", 1);
    let huge = huge.replacen("1e100\nb9,2024-03,", "1e100,3.5,2024-07\nb99,2024-03,", 1);
    refused(&huge, &[], "1e100");
    refused(&good, &["--weights", "weight"], "weight");
    refused(&good.replacen("2024-03,4", "2024-03,inf4", 1), &[], "inf4");
}

#[test]
fn help_lists_what_the_json_holds() {
    let found = run(&["help", "effect"]);
    assert_eq!(found.code, 0);
    let desk = Desk::new(&[("panel.csv", &panel(40, 0.5, usual))]);
    let json = json(&effect(&desk, &["--outcome", "csat", "--json"]));
    let outcome = json["outcomes"][0].as_object().expect("an outcome");
    for field in json
        .as_object()
        .expect("fields")
        .keys()
        .chain(outcome.keys())
    {
        assert!(
            found.stdout.contains(field.as_str()),
            "{field} isn't in the help"
        );
    }
}
