//! Accounts: signing in and out, who has one.

mod sign_in;

use crate::state::App;
use axum::Router;
use axum::routing::get;

/// The room's routes.
pub(crate) fn routes() -> Router<App> {
    Router::new().route("/sign-in", get(sign_in::show))
}
