//! What can go wrong, and the page that says so.

use crate::page::layout::plain;
use crate::page::words::{capital, sentence};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use throughline_ledger::LedgerError;

/// Why a request wasn't answered as it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// There is no such page or thing. Used too where somebody may not know that there is.
    #[error("there is no such page")]
    NotFound,
    /// The account may not do this.
    #[error("your account may not do this")]
    Forbidden,
    /// Nobody is signed in.
    #[error("you are signed out")]
    SignedOut,
    /// What was sent can't be taken.
    #[error("{what}")]
    Refused {
        /// What is wrong.
        what: String,
        /// What to do.
        hint: String,
    },
    /// Too many tries.
    #[error("too many tries")]
    TooMany,
    /// The database can't be reached: nothing was changed.
    #[error("the database doesn't answer")]
    Unavailable(String),
    /// Something that we need and don't run (a sign-in provider, a mail server) can't be reached.
    #[error("{what} doesn't answer")]
    Away {
        /// What, as a visitor knows it.
        what: &'static str,
        /// Why, for the log.
        why: String,
    },
    /// A file of the workspace can't be written or read.
    #[error("{what}")]
    Storage {
        /// What couldn't be done.
        what: &'static str,
        /// Why, for the log.
        why: String,
    },
    /// A fault of ours.
    #[error("a fault of Throughline itself")]
    Fault(String),
}

impl Failure {
    /// A refusal in words.
    pub fn refused(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Refused {
            what: what.into(),
            hint: hint.into(),
        }
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::Refused { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) | Self::Away { .. } | Self::Storage { .. } => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &str {
        match self {
            Self::NotFound => "It may have moved, or the link may be incomplete.",
            Self::Forbidden => "Ask the owner of this workspace if you need it.",
            Self::SignedOut => "Sign in and try again.",
            Self::Refused { hint, .. } => hint,
            Self::TooMany => "Wait a minute and try again.",
            Self::Unavailable(_) => "Nothing was changed. Try again in a minute.",
            Self::Away { .. } | Self::Storage { .. } => {
                "Try again in a minute. If it stays so, tell whoever runs this server."
            }
            Self::Fault(_) => "Nothing you did is wrong. Tell whoever runs this server.",
        }
    }
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Refused { what, hint } => Self::Refused { what, hint },
            LedgerError::NotFound { .. } => Self::NotFound,
            LedgerError::Closing => Self::Unavailable(error.to_string()),
            LedgerError::Database(_) => Self::Unavailable(error.to_string()),
            other => Self::Fault(other.to_string()),
        }
    }
}

impl Failure {
    /// Tells the log, where whoever runs the server should know.
    pub(crate) fn tell(&self) {
        match self {
            Self::Fault(why) => tracing::error!(why, "fault"),
            Self::Unavailable(why) => tracing::error!(why, "unavailable"),
            Self::Away { what, why } => tracing::error!(what, why, "away"),
            Self::Storage { what, why } => tracing::error!(what, why, "storage"),
            _ => {}
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        self.tell();
        let failed = Failed {
            title: capital(&self.to_string()),
            hint: sentence(self.hint()),
        };
        let way = match self {
            Self::SignedOut => ("/sign-in", "Sign in"),
            _ => ("/", "To the first page"),
        };
        let body = failed.body(way);
        let mut page = (self.status(), plain(&failed.title, &body)).into_response();
        page.extensions_mut().insert(failed);
        page
    }
}

/// What went wrong, left on its page: whoever knows who reads it says it again in her frame or her
/// language (`framed`, `answer::in_her_language`).
#[derive(Clone, Debug)]
pub(crate) struct Failed {
    /// What.
    pub title: String,
    /// What to do.
    hint: String,
}

impl Failed {
    /// The page's own part, with a way on.
    pub(crate) fn body(&self, (path, name): (&str, &str)) -> Markup {
        html! {
            div class="empty" {
                h1 { (self.title) }
                p { (self.hint) }
                p { a class="button" href=(path) { (name) } }
            }
        }
    }
}

/// Why the server couldn't start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The ledger can't be opened.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The address can't be listened on, the workspace can't be made.
    #[error("{what}: {source}\nhint: {hint}")]
    Start {
        /// What was being done.
        what: String,
        /// Why not.
        source: std::io::Error,
        /// What to do.
        hint: &'static str,
    },
    /// A setting makes no sense.
    #[error("{what}\nhint: {hint}")]
    Setting {
        /// Which, and why.
        what: String,
        /// What to do.
        hint: String,
    },
}
