//! Accounts: who works with Throughline.

use crate::entity::account;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use sea_orm::EntityTrait;
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
    /// A unit manager's unit.
    pub unit: Option<Uuid>,
    /// Whether it was shut.
    pub disabled: bool,
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
        disabled: row.disabled,
    })
}
