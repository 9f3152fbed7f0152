//! Takes away what a database keeps of rows that are gone: old versions, free space, the journal.

use crate::error::Result;
use crate::ledger::Ledger;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use std::time::Duration;

/// After rows of these tables were rewritten. SQLite overwrites what is deleted by itself, so its
/// journal alone is left to empty; PostgreSQL writes the tables anew.
///
/// PostgreSQL's own journal (`pg_wal`) can't be emptied from here.
pub(crate) async fn scrub(ledger: &Ledger, tables: &[&str]) -> Result<()> {
    match ledger.backend() {
        DbBackend::Postgres => {
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
pub(crate) async fn scrub_all(ledger: &Ledger, tables: &[&str]) -> Result<()> {
    if ledger.backend() == DbBackend::Sqlite {
        ledger
            .outside_transactions()
            .execute_unprepared("VACUUM")
            .await?;
    }
    scrub(ledger, tables).await
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
