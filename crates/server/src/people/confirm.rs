//! `POST /people/upload/{id}`

use super::preview::gone;
use crate::error::Failure;
use crate::guard::Who;
use crate::page::path::Ids;
use crate::state::App;
use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use serde::Deserialize;
use throughline_domain::listen::AccountRole;
use throughline_ledger::people::{self, Leave};

/// What the form holds.
#[derive(Deserialize)]
pub(crate) struct Filled {
    #[serde(default)]
    let_through: String,
}

/// Does what was looked at.
pub(crate) async fn confirm(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
    Form(filled): Form<Filled>,
) -> Result<Redirect, Failure> {
    let waiting = app
        .uploads
        .of(id, who.account, app.clock.now())
        .ok_or_else(gone)?;
    let leave = if who.role == AccountRole::Owner && filled.let_through == "yes" {
        Leave::ByOwner
    } else {
        Leave::No
    };
    // It stays until it is stored; a copy of everybody takes its time.
    let copied = tokio::task::spawn_blocking(move || {
        let brought = &waiting.read;
        (brought.read.roster.clone(), brought.changes.clone())
    });
    let (roster, changes) = copied
        .await
        .map_err(|error| Failure::Fault(error.to_string()))?;
    people::apply(&app.ledger, roster, changes, leave, who.email).await?;
    app.uploads.forget(id);
    Ok(Redirect::to("/people?done=true"))
}
