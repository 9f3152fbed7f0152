//! Receipts: what became of an idea, for whoever holds the code. The code travels in the body of a
//! form, never in an address; no words are ever shown.

mod change;
mod show;
mod withdraw;

use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

/// The room's routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/receipt", get(show::ask).post(show::look))
        .route("/receipt/change", post(change::change))
        .route("/receipt/withdraw", post(withdraw::withdraw))
}
