//! A person's themes file.

use crate::run::{Desk, small_company};

#[test]
fn titles_owners_and_hiding_survive_new_data() {
    let (signals, voice) = small_company();
    let desk = Desk::new(&[("signals.csv", &signals), ("voice.csv", &voice)]);
    assert_eq!(desk.brief(&["--signals", "signals.csv", "--quiet"]).code, 0);
    let before = desk.json();
    let pains = before["pains"].as_array().expect("a list");
    let (kept, hidden) = (
        pains[0]["id"].as_str().expect("an id"),
        pains[1]["id"].as_str().expect("an id"),
    );
    let themes = format!(
        "id,title,hide,owner\n{kept},Our own words for it,,Ms Lead\n{hidden},,yes,\np-nothing-like-this,X,,\n"
    );
    std::fs::write(desk.path("themes.csv"), themes).expect("a file");
    // New data: the last third of the rows is gone.
    let fewer: String = signals
        .lines()
        .take(900)
        .map(|line| format!("{line}\n"))
        .collect();
    std::fs::write(desk.path("fewer.csv"), fewer).expect("a file");
    let run = desk.brief(&[
        "--signals",
        "fewer.csv",
        "--themes",
        "themes.csv",
        "--quiet",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let after = desk.json();
    let pains = after["pains"].as_array().expect("a list");
    let renamed = pains
        .iter()
        .find(|pain| pain["id"] == kept)
        .expect("the theme is there again");
    assert_eq!(renamed["title"], "Our own words for it");
    assert_eq!(renamed["owner"], "Ms Lead");
    assert!(
        pains.iter().all(|pain| pain["id"] != hidden),
        "a hidden theme is shown"
    );
    let notes = after["notes"].to_string();
    assert!(notes.contains("p-nothing-like-this"), "{notes}");
}
