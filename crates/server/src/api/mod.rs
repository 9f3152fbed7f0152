//! The API for machines, under `/api/v1`: JSON, bearer tokens with scopes, problems by RFC 9457.
//!
//! No cookie and no session: a browser that is signed in can't be made to call it. It gives rounds
//! and briefs as pages do, rounded and released; never who answered.

mod body;
mod briefs;
mod caller;
mod document;
mod idempotent;
mod problem;
mod rounds;
mod signals;

pub(crate) use caller::Limits;
pub use document::document;
pub(crate) use idempotent::UnderWay;

use crate::state::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::get;

/// Bytes that a request may have.
const BODY_BYTES: usize = 8 * 1024 * 1024;

/// The room's routes.
pub(crate) fn routes(app: &App) -> Router<App> {
    let (routes, _) = document::described().split_for_parts();
    routes
        .route("/api/v1/openapi.json", get(document::show))
        .route("/metrics", get(crate::totals::show))
        .route_layer(from_fn_with_state(app.clone(), caller::guard))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
}

/// What isn't there, as a problem.
pub(crate) fn not_found() -> axum::response::Response {
    use axum::response::IntoResponse;
    problem::Problem::from(crate::error::Failure::NotFound).into_response()
}
