//! `POST /receipt/change`: a new text takes the idea's place.

use super::show::{standing, unknown};
use crate::answer::{Reader, for_now};
use crate::error::Failure;
use crate::language::Text;
use crate::limits::{Client, Door};
use crate::page::phone::phone;
use crate::state::App;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use serde::Deserialize;
use throughline_domain::Words;
use throughline_domain::listen::{Answer, plain};
use throughline_ledger::{LedgerError, receipts};

#[derive(Deserialize)]
pub(super) struct Changed {
    #[serde(default)]
    code: String,
    #[serde(default)]
    idea: String,
}

/// Replaces it. Where that can't be, the words come back.
pub(super) async fn change(
    State(app): State<App>,
    client: Client,
    reader: Reader,
    Form(changed): Form<Changed>,
) -> Result<Response, Failure> {
    let done = replace(&app, client, &reader, &changed).await;
    done.or_else(|failure| {
        let Some(said) = for_now(&failure) else {
            return Err(failure);
        };
        failure.tell();
        let text = reader.text(&app, &[]);
        Ok(again(&text, &changed, failure.status(), &text.say(said)))
    })
}

async fn replace(
    app: &App,
    client: Client,
    reader: &Reader,
    changed: &Changed,
) -> Result<Response, Failure> {
    app.limits.open(Door::Code, client)?;
    let text = reader.text(app, &[]);
    let words = plain(&changed.idea);
    let letters = words.chars().count();
    if letters == 0 || letters > Answer::LONGEST {
        let said = if letters == 0 {
            text.say("error-empty")
        } else {
            let numbers = [("count", letters), ("most", Answer::LONGEST)];
            text.count("error-long", &numbers)
        };
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(again(&text, changed, status, &said));
    }
    let message = match receipts::change(&app.ledger, &changed.code, Words::new(words)).await {
        Ok(true) => html! { p class="note" role="status" { (text.say("receipt-changed")) } },
        Ok(false) => {
            app.limits.failed(Door::Code, client);
            return Ok(unknown(&text));
        }
        Err(LedgerError::Refused { .. }) => {
            html! { p class="error" role="alert" { (text.say("receipt-closed")) } }
        }
        Err(error) => return Err(error.into()),
    };
    standing(app, client, reader, &changed.code, &message).await
}

/// The form once more, with what was written.
fn again(text: &Text, changed: &Changed, status: StatusCode, said: &str) -> Response {
    let title = text.say("receipt-change-title");
    let body = html! {
        form method="post" action={ "/receipt/change?lang=" (text.tag()) } autocomplete="off" {
            h1 { (title) }
            p class="error" role="alert" { (said) }
            input type="hidden" name="code" value=(changed.code);
            label for="idea" { (text.say("receipt-change-label")) }
            textarea id="idea" name="idea" rows="8" required data-most=(Answer::LONGEST)
                data-left=(text.say("letters-left")) data-over=(text.say("letters-over")) {
                (changed.idea)
            }
            div class="on" { button { (text.say("receipt-change")) } }
        }
    };
    (status, phone(text, &title, None, &body)).into_response()
}
