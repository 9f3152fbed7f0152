//! Votes on ideas: colleagues' forms, and for the leads when votes are taken and how ideas stand.

mod held;
mod results;

pub use held::Held;

use crate::state::App;
use axum::Router;
use axum::routing::get;

/// The leads' routes.
pub(crate) fn routes() -> Router<App> {
    Router::new().route("/rounds/{id}/votes", get(results::show).post(results::set))
}
