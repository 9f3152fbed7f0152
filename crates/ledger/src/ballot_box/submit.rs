//! Taking what was sent. On disk before it is acknowledged; sent twice, kept once.
//!
//! The writer hands over all submissions of its group at once: they become one insert in shuffled
//! order, in one commit.

use super::state::{Ballots, Kind, Mark, Place};
use crate::entity::{answer, cell, inbox, round, vote};
use crate::error::{LedgerError, Result};
use crate::invitations::most;
use crate::keyed::row_id;
use crate::ledger::Ledger;
use crate::ways_in::last_day;
use chrono::NaiveDate;
use rand::seq::SliceRandom;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, TransactionTrait,
};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use throughline_domain::Words;
use throughline_domain::listen::{Answer, Ballot, RoundState};
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
    submission: Submission,
    today: NaiveDate,
    ballots: Arc<Ballots>,
    outcome: Option<Result<Outcome>>,
    answer: oneshot::Sender<Result<Outcome>>,
}

impl Waiting {
    fn place(&self) -> Place {
        Place {
            round: self.submission.round,
            kind: self.submission.payload.kind(),
            cell: self.submission.cell,
        }
    }

    fn row(&self) -> Result<inbox::Model> {
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
                    Outcome::Stored => {
                        self.ballots.add(place, self.submission.mark);
                        self.ballots.unsettle([place]);
                    }
                    // The program may have ended between the commit and this line, before.
                    Outcome::AlreadyStored => self.ballots.add(place, self.submission.mark),
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

/// Stores all of a group in one go; where that fails, each by itself, so that one that can't be
/// stored keeps no other out.
pub(crate) async fn store_together(
    transaction: &DatabaseTransaction,
    waiting: &mut [&mut Waiting],
) -> std::result::Result<(), DbErr> {
    if let Ok(outcomes) = store(transaction, waiting).await? {
        for (one, outcome) in waiting.iter_mut().zip(outcomes) {
            one.outcome = Some(Ok(outcome));
        }
        return Ok(());
    }
    for one in waiting {
        let outcome = store(transaction, std::slice::from_mut(one)).await?;
        one.outcome = Some(outcome.map(|outcomes| outcomes[0]));
    }
    Ok(())
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

async fn insert(savepoint: &DatabaseTransaction, waiting: &[&mut Waiting]) -> Result<Vec<Outcome>> {
    let rounds = open_rounds(savepoint, waiting).await?;
    let row_ids: Vec<Option<Uuid>> = waiting
        .iter()
        .map(|one| {
            let round = rounds.get(&one.submission.round)?;
            Some(row_id(round.secret.as_deref()?, one.submission.id))
        })
        .collect();
    let there = already_there(savepoint, waiting, &row_ids).await?;
    let most = most_by_cell(savepoint, waiting).await?;
    let (mut ids, mut marks) = (HashSet::new(), HashSet::new());
    let mut taken: HashMap<Place, usize> = HashMap::new();
    let mut outcomes = Vec::with_capacity(waiting.len());
    let mut rows = Vec::new();
    for (one, row_id) in waiting.iter().zip(&row_ids) {
        let sent = &one.submission;
        let place = one.place();
        let open = rounds
            .get(&sent.round)
            .is_some_and(|round| round.takes(place.kind, one.today));
        let outcome = match row_id {
            Some(row_id) if open => {
                let is_there = there.ids.contains(&sent.id)
                    || there.ids.contains(row_id)
                    || (sent.receipt.as_ref()).is_some_and(|hash| there.receipts.contains(hash));
                if is_there || ids.contains(&sent.id) {
                    Outcome::AlreadyStored
                } else if one.ballots.is_used(place.round, place.kind, &sent.mark)
                    || marks.contains(&(place.round, place.kind, sent.mark))
                {
                    Outcome::AlreadyUsed
                } else if one.ballots.count(place) + taken.get(&place).copied().unwrap_or(0)
                    >= most.get(&sent.cell).copied().unwrap_or(usize::MAX)
                {
                    // Slips that were printed again and again don't make a group larger than it is.
                    Outcome::AlreadyUsed
                } else {
                    *taken.entry(place).or_default() += 1;
                    ids.insert(sent.id);
                    marks.insert((place.round, place.kind, sent.mark));
                    rows.push(one.row()?.into_active_model());
                    Outcome::Stored
                }
            }
            _ => Outcome::NotOpen,
        };
        outcomes.push(outcome);
    }
    if !rows.is_empty() {
        rows.shuffle(&mut rand::rng());
        inbox::Entity::insert_many(rows)
            .exec_without_returning(savepoint)
            .await?;
    }
    Ok(outcomes)
}

/// How many of each cell can answer at most: those invited, and the slips for those that get lost.
async fn most_by_cell(
    savepoint: &DatabaseTransaction,
    waiting: &[&mut Waiting],
) -> Result<HashMap<Uuid, usize>> {
    let ids: HashSet<Uuid> = waiting.iter().map(|one| one.submission.cell).collect();
    let rows: Vec<(Uuid, i32)> = cell::Entity::find()
        .select_only()
        .columns([cell::Column::Id, cell::Column::Invited])
        .filter(cell::Column::Id.is_in(ids))
        .into_tuple()
        .all(savepoint)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, invited)| (id, most(usize::try_from(invited).unwrap_or_default())))
        .collect())
}

/// What decides whether a round takes something.
struct Open {
    state: String,
    secret: Option<Vec<u8>>,
    votes_from: Option<NaiveDate>,
    votes_until: Option<NaiveDate>,
}

impl Open {
    fn takes(&self, kind: Kind, today: NaiveDate) -> bool {
        match kind {
            Kind::Answer => self.state == RoundState::Open.name(),
            Kind::Votes => {
                self.votes_from.is_some_and(|from| from <= today)
                    && self
                        .votes_until
                        .is_none_or(|until| last_day(today) <= until)
            }
        }
    }
}

async fn open_rounds(
    savepoint: &DatabaseTransaction,
    waiting: &[&mut Waiting],
) -> Result<HashMap<Uuid, Open>> {
    let ids: HashSet<Uuid> = waiting.iter().map(|one| one.submission.round).collect();
    type Row = (
        Uuid,
        String,
        Option<Vec<u8>>,
        Option<NaiveDate>,
        Option<NaiveDate>,
    );
    let rows: Vec<Row> = round::Entity::find()
        .select_only()
        .columns([
            round::Column::Id,
            round::Column::State,
            round::Column::Secret,
            round::Column::VotesFrom,
            round::Column::VotesUntil,
        ])
        .filter(round::Column::Id.is_in(ids))
        .into_tuple()
        .all(savepoint)
        .await?;
    let open = |(id, state, secret, votes_from, votes_until)| {
        let open = Open {
            state,
            secret,
            votes_from,
            votes_until,
        };
        (id, open)
    };
    Ok(rows.into_iter().map(open).collect())
}

/// What of the forms is on disk.
struct There {
    /// Ids of those that wait, and of rows that were made of them.
    ids: HashSet<Uuid>,
    /// Receipts: an answer that was changed has a new id and keeps its receipt.
    receipts: HashSet<Vec<u8>>,
}

async fn already_there(
    savepoint: &DatabaseTransaction,
    waiting: &[&mut Waiting],
    row_ids: &[Option<Uuid>],
) -> Result<There> {
    let of = |kind: Kind| {
        waiting
            .iter()
            .zip(row_ids)
            .filter(move |(one, _)| one.place().kind == kind)
            .filter_map(|(_, id)| *id)
            .collect::<Vec<Uuid>>()
    };
    let mut there: HashSet<Uuid> = inbox::Entity::find()
        .select_only()
        .column(inbox::Column::Id)
        .filter(inbox::Column::Id.is_in(waiting.iter().map(|one| one.submission.id)))
        .into_tuple::<Uuid>()
        .all(savepoint)
        .await?
        .into_iter()
        .collect();
    let answers = of(Kind::Answer);
    if !answers.is_empty() {
        let found = answer::Entity::find()
            .select_only()
            .column(answer::Column::Id)
            .filter(answer::Column::Id.is_in(answers))
            .into_tuple::<Uuid>();
        there.extend(found.all(savepoint).await?);
    }
    let ballots = of(Kind::Votes);
    if !ballots.is_empty() {
        let found = vote::Entity::find()
            .select_only()
            .column(vote::Column::Ballot)
            .filter(vote::Column::Ballot.is_in(ballots))
            .into_tuple::<Uuid>();
        there.extend(found.all(savepoint).await?);
    }
    Ok(There {
        ids: there,
        receipts: receipts_there(savepoint, waiting).await?,
    })
}

async fn receipts_there(
    savepoint: &DatabaseTransaction,
    waiting: &[&mut Waiting],
) -> Result<HashSet<Vec<u8>>> {
    let given: Vec<Vec<u8>> = waiting
        .iter()
        .filter_map(|one| one.submission.receipt.clone())
        .collect();
    if given.is_empty() {
        return Ok(HashSet::new());
    }
    let wait = inbox::Entity::find()
        .select_only()
        .column(inbox::Column::Receipt)
        .filter(inbox::Column::Receipt.is_in(given.iter().cloned()))
        .into_tuple::<Vec<u8>>()
        .all(savepoint)
        .await?;
    let moved = answer::Entity::find()
        .select_only()
        .column(answer::Column::Receipt)
        .filter(answer::Column::Receipt.is_in(given))
        .into_tuple::<Vec<u8>>()
        .all(savepoint)
        .await?;
    Ok(wait.into_iter().chain(moved).collect())
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
