//! Storing a group of submissions: one insert in shuffled order, in one commit.

use super::at_once;
use super::state::Place;
use super::submit::{Outcome, Waiting};
use super::there::{already_there, open_cells};
use crate::entity::inbox;
use crate::error::Result;
use crate::keyed::row_id;
use rand::seq::SliceRandom;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, IntoActiveModel,
    TransactionTrait,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Rows that one statement inserts into a file at most: one is kept ready for every number of them.
const ROWS: usize = 64;

/// Stores all of a group in a transaction of their own: where that fails, it has to be taken back.
pub(crate) async fn store_at_once(
    transaction: &DatabaseTransaction,
    waiting: &mut [&mut Waiting],
) -> Result<()> {
    let outcomes = insert(transaction, waiting).await?;
    told(waiting, outcomes);
    Ok(())
}

/// Stores all of a group in one go; where that fails, each by itself, so that one that can't be
/// stored keeps no other out.
pub(crate) async fn store_together(
    transaction: &DatabaseTransaction,
    waiting: &mut [&mut Waiting],
) -> std::result::Result<(), DbErr> {
    if let Ok(outcomes) = store(transaction, waiting).await? {
        told(waiting, outcomes);
        return Ok(());
    }
    for one in waiting {
        let outcome = store(transaction, std::slice::from_mut(one)).await?;
        one.outcome = Some(outcome.map(|outcomes| outcomes[0]));
    }
    Ok(())
}

fn told(waiting: &mut [&mut Waiting], outcomes: Vec<Outcome>) {
    for (one, outcome) in waiting.iter_mut().zip(outcomes) {
        one.outcome = Some(Ok(outcome));
    }
}

/// The outer error: the savepoint could be neither kept nor taken back.
async fn store(
    transaction: &DatabaseTransaction,
    waiting: &[&mut Waiting],
) -> std::result::Result<Result<Vec<Outcome>>, DbErr> {
    let savepoint = transaction.begin().await?;
    match insert(&savepoint, waiting).await {
        Ok(outcomes) => {
            savepoint.commit().await?;
            Ok(Ok(outcomes))
        }
        Err(error) => {
            savepoint.rollback().await?;
            Ok(Err(error))
        }
    }
}

async fn insert(
    transaction: &DatabaseTransaction,
    waiting: &[&mut Waiting],
) -> Result<Vec<Outcome>> {
    let cells = open_cells(transaction, waiting).await?;
    let row_ids: Vec<Option<Uuid>> = waiting
        .iter()
        .map(|one| {
            let open = cells.get(&one.submission.cell)?;
            Some(row_id(open.secret.as_deref()?, one.submission.id))
        })
        .collect();
    let there = already_there(transaction, waiting, &row_ids).await?;
    let (mut ids, mut marks) = (HashSet::new(), HashSet::new());
    let mut taken: HashMap<Place, usize> = HashMap::new();
    let mut outcomes = Vec::with_capacity(waiting.len());
    let mut rows = Vec::new();
    for (one, row_id) in waiting.iter().zip(&row_ids) {
        let sent = &one.submission;
        let place = one.place();
        let open = cells
            .get(&sent.cell)
            .filter(|open| open.takes(place.round, place.kind, one.today));
        let (Some(open), Some(row_id)) = (open, row_id) else {
            outcomes.push(Outcome::NotOpen);
            continue;
        };
        let is_there = there.ids.contains(&sent.id)
            || there.ids.contains(row_id)
            || (sent.receipt.as_ref()).is_some_and(|hash| there.receipts.contains(hash));
        let mark = (place.round, place.kind, sent.mark);
        let outcome = if is_there || ids.contains(&sent.id) {
            // Where the database's answer to a commit was lost, nobody else knows yet of its mark.
            let is_known = one.ballots.is_used(place.round, place.kind, &sent.mark);
            if !is_known && marks.insert(mark) {
                *taken.entry(place).or_default() += 1;
            }
            Outcome::AlreadyStored
        } else if one.ballots.is_used(place.round, place.kind, &sent.mark) || marks.contains(&mark)
        {
            Outcome::AlreadyUsed
        } else if one.ballots.count(place) + taken.get(&place).copied().unwrap_or(0) >= open.most()
        {
            // Slips that were printed again and again don't make a group larger than it is.
            Outcome::AlreadyUsed
        } else {
            *taken.entry(place).or_default() += 1;
            ids.insert(sent.id);
            marks.insert(mark);
            rows.push(one.row()?);
            Outcome::Stored
        };
        outcomes.push(outcome);
    }
    rows.shuffle(&mut rand::rng());
    put(transaction, rows).await?;
    Ok(outcomes)
}

async fn put(transaction: &DatabaseTransaction, mut rows: Vec<inbox::Model>) -> Result<()> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        return at_once::insert(transaction, "inbox", rows.iter().map(as_json).collect()).await;
    }
    while !rows.is_empty() {
        let some = rows.split_off(rows.len().saturating_sub(ROWS));
        let some = some.into_iter().map(IntoActiveModel::into_active_model);
        inbox::Entity::insert_many(some)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

fn as_json(row: &inbox::Model) -> serde_json::Value {
    serde_json::json!({
        "id": row.id,
        "round_id": row.round_id,
        "kind": row.kind,
        "cell_id": row.cell_id,
        "receipt": row.receipt.as_deref().map(at_once::bytes),
        "payload": row.payload,
    })
}
