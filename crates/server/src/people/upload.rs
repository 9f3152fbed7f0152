//! `POST /people/upload`

use crate::error::Failure;
use crate::guard::Who;
use crate::page::upload::{self, brought};
use crate::page::waiting::Waiting;
use crate::state::App;
use axum::extract::{Multipart, State};
use axum::response::Redirect;
use throughline_engine::EngineError;
use throughline_engine::people::{Given, PeopleRead, read};
use throughline_ledger::people;

/// Reads a file of people (and one of units) and shows what it would change.
pub(crate) async fn take(
    State(app): State<App>,
    who: Who,
    form: Multipart,
) -> Result<Redirect, Failure> {
    let files = brought(&app, form).await?;
    // Reading takes as long as the file is: not on a thread that answers others.
    let read = tokio::task::spawn_blocking(move || read_all(&files))
        .await
        .map_err(|error| Failure::Fault(error.to_string()))??;
    let changes = people::plan(&app.ledger, &read.roster).await?;
    let id = app.uploads.keep(Waiting {
        account: who.account,
        at: app.clock.now(),
        read: super::Brought { read, changes },
    });
    Ok(Redirect::to(&format!("/people/upload/{id}")))
}

fn read_all(files: &[upload::Brought]) -> Result<PeopleRead, Failure> {
    let given = |field: &str| {
        let found = files.iter().find(|file| file.field == field);
        found.map(|file| Given {
            path: file.file.path(),
            name: &file.name,
        })
    };
    let people = given("people").ok_or_else(|| {
        Failure::refused(
            "no file was chosen",
            "Go back and choose the file of people.",
        )
    })?;
    read(people, given("units")).map_err(|error| said(&error))
}

/// What is wrong with a file, for whoever brought it.
pub(crate) fn said(error: &EngineError) -> Failure {
    let text = error.to_string();
    if !error.is_users() {
        return Failure::Fault(text);
    }
    let (what, hint) = text.split_once("\nhint: ").unwrap_or((&text, ""));
    Failure::refused(what, hint)
}
