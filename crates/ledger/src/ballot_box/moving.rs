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
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::listen::{Ballot, IdeaState};
use uuid::Uuid;

/// Cells that one transaction moves.
const CELLS: usize = 50;

/// Moves what may be moved; how many.
///
/// A cell's batch leaves when at least twice [`LEAST`] (or twice the round's minimum group) wait;
/// that many stay, chosen at random, so that those that wait are not the latest alone.
///
/// # Errors
/// Where the database doesn't answer, or what was sent can't be read. Other cells' were moved.
pub async fn move_ready(ledger: &Ledger) -> Result<usize> {
    let mut by_round: BTreeMap<(Uuid, Kind), Vec<(Uuid, usize)>> = BTreeMap::new();
    for (place, count) in waiting(ledger.reading()).await? {
        let of = by_round.entry((place.round, place.kind)).or_default();
        of.push((place.cell, count));
    }
    let (mut moved, mut failed) = (0, None);
    for ((round, kind), cells) in by_round {
        let done = move_round(ledger, round, kind, &cells, &mut moved).await;
        failed = failed.or(done.err());
    }
    if moved > 0 {
        super::scrub::scrub(ledger, &["inbox", "answer", "idea", "vote"]).await;
    }
    failed.map_or(Ok(moved), Err)
}

async fn move_round(
    ledger: &Ledger,
    round: Uuid,
    kind: Kind,
    cells: &[(Uuid, usize)],
    moved: &mut usize,
) -> Result<()> {
    let least = least(ledger.reading(), round).await?;
    let ready: Vec<Uuid> = cells
        .iter()
        .filter(|(_, count)| *count >= 2 * least)
        .map(|(cell, _)| *cell)
        .collect();
    let mut failed = None;
    for cells in ready.chunks(CELLS) {
        let cells = cells.to_vec();
        let done = ledger
            .write(move |transaction| {
                Box::pin(async move { move_out(transaction, round, kind, &cells, least).await })
            })
            .await;
        match done {
            Ok(count) => *moved += count,
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    failed.map_or(Ok(()), Err)
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
    let group = crate::rounds::terms(&crate::rounds::row(connection, id).await?)?.minimum_group;
    Ok(LEAST.max(usize::try_from(group).unwrap_or(LEAST)))
}

/// Moves cells' rows out of the inbox, all but `keep` of each, where twice as many wait.
async fn move_out(
    transaction: &DatabaseTransaction,
    round: Uuid,
    kind: Kind,
    cells: &[Uuid],
    keep: usize,
) -> Result<usize> {
    let mut rows = Vec::new();
    for cell in cells {
        let mut of_cell = inbox::Entity::find()
            .filter(inbox::Column::RoundId.eq(round))
            .filter(inbox::Column::Kind.eq(kind.name()))
            .filter(inbox::Column::CellId.eq(*cell))
            .all(transaction)
            .await?;
        of_cell.shuffle(&mut rand::rng());
        if of_cell.len() >= 2 * keep {
            of_cell.truncate(of_cell.len() - keep);
            rows.append(&mut of_cell);
        }
    }
    for chunk in rows.chunks(CHUNK) {
        inbox::Entity::delete_many()
            .filter(inbox::Column::Id.is_in(chunk.iter().map(|row| row.id)))
            .exec(transaction)
            .await?;
    }
    let moved = rows.len();
    if moved > 0 {
        let secret = secret(transaction, round).await?;
        // Earlier ones of the cells are written anew with these: the batch doesn't show.
        match kind {
            Kind::Answer => {
                let (mut answers, mut ideas) = (Vec::new(), Vec::new());
                let moving: BTreeSet<Uuid> = rows.iter().map(|row| row.cell_id).collect();
                for cell in moving {
                    let (mixed, their_ideas) = mixed_answers(transaction, round, cell).await?;
                    answers.extend(mixed);
                    ideas.extend(their_ideas);
                }
                for row in rows {
                    let (answer, idea) = made(row, &secret)?;
                    answers.push(answer);
                    ideas.extend(idea);
                }
                put(transaction, answers).await?;
                put(transaction, ideas).await?;
            }
            Kind::Votes => {
                let mut votes = mixed_votes(transaction, round).await?;
                votes.extend(cast(transaction, round, &secret, rows).await?);
                put(transaction, votes).await?;
            }
        }
    }
    Ok(moved)
}

/// What is left of a round's inbox, taken out. Whoever takes it writes it with all that was moved
/// before.
async fn take_rest(
    transaction: &DatabaseTransaction,
    round: Uuid,
    kind: Kind,
) -> Result<Vec<inbox::Model>> {
    let rest = sea_orm::Condition::all()
        .add(inbox::Column::RoundId.eq(round))
        .add(inbox::Column::Kind.eq(kind.name()));
    let rows = inbox::Entity::find()
        .filter(rest.clone())
        .all(transaction)
        .await?;
    inbox::Entity::delete_many()
        .filter(rest)
        .exec(transaction)
        .await?;
    Ok(rows)
}

/// The answers that still wait, out of the inbox.
pub(crate) async fn rest_of_answers(
    transaction: &DatabaseTransaction,
    round: Uuid,
) -> Result<(Vec<answer::Model>, Vec<idea::Model>)> {
    let rows = take_rest(transaction, round, Kind::Answer).await?;
    let secret = secret(transaction, round).await?;
    let (mut answers, mut ideas) = (Vec::new(), Vec::new());
    for row in rows {
        let (answer, idea) = made(row, &secret)?;
        answers.push(answer);
        ideas.extend(idea);
    }
    Ok((answers, ideas))
}

/// The votes that still wait, out of the inbox.
pub(crate) async fn rest_of_votes(
    transaction: &DatabaseTransaction,
    round: Uuid,
) -> Result<Vec<vote::Model>> {
    let rows = take_rest(transaction, round, Kind::Votes).await?;
    let secret = secret(transaction, round).await?;
    cast(transaction, round, &secret, rows).await
}

async fn secret(transaction: &DatabaseTransaction, round: Uuid) -> Result<Vec<u8>> {
    round::Entity::find_by_id(round)
        .one(transaction)
        .await?
        .and_then(|round| round.secret)
        .ok_or(LedgerError::NotFound { what: "open round" })
}

/// Answers of the cell that were moved before, and their ideas, taken out to be written anew.
async fn mixed_answers(
    transaction: &DatabaseTransaction,
    round: Uuid,
    cell: Uuid,
) -> Result<(Vec<answer::Model>, Vec<idea::Model>)> {
    let mut mix: Vec<Uuid> = answer::Entity::find()
        .select_only()
        .column(answer::Column::Id)
        .filter(answer::Column::RoundId.eq(round))
        .filter(answer::Column::CellId.eq(cell))
        .into_tuple()
        .all(transaction)
        .await?;
    mix.shuffle(&mut rand::rng());
    mix.truncate(MIX);
    if mix.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let ideas = idea::Entity::find()
        .filter(idea::Column::AnswerId.is_in(mix.iter().copied()))
        .all(transaction)
        .await?;
    let answers = answer::Entity::find()
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
    Ok((answers, ideas))
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

/// Votes of a round that were moved before, taken out to be written anew.
async fn mixed_votes(transaction: &DatabaseTransaction, round: Uuid) -> Result<Vec<vote::Model>> {
    let mut mix: Vec<Uuid> = vote::Entity::find()
        .select_only()
        .column(vote::Column::Id)
        .filter(vote::Column::RoundId.eq(round))
        .into_tuple()
        .all(transaction)
        .await?;
    mix.shuffle(&mut rand::rng());
    mix.truncate(MIX);
    let votes = vote::Entity::find()
        .filter(vote::Column::Id.is_in(mix.iter().copied()))
        .all(transaction)
        .await?;
    vote::Entity::delete_many()
        .filter(vote::Column::Id.is_in(mix))
        .exec(transaction)
        .await?;
    Ok(votes)
}

/// The votes that rows of the inbox become.
async fn cast(
    transaction: &DatabaseTransaction,
    round: Uuid,
    secret: &[u8],
    rows: Vec<inbox::Model>,
) -> Result<Vec<vote::Model>> {
    let ballots = rows
        .into_iter()
        .map(|row| {
            let ballot: Ballot =
                serde_json::from_value(row.payload).map_err(|_| LedgerError::Unfit {
                    what: "votes in the inbox can't be read".to_owned(),
                    hint: "they were written by a newer version: run that one",
                })?;
            Ok((row_id(secret, row.id), ballot))
        })
        .collect::<Result<Vec<_>>>()?;
    crate::votes::cast(transaction, round, &ballots).await
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
