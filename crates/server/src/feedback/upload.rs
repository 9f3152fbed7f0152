//! `POST /feedback/upload`

use crate::error::Failure;
use crate::guard::Who;
use crate::page::upload::{self, Form, filled};
use crate::page::waiting::Waiting;
use crate::people::said;
use crate::state::App;
use axum::extract::{Multipart, State};
use axum::response::Redirect;
use throughline_engine::people::Given;
use throughline_engine::workspace::{FeedbackRead, read_feedback};
use throughline_engine::{EngineError, ReadingOptions};

/// Fields for which a column may be named.
const COLUMNS: [&str; 5] = ["comment", "score", "at", "unit", "source"];

/// Reads a file of feedback and shows what was recognised.
pub(crate) async fn take(
    State(app): State<App>,
    who: Who,
    form: Multipart,
) -> Result<Redirect, Failure> {
    let form = filled(&app, form).await?;
    // Reading takes the machine's cores: as many at a time as batches of programs.
    let turn = app.machines.pushes.clone().acquire_owned().await;
    let turn = turn.map_err(|error| Failure::Fault(error.to_string()))?;
    let scratch = upload::folder(&app);
    let reading = tokio::task::spawn_blocking(move || {
        // It goes on when she closes the page, and so does its turn.
        let _turn = turn;
        read(&form, &scratch)
    });
    let read = reading
        .await
        .map_err(|error| Failure::Fault(error.to_string()))??;
    let id = app.feedback.keep(Waiting {
        account: who.account,
        at: app.clock.now(),
        read,
    });
    Ok(Redirect::to(&format!("/feedback/upload/{id}")))
}

fn read(form: &Form, scratch: &std::path::Path) -> Result<FeedbackRead, Failure> {
    let file = form.files.first().ok_or_else(|| {
        Failure::refused(
            "no file was chosen",
            "Go back and choose the file of feedback.",
        )
    })?;
    let given = Given {
        path: file.file.path(),
        name: &file.name,
    };
    read_feedback(given, &options(form), scratch).map_err(|error| trouble(&error))
}

fn options(form: &Form) -> ReadingOptions {
    let text = |name: &str| Some(form.text(name).to_owned()).filter(|text| !text.is_empty());
    // Several columns of comments make several comments of one answer.
    let maps = |field: &&'static str| {
        let columns = form.text(field).split(';').map(str::trim);
        let columns = columns.filter(|column| !column.is_empty());
        let maps = columns.map(|column| format!("signals.{field}={column}"));
        maps.collect::<Vec<_>>()
    };
    ReadingOptions {
        maps: COLUMNS.iter().flat_map(maps).collect(),
        date_order: text("date_order"),
        metric: text("metric"),
        // No scale: rows keep none, so a brief finds it from the scores, as it is found here.
        ..ReadingOptions::default()
    }
}

/// What is wrong: with the file for whoever brought it, with the disk for whoever runs the server.
pub(super) fn trouble(error: &EngineError) -> Failure {
    match error {
        EngineError::Output { source, .. } => Failure::Storage {
            what: "the feedback couldn't be stored",
            why: source.to_string(),
        },
        other => said(other),
    }
}
