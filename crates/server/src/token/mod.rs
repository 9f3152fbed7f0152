//! Tokens of machines: an owner makes, sees and revokes them.

mod list;
mod make;
mod revoke;

use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

/// The room's routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/tokens", get(list::show).post(make::make))
        .route("/tokens/{token}/revoke", post(revoke::revoke))
}
