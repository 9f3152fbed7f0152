//! The voters' pages beside the form.

use crate::page::respondent::respondent;
use crate::page::speech::Speech;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

/// For a link that leads nowhere now: used, over, not begun and never made look alike.
pub(super) fn shut(headers: &HeaderMap, language: Option<&str>) -> Response {
    let every = ["en", "es", "ar"].map(str::to_owned);
    let speech = Speech::choose(&every, language, headers);
    let body = words(&speech, "vote-shut-title", "vote-shut");
    let title = speech.say("vote-shut-title");
    let page = respondent(&speech, &[], &title, &body);
    (StatusCode::NOT_FOUND, page).into_response()
}

/// Before there are ideas to vote on.
pub(super) fn nothing(speech: &Speech, offered: &[Speech]) -> Markup {
    let body = words(speech, "vote-nothing-title", "vote-nothing");
    respondent(speech, offered, &speech.say("vote-nothing-title"), &body)
}

/// For a form that isn't one of ours.
pub(super) fn forged(speech: &Speech) -> Response {
    let body = words(speech, "vote-forged-title", "vote-forged");
    let page = respondent(speech, &[], &speech.say("vote-forged-title"), &body);
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// For a ballot on which everything was skipped.
pub(super) fn empty(speech: &Speech, token: &str) -> Markup {
    let body = html! {
        (words(speech, "vote-empty-title", "vote-empty"))
        div class="turn" {
            a class="button" href={ "/v/" (token) "?lang=" (speech.tag()) } { (speech.say("vote-again")) }
        }
    };
    respondent(speech, &[], &speech.say("vote-empty-title"), &body)
}

/// After sending.
pub(super) fn thanks(speech: &Speech, said: Option<&str>) -> Markup {
    let body = html! {
        h1 { (speech.say("vote-thanks")) }
        @match said {
            Some(address) => {
                p class="lead" { (speech.say("vote-thanks-more")) }
                div class="turn" { a class="button" href={ (address) "?lang=" (speech.tag()) } { (speech.say("vote-thanks-link")) } }
            }
            None => p class="lead" { (speech.say("vote-thanks-wait")) },
        }
    };
    respondent(speech, &[], &speech.say("vote-thanks"), &body)
}

fn words(speech: &Speech, title: &str, text: &str) -> Markup {
    html! {
        h1 { (speech.say(title)) }
        p class="lead" { (speech.say(text)) }
    }
}
