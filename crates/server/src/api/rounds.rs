//! Rounds, as their pages tell of them; never who answered.

use super::problem::Problem;
use crate::error::Failure;
use crate::state::App;
use axum::Json;
use axum::extract::{Path, State};
use chrono::NaiveDate;
use serde::Serialize;
use throughline_ledger::{progress, releases, rounds};
use utoipa::ToSchema;
use uuid::Uuid;

/// A round.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Round {
    /// Its id.
    id: Uuid,
    /// Its name.
    name: String,
    /// `draft`, `open` or `closed`.
    state: String,
    /// The day on which it opens or opened.
    opens_on: Option<NaiveDate>,
    /// The last day on which answers are taken.
    closes_on: Option<NaiveDate>,
    /// Respondents that a figure about a group needs, by its terms.
    minimum_group: u32,
    /// Whether its brief was released.
    released: bool,
}

impl Round {
    fn of(round: rounds::Round, released: bool) -> Self {
        Self {
            id: round.id,
            name: round.name,
            state: round.state.name().to_owned(),
            opens_on: round.opens_on,
            closes_on: round.closes_on,
            minimum_group: round.terms.minimum_group,
            released,
        }
    }
}

/// How many have answered, as HR's page says it: counted once a day, rounded, never who.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoundProgress {
    /// The day on which it was counted; none where too few are asked.
    day: Option<NaiveDate>,
    /// Everybody first, then units from the top down.
    units: Vec<UnitProgress>,
}

/// How many of a unit have answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitProgress {
    /// The unit; none is everybody.
    unit: Option<String>,
    /// From 10 (10% or less) to 90 (90% or more), in tens.
    percent: u32,
}

/// How many have answered.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{round}/progress",
    tag = "rounds",
    params(("round" = Uuid, Path, description = "The round's id")),
    responses(
        (status = 200, description = "Progress of the day", body = RoundProgress),
        (status = 401, description = "No good token", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The token isn't for this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such round", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
    ),
    security(("token" = ["rounds:read"]))
)]
pub(crate) async fn progress(
    State(app): State<App>,
    Path(round): Path<String>,
) -> Result<Json<RoundProgress>, Problem> {
    let id: Uuid = round.parse().map_err(|_| Failure::NotFound)?;
    let round = rounds::by_id(&app.ledger, id).await?;
    let found = progress::of(&app.ledger, &round, app.clock.today()).await?;
    Ok(Json(found.map_or(
        RoundProgress {
            day: None,
            units: Vec::new(),
        },
        |found| {
            RoundProgress {
                day: Some(found.day),
                units: found
                    .units
                    .into_iter()
                    .map(|of| UnitProgress {
                        unit: of.unit,
                        percent: u32::from(of.tenths) * 10,
                    })
                    .collect(),
            }
        },
    )))
}

/// All rounds.
#[utoipa::path(
    get,
    path = "/api/v1/rounds",
    tag = "rounds",
    responses(
        (status = 200, description = "Rounds", body = [Round]),
        (status = 401, description = "No good token", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The token isn't for this", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
    ),
    security(("token" = ["rounds:read"]))
)]
pub(crate) async fn list(State(app): State<App>) -> Result<Json<Vec<Round>>, Problem> {
    let released: Vec<Uuid> = releases::list(&app.ledger)
        .await?
        .into_iter()
        .map(|release| release.round)
        .collect();
    let all = rounds::all(&app.ledger).await?.into_iter().map(|round| {
        let released = released.contains(&round.id);
        Round::of(round, released)
    });
    Ok(Json(all.collect()))
}

/// A round.
#[utoipa::path(
    get,
    path = "/api/v1/rounds/{round}",
    tag = "rounds",
    params(("round" = Uuid, Path, description = "The round's id")),
    responses(
        (status = 200, description = "The round", body = Round),
        (status = 401, description = "No good token", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The token isn't for this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such round", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
    ),
    security(("token" = ["rounds:read"]))
)]
pub(crate) async fn read(
    State(app): State<App>,
    Path(round): Path<String>,
) -> Result<Json<Round>, Problem> {
    let id: Uuid = round.parse().map_err(|_| Failure::NotFound)?;
    let round = rounds::by_id(&app.ledger, id).await?;
    let released = releases::of_round(&app.ledger, id).await?.is_some();
    Ok(Json(Round::of(round, released)))
}
