//! Sessions of accounts, kept in the ledger. A respondent never has one: its time on disk would
//! tell who answered when.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use throughline_ledger::{Ledger, sessions};
use time::OffsetDateTime;
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, SessionManagerLayer, SessionStore};

/// The cookie's name; over TLS one that other hosts of the domain can't set.
fn cookie(secure: bool) -> &'static str {
    if secure {
        "__Host-throughline"
    } else {
        "throughline"
    }
}

/// Days after signing in, after which one signs in again: reading pages doesn't renew it.
const DAYS: i64 = 7;

/// The ledger as a store. It keeps the hash of a session's id: who reads the database can't sign
/// in with it.
#[derive(Clone)]
pub(crate) struct Store(pub Ledger);

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

/// The layer that pages of accounts are under.
pub(crate) fn layer(ledger: &Ledger, secure: bool) -> SessionManagerLayer<Store> {
    SessionManagerLayer::new(Store(ledger.clone()))
        .with_name(cookie(secure))
        .with_secure(secure)
        .with_http_only(true)
        // Strict would drop the cookie on the way back from a sign-in provider.
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(time::Duration::days(DAYS)))
}

fn hashed(id: Id) -> Vec<u8> {
    Sha256::digest(id.0.to_be_bytes()).to_vec()
}

fn moment(at: OffsetDateTime) -> DateTime<Utc> {
    DateTime::from_timestamp(at.unix_timestamp(), 0).unwrap_or_default()
}

#[async_trait]
impl SessionStore for Store {
    // Ids are 128 random bits: two that are equal don't happen.
    async fn create(&self, record: &mut Record) -> Result<()> {
        self.save(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let data =
            serde_json::to_value(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
        sessions::save(&self.0, hashed(record.id), data, moment(record.expiry_date))
            .await
            .map_err(|error| Error::Backend(error.to_string()))
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = sessions::load(&self.0, hashed(*id))
            .await
            .map_err(|error| Error::Backend(error.to_string()))?;
        let Some((data, expires_at)) = found else {
            return Ok(None);
        };
        let expiry_date = OffsetDateTime::from_unix_timestamp(expires_at.timestamp())
            .map_err(|error| Error::Decode(error.to_string()))?;
        if expiry_date <= OffsetDateTime::now_utc() {
            return Ok(None);
        }
        let data =
            serde_json::from_value(data).map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record {
            id: *id,
            data,
            expiry_date,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        sessions::delete(&self.0, hashed(*id))
            .await
            .map_err(|error| Error::Backend(error.to_string()))
    }
}
