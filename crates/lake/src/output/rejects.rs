//! `rejects.csv`: every row refused, with its file, row, column, value and reason; and the check
//! that a file isn't refused as a whole.
//!
//! The file is opened in spreadsheets: a text that a spreadsheet would run as a formula gets an
//! apostrophe before it.

use super::Unfinished;
use crate::columns::missing::shortened;
use crate::error::{Complaint, LakeError};
use crate::read::cells::Refusal;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use throughline_domain::sheet::cell;

/// The file's name.
pub(crate) const NAME: &str = "rejects.csv";
/// Letters kept of a value.
const VALUE_LETTERS: usize = 500;
/// Share of a file's rows past which the import stops.
const MOST_SHARE: f64 = 0.05;

/// The file being written.
pub(crate) struct Rejects {
    path: PathBuf,
    out: BufWriter<File>,
    written: u64,
    pub rows: u64,
}

/// A place to go back to, when a file is read again.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    written: u64,
    rows: u64,
}

impl Rejects {
    pub(crate) fn new(into: &Unfinished) -> Result<Self, LakeError> {
        let path = into.part(NAME);
        let file = File::create(&path).map_err(|error| LakeError::output(&path, 0, &error))?;
        let mut rejects = Self {
            path,
            out: BufWriter::new(file),
            written: 0,
            rows: 0,
        };
        rejects.put("file,row,column,value,reason\n")?;
        Ok(rejects)
    }

    fn put(&mut self, text: &str) -> Result<(), LakeError> {
        self.written += text.len() as u64;
        self.out
            .write_all(text.as_bytes())
            .map_err(|error| LakeError::output(&self.path, self.written, &error))
    }

    /// Writes a refused row.
    pub(crate) fn add(&mut self, file: &str, refusal: &Refusal) -> Result<(), LakeError> {
        self.rows += 1;
        let value: String = refusal.value.chars().take(VALUE_LETTERS).collect();
        let line = format!(
            "{},{},{},{},{}\n",
            cell(file),
            refusal.line,
            cell(&refusal.column),
            cell(&value),
            cell(&refusal.reason)
        );
        self.put(&line)
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark {
            written: self.written,
            rows: self.rows,
        }
    }

    /// Goes back to a mark.
    pub(crate) fn back_to(&mut self, mark: Mark) -> Result<(), LakeError> {
        let path = self.path.clone();
        let failed = |error: std::io::Error| LakeError::output(&path, mark.written, &error);
        self.out.flush().map_err(failed)?;
        self.out.get_mut().set_len(mark.written).map_err(failed)?;
        self.out
            .seek(SeekFrom::Start(mark.written))
            .map_err(failed)?;
        (self.written, self.rows) = (mark.written, mark.rows);
        Ok(())
    }

    /// Syncs the file and hands it over.
    pub(crate) fn finish(mut self, into: &mut Unfinished) -> Result<u64, LakeError> {
        let path = self.path.clone();
        let failed = |error: std::io::Error| LakeError::output(&path, self.written, &error);
        self.out.flush().map_err(failed)?;
        self.out.get_ref().sync_all().map_err(failed)?;
        into.add(NAME);
        Ok(self.rows)
    }
}

/// A refused row, for who sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The line or record, from 1.
    pub row: u64,
    /// The column.
    pub column: String,
    /// What stands there, cut to a few hundred letters.
    pub value: String,
    /// What is wrong.
    pub reason: String,
}

/// Reads back what was refused, also of an import that failed.
pub(crate) fn read(from: &Unfinished) -> Result<Vec<Refused>, LakeError> {
    let path = from.part(NAME);
    let failed = |error: csv::Error| LakeError::Fault(format!("`{NAME}` can't be read: {error}"));
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let mut rows = Vec::new();
    for row in csv::Reader::from_path(&path).map_err(failed)?.records() {
        let row = row.map_err(failed)?;
        let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
        rows.push(Refused {
            row: cell(1).parse().unwrap_or(0),
            column: cell(2),
            value: cell(3),
            reason: cell(4),
        });
    }
    Ok(rows)
}

/// Why rows of one file were refused, for the message that stops the import.
#[derive(Debug, Default)]
pub(crate) struct Reasons {
    counts: BTreeMap<(String, String), (u64, u64, String)>,
    pub rejected: u64,
}

impl Reasons {
    pub(crate) fn add(&mut self, refusal: &Refusal) {
        self.rejected += 1;
        let key = (refusal.column.clone(), refusal.reason.clone());
        if self.counts.len() < 1000 || self.counts.contains_key(&key) {
            let entry = self
                .counts
                .entry(key)
                .or_insert_with(|| (0, refusal.line, shortened(&refusal.value)));
            entry.0 += 1;
        }
    }

    /// Stops where more than 5% of a file's rows were refused, unless that is allowed.
    pub(crate) fn check(
        &self,
        path: &Path,
        rows_read: u64,
        allowed: bool,
    ) -> Result<(), LakeError> {
        if allowed || self.rejected as f64 <= rows_read as f64 * MOST_SHARE {
            return Ok(());
        }
        let mut top: Vec<_> = self.counts.iter().collect();
        top.sort_by_key(|(_, (count, ..))| std::cmp::Reverse(*count));
        let told: Vec<String> = top
            .iter()
            .take(3)
            .map(|((column, reason), (count, line, value))| {
                let place = if column.is_empty() {
                    String::new()
                } else {
                    format!("column `{column}`: ")
                };
                format!("{count} times {place}{reason} (row {line}: `{value}`)")
            })
            .collect();
        let twice = top
            .first()
            .is_some_and(|((_, reason), _)| reason == crate::signals::SAME_ID);
        let hint = if twice {
            "if several rows belong to one answer, map that column to `response` instead of `id`; or go on without these rows with `--allow-rejects`"
        } else {
            "map another column with `--map table.field=COLUMN` (or none: `--map table.field=`), mend the file, or go on without these rows with `--allow-rejects`, which lists each of them in rejects.csv"
        };
        Err(Complaint::new(
            format!(
                "{} of {rows_read} rows were refused, more than 5%: {}",
                self.rejected,
                told.join("; ")
            ),
            hint,
        )
        .in_file(path)
        .into())
    }
}
