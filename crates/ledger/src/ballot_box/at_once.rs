//! Many rows into a table of PostgreSQL as one value: the statement is the same for any number of
//! them, and a row costs a tenth of what it costs as values of its own.

use crate::error::Result;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, Value};
use serde_json::Value as Json;

/// Rows of one value.
const ROWS: usize = 10_000;

/// Inserts rows, each an object with the table's columns; bytes as [`bytes`] writes them.
pub(super) async fn insert(
    transaction: &DatabaseTransaction,
    table: &'static str,
    mut rows: Vec<Json>,
) -> Result<()> {
    while !rows.is_empty() {
        let some = rows.split_off(rows.len().saturating_sub(ROWS));
        let put = format!(
            "INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(NULL::{table}, $1)"
        );
        let some = Value::from(Json::Array(some));
        let put = Statement::from_sql_and_values(DbBackend::Postgres, put, [some]);
        transaction.execute_raw(put).await?;
    }
    Ok(())
}

/// Bytes, as PostgreSQL reads them.
pub(super) fn bytes(bytes: &[u8]) -> Json {
    Json::String(format!("\\x{}", hex::encode(bytes)))
}
