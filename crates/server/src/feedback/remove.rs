//! `POST /feedback/remove`

use super::upload::trouble;
use crate::error::Failure;
use crate::guard::Who;
use crate::page::sent::Sent;
use crate::page::sure::ticked;
use crate::state::App;
use axum::extract::State;
use axum::response::Redirect;
use throughline_engine::workspace::remove_brought;
use throughline_ledger::audit::{self, Act};

/// Takes out a file that somebody brought.
pub(crate) async fn remove(
    State(app): State<App>,
    who: Who,
    sent: Sent,
) -> Result<Redirect, Failure> {
    ticked(&sent)?;
    let name = sent.text("file").to_owned();
    // To its end, also when she closes the page meanwhile: what is gone is noted.
    tokio::spawn(take_out(app, who, name))
        .await
        .map_err(|error| Failure::Fault(error.to_string()))??;
    Ok(Redirect::to("/feedback?removed=1"))
}

async fn take_out(app: App, who: Who, name: String) -> Result<(), Failure> {
    // Not while another file takes its place.
    let turn = app.machines.pushes.clone().acquire_owned().await;
    let turn = turn.map_err(|error| Failure::Fault(error.to_string()))?;
    let (workspace, file) = (app.config.workspace.clone(), name.clone());
    let removing = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        remove_brought(&workspace, &file)
    });
    let was_there = removing
        .await
        .map_err(|error| Failure::Fault(error.to_string()))?
        .map_err(|error| trouble(&error))?;
    if !was_there {
        return Err(Failure::refused(
            "there is no such file that was brought here",
            "Somebody may have taken it out before. The page Feedback shows what is here now.",
        ));
    }
    audit::note(&app.ledger, Act::new(who.email, "signals.remove", name)).await?;
    Ok(())
}
