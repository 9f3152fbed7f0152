//! For whoever keeps the server running: does it live, can it work?

use crate::state::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use std::time::Duration;

/// How long a check may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long what was found is told again.
const FRESH: TimeDelta = TimeDelta::seconds(1);

/// What can work.
#[derive(Clone, Copy, Debug, Serialize)]
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

/// What was found a moment ago. Anyone may ask, and looking makes a file.
#[derive(Default)]
pub(crate) struct Seen(tokio::sync::Mutex<Option<(DateTime<Utc>, Ready)>>);

/// Looks, at most once a second.
pub(crate) async fn look(app: &App) -> Ready {
    let mut seen = app.machines.health.0.lock().await;
    let now = app.clock.now();
    if let Some((at, ready)) = *seen
        && (now - at).abs() < FRESH
    {
        return ready;
    }
    let ready = look_now(app).await;
    *seen = Some((now, ready));
    ready
}

async fn look_now(app: &App) -> Ready {
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

#[cfg(test)]
mod tests {
    use super::look;
    use crate::config::Config;
    use crate::state::{App, Clock};
    use chrono::{TimeDelta, Utc};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    #[tokio::test]
    async fn it_looks_at_most_once_a_second() {
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config::of(folder.path()).expect("settings");
        let (start, ran_ms) = (Utc::now(), Arc::new(AtomicI64::new(0)));
        let told = Arc::clone(&ran_ms);
        let clock =
            Clock::of(move || start + TimeDelta::milliseconds(told.load(Ordering::Relaxed)));
        let app = App::open_at(config, clock).await.expect("it opens");
        assert!(look(&app).await.is_ready());
        std::fs::remove_dir_all(folder.path()).expect("the workspace goes");
        ran_ms.store(999, Ordering::Relaxed);
        assert!(look(&app).await.is_ready());
        ran_ms.store(1_000, Ordering::Relaxed);
        assert!(!look(&app).await.is_ready());
    }
}
