//! One server a ledger: marks of use wait in one process's memory, and of two servers each would let
//! a way in serve once.
//!
//! A lock that the system takes away with the process, however it ends: on a file beside SQLite's, or
//! of a session of PostgreSQL. Programs that let nobody in (backups, the command line) don't need it.

use crate::connect::Where;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use sea_orm::DbErr;
use sea_orm::sqlx::{self, Connection, PgConnection};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::task::JoinHandle;

/// How long the end of an earlier server is waited for.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(250);
/// How often PostgreSQL is asked whether the lock is there still.
const LOOK: Duration = Duration::from_secs(20);
const SERVERS_LOCK: &str = "SELECT pg_try_advisory_lock(7165910214)";

/// For as long as it is held no other server opens.
pub struct Alone {
    _held: Held,
}

enum Held {
    File {
        _file: File,
    },
    Session(JoinHandle<()>),
    /// A disk that knows no locks.
    Nothing,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Self::Session(watch) = self {
            watch.abort();
        }
    }
}

/// Takes the lock.
///
/// # Errors
/// Where another server has it, or the database doesn't answer.
pub async fn alone(ledger: &Ledger) -> Result<Alone> {
    for _ in 0..TRIES {
        let held = match ledger.place() {
            Where::File(path) => of_file(path)?,
            Where::Postgres(address) => of_session(address).await?,
        };
        if let Some(held) = held {
            return Ok(Alone { _held: held });
        }
        tokio::time::sleep(PAUSE).await;
    }
    Err(LedgerError::refused(
        "another server has this ledger open: each would let the same person answer once",
        "stop that one first; `throughline backup` and the like can run beside it",
    ))
}

fn of_file(ledger: &Path) -> Result<Option<Held>> {
    let mut path = ledger.as_os_str().to_owned();
    path.push(".serving");
    let path = PathBuf::from(path);
    let file = File::create(&path).map_err(|source| LedgerError::File {
        what: format!("can't write `{}`", path.display()),
        source,
        hint: "let the user that Throughline runs as write to that folder",
    })?;
    Ok(match file.try_lock() {
        Ok(()) => Some(Held::File { _file: file }),
        Err(TryLockError::WouldBlock) => None,
        Err(TryLockError::Error(error)) => {
            tracing::warn!(%error, "this disk knows no locks: see that one server alone runs");
            Some(Held::Nothing)
        }
    })
}

async fn of_session(address: &str) -> Result<Option<Held>> {
    let Some(session) = locked(address).await.map_err(in_words)? else {
        return Ok(None);
    };
    let watch = tokio::spawn(watch(address.to_owned(), session));
    Ok(Some(Held::Session(watch)))
}

async fn locked(address: &str) -> std::result::Result<Option<PgConnection>, sqlx::Error> {
    let mut session = PgConnection::connect(address).await?;
    let has: bool = sqlx::query_scalar(SERVERS_LOCK)
        .fetch_one(&mut session)
        .await?;
    Ok(has.then_some(session))
}

/// A database that went away took the lock with it: it is taken again when it is back.
async fn watch(address: String, mut session: PgConnection) {
    loop {
        tokio::time::sleep(LOOK).await;
        if session.ping().await.is_ok() {
            continue;
        }
        match locked(&address).await {
            Ok(Some(again)) => session = again,
            Ok(None) => tracing::error!(
                "another server opened this ledger while the database was away: stop one of them"
            ),
            Err(error) => tracing::warn!(%error, "the database is away"),
        }
    }
}

fn in_words(error: sqlx::Error) -> LedgerError {
    LedgerError::Database(DbErr::Custom(error.to_string()))
}
