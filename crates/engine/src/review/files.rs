//! The two files of a review.

use super::judged::yes;
use crate::error::{EngineError, Result};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::path::Path;

/// A row of `review/assignments.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentRow {
    /// The signal's id.
    pub id: String,
    /// The problem's id.
    pub pain: String,
    /// The problem's title.
    pub pain_title: String,
    /// `found` if the program says the comment names it, `near` if it was the runner-up.
    pub kind: String,
    /// The comment.
    pub comment: String,
    /// `yes`, `no`, `skip` or empty: does the comment name the problem?
    pub judgement: String,
}

/// A row of `review/pairs.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairRow {
    /// The problem's id.
    pub pain: String,
    /// The fix's id.
    pub lever: String,
    /// The problem's title.
    pub pain_title: String,
    /// The fix's title.
    pub lever_title: String,
    /// What a customer says of the problem.
    pub pain_says: String,
    /// What an employee says of the fix.
    pub lever_says: String,
    /// `matched` if the program lists the pair, else `other`.
    pub kind: String,
    /// Pairs of that kind when the sample was drawn.
    pub of: u64,
    /// `yes`, `no`, `skip` or empty: would the fix answer the problem?
    pub judgement: String,
}

/// Reads `review/assignments.csv`; none if there is no such file.
///
/// # Errors
/// With the row, if it isn't one of ours.
pub fn read_assignments(path: &Path) -> Result<Vec<AssignmentRow>> {
    read(path, |row: &AssignmentRow| &row.judgement)
}

/// Reads `review/pairs.csv`; none if there is no such file.
///
/// # Errors
/// With the row, if it isn't one of ours.
pub fn read_pairs(path: &Path) -> Result<Vec<PairRow>> {
    read(path, |row: &PairRow| &row.judgement)
}

fn read<R: DeserializeOwned>(path: &Path, judgement: impl Fn(&R) -> &String) -> Result<Vec<R>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let hint = "write `yes`, `no` or `skip` in the column `judgement` and leave the others; \
                or delete the file: the next brief draws a new sample";
    let wrong = |why: String| EngineError::Input {
        path: path.to_owned(),
        why,
        hint,
    };
    let bytes = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
    let text = decoded(&bytes);
    let header = text.lines().next().unwrap_or("");
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(header))
        .from_reader(text.as_bytes());
    // A spreadsheet's user may have written them otherwise.
    let names: csv::StringRecord = reader
        .headers()
        .map_err(|error| wrong(error.to_string()))?
        .iter()
        .map(|name| name.trim().to_lowercase())
        .collect();
    for needed in ["pain", "judgement"] {
        if !names.iter().any(|name| name == needed) {
            return Err(wrong(format!("there is no column `{needed}`")));
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| wrong(error.to_string()))?;
        let at = record.position().map_or(0, csv::Position::line);
        let row: R = record
            .deserialize(Some(&names))
            .map_err(|error| wrong(format!("row {at}: {error}")))?;
        let word = judgement(&row).trim().to_lowercase();
        if yes(&word).is_none() && !["", "skip", "s"].contains(&word.as_str()) {
            return Err(wrong(format!("row {at}: `{word}` is no judgement")));
        }
        rows.push(row);
    }
    Ok(rows)
}

/// A file's text, as spreadsheets save it: UTF-8, UTF-16 with a mark, else Windows-1252.
fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(&bytes[mark..]).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

/// What parts the cells of a header: whichever comes most often.
fn delimiter(header: &str) -> u8 {
    let count = |of: &u8| header.bytes().filter(|byte| byte == of).count();
    // The first of equals.
    let most = [b',', b';', b'\t'].into_iter().rev().max_by_key(count);
    most.unwrap_or(b',')
}

/// Writes rows to a file that is replaced as a whole.
pub(super) fn save<R: Serialize>(path: &Path, rows: &[R]) -> Result<()> {
    let refused = |source| EngineError::Output {
        path: path.to_owned(),
        source,
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(refused)?;
    {
        let mut writer = csv::Writer::from_writer(&mut file);
        for row in rows {
            writer
                .serialize(row)
                .map_err(|error| refused(std::io::Error::other(error)))?;
        }
        writer.flush().map_err(refused)?;
    }
    file.as_file().sync_all().map_err(refused)?;
    file.persist(path).map_err(|error| refused(error.error))?;
    Ok(())
}
