//! Takes away what a database keeps of rows that are gone: old versions, free space, the journal.

use crate::error::Result;
use crate::ledger::Ledger;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use std::time::Duration;

/// After rows of these tables were rewritten. SQLite overwrites what is deleted by itself, so its
/// journal alone is left to empty; PostgreSQL writes the tables anew.
///
/// A PostgreSQL keeps what somebody else's transaction may still want to see; such tables are
/// written anew once more by the background task. Its own journal (`pg_wal`) can't be emptied
/// from here.
pub(crate) async fn scrub(ledger: &Ledger, tables: &[&'static str]) -> Result<()> {
    match ledger.backend() {
        DbBackend::Postgres => {
            if !nobody_looks_back(ledger).await? {
                ledger.ballots().leave(tables);
            }
            for table in tables {
                let vacuum = format!("VACUUM (FULL) {table}");
                ledger
                    .outside_transactions()
                    .execute_unprepared(&vacuum)
                    .await?;
            }
            Ok(())
        }
        _ => empty_journal(ledger).await,
    }
}

/// After everything of a round was rewritten.
pub(crate) async fn scrub_all(ledger: &Ledger, tables: &[&'static str]) -> Result<()> {
    if ledger.backend() == DbBackend::Sqlite {
        ledger
            .outside_transactions()
            .execute_unprepared("VACUUM")
            .await?;
    }
    scrub(ledger, tables).await
}

/// Waits for transactions that began before this moment, such as a dump, up to two seconds; whether
/// they ended.
async fn nobody_looks_back(ledger: &Ledger) -> Result<bool> {
    let connection = ledger.outside_transactions();
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

/// A reader may hold the journal for a moment; then it is tried again, and at the latest the next
/// time something is written.
async fn empty_journal(ledger: &Ledger) -> Result<()> {
    for _ in 0..20 {
        let checkpoint =
            Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
        let row = ledger
            .outside_transactions()
            .query_one_raw(checkpoint)
            .await?;
        let busy = row
            .map(|row| row.try_get_by_index::<i32>(0))
            .transpose()?
            .unwrap_or_default();
        if busy == 0 {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tracing::warn!("the journal couldn't be emptied: somebody reads the database for long");
    Ok(())
}
