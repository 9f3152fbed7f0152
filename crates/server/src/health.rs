//! For whoever keeps the server running: does it live, can it work?

use crate::state::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use std::time::Duration;

/// How long a check may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// What can work.
#[derive(Debug, Serialize)]
pub(crate) struct Ready {
    /// Whether all of it can.
    ready: bool,
    /// Whether the database answers.
    database: bool,
    /// Whether the workspace can be written to.
    workspace: bool,
}

/// `GET /healthz`: the program runs.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database answers and the workspace can be written to.
pub(crate) async fn ready(State(app): State<App>) -> (StatusCode, Json<Ready>) {
    let ready = look(&app).await;
    let status = if ready.ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(ready))
}

/// Looks.
pub(crate) async fn look(app: &App) -> Ready {
    let database = tokio::time::timeout(PATIENCE, app.ledger.ping())
        .await
        .is_ok_and(|answered| answered.is_ok());
    let folder = app.config.workspace.clone();
    let writing = tokio::task::spawn_blocking(move || tempfile::tempfile_in(folder).is_ok());
    let workspace = tokio::time::timeout(PATIENCE, writing)
        .await
        .is_ok_and(|written| written.unwrap_or(false));
    Ready {
        ready: database && workspace,
        database,
        workspace,
    }
}

impl Ready {
    /// Whether all can work.
    pub(crate) fn is_ready(&self) -> bool {
        self.ready
    }
}
