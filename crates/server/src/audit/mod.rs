//! The audit log, for the owner and for whoever audits: acts of accounts and of the program. No act
//! of a respondent is ever in it.

mod check;
mod list;
mod words;

use crate::state::App;
use axum::Router;
use axum::routing::get;

/// The room's routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/audit", get(list::show))
        .route("/audit/check", get(check::show))
}
