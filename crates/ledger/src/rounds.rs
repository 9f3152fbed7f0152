//! Rounds: one asking each, from draft to close. A round never goes back.
//!
//! When it opens, its wording, its terms, who is asked and where they work are frozen: later imports of
//! people don't change it.

mod audience;
mod closing;
mod draft;
mod members;
mod opening;
mod reach;
mod weight;

pub use audience::Audience;
pub use closing::{Turned, close, extend, turn};
pub use draft::{Draft, create, edit, remove, schedule};
pub(crate) use draft::{must_be_possible, plain};
pub use members::{AskedBy, Cell, Member, asked, cells, members, role_of};
pub use opening::open;
pub use reach::{Reach, reach};
pub use weight::{Asked, UnitWeight, Weight, weigh};

use crate::entity::round;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::units::Tree;
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::Arc;
use throughline_domain::listen::{RoundState, Terms, Wording};
use uuid::Uuid;

/// A round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Where it is in its life.
    pub state: RoundState,
    /// The day on which it is to open.
    pub opens_on: Option<NaiveDate>,
    /// The last day on which answers are taken.
    pub closes_on: Option<NaiveDate>,
    /// Language tags, the first being the one for whoever reads none of them.
    pub languages: Vec<String>,
    /// Who is asked.
    pub audience: Audience,
    /// What is asked.
    pub wording: Wording,
    /// On which terms.
    pub terms: Terms,
    /// Where misconduct and danger are to be told, since nobody here can be found.
    pub channel: String,
    /// Who said that it opens by itself on its day; empty where nobody did.
    pub scheduled_by: String,
    /// What is above what, as frozen.
    pub tree: Tree,
    /// The day on which it opened.
    pub opened_on: Option<NaiveDate>,
    /// The day on which it closed.
    pub closed_on: Option<NaiveDate>,
    /// Whether its ways in and their secret are gone.
    pub sealed: bool,
    /// From when to when votes are taken.
    pub votes: Option<(NaiveDate, NaiveDate)>,
    /// How people vote: `pairs` or `agree`.
    pub votes_by: String,
}

/// The round of that id.
///
/// # Errors
/// Where there is none; where the database doesn't answer.
pub async fn by_id(ledger: &Ledger, id: Uuid) -> Result<Round> {
    read(row(ledger.reading(), id).await?)
}

/// The round of that id, for a respondent's page: it may be a second old.
///
/// # Errors
/// As [`by_id`].
pub async fn kept(ledger: &Ledger, id: Uuid) -> Result<Arc<Round>> {
    let read = by_id(ledger, id);
    ledger
        .kept()
        .rounds
        .get(id, ledger.writer().writes(), read)
        .await
}

/// A round's secret, while it has one, for a respondent's page: it may be a second old.
pub(crate) async fn kept_secret(ledger: &Ledger, id: Uuid) -> Result<Arc<Option<Vec<u8>>>> {
    let read = async {
        let row = round::Entity::find_by_id(id).one(ledger.reading()).await?;
        Ok(row.and_then(|row| row.secret))
    };
    let writes = ledger.writer().writes();
    ledger.kept().secrets.get(id, writes, read).await
}

/// All rounds: drafts first, then those that are open, then the closed ones, the newest first.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn all(ledger: &Ledger) -> Result<Vec<Round>> {
    let rows = round::Entity::find().all(ledger.reading()).await?;
    let mut rounds = rows.into_iter().map(read).collect::<Result<Vec<Round>>>()?;
    let place = |round: &Round| {
        RoundState::ALL
            .iter()
            .position(|state| *state == round.state)
    };
    rounds.sort_by(|one, other| {
        (place(one).cmp(&place(other)))
            .then(other.opened_on.cmp(&one.opened_on))
            .then_with(|| one.name.cmp(&other.name))
            .then(one.id.cmp(&other.id))
    });
    Ok(rounds)
}

pub(crate) async fn row(connection: &impl ConnectionTrait, id: Uuid) -> Result<round::Model> {
    round::Entity::find_by_id(id)
        .one(connection)
        .await?
        .ok_or(LedgerError::NotFound { what: "such round" })
}

pub(crate) fn read(row: round::Model) -> Result<Round> {
    let parents: HashMap<Uuid, Uuid> = json(&row.name, row.tree)?;
    Ok(Round {
        id: row.id,
        state: RoundState::named(&row.state).ok_or_else(|| unreadable(&row.name))?,
        opens_on: row.opens_on,
        closes_on: row.closes_on,
        languages: json(&row.name, row.languages)?,
        audience: json(&row.name, row.audience)?,
        wording: json(&row.name, row.wording)?,
        terms: json(&row.name, row.terms)?,
        channel: row.channel,
        scheduled_by: row.scheduled_by,
        tree: Tree::of_parents(parents),
        opened_on: row.opened_on,
        closed_on: row.closed_on,
        sealed: row.state == RoundState::Closed.name() && row.secret.is_none(),
        votes: row.votes_from.zip(row.votes_until),
        votes_by: row.votes_by,
        name: row.name,
    })
}

/// The terms of a row. Those that can't be read are no reason to take the usual ones.
pub(crate) fn terms(row: &round::Model) -> Result<Terms> {
    json(&row.name, row.terms.clone())
}

fn json<T: DeserializeOwned>(round: &str, value: serde_json::Value) -> Result<T> {
    serde_json::from_value(value).map_err(|_| unreadable(round))
}

fn unreadable(round: &str) -> LedgerError {
    LedgerError::Unfit {
        what: format!("the round `{round}` can't be read"),
        hint: "it was written by a newer version: run that one",
    }
}

/// Refuses what a round in this state can't have done to it.
pub(crate) fn must_be(round: &Round, state: RoundState) -> Result<()> {
    if round.state == state {
        return Ok(());
    }
    let (what, hint) = match (round.state, state) {
        (RoundState::Open, RoundState::Draft) => (
            "is open: what it asks, whom and on which terms is frozen",
            "people were promised these terms; close it and make another round",
        ),
        (RoundState::Closed, _) => ("is closed", "make another round"),
        _ => ("isn't open", "open it first"),
    };
    Err(LedgerError::refused(
        format!("the round `{}` {what}", round.name),
        hint,
    ))
}
