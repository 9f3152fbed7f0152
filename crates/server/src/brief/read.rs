//! `GET /briefs/{round}`: the brief as it was released.

use crate::error::Failure;
use crate::page::path::Ids;
use crate::state::App;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use throughline_engine::workspace::released;
use throughline_ledger::releases;
use uuid::Uuid;

/// The brief is one file with its styles inside: they may stand there, and nothing may run or be
/// fetched.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
     font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/// The page.
pub(crate) async fn page(
    State(app): State<App>,
    Ids([round]): Ids<1>,
) -> Result<Response, Failure> {
    let bytes = file(&app, round, "brief.html").await?;
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    Ok((headers, bytes).into_response())
}

/// A file of a released brief.
pub(crate) async fn file(app: &App, round: Uuid, name: &'static str) -> Result<Vec<u8>, Failure> {
    let release = releases::of_round(&app.ledger, round)
        .await?
        .ok_or(Failure::NotFound)?;
    let workspace = app.config.workspace.clone();
    let read = tokio::task::spawn_blocking(move || {
        let folder = released(&workspace, &release).map_err(|error| error.to_string())?;
        let Some(folder) = folder else {
            return Ok(None);
        };
        std::fs::read(folder.join(name))
            .map(Some)
            .map_err(|error| error.to_string())
    });
    let found = read
        .await
        .map_err(|error| Failure::Fault(error.to_string()))?;
    found
        .map_err(|why| Failure::Storage {
            what: "the brief's file can't be read",
            why,
        })?
        .ok_or(Failure::NotFound)
}
