//! `POST /feedback/upload/{id}`

use super::preview::gone;
use super::upload::trouble;
use crate::error::Failure;
use crate::guard::Who;
use crate::page::path::Ids;
use crate::page::sent::Sent;
use crate::state::App;
use axum::extract::State;
use axum::response::Redirect;
use throughline_engine::workspace::keep_feedback;
use throughline_ledger::audit::{self, Act};
use uuid::Uuid;

/// Letters of a source's name.
const LONGEST_SOURCE: usize = 200;

/// Keeps what was looked at.
pub(crate) async fn confirm(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
    sent: Sent,
) -> Result<Redirect, Failure> {
    let source = sent.text("source").to_owned();
    if source.chars().count() > LONGEST_SOURCE || source.chars().any(char::is_control) {
        return Err(Failure::refused(
            "the name of where it was collected is too long, or holds letters that can't be seen",
            "Go back and give a shorter one.",
        ));
    }
    // To its end, also when she closes the page meanwhile: what is kept is noted.
    let rows = tokio::spawn(keep(app, who, id, source))
        .await
        .map_err(|error| Failure::Fault(error.to_string()))??;
    Ok(Redirect::to(&format!("/feedback?rows={rows}")))
}

/// Keeps the file, notes it, and forgets what waits. Gives the rows that were kept.
async fn keep(app: App, who: Who, id: Uuid, source: String) -> Result<u64, Failure> {
    let turn = app.machines.pushes.clone().acquire_owned().await;
    let turn = turn.map_err(|error| Failure::Fault(error.to_string()))?;
    let _alone = app.machines.files.clone().lock_owned().await;
    // Looked up now: of two presses, the second may have waited for the first.
    let waiting = app
        .feedback
        .of(id, who.account, app.clock.now())
        .ok_or_else(gone)?;
    let (workspace, kept) = (app.config.workspace.clone(), waiting.clone());
    let keeping = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let source = Some(source.as_str()).filter(|source| !source.is_empty());
        keep_feedback(&workspace, &kept.read, source)
    });
    let name = keeping
        .await
        .map_err(|error| Failure::Fault(error.to_string()))?
        .map_err(|error| trouble(&error))?;
    let read = &waiting.read;
    let detail = format!(
        "{} rows kept, {} refused, as {name}",
        read.rows, read.report.rows_rejected
    );
    let act = Act::new(who.email, "signals.import", &read.report.file).detail(detail);
    audit::note(&app.ledger, act).await?;
    // Last: where the note failed, she can press once more.
    app.feedback.forget(id);
    Ok(read.rows)
}
