//! The page behind a way in that leads nowhere: used, unknown, incomplete or closed look alike.

use crate::error::Failure;
use crate::language::Text;
use crate::limits::{Client, Door};
use crate::page::phone::phone;
use crate::state::App;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use throughline_ledger::ways_in;

/// Counts a try that led nowhere, if it was a guess. Many in an office open what they have used, or
/// come too late: that must not keep the others out. Looked up in any case, so all take as long.
pub(crate) async fn count(app: &App, client: Client, token: &str) -> Result<(), Failure> {
    if !ways_in::is_known(&app.ledger, token).await? {
        app.limits.failed(Door::Code, client);
    }
    Ok(())
}

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
