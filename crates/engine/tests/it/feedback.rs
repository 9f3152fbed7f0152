//! Files of feedback that were kept, read together as a brief reads them.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use throughline_domain::Table;
use throughline_domain::import::ImportReport;
use throughline_engine::ReadingOptions;
use throughline_engine::people::Given;
use throughline_engine::workspace::{FeedbackRead, keep_feedback, read_feedback, signal_files};
use throughline_lake::{ImportOptions, Lake, TableFiles, Unwatched};

fn read(folder: &Path, name: &str, text: &str, comments: &[&str]) -> FeedbackRead {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a file");
    let map = |column: &&str| format!("signals.comment={column}");
    let options = ReadingOptions {
        maps: comments.iter().map(map).collect(),
        ..ReadingOptions::default()
    };
    let given = Given { path: &path, name };
    read_feedback(given, &options, folder).expect("rows")
}

fn imported(files: Vec<PathBuf>, into: &Path) -> (Lake, ImportReport) {
    let table = Table::Signals;
    let tables = [TableFiles { table, files }];
    throughline_lake::import(&tables, &ImportOptions::default(), into, &Unwatched).expect("facts")
}

fn customers(lake: &Lake) -> Vec<String> {
    let mut all = Vec::new();
    let scanned = lake.scan_signals(&mut |batch| {
        all.extend((0..batch.len()).filter_map(|row| batch.row(row).customer.map(str::to_owned)));
        ControlFlow::Continue(())
    });
    scanned.expect("facts that can be read");
    all
}

/// What becomes of files that are kept one by one and read together.
fn together(files: &[(&str, &str)], comments: &[&str]) -> (u64, ImportReport) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut rows = 0;
    for (name, text) in files {
        let read = read(folder.path(), name, text, comments);
        rows += read.rows;
        keep_feedback(folder.path(), &read, read.source_by_name()).expect("kept");
    }
    let kept = signal_files(folder.path()).expect("files");
    assert_eq!(kept.len(), files.len());
    let (lake, report) = imported(kept, &folder.path().join("facts"));
    let refused = |file: &throughline_domain::import::FileReport| file.rows_rejected;
    assert_eq!(report.files.iter().map(refused).sum::<u64>(), 0);
    assert_eq!(
        lake.signals_len(),
        rows - report
            .files
            .iter()
            .map(|file| file.rows_duplicate)
            .sum::<u64>()
    );
    (lake.signals_len(), report)
}

#[test]
fn months_without_ids_lose_none_of_each_others_rows() {
    let march = "nps,comment\n9,\n9,\n3,Slow\n9,\n";
    let april = "nps,comment\n9,\n3,Slow\n8,Fine\n";
    let (rows, report) = together(&[("march.csv", march), ("april.csv", april)], &[]);
    assert_eq!(rows, 7);
    // Rows with and without a score or a comment are of one source still.
    let sources: Vec<_> = report.sources.iter().map(|one| &*one.source).collect();
    assert_eq!(sources, ["april", "march"]);
    // Of one name, too.
    let one = "nps,comment\n9,\n,Only words\n3,Slow\n";
    let two = "nps,comment\n9,\n8,\n";
    let named = |text: &str| {
        let lines = text.lines().enumerate();
        let row = |(at, line)| format!("{line},{}\n", if at == 0 { "source" } else { "web" });
        lines.map(row).collect::<String>()
    };
    let (rows, report) = together(&[("a.csv", &named(one)), ("b.csv", &named(two))], &[]);
    assert_eq!((rows, report.sources.len()), (5, 1), "{:?}", report.sources);
    assert_eq!(report.sources[0].source, "web");
}

#[test]
fn several_comments_of_one_answer_stay_one_answer() {
    let march = "nps,good,bad\n9,Kind,Slow\n9,Kind,Slow\n2,,\n";
    let april = "nps,good,bad\n9,Kind,Slow\n";
    let files = [("march.csv", march), ("april.csv", april)];
    let (rows, report) = together(&files, &["good", "bad"]);
    assert_eq!(rows, 7);
    let scores: u64 = report.sources.iter().map(|one| one.scores).sum();
    assert_eq!(scores, 4);
}

#[test]
fn the_same_long_words_in_two_exports_are_one_answer() {
    let long = "Nobody called me back for a whole week and then twice.";
    let march = format!("source,name,nps,comment\nweb,Ada,2,{long}\nweb,Kay,2,{long}\n");
    let spring = format!("source,name,nps,comment\nweb,Ada,2,{long}\nweb,Sam,7,Fine\n");
    let (rows, _) = together(&[("march.csv", &march), ("spring.csv", &spring)], &[]);
    assert_eq!(rows, 3);
}

#[test]
fn a_customer_is_the_same_one_in_a_kept_file_and_in_a_raw_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let raw = "customer,nps\nada@example.com,9\n";
    let read = read(folder.path(), "raw.csv", raw, &[]);
    keep_feedback(folder.path(), &read, None).expect("kept");
    let mut files = signal_files(folder.path()).expect("files");
    let kept = std::fs::read_to_string(&files[0]).expect("a file");
    assert!(!kept.contains("ada@"), "{kept}");
    files.push(folder.path().join("raw.csv"));
    let (lake, _) = imported(files, &folder.path().join("facts"));
    let customers = customers(&lake);
    assert_eq!(customers.len(), 2);
    assert_eq!(customers[0], customers[1]);
}

#[test]
fn exports_that_overlap_count_an_id_once_under_one_name() {
    let march = "id,source,nps,comment\nr1,web,9,\nr2,web,2,Slow\n";
    let spring = "id,source,nps,comment\nr2,web,2,Slow\nr3,web,9,\n";
    let (rows, _) = together(&[("march.csv", march), ("spring.csv", spring)], &[]);
    assert_eq!(rows, 3);
}

#[test]
fn whoever_brings_a_file_sees_its_days_its_units_and_the_first_comments() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = "slow ".repeat(60);
    let text = format!(
        "date,unit,score,comment\n2026-03-02,North,3,{long}\n2026-02-28,north ,9,\n2099-01-01,South,5,Fine\n,,4,\n"
    );
    let read = read(folder.path(), "spring.csv", &text, &[]);
    let day = |text: &str| text.parse().expect("a day");
    let overview = &read.overview;
    assert_eq!(overview.days, Some((day("2026-02-28"), day("2099-01-01"))));
    assert_eq!(
        (overview.ahead, overview.undated, overview.of_no_unit),
        (1, 1, 1)
    );
    assert_eq!(overview.comments.len(), 2);
    assert_eq!(overview.comments[0].chars().count(), 201);
    assert_eq!(overview.units_beside(["NORTH", "East"]), [("South", 1)]);
    assert_eq!(overview.units_beside([]).len(), overview.units.len());
}
