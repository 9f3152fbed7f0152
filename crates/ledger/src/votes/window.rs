//! When and how a round's ideas are voted on.

use crate::audit::{self, Act};
use crate::entity::round;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::rounds::must_be_possible;
use chrono::NaiveDate;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use throughline_domain::listen::{RoundState, Terms, VotesBy};
use uuid::Uuid;

/// How a round's ideas are voted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voting {
    /// The round.
    pub round: Uuid,
    /// Its name.
    pub name: String,
    /// Where it is in its life.
    pub state: RoundState,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub until: Option<NaiveDate>,
    /// How.
    pub by: VotesBy,
    /// Its languages.
    pub languages: Vec<String>,
    /// The promise under which people answered.
    pub terms: Terms,
    /// Whether its ways in are there still.
    pub has_ways_in: bool,
}

impl Voting {
    /// Whether votes are taken on a day.
    pub fn is_on(&self, today: NaiveDate) -> bool {
        self.state != RoundState::Draft
            && self.from.is_some_and(|from| from <= today)
            && self.until.is_some_and(|until| today <= until)
    }
}

/// How a round's ideas are voted on.
///
/// # Errors
/// [`LedgerError::NotFound`].
pub async fn voting(ledger: &Ledger, round: Uuid) -> Result<Voting> {
    round::Entity::find_by_id(round)
        .one(ledger.reading())
        .await?
        .ok_or(LedgerError::NotFound { what: "such round" })
        .and_then(read)
}

fn read(row: round::Model) -> Result<Voting> {
    let unfit = || LedgerError::Unfit {
        what: format!("the round `{}` can't be read", row.name),
        hint: "it was written by a newer version: run that one",
    };
    Ok(Voting {
        round: row.id,
        state: RoundState::named(&row.state).ok_or_else(unfit)?,
        from: row.votes_from,
        until: row.votes_until,
        by: VotesBy::named(&row.votes_by).unwrap_or(VotesBy::Pairs),
        languages: serde_json::from_value(row.languages.clone()).map_err(|_| unfit())?,
        terms: serde_json::from_value(row.terms.clone()).map_err(|_| unfit())?,
        has_ways_in: row.secret.is_some(),
        name: row.name,
    })
}

/// Sets when and how votes are taken. The way can't change once the first day has come: a ballot
/// of one kind can't be added to another's.
///
/// # Errors
/// [`LedgerError::Refused`] for days in the wrong order or a round that isn't open yet;
/// [`LedgerError::NotFound`].
pub async fn set(
    ledger: &Ledger,
    who: &str,
    round: Uuid,
    (from, until): (NaiveDate, NaiveDate),
    by: VotesBy,
    today: NaiveDate,
) -> Result<()> {
    must_be_possible(from)?;
    must_be_possible(until)?;
    let who = who.to_owned();
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let row = round::Entity::find_by_id(round)
                    .one(transaction)
                    .await?
                    .ok_or(LedgerError::NotFound { what: "such round" })?;
                let now = read(row.clone())?;
                if now.state == RoundState::Draft {
                    return Err(LedgerError::refused(
                        "this round isn't open yet, so there is nothing to vote on",
                        "open the round first",
                    ));
                }
                if row.secret.is_none() {
                    return Err(LedgerError::refused(
                        "the votes of this round have ended and its ways in are deleted",
                        "no more votes can be taken",
                    ));
                }
                if until < from {
                    return Err(LedgerError::refused(
                        format!("the last day of voting, {until}, is before its first, {from}"),
                        "choose a later last day",
                    ));
                }
                if until < today {
                    return Err(LedgerError::refused(
                        format!("the last day of voting, {until}, is past"),
                        "choose today or a later day; to end voting now, use the button that says so",
                    ));
                }
                let begun = now.from.is_some_and(|from| from <= today);
                if begun && now.by != by {
                    return Err(LedgerError::refused(
                        "voting has begun, so the way of voting can't change",
                        "change the days alone, or leave it as it is",
                    ));
                }
                if begun && now.from.is_some_and(|begun| from > begun) {
                    return Err(LedgerError::refused(
                        "voting has begun, so its first day can't be a later one",
                        "change the last day alone",
                    ));
                }
                let name = row.name.clone();
                let mut row = row.into_active_model();
                row.votes_from = Set(Some(from));
                row.votes_until = Set(Some(until));
                row.votes_by = Set(by.name().to_owned());
                row.update(transaction).await?;
                let act = Act::new(who, "votes.set", name);
                audit::append(
                    transaction,
                    act.detail(format!("{from} to {until}, by {}", by.name())),
                )
                .await
            })
        })
        .await
}
