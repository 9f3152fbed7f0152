//! Ways into a round, handed out: links as a file or by e-mail, slips to print.

mod letter;
mod letters;
mod links;
mod posting;
mod sheet;
mod slips;

pub use posting::Posting;
pub(crate) use posting::send_waiting;

use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

/// The room's routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/rounds/{id}/links", post(links::take))
        .route("/rounds/{id}/letters", post(letters::begin))
        .route("/rounds/{id}/letters/again", post(letters::again))
        .route("/rounds/{id}/slips", get(slips::show).post(slips::print))
}
