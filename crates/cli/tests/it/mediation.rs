//! `throughline mediation` as an analyst runs it.

use crate::levels::branches;
use crate::run::{Desk, Run, picture, run};

fn mediation(desk: &Desk, file: &str, flags: &[&str]) -> Run {
    let data = desk.path(file).display().to_string();
    run(&[&["mediation", "--data", &data], flags].concat())
}

const ASKED: [&str; 8] = [
    "--from",
    "engagement",
    "--through",
    "satisfaction",
    "--to",
    "revenue",
    "--cluster",
    "branch",
];

#[test]
fn paths_add_up_and_the_same_seed_gives_the_same_bytes() {
    let desk = Desk::new(&[("branches.csv", &branches())]);
    let flags = [
        &ASKED[..],
        &["--part", "within", "--draws", "500", "--json"],
    ]
    .concat();
    let found = mediation(&desk, "branches.csv", &flags);
    assert_eq!(found.code, 0, "{}", found.stderr);
    let json: serde_json::Value = serde_json::from_str(&found.stdout).expect("JSON alone");
    let value = |path: &str| json[path]["estimate"].as_f64().expect("an estimate");
    assert!((value("from_through") * value("through_to") - value("indirect")).abs() < 1e-9);
    assert!((value("direct") + value("indirect") - value("total")).abs() < 1e-9);
    // Made so: satisfaction moves by 3, revenue by 2 for each of it, and by 1 directly.
    assert!((value("indirect") - 6.0).abs() < 0.6 && (value("direct") - 1.0).abs() < 1.0);
    assert!(
        json["indirect"]["low"]
            .as_f64()
            .is_some_and(|low| low > 5.0)
    );
    assert!((value("share") - value("indirect") / value("total")).abs() < 1e-9);
    assert_eq!(
        (&json["n_clusters"], &json["part"]),
        (&24.into(), &"within".into())
    );
    assert_eq!(
        found.stdout,
        mediation(&desk, "branches.csv", &flags).stdout
    );
}

#[test]
fn a_person_gets_a_table_the_assumptions_and_a_picture() {
    let desk = Desk::new(&[("branches.csv", &branches())]);
    let plot = desk.path("mediation.svg").display().to_string();
    let flags = [
        "--covariates",
        "size",
        "--draws",
        "300",
        "--explain",
        "--plot",
        &plot,
    ];
    let found = mediation(&desk, "branches.csv", &[&ASKED[..], &flags].concat());
    assert_eq!(found.code, 0, "{}", found.stderr);
    for word in [
        "indirect (product)",
        "size held fixed",
        "Hidden causes",
        "nothing else moves",
    ] {
        assert!(
            found.stdout.contains(word),
            "no `{word}` in: {}",
            found.stdout
        );
    }
    picture(&plot, "indirect");
}

#[test]
fn what_is_wrong_is_said_in_words() {
    let desk = Desk::new(&[("branches.csv", &branches())]);
    let check = |flags: &[&str], words: &[&str]| {
        let found = mediation(&desk, "branches.csv", flags);
        assert_eq!(found.code, 1, "{flags:?}: {}", found.stderr);
        for word in words.iter().chain(&["hint:"]) {
            assert!(
                found.stderr.contains(word),
                "no `{word}` in: {}",
                found.stderr
            );
        }
    };
    let size = [
        "--from",
        "size",
        "--through",
        "satisfaction",
        "--to",
        "revenue",
        "--cluster",
        "branch",
        "--part",
        "within",
    ];
    check(
        &size,
        &[
            "`size` is the same in all rows of each cluster",
            "--part between",
        ],
    );
    check(&[&ASKED[..], &["--draws", "5"]].concat(), &["--draws 5"]);
    // Four areas: values, but no intervals.
    let few = [&ASKED[..6], &["--cluster", "area", "--json"]].concat();
    let found = mediation(&desk, "branches.csv", &few);
    assert_eq!(found.code, 0, "{}", found.stderr);
    assert!(
        found
            .stdout
            .contains("only 4 of `area`; an interval needs 10"),
        "{}",
        found.stdout
    );
}

/// One row alone has another cause: a third of the resamples miss it.
#[test]
fn resamples_that_fail_are_the_reason_given() {
    let mut text = String::from("g,x,m,y\n");
    for row in 0..120u64 {
        let (m, y) = (row * 7 % 11, row * 5 % 13);
        text.push_str(&format!(
            "g{},{},{m},{y}\n",
            row % 12,
            u64::from(row == 119)
        ));
    }
    let desk = Desk::new(&[("lone.csv", &text)]);
    let flags = [
        "--from",
        "x",
        "--through",
        "m",
        "--to",
        "y",
        "--cluster",
        "g",
    ];
    let found = mediation(&desk, "lone.csv", &[&flags[..], &["--json"]].concat());
    assert_eq!(found.code, 0, "{}", found.stderr);
    assert!(
        found
            .stdout
            .contains("resamples could be fitted: a column hardly varies"),
        "{}",
        found.stdout
    );
    for word in ["an interval needs", "intervals are rough"] {
        assert!(!found.stdout.contains(word), "{}", found.stdout);
    }
}
