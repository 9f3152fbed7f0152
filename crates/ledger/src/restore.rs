//! Restores a backup into an empty ledger of either database: all of it or nothing.
//!
//! The file is read and checked to its end before anything is written, and once more while it is
//! written; the audit log's chain is followed both times.

use crate::audit::{self, Act, Verdict};
use crate::backup::{Piece, Reader, check};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::tables;
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Alias, Query, SimpleExpr};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, Value};
use std::path::Path;

/// Values that one statement takes at most.
const VALUES: usize = 10_000;

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was made.
    pub made_at: DateTime<Utc>,
    /// Its rows, over all tables.
    pub rows: u64,
    /// The audit log's chain, as the backup had it. One that was broken already when the backup was
    /// made is restored as it was.
    pub audit: Verdict,
}

/// Restores a backup; a line of the audit log says so. Open the ledger again afterwards: what it
/// knows of ways in that were used is read when it opens.
///
/// # Errors
/// Where the file is damaged, cut off, or of a newer version; where the ledger isn't empty; where
/// the database refuses a row. Nothing was changed then.
pub async fn restore(ledger: &Ledger, file: &Path) -> Result<Restored> {
    let checked = check(file)?;
    let reader = Reader::open(file)?;
    let name = file
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let made_at = checked.made_at;
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                must_be_empty(transaction).await?;
                references(transaction, Check::Later).await?;
                insert(transaction, reader).await?;
                references(transaction, Check::Now).await?;
                have_their_cells(transaction).await?;
                let act = Act::new("throughline", "ledger.restore", name).detail(format!(
                    "a backup of {}",
                    made_at.format("%Y-%m-%d %H:%M UTC")
                ));
                audit::append(transaction, act).await
            })
        })
        .await?;
    Ok(Restored {
        made_at,
        rows: checked.rows,
        audit: checked.audit,
    })
}

async fn must_be_empty(transaction: &DatabaseTransaction) -> Result<()> {
    let backend = transaction.get_database_backend();
    for table in tables::all() {
        let sql = format!("SELECT 1 FROM \"{}\" LIMIT 1", table.name);
        let row = transaction
            .query_one_raw(Statement::from_string(backend, sql))
            .await?;
        if row.is_some() {
            return Err(LedgerError::refused(
                format!("the ledger isn't empty: it has rows in `{}`", table.name),
                "restore into a new workspace or database; nothing was changed",
            ));
        }
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Check {
    Later,
    Now,
}

/// A person may come before her manager: references are looked at when all rows are there.
async fn references(transaction: &DatabaseTransaction, check: Check) -> Result<()> {
    let backend = transaction.get_database_backend();
    let sql = match (backend, check) {
        (DbBackend::Postgres, Check::Later) => "SET CONSTRAINTS ALL DEFERRED",
        (DbBackend::Postgres, Check::Now) => "SET CONSTRAINTS ALL IMMEDIATE",
        (_, Check::Later) => "PRAGMA defer_foreign_keys = ON",
        (_, Check::Now) => {
            let found = transaction
                .query_one_raw(Statement::from_string(backend, "PRAGMA foreign_key_check"))
                .await?;
            return match found {
                None => Ok(()),
                Some(row) => Err(leads_nowhere(&row.try_get_by_index::<String>(0)?)),
            };
        }
    };
    transaction.execute_unprepared(sql).await?;
    Ok(())
}

/// The database doesn't look after these tables' references (`m0004_inbox`, `m0005_marks`): with an
/// answer that leads nowhere its round couldn't be closed.
async fn have_their_cells(transaction: &DatabaseTransaction) -> Result<()> {
    let backend = transaction.get_database_backend();
    for table in ["inbox", "used"] {
        let astray = format!(
            "SELECT 1 FROM {table} LEFT JOIN cell ON cell.id = {table}.cell_id \
             AND cell.round_id = {table}.round_id WHERE cell.id IS NULL LIMIT 1"
        );
        let found = transaction
            .query_one_raw(Statement::from_string(backend, astray))
            .await?;
        if found.is_some() {
            return Err(leads_nowhere(table));
        }
    }
    Ok(())
}

fn leads_nowhere(table: &str) -> LedgerError {
    LedgerError::refused(
        format!("the backup has a row in `{table}` that refers to one that isn't there"),
        "nothing was changed; use another backup",
    )
}

async fn insert(transaction: &DatabaseTransaction, mut reader: Reader) -> Result<()> {
    let (mut table, mut columns) = (String::new(), Vec::new());
    let mut waiting: Vec<Vec<Value>> = Vec::new();
    loop {
        let piece = reader.next()?;
        let full = waiting.len() * columns.len().max(1) >= VALUES;
        if full || !matches!(piece, Piece::Row(_)) {
            insert_rows(transaction, &table, &columns, &mut waiting).await?;
        }
        match piece {
            Piece::Row(values) => waiting.push(values),
            Piece::Table(head) => {
                table = head.table;
                columns = head.columns.into_iter().map(|column| column.name).collect();
            }
            Piece::End(_) => return Ok(()),
        }
    }
}

async fn insert_rows(
    transaction: &DatabaseTransaction,
    table: &str,
    columns: &[String],
    rows: &mut Vec<Vec<Value>>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut insert = Query::insert();
    insert
        .into_table(Alias::new(table))
        .columns(columns.iter().map(Alias::new));
    for row in rows.drain(..) {
        insert.values_panic(row.into_iter().map(SimpleExpr::from));
    }
    transaction.execute(&insert).await?;
    Ok(())
}
