//! One-time links to sign in. The database holds their hashes alone.
//!
//! A link that was used, one that ended and one that never was look alike: all are `None`.

use crate::accounts::{Account, read};
use crate::audit::{self, Act};
use crate::entity::{account, login_link};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::secret;
use chrono::{DateTime, Duration, SubsecRound, Utc};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

/// Minutes after which a link ends, unless told otherwise.
pub const MINUTES: i64 = 30;

/// Makes a link for an account that isn't shut, and returns its token: the only time it is seen.
/// `who` is for the audit log.
///
/// # Errors
/// Where there is no such account, or it is shut.
pub async fn make(
    ledger: &Ledger,
    who: &str,
    account: Uuid,
    minutes: i64,
    now: DateTime<Utc>,
) -> Result<String> {
    let who = who.to_owned();
    let token = secret::token();
    let row = login_link::Model {
        hash: secret::hash(&token),
        account_id: account,
        expires_at: (now + Duration::minutes(minutes)).trunc_subsecs(6),
    };
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let account = account::Entity::find_by_id(account)
                    .one(transaction)
                    .await?
                    .ok_or(LedgerError::NotFound {
                        what: "such account",
                    })?;
                if account.disabled {
                    return Err(LedgerError::refused(
                        format!("the account `{}` is shut", account.email),
                        "open it again first",
                    ));
                }
                login_link::Entity::delete_many()
                    .filter(login_link::Column::ExpiresAt.lte(now))
                    .exec(transaction)
                    .await?;
                login_link::Entity::insert(row.into_active_model())
                    .exec_without_returning(transaction)
                    .await?;
                audit::append(transaction, Act::new(who, "account.link", account.email)).await
            })
        })
        .await?;
    Ok(token)
}

/// Uses a link up and returns whose it was. Of two who try at once, one gets it.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn take(ledger: &Ledger, token: &str, now: DateTime<Utc>) -> Result<Option<Account>> {
    let hash = secret::hash(token);
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let Some(link) = login_link::Entity::find_by_id(hash.clone())
                    .one(transaction)
                    .await?
                else {
                    return Ok(None);
                };
                login_link::Entity::delete_by_id(hash)
                    .exec(transaction)
                    .await?;
                if link.expires_at <= now {
                    return Ok(None);
                }
                let found = account::Entity::find_by_id(link.account_id)
                    .one(transaction)
                    .await?;
                let Some(row) = found.filter(|row| !row.disabled) else {
                    return Ok(None);
                };
                let account = read(row)?;
                let email = account.email.as_str();
                audit::append(transaction, Act::new(email, "account.sign_in", email)).await?;
                Ok(Some(account))
            })
        })
        .await
}
