//! From the inbox to answers, ideas and votes, in shuffled batches of one cell.

use super::state::{Kind, Place};
use super::submit::Waits;
use super::{CHUNK, LEAST, MIX};
use crate::entity::{answer, idea, inbox, round, vote};
use crate::error::{LedgerError, Result};
use crate::keyed::row_id;
use crate::ledger::Ledger;
use rand::seq::SliceRandom;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QuerySelect,
};
use std::collections::BTreeMap;
use throughline_domain::listen::{Ballot, IdeaState, Terms};
use uuid::Uuid;

/// Moves what may be moved; how many.
///
/// A cell's batch leaves when at least twice [`LEAST`] (or twice the round's minimum group) wait;
/// that many stay, chosen at random, so that those that wait are not the latest alone.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn move_ready(ledger: &Ledger) -> Result<usize> {
    let mut moved = 0;
    for (place, count) in waiting(ledger.reading()).await? {
        let least = least(ledger.reading(), place.round).await?;
        if count >= 2 * least {
            moved += ledger
                .write(move |transaction| {
                    Box::pin(async move { move_out(transaction, place, Some(least)).await })
                })
                .await?;
        }
    }
    if moved > 0 {
        super::scrub::scrub(ledger, &["inbox", "answer", "idea", "vote"]).await?;
    }
    Ok(moved)
}

/// How many wait, by place.
pub(crate) async fn waiting(connection: &impl ConnectionTrait) -> Result<BTreeMap<Place, usize>> {
    let rows: Vec<(Uuid, String, Uuid, i64)> = inbox::Entity::find()
        .select_only()
        .columns([
            inbox::Column::RoundId,
            inbox::Column::Kind,
            inbox::Column::CellId,
        ])
        .column_as(inbox::Column::Id.count(), "count")
        .group_by(inbox::Column::RoundId)
        .group_by(inbox::Column::Kind)
        .group_by(inbox::Column::CellId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(round, kind, cell, count)| {
            let kind = Kind::named(&kind)?;
            Some((
                Place { round, kind, cell },
                usize::try_from(count).unwrap_or_default(),
            ))
        })
        .collect())
}

async fn least(connection: &impl ConnectionTrait, id: Uuid) -> Result<usize> {
    let row = round::Entity::find_by_id(id).one(connection).await?;
    let terms = row.and_then(|row| serde_json::from_value::<Terms>(row.terms).ok());
    let group = terms.unwrap_or_default().minimum_group;
    Ok(LEAST.max(usize::try_from(group).unwrap_or(LEAST)))
}

/// Moves a place's rows out of the inbox: all, or all but `keep` if twice as many wait.
pub(crate) async fn move_out(
    transaction: &DatabaseTransaction,
    place: Place,
    keep: Option<usize>,
) -> Result<usize> {
    let mut rows = inbox::Entity::find()
        .filter(inbox::Column::RoundId.eq(place.round))
        .filter(inbox::Column::Kind.eq(place.kind.name()))
        .filter(inbox::Column::CellId.eq(place.cell))
        .all(transaction)
        .await?;
    rows.shuffle(&mut rand::rng());
    if let Some(keep) = keep {
        if rows.len() < 2 * keep {
            return Ok(0);
        }
        rows.truncate(rows.len() - keep);
    }
    let secret = round::Entity::find_by_id(place.round)
        .one(transaction)
        .await?
        .and_then(|round| round.secret)
        .ok_or(LedgerError::NotFound { what: "open round" })?;
    for chunk in rows.chunks(CHUNK) {
        inbox::Entity::delete_many()
            .filter(inbox::Column::Id.is_in(chunk.iter().map(|row| row.id)))
            .exec(transaction)
            .await?;
    }
    let moved = rows.len();
    match place.kind {
        Kind::Answer => answers(transaction, place, &secret, rows).await?,
        Kind::Votes => votes(transaction, place.round, &secret, rows).await?,
    }
    Ok(moved)
}

async fn answers(
    transaction: &DatabaseTransaction,
    place: Place,
    secret: &[u8],
    rows: Vec<inbox::Model>,
) -> Result<()> {
    // Earlier ones of the cell are written anew with these: the batch doesn't show.
    let mut mix: Vec<Uuid> = answer::Entity::find()
        .select_only()
        .column(answer::Column::Id)
        .filter(answer::Column::CellId.eq(place.cell))
        .into_tuple()
        .all(transaction)
        .await?;
    mix.shuffle(&mut rand::rng());
    mix.truncate(MIX);
    let mut ideas = idea::Entity::find()
        .filter(idea::Column::AnswerId.is_in(mix.iter().copied()))
        .all(transaction)
        .await?;
    let mut answers = answer::Entity::find()
        .filter(answer::Column::Id.is_in(mix.iter().copied()))
        .all(transaction)
        .await?;
    idea::Entity::delete_many()
        .filter(idea::Column::Id.is_in(ideas.iter().map(|idea| idea.id)))
        .exec(transaction)
        .await?;
    answer::Entity::delete_many()
        .filter(answer::Column::Id.is_in(mix))
        .exec(transaction)
        .await?;
    for row in rows {
        let (answer, idea) = made(row, secret)?;
        answers.push(answer);
        ideas.extend(idea);
    }
    put(transaction, answers).await?;
    put(transaction, ideas).await
}

/// The answer that a row of the inbox becomes, and its idea.
fn made(row: inbox::Model, secret: &[u8]) -> Result<(answer::Model, Option<idea::Model>)> {
    let waits: Waits = serde_json::from_value(row.payload).map_err(|_| LedgerError::Unfit {
        what: "an answer in the inbox can't be read".to_owned(),
        hint: "it was written by a newer version: run that one",
    })?;
    let answer = answer::Model {
        id: row_id(secret, row.id),
        round_id: row.round_id,
        cell_id: row.cell_id,
        receipt: row.receipt,
        idea: waits.idea,
        block: waits.block,
        commitment: waits.commitment.map(i32::from),
        enps: waits.enps.map(i32::from),
        may_quote: waits.may_quote,
    };
    let idea = answer.idea.is_some().then(|| idea::Model {
        id: Uuid::new_v4(),
        round_id: answer.round_id,
        answer_id: Some(answer.id),
        state: IdeaState::Waiting.name().to_owned(),
        shown: None,
        merged_into: None,
        reason: None,
    });
    Ok((answer, idea))
}

async fn votes(
    transaction: &DatabaseTransaction,
    round: Uuid,
    secret: &[u8],
    rows: Vec<inbox::Model>,
) -> Result<()> {
    let mut mix: Vec<Uuid> = vote::Entity::find()
        .select_only()
        .column(vote::Column::Id)
        .filter(vote::Column::RoundId.eq(round))
        .into_tuple()
        .all(transaction)
        .await?;
    mix.shuffle(&mut rand::rng());
    mix.truncate(MIX);
    let mut votes = vote::Entity::find()
        .filter(vote::Column::Id.is_in(mix.iter().copied()))
        .all(transaction)
        .await?;
    vote::Entity::delete_many()
        .filter(vote::Column::Id.is_in(mix))
        .exec(transaction)
        .await?;
    let ballots: Vec<(Uuid, Ballot)> = rows
        .into_iter()
        .map(|row| {
            let ballot = serde_json::from_value(row.payload).unwrap_or_default();
            (row_id(secret, row.id), ballot)
        })
        .collect();
    votes.extend(crate::votes::cast(transaction, round, &ballots).await?);
    put(transaction, votes).await
}

/// Writes rows in shuffled order.
pub(crate) async fn put<M, A>(transaction: &DatabaseTransaction, mut rows: Vec<M>) -> Result<()>
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
    <A as ActiveModelTrait>::Entity: EntityTrait,
{
    rows.shuffle(&mut rand::rng());
    let mut rows = rows.into_iter().map(M::into_active_model).peekable();
    while rows.peek().is_some() {
        let chunk: Vec<A> = rows.by_ref().take(CHUNK).collect();
        <A as ActiveModelTrait>::Entity::insert_many(chunk)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}
