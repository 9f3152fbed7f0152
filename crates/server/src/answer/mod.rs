//! Answering: what an employee sees on a phone, from the link or slip to "thank you".
//!
//! No session, no cookie, no draft on the server. What must be known when the form comes back
//! stands in the form: a random id under which it is kept once. No handler here logs anything but
//! a fault, and no fault names what was sent.

mod attributes;
mod away;
mod code;
mod customers;
mod failed;
mod fields;
mod form;
mod language;
mod promise;
mod send;
mod show;
mod shut;
mod sign_in;
mod taps;
mod thanks;

use crate::provider::employees::BACK;
use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

pub(crate) use away::for_now;
pub(crate) use failed::{in_her_language, is_hers};
pub(crate) use form::preview;
pub(crate) use language::Reader;
pub(crate) use shut::{not_taken, nowhere, shut};
pub use taps::Taps;
pub use thanks::Said;

/// The room's routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/a", get(code::show).post(code::enter))
        .route("/a/{token}", get(show::show).post(send::send))
        .route("/answer/attributes", post(attributes::enter))
        .route("/answer/sign-in", get(sign_in::begin))
        .route(BACK, get(sign_in::finish))
        .route("/promise/{round}", get(promise::show))
        .route(
            "/customers/{round}",
            get(customers::show).post(customers::tap),
        )
}
