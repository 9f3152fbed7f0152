//! The first start: whoever can read what the program says becomes the owner, once.
//!
//! There is no default password. The link's token is in this process's memory alone, and dies with
//! it or with the first account.

use crate::error::Failure;
use crate::state::App;
use std::sync::{Arc, Mutex, PoisonError};
use throughline_ledger::{accounts, secret};
use url::Url;

/// The token's hash, as long as there is no account.
#[derive(Clone, Default)]
pub struct Start(Arc<Mutex<Option<Vec<u8>>>>);

impl Start {
    /// The link to print, if there is no account.
    ///
    /// # Errors
    /// Where the ledger doesn't answer.
    pub async fn begin(&self, app: &App) -> throughline_ledger::Result<Option<Url>> {
        if accounts::any(&app.ledger).await? {
            return Ok(None);
        }
        let token = secret::token();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(secret::hash(&token));
        Ok(Some(app.config.address(&format!("/start/{token}"))))
    }

    /// Whether a token is the one that was printed and there is still no account.
    pub(crate) async fn fits(&self, app: &App, token: &str) -> Result<bool, Failure> {
        let fits = {
            let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            // Hashes: how far they agree tells nothing about the token.
            kept.as_deref() == Some(secret::hash(token).as_slice())
        };
        Ok(fits && !accounts::any(&app.ledger).await?)
    }

    /// It was used.
    pub(crate) fn end(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
