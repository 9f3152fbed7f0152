//! `POST /feedback/remove`

use super::upload::trouble;
use crate::brief::Work;
use crate::error::Failure;
use crate::guard::Who;
use crate::page::sent::Sent;
use crate::page::sure::ticked;
use crate::state::App;
use axum::extract::State;
use axum::response::Redirect;
use throughline_engine::EngineError;
use throughline_engine::workspace::set_aside;
use throughline_ledger::audit::{self, Act};

/// Takes out a file that somebody brought.
pub(crate) async fn remove(
    State(app): State<App>,
    who: Who,
    sent: Sent,
) -> Result<Redirect, Failure> {
    ticked(&sent)?;
    let name = sent.text("file").to_owned();
    let seen = sent.text("seen").to_owned();
    // To its end, also when she closes the page meanwhile.
    tokio::spawn(take_out(app, who, name, seen))
        .await
        .map_err(|error| Failure::Fault(error.to_string()))??;
    Ok(Redirect::to("/feedback?removed=1"))
}

/// Sets it aside, notes it, deletes it: it isn't gone before the audit log says so, and a run that is
/// killed in between has it deleted by the next.
async fn take_out(app: App, who: Who, name: String, seen: String) -> Result<(), Failure> {
    let _alone = app.machines.files.clone().lock_owned().await;
    if matches!(app.machines.desk.work(), Work::Writing { .. }) {
        return Err(Failure::refused(
            "a brief is being written, and reads this file",
            "Wait until it is done: the page Briefs says so.",
        ));
    }
    let (workspace, file) = (app.config.workspace.clone(), name.clone());
    let aside = blocking(move || set_aside(&workspace, &file, &seen)).await?;
    let aside = aside.ok_or_else(|| {
        Failure::refused(
            "there is no such file that was brought here",
            "It may have been taken out, or brought anew, since the page was shown. The page Feedback shows what is here now.",
        )
    })?;
    let note = Act::new(who.email, "signals.remove", name);
    if let Err(error) = audit::note(&app.ledger, note).await {
        blocking(move || aside.put_back()).await?;
        return Err(error.into());
    }
    blocking(move || aside.delete()).await
}

async fn blocking<T: Send + 'static>(
    act: impl FnOnce() -> Result<T, EngineError> + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(act).await;
    let done = done.map_err(|error| Failure::Fault(error.to_string()))?;
    done.map_err(|error| match error {
        EngineError::Output { source, .. } => Failure::Storage {
            what: "the file couldn't be taken out",
            why: source.to_string(),
        },
        other => trouble(&other),
    })
}
