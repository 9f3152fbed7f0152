//! `/rounds/{id}/preview`: the form exactly as employees see it. Nothing is sent from here.

use crate::answer::{Reader, preview};
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::state::App;
use axum::extract::State;
use maud::{Markup, html};
use throughline_ledger::rounds;

/// The form.
pub(crate) async fn show(
    State(app): State<App>,
    Ids([id]): Ids<1>,
    reader: Reader,
) -> Result<Markup, Failure> {
    let round = rounds::by_id(&app.ledger, id).await?;
    let text = reader.text(&app, &round.languages);
    Ok(preview(&text, &round, &format!("/rounds/{id}/preview")))
}

/// What is sent from it goes nowhere.
pub(crate) async fn send(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Markup, Failure> {
    let round = rounds::by_id(&app.ledger, id).await?;
    let body = html! {
        h1 { "That was a preview" }
        p { "Nothing was stored. Here an employee is thanked, may note a receipt code, and sees how her work reaches customers." }
        div class="actions" {
            a class="button" href=(format!("/rounds/{id}")) { "Back to \u{201c}" (round.name) "\u{201d}" }
            a class="button quiet" href=(format!("/rounds/{id}/preview")) { "Once more" }
        }
    };
    Ok(office(("Rounds", "That was a preview"), &who, &body))
}
