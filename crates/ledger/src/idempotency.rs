//! Answers to machines' requests, kept for a while: who sends the same again gets the same answer,
//! and nothing is done twice.

use crate::entity::idempotency;
use crate::error::Result;
use crate::ledger::Ledger;
use crate::retention::{REQUESTS, kept_for};
use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: String,
}

/// What is known about a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing.
    New,
    /// The same request was answered so.
    Same(Answered),
    /// Another request came under this key.
    Other,
}

/// Looks a key of a token up. `request` is a hash of what is asked.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn look(
    ledger: &Ledger,
    token: Uuid,
    key: &str,
    request: &[u8],
    now: DateTime<Utc>,
) -> Result<Known> {
    let kept_for = kept_for(ledger, REQUESTS).await?;
    let found = idempotency::Entity::find_by_id((token, key.to_owned()))
        .one(ledger.reading())
        .await?;
    Ok(match found {
        Some(row) if row.at > now - kept_for => {
            if row.request == request {
                Known::Same(Answered {
                    status: u16::try_from(row.status).unwrap_or(200),
                    body: row.body,
                })
            } else {
                Known::Other
            }
        }
        _ => Known::New,
    })
}

/// Keeps an answer, and lets those go that are too old.
///
/// # Errors
/// Where it can't be written.
pub async fn keep(
    ledger: &Ledger,
    token: Uuid,
    key: String,
    request: Vec<u8>,
    answered: Answered,
    now: DateTime<Utc>,
) -> Result<()> {
    let kept_for = kept_for(ledger, REQUESTS).await?;
    let row = idempotency::Model {
        token_id: token,
        idempotency_key: key,
        request,
        status: i32::from(answered.status),
        body: answered.body,
        at: now.trunc_subsecs(6),
    };
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                idempotency::Entity::delete_many()
                    .filter(idempotency::Column::At.lte(now - kept_for))
                    .exec(transaction)
                    .await?;
                let key = [
                    idempotency::Column::TokenId,
                    idempotency::Column::IdempotencyKey,
                ];
                // Of two servers that answered at once the first stays.
                idempotency::Entity::insert(row.into_active_model())
                    .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
                    .exec_without_returning(transaction)
                    .await?;
                Ok(())
            })
        })
        .await
}

/// Lets all of a token's answers go.
pub(crate) async fn forget(transaction: &impl ConnectionTrait, token: Uuid) -> Result<()> {
    idempotency::Entity::delete_many()
        .filter(idempotency::Column::TokenId.eq(token))
        .exec(transaction)
        .await?;
    Ok(())
}
