//! Answers: how many there are while a round is open, what they say after it was closed.

use crate::ballot_box::Kind;
use crate::entity::{answer, cell, inbox, role, round, unit};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, HashMap};
use throughline_domain::Words;
use throughline_domain::listen::{Answer, RoundState};
use uuid::Uuid;

/// An answer of a closed round, with its cell.
#[derive(Clone)]
pub struct Given {
    /// A random id, given when the round was closed.
    pub id: Uuid,
    /// The cell's unit by name; `None` is the whole company.
    pub unit: Option<String>,
    /// The cell's role by name; `None` is any.
    pub role: Option<String>,
    /// What was said.
    pub answer: Answer,
}

/// Answers by cell, those that wait included. For progress, which is coarse and not shown for
/// few: a count a minute would tell when somebody answered.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn counts(ledger: &Ledger, round: Uuid) -> Result<BTreeMap<Uuid, u64>> {
    let moved = answer::Entity::find()
        .select_only()
        .column(answer::Column::CellId)
        .column_as(answer::Column::Id.count(), "count")
        .filter(answer::Column::RoundId.eq(round))
        .group_by(answer::Column::CellId)
        .into_tuple::<(Uuid, i64)>()
        .all(ledger.reading())
        .await?;
    let waiting = inbox::Entity::find()
        .select_only()
        .column(inbox::Column::CellId)
        .column_as(inbox::Column::Id.count(), "count")
        .filter(inbox::Column::RoundId.eq(round))
        .filter(inbox::Column::Kind.eq(Kind::Answer.name()))
        .group_by(inbox::Column::CellId)
        .into_tuple::<(Uuid, i64)>()
        .all(ledger.reading())
        .await?;
    let mut counts = BTreeMap::new();
    for (cell, count) in moved.into_iter().chain(waiting) {
        *counts.entry(cell).or_default() += count.unsigned_abs();
    }
    Ok(counts)
}

/// The answers of a closed round, by random ids.
///
/// # Errors
/// Where the round isn't closed, or the database doesn't answer.
pub async fn of_round(ledger: &Ledger, id: Uuid) -> Result<Vec<Given>> {
    let round = round::Entity::find_by_id(id)
        .one(ledger.reading())
        .await?
        .ok_or(LedgerError::NotFound { what: "round" })?;
    if round.state != RoundState::Closed.name() {
        return Err(LedgerError::refused(
            format!("the round `{}` is not closed", round.name),
            "answers are read after a round was closed",
        ));
    }
    let cells: HashMap<Uuid, cell::Model> = cell::Entity::find()
        .filter(cell::Column::RoundId.eq(id))
        .all(ledger.reading())
        .await?
        .into_iter()
        .map(|cell| (cell.id, cell))
        .collect();
    let units: HashMap<Uuid, String> = unit::Entity::find()
        .all(ledger.reading())
        .await?
        .into_iter()
        .map(|unit| (unit.id, unit.name))
        .collect();
    let roles: HashMap<Uuid, String> = role::Entity::find()
        .all(ledger.reading())
        .await?
        .into_iter()
        .map(|role| (role.id, role.name))
        .collect();
    let mut given: Vec<Given> = answer::Entity::find()
        .filter(answer::Column::RoundId.eq(id))
        .all(ledger.reading())
        .await?
        .into_iter()
        .map(|row| {
            let cell = cells.get(&row.cell_id);
            let small = |value: Option<i32>| value.and_then(|value| u8::try_from(value).ok());
            Given {
                id: row.id,
                unit: cell.and_then(|cell| units.get(&cell.unit_id?).cloned()),
                role: cell.and_then(|cell| roles.get(&cell.role_id?).cloned()),
                answer: Answer {
                    idea: row.idea.map(Words::new),
                    block: row.block.map(Words::new),
                    commitment: small(row.commitment),
                    enps: small(row.enps),
                    may_quote: row.may_quote,
                },
            }
        })
        .collect();
    given.sort_by_key(|one| one.id);
    Ok(given)
}
