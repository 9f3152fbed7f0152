//! Backups: one file that holds one moment of the whole ledger, the same for both databases.
//!
//! Lines of JSON, compressed with gzip: a head; each table's columns and rows, in the order of their
//! keys (which are random or names: it tells nothing about what came first); a manifest with the
//! number of rows and the SHA-256 of each table and what the audit log's chain says; last, the
//! SHA-256 of all lines before. It holds everything that the ledger holds, what waits in the inbox
//! and the rounds' secrets included: keep it as you keep the ledger. The sums show damage; they don't
//! stop somebody who writes them anew.

mod cell;
mod make;
mod read;

pub use make::{Made, make, name};
pub(crate) use read::{Piece, Reader, check};

use crate::error::{LedgerError, Result};
use crate::tables::Column;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::Path;
use uuid::Uuid;

/// The folder of a workspace that backups are written to unless said otherwise.
pub const FOLDER: &str = "backups";
/// How their names end.
pub const ENDING: &str = ".jsonl.gz";
/// How the name of one that isn't finished ends.
pub(crate) const UNFINISHED: &str = ".part";
/// The format's number; a reader refuses a higher one.
const FORMAT: u32 = 1;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// Always [`FORMAT`] or lower; the field's name tells the file from others.
    pub throughline_backup: u32,
    pub made_at: DateTime<Utc>,
    /// The schema's steps.
    pub schema: Vec<String>,
    /// Rounds whose words are in it: it goes when those go.
    pub words_of: Vec<Uuid>,
    /// Rounds whose secret is in it: once they are closed, it goes when a newer one is there.
    pub secrets_of: Vec<Uuid>,
}

/// The line before a table's rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TableHead {
    pub table: String,
    pub columns: Vec<Column>,
}

/// What a table came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TableSum {
    pub table: String,
    pub rows: u64,
    pub sha256: String,
}

/// What the audit log's chain said when the backup was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ChainSum {
    pub whole: bool,
    /// Lines, or the place of the first line that is wrong.
    pub lines: u64,
    pub head: Option<String>,
}

/// The line after the last table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub tables: Vec<TableSum>,
    pub audit: ChainSum,
}

/// The last line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seal {
    /// Of all lines before.
    pub sha256: String,
}

/// What the head of a backup says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Rounds whose words are in it.
    pub words_of: Vec<Uuid>,
    /// Rounds whose secret is in it, with which personal links can be made.
    pub secrets_of: Vec<Uuid>,
}

/// Reads the head of a backup alone.
///
/// # Errors
/// Where the file can't be read or isn't a backup.
pub fn look(path: &Path) -> Result<Held> {
    let reader = Reader::open(path)?;
    Ok(Held {
        made_at: reader.head().made_at,
        words_of: reader.head().words_of.clone(),
        secrets_of: reader.head().secrets_of.clone(),
    })
}

fn file(doing: &str, path: &Path, source: io::Error) -> LedgerError {
    LedgerError::File {
        what: format!("can't {doing} `{}`", path.display()),
        source,
        hint: "see that the folder is there, may be written to and has room",
    }
}
