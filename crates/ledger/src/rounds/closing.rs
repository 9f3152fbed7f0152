//! A round's end: later than planned, by hand, or by its date.

use super::draft::{must_be_possible, store};
use super::opening::opened;
use super::{Round, all, must_be, read, row};
use crate::audit::{self, Act};
use crate::ballot_box;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use throughline_domain::listen::RoundState;
use uuid::Uuid;

/// Lets a round close later.
///
/// # Errors
/// Where it isn't open, or the day isn't later than the one it has or none that a round can have.
pub async fn extend(ledger: &Ledger, id: Uuid, until: NaiveDate, who: String) -> Result<()> {
    must_be_possible(until)?;
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let mut row = row(transaction, id).await?;
                must_be(&read(row.clone())?, RoundState::Open)?;
                let was = row.closes_on;
                if was.is_some_and(|was| until <= was) {
                    return Err(LedgerError::refused(
                        format!("`{until}` isn't later than the day it closes on now"),
                        "people were told that day; it can only be moved on",
                    ));
                }
                row.closes_on = Some(until);
                let act = Act::new(who, "round.extend", &row.name).detail(format!("to {until}"));
                store(transaction, row).await?;
                audit::append(transaction, act).await
            })
        })
        .await
}

/// Closes a round now: answers are sealed. Its ways in stay until its votes have ended.
///
/// # Errors
/// Where it isn't open.
pub async fn close(ledger: &Ledger, id: Uuid, today: NaiveDate, who: String) -> Result<()> {
    ballot_box::seal(ledger, id, today, who).await
}

/// What the calendar did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turned {
    /// A round opened.
    Opened(Uuid),
    /// A round closed.
    Closed(Uuid),
    /// A round's votes ended, and with them its ways in.
    Sealed(Uuid),
    /// A round should have opened, closed or ended its votes, and couldn't: which, and why.
    Stuck(Uuid, String),
}

/// Days after which a closed round of which no votes are taken keeps its ways in no longer.
const WITHOUT_VOTES: i64 = 60;

fn votes_are_over(round: &Round, over: NaiveDate) -> bool {
    match (round.votes, round.closed_on) {
        (Some((_, until)), _) => until < over,
        (None, Some(closed)) => closed + Duration::days(WITHOUT_VOTES) < over,
        (None, None) => false,
    }
}

/// Opens those whose day has come (and of which somebody said that they may), closes those whose last
/// day is over everywhere on earth, and ends votes likewise: ways in are then deleted. A clock that
/// was set back changes nothing: no round goes back. One that can't keeps no other from it.
///
/// # Errors
/// Where the rounds can't be read.
pub async fn turn(ledger: &Ledger, now: DateTime<Utc>) -> Result<Vec<Turned>> {
    let today = now.date_naive();
    let over = (now - Duration::hours(12)).date_naive();
    let mut turned = Vec::new();
    for round in all(ledger).await? {
        let due = |day: Option<NaiveDate>| day.is_some_and(|day| day <= today);
        let (id, by_itself) = (round.id, || "throughline".to_owned());
        let done = if round.state == RoundState::Draft
            && !round.scheduled_by.is_empty()
            && due(round.opens_on)
        {
            let who = format!("throughline, for {}", round.scheduled_by);
            let done = ledger
                .write(move |transaction| {
                    Box::pin(async move { opened(transaction, id, today, who).await })
                })
                .await;
            done.map(|_| Turned::Opened(id))
        } else if round.state == RoundState::Open && round.closes_on.is_some_and(|day| day < over) {
            let done = close(ledger, id, today, by_itself()).await;
            done.map(|()| Turned::Closed(id))
        } else if round.state == RoundState::Closed && !round.sealed && votes_are_over(&round, over)
        {
            let done = ballot_box::end_votes(ledger, id, today, by_itself()).await;
            done.map(|()| Turned::Sealed(id))
        } else {
            continue;
        };
        turned.push(
            done.unwrap_or_else(|error| {
                Turned::Stuck(id, format!("round `{}`: {error}", round.name))
            }),
        );
    }
    Ok(turned)
}
