//! Receipts: with a code that was shown once, the sender alone can see what became of an idea,
//! change it until the round closes, or withdraw it. Words are never shown.
//!
//! The code is made from the round's secret and the form's id, so that a form sent again shows the
//! same one; its hash is kept beside the answer, and it is no key to anything else.

use crate::ballot_box::state::{Kind, Place};
use crate::ballot_box::submit::{Payload, Waits, json};
use crate::entity::{answer, inbox};
use crate::error::{LedgerError, Result};
use crate::ideas::{self, Fate};
use crate::keyed::{keyed, letters, normal};
use crate::ledger::Ledger;
use crate::rounds;
use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};
use sha2::{Digest, Sha256};
use throughline_disclosure::{Entrusted, Grant};
use throughline_domain::Words;
use throughline_domain::listen::{Answer, IdeaState, RoundState};
use uuid::Uuid;

/// Letters of a code: 80 bits.
const CODE: usize = 16;

/// What a receipt tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// The round's name.
    pub round: String,
    /// Its languages.
    pub languages: Vec<String>,
    /// Where misconduct and danger are to be told.
    pub channel: String,
    /// Whether the round is open: the idea can be changed.
    pub open: bool,
    /// The last day of votes on it, where one is set.
    pub votes_until: Option<NaiveDate>,
    /// Whether nobody can vote any more, whatever the day: the ways in are gone.
    pub sealed: bool,
    /// What became of the idea; `None` where the answer has none.
    pub idea: Option<Fate>,
}

/// The receipt's code for a form of an open round; `None` where the round isn't there.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn code(ledger: &Ledger, round: Uuid, submission: Uuid) -> Result<Option<String>> {
    let secret = rounds::kept_secret(ledger, round).await?;
    let code =
        |secret: &Vec<u8>| letters(&keyed(secret, &[b"receipt", submission.as_bytes()]), CODE);
    Ok(secret.as_ref().as_ref().map(code))
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
    let (round, idea) = match find(ledger.reading(), code).await? {
        None => return Ok(None),
        Some(Found::Inbox(row)) => {
            let waits: Option<Waits> = serde_json::from_value(row.payload).ok();
            let has_idea = waits.is_some_and(|waits| waits.idea.is_some());
            let waiting = Fate {
                state: IdeaState::Waiting,
                refusal: None,
                taken: None,
            };
            (row.round_id, has_idea.then_some(waiting))
        }
        Some(Found::Answer(row)) => (row.round_id, ideas::fate(ledger, row.id).await?),
    };
    let round = rounds::by_id(ledger, round).await?;
    let receipt = Receipt {
        round: round.name,
        languages: round.languages,
        channel: round.channel,
        open: round.state == RoundState::Open,
        votes_until: round.votes.map(|(_, until)| until),
        sealed: round.sealed,
        idea,
    };
    Ok(Some(Grant::to_the_holder_of_a_receipt().entrust(receipt)))
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
                let round = rounds::row(transaction, row.round_id).await?;
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
        crate::ballot_box::scrub::scrub(ledger, &tables).await;
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
            ideas::withdrawn(transaction, row.id).await?;
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
