//! The two files of a review.

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
    #[serde(default)]
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
    #[serde(default)]
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
    let mut reader = csv::Reader::from_path(path).map_err(|error| wrong(error.to_string()))?;
    let mut rows = Vec::new();
    for (at, row) in reader.deserialize().enumerate() {
        let row: R = row.map_err(|error| wrong(error.to_string()))?;
        let word = judgement(&row).trim().to_lowercase();
        if !["", "yes", "y", "no", "n", "skip", "s"].contains(&word.as_str()) {
            return Err(wrong(format!("row {}: `{word}` is no judgement", at + 2)));
        }
        rows.push(row);
    }
    Ok(rows)
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
