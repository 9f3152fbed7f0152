//! Opens the database: a file of the workspace, or PostgreSQL.

use crate::error::{LedgerError, Result};
use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};
use std::path::{Path, PathBuf};
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

/// Pools: a few connections that read, one that clears up.
pub(crate) struct Pools {
    pub read: DatabaseConnection,
    pub upkeep: DatabaseConnection,
}

/// Connections to a PostgreSQL server that write in turn: while one is looked after, as the pool does
/// after every use, the other goes on.
pub(crate) const WRITERS: u32 = 2;
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
/// How long a writer's connection may rest before it is looked at.
const REST: Duration = Duration::from_secs(1);
/// How long clearing up waits for a lock on PostgreSQL, where whoever writes waits behind it: longer
/// than the second after which the server's own upkeep gives way. On SQLite it doesn't wait.
const UPKEEP_PATIENCE: Duration = Duration::from_millis(1_500);

/// Opens what the writer writes with, which belongs to the runtime that this runs in.
pub(crate) async fn connect_writer(place: &Where) -> Result<DatabaseConnection> {
    match place {
        Where::File(path) => Ok(Database::connect(file(path, 1, false, PATIENCE)).await?),
        Where::Postgres(address) => {
            // A plan that was made while the inbox was empty would read all of it ever after.
            let mut options = server(address, WRITERS, PATIENCE, "off");
            // In use all the time, it is looked at only after a rest: a look is one more way to the
            // server. Within the patience for a connection, so that a dead line holds up nobody for long.
            options.test_before_acquire(false);
            options.map_sqlx_postgres_pool_opts(|pool| {
                pool.before_acquire(|connection, seen| {
                    Box::pin(async move {
                        if seen.idle_for > REST {
                            connection.ping().await?;
                        }
                        Ok(true)
                    })
                })
            });
            let write = Database::connect(options).await?;
            keeps_what_it_acknowledges(&write).await?;
            Ok(write)
        }
    }
}

/// Opens the others, after the writer's.
pub(crate) async fn connect(place: &Where) -> Result<Pools> {
    let (read, upkeep) = match place {
        Where::File(path) => (
            file(path, READERS, true, PATIENCE),
            file(path, 1, false, Duration::ZERO),
        ),
        Where::Postgres(address) => (
            server(address, READERS, PATIENCE, "on"),
            server(address, 1, UPKEEP_PATIENCE, "on"),
        ),
    };
    Ok(Pools {
        read: Database::connect(read).await?,
        upkeep: Database::connect(upkeep).await?,
    })
}

fn file(path: &Path, most: u32, read_only: bool, patience: Duration) -> ConnectOptions {
    let path = path.to_path_buf();
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
}

fn server(
    address: &str,
    most: u32,
    patience: Duration,
    whole_tables: &'static str,
) -> ConnectOptions {
    let mut options = ConnectOptions::new(address);
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
