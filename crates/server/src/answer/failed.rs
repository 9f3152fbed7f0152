//! What went wrong on an employee's page, said in her language instead of the office's.

use super::Reader;
use crate::error::Failed;
use crate::page::phone::phone;
use crate::state::App;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::html;

/// Where employees are without an account: the first part of the address.
const ROOMS: [&str; 7] = [
    "a",
    "answer",
    "customers",
    "promise",
    "receipt",
    "said",
    "v",
];

/// Whether an address is an employee's.
pub(crate) fn is_hers(path: &str) -> bool {
    let room = path.split('/').nth(1).unwrap_or_default();
    ROOMS.contains(&room)
}

/// Puts the page there.
pub(crate) async fn in_her_language(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    let reader =
        is_hers(request.uri().path()).then(|| Reader::of(request.uri(), request.headers()));
    let response = next.run(request).await;
    let (Some(reader), Some(_)) = (reader, response.extensions().get::<Failed>()) else {
        return response;
    };
    let status = response.status();
    let text = reader.text(&app, &[]);
    let said = match status {
        StatusCode::TOO_MANY_REQUESTS => "error-many",
        StatusCode::NOT_FOUND => "error-nowhere",
        StatusCode::SERVICE_UNAVAILABLE => "error-away",
        status if status.is_server_error() => "error-fault",
        _ => "error-form",
    };
    let title = text.say("error-title");
    let body = html! { h1 { (title) } p { (text.say(said)) } };
    (status, phone(&text, &title, None, &body)).into_response()
}
