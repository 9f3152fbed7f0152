//! Keys under which a machine may send the same request again.
//!
//! The same key and body get the answer that was given; the same key with another body is refused,
//! and so is a key whose first request is still under way. Only what was done is remembered:
//! a refusal is worked out anew, so that nothing of what was sent is kept beside the key.

use super::caller::Caller;
use super::problem::Problem;
use crate::state::App;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::future::Future;
use std::sync::{Mutex, PoisonError};
use throughline_ledger::idempotency::{self, Answered, Known};
use uuid::Uuid;

/// The header.
pub(crate) const HEADER: &str = "idempotency-key";
/// Letters a key may have.
const LONGEST: usize = 255;

/// Keys whose first request isn't answered yet.
#[derive(Default)]
pub(crate) struct UnderWay(Mutex<BTreeSet<(Uuid, String)>>);

/// A key that is being worked on; free again when dropped.
struct Held<'a> {
    all: &'a UnderWay,
    key: (Uuid, String),
}

impl UnderWay {
    fn hold(&self, token: Uuid, key: &str) -> Option<Held<'_>> {
        let key = (token, key.to_owned());
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.insert(key.clone()).then(|| Held { all: self, key })
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut held = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.remove(&self.key);
    }
}

/// A request: whose, and a hash of what it asks. Sent again under its key it has the same `name`.
pub(crate) struct Asked {
    caller: Caller,
    key: Option<String>,
    request: Vec<u8>,
}

impl Asked {
    /// Reads the key; `route` and `body` are what is asked.
    pub(crate) fn new(
        caller: Caller,
        headers: &HeaderMap,
        route: &str,
        body: &[u8],
    ) -> Result<Self, Problem> {
        let key = headers
            .get(HEADER)
            .map(|value| value.to_str().unwrap_or("").trim().to_owned());
        let fits = |key: &String| !key.is_empty() && key.len() <= LONGEST;
        if key.as_ref().is_some_and(|key| !fits(key)) {
            let detail = format!("`Idempotency-Key` must be 1 to {LONGEST} visible ASCII letters");
            return Err(Problem::new(StatusCode::BAD_REQUEST, detail));
        }
        let mut hasher = Sha256::new();
        hasher.update(route.as_bytes());
        hasher.update([0]);
        hasher.update(body);
        Ok(Self {
            caller,
            key,
            request: hasher.finalize().to_vec(),
        })
    }

    /// A name for what the request makes: the same if it is sent again under its key, else new.
    pub(crate) fn name(&self) -> String {
        let Some(key) = &self.key else {
            return Uuid::new_v4().simple().to_string();
        };
        let mut hasher = Sha256::new();
        hasher.update(self.caller.token.as_bytes());
        hasher.update(&self.request);
        hasher.update(key.as_bytes());
        hex::encode(&hasher.finalize()[..16])
    }

    /// Answers: from what is kept, or by doing it.
    pub(crate) async fn answer<T: Serialize>(
        &self,
        app: &App,
        status: StatusCode,
        doing: impl Future<Output = Result<T, Problem>>,
    ) -> Result<Response, Problem> {
        let token = self.caller.token;
        let Some(key) = &self.key else {
            return Ok(json(status, encoded(&doing.await?)?));
        };
        let Some(_held) = app.machines.under_way.hold(token, key) else {
            return Err(Problem::new(
                StatusCode::CONFLICT,
                "the first request with this `Idempotency-Key` is still under way: ask again in a moment",
            ));
        };
        let now = app.clock.now();
        match idempotency::look(&app.ledger, token, key, &self.request, now).await? {
            Known::Same(answered) => {
                let status = StatusCode::from_u16(answered.status).unwrap_or(StatusCode::OK);
                let mut response = json(status, answered.body);
                response
                    .headers_mut()
                    .insert("idempotent-replayed", HeaderValue::from_static("true"));
                return Ok(response);
            }
            Known::Other => {
                return Err(Problem::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "another request came under this `Idempotency-Key`: use a new key for a new request",
                ));
            }
            Known::New => {}
        }
        let body = encoded(&doing.await?)?;
        let answered = Answered {
            status: status.as_u16(),
            body: body.clone(),
        };
        let request = self.request.clone();
        idempotency::keep(&app.ledger, token, key.clone(), request, answered, now).await?;
        Ok(json(status, body))
    }
}

fn encoded(value: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(value).map_err(|error| {
        tracing::error!(%error, "an answer can't be written as JSON");
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "a fault of Throughline itself",
        )
    })
}

fn json(status: StatusCode, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
