//! Ways in: what lets a respondent answer without saying who she is.
//!
//! A personal link's token is made from the round's secret and the person, so that a reminder can
//! carry the same link and no list of tokens is kept. A slip's token is random; its hash alone is
//! kept, with a cell. Either leads to the same: a round, a cell, and the mark that it was used.
//!
//! Which token belongs to which cell is worked out once a round and kept in memory, by a hash
//! with a key of this process: looking one up takes as long whether it was used or not. A slip is
//! looked for where no link is found: a code that is over and one that never was take as long.

use crate::ballot_box::{Kind, Mark};
use crate::entity::{member, person, round, slip, unit};
use crate::error::{LedgerError, Result};
pub use crate::keyed::normal;
use crate::keyed::{keyed, letters};
use crate::ledger::Ledger;
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use throughline_domain::listen::{RoundState, Terms};
use uuid::Uuid;

/// Letters of a personal link's token: 130 bits.
const LINK: usize = 26;
/// Letters of a slip's token, which may be typed: 80 bits.
const SLIP: usize = 16;
/// Letters of a shared code, which opens nothing by itself.
const SHARED: usize = 8;

/// Where a token leads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// The round.
    pub round: Uuid,
    /// The cell that will stand beside what is sent.
    pub cell: Uuid,
    /// The mark that it was used, for [`crate::ballot_box::submit`].
    pub mark: Mark,
    /// Whether it was used for that kind. Never said to whoever asks.
    pub used: bool,
}

/// The token of a person's link.
pub fn link_token(secret: &[u8], person: Uuid) -> String {
    letters(&keyed(secret, &[b"link", person.as_bytes()]), LINK)
}

/// A new token for a slip: 80 random bits as 16 letters, to be printed in groups of four.
pub fn slip_token() -> String {
    letters(&rand::random::<[u8; 32]>(), SLIP)
}

/// What is kept of a slip's token.
pub fn slip_hash(token: &str) -> Vec<u8> {
    Sha256::digest(normal(token)).to_vec()
}

/// The new secret of a round that opens.
pub fn secret() -> Vec<u8> {
    rand::random::<[u8; 32]>().to_vec()
}

/// Cells by token, for a round.
type Links = HashMap<[u8; 32], Uuid>;

/// What was worked out.
pub(crate) struct Known {
    key: [u8; 32],
    rounds: Mutex<HashMap<Uuid, Arc<Links>>>,
    working: tokio::sync::Mutex<()>,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            key: rand::random(),
            rounds: Mutex::default(),
            working: tokio::sync::Mutex::default(),
        }
    }
}

impl Known {
    fn rounds(&self) -> MutexGuard<'_, HashMap<Uuid, Arc<Links>>> {
        self.rounds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The round has no ways in any more.
    pub(crate) fn forget(&self, round: Uuid) {
        self.rounds().remove(&round);
    }
}

/// Where a token leads, for that kind; `None` where it leads nowhere (now).
///
/// # Errors
/// Where the database doesn't answer.
pub async fn resolve(
    ledger: &Ledger,
    token: &str,
    kind: Kind,
    today: NaiveDate,
) -> Result<Option<Way>> {
    let token = normal(token);
    let rounds = kept_taking(ledger, kind, today).await?;
    let hashed = keyed(&ledger.ways().key, &[token.as_bytes()]);
    let mut found = None;
    for (round, secret) in rounds.iter() {
        if let Some(cell) = links(ledger, *round, secret).await?.get(&hashed) {
            found = Some((*round, *cell));
        }
    }
    let way = |(round, cell): (Uuid, Uuid)| {
        let (_, secret) = rounds.iter().find(|(id, _)| *id == round)?;
        let mark = mark(secret, kind, &token);
        let used = ledger.ballots().is_used(round, kind, &mark);
        Some(Way {
            round,
            cell,
            mark,
            used,
        })
    };
    if let Some(of_link) = found {
        // Whether it was used makes no difference to how long this takes.
        return Ok(way(of_link));
    }
    let of_slip = slip::Entity::find_by_id(slip_hash(&token))
        .one(ledger.reading())
        .await?
        .map(|slip| (slip.round_id, slip.cell_id));
    Ok(of_slip.and_then(way))
}

/// Whether a token belongs to a round whose ways in are there still. It may be used, or the round
/// take nothing now: whoever brings it hasn't guessed. Never said to whoever asks.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn is_known(ledger: &Ledger, token: &str) -> Result<bool> {
    let token = normal(token);
    let rounds: Vec<(Uuid, Vec<u8>)> = round::Entity::find()
        .select_only()
        .columns([round::Column::Id, round::Column::Secret])
        .filter(round::Column::Secret.is_not_null())
        .into_tuple()
        .all(ledger.reading())
        .await?;
    let hashed = keyed(&ledger.ways().key, &[token.as_bytes()]);
    let mut known = false;
    for (round, secret) in &rounds {
        known |= links(ledger, *round, secret).await?.contains_key(&hashed);
    }
    let slip = slip::Entity::find_by_id(slip_hash(&token))
        .one(ledger.reading())
        .await?;
    Ok(known || slip.is_some())
}

/// The link tokens of a person, by round: for somebody who signed in and is known by that.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn of_person(
    ledger: &Ledger,
    person: Uuid,
    kind: Kind,
    today: NaiveDate,
) -> Result<Vec<(Uuid, String)>> {
    let rounds = taking(ledger, kind, today).await?;
    let asked: HashSet<Uuid> = member::Entity::find()
        .select_only()
        .column(member::Column::RoundId)
        .filter(member::Column::PersonId.eq(person))
        .into_tuple::<Uuid>()
        .all(ledger.reading())
        .await?
        .into_iter()
        .collect();
    Ok(rounds
        .into_iter()
        .filter(|(round, _)| asked.contains(round))
        .map(|(round, secret)| (round, link_token(&secret, person)))
        .collect())
}

/// The shared code of a round whose terms let people in by a code with attributes: eight letters.
pub fn shared_code(secret: &[u8]) -> String {
    letters(&keyed(secret, &[b"shared code"]), SHARED)
}

/// The shared code of an open round; `None` where its terms have none.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn code_of(ledger: &Ledger, id: Uuid) -> Result<Option<String>> {
    let row = round::Entity::find_by_id(id).one(ledger.reading()).await?;
    Ok(row
        .filter(|row| row.state == RoundState::Open.name() && lets_in_by_code(row))
        .and_then(|row| row.secret)
        .map(|secret| shared_code(&secret)))
}

/// Whether a code is the shared one of a round that is open.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn is_shared(ledger: &Ledger, code: &str) -> Result<bool> {
    Ok(shared(ledger, code).await?.is_some())
}

async fn shared(ledger: &Ledger, code: &str) -> Result<Option<round::Model>> {
    let code = normal(code);
    let open = round::Entity::find()
        .filter(round::Column::State.eq(RoundState::Open.name()))
        .all(ledger.reading())
        .await?;
    Ok(open.into_iter().filter(lets_in_by_code).find(|row| {
        let secret = row.secret.as_deref();
        secret.is_some_and(|secret| shared_code(secret) == code)
    }))
}

fn lets_in_by_code(row: &round::Model) -> bool {
    serde_json::from_value::<Terms>(row.terms.clone()).is_ok_and(|terms| terms.code_with_attributes)
}

/// The link's token of somebody who gave the shared code, her id of HR's system and her unit as
/// frozen. It is weak: whoever knows these is taken for her; so a round has to allow it.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn by_attributes(
    ledger: &Ledger,
    code: &str,
    external_id: &str,
    unit_name: &str,
) -> Result<Option<String>> {
    let Some(round) = shared(ledger, code).await? else {
        return Ok(None);
    };
    let same = |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
    let person = person::Entity::find()
        .filter(person::Column::ExternalId.eq(external_id.trim()))
        .one(ledger.reading())
        .await?;
    let person = person.map_or_else(Uuid::nil, |person| person.id);
    let member = member::Entity::find_by_id((round.id, person))
        .one(ledger.reading())
        .await?;
    let unit = member
        .as_ref()
        .map_or_else(Uuid::nil, |member| member.unit_id);
    let unit = unit::Entity::find_by_id(unit).one(ledger.reading()).await?;
    let is_hers = unit.is_some_and(|unit| same(&unit.name, unit_name));
    Ok(round
        .secret
        .filter(|_| member.is_some() && is_hers)
        .map(|secret| link_token(&secret, person)))
}

/// The rounds that an address signed in for may answer: their names and link tokens, those not
/// used yet.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn of_email(
    ledger: &Ledger,
    email: &str,
    kind: Kind,
    today: NaiveDate,
) -> Result<Vec<(String, String)>> {
    let person = person::Entity::find()
        .filter(person::Column::Email.eq(email.to_lowercase()))
        .one(ledger.reading())
        .await?;
    let Some(person) = person else {
        return Ok(Vec::new());
    };
    let mut open = Vec::new();
    for (round, token) in of_person(ledger, person.id, kind, today).await? {
        let way = resolve(ledger, &token, kind, today).await?;
        if way.is_some_and(|way| !way.used) {
            open.push((crate::rounds::by_id(ledger, round).await?.name, token));
        }
    }
    Ok(open)
}

fn mark(secret: &[u8], kind: Kind, token: &str) -> Mark {
    Mark(keyed(
        secret,
        &[b"mark", kind.name().as_bytes(), token.as_bytes()],
    ))
}

/// The same, at most a second old: it is asked for with every request.
async fn kept_taking(
    ledger: &Ledger,
    kind: Kind,
    today: NaiveDate,
) -> Result<Arc<Vec<(Uuid, Vec<u8>)>>> {
    let read = taking(ledger, kind, today);
    let writes = ledger.writer().writes();
    ledger.kept().taking.get((kind, today), writes, read).await
}

/// The earliest last day that isn't over everywhere, by universal time's `today`: it ends twelve
/// hours later in the west. The calendar ends voting by the hour; this is for what it hasn't ended.
pub fn last_day(today: NaiveDate) -> NaiveDate {
    today.pred_opt().unwrap_or(today)
}

/// Rounds that take that kind now, with their secrets.
async fn taking(ledger: &Ledger, kind: Kind, today: NaiveDate) -> Result<Vec<(Uuid, Vec<u8>)>> {
    let rounds = round::Entity::find().filter(round::Column::Secret.is_not_null());
    let rounds = match kind {
        Kind::Answer => rounds.filter(round::Column::State.eq(RoundState::Open.name())),
        Kind::Votes => rounds.filter(round::Column::VotesFrom.lte(today)).filter(
            round::Column::VotesUntil
                .is_null()
                .or(round::Column::VotesUntil.gte(last_day(today))),
        ),
    };
    Ok(rounds
        .select_only()
        .columns([round::Column::Id, round::Column::Secret])
        .into_tuple()
        .all(ledger.reading())
        .await?)
}

/// A round's links: its members are frozen, so they are worked out once. Many may ask at the same
/// moment after a letter: one works, the others wait.
async fn links(ledger: &Ledger, round: Uuid, secret: &[u8]) -> Result<Arc<Links>> {
    let there = || ledger.ways().rounds().get(&round).map(Arc::clone);
    if let Some(links) = there() {
        return Ok(links);
    }
    let _working = ledger.ways().working.lock().await;
    if let Some(links) = there() {
        return Ok(links);
    }
    let members: Vec<(Uuid, Uuid)> = member::Entity::find()
        .select_only()
        .columns([member::Column::PersonId, member::Column::CellId])
        .filter(member::Column::RoundId.eq(round))
        .into_tuple()
        .all(ledger.reading())
        .await?;
    let (key, secret) = (ledger.ways().key, secret.to_vec());
    let link = move |(person, cell): (Uuid, Uuid)| {
        let token = link_token(&secret, person);
        (keyed(&key, &[token.as_bytes()]), cell)
    };
    let work = move || members.into_iter().map(link).collect::<Links>();
    let links = tokio::task::spawn_blocking(work).await;
    let links = Arc::new(links.map_err(|error| LedgerError::Fault(error.to_string()))?);
    ledger.ways().rounds().insert(round, Arc::clone(&links));
    Ok(links)
}
