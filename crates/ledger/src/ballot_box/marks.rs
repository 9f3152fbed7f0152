//! Marks of use, from memory to disk: never fewer than ten of a cell, never with an answer.

use super::moving::put;
use super::state::{Mark, Place};
use super::{LEAST, MIX};
use crate::entity::{cell, used};
use crate::error::Result;
use crate::ledger::Ledger;
use rand::seq::SliceRandom;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};

/// Writes the marks of cells in which enough wait; how many.
///
/// Enough are [`LEAST`], and so many that those of the cell who have none are none or at least
/// [`LEAST`] again: else whoever compares two backups would know a new answer to be one of a
/// few. What is not written is forgotten if the program ends: these could answer again.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn write_marks(ledger: &Ledger) -> Result<usize> {
    let mut written = 0;
    for (place, marks) in ledger.ballots().waiting_marks(LEAST) {
        let sent = marks.clone();
        let done = ledger
            .write(move |transaction| {
                Box::pin(async move { write_cell(transaction, place, &sent).await })
            })
            .await?;
        if done {
            ledger.ballots().written(place, &marks);
            written += marks.len();
        }
    }
    if written > 0 {
        super::scrub::scrub(ledger, &["used"]).await?;
    }
    Ok(written)
}

async fn write_cell(
    transaction: &DatabaseTransaction,
    place: Place,
    marks: &[Mark],
) -> Result<bool> {
    let of_cell = || {
        used::Entity::find()
            .filter(used::Column::RoundId.eq(place.round))
            .filter(used::Column::Kind.eq(place.kind.name()))
            .filter(used::Column::CellId.eq(place.cell))
    };
    let invited = cell::Entity::find_by_id(place.cell)
        .one(transaction)
        .await?
        .map_or(0, |cell| usize::try_from(cell.invited).unwrap_or_default());
    let there = usize::try_from(of_cell().count(transaction).await?).unwrap_or(usize::MAX);
    let left = invited.saturating_sub(there.saturating_add(marks.len()));
    if (1..LEAST).contains(&left) {
        return Ok(false);
    }
    // Earlier ones of the cell are written anew with these: the batch doesn't show.
    let mut mix: Vec<Vec<u8>> = of_cell()
        .select_only()
        .column(used::Column::Mark)
        .into_tuple()
        .all(transaction)
        .await?;
    mix.shuffle(&mut rand::rng());
    mix.truncate(MIX);
    used::Entity::delete_many()
        .filter(used::Column::RoundId.eq(place.round))
        .filter(used::Column::Kind.eq(place.kind.name()))
        .filter(used::Column::Mark.is_in(mix.iter().cloned()))
        .exec(transaction)
        .await?;
    mix.extend(marks.iter().map(|mark| mark.0.to_vec()));
    let rows: Vec<used::Model> = mix
        .into_iter()
        .map(|mark| used::Model {
            round_id: place.round,
            kind: place.kind.name().to_owned(),
            mark,
            cell_id: place.cell,
        })
        .collect();
    put(transaction, rows).await?;
    Ok(true)
}
