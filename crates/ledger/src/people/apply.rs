//! Does what an import of people plans, in one write.

use super::plan::{Changes, Known, work_out};
use crate::audit::{self, Act};
use crate::entity::{person, unit};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};
use throughline_domain::listen::Roster;
use uuid::Uuid;

/// Rows a statement: eight values each, and SQLite takes 32,766.
const ROWS: usize = 2_000;

/// Whether an import that was stopped may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// It may not.
    No,
    /// The owner looked at it and says that it may.
    ByOwner,
}

/// Does an import, if it still changes what was seen before.
///
/// # Errors
/// Where it must be stopped and may not go on, where something else changed since `seen`, where it
/// can't be written. Nothing is changed then.
pub async fn apply(
    ledger: &Ledger,
    roster: Roster,
    seen: Changes,
    leave: Leave,
    who: String,
) -> Result<Changes> {
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let known = Known::read(transaction).await?;
                let worked = work_out(&known, &roster)?;
                if worked.changes != seen {
                    return Err(LedgerError::refused(
                        "something else changed since you looked",
                        "give the file again and look at what it changes now",
                    ));
                }
                let stopped = !worked.changes.stops().is_empty();
                if stopped && leave == Leave::No {
                    return Err(LedgerError::refused(
                        "this import changes more than it should",
                        "see that the file is whole; the owner can let it through",
                    ));
                }
                let changes = worked.changes;
                insert(transaction, worked.units, units_changed()).await?;
                insert(transaction, worked.roles, None).await?;
                for ids in worked.without_email.chunks(ROWS) {
                    set(
                        transaction,
                        ids,
                        person::Column::Email,
                        Expr::value(None::<String>),
                    )
                    .await?;
                }
                for ids in worked.gone.chunks(ROWS) {
                    set(
                        transaction,
                        ids,
                        person::Column::Email,
                        Expr::value(None::<String>),
                    )
                    .await?;
                    set(transaction, ids, person::Column::Active, Expr::value(false)).await?;
                }
                insert(transaction, worked.people, people_changed()).await?;
                let act = Act::new(who, "people.import", format!("{} people", changes.after))
                    .detail(said(&changes, stopped));
                audit::append(transaction, act).await?;
                Ok(changes)
            })
        })
        .await
}

fn said(changes: &Changes, stopped: bool) -> String {
    let mut said = format!(
        "new {}, moved {}, role changed {}, e-mail changed {}, gone {}, back {}, ids re-assigned {}",
        changes.new,
        changes.moved,
        changes.role_changed,
        changes.email_changed,
        changes.deactivated,
        changes.reactivated,
        changes.reassigned
    );
    if stopped {
        said.push_str("; stopped, and let through by the owner");
    }
    said
}

fn units_changed() -> Option<OnConflict> {
    let mut conflict = OnConflict::column(unit::Column::Id);
    conflict.update_columns([unit::Column::ParentId, unit::Column::AlsoCalled]);
    Some(conflict)
}

fn people_changed() -> Option<OnConflict> {
    let mut conflict = OnConflict::column(person::Column::Id);
    conflict.update_columns([
        person::Column::Email,
        person::Column::UnitId,
        person::Column::RoleId,
        person::Column::ManagerId,
        person::Column::Language,
        person::Column::Active,
    ]);
    Some(conflict)
}

/// Inserts rows by the thousand; `conflict` says what to do with those that are there.
pub(crate) async fn insert<M, A>(
    transaction: &DatabaseTransaction,
    rows: Vec<M>,
    conflict: Option<OnConflict>,
) -> Result<()>
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait + Send,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some = rows
            .by_ref()
            .take(ROWS)
            .map(IntoActiveModel::into_active_model);
        let mut insert = <A::Entity as EntityTrait>::insert_many(some.collect::<Vec<A>>());
        if let Some(conflict) = &conflict {
            insert = insert.on_conflict(conflict.clone());
        }
        insert.exec_without_returning(transaction).await?;
    }
    Ok(())
}

async fn set(
    transaction: &DatabaseTransaction,
    ids: &[Uuid],
    column: person::Column,
    value: Expr,
) -> Result<()> {
    person::Entity::update_many()
        .col_expr(column, value)
        .filter(person::Column::Id.is_in(ids.iter().copied()))
        .exec(transaction)
        .await?;
    Ok(())
}
