//! What the framework refuses by itself (a body too large, a form that isn't one), as a page of
//! ours instead of a line of its own.

use crate::error::Failure;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Puts the page there; what a handler said itself stays, and machines get what they understand.
pub(crate) async fn worded(request: Request, next: Next) -> Response {
    let machine = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let status = response.status();
    let bare = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if machine || !bare || !status.is_client_error() {
        return response;
    }
    let failure = match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Failure::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => Failure::refused(
            "this is more than we can take at once",
            "Go back and send less, or a smaller file.",
        ),
        _ => Failure::refused(
            "we can't read what was sent",
            "Go back, load the page again, and send it once more.",
        ),
    };
    let mut page = failure.into_response();
    *page.status_mut() = status;
    page
}
