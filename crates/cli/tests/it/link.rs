//! `throughline link` as an analyst runs it.

use crate::run::{Desk, Run, run};
use serde_json::Value;
use std::fmt::Write;

/// As good as chance, 0 to 1.
fn chance(unit: usize, wave: usize, salt: u64) -> f64 {
    let key = (unit * 64 + wave) as u64 + salt * 1_000_003;
    let mut mixed = key.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

/// Engagement moves satisfaction a month later; nothing goes back. Some cells are empty.
fn values(units: usize, waves: usize) -> Vec<Vec<(f64, f64)>> {
    (0..units)
        .map(|unit| {
            let level = chance(unit, 0, 1) * 2.0;
            let other = 0.5 * level + chance(unit, 0, 4);
            let (mut x, mut y) = (0.0, 0.0);
            (0..waves)
                .map(|wave| {
                    (x, y) = (
                        0.4 * x + chance(unit, wave, 2) - 0.5,
                        0.4 * x + 0.3 * y + chance(unit, wave, 3) - 0.5,
                    );
                    (6.0 + level + x, 7.0 + other + y)
                })
                .collect()
        })
        .collect()
}

fn long(units: usize, waves: usize) -> String {
    let mut text = String::from("team,month,engagement,csat,n,sd\n");
    for (unit, row) in values(units, waves).into_iter().enumerate() {
        for (wave, (x, y)) in row.into_iter().enumerate() {
            let x = if (unit + wave) % 17 == 0 {
                String::new()
            } else {
                x.to_string()
            };
            let month = wave + 1;
            writeln!(text, "team {unit},2024-{month:02},{x},{y},12,0.5").expect("memory");
        }
    }
    text
}

fn link(desk: &Desk, file: &str, flags: &[&str]) -> Run {
    let data = desk.path(file).display().to_string();
    let mut all = vec!["link", "--data", &data];
    all.extend_from_slice(flags);
    run(&all)
}

const ASKED: [&str; 8] = [
    "--unit",
    "team",
    "--period",
    "month",
    "--employee",
    "engagement",
    "--customer",
    "csat",
];

fn json(found: &Run) -> Value {
    assert_eq!(found.code, 0, "{}", found.stderr);
    serde_json::from_str(&found.stdout).expect("JSON alone")
}

fn verdict<'a>(json: &'a Value, from: &str) -> &'a Value {
    let all = json["verdicts"].as_array().expect("verdicts");
    all.iter().find(|v| v["from"] == from).expect("a direction")
}

#[test]
fn json_holds_the_contract() {
    let desk = Desk::new(&[("teams.csv", &long(160, 6))]);
    let found = link(&desk, "teams.csv", &[&ASKED[..], &["--json"]].concat());
    let said = json(&found);
    for key in ["model", "n_units", "n_waves", "loglik", "warnings"] {
        assert!(!said[key].is_null(), "{key}");
    }
    assert_eq!(
        (said["n_units"].as_u64(), said["n_waves"].as_u64()),
        (Some(160), Some(6))
    );
    for key in ["chisq", "df", "cfi", "tli", "rmsea", "srmr", "aic", "bic"] {
        assert!(said["fit"][key].is_number(), "{key}");
    }
    for key in ["r", "low", "high"] {
        assert!(said["between"][key].is_number(), "{key}");
    }
    assert_eq!(verdict(&said, "employee")["verdict"], "comes first");
    assert_ne!(verdict(&said, "customer")["verdict"], "comes first");
    let again = link(&desk, "teams.csv", &[&ASKED[..], &["--json"]].concat());
    assert_eq!(found.stdout, again.stdout);
}

#[test]
fn paths_are_named_by_the_outcomes_wave() {
    let desk = Desk::new(&[("teams.csv", &long(160, 5))]);
    let paths = |how: &str| -> Vec<(String, Option<u64>)> {
        let found = link(
            &desk,
            "teams.csv",
            &[&ASKED[..], &["--json", "--paths", how]].concat(),
        );
        let said = json(&found);
        let all = said["parameters"].as_array().expect("parameters").clone();
        all.iter()
            .filter(|p| p["name"].as_str().is_some_and(|name| name.contains("->")))
            .map(|p| {
                assert!(p["standardised"].is_number() && p["se"].is_number());
                (
                    p["name"].as_str().unwrap_or_default().to_owned(),
                    p["wave"].as_u64(),
                )
            })
            .collect()
    };
    let names = [
        "employee->employee",
        "customer->employee",
        "employee->customer",
        "customer->customer",
    ];
    let equal: Vec<_> = names
        .iter()
        .map(|name| ((*name).to_owned(), None))
        .collect();
    assert_eq!(paths("equal"), equal);
    let free: Vec<_> = (2..=5)
        .flat_map(|wave| {
            names
                .iter()
                .map(move |name| ((*name).to_owned(), Some(wave)))
        })
        .collect();
    assert_eq!(paths("free"), free);
}

#[test]
fn wide_and_long_files_agree() {
    let mut wide = String::from("e1,e2,e3,e4,c1,c2,c3,c4\n");
    let mut tall = String::from("team,month,engagement,csat\n");
    for (unit, row) in values(150, 4).into_iter().enumerate() {
        let x: Vec<String> = row.iter().map(|v| v.0.to_string()).collect();
        let y: Vec<String> = row.iter().map(|v| v.1.to_string()).collect();
        writeln!(wide, "{},{}", x.join(","), y.join(",")).expect("memory");
        for (wave, (x, y)) in row.iter().enumerate() {
            writeln!(tall, "{unit},{wave},{x},{y}").expect("memory");
        }
    }
    let desk = Desk::new(&[("wide.csv", &wide), ("long.csv", &tall)]);
    let one = link(
        &desk,
        "wide.csv",
        &["--wide", "e1,e2,e3,e4:c1,c2,c3,c4", "--json"],
    );
    let other = link(&desk, "long.csv", &[&ASKED[..], &["--json"]].concat());
    let (one, other) = (json(&one), json(&other));
    assert_eq!(one["parameters"], other["parameters"]);
    assert_eq!(one["fit"], other["fit"]);
}

#[test]
fn known_noise_and_small_panels_are_said() {
    let desk = Desk::new(&[("teams.csv", &long(40, 5))]);
    let flags = [
        "--employee-n",
        "n",
        "--employee-sd",
        "sd",
        "--draws",
        "99",
        "--json",
    ];
    let said = json(&link(&desk, "teams.csv", &[&ASKED[..], &flags].concat()));
    assert_eq!(said["errors"]["employee_sd"], 0.5);
    assert!(said["errors"]["customer_sd"].is_null());
    assert_eq!(said["small"], true);
    assert!(said["fit"]["chisq"].is_null() && said["fit"]["no_fit"].is_string());
    let warnings = said["warnings"].to_string();
    assert!(warnings.contains("40 units are few"), "{warnings}");
}

#[test]
fn small_panels_get_no_figures_of_fit_whatever_is_asked() {
    let desk = Desk::new(&[("teams.csv", &long(40, 5))]);
    for how in [
        &["--paths", "equal"][..],
        &["--paths", "free"],
        &["--classic"],
    ] {
        let flags = [&ASKED[..], how, &["--draws", "99", "--json"]].concat();
        let said = json(&link(&desk, "teams.csv", &flags));
        for key in ["chisq", "df", "p", "cfi", "tli", "rmsea", "srmr"] {
            assert!(said["fit"][key].is_null(), "{how:?} {key}");
        }
        assert!(said["fit"]["no_fit"].is_string());
    }
}

#[test]
fn an_impossible_solution_is_shown_without_a_verdict() {
    // In the first month the noise is said to be larger than all there is within teams.
    let mut text = String::from("team,month,engagement,csat,n,sd\n");
    for (unit, row) in values(160, 5).into_iter().enumerate() {
        for (wave, (x, y)) in row.into_iter().enumerate() {
            let n = if wave == 0 { 1 } else { 4000 };
            writeln!(text, "team {unit},{wave},{x},{y},{n},0.45").expect("memory");
        }
    }
    let desk = Desk::new(&[("teams.csv", &text)]);
    let plot = desk.path("link.svg").display().to_string();
    let noise = ["--employee-n", "n", "--employee-sd", "sd"];
    let said = json(&link(
        &desk,
        "teams.csv",
        &[&ASKED[..], &noise, &["--json"]].concat(),
    ));
    let onward = verdict(&said, "employee");
    assert_eq!(onward["verdict"], "no verdict");
    assert!(onward["path"].is_number(), "{onward}");
    assert!(onward["standardised"].is_null() && onward["smallest_seen"].is_null());
    assert!(
        onward["sentence"]
            .as_str()
            .is_some_and(|s| s.contains("negative variance"))
    );
    let all = said["standardised"].as_array().expect("paths");
    assert!(all.iter().any(|path| path["estimate"].is_null()));
    assert!(said["warnings"].to_string().contains("impossible"));
    let flags = [&ASKED[..], &noise, &["--plot", &plot]].concat();
    let found = link(&desk, "teams.csv", &flags);
    assert_eq!(found.code, 0, "{}", found.stderr);
    assert!(found.stdout.contains("NO VERDICT"), "{}", found.stdout);
    let svg = std::fs::read_to_string(&plot).expect("a picture");
    assert!(svg.contains("not known") && !svg.contains("NaN"));
}

#[test]
fn a_person_gets_a_table_the_words_and_a_picture() {
    let desk = Desk::new(&[("teams.csv", &long(160, 5))]);
    let plot = desk.path("link.svg").display().to_string();
    let found = link(
        &desk,
        "teams.csv",
        &[&ASKED[..], &["--explain", "--plot", &plot]].concat(),
    );
    assert_eq!(found.code, 0, "{}", found.stderr);
    for words in ["COMES FIRST", "Between units", "Hamaker", "a cause"] {
        assert!(found.stdout.contains(words), "{words}: {}", found.stdout);
    }
    let svg = std::fs::read_to_string(&plot).expect("a picture");
    assert!(svg.starts_with("<svg") && svg.contains("engagement"));
    let classic = link(&desk, "teams.csv", &[&ASKED[..], &["--classic"]].concat());
    assert!(classic.stdout.contains("classic"), "{}", classic.stdout);
    assert!(!classic.stdout.contains("COMES FIRST"));
}

#[test]
fn what_can_be_mended_is_said() {
    let twice = format!("{}team 3,2024-02,1,2,12,0.5\n", long(20, 4));
    let desk = Desk::new(&[
        ("teams.csv", &long(160, 2)),
        ("few.csv", &long(4, 6)),
        ("alone.csv", &long(1, 6)),
        ("short.csv", &long(60, 1)),
        ("twice.csv", &twice),
        ("flat.csv", "team,month,engagement,csat\na,1,1,2\nb,1,1,3\n"),
    ]);
    for (file, flags, words) in [
        ("teams.csv", &[][..], "only 2 periods"),
        ("few.csv", &[], "only 4 units"),
        ("alone.csv", &[], "only 1 unit was seen"),
        ("short.csv", &[], "only 1 period holds both"),
        ("twice.csv", &[], "already has a row for period `2024-02`"),
        ("flat.csv", &[], "hint:"),
        ("teams.csv", &["--draws", "3"], "--draws"),
    ] {
        let found = link(&desk, file, &[&ASKED[..], flags].concat());
        assert_eq!(found.code, 1, "{file}: {}", found.stderr);
        assert!(found.stderr.contains(words), "{file}: {}", found.stderr);
        assert!(found.stdout.is_empty());
    }
    let found = link(&desk, "teams.csv", &["--wide", "a,b"]);
    assert_eq!(found.code, 1);
    assert!(found.stderr.contains("no colon"), "{}", found.stderr);
    // Without columns or --wide, the flags themselves are wrong.
    assert_ne!(link(&desk, "teams.csv", &["--unit", "team"]).code, 0);
}

#[test]
fn counts_that_cannot_be_are_refused_with_their_row() {
    let head = "team,month,engagement,csat,n,sd,people,both,r\n";
    let good = |team: usize| format!("t{team},2024-01,5.{team},6.{team},9,1.5,20,8,0.3\n");
    let rows: String = (0..4).map(good).collect();
    let bad = |row: &str| format!("{head}{rows}{row}\n");
    let desk = Desk::new(&[
        ("none.csv", &bad("t9,2024-01,5,6,0,1.5,20,8,0.3")),
        ("half.csv", &bad("t9,2024-01,5,6,0.5,1.5,20,0,0.3")),
        ("many.csv", &bad("t9,2024-01,5,6,1e300,1.5,20,8,0.3")),
        ("nobody.csv", &bad("t9,2024-01,5,6,9,1.5,0,8,0.3")),
        ("more.csv", &bad("t9,2024-01,5,6,9,1.5,20,12,0.3")),
        ("r.csv", &bad("t9,2024-01,5,6,9,1.5,20,8,1.3")),
        ("below.csv", &bad("t9,2024-01,5,6,9,-1.5,20,8,0.3")),
    ]);
    let noise = [
        "--employee-n",
        "n",
        "--employee-sd",
        "sd",
        "--customer-n",
        "n",
        "--customer-sd",
        "sd",
        "--headcount",
        "people",
        "--customer-headcount",
        "people",
        "--both-n",
        "both",
        "--both-r",
    ];
    for (file, words) in [
        (
            "none.csv",
            "column `n`: a value can't be the mean of `0` answers",
        ),
        (
            "half.csv",
            "column `n`: a value can't be the mean of `0.5` answers",
        ),
        ("many.csv", "column `n`"),
        ("nobody.csv", "column `people`: nobody could have answered"),
        ("more.csv", "column `both`: `12` people gave both"),
        ("r.csv", "column `r`: `1.3` is no correlation"),
        ("below.csv", "column `sd`: `-1.5` is below zero"),
    ] {
        let found = link(&desk, file, &[&ASKED[..], &noise, &["r"]].concat());
        assert_eq!(found.code, 1, "{file}: {}", found.stderr);
        for words in [words, file, "row 6"] {
            assert!(found.stderr.contains(words), "{file}: {}", found.stderr);
        }
    }
    let found = link(&desk, "r.csv", &[&ASKED[..], &noise, &["2"]].concat());
    assert!(found.stderr.contains("`--both-r 2`"), "{}", found.stderr);
    // A number of people who gave both says nothing without how their answers go together.
    let found = link(&desk, "r.csv", &[&ASKED[..], &noise[..14]].concat());
    assert_ne!(found.code, 0);
}

#[test]
fn answers_of_the_same_people_covary_and_a_census_has_no_noise() {
    let people = long(120, 5).replace("csat,n,sd\n", "csat,n,sd,people,both,r\n");
    let people = people.replace(",12,0.5\n", ",12,0.5,16,12,0.6\n");
    let desk = Desk::new(&[
        ("teams.csv", &people),
        ("crowd.csv", &people.replace(",16,12,", ",10,12,")),
    ]);
    let path = |file: &str, flags: &[&str]| {
        let noise = ["--employee-n", "n", "--employee-sd", "sd"];
        let more = ["--customer-n", "n", "--customer-sd", "sd", "--json"];
        let said = json(&link(
            &desk,
            file,
            &[&ASKED[..], &noise, &more, flags].concat(),
        ));
        let path = verdict(&said, "employee")["path"].as_f64().expect("a path");
        (path, said)
    };
    let (apart, said) = path("teams.csv", &[]);
    assert!(said["errors"]["both_r"].is_null());
    let both = ["--both-n", "both", "--both-r"];
    let (by_column, said) = path("teams.csv", &[&both[..], &["r"]].concat());
    let r = said["errors"]["both_r"].as_f64().expect("a correlation");
    assert!((r - 0.6).abs() < 1e-12, "{said}");
    let (by_number, _) = path("teams.csv", &[&both[..], &["0.6"]].concat());
    assert!((by_column - by_number).abs() < 1e-9);
    let (turned, _) = path("teams.csv", &[&both[..], &["-0.6"]].concat());
    // Nothing in these values is noise, so what counts as shared is taken from, or given to, what
    // moves together.
    assert!(by_number != apart && (by_number - apart) * (turned - apart) < 0.0);
    // With a headcount there is less noise, on either side.
    let (employees, _) = path("teams.csv", &["--headcount", "people"]);
    let (customers, _) = path("teams.csv", &["--customer-headcount", "people"]);
    assert!(employees != apart && customers != apart && employees != customers);
    // A census of both: as if values were exact.
    let census = ["--headcount", "people", "--customer-headcount", "people"];
    let (none, said) = path("crowd.csv", &census);
    let warnings = said["warnings"].to_string();
    assert!(warnings.contains("count as a census"), "{warnings}");
    let exact = json(&link(
        &desk,
        "crowd.csv",
        &[&ASKED[..], &["--json"]].concat(),
    ));
    let exact = verdict(&exact, "employee")["path"]
        .as_f64()
        .expect("a path");
    assert!((none - exact).abs() < 1e-6, "{none} {exact}");
    // Shared errors need the spread on both sides.
    let one_side = ["--employee-n", "n", "--employee-sd", "sd"];
    let more = ["--customer-n", "n", "--both-n", "both", "--both-r", "0.6"];
    let found = link(&desk, "teams.csv", &[&ASKED[..], &one_side, &more].concat());
    assert!(
        found.stdout.contains("needs the spread of both"),
        "{}",
        found.stdout
    );
}

#[test]
fn gaps_of_any_length_are_noted() {
    // Five months, the last of them long after the others.
    let late = long(120, 5).replace(",2024-05,", ",2034-05,");
    let desk = Desk::new(&[("late.csv", &late), ("even.csv", &long(120, 5))]);
    let warnings = |file: &str| {
        let said = json(&link(&desk, file, &[&ASKED[..], &["--json"]].concat()));
        said["warnings"].to_string()
    };
    let found = warnings("late.csv");
    assert!(found.contains("no rows for 2024-05 to 2034-04"), "{found}");
    assert!(!warnings("even.csv").contains("evenly"));
}

#[test]
fn reasons_name_the_file_and_the_picture_has_a_legend() {
    let desk = Desk::new(&[("few.csv", &long(4, 6)), ("teams.csv", &long(120, 5))]);
    let found = link(&desk, "few.csv", &ASKED);
    assert!(
        found.stderr.contains("few.csv`: only 4 units"),
        "{}",
        found.stderr
    );
    let plot = desk.path("link.svg").display().to_string();
    let found = link(
        &desk,
        "teams.csv",
        &[&ASKED[..], &["--plot", &plot]].concat(),
    );
    assert_eq!(found.code, 0, "{}", found.stderr);
    let svg = std::fs::read_to_string(&plot).expect("a picture");
    assert!(svg.contains("95% interval clear of zero") && svg.contains("holds zero"));
}
