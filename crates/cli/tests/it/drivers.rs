//! `throughline drivers` as an analyst runs it.

use crate::real::shared;
use crate::run::{Desk, Run, picture, run};

/// Rows with a team, an outcome and three items, the first of which the outcome follows.
fn survey() -> String {
    let mut text = String::from("team,overall,pay,manager,\"tools, desks\"\n");
    for row in 0..240u32 {
        // The high bits of a product with an odd number: as good as chance.
        let noise = |salt: u64| {
            ((u64::from(row) * 31 + salt).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) % 5
        };
        let (pay, manager, tools) = (noise(3), noise(7), noise(11));
        let overall = pay * 2 + manager + noise(13);
        text.push_str(&format!(
            "team {},{overall},{pay},{manager},{tools}\n",
            row % 16
        ));
    }
    text
}

fn drivers(desk: &Desk, file: &str, flags: &[&str]) -> Run {
    let data = desk.path(file).display().to_string();
    let mut all = vec!["drivers", "--data", &data];
    all.extend_from_slice(flags);
    run(&all)
}

const ASKED: [&str; 4] = [
    "--outcome",
    "overall",
    "--predictors",
    "pay,manager,tools, desks",
];

#[test]
fn json_holds_the_contract_and_shares_sum_to_r2() {
    let desk = Desk::new(&[("survey.csv", &survey())]);
    let found = drivers(
        &desk,
        "survey.csv",
        &[&ASKED[..], &["--cluster", "team", "--json"]].concat(),
    );
    assert_eq!(found.code, 0, "{}", found.stderr);
    let json: serde_json::Value = serde_json::from_str(&found.stdout).expect("JSON alone");
    let predictors = json["predictors"].as_array().expect("predictors");
    assert_eq!(predictors.len(), 3);
    assert_eq!(predictors[0]["name"], "pay");
    let total: f64 = predictors
        .iter()
        .filter_map(|of| of["share"].as_f64())
        .sum();
    let r2 = json["r2"].as_f64().expect("r2");
    assert!((total - r2).abs() < 1e-12 && r2 > 0.5, "{total} {r2}");
    assert_eq!(json["n_clusters"], 16);
    assert!(
        predictors[0]["coefficient"]["low"]
            .as_f64()
            .is_some_and(|low| low > 0.0)
    );
    let again = drivers(
        &desk,
        "survey.csv",
        &[&ASKED[..], &["--cluster", "team", "--json"]].concat(),
    );
    assert_eq!(found.stdout, again.stdout);
}

#[test]
fn a_person_gets_a_table_the_words_and_a_picture() {
    let desk = Desk::new(&[("survey.csv", &survey())]);
    let plot = desk.path("drivers.svg").display().to_string();
    let found = drivers(
        &desk,
        "survey.csv",
        &[
            &ASKED[..],
            &["--scale", "0:4", "--explain", "--plot", &plot],
        ]
        .concat(),
    );
    found.tells(&[
        "share of explained variance",
        "tools, desks",
        "Lindeman",
        "not an effect",
    ]);
    picture(&plot, "pay");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let flat = "team,overall,pay,twin\n".to_owned()
        + &(0..20)
            .map(|row| format!("a,{},{},{}\n", row % 7, row % 3, 2 * (row % 3)))
            .collect::<String>();
    let desk = Desk::new(&[
        ("flat.csv", &flat),
        ("text.csv", "overall,pay\n1,2\n2,good\n"),
        ("huge.csv", "overall,pay\n1,2\n2,1e300\n"),
        ("endless.csv", "overall,pay\n1,inf\n2,3\n"),
        ("header.csv", "overall,pay\n"),
        ("empty.csv", ""),
        ("twice.csv", "overall,pay,pay\n1,2,3\n"),
        ("gone.csv", "overall,pay\n1,NA\n2,\nnull,4\n"),
    ]);
    let check = |file: &str, flags: &[&str], words: &[&str]| {
        let found = drivers(&desk, file, flags);
        found.refuses(words);
    };
    let pay = ["--outcome", "overall", "--predictors", "pay"];
    check("text.csv", &pay, &["row 3", "`pay`", "`good`"]);
    check("huge.csv", &pay, &["row 3", "`1e300`", "too large"]);
    check("endless.csv", &pay, &["row 2", "`inf`"]);
    check("header.csv", &pay, &["no rows"]);
    check("empty.csv", &pay, &["empty"]);
    check("twice.csv", &pay, &["several columns named `pay`"]);
    check(
        "gone.csv",
        &pay,
        &[
            "no row has a value in every column",
            "`pay` misses most: 2 of 3",
        ],
    );
    check("missing.csv", &pay, &["no such file"]);
    check(
        "flat.csv",
        &["--outcome", "overall", "--predictors", "pai"],
        &["did you mean `pay`"],
    );
    check(
        "flat.csv",
        &["--outcome", "overall", "--predictors", "pay,overall"],
        &["asked for twice"],
    );
    check(
        "flat.csv",
        &["--outcome", "overall", "--predictors", "pay,twin"],
        &["`pay`, `twin`"],
    );
    let text = [&pay[..], &["--plot", "picture.png"]].concat();
    check("flat.csv", &text, &[".svg"]);
    let nowhere = [&pay[..], &["--plot", "/nowhere/at/all.svg"]].concat();
    check("flat.csv", &nowhere, &["/nowhere/at/all.svg"]);
}

#[test]
fn help_documents_the_command() {
    let help = run(&["help", "drivers"]);
    assert_eq!(help.code, 0);
    for word in [
        "--predictors",
        "JSON fields",
        "share_of_explained",
        "Example",
    ] {
        assert!(help.stdout.contains(word), "no `{word}`");
    }
}

#[test]
fn a_picture_never_replaces_what_is_read_and_stays_if_the_next_fails() {
    let desk = Desk::new(&[
        ("data.svg", &survey()),
        ("bad.csv", "overall,pay\n1,1\n1,2\n1,3\n1,4\n"),
        ("before.svg", "a picture"),
    ]);
    let plot = |file: &str, name: &str| {
        let path = desk.path(name).display().to_string();
        drivers(
            &desk,
            file,
            &[
                "--outcome",
                "overall",
                "--predictors",
                "pay",
                "--plot",
                &path,
            ],
        )
    };
    let same = plot("data.svg", "data.svg");
    assert_eq!(same.code, 1);
    assert!(
        same.stderr.contains("is the file that is read"),
        "{}",
        same.stderr
    );
    assert_eq!(
        std::fs::read_to_string(desk.path("data.svg")).ok(),
        Some(survey())
    );
    let failed = plot("bad.csv", "before.svg");
    assert_eq!(failed.code, 1);
    assert!(
        failed.stderr.contains("all values of `overall` are equal"),
        "{}",
        failed.stderr
    );
    let before = std::fs::read_to_string(desk.path("before.svg"));
    assert_eq!(before.ok().as_deref(), Some("a picture"));
    assert_eq!(plot("data.svg", "before.svg").code, 0);
    let after = std::fs::read_to_string(desk.path("before.svg")).expect("a picture");
    assert!(after.starts_with("<svg"));
}

/// 7,382 soldiers in 99 companies (Bliese's bh1996): R 4.2.2, `lm` over the six orderings, and
/// clubSandwich 0.5.8's `coef_test(lm(WBEING ~ HRS + LEAD + COHES), "CR2", GRP)`. R prints 14
/// digits; 1e-10 leaves room for the last of them.
#[test]
fn soldiers_as_in_r() {
    let Some(data) = shared("multilevel/bh1996.csv") else {
        return;
    };
    let found = run(&[
        "drivers",
        "--data",
        &data,
        "--outcome",
        "WBEING",
        "--predictors",
        "HRS,LEAD,COHES",
        "--cluster",
        "GRP",
        "--json",
    ]);
    assert_eq!(found.code, 0, "{}", found.stderr);
    let json: serde_json::Value = serde_json::from_str(&found.stdout).expect("JSON");
    assert_eq!(
        (&json["n_rows"], &json["n_clusters"]),
        (&7382.into(), &99.into())
    );
    let expected = [
        (
            "LEAD",
            0.149_140_362_663_304,
            0.450_759_608_361_173_8,
            0.020_618_182_992_040_1,
            75.837_313,
        ),
        (
            "COHES",
            0.029_652_149_996_199,
            0.070_554_896_019_008_7,
            0.014_058_936_019_213_3,
            75.273_167,
        ),
        (
            "HRS",
            0.017_595_001_706_365,
            -0.041_856_637_878_335_8,
            0.005_204_528_444_887_9,
            62.303_058,
        ),
    ];
    for (driver, (name, share, slope, se, df)) in json["predictors"]
        .as_array()
        .expect("predictors")
        .iter()
        .zip(expected)
    {
        assert_eq!(driver["name"], name);
        let near = |value: &serde_json::Value, expected: f64, by: f64| {
            let value = value.as_f64().expect("a number");
            assert!((value - expected).abs() < by, "{name}: {value} {expected}");
        };
        near(&driver["share"], share, 1e-10);
        near(&driver["coefficient"]["estimate"], slope, 1e-10);
        near(&driver["coefficient"]["se"], se, 1e-10);
        near(&driver["coefficient"]["df"], df, 1e-6);
    }
}

#[test]
fn nine_tenths_missing_are_counted_and_warned_of() {
    let mut text = String::from("overall,pay,manager\n");
    for row in 0..400u32 {
        let pay = if row % 10 == 0 {
            (row / 10 % 7).to_string()
        } else {
            "NA".to_owned()
        };
        let manager = row.wrapping_mul(2_654_435_761) >> 29;
        text.push_str(&format!(
            "{},{pay},{manager}\n",
            row / 10 % 7 + manager + row % 3
        ));
    }
    let desk = Desk::new(&[("sparse.csv", &text)]);
    let found = drivers(
        &desk,
        "sparse.csv",
        &[
            "--outcome",
            "overall",
            "--predictors",
            "pay,manager",
            "--json",
        ],
    );
    assert_eq!(found.code, 0, "{}", found.stderr);
    let json: serde_json::Value = serde_json::from_str(&found.stdout).expect("JSON");
    assert_eq!(
        (&json["n_rows"], &json["n_left_out"]),
        (&40.into(), &360.into())
    );
    assert!(
        found.stderr.contains("`pay` misses most: 360 of 400 rows"),
        "{}",
        found.stderr
    );
    // A handful of rows left is no regression.
    let few: String = text
        .lines()
        .take(30)
        .map(|line| format!("{line}\n"))
        .collect();
    let desk = Desk::new(&[("few.csv", &few)]);
    let found = drivers(
        &desk,
        "few.csv",
        &["--outcome", "overall", "--predictors", "pay,manager"],
    );
    assert_eq!(found.code, 1);
    assert!(
        found
            .stderr
            .contains("only 3 rows have all values; this needs 4"),
        "{}",
        found.stderr
    );
}
