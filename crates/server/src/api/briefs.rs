//! Released briefs.

use super::problem::Problem;
use crate::brief::file;
use crate::error::Failure;
use crate::state::App;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Serialize;
use throughline_ledger::releases;
use utoipa::ToSchema;
use uuid::Uuid;

/// A brief that was released.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Brief {
    /// The round's id.
    round: Uuid,
    /// The round's name.
    name: String,
    /// When it was released.
    released_at: DateTime<Utc>,
    /// People who answered.
    respondents: u64,
    /// SHA-256 of `brief.json`, in hexadecimal.
    sha256: String,
}

/// All released briefs, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/briefs",
    tag = "briefs",
    responses(
        (status = 200, description = "Briefs", body = [Brief]),
        (status = 401, description = "No good token", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The token isn't for this", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
    ),
    security(("token" = ["briefs:read"]))
)]
pub(crate) async fn list(State(app): State<App>) -> Result<Json<Vec<Brief>>, Problem> {
    let all = releases::list(&app.ledger).await?;
    let briefs = all.into_iter().map(|release| Brief {
        round: release.round,
        name: release.name,
        released_at: release.at,
        respondents: release.respondents,
        sha256: hex::encode(&release.brief),
    });
    Ok(Json(briefs.collect()))
}

/// The released brief of a round, as `throughline brief` writes `brief.json`.
#[utoipa::path(
    get,
    path = "/api/v1/briefs/{round}",
    tag = "briefs",
    params(("round" = Uuid, Path, description = "The round's id")),
    responses(
        (status = 200, description = "The brief", body = Object),
        (status = 401, description = "No good token", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The token isn't for this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No brief of this round", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Its file can't be read now", body = Problem, content_type = "application/problem+json"),
    ),
    security(("token" = ["briefs:read"]))
)]
pub(crate) async fn read(
    State(app): State<App>,
    Path(round): Path<String>,
) -> Result<Response, Problem> {
    let round: Uuid = round.parse().map_err(|_| Failure::NotFound)?;
    let bytes = file(&app, round, "brief.json").await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], bytes).into_response())
}
