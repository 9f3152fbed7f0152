//! You said, we did: what leads say about fixes, and what employees read.

mod edit;
mod list;
mod said;

use crate::state::App;
use axum::Router;
use axum::routing::{get, post};
use throughline_domain::listen::LeverStatus;

/// The leads' routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/rounds/{id}/levers", get(list::show).post(edit::add))
        .route("/rounds/{id}/levers/new", get(edit::blank))
        .route(
            "/rounds/{id}/levers/{lever}",
            get(edit::show).post(edit::change),
        )
        .route("/rounds/{id}/levers/{lever}/remove", post(edit::remove))
}

/// The employees' routes.
pub(crate) fn open_routes() -> Router<App> {
    Router::new().route("/said/{id}", get(said::show))
}

/// A status in words, for a page of the office.
fn words(status: LeverStatus) -> &'static str {
    match status {
        LeverStatus::Heard => "Heard",
        LeverStatus::Chosen => "Chosen",
        LeverStatus::InWork => "In work",
        LeverStatus::Done => "Done",
        LeverStatus::NotNow => "Not now",
    }
}
