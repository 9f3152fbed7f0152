//! Keeps the table of `access`: looks the route up, finds the account, lets in or not.

use crate::access::{self, Access};
use crate::error::Failure;
use crate::state::App;
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use throughline_domain::listen::AccountRole;
use throughline_ledger::accounts;
use tower_sessions::Session;
use uuid::Uuid;

/// The account that is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Its id.
    pub account: Uuid,
    /// Its address.
    pub email: String,
    /// What it is for.
    pub role: AccountRole,
    /// A unit manager's unit.
    pub unit: Option<Uuid>,
}

impl Who {
    /// Whether she may use a route, as the router writes it.
    pub(crate) fn may(&self, method: &axum::http::Method, path: &str) -> bool {
        access::may(self.role, method, path)
    }
}

/// Under which name a session holds its account.
pub(crate) const ACCOUNT: &str = "account";

/// For account holders' and respondents' pages. The API has a guard of its own.
pub(crate) async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let rule = request
        .extensions()
        .get::<MatchedPath>()
        .and_then(|path| access::of(request.method(), path.as_str()));
    match rule {
        None | Some(Access::Token(_)) => Failure::NotFound.into_response(),
        Some(Access::Anyone) => next.run(request).await,
        Some(Access::Roles(roles)) => match who(&app, request.extensions().get().cloned()).await {
            Err(failure) => failure.into_response(),
            Ok(None) => sign_in(&request),
            Ok(Some(who)) if !roles.contains(&who.role) => Failure::Forbidden.into_response(),
            Ok(Some(who)) => {
                request.extensions_mut().insert(who);
                next.run(request).await
            }
        },
    }
}

/// The account of a session, unless it was shut.
pub(crate) async fn who(app: &App, session: Option<Session>) -> Result<Option<Who>, Failure> {
    let Some(session) = session else {
        return Ok(None);
    };
    let Some(id) = session
        .get::<Uuid>(ACCOUNT)
        .await
        .map_err(|error| Failure::Fault(error.to_string()))?
    else {
        return Ok(None);
    };
    let account = accounts::by_id(&app.ledger, id).await?;
    Ok(account
        .filter(|account| !account.disabled)
        .map(|account| Who {
            account: account.id,
            email: account.email,
            role: account.role,
            unit: account.unit,
        }))
}

/// Where a page was asked for, its place is kept for after signing in.
fn sign_in(request: &Request) -> Response {
    if request.method() != axum::http::Method::GET {
        return Failure::SignedOut.into_response();
    }
    let next = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish();
    Redirect::to(&format!("/sign-in?{query}")).into_response()
}

impl<S: Send + Sync> FromRequestParts<S> for Who {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts
            .extensions
            .get::<Who>()
            .cloned()
            .ok_or(Failure::SignedOut)
    }
}
