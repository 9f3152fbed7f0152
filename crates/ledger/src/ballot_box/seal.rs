//! Closing: everything that is left is moved, everything is written anew in random order under new
//! ids, and the marks are deleted.

use super::moving::{put, rest_of_answers, rest_of_votes};
use super::state::Kind;
use super::tap::write_in;
use crate::audit::{self, Act};
use crate::entity::{answer, idea, slip, used, vote};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::rounds::{must_be, read, row};
use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter,
};
use std::collections::HashMap;
use throughline_domain::listen::RoundState;
use uuid::Uuid;

/// Closes a round: no more answers are taken. Slips and the round's secret stay, so that the same
/// ways in serve for votes, until [`end_votes`].
///
/// # Errors
/// Where the round isn't open, or the database doesn't answer.
pub async fn seal(ledger: &Ledger, id: Uuid, today: NaiveDate, who: String) -> Result<()> {
    let taps = ledger.ballots().take_taps(id, 1);
    let waiting = taps.clone();
    let closed = ledger
        .write(move |transaction| {
            Box::pin(async move {
                let row = row(transaction, id).await?;
                must_be(&read(row.clone())?, RoundState::Open)?;
                let act = Act::new(who, "round.close", &row.name);
                let mut row = row.into_active_model();
                rewrite_answers(transaction, id).await?;
                delete_marks(transaction, id, Kind::Answer).await?;
                write_in(transaction, id, taps).await?;
                row.state = ActiveValue::Set(RoundState::Closed.name().to_owned());
                row.closed_on = ActiveValue::Set(Some(today));
                row.update(transaction).await?;
                audit::append(transaction, act).await
            })
        })
        .await;
    if let Err(error) = closed {
        ledger.ballots().put_back(id, waiting);
        return Err(error);
    }
    ledger.ballots().forget(id, Kind::Answer);
    super::scrub::scrub_all(ledger, &["inbox", "answer", "idea", "used", "edge_tap"]).await;
    Ok(())
}

/// Ends a closed round's votes, or says that there will be none: slips, marks and the secret go.
/// Ended once more, nothing happens.
///
/// # Errors
/// Where the round isn't closed, or the database doesn't answer.
pub async fn end_votes(ledger: &Ledger, id: Uuid, today: NaiveDate, who: String) -> Result<()> {
    let ended = ledger
        .write(move |transaction| {
            Box::pin(async move {
                let row = row(transaction, id).await?;
                if row.state != RoundState::Closed.name() {
                    return Err(LedgerError::refused(
                        format!("the round `{}` isn't closed", row.name),
                        "close it first",
                    ));
                }
                let act = Act::new(who, "votes.end", &row.name);
                if row.secret.is_none() {
                    return Ok(false);
                }
                rewrite_votes(transaction, id).await?;
                for kind in Kind::ALL {
                    delete_marks(transaction, id, kind).await?;
                }
                slip::Entity::delete_many()
                    .filter(slip::Column::RoundId.eq(id))
                    .exec(transaction)
                    .await?;
                let cut_short =
                    row.votes_from.is_some() && row.votes_until.is_none_or(|until| today < until);
                let mut row = row.into_active_model();
                row.secret = ActiveValue::Set(None);
                if cut_short {
                    row.votes_until = ActiveValue::Set(Some(today));
                }
                row.update(transaction).await?;
                audit::append(transaction, act).await?;
                Ok(true)
            })
        })
        .await?;
    if ended {
        ledger.ballots().forget(id, Kind::Votes);
        ledger.ways().forget(id);
        ledger.kept().forget_secrets();
        super::scrub::scrub_all(ledger, &["inbox", "vote", "used", "slip", "round"]).await;
    }
    Ok(())
}

/// Writes all answers anew, with those that still wait.
async fn rewrite_answers(transaction: &DatabaseTransaction, id: Uuid) -> Result<()> {
    let mut answers = answer::Entity::find()
        .filter(answer::Column::RoundId.eq(id))
        .all(transaction)
        .await?;
    let mut ideas = idea::Entity::find()
        .filter(idea::Column::RoundId.eq(id))
        .all(transaction)
        .await?;
    idea::Entity::delete_many()
        .filter(idea::Column::RoundId.eq(id))
        .exec(transaction)
        .await?;
    answer::Entity::delete_many()
        .filter(answer::Column::RoundId.eq(id))
        .exec(transaction)
        .await?;
    let (waited, their_ideas) = rest_of_answers(transaction, id).await?;
    answers.extend(waited);
    ideas.extend(their_ideas);
    let mut named = HashMap::new();
    for answer in &mut answers {
        let new = Uuid::new_v4();
        named.insert(answer.id, new);
        answer.id = new;
    }
    for idea in &mut ideas {
        idea.answer_id = idea.answer_id.and_then(|old| named.get(&old).copied());
    }
    put(transaction, answers).await?;
    put(transaction, ideas).await
}

/// Writes all votes anew, with those that still wait.
async fn rewrite_votes(transaction: &DatabaseTransaction, id: Uuid) -> Result<()> {
    let mut votes = vote::Entity::find()
        .filter(vote::Column::RoundId.eq(id))
        .all(transaction)
        .await?;
    vote::Entity::delete_many()
        .filter(vote::Column::RoundId.eq(id))
        .exec(transaction)
        .await?;
    votes.extend(rest_of_votes(transaction, id).await?);
    let mut named = HashMap::new();
    for vote in &mut votes {
        vote.id = Uuid::new_v4();
        vote.ballot = *named.entry(vote.ballot).or_insert_with(Uuid::new_v4);
    }
    put(transaction, votes).await
}

async fn delete_marks(transaction: &DatabaseTransaction, id: Uuid, kind: Kind) -> Result<()> {
    used::Entity::delete_many()
        .filter(used::Column::RoundId.eq(id))
        .filter(used::Column::Kind.eq(kind.name()))
        .exec(transaction)
        .await?;
    Ok(())
}
