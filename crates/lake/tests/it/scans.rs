//! Reading facts back: order, sums, stopping, opening.

use super::{complaint, importing, says, signals};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use throughline_domain::facts::Table;
use throughline_lake::{ImportOptions, Lake, LakeError, TableFiles, Unwatched, import};

fn many(rows: usize) -> String {
    let mut text = String::from("id,at,unit,score,comment\n");
    for n in 0..rows {
        let (month, score) = (n % 12 + 1, n % 11);
        text.push_str(&format!(
            "r{n},2025-{month:02}-15,Unit {},{score},words of row {n}\n",
            n % 7
        ));
    }
    text
}

#[test]
fn rows_come_in_the_order_of_the_file() {
    // Several rounds of reading and several batches of scanning.
    let done = signals("a.csv", many(120_000).as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let mut next = 0;
    let read = done.lake.scan_signals(&mut |batch| {
        for at in 0..batch.len() {
            assert_eq!(batch.row(at).id, format!("r{next}"));
            next += 1;
        }
        ControlFlow::Continue(())
    });
    assert!(read.is_ok());
    assert_eq!((next, done.lake.signals_len()), (120_000, 120_000));
}

#[test]
fn a_batch_is_read_by_many_threads() {
    use rayon::prelude::*;
    let done = signals("a.csv", many(60_000).as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let mut sum = 0;
    let read = done.lake.scan_signals(&mut |batch| {
        let scores = (0..batch.len())
            .into_par_iter()
            .filter_map(|row| batch.row(row).score);
        sum += scores.map(|score| score as u64).sum::<u64>();
        ControlFlow::Continue(())
    });
    assert!(read.is_ok());
    assert_eq!(sum, (0..60_000).map(|n| n % 11).sum::<u64>());
}

#[test]
fn a_scan_stops_when_told() {
    let done = signals("a.csv", many(120_000).as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let mut batches = 0;
    let read = done.lake.scan_signals(&mut |_| {
        batches += 1;
        ControlFlow::Break(())
    });
    assert!(read.is_ok());
    assert_eq!(batches, 1);
}

#[test]
fn facts_can_lie_in_a_folder_of_any_name() {
    let dir = tempfile::TempDir::new().expect("a temporary folder");
    let file = dir.path().join("a [1]* 100% ü?.csv");
    std::fs::write(&file, "id,score\na1,5\n").expect("a file");
    let tables = [TableFiles {
        table: Table::Signals,
        files: vec![file],
    }];
    let facts = dir.path().join("my [facts]* 100% ü?#1");
    let (lake, report) = import(&tables, &ImportOptions::default(), &facts, &Unwatched)
        .unwrap_or_else(|error| panic!("{error}"));
    let panel = lake.score_panel().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((panel.len(), panel[0].sum), (1, 5.0));
    assert_eq!(report.sources[0].source, "a [1]* 100% ü?");
}

#[test]
fn the_panel_is_the_sum_of_the_rows() {
    let done = signals("a.csv", many(30_000).as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let mut expected: BTreeMap<(Option<String>, i32), (u64, f64, f64)> = BTreeMap::new();
    for (n, row) in done.rows().into_iter().enumerate() {
        let score = row.score.unwrap_or(0.0);
        let cell = expected
            .entry((row.unit, 55 * 12 + (n % 12) as i32))
            .or_default();
        *cell = (cell.0 + 1, cell.1 + score, cell.2 + score * score);
    }
    let panel = done
        .lake
        .score_panel()
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(panel.len(), expected.len());
    for (cell, ((unit, month), sums)) in panel.iter().zip(expected) {
        assert_eq!((&cell.unit, cell.month), (&unit, Some(month)));
        // Whole scores: sums are exact.
        assert_eq!((cell.n, cell.sum, cell.sumsq), sums);
    }
    assert_eq!(done.lake.score_panel().ok(), Some(panel));
}

#[test]
fn the_panel_counts_a_response_once_and_takes_rows_without_place_or_time() {
    let text = "response,score,comment\nr1,4,one\nr1,4,two\nr2,-2.5,three\n";
    let done = signals("a.csv", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let panel = done
        .lake
        .score_panel()
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(panel.len(), 1);
    assert_eq!((panel[0].n, panel[0].sum, panel[0].sumsq), (2, 1.5, 22.25));
    assert_eq!(
        (
            panel[0].unit.as_deref(),
            panel[0].month,
            panel[0].source.as_str()
        ),
        (None, None, "a")
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let text = many(50_000);
    let stored = || {
        signals("a.csv", text.as_bytes())
            .map(|done| done.stored())
            .ok()
    };
    let first = stored();
    assert!(first.is_some());
    assert_eq!(first, stored());
}

#[test]
fn tables_that_were_not_given_are_empty() {
    let done = importing(
        &[(Table::Voice, "v.csv", b"id,idea\nv1,more staff\n")],
        &ImportOptions::default(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.lake.signals_len(), 0);
    assert!(done.rows().is_empty());
    assert_eq!(done.lake.units().map(|units| units.len()).ok(), Some(0));
    assert_eq!(done.lake.score_panel().ok(), Some(Vec::new()));
    let mut answers = 0;
    let read = done.lake.scan_voice(&mut |rows| {
        answers += rows.len();
        ControlFlow::Continue(())
    });
    assert!(read.is_ok());
    assert_eq!(answers, 1);
}

#[test]
fn a_folder_without_finished_facts_is_refused() {
    let done = signals("a.csv", b"id,score\na1,5\n").unwrap_or_else(|error| panic!("{error}"));
    let facts = done.dir.path().join("facts");
    assert_eq!(
        Lake::open(&facts).map(|lake| lake.signals_len()).ok(),
        Some(1)
    );
    let refused = |why: &str| match Lake::open(&facts) {
        Ok(_) => panic!("opened: {why}"),
        Err(error) => {
            assert!(error.is_users());
            says(&error.to_string(), &["hint: import the files again"]);
        }
    };
    std::fs::write(facts.join("signals.parquet"), b"PAR1").expect("a file");
    refused("a file was changed");
    std::fs::remove_file(facts.join("manifest.json")).expect("a file");
    refused("the manifest is gone");
    let again = Lake::open(done.dir.path());
    assert!(matches!(again, Err(LakeError::Input(_))));
    let _ = complaint(Err(LakeError::Cancelled));
}
