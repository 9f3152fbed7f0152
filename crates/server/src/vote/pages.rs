//! The voters' pages beside the form.

use crate::language::Text;
use crate::page::phone::phone;
use crate::page::sent::Sent;
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

/// For votes that can't be looked at just now: the same form, to be sent once more.
pub(super) fn away(
    text: &Text,
    token: &str,
    sent: &Sent,
    (status, said): (StatusCode, &str),
) -> Response {
    let said = if status == StatusCode::SERVICE_UNAVAILABLE {
        "vote-later"
    } else {
        said
    };
    let body = html! {
        (words(text, "vote-later-title", said))
        form method="post" action={ "/v/" (token) "?lang=" (text.tag()) } class="ask" autocomplete="off" {
            @for name in sent.named("").filter(|name| *name != "switch") {
                input type="hidden" name=(name) value=(sent.text(name));
            }
            div class="on" { button { (text.say("vote-send")) } }
        }
    };
    let page = phone(text, &text.say("vote-later-title"), None, &body);
    (status, page).into_response()
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
