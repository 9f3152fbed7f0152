//! Accounts: who works with Throughline, and what each is for.
//!
//! Nobody makes an account for herself, save the first owner of a workspace without any. Every
//! change writes its line of the audit log in the same command. A workspace never loses its last
//! owner.

mod change;

pub use change::{bind, change, create, disable, enable, first_owner};

use crate::entity::account;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use throughline_domain::listen::AccountRole;
use uuid::Uuid;

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// Its address, in lower case.
    pub email: String,
    /// What it is for.
    pub role: AccountRole,
    /// A unit manager's unit; without one she sees nothing yet.
    pub unit: Option<Uuid>,
    /// Under which name its provider knows it, once it signed in there.
    pub subject: Option<String>,
    /// Since when it is there.
    pub created_at: DateTime<Utc>,
    /// Whether it was shut.
    pub disabled: bool,
}

/// Longest address that is taken, in bytes (RFC 5321).
const LONGEST: usize = 254;

/// An address as accounts hold it: trimmed, in lower case.
///
/// # Errors
/// Where it is none.
pub fn address(text: &str) -> Result<String> {
    let email = text.trim().to_lowercase();
    let whole = email.split_once('@').is_some_and(|(local, domain)| {
        // What a spreadsheet takes for a formula is nobody's address.
        !local.starts_with(['=', '+', '-', '|'])
            && !local.is_empty()
            && !domain.is_empty()
            && !domain.contains(['@', '=', '|'])
    });
    let odd = |letter: char| {
        letter.is_whitespace() || letter.is_control() || "<>\"(),;:\\[]`".contains(letter)
    };
    if whole && email.len() <= LONGEST && !email.contains(odd) {
        Ok(email)
    } else {
        let said: String = text.trim().chars().take(80).collect();
        Err(LedgerError::refused(
            format!("`{said}` is no e-mail address"),
            "write it as in `name@example.org`",
        ))
    }
}

/// The account of that id.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn by_id(ledger: &Ledger, id: Uuid) -> Result<Option<Account>> {
    account::Entity::find_by_id(id)
        .one(ledger.reading())
        .await?
        .map(read)
        .transpose()
}

/// The account of that address, however it is written.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn by_email(ledger: &Ledger, email: &str) -> Result<Option<Account>> {
    one(
        ledger,
        account::Column::Email.eq(email.trim().to_lowercase()),
    )
    .await
}

/// The account that a provider knows by that name.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn by_subject(ledger: &Ledger, subject: &str) -> Result<Option<Account>> {
    one(ledger, account::Column::Subject.eq(subject)).await
}

async fn one(ledger: &Ledger, which: sea_orm::sea_query::SimpleExpr) -> Result<Option<Account>> {
    account::Entity::find()
        .filter(which)
        .one(ledger.reading())
        .await?
        .map(read)
        .transpose()
}

/// All of them, by address.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn list(ledger: &Ledger) -> Result<Vec<Account>> {
    account::Entity::find()
        .order_by_asc(account::Column::Email)
        .all(ledger.reading())
        .await?
        .into_iter()
        .map(read)
        .collect()
}

/// Whether there is any.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn any(ledger: &Ledger) -> Result<bool> {
    Ok(account::Entity::find().count(ledger.reading()).await? > 0)
}

pub(crate) fn read(row: account::Model) -> Result<Account> {
    let role = AccountRole::named(&row.role).ok_or(LedgerError::Unfit {
        what: format!(
            "the account `{}` has the unknown role `{}`",
            row.email, row.role
        ),
        hint: "it was written by a newer version: run that one",
    })?;
    Ok(Account {
        id: row.id,
        email: row.email,
        role,
        unit: row.unit_id,
        subject: row.subject,
        created_at: row.created_at,
        disabled: row.disabled,
    })
}
