//! Who was asked and in which cells, as frozen.

use crate::entity::{cell, member};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use throughline_domain::listen::Way;
use uuid::Uuid;

/// Somebody who was asked. Nothing here knows who answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: Uuid,
    /// The unit on the day it opened.
    pub unit: Uuid,
    /// The role on that day.
    pub role: Option<Uuid>,
    /// The cell an answer will carry.
    pub cell: Uuid,
    /// The language on that day.
    pub language: Option<String>,
    /// The way in.
    pub way: Way,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its id.
    pub id: Uuid,
    /// The unit, or one above it; none is the whole company.
    pub unit: Option<Uuid>,
    /// The role; none is any role.
    pub role: Option<Uuid>,
    /// How many were asked.
    pub invited: usize,
}

/// Who was asked, by their ids.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn members(ledger: &Ledger, round: Uuid) -> Result<Vec<Member>> {
    let rows = member::Entity::find()
        .filter(member::Column::RoundId.eq(round))
        .order_by_asc(member::Column::PersonId)
        .all(ledger.reading())
        .await?;
    rows.into_iter().map(read).collect()
}

pub(crate) fn read(row: member::Model) -> Result<Member> {
    Ok(Member {
        person: row.person_id,
        unit: row.unit_id,
        role: row.role_id,
        cell: row.cell_id,
        language: row.language,
        way: Way::named(&row.way).ok_or_else(|| LedgerError::Unfit {
            what: format!("`{}` is no way into a round", row.way),
            hint: "it was written by a newer version: run that one",
        })?,
    })
}

/// How many were asked by each way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AskedBy {
    /// By a link of their own.
    pub links: u64,
    /// By a slip.
    pub slips: u64,
}

/// Counts who was asked.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn asked(ledger: &Ledger, round: Uuid) -> Result<AskedBy> {
    let by = |way: Way| {
        member::Entity::find()
            .filter(member::Column::RoundId.eq(round))
            .filter(member::Column::Way.eq(way.name()))
            .count(ledger.reading())
    };
    Ok(AskedBy {
        links: by(Way::Link).await?,
        slips: by(Way::Slip).await?,
    })
}

/// The role of a cell, where it has one, for a respondent's page.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn role_of(ledger: &Ledger, round: Uuid, cell: Uuid) -> Result<Option<Uuid>> {
    let read = cells(ledger, round);
    let cells = &ledger.kept().cells;
    let cells = cells.get(round, ledger.writer().writes(), read).await?;
    Ok(cells
        .iter()
        .find(|one| one.id == cell)
        .and_then(|cell| cell.role))
}

/// The cells, by their ids.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn cells(ledger: &Ledger, round: Uuid) -> Result<Vec<Cell>> {
    let rows = cell::Entity::find()
        .filter(cell::Column::RoundId.eq(round))
        .order_by_asc(cell::Column::Id)
        .all(ledger.reading())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Cell {
            id: row.id,
            unit: row.unit_id,
            role: row.role_id,
            invited: usize::try_from(row.invited).unwrap_or(0),
        })
        .collect())
}
