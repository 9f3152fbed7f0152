//! What signing in does to a session, however somebody proved who she is.

use crate::error::Failure;
use crate::guard::ACCOUNT;
use throughline_ledger::accounts::Account;
use tower_sessions::Session;
use tower_sessions::session::Error;

/// Signs in: a new id, so that one that somebody else knew or set is worth nothing, and nothing of
/// what the session held before.
pub(crate) async fn enter(session: &Session, account: &Account) -> Result<(), Failure> {
    session.cycle_id().await.map_err(failed)?;
    session.clear().await;
    session.insert(ACCOUNT, account.id).await.map_err(failed)
}

/// A session that can't be kept: the database's fault.
pub(crate) fn failed(error: Error) -> Failure {
    Failure::Unavailable(error.to_string())
}
