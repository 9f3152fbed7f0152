//! Marks of use, from memory to disk: never fewer than ten of a cell, never with an answer.

use super::moving::put;
use super::state::{Kind, Mark, Place};
use super::{LEAST, MIX};
use crate::entity::{cell, round, used};
use crate::error::Result;
use crate::ledger::Ledger;
use rand::seq::SliceRandom;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
    QuerySelect, Statement, Value,
};
use std::collections::HashSet;
use throughline_domain::listen::RoundState;

/// Bytes of a mark.
const MARK_BYTES: i32 = size_of::<Mark>() as i32;

/// Writes the marks of cells in which enough wait; how many.
///
/// Enough are [`LEAST`], and so many that those of the cell who have none are none or at least
/// [`LEAST`] again: else whoever compares two backups would know a new answer to be one of a
/// few. What is not written is forgotten if the program ends: these could answer again.
///
/// # Errors
/// Where the database doesn't answer for some cell; those of the others were written.
pub async fn write_marks(ledger: &Ledger) -> Result<usize> {
    let (mut written, mut failed) = (0, None);
    for (place, marks) in ledger.ballots().waiting_marks(LEAST) {
        let done = ledger
            .write(move |transaction| {
                Box::pin(async move { write_cell(transaction, place, marks).await })
            })
            .await;
        match done {
            Ok(done) => {
                ledger.ballots().written(place, &done.wait_no_more);
                written += done.written;
            }
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    if written > 0 {
        super::scrub::scrub(ledger, &["used"]).await;
    }
    failed.map_or(Ok(written), Err)
}

/// What became of a cell's marks.
#[derive(Default)]
struct Done {
    written: usize,
    /// On disk, or of no use any more.
    wait_no_more: Vec<Mark>,
}

async fn write_cell(
    transaction: &DatabaseTransaction,
    place: Place,
    marks: Vec<Mark>,
) -> Result<Done> {
    if !takes(transaction, place).await? {
        // They were deleted with the others of their round.
        return Ok(Done {
            written: 0,
            wait_no_more: marks,
        });
    }
    let mut mix: Vec<Vec<u8>> = used::Entity::find()
        .select_only()
        .column(used::Column::Mark)
        .filter(used::Column::RoundId.eq(place.round))
        .filter(used::Column::Kind.eq(place.kind.name()))
        .filter(used::Column::CellId.eq(place.cell))
        .into_tuple()
        .all(transaction)
        .await?;
    // The database may have kept some, and its answer have been lost on the way.
    let there: HashSet<&[u8]> = mix.iter().map(Vec::as_slice).collect();
    let (kept, new): (Vec<Mark>, Vec<Mark>) = marks
        .into_iter()
        .partition(|mark| there.contains(mark.bytes()));
    let invited = cell::Entity::find_by_id(place.cell)
        .one(transaction)
        .await?
        .map_or(0, |cell| usize::try_from(cell.invited).unwrap_or_default());
    let left = invited.saturating_sub(mix.len().saturating_add(new.len()));
    if new.len() < LEAST || (1..LEAST).contains(&left) {
        return Ok(Done {
            written: 0,
            wait_no_more: kept,
        });
    }
    // Earlier ones of the cell are written anew with these: the batch doesn't show.
    mix.shuffle(&mut rand::rng());
    mix.truncate(MIX);
    used::Entity::delete_many()
        .filter(used::Column::RoundId.eq(place.round))
        .filter(used::Column::Kind.eq(place.kind.name()))
        .filter(used::Column::Mark.is_in(mix.iter().cloned()))
        .exec(transaction)
        .await?;
    mix.extend(new.iter().map(|mark| mark.bytes().to_vec()));
    if transaction.get_database_backend() == DbBackend::Postgres {
        mix.shuffle(&mut rand::rng());
        put_there(transaction, place, mix.concat()).await?;
    } else {
        let row = |mark| used::Model {
            round_id: place.round,
            kind: place.kind.name().to_owned(),
            mark,
            cell_id: place.cell,
        };
        put(transaction, mix.into_iter().map(row).collect()).await?;
    }
    Ok(Done {
        written: new.len(),
        wait_no_more: [kept, new].concat(),
    })
}

/// Inserts marks that stand one behind the other as one value, without a row of JSON for each.
async fn put_there(transaction: &DatabaseTransaction, place: Place, marks: Vec<u8>) -> Result<()> {
    let insert = "INSERT INTO used (round_id, kind, mark, cell_id) \
         SELECT $1, $2, substring($3::bytea FROM n * $4 + 1 FOR $4), $5 \
         FROM generate_series(0, octet_length($3::bytea) / $4 - 1) AS n";
    let values: [Value; 5] = [
        place.round.into(),
        place.kind.name().into(),
        marks.into(),
        MARK_BYTES.into(),
        place.cell.into(),
    ];
    let insert = Statement::from_sql_and_values(DbBackend::Postgres, insert, values);
    transaction.execute_raw(insert).await?;
    Ok(())
}

/// Whether marks of that kind are kept still: those of answers go when the round closes, those of
/// votes with its secret.
async fn takes(transaction: &DatabaseTransaction, place: Place) -> Result<bool> {
    let row = round::Entity::find_by_id(place.round)
        .one(transaction)
        .await?;
    Ok(row.is_some_and(|row| match place.kind {
        Kind::Answer => row.state == RoundState::Open.name(),
        Kind::Votes => row.secret.is_some(),
    }))
}
