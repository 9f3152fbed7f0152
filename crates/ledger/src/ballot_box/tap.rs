//! Who uses whose work, as people tap it after sending: counts, ten taps of a round at a time.

use super::LEAST;
use crate::entity::edge_tap;
use crate::error::Result;
use crate::ledger::Ledger;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Who uses a role's work, as its people say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tapped {
    /// Whose work.
    pub from: Uuid,
    /// Who uses it: `role:ID` or `stage:NAME`.
    pub place: String,
}

/// Takes a tap. It waits in memory for others, and is lost with it: it is a hint, no answer.
///
/// # Errors
/// Where those that waited can't be written.
pub async fn tap(ledger: &Ledger, round: Uuid, from: Uuid, place: String) -> Result<()> {
    ledger.ballots().tap(round, from, place);
    write(ledger, round).await
}

/// Writes a round's taps if enough wait.
async fn write(ledger: &Ledger, round: Uuid) -> Result<()> {
    let waiting = ledger.ballots().take_taps(round, LEAST);
    if waiting.is_empty() {
        return Ok(());
    }
    let taps = waiting.clone();
    let written = ledger
        .write(move |transaction| Box::pin(async move { write_in(transaction, round, taps).await }))
        .await;
    if written.is_err() {
        ledger.ballots().put_back(round, waiting);
    }
    written
}

/// Adds taps to the counts.
pub(crate) async fn write_in(
    transaction: &DatabaseTransaction,
    round: Uuid,
    mut taps: Vec<(Uuid, String)>,
) -> Result<()> {
    taps.sort();
    for (from_role, place) in taps {
        let row = edge_tap::Model {
            round_id: round,
            from_role,
            place,
            taps: 1,
        };
        let one_more = Expr::col((edge_tap::Entity, edge_tap::Column::Taps)).add(1);
        edge_tap::Entity::insert(row.into_active_model())
            .on_conflict(
                OnConflict::columns([
                    edge_tap::Column::RoundId,
                    edge_tap::Column::FromRole,
                    edge_tap::Column::Place,
                ])
                .value(edge_tap::Column::Taps, one_more)
                .to_owned(),
            )
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

/// What was tapped in some round from [`LEAST`] times up: fewer propose nothing.
pub(crate) async fn tapped(ledger: &Ledger) -> Result<BTreeSet<Tapped>> {
    let least = i32::try_from(LEAST).unwrap_or(i32::MAX);
    let rows = edge_tap::Entity::find()
        .filter(edge_tap::Column::Taps.gte(least))
        .all(ledger.reading())
        .await?;
    let tapped = rows.into_iter().map(|row| Tapped {
        from: row.from_role,
        place: row.place,
    });
    Ok(tapped.collect())
}
