//! Receipts: with a code that was shown once, the sender alone can see what became of an idea,
//! change it until the round closes, or withdraw it. Words are never shown.
//!
//! The code is made from the round's secret and the form's id, so that a form sent again shows the
//! same one; its hash is kept beside the answer, and it is no key to anything else.

use crate::ballot_box::state::{Kind, Place};
use crate::ballot_box::submit::{Payload, Waits, json};
use crate::entity::{answer, idea, inbox, lever, lever_idea, round, vote};
use crate::error::{LedgerError, Result};
use crate::keyed::{keyed, letters, normal};
use crate::ledger::Ledger;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    ExprTrait, IntoActiveModel, QueryFilter,
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use throughline_disclosure::{Entrusted, Grant};
use throughline_domain::Words;
use throughline_domain::listen::{Answer, IdeaState, LeverStatus, RoundState};
use uuid::Uuid;

/// Letters of a code: 80 bits.
const CODE: usize = 16;

/// What a receipt tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The round's name.
    pub round: String,
    /// Whether the round is open: the idea can be changed.
    pub open: bool,
    /// What became of the idea.
    pub standing: Standing,
}

/// What became of an idea.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "standing")]
pub enum Standing {
    /// There is an answer, without an idea.
    NoIdea,
    /// Nobody has read it yet.
    Waiting,
    /// It was read and is shown to voters.
    Shown,
    /// Others said the same; it counts with theirs.
    Merged,
    /// It isn't shown, and why.
    Refused {
        /// The moderator's reason.
        reason: String,
    },
    /// It is part of something the company looks at.
    Taken {
        /// What.
        title: String,
        /// How far it is.
        status: LeverStatus,
        /// Why, in the company's words.
        why: String,
    },
}

/// The receipt's code for a form of an open round; `None` where the round isn't there.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn code(ledger: &Ledger, round: Uuid, submission: Uuid) -> Result<Option<String>> {
    let row = round::Entity::find_by_id(round)
        .one(ledger.reading())
        .await?;
    let secret = row.and_then(|row| row.secret);
    Ok(secret.map(|secret| letters(&keyed(&secret, &[b"receipt", submission.as_bytes()]), CODE)))
}

/// What is kept of a code, however it was typed.
pub fn hash(code: &str) -> Vec<u8> {
    Sha256::digest(normal(code)).to_vec()
}

/// Where the answer of a receipt is.
enum Found {
    Inbox(inbox::Model),
    Answer(answer::Model),
}

async fn find(connection: &impl ConnectionTrait, code: &str) -> Result<Option<Found>> {
    let hash = hash(code);
    let waits = inbox::Entity::find()
        .filter(inbox::Column::Receipt.eq(hash.clone()))
        .one(connection)
        .await?;
    let moved = answer::Entity::find()
        .filter(answer::Column::Receipt.eq(hash))
        .one(connection)
        .await?;
    Ok(waits.map(Found::Inbox).or(moved.map(Found::Answer)))
}

/// What a code tells; `None` where there is no such code (any more).
///
/// # Errors
/// Where the database doesn't answer.
pub async fn look_up(ledger: &Ledger, code: &str) -> Result<Option<Entrusted<Receipt>>> {
    let connection = ledger.reading();
    let (round_id, standing) = match find(connection, code).await? {
        None => return Ok(None),
        Some(Found::Inbox(row)) => {
            let waits: Option<Waits> = serde_json::from_value(row.payload).ok();
            let has_idea = waits.is_some_and(|waits| waits.idea.is_some());
            let standing = if has_idea {
                Standing::Waiting
            } else {
                Standing::NoIdea
            };
            (row.round_id, standing)
        }
        Some(Found::Answer(row)) => (row.round_id, standing(connection, row.id).await?),
    };
    let round = round::Entity::find_by_id(round_id)
        .one(connection)
        .await?
        .ok_or(LedgerError::NotFound { what: "round" })?;
    let receipt = Receipt {
        round: round.name,
        open: round.state == RoundState::Open.name(),
        standing,
    };
    Ok(Some(Grant::to_the_holder_of_a_receipt().entrust(receipt)))
}

async fn standing(connection: &impl ConnectionTrait, answer: Uuid) -> Result<Standing> {
    let Some(own) = idea::Entity::find()
        .filter(idea::Column::AnswerId.eq(answer))
        .one(connection)
        .await?
    else {
        return Ok(Standing::NoIdea);
    };
    let carried_by = own.merged_into.unwrap_or(own.id);
    let taken = lever_idea::Entity::find()
        .filter(lever_idea::Column::IdeaId.is_in([own.id, carried_by]))
        .one(connection)
        .await?;
    if let Some(taken) = taken {
        let lever = lever::Entity::find_by_id(taken.lever_id)
            .one(connection)
            .await?;
        if let Some(lever) = lever {
            return Ok(Standing::Taken {
                title: lever.title,
                status: LeverStatus::named(&lever.status).unwrap_or(LeverStatus::Heard),
                why: lever.why,
            });
        }
    }
    Ok(match IdeaState::named(&own.state) {
        Some(IdeaState::Shown) => Standing::Shown,
        Some(IdeaState::Merged) => Standing::Merged,
        Some(IdeaState::Refused) => Standing::Refused {
            reason: own.reason.unwrap_or_default(),
        },
        Some(IdeaState::Waiting) | None => Standing::Waiting,
    })
}

/// Puts other words in the idea's place, while the round is open; whether there was something to
/// change. It is read anew by a moderator, and votes on it fall away.
///
/// # Errors
/// Where the round is closed, or the database doesn't answer.
pub async fn change(ledger: &Ledger, code: &str, idea: Words) -> Result<bool> {
    let code = code.to_owned();
    let changed = ledger
        .write(move |transaction| {
            Box::pin(async move {
                let Some(found) = find(transaction, &code).await? else {
                    return Ok(None);
                };
                let (row, mut waits) = take_out(transaction, found).await?;
                let round = round::Entity::find_by_id(row.round_id)
                    .one(transaction)
                    .await?
                    .ok_or(LedgerError::NotFound { what: "round" })?;
                if round.state != RoundState::Open.name() {
                    return Err(LedgerError::refused(
                        "the round is closed: an idea can't be changed any more",
                        "you can still withdraw it",
                    ));
                }
                waits.idea = Some(idea);
                let payload = json(&Payload::Answer(waits))?;
                let place = Place {
                    round: row.round_id,
                    kind: Kind::Answer,
                    cell: row.cell_id,
                };
                inbox::Entity::insert(inbox::Model { payload, ..row }.into_active_model())
                    .exec_without_returning(transaction)
                    .await?;
                Ok(Some(place))
            })
        })
        .await?;
    if let Some(place) = changed {
        ledger.ballots().unsettle([place]);
    }
    Ok(changed.is_some())
}

/// Takes the whole answer away; whether there was one. The way in stays used.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn withdraw(ledger: &Ledger, code: &str) -> Result<bool> {
    let code = code.to_owned();
    let gone = ledger
        .write(move |transaction| {
            Box::pin(async move {
                let Some(found) = find(transaction, &code).await? else {
                    return Ok(false);
                };
                take_out(transaction, found).await?;
                Ok(true)
            })
        })
        .await?;
    if gone {
        let tables = ["inbox", "answer", "idea", "vote"];
        crate::ballot_box::scrub::scrub(ledger, &tables).await?;
    }
    Ok(gone)
}

/// Takes an answer out, wherever it is; as it would stand in the inbox, and what it says.
async fn take_out(
    transaction: &DatabaseTransaction,
    found: Found,
) -> Result<(inbox::Model, Answer)> {
    match found {
        Found::Inbox(row) => {
            inbox::Entity::delete_by_id(row.id)
                .exec(transaction)
                .await?;
            let waits: Waits =
                serde_json::from_value(row.payload.clone()).map_err(|_| LedgerError::Unfit {
                    what: "an answer in the inbox can't be read".to_owned(),
                    hint: "it was written by a newer version: run that one",
                })?;
            let answer = Answer {
                idea: waits.idea.map(Words::new),
                block: waits.block.map(Words::new),
                commitment: waits.commitment,
                enps: waits.enps,
                may_quote: waits.may_quote,
            };
            Ok((row, answer))
        }
        Found::Answer(row) => {
            take_idea_out(transaction, row.id).await?;
            answer::Entity::delete_by_id(row.id)
                .exec(transaction)
                .await?;
            let small = |value: Option<i32>| value.and_then(|value| u8::try_from(value).ok());
            let answer = Answer {
                idea: row.idea.map(Words::new),
                block: row.block.map(Words::new),
                commitment: small(row.commitment),
                enps: small(row.enps),
                may_quote: row.may_quote,
            };
            let waits = inbox::Model {
                id: Uuid::new_v4(),
                round_id: row.round_id,
                kind: Kind::Answer.name().to_owned(),
                cell_id: row.cell_id,
                receipt: row.receipt,
                payload: serde_json::Value::Null,
            };
            Ok((waits, answer))
        }
    }
}

/// Ideas that were merged into it are read anew; votes on it fall away.
async fn take_idea_out(transaction: &DatabaseTransaction, answer: Uuid) -> Result<()> {
    let Some(own) = idea::Entity::find()
        .filter(idea::Column::AnswerId.eq(answer))
        .one(transaction)
        .await?
    else {
        return Ok(());
    };
    let merged = idea::Entity::find()
        .filter(idea::Column::MergedInto.eq(own.id))
        .all(transaction)
        .await?;
    for other in merged {
        let mut other = other.into_active_model();
        other.state = ActiveValue::Set(IdeaState::Waiting.name().to_owned());
        other.merged_into = ActiveValue::Set(None);
        other.update(transaction).await?;
    }
    vote::Entity::delete_many()
        .filter(
            vote::Column::One
                .eq(own.id)
                .or(vote::Column::Other.eq(own.id)),
        )
        .exec(transaction)
        .await?;
    lever_idea::Entity::delete_many()
        .filter(lever_idea::Column::IdeaId.eq(own.id))
        .exec(transaction)
        .await?;
    idea::Entity::delete_by_id(own.id).exec(transaction).await?;
    Ok(())
}
