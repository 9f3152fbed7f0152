//! `POST /briefs/{round}/write`

use crate::error::Failure;
use crate::guard::Who;
use crate::page::path::Ids;
use crate::page::sent::Sent;
use crate::page::sure::ticked;
use crate::state::App;
use axum::extract::State;
use axum::response::Redirect;
use std::panic::{AssertUnwindSafe, catch_unwind};
use throughline_engine::EngineError;
use throughline_engine::ReadingOptions;
use throughline_engine::workspace::{self, WorkspaceRequest};
use throughline_ledger::releases;
use tokio::runtime::Handle;

/// Starts to write the brief of a round; the page of briefs tells how far it is.
pub(crate) async fn start(
    State(app): State<App>,
    who: Who,
    Ids([round]): Ids<1>,
    sent: Sent,
) -> Result<Redirect, Failure> {
    ticked(&sent)?;
    // What can be told at once is told at once.
    releases::material(&app.ledger, Some(&round.to_string())).await?;
    let desk = app.machines.desk.clone();
    if !desk.take(round) {
        return Err(Failure::refused(
            "a brief is being written already",
            "One is written at a time: wait until it is there.",
        ));
    }
    let request = WorkspaceRequest {
        workspace: app.config.workspace.clone(),
        round: Some(round.to_string()),
        tables: Vec::new(),
        reading: ReadingOptions::default(),
        company: Some(app.config.company.clone()).filter(|name| !name.is_empty()),
        out: None,
        seed: 1,
        who: who.email,
    };
    let runtime = Handle::current();
    tokio::task::spawn_blocking(move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            workspace::brief(&runtime, &app.ledger, &request, &desk)
        }));
        let failed = match outcome {
            Ok(Ok(_)) => {
                metrics::counter!("throughline_briefs_released_total").increment(1);
                None
            }
            Ok(Err(error)) if error.is_users() => Some(error.to_string()),
            Ok(Err(error)) => Some(fault(&error.to_string())),
            Err(_) => Some(fault("it panicked")),
        };
        desk.clear(round, failed);
    });
    Ok(Redirect::to("/briefs"))
}

fn fault(why: &str) -> String {
    tracing::error!(why, "a brief can't be written");
    EngineError::Fault("tell whoever runs this server".to_owned()).to_string()
}
