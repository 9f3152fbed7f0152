//! People: bringing them, looking at what that changes, the units they are in.

mod confirm;
mod list;
mod preview;
mod unit;
mod upload;

pub(crate) use upload::said;

use crate::page::upload::limit;
use crate::state::App;
use axum::Router;
use axum::routing::{get, post};
use throughline_engine::people::PeopleRead;
use throughline_ledger::people::Changes;

/// A file of people that waits: what it says, and what it would change, as seen.
pub(crate) struct Brought {
    read: PeopleRead,
    changes: Changes,
}

/// The room's routes.
pub(crate) fn routes(app: &App) -> Router<App> {
    let upload = Router::new()
        .route("/people/upload", post(upload::take))
        .layer(limit(app));
    Router::new()
        .route("/people", get(list::show))
        .route(
            "/people/upload/{id}",
            get(preview::show).post(confirm::confirm),
        )
        .route("/people/upload/{id}/refused", get(preview::refused))
        .route("/people/units/{id}", get(unit::show).post(unit::call))
        .merge(upload)
}
