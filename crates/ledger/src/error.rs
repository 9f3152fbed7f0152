//! What can go wrong between the server and the disk.

use sea_orm::{DbErr, SqlErr};

/// Result of a ledger call.
pub type Result<T> = std::result::Result<T, LedgerError>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The database can't be opened, reached or written.
    #[error(
        "the database doesn't answer: {0}\nhint: see that it runs, that its disk has room and that its folder may be written to"
    )]
    Database(#[source] DbErr),
    /// Something that was asked for can't be done; the words are for whoever asked.
    #[error("{what}\nhint: {hint}")]
    Refused {
        /// What is wrong.
        what: String,
        /// What to do.
        hint: String,
    },
    /// There is no such thing.
    #[error("there is no {what}\nhint: it may have been removed; go back and look again")]
    NotFound {
        /// Kind of thing.
        what: &'static str,
    },
    /// The database is one that can't keep a promise.
    #[error("{what}\nhint: {hint}")]
    Unfit {
        /// Why.
        what: String,
        /// What to do.
        hint: &'static str,
    },
    /// A file of a backup can't be read or written.
    #[error("{what}: {source}\nhint: {hint}")]
    File {
        /// What was being done.
        what: String,
        /// Why not.
        source: std::io::Error,
        /// What to do.
        hint: &'static str,
    },
    /// A command panicked; what it did was taken back.
    #[error(
        "a fault of Throughline itself: {0}\nhint: nothing was changed; tell whoever maintains it"
    )]
    Fault(String),
    /// The writer ended.
    #[error("the ledger is shutting down\nhint: send it again in a moment")]
    Closing,
}

/// What the database refuses it answers, and somebody can mend; else it doesn't answer.
impl From<DbErr> for LedgerError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::refused(
                "the same is there already",
                "somebody else may have been quicker: go back and look again",
            ),
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => Self::refused(
                "something refers to what isn't there",
                "it may have been removed: go back and look again",
            ),
            _ => Self::Database(error),
        }
    }
}

impl LedgerError {
    /// A refusal in words.
    pub fn refused(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Refused {
            what: what.into(),
            hint: hint.into(),
        }
    }
}
