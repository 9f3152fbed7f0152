//! The voters' pages beside the form.

use crate::language::Text;
use crate::page::phone::phone;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

/// Before there are ideas to vote on.
pub(super) fn nothing(text: &Text, path: &str) -> Markup {
    let body = words(text, "vote-nothing-title", "vote-nothing");
    phone(text, &text.say("vote-nothing-title"), Some(path), &body)
}

/// For a form that isn't one of ours.
pub(super) fn forged(text: &Text) -> Response {
    let body = words(text, "vote-forged-title", "vote-forged");
    let page = phone(text, &text.say("vote-forged-title"), None, &body);
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// For a ballot on which everything was skipped.
pub(super) fn empty(text: &Text, token: &str) -> Markup {
    let body = html! {
        (words(text, "vote-empty-title", "vote-empty"))
        div class="on" {
            a class="button" href={ "/v/" (token) "?lang=" (text.tag()) } { (text.say("vote-again")) }
        }
    };
    phone(text, &text.say("vote-empty-title"), None, &body)
}

/// After sending.
pub(super) fn thanks(text: &Text, said: Option<&str>) -> Markup {
    let body = html! {
        h1 data-sent="yes" { (text.say("vote-thanks")) }
        @match said {
            Some(address) => {
                p { (text.say("vote-thanks-more")) }
                div class="on" { a class="button" href={ (address) "?lang=" (text.tag()) } { (text.say("vote-thanks-link")) } }
            }
            None => p { (text.say("vote-thanks-wait")) },
        }
    };
    phone(text, &text.say("vote-thanks"), None, &body)
}

fn words(text: &Text, title: &str, key: &str) -> Markup {
    html! {
        h1 { (text.say(title)) }
        p { (text.say(key)) }
    }
}
