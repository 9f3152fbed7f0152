//! Sending the invitation and reminders by e-mail.

use super::send_waiting;
use crate::error::Failure;
use crate::guard::Who;
use crate::state::App;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Redirect;
use serde::Deserialize;
use throughline_ledger::invitations;
use uuid::Uuid;

/// `POST /rounds/{id}/letters`: the next letter, to everybody alike.
pub(crate) async fn begin(
    State(app): State<App>,
    who: Who,
    Path(id): Path<Uuid>,
) -> Result<Redirect, Failure> {
    if !app.mail.leaves() {
        return Err(Failure::refused(
            "this server has no mail server set",
            "Take the links as a file and send them with your own mailer.",
        ));
    }
    invitations::begin(&app.ledger, id, who.email).await?;
    send_waiting(&app, id);
    Ok(Redirect::to(&format!("/rounds/{id}")))
}

/// What the form holds.
#[derive(Deserialize)]
pub(crate) struct Filled {
    number: i32,
}

/// `POST /rounds/{id}/letters/again`: those that failed.
pub(crate) async fn again(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(filled): Form<Filled>,
) -> Result<Redirect, Failure> {
    invitations::retry(&app.ledger, id, filled.number).await?;
    send_waiting(&app, id);
    Ok(Redirect::to(&format!("/rounds/{id}")))
}
