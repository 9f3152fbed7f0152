//! What changes an account, each with its line of the audit log.

use super::{Account, address, read};
use crate::audit::{self, Act};
use crate::entity::{account, login_link, session, unit};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter,
};
use throughline_domain::listen::AccountRole;
use uuid::Uuid;

/// Makes an account. `who` is for the audit log.
///
/// # Errors
/// Where the address is none or has an account, or the unit isn't there.
pub async fn create(
    ledger: &Ledger,
    who: &str,
    email: &str,
    role: AccountRole,
    unit: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Account> {
    let (who, email) = (who.to_owned(), address(email)?);
    ledger
        .write(move |transaction| {
            Box::pin(async move { insert(transaction, &who, email, role, unit, now).await })
        })
        .await
}

/// Makes the first account, an owner's; refused as soon as there is any.
///
/// # Errors
/// Where there is one, or the address is none.
pub async fn first_owner(ledger: &Ledger, email: &str, now: DateTime<Utc>) -> Result<Account> {
    let email = address(email)?;
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                if account::Entity::find().count(transaction).await? > 0 {
                    return Err(LedgerError::refused(
                        "this workspace has an owner",
                        "ask her for an account",
                    ));
                }
                let who = email.clone();
                insert(transaction, &who, email, AccountRole::Owner, None, now).await
            })
        })
        .await
}

async fn insert(
    transaction: &DatabaseTransaction,
    who: &str,
    email: String,
    role: AccountRole,
    unit: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Account> {
    let unit = fitting(transaction, role, unit).await?;
    let same = account::Column::Email.eq(email.as_str());
    if account::Entity::find()
        .filter(same)
        .count(transaction)
        .await?
        > 0
    {
        return Err(LedgerError::refused(
            format!("`{email}` has an account"),
            "change that one",
        ));
    }
    let row = account::Model {
        id: Uuid::new_v4(),
        email,
        role: role.name().to_owned(),
        unit_id: unit,
        subject: None,
        created_at: now.trunc_subsecs(6),
        disabled: false,
    };
    account::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(transaction)
        .await?;
    let act = Act::new(who, "account.create", row.email.as_str());
    audit::append(transaction, act.detail(role.name())).await?;
    read(row)
}

/// A unit manager's unit has to be there; nobody else has one.
async fn fitting(
    transaction: &DatabaseTransaction,
    role: AccountRole,
    unit: Option<Uuid>,
) -> Result<Option<Uuid>> {
    let Some(id) = unit.filter(|_| role == AccountRole::UnitManager) else {
        return Ok(None);
    };
    if unit::Entity::find_by_id(id)
        .one(transaction)
        .await?
        .is_none()
    {
        return Err(LedgerError::NotFound { what: "such unit" });
    }
    Ok(Some(id))
}

/// Gives an account another role, or a unit manager another unit.
///
/// # Errors
/// Where it isn't there, the unit isn't there, or it is the last owner's.
pub async fn change(
    ledger: &Ledger,
    who: &str,
    id: Uuid,
    role: AccountRole,
    unit: Option<Uuid>,
) -> Result<()> {
    let who = who.to_owned();
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let row = found(transaction, id).await?;
                if role != AccountRole::Owner {
                    not_the_last_owner(transaction, &row).await?;
                }
                let unit = fitting(transaction, role, unit).await?;
                if row.role == role.name() && row.unit_id == unit {
                    return Ok(());
                }
                let act = Act::new(who, "account.change", row.email.as_str()).detail(format!(
                    "{} to {}",
                    row.role,
                    role.name()
                ));
                let mut row = row.into_active_model();
                row.role = ActiveValue::Set(role.name().to_owned());
                row.unit_id = ActiveValue::Set(unit);
                row.update(transaction).await?;
                audit::append(transaction, act).await
            })
        })
        .await
}

/// Shuts an account: its sessions and links end at once.
///
/// # Errors
/// Where it isn't there or is the last owner's.
pub async fn disable(ledger: &Ledger, who: &str, id: Uuid) -> Result<()> {
    let who = who.to_owned();
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let row = found(transaction, id).await?;
                not_the_last_owner(transaction, &row).await?;
                session::Entity::delete_many()
                    .filter(session::Column::AccountId.eq(id))
                    .exec(transaction)
                    .await?;
                login_link::Entity::delete_many()
                    .filter(login_link::Column::AccountId.eq(id))
                    .exec(transaction)
                    .await?;
                shut(transaction, row, true, Act::new(who, "account.disable", "")).await
            })
        })
        .await
}

/// Opens a shut account again.
///
/// # Errors
/// Where it isn't there.
pub async fn enable(ledger: &Ledger, who: &str, id: Uuid) -> Result<()> {
    let who = who.to_owned();
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let row = found(transaction, id).await?;
                shut(transaction, row, false, Act::new(who, "account.enable", "")).await
            })
        })
        .await
}

async fn shut(
    transaction: &DatabaseTransaction,
    row: account::Model,
    disabled: bool,
    mut act: Act,
) -> Result<()> {
    if row.disabled == disabled {
        return Ok(());
    }
    act.subject.clone_from(&row.email);
    let mut row = row.into_active_model();
    row.disabled = ActiveValue::Set(disabled);
    row.update(transaction).await?;
    audit::append(transaction, act).await
}

/// Binds an account to the name under which its provider knows it. One that is bound stays so:
/// an address that went to somebody else opens nothing.
///
/// # Errors
/// Where it isn't there, is bound to another name, or another account has the name.
pub async fn bind(ledger: &Ledger, id: Uuid, subject: &str) -> Result<()> {
    let subject = subject.to_owned();
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let row = found(transaction, id).await?;
                if row.subject.as_deref() == Some(subject.as_str()) {
                    return Ok(());
                }
                let theirs = account::Column::Subject.eq(subject.as_str());
                let taken = account::Entity::find().filter(theirs).count(transaction);
                if row.subject.is_some() || taken.await? > 0 {
                    return Err(LedgerError::refused(
                        "this account belongs to another identity of the provider",
                        "ask the owner of the workspace",
                    ));
                }
                let act = Act::new(row.email.as_str(), "account.bind", row.email.as_str());
                let mut row = row.into_active_model();
                row.subject = ActiveValue::Set(Some(subject));
                row.update(transaction).await?;
                audit::append(transaction, act).await
            })
        })
        .await
}

async fn found(transaction: &DatabaseTransaction, id: Uuid) -> Result<account::Model> {
    account::Entity::find_by_id(id)
        .one(transaction)
        .await?
        .ok_or(LedgerError::NotFound {
            what: "such account",
        })
}

async fn not_the_last_owner(transaction: &DatabaseTransaction, row: &account::Model) -> Result<()> {
    let owner = AccountRole::Owner.name();
    if row.role != owner || row.disabled {
        return Ok(());
    }
    let owners = account::Entity::find()
        .filter(account::Column::Role.eq(owner))
        .filter(account::Column::Disabled.eq(false))
        .count(transaction)
        .await?;
    if owners > 1 {
        return Ok(());
    }
    Err(LedgerError::refused(
        format!("`{}` is the last owner", row.email),
        "make somebody else an owner first",
    ))
}
