//! The page behind a way in that leads nowhere: used, unknown, incomplete or closed look alike.

use crate::language::Text;
use crate::page::phone::phone;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;

/// The page.
pub(crate) fn shut(text: &Text) -> Response {
    let title = text.say("shut-title");
    let body = html! {
        h1 { (title) }
        p { (text.say("shut")) }
        p { a href={ "/a?lang=" (text.tag()) } { (text.say("code-title")) } }
    };
    (StatusCode::NOT_FOUND, phone(text, &title, None, &body)).into_response()
}
