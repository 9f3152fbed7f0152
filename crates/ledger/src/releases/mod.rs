//! Releases: what of a round was shown to leaders, once.
//!
//! Two briefs of one round could be taken from one another, and what is left would be one person's.
//! So a round has one release, and the table's key is the round.

mod material;

pub use material::{Edge, Material, Role, Said, Text, Unit, find_round, material};

use crate::audit::{self, Act};
use crate::entity::{answer, idea, inbox, release, round};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use throughline_domain::listen::{IdeaState, RoundState};
use uuid::Uuid;

/// The folder of a workspace that holds released briefs, one a round.
pub const FOLDER: &str = "briefs";

/// Among briefs, the folder of a run that isn't finished: answers' words are in it.
pub fn staged_of(briefs: &Path, round: Uuid) -> PathBuf {
    briefs.join(format!(".{round}.staged"))
}

/// Among briefs, the file that lets one run a round write.
pub fn lock_of(briefs: &Path, round: Uuid) -> PathBuf {
    briefs.join(format!(".{round}.lock"))
}

/// Respondents that a round needs for a brief.
pub const RESPONDENTS_NEEDED: u64 = 30;

/// A release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The round's id.
    pub round: Uuid,
    /// The round's name.
    pub name: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The account's address, or `command line`.
    pub who: String,
    /// People who answered.
    pub respondents: u64,
    /// SHA-256 of `brief.json`.
    pub brief: Vec<u8>,
}

/// Records the release of a round, with its line of the audit log in the same write.
///
/// # Errors
/// Where the round was released before; where somebody took her answer back while the brief was being
/// written, or too few are left.
pub async fn record(
    ledger: &Ledger,
    material: &Material,
    who: &str,
    brief: Vec<u8>,
    now: DateTime<Utc>,
) -> Result<Release> {
    let release = Release {
        round: material.round,
        name: material.name.clone(),
        at: now.trunc_subsecs(6),
        who: who.to_owned(),
        respondents: material.respondents(),
        brief,
    };
    let row = release.clone();
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                if release::Entity::find_by_id(row.round)
                    .one(transaction)
                    .await?
                    .is_some()
                {
                    return Err(released_before(&row.name));
                }
                let now = answer::Entity::find()
                    .filter(answer::Column::RoundId.eq(row.round))
                    .count(transaction)
                    .await?;
                if now != row.respondents || now < RESPONDENTS_NEEDED {
                    return Err(LedgerError::refused(
                        format!(
                            "somebody took an answer to round `{}` back while the brief was being written",
                            row.name
                        ),
                        "write it again: what was taken back isn't shown",
                    ));
                }
                let hash = hex::encode(&row.brief);
                let act = Act::new(&row.who, "brief.release", &row.name).detail(format!(
                    "{} respondents; sha256 of brief.json {hash}",
                    row.respondents
                ));
                release::Model {
                    round_id: row.round,
                    at: row.at,
                    who: row.who,
                    respondents: i32::try_from(row.respondents).unwrap_or(i32::MAX),
                    brief: row.brief,
                }
                .into_active_model()
                .insert(transaction)
                .await?;
                audit::append(transaction, act).await
            })
        })
        .await?;
    Ok(release)
}

/// The words for a second try.
pub fn released_before(round: &str) -> LedgerError {
    LedgerError::refused(
        format!("the brief of round `{round}` was released before; there is one a round"),
        "read the one that was released: a second could be compared with it, and show what one person said",
    )
}

/// The release of a round, if there was one.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn of_round(ledger: &Ledger, id: Uuid) -> Result<Option<Release>> {
    let Some(row) = release::Entity::find_by_id(id)
        .one(ledger.reading())
        .await?
    else {
        return Ok(None);
    };
    let round = round::Entity::find_by_id(id).one(ledger.reading()).await?;
    Ok(round.map(|round| read(row, round.name)))
}

/// A closed round without a brief, and what a brief written now would lack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaiting {
    /// The round's id.
    pub round: Uuid,
    /// The round's name.
    pub name: String,
    /// The day on which it closed.
    pub closed_on: Option<NaiveDate>,
    /// The last day of votes, where they are still taken or to come.
    pub votes_until: Option<NaiveDate>,
    /// Whether something that was sent waits to be counted. How much would tell who sent it.
    pub waits: bool,
    /// Ideas that no moderator has read.
    pub unread_ideas: u64,
    /// Whether too few answered for a brief, ever. How many is for nobody to know.
    pub too_few: bool,
}

/// Closed rounds that were not released, last closed first.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn awaiting(ledger: &Ledger, today: NaiveDate) -> Result<Vec<Awaiting>> {
    let released: Vec<Uuid> = list(ledger)
        .await?
        .into_iter()
        .map(|release| release.round)
        .collect();
    let closed = round::Entity::find()
        .filter(round::Column::State.eq(RoundState::Closed.name()))
        .order_by_desc(round::Column::ClosedOn)
        .order_by_asc(round::Column::Name)
        .all(ledger.reading())
        .await?;
    let mut awaiting = Vec::new();
    for round in closed {
        if released.contains(&round.id) {
            continue;
        }
        let votes_until = round
            .votes_until
            .filter(|until| *until >= crate::ways_in::last_day(today));
        let waits = inbox::Entity::find()
            .filter(inbox::Column::RoundId.eq(round.id))
            .one(ledger.reading())
            .await?;
        let unread_ideas = idea::Entity::find()
            .filter(idea::Column::RoundId.eq(round.id))
            .filter(idea::Column::State.eq(IdeaState::Waiting.name()))
            .count(ledger.reading())
            .await?;
        // What waits in the inbox may still make it enough.
        let answers = answer::Entity::find()
            .filter(answer::Column::RoundId.eq(round.id))
            .count(ledger.reading())
            .await?;
        awaiting.push(Awaiting {
            round: round.id,
            closed_on: round.closed_on,
            votes_until: votes_until.filter(|_| round.secret.is_some()),
            waits: waits.is_some(),
            unread_ideas,
            too_few: waits.is_none() && answers < RESPONDENTS_NEEDED,
            name: round.name,
        });
    }
    Ok(awaiting)
}

/// All releases, newest first.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn list(ledger: &Ledger) -> Result<Vec<Release>> {
    let names: BTreeMap<Uuid, String> = round::Entity::find()
        .all(ledger.reading())
        .await?
        .into_iter()
        .map(|round| (round.id, round.name))
        .collect();
    let rows = release::Entity::find()
        .order_by_desc(release::Column::At)
        .all(ledger.reading())
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let name = names.get(&row.round_id)?.clone();
            Some(read(row, name))
        })
        .collect())
}

fn read(row: release::Model, name: String) -> Release {
    Release {
        round: row.round_id,
        name,
        at: row.at,
        who: row.who,
        respondents: u64::try_from(row.respondents).unwrap_or(0),
        brief: row.brief,
    }
}
