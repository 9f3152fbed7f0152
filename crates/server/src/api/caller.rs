//! Keeps the table of `access` for machines: finds the token, its scope, and how much it asked.

use super::problem::Problem;
use crate::access::{self, Access};
use crate::error::Failure;
use crate::state::App;
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::{DefaultKeyedRateLimiter, Quota};
use std::num::NonZeroU32;
use throughline_ledger::tokens::{self, Token};
use uuid::Uuid;

/// Requests a token may make a second, and at once.
const A_SECOND: NonZeroU32 = NonZeroU32::new(20).unwrap();
const AT_ONCE: NonZeroU32 = NonZeroU32::new(100).unwrap();

/// How much each token asked lately.
pub(crate) struct Limits(DefaultKeyedRateLimiter<Uuid>);

impl Limits {
    pub(crate) fn new() -> Self {
        Self(DefaultKeyedRateLimiter::keyed(
            Quota::per_second(A_SECOND).allow_burst(AT_ONCE),
        ))
    }
}

/// The machine that calls.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// Its token's id.
    pub token: Uuid,
    /// Its token's name.
    pub name: String,
}

impl Caller {
    /// What the audit log calls it.
    pub(crate) fn who(&self) -> String {
        format!("token:{}", self.name)
    }
}

pub(crate) async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let rule = request
        .extensions()
        .get::<MatchedPath>()
        .and_then(|path| access::of(request.method(), path.as_str()));
    match rule {
        Some(Access::Anyone) => next.run(request).await,
        Some(Access::Token(scope)) => {
            let said = request.headers().get(header::AUTHORIZATION).cloned();
            let token = match token(&app, said.as_ref()).await {
                Ok(token) => token,
                Err(problem) => return problem.into_response(),
            };
            if !token.scopes.contains(&scope) {
                let detail = format!("the token isn't for `{}`: make another", scope.name());
                return Problem::new(StatusCode::FORBIDDEN, detail).into_response();
            }
            if app.machines.limits.0.check_key(&token.id).is_err() {
                return Problem::from(Failure::TooMany).into_response();
            }
            request.extensions_mut().insert(Caller {
                token: token.id,
                name: token.name,
            });
            next.run(request).await
        }
        None | Some(Access::Roles(_)) => Problem::from(Failure::NotFound).into_response(),
    }
}

async fn token(app: &App, said: Option<&HeaderValue>) -> Result<Token, Problem> {
    let none = || {
        Problem::new(
            StatusCode::UNAUTHORIZED,
            "no good token: send one as `Authorization: Bearer tl_…`; an owner makes them on the page of tokens",
        )
    };
    let (kind, text) = said
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .ok_or_else(none)?;
    if !kind.eq_ignore_ascii_case("bearer") {
        return Err(none());
    }
    tokens::by_secret(&app.ledger, text.trim(), app.clock.now())
        .await?
        .ok_or_else(none)
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Failure::SignedOut.into())
    }
}
