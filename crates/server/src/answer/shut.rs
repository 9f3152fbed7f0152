//! The page behind a way in that leads nowhere: unknown, incomplete or closed look alike; and what is
//! said to who sends by such a way, or by one that was used.

use crate::error::Failure;
use crate::language::Text;
use crate::limits::{Client, Door};
use crate::page::phone::phone;
use crate::state::App;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use throughline_ledger::ways_in;

/// Counts a try that led nowhere, if it was a guess, and refuses it where there were too many. Many in
/// an office come too late: that must not keep the others out; nor does one who guesses keep out
/// those who needn't. Looked up in any case, so all take as long.
pub(crate) async fn nowhere(app: &App, client: Client, token: &str) -> Result<(), Failure> {
    if !ways_in::is_known(&app.ledger, token).await? {
        app.limits.open(Door::Code, client)?;
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

/// What was sent isn't taken, because the way in was used, is unknown or the round has closed: all look
/// alike. The words are given back.
pub(crate) fn not_taken(text: &Text, words: &[&str]) -> Response {
    let title = text.say("not-taken-title");
    let words: Vec<&&str> = words
        .iter()
        .filter(|words| !words.trim().is_empty())
        .collect();
    let body = html! {
        div data-sent {
            h1 { (title) }
            p { (text.say("not-taken")) }
        }
        @if !words.is_empty() {
            p { (text.say("not-taken-words")) }
            @for words in words {
                textarea readonly rows="6" aria-label=(text.say("not-taken-words")) { (words) }
            }
        }
    };
    (StatusCode::NOT_FOUND, phone(text, &title, None, &body)).into_response()
}
