//! Stirs what waits: a cell's rows of the inbox are taken out and put back in another order.

use super::moving::put;
use super::scrub::{scrub, scrub_again};
use super::state::Place;
use crate::entity::inbox;
use crate::error::Result;
use crate::ledger::Ledger;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait,
    QueryFilter, Statement, Value,
};

/// Cells that one transaction stirs.
const CELLS: usize = 50;

/// Stirs the cells to which something came, and takes away what the order was; how many cells.
///
/// # Errors
/// Where the database doesn't answer: these cells are stirred the next time.
pub async fn settle(ledger: &Ledger) -> Result<usize> {
    let places = ledger.ballots().take_unsettled();
    let mut left = places.as_slice();
    while !left.is_empty() {
        let (now, rest) = left.split_at(left.len().min(CELLS));
        let stirred = now.to_vec();
        let done = ledger
            .write(move |transaction| Box::pin(async move { stir(transaction, &stirred).await }))
            .await;
        if let Err(error) = done {
            ledger.ballots().unsettle(left.iter().copied());
            return Err(error);
        }
        left = rest;
    }
    let mut left = ledger.ballots().take_left();
    if !places.is_empty() {
        left.retain(|table| *table != "inbox");
        scrub(ledger, &["inbox"]).await;
    }
    if !left.is_empty() {
        scrub_again(ledger, &left).await;
    }
    Ok(places.len())
}

async fn stir(transaction: &DatabaseTransaction, places: &[Place]) -> Result<()> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        return stir_there(transaction, places).await;
    }
    let mut rows = Vec::new();
    for place in places {
        let of_cell = Condition::all()
            .add(inbox::Column::RoundId.eq(place.round))
            .add(inbox::Column::Kind.eq(place.kind.name()))
            .add(inbox::Column::CellId.eq(place.cell));
        rows.extend(
            inbox::Entity::find()
                .filter(of_cell.clone())
                .all(transaction)
                .await?,
        );
        inbox::Entity::delete_many()
            .filter(of_cell)
            .exec(transaction)
            .await?;
    }
    put(transaction, rows).await
}

/// The same inside PostgreSQL, so that the rows needn't come here and go back. A form's id is drawn at
/// random when its page is made, so the ids' order is as good as any that could be drawn, and its
/// index grows at its end.
async fn stir_there(transaction: &DatabaseTransaction, places: &[Place]) -> Result<()> {
    for place in places {
        let values: [Value; 3] = [
            place.round.into(),
            place.kind.name().into(),
            place.cell.into(),
        ];
        let stir = "WITH out AS (DELETE FROM inbox WHERE round_id = $1 AND kind = $2 AND cell_id = $3 \
             RETURNING *) INSERT INTO inbox SELECT * FROM out ORDER BY id";
        let stir = Statement::from_sql_and_values(DbBackend::Postgres, stir, values);
        transaction.execute_raw(stir).await?;
    }
    Ok(())
}
