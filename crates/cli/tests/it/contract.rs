//! The contract for machines: files, columns, keys, same bytes.

use crate::run::{Desk, names, run, small_company};

fn company() -> Desk {
    let (signals, voice) = small_company();
    Desk::new(&[("signals.csv", &signals), ("voice.csv", &voice)])
}

#[test]
fn the_files_and_their_columns() {
    let desk = company();
    let run = desk.brief(&[
        "--signals",
        "signals.csv",
        "--voice",
        "voice.csv",
        "--seed",
        "3",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.is_empty(), "data only on stdout: {}", run.stdout);
    assert!(
        run.stderr
            .lines()
            .last()
            .is_some_and(|line| line.contains("brief.html")),
        "{}",
        run.stderr
    );
    assert_eq!(
        names(&desk.out()),
        [
            "brief.html",
            "brief.json",
            "matches.csv",
            "needs.assigned.csv",
            "rejects.csv",
            "review",
            "signals.assigned.csv",
            "voice.assigned.csv"
        ]
    );
    let signals = desk.csv("signals.assigned.csv");
    assert_eq!(signals[0], ["id", "pain"]);
    assert_eq!(signals.len(), 1201);
    assert_eq!(signals[1][0], "s0");
    let voice = desk.csv("voice.assigned.csv");
    assert_eq!(voice[0], ["id", "lever"]);
    assert_eq!(voice.len(), 481);
    assert_eq!(
        desk.csv("matches.csv")[0][..3],
        ["pain", "lever", "strength"]
    );
    assert_eq!(
        desk.csv("rejects.csv")[0],
        ["file", "row", "column", "value", "reason"]
    );

    let brief = desk.json();
    for key in [
        "pains",
        "levers",
        "needs",
        "strengths",
        "gaps",
        "chain",
        "links",
        "notes",
        "inputs",
    ] {
        assert!(brief.get(key).is_some(), "no `{key}`");
    }
    let pains = brief["pains"].as_array().expect("a list");
    let ids: Vec<&str> = pains
        .iter()
        .filter_map(|pain| pain["id"].as_str())
        .collect();
    assert!((3..=12).contains(&ids.len()), "{ids:?}");
    for pain in pains {
        for key in [
            "id",
            "title",
            "words",
            "comments",
            "reach",
            "drag_points",
            "size_points",
            "value",
            "quotes",
        ] {
            assert!(pain.get(key).is_some(), "no `{key}` in {pain}");
        }
        for key in ["value", "low", "high", "n", "method"] {
            assert!(
                pain["reach"].get(key).is_some(),
                "no `{key}` in {}",
                pain["reach"]
            );
        }
    }
    // What is assigned is in the brief.
    for row in &signals[1..] {
        assert!(
            row[1].is_empty() || ids.contains(&row[1].as_str()),
            "{row:?}"
        );
    }
    for lever in brief["levers"].as_array().expect("a list") {
        for key in [
            "id",
            "title",
            "people",
            "units",
            "ease",
            "in_play_points",
            "rank",
            "top5_probability",
            "pains",
        ] {
            assert!(lever.get(key).is_some(), "no `{key}` in {lever}");
        }
        assert!(lever["people"].as_u64().is_some_and(|people| people >= 5));
    }
    // The named problems cost points, and praise is no problem.
    let worst = &pains[0];
    assert!(
        worst["drag_points"]["value"]
            .as_f64()
            .is_some_and(|drag| drag > 0.5),
        "{worst}"
    );
    assert!(
        worst["drag_points"]["low"].is_f64(),
        "twelve units give an interval: {worst}"
    );
}

#[test]
fn same_input_and_seed_same_bytes() {
    let (one, two) = (company(), company());
    for desk in [&one, &two] {
        let run = desk.brief(&[
            "--signals",
            "signals.csv",
            "--voice",
            "voice.csv",
            "--quiet",
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(
            run.stderr.is_empty(),
            "--quiet says nothing: {}",
            run.stderr
        );
    }
    for name in names(&one.out()) {
        if name != "review" {
            let read = |desk: &Desk| std::fs::read(desk.out().join(&name)).expect("an output");
            assert!(read(&one) == read(&two), "{name} differs");
        }
    }
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let (signals, _) = small_company();
    let without_ids: String = signals
        .lines()
        .map(|line| {
            line.split_once(',')
                .map_or(line, |(_, rest)| rest)
                .to_owned()
                + "\n"
        })
        .collect();
    let once = Desk::new(&[("a.csv", &without_ids)]);
    let twice = Desk::new(&[("a.csv", &without_ids)]);
    assert_eq!(once.brief(&["--signals", "a.csv", "--quiet"]).code, 0);
    assert_eq!(
        twice
            .brief(&["--signals", "a.csv", "--signals", "a.csv", "--quiet"])
            .code,
        0
    );
    assert_eq!(
        once.csv("signals.assigned.csv"),
        twice.csv("signals.assigned.csv")
    );
}

#[test]
fn files_of_a_table_stand_one_after_another() {
    let (signals, _) = small_company();
    let (head, rows) = signals.split_once('\n').expect("a heading");
    let half = rows.match_indices('\n').nth(600).expect("many rows").0 + 1;
    let part = |rows: &str| format!("{head}\n{rows}");
    let desk = Desk::new(&[
        ("a.csv", &part(&rows[..half])),
        ("b.csv", &part(&rows[half..])),
    ]);
    let run = desk.brief(&["--signals", "a.csv", "b.csv", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(desk.csv("signals.assigned.csv").len(), 1201);
}

#[test]
fn who_has_no_files_is_told_of_the_demo() {
    let told = |arguments: &[&str]| {
        let run = run(arguments);
        assert_eq!(run.code, 1, "{}", run.stderr);
        run.stderr.contains("`throughline demo`")
    };
    assert!(told(&["brief"]));
    assert!(told(&["brief", "--out", "brief"]));
    assert!(!told(&["brief", "--signals", "a.csv"]));
    assert!(!told(&["brief", "--signals", "a.csv", "--nonsense"]));
}
