//! Votes on ideas: colleagues' forms, and for the leads when votes are taken and how ideas stand.

mod form;
mod held;
mod pages;
mod results;
mod send;

pub use held::Held;

use crate::error::Failure;
use crate::state::App;
use axum::Router;
use axum::response::Redirect;
use axum::routing::{get, post};
use throughline_ledger::ballot_box::Kind;
use throughline_ledger::ways_in;

/// The leads' routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/rounds/{id}/votes", get(results::show).post(results::set))
        .route("/rounds/{id}/votes/end", post(results::end))
}

/// The voters' routes.
pub(crate) fn open_routes() -> Router<App> {
    Router::new().route("/v/{token}", get(form::show).post(send::take))
}

/// Where a way in leads once it lets nobody answer (any more): to the votes, if these are taken.
pub(crate) async fn instead(
    app: &App,
    token: &str,
    language: &str,
) -> Result<Option<Redirect>, Failure> {
    let way = ways_in::resolve(&app.ledger, token, Kind::Votes, app.clock.today()).await?;
    let token = ways_in::normal(token);
    Ok(way.map(|_| Redirect::to(&format!("/v/{token}?lang={language}"))))
}
