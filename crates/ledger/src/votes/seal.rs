//! Seals a form: what it asked comes back with it, and nobody but us can have written it.

use crate::error::Result;
use crate::ledger::Ledger;
use crate::rounds::kept_secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

/// Sets this use of the round's secret apart from all others.
const PURPOSE: &[u8] = b"votes form";

async fn keyed(ledger: &Ledger, round: Uuid, text: &str) -> Result<Option<Hmac<Sha256>>> {
    let secret = kept_secret(ledger, round).await?;
    Ok(secret.as_ref().as_ref().and_then(|secret| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
        mac.update(PURPOSE);
        mac.update(&[0]);
        mac.update(text.as_bytes());
        Some(mac)
    }))
}

/// The seal of a text, under the round's secret; `None` once the secret is gone.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn seal(ledger: &Ledger, round: Uuid, text: &str) -> Result<Option<[u8; 32]>> {
    let mac = keyed(ledger, round, text).await?;
    Ok(mac.map(|mac| mac.finalize().into_bytes().into()))
}

/// Whether a seal is that of a text. Takes as long for a wrong one.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn is_sealed(ledger: &Ledger, round: Uuid, text: &str, seal: &[u8]) -> Result<bool> {
    let mac = keyed(ledger, round, text).await?;
    Ok(mac.is_some_and(|mac| mac.verify_slice(seal).is_ok()))
}
