//! Opens the database: a file of the workspace, or PostgreSQL.

use crate::error::{LedgerError, Result};
use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};
use std::path::PathBuf;
use std::time::Duration;

/// Where the ledger lives.
#[derive(Clone)]
pub enum Where {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL database, by its address. Holds a password: never printed.
    Postgres(String),
}

impl std::fmt::Debug for Where {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => write!(f, "File({})", path.display()),
            Self::Postgres(_) => write!(f, "Postgres(address withheld)"),
        }
    }
}

/// Pools: one connection that writes, a few that read, one that clears up after them.
pub(crate) struct Pools {
    pub write: DatabaseConnection,
    pub read: DatabaseConnection,
    pub upkeep: DatabaseConnection,
}

const READERS: u32 = 8;
/// Statements that a connection keeps ready.
const STATEMENTS: usize = 256;
/// What a connection to a file keeps of it in memory: 32 MB, by SQLite's way to say so.
const PAGES: &str = "-32000";
/// Pages of the journal after which they are written into the file itself: 32 MB. Many answers then
/// share the writing of a page; the inbox's stirring empties the journal anyway.
const JOURNAL: &str = "8000";
/// How long to wait for a connection, or for a lock that somebody else holds.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long clearing up waits for a lock on PostgreSQL, where whoever writes waits behind it: longer
/// than the second after which the server's own upkeep gives way. On SQLite it doesn't wait.
const UPKEEP_PATIENCE: Duration = Duration::from_millis(1_500);

pub(crate) async fn connect(place: &Where) -> Result<Pools> {
    match place {
        Where::File(path) => {
            let with = |most: u32, read_only: bool, patience: Duration| {
                let path = path.clone();
                // The path is no part of an address: it may hold `?` or `%`.
                let mut options = ConnectOptions::new("sqlite://?mode=rwc");
                options
                    .max_connections(most)
                    .acquire_timeout(PATIENCE)
                    // A file doesn't go away between two uses of a connection.
                    .test_before_acquire(false)
                    .sqlx_logging(false)
                    .map_sqlx_sqlite_opts(move |options| {
                        options
                            .filename(&path)
                            .journal_mode(SqliteJournalMode::Wal)
                            .synchronous(SqliteSynchronous::Full)
                            .foreign_keys(true)
                            .busy_timeout(patience)
                            .statement_cache_capacity(STATEMENTS)
                            .pragma("cache_size", PAGES)
                            .pragma("wal_autocheckpoint", JOURNAL)
                            // What is deleted is overwritten, not only forgotten.
                            .pragma("secure_delete", "ON")
                            .pragma("query_only", if read_only { "ON" } else { "OFF" })
                    })
                    // SQLite may have ended a transaction by itself (disk full), after which the
                    // driver's count is wrong for good: such a connection isn't used again.
                    .map_sqlx_sqlite_pool_opts(|pool| {
                        pool.after_release(|connection, _| {
                            Box::pin(async move {
                                // A rollback may still be waiting in its queue.
                                connection.ping().await?;
                                Ok(!connection.is_in_transaction())
                            })
                        })
                    });
                options
            };
            let write = Database::connect(with(1, false, PATIENCE)).await?;
            let read = Database::connect(with(READERS, true, PATIENCE)).await?;
            let upkeep = Database::connect(with(1, false, Duration::ZERO)).await?;
            Ok(Pools {
                write,
                read,
                upkeep,
            })
        }
        Where::Postgres(address) => {
            let with = |most: u32, patience: Duration, whole_tables: &'static str| {
                let mut options = ConnectOptions::new(address.clone());
                options
                    .max_connections(most)
                    .acquire_timeout(PATIENCE)
                    // A server goes away and comes back: a dead connection is nobody's error page.
                    .test_before_acquire(true)
                    .sqlx_logging(false)
                    .map_sqlx_postgres_opts(move |options| {
                        options.statement_cache_capacity(STATEMENTS).options([
                            ("lock_timeout", patience.as_millis().to_string()),
                            ("enable_seqscan", whole_tables.to_owned()),
                            // It compiles what seems dear: with the above, what has no index.
                            ("jit", "off".to_owned()),
                        ])
                    });
                options
            };
            // A plan that was made while the inbox was empty would read all of it ever after.
            let write = Database::connect(with(1, PATIENCE, "off")).await?;
            keeps_what_it_acknowledges(&write).await?;
            let read = Database::connect(with(READERS, PATIENCE, "on")).await?;
            let upkeep = Database::connect(with(1, UPKEEP_PATIENCE, "on")).await?;
            Ok(Pools {
                write,
                read,
                upkeep,
            })
        }
    }
}

/// A PostgreSQL that acknowledges before the disk has it can't keep our promise.
async fn keeps_what_it_acknowledges(connection: &DatabaseConnection) -> Result<()> {
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        let row = connection
            .query_one_raw(Statement::from_string(
                DbBackend::Postgres,
                format!("SHOW {setting}"),
            ))
            .await?;
        let value: String = match row {
            Some(row) => row.try_get_by_index(0)?,
            None => continue,
        };
        if value == "off" {
            return Err(LedgerError::Unfit {
                what: format!(
                    "this PostgreSQL runs with `{setting} = off`: an answer that was acknowledged could be lost"
                ),
                hint: "set it to `on`, or give another database",
            });
        }
    }
    Ok(())
}
