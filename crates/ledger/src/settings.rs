//! Settings of the workspace: values by name.

use crate::audit::{Act, append};
use crate::entity::setting;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The value of that name, where one was set.
///
/// # Errors
/// Where the database doesn't answer, or the value is of another kind.
pub async fn get<T: DeserializeOwned>(ledger: &Ledger, name: &str) -> Result<Option<T>> {
    let row = setting::Entity::find_by_id(name.to_owned())
        .one(ledger.reading())
        .await?;
    row.map(|row| read(name, row)).transpose()
}

/// Changes one, as it is at that moment, or as it is unless set.
pub(crate) async fn change<T>(
    ledger: &Ledger,
    name: &'static str,
    act: Act,
    change: impl FnOnce(&mut T) + Send + 'static,
) -> Result<()>
where
    T: DeserializeOwned + Serialize + Default + Send,
{
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let row = setting::Entity::find_by_id(name.to_owned())
                    .one(transaction)
                    .await?;
                let value = {
                    let mut value: T =
                        row.map_or_else(|| Ok(T::default()), |row| read(name, row))?;
                    change(&mut value);
                    json(&value)?
                };
                store(transaction, name, value).await?;
                append(transaction, act).await
            })
        })
        .await
}

fn read<T: DeserializeOwned>(name: &str, row: setting::Model) -> Result<T> {
    serde_json::from_value(row.value).map_err(|_| LedgerError::Unfit {
        what: format!("the setting `{name}` makes no sense to this version"),
        hint: "set it again, or run the version that wrote it",
    })
}

/// Sets one; the act goes to the audit log with it.
///
/// # Errors
/// Where it can't be written.
pub async fn put<T: Serialize>(ledger: &Ledger, name: &str, value: &T, act: Act) -> Result<()> {
    write(ledger, name, value, Some(act)).await
}

/// Keeps what the program notes for itself: no act of anybody's.
///
/// # Errors
/// Where it can't be written.
pub(crate) async fn note<T: Serialize>(ledger: &Ledger, name: &str, value: &T) -> Result<()> {
    write(ledger, name, value, None).await
}

async fn write<T: Serialize>(
    ledger: &Ledger,
    name: &str,
    value: &T,
    act: Option<Act>,
) -> Result<()> {
    let value = json(value)?;
    let name = name.to_owned();
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                store(transaction, &name, value).await?;
                match act {
                    Some(act) => append(transaction, act).await,
                    None => Ok(()),
                }
            })
        })
        .await
}

fn json<T: Serialize>(value: &T) -> Result<serde_json::Value> {
    serde_json::to_value(value).map_err(|error| LedgerError::Fault(error.to_string()))
}

async fn store(
    transaction: &impl ConnectionTrait,
    name: &str,
    value: serde_json::Value,
) -> Result<()> {
    let row = setting::Model {
        name: name.to_owned(),
        value,
    };
    setting::Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::column(setting::Column::Name)
                .update_column(setting::Column::Value)
                .to_owned(),
        )
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}
