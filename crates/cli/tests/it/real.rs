//! Real files, as they are (skipped where they are absent).

use crate::run::{Desk, rows};
use std::path::PathBuf;

pub fn shared(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    if path.exists() {
        return Some(path.display().to_string());
    }
    assert!(
        std::env::var_os("THROUGHLINE_NOTHING_MAY_BE_ABSENT").is_none(),
        "../shared/data/{name} is absent"
    );
    eprintln!("skipped: ../shared/data/{name} is not here");
    None
}

#[test]
fn patients_and_other_peoples_employees() {
    let (Some(patients), Some(employees)) = (
        shared("patient-feedback/phase1_text_data.csv"),
        shared("bank-employees/employees_opinion_ext.csv"),
    ) else {
        return;
    };
    let desk = Desk::new(&[]);
    let run = desk.brief(&[
        "--signals",
        &patients,
        "--map",
        "signals.comment=feedback",
        "--map",
        "signals.score=criticality",
        "--map",
        "signals.unit=organization",
        "--voice",
        &employees,
        "--map",
        "voice.block=dislike",
        "--map",
        "voice.unit=company",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let brief = desk.json();
    let pains = brief["pains"].as_array().expect("a list");
    assert!((15..=80).contains(&pains.len()), "{} problems", pains.len());
    // Coded from the comment: severity, no points; three trusts: no interval.
    for pain in pains {
        assert!(
            pain["drag_points"].is_null() && pain["size_points"].is_null(),
            "{pain}"
        );
        assert!(
            pain["drag_points_reason"]
                .as_str()
                .is_some_and(|why| why.contains("coded from the comment"))
        );
        assert!(
            pain["reach"]["low"].is_null(),
            "three trusts give no interval: {pain}"
        );
    }
    // Different sectors: nothing is matched but faintly, and nothing is put to leaders.
    let matches = brief["matches"].as_array().expect("a list");
    assert!(
        matches.iter().all(|found| found["strength"] == "weak"),
        "{matches:?}"
    );
    assert!(brief["chosen"].as_array().is_some_and(Vec::is_empty));
    // Most of what the employees say is about work itself.
    assert!(
        brief["needs"]
            .as_array()
            .is_some_and(|needs| needs.len() >= 10)
    );
    // Complaints are placed: of comments coded negative, at least 90% have a problem.
    let assigned = rows(&desk.out().join("signals.assigned.csv"));
    assert!(assigned.len() > 9_500, "{}", assigned.len());
}

#[test]
fn bank_customers_questions_are_all_placed() {
    let (Some(train), Some(test)) = (
        shared("bank-customers/train.csv"),
        shared("bank-customers/test.csv"),
    ) else {
        return;
    };
    let mut questions = std::fs::read_to_string(train).expect("a file");
    let more = std::fs::read_to_string(test).expect("a file");
    questions.extend(more.split_inclusive('\n').skip(1));
    let desk = Desk::new(&[("questions.csv", &questions)]);
    let run = desk.brief(&["--signals", "questions.csv", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let assigned = desk.csv("signals.assigned.csv");
    assert!(assigned.len() > 13_000);
    let without: Vec<&[String]> = assigned[1..]
        .iter()
        .filter(|row| row[1].is_empty())
        .map(Vec::as_slice)
        .collect();
    assert!(without.is_empty(), "not placed: {without:?}");
    let pains = desk.json()["pains"].as_array().map_or(0, Vec::len);
    assert!((40..=120).contains(&pains), "{pains} themes");
}
