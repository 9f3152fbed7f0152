//! Customers' feedback, pushed in batches.

use super::body::Body;
use super::caller::Caller;
use super::idempotent::Asked;
use super::problem::{Problem, RowError};
use crate::error::Failure;
use crate::state::App;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use throughline_engine::workspace::{Pushed, push};
use throughline_ledger::audit::{self, Act};
use utoipa::ToSchema;

/// Rows that a batch may have.
const MOST_ROWS: usize = 10_000;
/// Refused rows that an answer lists.
const LISTED: usize = 100;

/// Rows of customers' feedback.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignalBatch {
    /// Where they were collected; a row's own `source` goes before it. Rows of one source are read
    /// as one survey, with one scale.
    #[schema(min_length = 1, max_length = 200)]
    source: String,
    /// The rows, 1 to 10,000.
    #[schema(min_items = 1, max_items = 10000)]
    rows: Vec<SignalRow>,
}

/// One piece of feedback: a score, a comment, or both.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignalRow {
    /// Unique; the same id with the same content is counted once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// The response it belongs to, where several rows make one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    response: Option<String>,
    /// The day, as `2026-03-31`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// The team, branch or store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    /// The step of the journey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
    /// Where it was collected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// The question asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    /// What the score is: `nps`, `csat`, `ces`, `mean`, `coded`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    metric: Option<String>,
    /// The score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    /// The comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    /// Its language, as `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    /// The customer, by an id of yours. No names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    customer: Option<String>,
    /// What the customer is worth, in your currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
}

/// What was taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Taken {
    /// The batch's name.
    batch: String,
    /// Its rows.
    rows: usize,
}

/// Push customers' feedback: all rows or none. When the answer comes, they are on disk.
#[utoipa::path(
    post,
    path = "/api/v1/signals",
    tag = "signals",
    request_body = SignalBatch,
    params(("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same body within a week, the answer is the same and nothing is stored twice")),
    responses(
        (status = 201, description = "All rows are on disk", body = Taken),
        (status = 400, description = "No JSON, or a key that can't be one", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No good token", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The token isn't for this", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The first request with this key is under way", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "More than 8 MB", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not sent as JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Rows that can't be taken, with row, column and reason; or another request under the same key", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "It can't be stored now", body = Problem, content_type = "application/problem+json"),
    ),
    security(("token" = ["signals:write"]))
)]
pub(crate) async fn write(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    body: Body<SignalBatch>,
) -> Result<Response, Problem> {
    let asked = Asked::new(
        caller.clone(),
        &headers,
        "POST /api/v1/signals",
        &body.bytes,
    )?;
    let batch = asked.name();
    // To its end, also when the caller leaves meanwhile: what is kept is noted, and its key known.
    let answering = async move {
        let taking = take(app.clone(), caller, batch, body.value);
        asked.answer(&app, StatusCode::CREATED, taking).await
    };
    tokio::spawn(answering).await.map_err(gone)?
}

async fn take(
    app: App,
    caller: Caller,
    batch: String,
    sent: SignalBatch,
) -> Result<Taken, Problem> {
    let refused = |detail: String| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail);
    let source = sent.source.trim().to_owned();
    if source.is_empty() || source.chars().count() > 200 {
        return Err(refused("`source` must be 1 to 200 letters".to_owned()));
    }
    if sent.rows.is_empty() || sent.rows.len() > MOST_ROWS {
        return Err(refused(format!("send 1 to {MOST_ROWS} rows at once")));
    }
    // An import leaves rows that say nothing out; who sends one here should know.
    let silent: Vec<RowError> = sent
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.says_nothing())
        .map(|(at, _)| RowError {
            row: at as u64 + 1,
            column: String::new(),
            value: String::new(),
            reason: "the row has neither a score nor a comment".to_owned(),
        })
        .collect();
    if !silent.is_empty() {
        return Err(refusal(silent));
    }
    let mut rows = sent.rows;
    for row in &mut rows {
        let own = row
            .source
            .as_ref()
            .is_some_and(|own| !own.trim().is_empty());
        if !own {
            row.source = Some(source.clone());
        }
    }
    let turn = app.machines.pushes.clone().acquire_owned().await;
    let turn = turn.map_err(gone)?;
    let (workspace, name) = (app.config.workspace.clone(), format!("api-{batch}"));
    let pushing = tokio::task::spawn_blocking(move || {
        // It goes on when the caller leaves, and so does its turn.
        let _turn = turn;
        push(&workspace, &name, &rows)
    });
    let pushed = pushing.await.map_err(gone)?;
    match pushed {
        Ok(Pushed::Stored { rows }) => {
            metrics::counter!("throughline_signals_pushed_total").increment(rows as u64);
            let act = Act::new(caller.who(), "signals.push", &source)
                .detail(format!("{rows} rows, batch {batch}"));
            audit::note(&app.ledger, act).await?;
            Ok(Taken { batch, rows })
        }
        Ok(Pushed::Refused(all)) => {
            let errors = all.into_iter().map(|row| RowError {
                row: row.row,
                column: row.column,
                value: row.value,
                reason: row.reason,
            });
            Err(refusal(errors.collect()))
        }
        Err(throughline_engine::EngineError::Output { source, .. }) => Err(Failure::Storage {
            what: "the rows couldn't be stored",
            why: source.to_string(),
        }
        .into()),
        Err(error) if error.is_users() => Err(refused(error.to_string())),
        Err(error) => Err(Failure::Fault(error.to_string()).into()),
    }
}

/// Rows that can't be taken.
fn refusal(mut errors: Vec<RowError>) -> Problem {
    let listed = if errors.len() > LISTED {
        "the first are"
    } else {
        "they are"
    };
    let detail = format!(
        "{} of the rows can't be taken, so none was: {listed} listed below",
        errors.len()
    );
    errors.truncate(LISTED);
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail).rows(errors)
}

impl SignalRow {
    fn says_nothing(&self) -> bool {
        let empty = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
        self.score.is_none() && empty(&self.comment)
    }
}

fn gone(error: impl std::fmt::Display) -> Problem {
    Failure::Fault(error.to_string()).into()
}
