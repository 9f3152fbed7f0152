//! `POST /receipt/change`: a new text takes the idea's place.

use super::show::{standing, unknown};
use crate::answer::Reader;
use crate::error::Failure;
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

/// Replaces it.
pub(super) async fn change(
    State(app): State<App>,
    client: Client,
    reader: Reader,
    Form(changed): Form<Changed>,
) -> Result<Response, Failure> {
    app.limits.open(Door::Code, client)?;
    let text = reader.text(&app, &[]);
    let words = plain(&changed.idea);
    let letters = words.chars().count();
    if letters == 0 || letters > Answer::LONGEST {
        let said = if letters == 0 {
            text.say("error-empty")
        } else {
            let numbers = [("count", letters), ("most", Answer::LONGEST)];
            text.count("error-long", &numbers)
        };
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
        let page = phone(&text, &title, None, &body);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
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
    standing(&app, client, &reader, &changed.code, &message).await
}
