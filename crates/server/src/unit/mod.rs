//! A unit manager's pages: her own unit and those below it. Any other is one that isn't there.

mod show;

use crate::state::App;
use axum::Router;
use axum::routing::get;

/// The room's routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/unit", get(show::own))
        .route("/unit/{id}", get(show::below))
}
