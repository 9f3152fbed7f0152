//! Letters by e-mail: the invitation and reminders. Each goes to everybody who was asked by link and has
//! an address, whoever has answered, with the same link. What is kept is whether a letter left.

use super::{asked, open_round};
use crate::audit::{self, Act};
use crate::entity::letter;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::people::insert;
use crate::ways_in::link_token;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, HashMap};
use throughline_domain::listen::Way;
use uuid::Uuid;

const WAITING: &str = "waiting";
const SENT: &str = "sent";
const FAILED: &str = "failed";

/// A letter that everybody gets: how far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    /// 1 is the invitation, 2 and up are reminders.
    pub number: i32,
    /// Still to be sent.
    pub waiting: usize,
    /// Taken over by the mail server.
    pub sent: usize,
    /// Not taken.
    pub failed: usize,
}

/// A letter to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Due {
    /// To whom, for [`done`].
    pub person: Uuid,
    /// Her address.
    pub email: String,
    /// Her language, as frozen.
    pub language: Option<String>,
    /// What lets her in.
    pub token: String,
}

impl std::fmt::Debug for Due {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Due(withheld)")
    }
}

/// How far each letter of a round is, in order.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn sendings(ledger: &Ledger, round: Uuid) -> Result<Vec<Sending>> {
    let counted: Vec<(i32, String, i64)> = letter::Entity::find()
        .select_only()
        .column(letter::Column::Number)
        .column(letter::Column::State)
        .column_as(letter::Column::PersonId.count(), "letters")
        .filter(letter::Column::RoundId.eq(round))
        .group_by(letter::Column::Number)
        .group_by(letter::Column::State)
        .into_tuple()
        .all(ledger.reading())
        .await?;
    let mut sendings: BTreeMap<i32, Sending> = BTreeMap::new();
    for (number, state, letters) in counted {
        let sending = sendings.entry(number).or_default();
        sending.number = number;
        let letters = usize::try_from(letters).unwrap_or(0);
        match state.as_str() {
            SENT => sending.sent += letters,
            FAILED => sending.failed += letters,
            _ => sending.waiting += letters,
        }
    }
    Ok(sendings.into_values().collect())
}

/// Begins the next letter of an open round: says its number and to how many it goes.
///
/// # Errors
/// Where the round isn't open, nobody has an address, or the last letter is still being sent.
pub async fn begin(ledger: &Ledger, round: Uuid, who: String) -> Result<(i32, usize)> {
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let (row, _) = open_round(transaction, round).await?;
                let last = letter::Entity::find()
                    .filter(letter::Column::RoundId.eq(round))
                    .order_by_desc(letter::Column::Number)
                    .one(transaction)
                    .await?;
                let waits = letter::Entity::find()
                    .filter(letter::Column::RoundId.eq(round))
                    .filter(letter::Column::State.eq(WAITING))
                    .one(transaction)
                    .await?;
                if waits.is_some() {
                    return Err(LedgerError::refused(
                        "the last letter is still being sent",
                        "wait until it is done",
                    ));
                }
                let number = last.map_or(1, |last| last.number + 1);
                let rows: Vec<letter::Model> = asked(transaction, round, Way::Link, None)
                    .await?
                    .into_iter()
                    .filter(|(_, person)| person.email.is_some())
                    .map(|(_, person)| letter::Model {
                        round_id: round,
                        number,
                        person_id: person.id,
                        state: WAITING.to_owned(),
                    })
                    .collect();
                if rows.is_empty() {
                    return Err(LedgerError::refused(
                        "nobody who is asked by link has an e-mail address",
                        "print slips, or take the links as a file",
                    ));
                }
                let letters = rows.len();
                insert(transaction, rows, None).await?;
                let act = Act::new(who, "invitation.letter", &row.name)
                    .detail(format!("letter {number} to {letters} people"));
                audit::append(transaction, act).await?;
                Ok((number, letters))
            })
        })
        .await
}

/// Lets the letters that failed be sent once more.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn retry(ledger: &Ledger, round: Uuid, number: i32) -> Result<()> {
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                open_round(transaction, round).await?;
                letter::Entity::update_many()
                    .col_expr(letter::Column::State, Expr::value(WAITING))
                    .filter(letter::Column::RoundId.eq(round))
                    .filter(letter::Column::Number.eq(number))
                    .filter(letter::Column::State.eq(FAILED))
                    .exec(transaction)
                    .await?;
                Ok(())
            })
        })
        .await
}

/// Some letters of a round that are to be sent, with the number of theirs; none where it isn't open
/// any more.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn due(ledger: &Ledger, round: Uuid, most: u64) -> Result<Option<(i32, Vec<Due>)>> {
    let reading = ledger.reading();
    let waiting = letter::Entity::find()
        .filter(letter::Column::RoundId.eq(round))
        .filter(letter::Column::State.eq(WAITING))
        .order_by_asc(letter::Column::Number)
        .limit(most)
        .all(reading)
        .await?;
    let Some(number) = waiting.first().map(|letter| letter.number) else {
        return Ok(None);
    };
    let secret = match open_round(reading, round).await {
        Ok((_, secret)) => secret,
        Err(LedgerError::Refused { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let ids: Vec<Uuid> = waiting.iter().map(|letter| letter.person_id).collect();
    let people: HashMap<Uuid, _> = asked(reading, round, Way::Link, Some(&ids))
        .await?
        .into_iter()
        .map(|(member, person)| (person.id, (member.language, person.email)))
        .collect();
    let mut due = Vec::new();
    let mut gone = Vec::new();
    for letter in waiting.iter().filter(|letter| letter.number == number) {
        match people.get(&letter.person_id) {
            Some((language, Some(email))) => due.push(Due {
                person: letter.person_id,
                email: email.clone(),
                language: language.clone(),
                token: link_token(&secret, letter.person_id),
            }),
            _ => gone.push((letter.person_id, false)),
        }
    }
    if !gone.is_empty() {
        done(ledger, round, number, gone).await?;
    }
    Ok(Some((number, due)))
}

/// Writes down which letters left (`true`) and which didn't.
///
/// # Errors
/// Where it can't be written.
pub async fn done(
    ledger: &Ledger,
    round: Uuid,
    number: i32,
    letters: Vec<(Uuid, bool)>,
) -> Result<()> {
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                for (state, left) in [(SENT, true), (FAILED, false)] {
                    let people: Vec<Uuid> = letters
                        .iter()
                        .filter(|letter| letter.1 == left)
                        .map(|letter| letter.0)
                        .collect();
                    for people in people.chunks(1_000) {
                        letter::Entity::update_many()
                            .col_expr(letter::Column::State, Expr::value(state))
                            .filter(letter::Column::RoundId.eq(round))
                            .filter(letter::Column::Number.eq(number))
                            .filter(letter::Column::PersonId.is_in(people.iter().copied()))
                            .exec(transaction)
                            .await?;
                    }
                }
                Ok(())
            })
        })
        .await
}
