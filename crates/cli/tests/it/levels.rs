//! `throughline levels` as an analyst runs it.

use crate::run::{Desk, Run, picture, run};

/// As good as chance, 0 to 9.
pub fn noise(row: u64, salt: u64) -> u64 {
    let mut mixed = (row * 64 + salt).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (mixed ^ (mixed >> 31)) % 10
}

/// 24 branches by 20 months: within a branch satisfaction follows engagement, between branches it
/// runs against it; branches differ in size and area.
pub fn branches() -> String {
    let mut text = String::from("branch,month,area,engagement,satisfaction,size,revenue\n");
    for branch in 0..24u64 {
        let (level, size) = (noise(branch, 1), 10 + branch);
        for month in 0..20u64 {
            let row = branch * 100 + month;
            let engagement = 10 * level + noise(row, 2);
            let satisfaction =
                200 + 3 * noise(row, 2) + 2 * noise(row, 3) + noise(branch, 4) - 4 * level;
            let revenue = 2 * satisfaction + 5 * noise(row, 5) + engagement;
            text.push_str(&format!(
                "b{branch},{month},{},{engagement},{satisfaction},{size},{revenue}\n",
                month % 4
            ));
        }
    }
    text
}

fn levels(desk: &Desk, file: &str, flags: &[&str]) -> Run {
    let data = desk.path(file).display().to_string();
    run(&[&["levels", "--data", &data], flags].concat())
}

const ASKED: [&str; 8] = [
    "--outcome",
    "satisfaction",
    "--predictors",
    "engagement,size",
    "--group",
    "branch",
    "--random",
    "engagement",
];

#[test]
fn json_tells_the_part_within_from_the_part_between() {
    let desk = Desk::new(&[("branches.csv", &branches())]);
    let found = levels(
        &desk,
        "branches.csv",
        &[&ASKED[..], &["--split-within-between", "--json"]].concat(),
    );
    assert_eq!(found.code, 0, "{}", found.stderr);
    let json: serde_json::Value = serde_json::from_str(&found.stdout).expect("JSON alone");
    let coefficients = json["coefficients"].as_array().expect("coefficients");
    let of = |name: &str, part: Option<&str>| {
        coefficients
            .iter()
            .find(|c| c["name"] == name && c["part"].as_str() == part)
            .unwrap_or_else(|| panic!("no {name} {part:?}"))
    };
    assert!(
        of("engagement", Some("within"))["low"]
            .as_f64()
            .is_some_and(|low| low > 2.5)
    );
    assert!(
        of("engagement", Some("between"))["high"]
            .as_f64()
            .is_some_and(|high| high < 0.0)
    );
    // The same throughout a branch: there is nothing to take apart.
    assert!(of("size", None)["df"].as_f64().is_some_and(|df| df < 30.0));
    assert_eq!(json["contexts"][0]["name"], "engagement");
    assert_eq!(json["groups"][0]["n"], 24);
    assert_eq!(
        json["groups"][0]["effects"][1]["name"],
        "engagement (within)"
    );
    assert_eq!(
        (&json["criterion"], &json["n_rows"]),
        (&"REML".into(), &480.into())
    );
}

#[test]
fn a_person_gets_a_table_the_words_and_a_picture() {
    let desk = Desk::new(&[("branches.csv", &branches())]);
    let plot = desk.path("levels.svg").display().to_string();
    let flags = ["--group", "area", "--ml", "--explain", "--plot", &plot];
    let found = levels(&desk, "branches.csv", &[&ASKED[..], &flags].concat());
    found.tells(&[
        "holds for all groups",
        "24 groups of branch",
        "4 groups of area",
        "(ML)",
        "Satterthwaite",
        "are few",
    ]);
    picture(&plot, "engagement");
}

#[test]
fn what_is_wrong_is_said_in_words() {
    let flat: String = (0..20)
        .map(|row| format!("one,{row},3,{},{}\n", row % 7, 2 * (row % 7)))
        .collect();
    let flat = format!("team,row,same,y,twin\n{flat}");
    let desk = Desk::new(&[("flat.csv", &flat), ("branches.csv", &branches())]);
    let check = |file: &str, flags: &[&str], words: &[&str]| {
        let found = levels(&desk, file, flags);
        found.refuses(words);
    };
    check(
        "flat.csv",
        &["--outcome", "y", "--group", "team"],
        &["`team` has one group"],
    );
    check(
        "flat.csv",
        &["--outcome", "y", "--group", "row"],
        &["`row` would have 20 effects", "20 rows"],
    );
    let y = ["--outcome", "y", "--group", "twin", "--predictors"];
    check(
        "flat.csv",
        &[&y[..], &["same"]].concat(),
        &["`same` are equal"],
    );
    check(
        "flat.csv",
        &[&y[..], &["row"]].concat(),
        &["`y` is reproduced exactly"],
    );
    let twin = ["--outcome", "row", "--group", "y", "--predictors", "twin,y"];
    check("flat.csv", &twin, &["`twin`, `y` say the same"]);
    let random = [&ASKED[..6], &["--random", "month"]].concat();
    check(
        "branches.csv",
        &random,
        &["`--random month` is none of the predictors"],
    );
}

#[test]
fn help_documents_the_command() {
    for (command, words) in [
        (
            "levels",
            ["--split-within-between", "JSON fields", "icc_of_means"],
        ),
        (
            "mediation",
            ["--through", "JSON fields", "erasing_correlation"],
        ),
        ("meta", ["--attenuation", "JSON fields", "prediction_low"]),
    ] {
        let help = run(&["help", command]);
        assert_eq!(help.code, 0);
        for word in words {
            assert!(help.stdout.contains(word), "{command}: no `{word}`");
        }
    }
}
