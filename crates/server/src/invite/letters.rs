//! Sending invitations and reminders by e-mail.

use super::{send_waiting, votes_have_ideas};
use crate::error::Failure;
use crate::guard::Who;
use crate::page::path::Ids;
use crate::state::App;
use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use serde::Deserialize;
use throughline_ledger::ballot_box::Kind;
use throughline_ledger::invitations;
use uuid::Uuid;

/// `POST /rounds/{id}/letters`: the next letter that asks to answer, to everybody alike.
pub(crate) async fn begin(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Redirect, Failure> {
    send(&app, who, id, Kind::Answer).await
}

/// `POST /rounds/{id}/votes/letters`: the next one that asks to vote, likewise.
pub(crate) async fn begin_votes(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Redirect, Failure> {
    votes_have_ideas(&app, id).await?;
    send(&app, who, id, Kind::Votes).await
}

async fn send(app: &App, who: Who, id: Uuid, kind: Kind) -> Result<Redirect, Failure> {
    if !app.mail.leaves() {
        return Err(Failure::refused(
            "this server has no mail server set",
            "Take the links as a file and send them with your own mailer.",
        ));
    }
    invitations::begin(&app.ledger, id, kind, app.clock.today(), who.email).await?;
    send_waiting(app, id);
    Ok(back(id, kind))
}

/// What the form holds.
#[derive(Deserialize)]
pub(crate) struct Filled {
    number: i32,
}

/// `POST /rounds/{id}/letters/again`: those that failed.
pub(crate) async fn again(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
    Form(filled): Form<Filled>,
) -> Result<Redirect, Failure> {
    let today = app.clock.today();
    let kind = invitations::retry(&app.ledger, id, filled.number, today, who.email).await?;
    send_waiting(&app, id);
    Ok(back(id, kind))
}

/// To the page that the form stood on.
fn back(id: Uuid, kind: Kind) -> Redirect {
    Redirect::to(&match kind {
        Kind::Answer => format!("/rounds/{id}"),
        Kind::Votes => format!("/rounds/{id}/votes"),
    })
}
