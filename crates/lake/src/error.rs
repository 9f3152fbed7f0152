//! What can go wrong while facts are imported or read, in words for the person who can mend it.
//!
//! It doesn't decide exit codes; [`LakeError::is_users`] tells the binary who can act.

use std::fmt;
use std::path::{Path, PathBuf};

/// A problem that the user can mend: where, what, and what to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Complaint {
    /// The file, as the user named it.
    pub file: Option<String>,
    /// The line of a text file, the row of a sheet, the record of a Parquet file; from 1.
    pub row: Option<u64>,
    /// The column, as the file names it.
    pub column: Option<String>,
    /// What is wrong, with the offending value in backticks.
    pub what: String,
    /// What to do about it.
    pub hint: String,
}

impl Complaint {
    pub(crate) fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            hint: hint.into(),
            ..Self::default()
        }
    }

    pub(crate) fn in_file(mut self, path: &Path) -> Self {
        self.file = Some(path.display().to_string());
        self
    }

    pub(crate) fn at_row(mut self, row: u64) -> Self {
        self.row = Some(row);
        self
    }

    pub(crate) fn in_column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut place = Vec::new();
        if let Some(file) = &self.file {
            place.push(format!("`{file}`"));
        }
        if let Some(row) = self.row {
            place.push(format!("row {row}"));
        }
        if let Some(column) = &self.column {
            place.push(format!("column `{column}`"));
        }
        if !place.is_empty() {
            write!(f, "{}: ", place.join(", "))?;
        }
        write!(f, "{}", self.what)?;
        if !self.hint.is_empty() {
            write!(f, "\nhint: {}", self.hint)?;
        }
        Ok(())
    }
}

/// Why facts could not be imported or read.
#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    /// The input or a flag; the user can mend it.
    #[error("{0}")]
    Input(Box<Complaint>),
    /// The place where the facts were to be written; nothing was left behind.
    #[error("can't write `{}` ({written_bytes} bytes were written before): {why}\nhint: {hint}", path.display())]
    Output {
        /// The file or folder.
        path: PathBuf,
        /// Bytes written until then.
        written_bytes: u64,
        /// Why, from the system.
        why: String,
        /// What to do about it.
        hint: String,
    },
    /// The watcher asked to stop; nothing was left behind.
    #[error(
        "stopped before the end; nothing was written\nhint: run the same command again to start over"
    )]
    Cancelled,
    /// A fault of ours.
    #[error(
        "a fault inside the lake: {0}\nhint: this is a bug; please report it with this message"
    )]
    Fault(String),
}

impl LakeError {
    /// Whether the user can mend it (exit code 1), rather than us (exit code 2).
    pub fn is_users(&self) -> bool {
        !matches!(self, Self::Fault(_))
    }

    /// A failure to write, with the advice that fits its kind.
    pub(crate) fn output(path: &Path, written_bytes: u64, error: &std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        let (why, hint) = match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => (
                "no room left on the disk".to_owned(),
                "make room there, or choose another folder with `--out`".to_owned(),
            ),
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => (
                "it is not permitted to write there".to_owned(),
                "choose a folder that you may write to with `--out`".to_owned(),
            ),
            _ => (
                error.to_string(),
                "check the folder, or choose another with `--out`".to_owned(),
            ),
        };
        Self::Output {
            path: path.to_owned(),
            written_bytes,
            why,
            hint,
        }
    }
}

impl From<Complaint> for LakeError {
    fn from(complaint: Complaint) -> Self {
        Self::Input(Box::new(complaint))
    }
}

impl From<parquet::errors::ParquetError> for LakeError {
    fn from(error: parquet::errors::ParquetError) -> Self {
        Self::Fault(error.to_string())
    }
}

impl From<arrow::error::ArrowError> for LakeError {
    fn from(error: arrow::error::ArrowError) -> Self {
        Self::Fault(error.to_string())
    }
}

impl From<datafusion::error::DataFusionError> for LakeError {
    fn from(error: datafusion::error::DataFusionError) -> Self {
        Self::Fault(error.to_string())
    }
}
