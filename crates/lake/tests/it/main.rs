//! The lake's behaviour through its public doors: files in, report and rows out.

mod all_or_nothing;
mod bad_input;
mod bad_quotes;
mod columns;
mod dates_and_scores;
mod extract;
mod formats;
mod headings;
mod json;
mod money;
mod presets;
mod real_files;
mod repeats;
mod scales;
mod scans;
mod tables;
mod vendors;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use throughline_domain::facts::Table;
use throughline_domain::import::ImportReport;
use throughline_lake::{ImportOptions, Lake, LakeError, TableFiles, Unwatched, import};

/// An import that was done, with its folder.
struct Done {
    lake: Lake,
    report: ImportReport,
    dir: TempDir,
}

/// A row of customers' feedback, owned.
#[derive(Clone, Debug, Default, PartialEq)]
struct Row {
    id: String,
    response: String,
    first: bool,
    day: Option<i32>,
    unit: Option<String>,
    source: String,
    question: Option<String>,
    score: Option<f64>,
    comment: Option<String>,
    customer: Option<String>,
    value: Option<f64>,
    language: Option<String>,
}

/// Files by table, name and bytes.
type Given<'a> = (Table, &'a str, &'a [u8]);

/// Writes files and imports them.
fn importing(files: &[Given<'_>], options: &ImportOptions) -> Result<Done, LakeError> {
    let dir = TempDir::new().expect("a temporary folder");
    let mut tables: Vec<TableFiles> = Vec::new();
    for (table, name, bytes) in files {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).expect("a file in a temporary folder");
        tables.push(TableFiles {
            table: *table,
            files: vec![path],
        });
    }
    import_paths(&tables, options, dir)
}

fn import_paths(
    tables: &[TableFiles],
    options: &ImportOptions,
    dir: TempDir,
) -> Result<Done, LakeError> {
    let facts = dir.path().join("facts");
    match import(tables, options, &facts, &Unwatched) {
        Ok((lake, report)) => Ok(Done { lake, report, dir }),
        Err(error) => {
            assert!(!facts.exists(), "something was left behind after: {error}");
            Err(error)
        }
    }
}

/// Imports one file of customers' feedback as it is.
fn signals(name: &str, bytes: &[u8]) -> Result<Done, LakeError> {
    importing(&[(Table::Signals, name, bytes)], &ImportOptions::default())
}

/// The message of an import that must fail, and be the user's to mend.
fn complaint(result: Result<Done, LakeError>) -> String {
    match result {
        Ok(done) => panic!(
            "the import was expected to fail, but kept {} signals",
            done.lake.signals_len()
        ),
        Err(error) => {
            assert!(error.is_users(), "not the user's to mend: {error}");
            let text = error.to_string();
            assert!(text.contains("hint: "), "no hint in: {text}");
            text
        }
    }
}

/// Checks that a message says all of these.
fn says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "`{part}` is not in: {message}");
    }
}

impl Done {
    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        let read = self.lake.scan_signals(&mut |batch| {
            for at in 0..batch.len() {
                let row = batch.row(at);
                rows.push(Row {
                    id: row.id.to_owned(),
                    response: row.response.to_owned(),
                    first: row.first_of_response,
                    day: row.at_day,
                    unit: row.unit.map(str::to_owned),
                    source: row.source.to_owned(),
                    question: row.question.map(str::to_owned),
                    score: row.score,
                    comment: row.comment.map(str::to_owned),
                    customer: row.customer.map(str::to_owned),
                    value: row.value,
                    language: row.language.map(str::to_owned),
                });
            }
            ControlFlow::Continue(())
        });
        read.expect("the facts can be read");
        rows
    }

    fn comments(&self) -> Vec<String> {
        self.rows()
            .into_iter()
            .map(|row| row.comment.unwrap_or_default())
            .collect()
    }

    fn scores(&self) -> Vec<Option<f64>> {
        self.rows().into_iter().map(|row| row.score).collect()
    }

    fn rejects(&self) -> String {
        std::fs::read_to_string(self.lake.rejects().0).expect("rejects.csv is there")
    }

    /// Everything that was stored, as bytes.
    fn stored(&self) -> Vec<u8> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.dir.path().join("facts"))
            .expect("facts")
            .flatten()
            .map(|file| file.path())
            .collect();
        files.sort();
        files
            .iter()
            .flat_map(|file| std::fs::read(file).expect("a file of the facts"))
            .collect()
    }

    fn stores(&self, text: &str) -> bool {
        let stored = self.stored();
        stored
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    }
}

/// A file under `tests/data`.
fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name)
}
