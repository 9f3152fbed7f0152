//! The analyst's review: resumed, saved at once, used by the next brief.

use crate::run::{Desk, program, rows, run, small_company};
use std::io::Write;
use std::process::Stdio;

const FLAGS: [&str; 5] = [
    "--signals",
    "signals.csv",
    "--voice",
    "voice.csv",
    "--quiet",
];

/// A desk with a small company's brief.
fn briefed() -> Desk {
    let (signals, voice) = small_company();
    let desk = Desk::new(&[("signals.csv", &signals), ("voice.csv", &voice)]);
    assert_eq!(desk.brief(&FLAGS).code, 0);
    desk
}

#[test]
fn what_was_judged_is_kept_and_used() {
    let desk = briefed();

    // Three answers in the terminal, then stop.
    let mut child = program()
        .args(["review", "--out"])
        .arg(desk.out())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(b"y\nmaybe\ny\nn\nq\n")
        .expect("answers");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).contains("`maybe` is none of"));
    let path = desk.out().join("review/assignments.csv");
    let judged = |rows: &[Vec<String>]| {
        rows.iter()
            .filter(|row| row[5] == "yes" || row[5] == "no")
            .count()
    };
    assert_eq!(judged(&rows(&path)), 3);

    // The rest in the CSV file: everything found is right, no runner-up is.
    let mut table = rows(&path);
    for row in &mut table[1..] {
        if row[5].is_empty() {
            row[5] = if row[3] == "found" { "yes" } else { "no" }.to_owned();
        }
    }
    let mut writer = csv::Writer::from_path(&path).expect("a file");
    for row in &table {
        writer.write_record(row).expect("a row");
    }
    drop(writer);
    assert_eq!(desk.brief(&FLAGS).code, 0);
    let brief = desk.json();
    assert_eq!(brief["review"]["corrected"], true, "{}", brief["review"]);
    assert!(
        brief["review"]["assignments"]
            .as_u64()
            .is_some_and(|n| n > 20)
    );
    // Judgements are still there after the brief.
    assert!(judged(&rows(&path)) > 20);
}

#[test]
fn a_folder_without_a_brief_has_nothing_to_review() {
    let desk = Desk::new(&[]);
    let out = desk.out();
    let run = run(&["review", "--out", &out.display().to_string()]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("hint:"), "{}", run.stderr);
}

#[test]
fn a_word_that_is_no_judgement_is_refused_with_its_row() {
    let desk = Desk::new(&[]);
    std::fs::create_dir_all(desk.out().join("review")).expect("a folder");
    std::fs::write(
        desk.out().join("review/assignments.csv"),
        "id,pain,pain_title,kind,comment,judgement\na,p-x,X,found,hello,perhaps\n",
    )
    .expect("a file");
    let run = run(&["review", "--out", &desk.out().display().to_string()]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("row 2") && run.stderr.contains("`perhaps`"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_review_saved_by_a_spreadsheet_is_read() {
    let desk = briefed();
    let path = desk.out().join("review/assignments.csv");
    let mut table = rows(&path);
    let judged = table.len() as u64 - 1;
    for (at, row) in table.iter_mut().enumerate() {
        row[5] = if at == 0 { "Judgement" } else { "Yes" }.to_owned();
        row.push("a column of the analyst's".to_owned());
    }
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .from_writer(b"\xef\xbb\xbf".to_vec());
    for row in &table {
        writer.write_record(row).expect("a row");
    }
    std::fs::write(&path, writer.into_inner().expect("bytes")).expect("a file");
    assert_eq!(desk.brief(&FLAGS).code, 0);
    assert_eq!(desk.json()["review"]["assignments"], judged);

    // A column that is gone takes the work with it: that is refused, and nothing is written over.
    std::fs::write(&path, "id,pain,kind\na,p-x,found\n").expect("a file");
    let run = desk.brief(&FLAGS);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("`judgement`"), "{}", run.stderr);
    assert!(std::fs::read_to_string(&path).is_ok_and(|text| text.starts_with("id,pain,kind\n")));
}
