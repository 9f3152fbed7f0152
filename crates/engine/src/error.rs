//! What can go wrong on the way from files to a brief.

use std::path::PathBuf;
use throughline_lake::LakeError;
use throughline_ledger::LedgerError;

/// Result of an engine call.
pub type Result<T> = std::result::Result<T, EngineError>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// Reading the user's files, or the facts made of them.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// What the ledger says.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// Writing results.
    #[error("can't write `{}`: {source}\nhint: {}", path.display(), output_hint(source))]
    Output {
        /// Where.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Reading a file that belongs to an output folder.
    #[error("can't read `{}`: {why}\nhint: {hint}", path.display())]
    Input {
        /// Which.
        path: PathBuf,
        /// Why.
        why: String,
        /// What to do.
        hint: &'static str,
    },
    /// Something that was asked for makes no sense.
    #[error("{what}\nhint: {hint}")]
    Request {
        /// What is wrong.
        what: String,
        /// What to do.
        hint: &'static str,
    },
    /// The data have no answer to what was asked.
    #[error("{what}\nhint: {hint}")]
    NoAnswer {
        /// Why.
        what: String,
        /// What to do.
        hint: String,
    },
    /// The user stopped it.
    #[error("stopped before the end; nothing was written")]
    Cancelled,
    /// A fault of ours.
    #[error("a fault of Throughline itself: {0}\nhint: please report it with the command you ran")]
    Fault(String),
}

impl EngineError {
    /// The same, naming the file whose data have no answer. Other errors name theirs already.
    #[must_use]
    pub(crate) fn in_file(self, path: &std::path::Path) -> Self {
        match self {
            Self::NoAnswer { what, hint } => Self::NoAnswer {
                what: format!("`{}`: {what}", path.display()),
                hint,
            },
            other => other,
        }
    }

    /// Whether the user can mend it (exit code 1) or it is a fault of ours (exit code 2).
    pub fn is_users(&self) -> bool {
        match self {
            Self::Lake(error) => error.is_users(),
            Self::Ledger(_)
            | Self::Output { .. }
            | Self::Input { .. }
            | Self::Request { .. }
            | Self::NoAnswer { .. }
            | Self::Cancelled => true,
            Self::Fault(_) => false,
        }
    }
}

fn output_hint(error: &std::io::Error) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::StorageFull => {
            "the disk is full: free some space, or write to another one"
        }
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            "choose a folder you may write to"
        }
        std::io::ErrorKind::NotADirectory | std::io::ErrorKind::AlreadyExists => {
            "a file is where a folder must be: choose another place"
        }
        std::io::ErrorKind::IsADirectory => {
            "a folder is where a file must be: choose another place"
        }
        std::io::ErrorKind::NotFound => "the folder isn't there: make it first",
        _ => "check the folder that this is written to",
    }
}
