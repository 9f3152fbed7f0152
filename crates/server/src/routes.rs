//! The router: which handler answers which path. Who may use it stands in `access`.

use crate::error::Failure;
use crate::{
    account, answer, api, audit, brief, chain, feedback, framed, guard, headers, health, home,
    invite, lever, log, moderation, origin, people, receipt, round, session, state::App, statics,
    token, totals, unit, vote, worded,
};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;

/// Bytes that a form may have. Uploads set their own limit.
const FORM_BYTES: usize = 256 * 1024;

/// The whole application.
pub fn app(app: App) -> Router {
    let sessions = session::layer(&app.ledger, app.config.secure());
    // Pages of accounts: with a session.
    let office = Router::new()
        .route("/", get(home::show))
        .merge(account::routes())
        .merge(audit::routes())
        .merge(people::routes(&app))
        .merge(chain::routes(&app))
        .merge(feedback::routes(&app))
        .merge(round::routes())
        .merge(invite::routes())
        .merge(brief::routes())
        .merge(token::routes())
        .merge(moderation::routes())
        .merge(vote::routes())
        .merge(lever::routes())
        .merge(unit::routes())
        .route_layer(from_fn_with_state(app.clone(), guard::guard))
        .layer(from_fn_with_state(app.clone(), origin::same_origin))
        // Machines, too, ask for what isn't there: they say no origin.
        .fallback(not_found)
        // Whatever is refused or fails below is said in the frame of whoever is signed in.
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(worded::worded))
        .layer(from_fn_with_state(app.clone(), framed::framed))
        .layer(sessions);
    // Pages of respondents and static files: never with one.
    let open = Router::new()
        .route("/static/{file}", get(statics::file))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .merge(vote::open_routes())
        .merge(lever::open_routes())
        .merge(answer::routes())
        .merge(receipt::routes())
        .route_layer(from_fn_with_state(app.clone(), guard::guard))
        .layer(from_fn_with_state(app.clone(), origin::same_origin));
    totals::start();
    office
        .merge(open)
        // For machines: with a token, never a cookie, so no page of another site can use them.
        .merge(api::routes(&app))
        // One stack, the outermost first: a layer by itself is copied with all that is below it at
        // every request.
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(app.clone(), headers::headers))
                .layer(from_fn_with_state(app.clone(), answer::in_her_language))
                .layer(from_fn(worded::worded))
                .layer(from_fn(log::watch))
                .layer(CatchPanicLayer::custom(panicked))
                .layer(DefaultBodyLimit::max(FORM_BYTES)),
        )
        .with_state(app)
}

async fn not_found(uri: axum::http::Uri) -> Response {
    if uri.path().starts_with("/api/") {
        return api::not_found();
    }
    Failure::NotFound.into_response()
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    // What it said may hold what somebody sent: it stays where the program's own words go.
    Failure::Fault("a handler panicked".to_owned()).into_response()
}
