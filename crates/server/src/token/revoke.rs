//! `POST /tokens/{token}/revoke`

use crate::error::Failure;
use crate::guard::Who;
use crate::page::path::Ids;
use crate::page::sent::Sent;
use crate::page::sure::ticked;
use crate::state::App;
use axum::extract::State;
use axum::response::Redirect;
use throughline_ledger::tokens;

/// Takes one away.
pub(crate) async fn revoke(
    State(app): State<App>,
    who: Who,
    Ids([token]): Ids<1>,
    sent: Sent,
) -> Result<Redirect, Failure> {
    ticked(&sent)?;
    tokens::revoke(&app.ledger, &who.email, token).await?;
    Ok(Redirect::to("/tokens"))
}
