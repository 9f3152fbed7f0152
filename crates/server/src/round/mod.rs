//! Rounds: setting one up, opening, watching and closing it.

mod change;
mod close;
mod fields;
mod form;
mod list;
mod new;
mod open;
mod preview;
mod progress;
mod show;
mod weight;

pub(crate) use list::{state, when};

use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

/// The room's routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/rounds", get(list::show).post(new::create))
        .route("/rounds/new", get(new::show))
        .route("/rounds/{id}", get(show::show))
        .route(
            "/rounds/{id}/preview",
            get(preview::show).post(preview::send),
        )
        .route("/rounds/{id}/draft", get(change::show).post(change::change))
        .route("/rounds/{id}/remove", post(change::remove))
        .route("/rounds/{id}/opening", get(open::show).post(open::open))
        .route("/rounds/{id}/schedule", post(open::schedule))
        .route("/rounds/{id}/extend", post(close::extend))
        .route("/rounds/{id}/end", get(close::show).post(close::close))
        .route("/rounds/{id}/progress", get(progress::show))
}
