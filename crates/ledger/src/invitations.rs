//! Ways into a round, made for those who were asked: links of their own, slips for anyone of a unit,
//! and letters that everybody gets alike. The same ways lead to its votes later. Nothing here knows
//! who answered or voted.

mod letters;
mod slips;

pub use letters::{Due, Post, Sending, begin, done, due, retry, sendings};
pub(crate) use slips::most;
pub use slips::{AT_ONCE, Printing, SlipGroup, groups, print};

use crate::audit::{self, Act};
use crate::ballot_box::Kind;
use crate::entity::{member, person, round};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::rounds::{Round, must_be, read, row};
use crate::units;
use crate::ways_in::link_token;
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use throughline_domain::listen::{RoundState, Way};
use uuid::Uuid;

/// A link of somebody's own.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// The HR system's id.
    pub id: String,
    /// The address, where there is one.
    pub email: Option<String>,
    /// The language.
    pub language: Option<String>,
    /// The unit, as frozen.
    pub unit: String,
    /// What lets her in.
    pub token: String,
}

/// Links let people in: they aren't for logs.
impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Link(withheld)")
    }
}

/// The links of a round that takes answers or votes today, by the HR system's ids: of everybody who
/// was asked by link and still works here, whoever has answered.
///
/// # Errors
/// Where the round takes none, or it can't be written into the audit log that they were taken.
pub async fn links(
    ledger: &Ledger,
    round: Uuid,
    kind: Kind,
    today: NaiveDate,
    who: String,
) -> Result<Vec<Link>> {
    let names: HashMap<Uuid, String> = units::all(ledger)
        .await?
        .into_iter()
        .map(|unit| (unit.id, unit.name))
        .collect();
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let (row, secret) = letting(transaction, round, kind, today).await?;
                let mut links: Vec<Link> = asked(transaction, round, Way::Link, None)
                    .await?
                    .into_iter()
                    .map(|(member, person)| Link {
                        token: link_token(&secret, person.id),
                        id: person.external_id,
                        email: person.email,
                        language: member.language,
                        unit: names.get(&member.unit_id).cloned().unwrap_or_default(),
                    })
                    .collect();
                links.sort_by(|one, other| one.id.cmp(&other.id));
                let act = match kind {
                    Kind::Answer => "invitation.links",
                    Kind::Votes => "votes.links",
                };
                let act = Act::new(who, act, &row.name)
                    .detail(format!("{} links taken as a file", links.len()));
                audit::append(transaction, act).await?;
                Ok(links)
            })
        })
        .await
}

/// The round, if it takes that today, and its secret.
async fn letting(
    connection: &impl ConnectionTrait,
    id: Uuid,
    kind: Kind,
    today: NaiveDate,
) -> Result<(round::Model, Vec<u8>)> {
    match kind {
        Kind::Answer => open_round(connection, id).await,
        Kind::Votes => {
            let row = row(connection, id).await?;
            votes_are_on(&read(row.clone())?, today)?;
            with_secret(row)
        }
    }
}

/// The round, if it is open, and its secret.
async fn open_round(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<(round::Model, Vec<u8>)> {
    let row = row(connection, id).await?;
    must_be(&read(row.clone())?, RoundState::Open)?;
    with_secret(row)
}

fn with_secret(row: round::Model) -> Result<(round::Model, Vec<u8>)> {
    let secret = row
        .secret
        .clone()
        .ok_or_else(|| LedgerError::refused("the round is sealed", "nobody can get in any more"))?;
    Ok((row, secret))
}

fn votes_are_on(round: &Round, today: NaiveDate) -> Result<()> {
    let days = round.votes.map(|(from, until)| from..=until);
    if days.is_some_and(|days| days.contains(&today)) {
        return Ok(());
    }
    Err(LedgerError::refused(
        format!("no votes are taken in the round `{}` today", round.name),
        "say from when to when they are taken; people are invited on these days",
    ))
}

/// Who was asked that way and still works here; where `of` names some, of those.
async fn asked(
    connection: &impl ConnectionTrait,
    round: Uuid,
    way: Way,
    of: Option<&[Uuid]>,
) -> Result<Vec<(member::Model, person::Model)>> {
    let mut members = member::Entity::find()
        .filter(member::Column::RoundId.eq(round))
        .filter(member::Column::Way.eq(way.name()));
    let mut people = person::Entity::find().filter(person::Column::Active.eq(true));
    if let Some(of) = of {
        members = members.filter(member::Column::PersonId.is_in(of.iter().copied()));
        people = people.filter(person::Column::Id.is_in(of.iter().copied()));
    }
    let members = members.all(connection).await?;
    let mut people: HashMap<Uuid, person::Model> = people
        .all(connection)
        .await?
        .into_iter()
        .map(|person| (person.id, person))
        .collect();
    Ok(members
        .into_iter()
        .filter_map(|member| {
            let person = people.remove(&member.person_id)?;
            Some((member, person))
        })
        .collect())
}
