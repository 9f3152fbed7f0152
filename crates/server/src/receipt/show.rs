//! `GET /receipt` asks for the code, `POST /receipt` tells what became of the idea.

use crate::answer::Reader;
use crate::error::Failure;
use crate::language::Text;
use crate::limits::{Client, Door};
use crate::page::phone::phone;
use crate::state::App;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use maud::{Markup, html};
use serde::Deserialize;
use throughline_domain::listen::{Answer, IdeaState, RefusalReason};
use throughline_ledger::ideas::Fate;
use throughline_ledger::receipts::{self, Receipt};
use throughline_ledger::ways_in::last_day;

/// The page with the box for the code.
pub(super) async fn ask(State(app): State<App>, reader: Reader) -> Response {
    let text = reader.text(&app, &[]);
    let title = text.say("receipt-title");
    let body = html! { h1 { (title) } (entry(&text)) };
    phone(&text, &title, Some("/receipt"), &body).into_response()
}

fn entry(text: &Text) -> Markup {
    html! {
        form method="post" action={ "/receipt?lang=" (text.tag()) } {
            label for="code" { (text.say("receipt-label")) }
            input id="code" class="code" type="text" name="code" required autocomplete="off"
                autocapitalize="characters" spellcheck="false" dir="ltr" maxlength="64";
            div class="on" { button { (text.say("receipt-look")) } }
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Held {
    #[serde(default)]
    code: String,
}

/// What became of it.
pub(super) async fn look(
    State(app): State<App>,
    client: Client,
    reader: Reader,
    Form(held): Form<Held>,
) -> Result<Response, Failure> {
    standing(&app, client, &reader, &held.code, &html! {}).await
}

/// The page that tells, below a message.
pub(super) async fn standing(
    app: &App,
    client: Client,
    reader: &Reader,
    code: &str,
    message: &Markup,
) -> Result<Response, Failure> {
    app.limits.open(Door::Code, client)?;
    let Some(receipt) = receipts::look_up(&app.ledger, code).await? else {
        app.limits.failed(Door::Code, client);
        return Ok(unknown(&reader.text(app, &[])));
    };
    let text = reader.text(app, &receipt.languages);
    let title = text.say("receipt-title");
    let body = html! {
        (message)
        h1 { (title) }
        p class="soft" { (text.say("receipt-round")) ": " bdi { (receipt.round) } }
        (became(&text, &receipt, app.clock.today()))
        (change(&text, &receipt, code))
        (withdraw(&text, code))
    };
    Ok(phone(&text, &title, None, &body).into_response())
}

/// No answer has this code: never given, mistyped or withdrawn look alike.
pub(super) fn unknown(text: &Text) -> Response {
    let title = text.say("receipt-unknown-title");
    let body = html! {
        h1 { (title) }
        p { (text.say("receipt-unknown")) }
        (entry(text))
    };
    (StatusCode::NOT_FOUND, phone(text, &title, None, &body)).into_response()
}

fn became(text: &Text, receipt: &Receipt, today: NaiveDate) -> Markup {
    let Some(fate) = &receipt.idea else {
        return html! { p class="note" { (text.say("receipt-no-idea")) } };
    };
    let is_over = receipt.sealed
        || receipt
            .votes_until
            .is_some_and(|until| until < last_day(today));
    html! { div class="note" { (told(text, fate, &receipt.channel, is_over)) } }
}

fn told(text: &Text, fate: &Fate, channel: &str, voting_is_over: bool) -> Markup {
    if let Some(taken) = &fate.taken {
        let status = text.say(&format!("said-status-{}", taken.status.name()));
        return html! {
            p { (text.say("receipt-taken")) " " strong dir="auto" { (*taken.title) } }
            p class="status" { (status) }
            @if !taken.why.is_empty() { p dir="auto" { (*taken.why) } }
        };
    }
    let key = match fate.state {
        IdeaState::Waiting => "receipt-waiting",
        IdeaState::Shown if voting_is_over => "receipt-voted-state",
        IdeaState::Shown => "receipt-shown-state",
        IdeaState::Merged => "receipt-merged",
        IdeaState::Refused => "receipt-refused",
    };
    html! {
        p { (text.say(key)) }
        @if let Some(refusal) = &fate.refusal {
            p { (text.say(&format!("refusal-{}", refusal.reason.name()))) }
            // It was meant for somebody: say where that somebody is.
            @if refusal.reason == RefusalReason::OtherChannel && !channel.trim().is_empty() {
                p { (text.say("refusal-channel")) " " strong { bdi { (channel) } } }
            }
            @if !refusal.note.is_empty() { p dir="auto" { (refusal.note) } }
        }
    }
}

fn change(text: &Text, receipt: &Receipt, code: &str) -> Markup {
    html! {
        @if receipt.open {
            form method="post" action={ "/receipt/change?lang=" (text.tag()) } autocomplete="off" {
                h2 { (text.say("receipt-change-title")) }
                p class="soft" id="hint" { (text.say("receipt-change-hint")) }
                input type="hidden" name="code" value=(code);
                label for="idea" { (text.say("receipt-change-label")) }
                textarea id="idea" name="idea" rows="5" required aria-describedby="hint"
                    data-most=(Answer::LONGEST) data-left=(text.say("letters-left"))
                    data-over=(text.say("letters-over")) {}
                div class="on" { button { (text.say("receipt-change")) } }
            }
        }
    }
}

fn withdraw(text: &Text, code: &str) -> Markup {
    html! {
        form method="post" action={ "/receipt/withdraw?lang=" (text.tag()) } {
            h2 { (text.say("receipt-withdraw-title")) }
            p class="soft" { (text.say("receipt-withdraw-hint")) }
            input type="hidden" name="code" value=(code);
            label class="choice" {
                input type="checkbox" name="sure" value="yes" required;
                span { (text.say("receipt-withdraw-sure")) }
            }
            div class="on" { button class="danger" { (text.say("receipt-withdraw")) } }
        }
    }
}
