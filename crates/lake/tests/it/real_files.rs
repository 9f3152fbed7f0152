//! Real files of the kinds that people bring, where they are at hand.

use super::{import_paths, says};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use throughline_domain::facts::Table;
use throughline_domain::metric::Metric;
use throughline_lake::{FieldMap, ImportOptions, TableFiles};

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: `{name}` is not at hand");
    None
}

fn maps(maps: &[&str]) -> ImportOptions {
    ImportOptions {
        maps: maps
            .iter()
            .map(|map| {
                map.parse::<FieldMap>()
                    .unwrap_or_else(|error| panic!("{error}"))
            })
            .collect(),
        ..ImportOptions::default()
    }
}

#[test]
fn patients_and_employees_as_they_are() {
    let (Some(patients), Some(employees)) = (
        shared("patient-feedback/phase1_text_data.csv"),
        shared("bank-employees/employees_opinion_ext.csv"),
    ) else {
        return;
    };
    let tables = [
        TableFiles {
            table: Table::Signals,
            files: vec![patients],
        },
        TableFiles {
            table: Table::Voice,
            files: vec![employees],
        },
    ];
    let options = maps(&[
        "signals.comment=feedback",
        "signals.score=criticality",
        "signals.unit=organization",
        "voice.block=dislike",
        "voice.unit=company",
    ]);
    let done = import_paths(&tables, &options, TempDir::new().expect("a folder"))
        .unwrap_or_else(|error| panic!("{error}"));
    let [feedback, answers] = done.report.files.as_slice() else {
        panic!("{:?}", done.report.files)
    };
    assert_eq!(
        (
            feedback.rows_read,
            feedback.rows_kept,
            feedback.rows_rejected
        ),
        (10_334, 10_302, 32)
    );
    assert_eq!(
        (answers.rows_read, answers.rows_kept, answers.rows_rejected),
        (14_249, 14_249, 0)
    );
    let source = &done.report.sources[0];
    assert_eq!(source.metric, Metric::Coded);
    assert_eq!(
        source.scale.map(|scale| (scale.low, scale.high)),
        Some((-5.0, 5.0))
    );
    says(
        &done.rejects(),
        &[
            "criticality,'-o,no number can be read as the score",
            "criticality,-9,the score is outside the scale -5 to 5",
        ],
    );
}

#[test]
fn questions_of_bank_customers_as_they_are() {
    let Some(questions) = shared("bank-customers/train.csv") else {
        return;
    };
    let tables = [TableFiles {
        table: Table::Signals,
        files: vec![questions],
    }];
    let done = import_paths(
        &tables,
        &ImportOptions::default(),
        TempDir::new().expect("a folder"),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        (
            done.report.files[0].rows_read,
            done.report.files[0].rows_rejected
        ),
        (10_003, 0)
    );
    assert_eq!(done.report.sources[0].scale, None);
}

#[test]
fn votes_as_they_are() {
    let (Some(pairs), Some(singles)) = (
        shared("votes/wiki-survey-votes.csv"),
        shared("votes/yes-no-pass.csv"),
    ) else {
        return;
    };
    for path in [pairs, singles] {
        let rows = csv::ReaderBuilder::new()
            .from_path(&path)
            .map(|reader| reader.into_records().count())
            .unwrap_or_default();
        let tables = [TableFiles {
            table: Table::Votes,
            files: vec![path.clone()],
        }];
        let done = import_paths(
            &tables,
            &ImportOptions::default(),
            TempDir::new().expect("a folder"),
        );
        let done = done.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(
            done.lake.votes().map(|votes| votes.len()).ok(),
            Some(rows),
            "{}",
            path.display()
        );
        assert!(rows > 1000, "{}", path.display());
    }
}
