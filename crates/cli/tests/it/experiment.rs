//! `throughline experiment` as an analyst runs it.

mod mended;
mod order;

use crate::run::{Desk, Run, picture, run};

/// As good as chance, the same every time (splitmix64).
fn noise(row: u64, salt: u64) -> f64 {
    let mut z = (row << 8 | salt).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

/// 2,000 people by chance in two arms: the nudge helps joining, shortens minutes.
fn nudge() -> String {
    let mut text = String::from("arm,joined,calls,minutes,before,day,rating\n");
    for row in 0..2000u64 {
        let treated = noise(row, 1) < 0.5;
        let joined = u8::from(noise(row, 2) < if treated { 0.3 } else { 0.2 });
        let before = 40.0 + 20.0 * (noise(row, 3) - 0.5);
        let minutes = before + 6.0 * (noise(row, 4) - 0.5) - if treated { 1.0 } else { 0.0 };
        let calls = 1 + (noise(row, 5) * 5.0) as u32;
        let rating = 1 + (noise(row, 6) * 5.0) as u32;
        text.push_str(&format!(
            "{},{joined},{calls},{minutes:.3},{before:.3},2026-03-{:02},{rating}\n",
            if treated { "nudge" } else { "control" },
            1 + row / 100
        ));
    }
    text
}

/// 24 teams of 10, every other one with the new way.
fn teams(clusters: u64) -> String {
    let mut text = String::from("arm,team,y\n");
    for row in 0..clusters * 10 {
        let team = row / 10;
        let y = 5.0 + noise(team, 7) + noise(row, 8);
        let arm = if team.is_multiple_of(2) { "old" } else { "new" };
        text.push_str(&format!("{arm},team {team},{y:.4}\n"));
    }
    text
}

fn experiment(desk: &Desk, file: &str, flags: &[&str]) -> Run {
    let data = desk.path(file).display().to_string();
    let mut all = vec!["experiment", "--data", &data, "--arm", "arm"];
    all.extend_from_slice(flags);
    run(&all)
}

fn json(found: &Run) -> serde_json::Value {
    assert_eq!(found.code, 0, "{}", found.stderr);
    serde_json::from_str(&found.stdout).expect("JSON alone")
}

#[test]
fn json_holds_the_contract() {
    let desk = Desk::new(&[("nudge.csv", &nudge())]);
    let flags = [
        "--outcome",
        "joined,minutes",
        "--before",
        "before",
        "--json",
        "--adjust",
        "holm",
    ];
    let found = json(&experiment(&desk, "nudge.csv", &flags));
    assert_eq!(found["control"], "control");
    assert_eq!(found["split"]["mismatch"], false);
    let comparisons = found["comparisons"].as_array().expect("comparisons");
    assert_eq!(comparisons.len(), 2);
    for comparison in comparisons {
        let number = |name: &str| comparison[name].as_f64().expect("a number");
        assert!(number("low") < number("difference") && number("difference") < number("high"));
        assert!(number("low_adjusted") < number("low") && number("p") <= number("p_adjusted"));
        assert_eq!(comparison["method"], "CUPED");
        assert_eq!(comparison["sequence"], serde_json::Value::Null);
    }
    assert_eq!(comparisons[0]["metric"], "share");
    assert_eq!(comparisons[0]["verdict"], "better");
    assert_eq!(comparisons[1]["verdict"], "worse");
    let removed = comparisons[1]["before"]["variance_removed"].as_f64();
    assert!(removed.is_some_and(|part| part > 0.7), "{removed:?}");
    let lower = [&flags[..], &["--lower-is-better"]].concat();
    let found = json(&experiment(&desk, "nudge.csv", &lower));
    assert_eq!(found["comparisons"][1]["verdict"], "better");
    let small = ["--outcome", "rating", "--smallest", "0.5", "--json"];
    let found = json(&experiment(&desk, "nudge.csv", &small));
    assert_eq!(found["comparisons"][0]["verdict"], "too small to matter");
}

#[test]
fn sequences_are_chosen_by_what_is_known() {
    let desk = Desk::new(&[("nudge.csv", &nudge()), ("teams.csv", &teams(24))]);
    let method = |file: &str, flags: &[&str]| {
        let found = json(&experiment(&desk, file, &[flags, &["--json"]].concat()));
        let sequence = found["comparisons"][0]["sequence"].clone();
        assert_eq!(sequence["no_answer"], serde_json::Value::Null, "{sequence}");
        let looks = sequence["looks"].as_array().expect("looks");
        assert!(looks.len() > 5);
        // Once excluded, always excluded.
        for pair in looks.windows(2) {
            let at = |k: usize, name: &str| pair[k][name].as_f64().expect("a number");
            assert!(at(0, "low") <= at(1, "low") && at(1, "high") <= at(0, "high"));
        }
        sequence["method"].as_str().expect("a method").to_owned()
    };
    let joined = ["--outcome", "joined"];
    let with = |more: &[&'static str]| [&joined[..], more].concat();
    let horizon = ["--horizon", "2000", "--expected-split", "1:1"];
    assert_eq!(method("nudge.csv", &with(&horizon)), "betting");
    assert_eq!(
        method("nudge.csv", &with(&["--at", "day"])),
        "beta-binomial"
    );
    let rating = [
        "--outcome",
        "rating",
        "--bounds",
        "1:5",
        "--horizon",
        "2000",
    ];
    assert_eq!(method("nudge.csv", &rating), "betting");
    let minutes = ["--outcome", "minutes", "--horizon", "2000"];
    assert_eq!(method("nudge.csv", &minutes), "asymptotic");
    let known = [&minutes[..], &["--sd", "8", "--sequence", "normal"]].concat();
    assert_eq!(method("nudge.csv", &known), "normal");
    let ratio = [&minutes[..], &["--denominator", "calls"]].concat();
    assert_eq!(method("nudge.csv", &ratio), "asymptotic");
    let teams = [
        "--outcome",
        "y",
        "--cluster",
        "team",
        "--horizon",
        "240",
        "--burn-in",
        "20",
    ];
    assert_eq!(
        method("teams.csv", &[&teams[..], &["--control", "old"]].concat()),
        "asymptotic"
    );
}

#[test]
fn a_person_gets_words_and_a_picture() {
    let desk = Desk::new(&[("nudge.csv", &nudge()), ("teams.csv", &teams(24))]);
    let plot = desk.path("nudge.svg").display().to_string();
    let flags = [
        "--outcome",
        "joined",
        "--horizon",
        "2000",
        "--plot",
        &plot,
        "--explain",
    ];
    let found = experiment(&desk, "nudge.csv", &flags);
    found.tells(&[
        "`nudge` is better than `control`",
        "however often",
        "Ramdas",
        "by chance",
    ]);
    picture(&plot, "rows so far");
    let flags = ["--outcome", "y", "--cluster", "team", "--plot", &plot];
    let found = experiment(&desk, "teams.csv", &flags);
    assert_eq!(found.code, 0, "{}", found.stderr);
    assert!(found.stdout.contains("12 and 12 clusters") && found.stdout.contains("can't tell"));
    let prior = ["--outcome", "minutes", "--prior", "0,0.5"];
    let found = experiment(&desk, "nudge.csv", &prior);
    assert!(
        found.stdout.contains("chance it is higher"),
        "{}",
        found.stdout
    );
}

#[test]
fn a_lopsided_split_ends_all_verdicts() {
    let mut text = String::from("arm,y\n");
    for row in 0..1000u64 {
        let arm = if row % 5 < 2 { "a" } else { "b" };
        let y = noise(row, 1) + if arm == "b" { 3.0 } else { 0.0 };
        text.push_str(&format!("{arm},{y}\n"));
    }
    let desk = Desk::new(&[("lost.csv", &text)]);
    let flags = ["--outcome", "y", "--json"];
    let found = json(&experiment(&desk, "lost.csv", &flags));
    assert_eq!(found["split"]["mismatch"], true);
    assert_eq!(found["comparisons"][0]["verdict"], "can't tell");
    let flags = [&flags[..], &["--expected-split", "2:3"]].concat();
    let found = json(&experiment(&desk, "lost.csv", &flags));
    assert_eq!(found["split"]["mismatch"], false);
    assert_eq!(found["comparisons"][0]["verdict"], "better");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let desk = Desk::new(&[
        ("one.csv", "arm,y\na,1\na,2\n"),
        ("endless.csv", "arm,y\na,1\nb,inf\n"),
        ("huge.csv", "arm,y\na,1\nb,1e300\n"),
        ("large.csv", "arm,y\na,1\na,2\nb,1e90\nb,2\n"),
        ("half.csv", "arm,y\na,1\nb,0.5\n"),
        ("out.csv", "arm,y\na,1\nb,7\n"),
        ("negative.csv", "arm,y,d\na,1,2\nb,1,-3\n"),
        ("empty.csv", "arm,y\na,1\na,2\nb,\n"),
        ("flat.csv", "arm,y\na,2\na,2\nb,2\nb,2\n"),
        ("mixed.csv", "arm,y,team\na,2,t\nb,3,t\n"),
        ("pair.csv", &teams(2)),
        ("when.csv", "arm,y,at\na,2,03/04/2026\nb,3,04/04/2026\n"),
    ]);
    let check = |file: &str, flags: &[&str], words: &[&str]| {
        let found = experiment(&desk, file, &[&["--outcome", "y"], flags].concat());
        assert_eq!(
            found.code, 1,
            "{file} {flags:?}: {} {}",
            found.stderr, found.stdout
        );
        assert!(found.stdout.is_empty(), "{}", found.stdout);
        for word in words.iter().chain(&["hint:"]) {
            assert!(
                found.stderr.contains(word),
                "no `{word}` in: {}",
                found.stderr
            );
        }
    };
    check("one.csv", &[], &["only one arm: `a`"]);
    check("endless.csv", &[], &["row 3", "`inf`"]);
    check("huge.csv", &[], &["row 3", "`1e300`"]);
    check(
        "half.csv",
        &["--metric", "share"],
        &["row 3", "`0.5` is neither 0 nor 1"],
    );
    check(
        "out.csv",
        &["--bounds", "1:5"],
        &["row 3", "`7` is outside"],
    );
    check(
        "negative.csv",
        &["--denominator", "d"],
        &["row 3", "`-3` is negative"],
    );
    check(
        "mixed.csv",
        &["--cluster", "team"],
        &["row 3", "`t` has rows in the arms"],
    );
    check("when.csv", &["--at", "at"], &["row 2", "`03/04/2026`"]);
    check("flat.csv", &["--control", "c"], &["no row has the arm `c`"]);
    check(
        "flat.csv",
        &["--expected-split", "1:1:1"],
        &["3 parts", "2 arms"],
    );
    check("flat.csv", &["--expected-split", "1:0"], &["`1:0`"]);
    check("flat.csv", &["--prior", "1"], &["`--prior 1`"]);
    check("flat.csv", &["--metric", "ratio"], &["divide by"]);
    check("flat.csv", &["--smallest", "NaN"], &["--smallest"]);
    check("flat.csv", &["--sequence", "normal"], &["known beforehand"]);
    check("flat.csv", &["--bounds", "5:1"], &["5:1"]);
    // No comparison, but an answer to everything else: the reason stands beside it.
    let reason = |file: &str, flags: &[&str], words: &str| {
        let flags = [&["--outcome", "y", "--json"], flags].concat();
        let found = json(&experiment(&desk, file, &flags));
        let comparison = &found["comparisons"][0];
        assert_eq!(comparison["verdict"], "can't tell");
        assert_eq!(comparison["difference"], serde_json::Value::Null);
        let said = comparison["no_answer"].as_str().expect("a reason");
        assert!(said.contains(words), "{said}");
    };
    reason("empty.csv", &[], "the arm has no row");
    reason("flat.csv", &[], "all values are equal");
    reason("large.csv", &[], "outside");
    reason("pair.csv", &["--cluster", "team"], "only 1 cluster");
}

#[test]
fn plans_equal_r_and_say_what_it_takes() {
    // power.prop.test(p1 = .1, p2 = .12, power = .8)$n is 3840.847;
    // power.t.test(delta = .5, sd = 2, power = .8)$n is 252.1281.
    let found = run(&[
        "experiment",
        "plan",
        "--baseline",
        "0.1",
        "--smallest",
        "0.02",
        "--json",
    ]);
    assert_eq!(json(&found)["rows_control"], 3841);
    let mean = [
        "experiment",
        "plan",
        "--sd",
        "2",
        "--smallest",
        "0.5",
        "--json",
    ];
    let found = json(&run(&mean));
    assert_eq!(
        (&found["rows_control"], &found["rows_treated"]),
        (&253.into(), &253.into())
    );
    let clusters = [&mean[..], &["--cluster-rows", "12", "--intraclass", "0.05"]].concat();
    let found = json(&run(&clusters));
    assert!(
        found["clusters_control"]
            .as_u64()
            .is_some_and(|n| (33..=36).contains(&n)),
        "{found}"
    );
    let long = [
        &mean[..],
        &["--horizon", "2000", "--rows-each-period", "100"],
    ]
    .concat();
    let found = json(&run(&long));
    assert_eq!(found["periods"], 6);
    let widths = found["sequence"]["widths"].as_array().expect("widths");
    assert_eq!(widths.len(), 10);
    assert_eq!(run(&long).stdout, run(&long).stdout);
    for (flags, word) in [
        (&["--smallest", "0.1"][..], "--baseline"),
        (&["--sd", "0", "--smallest", "1"], "--sd"),
        (&["--sd", "1"], "--smallest"),
        (&["--sd", "1", "--smallest", "0"], "equal"),
        (&["--baseline", "0.9", "--smallest", "0.2"], "outside"),
        (
            &["--sd", "1", "--smallest", "1", "--split", "1:2:3"],
            "two arms",
        ),
        (
            &["--sd", "1", "--smallest", "1", "--intraclass", "0.1"],
            "clusters need both",
        ),
        (
            &["--sd", "1", "--smallest", "1e-9"],
            "so small a difference",
        ),
    ] {
        let found = run(&[&["experiment", "plan"], flags].concat());
        assert_eq!(found.code, 1, "{flags:?}: {}", found.stdout);
        assert!(
            found.stderr.contains(word) && found.stderr.contains("hint:"),
            "{}",
            found.stderr
        );
    }
}

#[test]
fn assignment_is_the_same_everywhere() {
    let base = ["experiment", "assign", "--key", "nudge-2026", "--json"];
    let two = [&base[..], &["--unit", "u-1", "--unit", "u-2"]].concat();
    let found = json(&run(&two));
    // From Python's hmac: 0.9429708114711711 and 0.5783018296035541.
    for (unit, place) in [(0, 0.942970811471), (1, 0.578301829604)] {
        let found = found["units"][unit]["place"].as_f64().expect("a place");
        assert!((found - place).abs() < 1e-12);
    }
    assert_eq!(found["units"][0]["arm"], "treated");
    let list = "person,team\n".to_owned()
        + &(0..60)
            .map(|k| format!("p{k},team {}\n", k / 10))
            .collect::<String>();
    let desk = Desk::new(&[("people.csv", &list)]);
    let data = desk.path("people.csv").display().to_string();
    let from = ["--data", &data, "--column"];
    let by_team = [&base[..], &from, &["team"]].concat();
    let found = json(&run(&by_team));
    assert_eq!(found["units"].as_array().map(Vec::len), Some(6));
    let even = [&base[..], &from, &["person", "--stratum", "team"]].concat();
    let found = json(&run(&even));
    assert_eq!(
        (&found["arms"][0]["n"], &found["arms"][1]["n"]),
        (&30.into(), &30.into())
    );
    for (flags, word) in [
        (&["--unit", "u", "--arms", "one"][..], "no arms"),
        (&["--unit", "u", "--split", "1:2:3"], "3 parts"),
        (&["--unit", "u", "--taking-part", "0"], "--taking-part"),
        (&[], "nobody"),
    ] {
        let found = run(&[&base[..], flags].concat());
        assert_eq!(found.code, 1, "{flags:?}");
        assert!(
            found.stderr.contains(word) && found.stderr.contains("hint:"),
            "{}",
            found.stderr
        );
    }
    let empty = run(&["experiment", "assign", "--key", "", "--unit", "u"]);
    assert_eq!(empty.code, 1, "{}", empty.stdout);
}

#[test]
fn help_documents_the_command() {
    for (asked, words) in [
        (
            &["help", "experiment"][..],
            &["--outcome", "JSON fields", "chance_higher", "plan"][..],
        ),
        (
            &["experiment", "plan", "--help"],
            &["--smallest", "--intraclass"],
        ),
        (&["experiment", "assign", "--help"], &["--key", "--stratum"]),
    ] {
        let help = run(asked);
        assert_eq!(help.code, 0);
        for word in words {
            assert!(help.stdout.contains(word), "no `{word}`");
        }
    }
}
