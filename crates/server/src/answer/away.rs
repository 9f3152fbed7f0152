//! The page for an answer that can't be looked at just now: the database is away, or too many in the
//! office have guessed. Not even its round is known, so the words come back in a form of their own,
//! under the same id, to be sent once more.

use super::fields::Fields;
use crate::error::Failure;
use crate::language::Text;
use crate::page::phone::phone;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

/// What is said where something can't be taken for now, and what was sent has to come back.
pub(crate) fn for_now(failure: &Failure) -> Option<&'static str> {
    match failure {
        Failure::Unavailable(_) => Some("error-later"),
        Failure::TooMany => Some("error-many"),
        _ => None,
    }
}

/// The page.
pub(super) fn away(
    text: &Text,
    token: &str,
    fields: &Fields,
    (status, said): (StatusCode, &str),
) -> Response {
    let title = text.say("title-answer");
    let body = html! {
        h1 { (title) }
        p class="error" role="alert" id="wrong" { (text.say(said)) }
        form method="post" action={ "/a/" (token) "?lang=" (text.tag()) } class="ask" autocomplete="off" {
            (hidden("id", &fields.id))
            @for (name, value) in [("idea", &fields.idea), ("block", &fields.block)] {
                @if !value.trim().is_empty() {
                    p {
                        label for=(name) { (text.say(&format!("ask-{name}"))) }
                        textarea id=(name) name=(name) rows="6" { (value) }
                    }
                }
            }
            (hidden("commitment", &fields.commitment))
            (hidden("enps", &fields.enps))
            (hidden("may_quote", &fields.may_quote))
            (hidden("receipt", &fields.receipt))
            div class="on" { button { (text.say("send")) } }
        }
    };
    (status, phone(text, &title, None, &body)).into_response()
}

fn hidden(name: &str, value: &str) -> Markup {
    html! { @if !value.is_empty() { input type="hidden" name=(name) value=(value); } }
}
