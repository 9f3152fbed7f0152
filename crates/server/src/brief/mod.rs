//! Briefs: those that were released, for readers; and writing one, for leads.

mod desk;
mod list;
mod read;
mod write;

pub(crate) use desk::{Desk, Work};
pub(crate) use read::file;

use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

/// The room's routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/briefs", get(list::show))
        .route("/briefs/{round}", get(read::page))
        .route("/briefs/{round}/write", post(write::start))
}
