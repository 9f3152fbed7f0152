//! Customers' feedback: bringing a file of it, looking at what was recognised, keeping it, taking it
//! out again.

mod confirm;
mod list;
mod preview;
mod remove;
mod upload;

use crate::page::upload::limit;
use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

/// The room's routes.
pub(crate) fn routes(app: &App) -> Router<App> {
    let upload = Router::new()
        .route("/feedback/upload", post(upload::take))
        .layer(limit(app));
    Router::new()
        .route("/feedback", get(list::show))
        .route(
            "/feedback/upload/{id}",
            get(preview::show).post(confirm::confirm),
        )
        .route("/feedback/upload/{id}/refused", get(preview::refused))
        .route("/feedback/remove", post(remove::remove))
        .merge(upload)
}
