//! What an import did: which columns were taken, what was refused, what was found out.

use crate::facts::Table;
use crate::metric::{Metric, Scale};
use serde::Serialize;

/// What one import did, table by table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ImportReport {
    /// One entry a file.
    pub files: Vec<FileReport>,
    /// The sources of customer feedback, ordered by name.
    pub sources: Vec<Source>,
    /// Unit names that matched nothing in the units table (empty where no table was given).
    pub unmatched_units: Vec<UnmatchedUnit>,
    /// Sentences for a person to read.
    pub notes: Vec<String>,
}

impl ImportReport {
    /// How many different names matched no unit, whatever the tables they stand in.
    pub fn unmatched_names(&self) -> usize {
        let names = self.unmatched_units.iter().map(|unit| &unit.name);
        names.collect::<std::collections::BTreeSet<_>>().len()
    }
}

/// What was read from one file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileReport {
    /// Which table it went to.
    pub table: Table,
    /// The file's name, without its folder.
    pub file: String,
    /// What it was read as: `csv (;, windows-1252)`, `xlsx sheet Answers`, `parquet`.
    pub format: String,
    /// The preset used, and whether it was asked for or recognised.
    pub preset: Option<String>,
    /// Which column went to which field, and how it was chosen.
    pub columns: Vec<ColumnTaken>,
    /// Columns that were not asked for and not stored.
    pub ignored_columns: Vec<String>,
    /// Rows of the file, without headers.
    pub rows_read: u64,
    /// Rows of the table made of them (one row can hold several comments).
    pub rows_kept: u64,
    /// Rows refused, written to `rejects.csv`.
    pub rows_rejected: u64,
    /// Rows equal to an earlier one, counted once.
    pub rows_duplicate: u64,
    /// Rows left out by a preset's rule (previews, unfinished answers), with the rule.
    pub rows_left_out: Vec<(String, u64)>,
}

/// A column taken for a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ColumnTaken {
    /// The field, in the contract's word.
    pub field: String,
    /// The column in the file.
    pub column: String,
    /// How it was chosen: `name`, `alias`, `map` or `preset`.
    pub by: String,
}

/// A source of customer feedback.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Source {
    /// Its name (from the `source` column, else the file's name).
    pub source: String,
    /// How its scores are read.
    pub metric: Metric,
    /// The ends of its scale, if it has scores.
    pub scale: Option<Scale>,
    /// Whether the scale was given or found from the data.
    pub scale_found: bool,
    /// Rows with a score.
    pub scores: u64,
    /// Rows with a comment.
    pub comments: u64,
}

/// A unit name that matched nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnmatchedUnit {
    /// The table it came from.
    pub table: Table,
    /// The name.
    pub name: String,
    /// How many rows carry it.
    pub rows: u64,
}
