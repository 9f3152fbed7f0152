//! `POST /tokens/{token}/revoke`

use crate::error::Failure;
use crate::guard::Who;
use crate::state::App;
use axum::extract::{Path, State};
use axum::response::Redirect;
use throughline_ledger::tokens;
use uuid::Uuid;

/// Takes one away.
pub(crate) async fn revoke(
    State(app): State<App>,
    who: Who,
    Path(token): Path<String>,
) -> Result<Redirect, Failure> {
    let token: Uuid = token.parse().map_err(|_| Failure::NotFound)?;
    tokens::revoke(&app.ledger, &who.email, token).await?;
    Ok(Redirect::to("/tokens"))
}
