//! Accounts: signing in and out, who has one.

mod enter;
mod link;
mod next;
mod sign_in;
mod sign_out;

use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

/// The room's routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(sign_in::show))
        .route("/sign-in/link/{token}", get(link::show).post(link::take))
        .route("/sign-out", post(sign_out::leave))
}
