//! `POST /sign-out`

use super::enter::failed;
use crate::error::Failure;
use axum::response::Redirect;
use tower_sessions::Session;

/// Ends the session, here and in the database.
pub(crate) async fn leave(session: Session) -> Result<Redirect, Failure> {
    session.flush().await.map_err(failed)?;
    Ok(Redirect::to("/sign-in"))
}
