//! Accounts: signing in and out, who has one.

mod change;
mod enter;
mod form;
mod link;
mod list;
mod next;
mod one;
mod provider;
mod sign_in;
mod sign_out;
mod start;

use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

/// The room's routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::ask))
        .route("/sign-in/link/{token}", get(link::show).post(link::take))
        .route("/sign-in/provider", get(provider::go))
        .route("/sign-in/callback", get(provider::back))
        .route("/sign-out", post(sign_out::leave))
        .route("/start/{token}", get(start::show).post(start::take))
        .route("/accounts", get(list::show))
        .route("/accounts/add", post(change::add))
        .route("/accounts/{id}", get(one::show))
        .route("/accounts/{id}/change", post(change::change))
        .route("/accounts/{id}/disable", post(change::disable))
        .route("/accounts/{id}/enable", post(change::enable))
        .route("/accounts/{id}/link", post(one::link))
}
