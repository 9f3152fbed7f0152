//! Takes away what a database keeps of rows that are gone: old versions, free space, the journal.
//!
//! It never stands in a respondent's way for long: where somebody reads for long (a backup, a dump),
//! it goes away at once and the background task comes back ([`settle`](super::settle)). What it
//! clears up after is committed already, so its own failures are said in the log alone.

use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use std::time::Duration;

/// Tables that tell of respondents.
pub(crate) const TABLES: [&str; 8] = [
    "answer", "edge_tap", "idea", "inbox", "round", "slip", "used", "vote",
];
/// Among tables: SQLite's whole file.
const WHOLE: &str = "";
/// Tries to empty SQLite's journal, and the pause between two.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(50);

/// After rows of these tables were rewritten; whether it is done. What isn't is left to the
/// background task.
///
/// SQLite overwrites what is deleted by itself, so its journal alone is left to empty; PostgreSQL
/// writes the tables anew, once nobody may want to see their old versions any more. Its own journal
/// (`pg_wal`) can't be emptied from here. A connection that is just being opened looks back, too, and
/// PostgreSQL shows it nowhere: so the background task does all of it once more.
pub(crate) async fn scrub(ledger: &Ledger, tables: &[&'static str]) -> bool {
    let is_done = scrub_again(ledger, tables).await;
    if is_done && ledger.backend() == DbBackend::Postgres {
        ledger.ballots().leave(tables);
    }
    is_done
}

/// The same, for what was left.
pub(crate) async fn scrub_again(ledger: &Ledger, tables: &[&'static str]) -> bool {
    let done = match ledger.backend() {
        DbBackend::Postgres => write_anew(ledger, tables).await,
        _ => in_file(ledger, tables.contains(&WHOLE)).await,
    };
    match done {
        Ok(true) => return true,
        Ok(false) => {
            tracing::info!(
                "somebody reads the database for long; what was deleted is cleared later"
            );
        }
        Err(error) => {
            tracing::warn!(%error, "what was deleted couldn't be cleared; it is tried again");
        }
    }
    ledger.ballots().leave(tables);
    false
}

/// After everything of a round was rewritten.
pub(crate) async fn scrub_all(ledger: &Ledger, tables: &[&'static str]) -> bool {
    scrub(ledger, &[tables, &[WHOLE]].concat()).await
}

async fn write_anew(ledger: &Ledger, tables: &[&'static str]) -> Result<bool> {
    if !nobody_looks_back(ledger).await? {
        return Ok(false);
    }
    for table in tables.iter().filter(|table| **table != WHOLE) {
        // Waits for a reader no longer than the connection's short patience: whoever wants to write
        // waits behind it.
        let vacuum = format!("VACUUM (FULL) {table}");
        ledger.upkeep().execute_unprepared(&vacuum).await?;
    }
    Ok(true)
}

/// Waits for transactions that began before this moment, such as a dump, up to two seconds; whether
/// they ended.
async fn nobody_looks_back(ledger: &Ledger) -> Result<bool> {
    let connection = ledger.upkeep();
    let ask = |sql: String| Statement::from_string(DbBackend::Postgres, sql);
    let now = connection
        .query_one_raw(ask("SELECT clock_timestamp()::text".to_owned()))
        .await?;
    let Some(now) = now else { return Ok(false) };
    let now: String = now.try_get_by_index(0)?;
    for _ in 0..20 {
        let row = connection
            .query_one_raw(ask(format!(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> \
                 pg_backend_pid() AND backend_xmin IS NOT NULL AND xact_start < '{now}'::timestamptz"
            )))
            .await?;
        let others: i64 = row
            .map(|row| row.try_get_by_index(0))
            .transpose()?
            .unwrap_or_default();
        if others == 0 {
            return Ok(true);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(false)
}

/// SQLite writes its whole file anew under the lock of whoever writes, so it does so on the writer's
/// own connection: what is sent meanwhile waits in the queue.
async fn in_file(ledger: &Ledger, whole: bool) -> Result<bool> {
    if whole {
        let writing = ledger.outside_transactions();
        writing.execute_unprepared("VACUUM").await?;
    }
    for _ in 0..TRIES {
        if empty_journal(ledger).await? {
            return Ok(true);
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(false)
}

/// One try: a reader that holds the journal isn't waited for, since whoever writes would wait, too.
async fn empty_journal(ledger: &Ledger) -> Result<bool> {
    // Held so that the writer is between two commits.
    let writing = ledger.outside_transactions().get_sqlite_connection_pool();
    let _between = writing
        .acquire()
        .await
        .map_err(|error| LedgerError::Database(DbErr::Custom(error.to_string())))?;
    let checkpoint = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
    let row = ledger.upkeep().query_one_raw(checkpoint).await?;
    let busy = row
        .map(|row| row.try_get_by_index::<i32>(0))
        .transpose()?
        .unwrap_or_default();
    Ok(busy == 0)
}
