//! Sessions of accounts, by the hash of their ids.

use crate::entity::session;
use crate::error::Result;
use crate::ledger::Ledger;
use crate::retention::{SESSIONS, kept_for};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::Value;

/// Writes one, over what was there.
///
/// # Errors
/// Where it can't be written.
pub async fn save(
    ledger: &Ledger,
    id: Vec<u8>,
    data: Value,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    let account_id = data
        .get("account")
        .and_then(Value::as_str)
        .and_then(|id| id.parse().ok());
    let row = session::Model {
        id,
        account_id,
        data,
        expires_at,
    };
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                session::Entity::insert(row.into_active_model())
                    .on_conflict(
                        OnConflict::column(session::Column::Id)
                            .update_columns([
                                session::Column::AccountId,
                                session::Column::Data,
                                session::Column::ExpiresAt,
                            ])
                            .to_owned(),
                    )
                    .exec_without_returning(transaction)
                    .await?;
                Ok(())
            })
        })
        .await
}

/// One that is there, with the moment at which it ends.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn load(ledger: &Ledger, id: Vec<u8>) -> Result<Option<(Value, DateTime<Utc>)>> {
    let found = session::Entity::find_by_id(id)
        .one(ledger.reading())
        .await?;
    Ok(found.map(|row| (row.data, row.expires_at)))
}

/// Takes one away.
///
/// # Errors
/// Where it can't be.
pub async fn delete(ledger: &Ledger, id: Vec<u8>) -> Result<()> {
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                session::Entity::delete_by_id(id).exec(transaction).await?;
                Ok(())
            })
        })
        .await
}

/// Takes those away that ended so long before `now` as they are kept.
///
/// # Errors
/// Where they can't be.
pub async fn sweep(ledger: &Ledger, now: DateTime<Utc>) -> Result<u64> {
    let ended = now - kept_for(ledger, SESSIONS).await?;
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let gone = session::Entity::delete_many()
                    .filter(session::Column::ExpiresAt.lte(ended))
                    .exec(transaction)
                    .await?;
                Ok(gone.rows_affected)
            })
        })
        .await
}
