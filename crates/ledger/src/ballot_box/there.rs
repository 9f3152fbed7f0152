//! What the database says about a group of submissions, before it is stored: which are there, and
//! what their rounds take. Few questions for many submissions: each is a way to the database and back.

use super::LEAST;
use super::state::Kind;
use super::submit::Waiting;
use crate::entity::{answer, cell, inbox, round, vote};
use crate::error::Result;
use crate::invitations::most;
use crate::ways_in::last_day;
use chrono::NaiveDate;
use sea_orm::sea_query::UnionType;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QuerySelect, QueryTrait, RelationTrait, Select,
};
use std::collections::{HashMap, HashSet};
use throughline_domain::listen::RoundState;
use uuid::Uuid;

/// A cell, and what decides whether its round takes something.
#[derive(FromQueryResult)]
pub(super) struct Open {
    id: Uuid,
    invited: i32,
    round_id: Uuid,
    state: String,
    pub(super) secret: Option<Vec<u8>>,
    votes_from: Option<NaiveDate>,
    votes_until: Option<NaiveDate>,
}

impl Open {
    /// Whether the round takes that kind.
    pub(super) fn takes(&self, round: Uuid, kind: Kind, today: NaiveDate) -> bool {
        let takes = match kind {
            Kind::Answer => self.state == RoundState::Open.name(),
            Kind::Votes => {
                self.votes_from.is_some_and(|from| from <= today)
                    && self
                        .votes_until
                        .is_none_or(|until| last_day(today) <= until)
            }
        };
        takes && self.round_id == round
    }

    /// How many of the cell can answer at most: those invited, and the slips for those that get lost.
    /// Too few stay too few, however many slips are printed for them.
    pub(super) fn most(&self) -> usize {
        let invited = usize::try_from(self.invited).unwrap_or_default();
        match most(invited) {
            most if invited < LEAST => most.min(LEAST - 1),
            most => most,
        }
    }
}

/// The cells of the submissions.
pub(super) async fn open_cells(
    savepoint: &DatabaseTransaction,
    waiting: &[&mut Waiting],
) -> Result<HashMap<Uuid, Open>> {
    let ids: HashSet<Uuid> = waiting.iter().map(|one| one.submission.cell).collect();
    let rows = cell::Entity::find()
        .select_only()
        .columns([
            cell::Column::Id,
            cell::Column::Invited,
            cell::Column::RoundId,
        ])
        .columns([
            round::Column::State,
            round::Column::Secret,
            round::Column::VotesFrom,
            round::Column::VotesUntil,
        ])
        .join(JoinType::InnerJoin, cell::Relation::Round.def())
        .filter(cell::Column::Id.is_in(padded(ids)))
        .into_model::<Open>()
        .all(savepoint)
        .await?;
    Ok(rows.into_iter().map(|open| (open.id, open)).collect())
}

/// What of the forms is on disk.
pub(super) struct There {
    /// Ids of those that wait, and of rows that were made of them.
    pub ids: HashSet<Uuid>,
    /// Receipts: an answer that was changed has a new id and keeps its receipt.
    pub receipts: HashSet<Vec<u8>>,
}

/// Looks for all of a group; `row_ids`: under which ids their rows stand after they left the inbox.
pub(super) async fn already_there(
    savepoint: &DatabaseTransaction,
    waiting: &[&mut Waiting],
    row_ids: &[Option<Uuid>],
) -> Result<There> {
    let of = |kind: Kind| {
        let all = waiting.iter().zip(row_ids);
        all.filter(move |(one, _)| one.place().kind == kind)
            .filter_map(|(_, id)| *id)
    };
    let sent = waiting.iter().map(|one| one.submission.id);
    let mut ids = inbox::Entity::find()
        .select_only()
        .column(inbox::Column::Id)
        .filter(inbox::Column::Id.is_in(padded(sent)));
    if of(Kind::Answer).next().is_some() {
        let moved = answer::Entity::find()
            .select_only()
            .column(answer::Column::Id)
            .filter(answer::Column::Id.is_in(padded(of(Kind::Answer))));
        ids = and(ids, moved);
    }
    if of(Kind::Votes).next().is_some() {
        let counted = vote::Entity::find()
            .select_only()
            .column(vote::Column::Ballot)
            .filter(vote::Column::Ballot.is_in(padded(of(Kind::Votes))));
        ids = and(ids, counted);
    }
    let ids: Vec<Uuid> = ids.into_tuple().all(savepoint).await?;
    Ok(There {
        ids: ids.into_iter().collect(),
        receipts: receipts_there(savepoint, waiting).await?,
    })
}

async fn receipts_there(
    savepoint: &DatabaseTransaction,
    waiting: &[&mut Waiting],
) -> Result<HashSet<Vec<u8>>> {
    let given = waiting
        .iter()
        .filter_map(|one| one.submission.receipt.clone());
    let given = padded(given);
    if given.is_empty() {
        return Ok(HashSet::new());
    }
    let wait = inbox::Entity::find()
        .select_only()
        .column(inbox::Column::Receipt)
        .filter(inbox::Column::Receipt.is_in(given.iter().cloned()));
    let moved = answer::Entity::find()
        .select_only()
        .column(answer::Column::Receipt)
        .filter(answer::Column::Receipt.is_in(given));
    let found: Vec<Vec<u8>> = and(wait, moved).into_tuple().all(savepoint).await?;
    Ok(found.into_iter().collect())
}

/// Both at once.
fn and<One: EntityTrait, Other: EntityTrait>(
    mut one: Select<One>,
    other: Select<Other>,
) -> Select<One> {
    QueryTrait::query(&mut one).union(UnionType::All, other.into_query());
    one
}

/// The last one again until they are a power of two: the database then knows the question from
/// before, instead of reading a new one for every length of list.
fn padded<T: Clone>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.into_iter().collect();
    if let Some(last) = all.last().cloned() {
        all.resize(all.len().next_power_of_two(), last);
    }
    all
}
