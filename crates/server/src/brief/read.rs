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

/// Where the brief's own part begins.
const BODY: &[u8] = b"</head><body>";
/// A way back to the list; paper needs none.
const BACK: &str = "<style>.back{padding:0 1.25rem;font-family:var(--sans)}\
     .back a{display:inline-block;padding:.7rem 0}@media print{.back{display:none}}</style>\
     </head><body><nav class=\"back\" aria-label=\"Throughline\">\
     <a href=\"/briefs\">\u{2190} All briefs</a></nav>";

/// The page.
pub(crate) async fn page(
    State(app): State<App>,
    Ids([round]): Ids<1>,
) -> Result<Response, Failure> {
    let bytes = with_a_way_back(file(&app, round, "brief.html").await?);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    Ok((headers, bytes).into_response())
}

/// The brief with a link to the list at its top: the file itself stays as it was released.
fn with_a_way_back(mut bytes: Vec<u8>) -> Vec<u8> {
    let found = bytes.windows(BODY.len()).position(|part| part == BODY);
    if let Some(at) = found {
        bytes.splice(at..at + BODY.len(), BACK.bytes());
    }
    bytes
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
