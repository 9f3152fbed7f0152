//! A round's end: moved on, or now.

use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::state::App;
use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use chrono::NaiveDate;
use maud::{Markup, html};
use serde::Deserialize;
use throughline_ledger::rounds;

/// What the form holds.
#[derive(Deserialize)]
pub(crate) struct Filled {
    #[serde(default)]
    until: String,
}

/// `POST /rounds/{id}/extend`
pub(crate) async fn extend(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
    Form(filled): Form<Filled>,
) -> Result<Redirect, Failure> {
    let until: NaiveDate = filled.until.trim().parse().map_err(|_| {
        Failure::refused(
            "no day was chosen",
            "Go back and choose a day after the last one.",
        )
    })?;
    rounds::extend(&app.ledger, id, until, who.email).await?;
    Ok(Redirect::to(&format!("/rounds/{id}")))
}

/// `GET /rounds/{id}/end`
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Markup, Failure> {
    let round = rounds::by_id(&app.ledger, id).await?;
    let body = html! {
        p { a href=(format!("/rounds/{id}")) { "\u{2190} " (round.name) } }
        h1 { "Close \u{201c}" (round.name) "\u{201d}" }
        p { "No more answers are taken, and it can\u{2019}t be opened again. What was answered is written anew in random order, so that nothing on the disk tells what came when. Receipts still show what becomes of an idea." }
        div class="actions" {
            form method="post" action=(format!("/rounds/{id}/end")) { button class="danger" { "Close it now" } }
            a class="button quiet" href=(format!("/rounds/{id}")) { "Leave it open" }
        }
    };
    Ok(office(
        ("Rounds", &format!("Close \u{201c}{}\u{201d}", round.name)),
        &who,
        &body,
    ))
}

/// `POST /rounds/{id}/end`
pub(crate) async fn close(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Redirect, Failure> {
    rounds::close(&app.ledger, id, app.clock.today(), who.email).await?;
    Ok(Redirect::to(&format!("/rounds/{id}")))
}
