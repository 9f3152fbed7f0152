//! Votes on ideas: colleagues' forms, and for the leads when votes are taken and how ideas stand.

mod form;
mod held;
mod pages;
mod results;
mod send;

pub use held::Held;

use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

/// The leads' routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/rounds/{id}/votes", get(results::show).post(results::set))
        .route("/rounds/{id}/votes/end", post(results::end))
}

/// The voters' routes.
pub(crate) fn open_routes() -> Router<App> {
    Router::new().route("/v/{token}", get(form::show).post(send::take))
}
