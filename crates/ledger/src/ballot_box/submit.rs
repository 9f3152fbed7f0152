//! Taking what was sent. On disk before it is acknowledged; sent twice, kept once.
//!
//! The writer hands over all submissions of its group at once ([`store_together`](super::store)).

use super::state::{Ballots, Kind, Mark, Place};
use crate::entity::inbox;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use chrono::NaiveDate;
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use throughline_domain::Words;
use throughline_domain::listen::{Answer, Ballot};
use tokio::sync::oneshot;
use uuid::Uuid;

/// What somebody sends.
#[derive(Clone)]
pub struct Submission {
    /// The round.
    pub round: Uuid,
    /// The sender's cell.
    pub cell: Uuid,
    /// The mark of the way in.
    pub mark: Mark,
    /// The random id that stood in the form.
    pub id: Uuid,
    /// The hash of the receipt's code, where one is wished.
    pub receipt: Option<Vec<u8>>,
    /// The answer or the votes.
    pub payload: Payload,
}

/// What is in it.
#[derive(Clone)]
pub enum Payload {
    /// An answer to the round's questions.
    Answer(Answer),
    /// Votes on its ideas.
    Votes(Ballot),
}

impl Payload {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Answer(_) => Kind::Answer,
            Self::Votes(_) => Kind::Votes,
        }
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is on disk.
    Stored,
    /// It was on disk already: the same form was sent again.
    AlreadyStored,
    /// Another form was sent with this way in.
    AlreadyUsed,
    /// The round doesn't take it (any more).
    NotOpen,
}

/// Takes what was sent; where it says stored, it is on disk.
///
/// # Errors
/// Where it can't be written: nothing was kept then, and the same form may be sent again.
pub async fn submit(ledger: &Ledger, submission: Submission, today: NaiveDate) -> Result<Outcome> {
    let (answer, told) = oneshot::channel();
    let waiting = Waiting {
        submission,
        today,
        ballots: Arc::clone(ledger.ballots()),
        outcome: None,
        answer,
    };
    ledger.writer().submit(waiting).await?;
    told.await.map_err(|_| LedgerError::Closing)?
}

/// A submission in the writer's queue.
pub(crate) struct Waiting {
    pub(super) submission: Submission,
    pub(super) today: NaiveDate,
    pub(super) ballots: Arc<Ballots>,
    pub(super) outcome: Option<Result<Outcome>>,
    answer: oneshot::Sender<Result<Outcome>>,
}

impl Waiting {
    pub(super) fn place(&self) -> Place {
        Place {
            round: self.submission.round,
            kind: self.submission.payload.kind(),
            cell: self.submission.cell,
        }
    }

    pub(super) fn row(&self) -> Result<inbox::Model> {
        Ok(inbox::Model {
            id: self.submission.id,
            round_id: self.submission.round,
            kind: self.submission.payload.kind().name().to_owned(),
            cell_id: self.submission.cell,
            receipt: self.submission.receipt.clone(),
            payload: json(&self.submission.payload)?,
        })
    }

    /// Tells the sender how the commit went, after the mark is known.
    pub(crate) fn told(self, committed: std::result::Result<(), String>) {
        let place = self.place();
        let outcome = match (self.outcome, committed) {
            (Some(Ok(outcome)), Ok(())) => {
                match outcome {
                    // Already stored: the program may have ended between the commit and this line,
                    // before, or the database's answer to the commit was lost.
                    Outcome::Stored | Outcome::AlreadyStored => {
                        self.ballots.add(place, self.submission.mark);
                        self.ballots.unsettle([place]);
                    }
                    Outcome::AlreadyUsed | Outcome::NotOpen => {}
                }
                Ok(outcome)
            }
            (Some(Err(error)), _) => Err(error),
            (_, Err(why)) => Err(LedgerError::Database(DbErr::Custom(why))),
            (None, Ok(())) => Err(LedgerError::Closing),
        };
        // Whoever sent it may have gone; what was committed stays.
        let _ = self.answer.send(outcome);
    }
}

/// An answer as it waits.
#[derive(Serialize, Deserialize)]
pub(crate) struct Waits {
    pub idea: Option<String>,
    pub block: Option<String>,
    pub commitment: Option<u8>,
    pub enps: Option<u8>,
    pub may_quote: bool,
}

/// The JSON of what was sent.
pub(crate) fn json(payload: &Payload) -> Result<serde_json::Value> {
    // PostgreSQL takes no NUL in a text.
    let plain = |words: &Option<Words>| {
        let words = words.as_ref()?.for_analysis().replace('\0', "");
        (!words.is_empty()).then_some(words)
    };
    let value = match payload {
        Payload::Answer(answer) => serde_json::to_value(Waits {
            idea: plain(&answer.idea),
            block: plain(&answer.block),
            commitment: answer.commitment,
            enps: answer.enps,
            may_quote: answer.may_quote,
        }),
        Payload::Votes(ballot) => serde_json::to_value(ballot),
    };
    value.map_err(|error| LedgerError::refused(error.to_string(), "send it in another form"))
}
