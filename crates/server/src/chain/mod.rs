//! How work reaches customers: the chain of roles, brought as a file.

mod proposed;
mod roles;
mod show;
mod upload;

use crate::page::upload::limit;
use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

/// The room's routes.
pub(crate) fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/chain", get(show::show).post(upload::take))
        .route("/chain/proposed", post(proposed::take_up))
        .route("/chain/roles/{id}/remove", post(roles::remove))
        .layer(limit(app))
}
