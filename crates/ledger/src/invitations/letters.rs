//! Letters by e-mail: the invitations to answer and to vote, and reminders. Each goes to everybody who was
//! asked by link and has an address, whoever has answered, with the same link. What is kept is whether a
//! letter left.

use super::{asked, letting};
use crate::audit::{self, Act};
use crate::ballot_box::Kind;
use crate::entity::letter;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::people::insert;
use crate::ways_in::link_token;
use chrono::NaiveDate;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::{BTreeMap, HashMap};
use throughline_domain::listen::Way;
use uuid::Uuid;

const WAITING: &str = "waiting";
const SENT: &str = "sent";
const FAILED: &str = "failed";

/// A letter that everybody gets: how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sending {
    /// What it invites to.
    pub kind: Kind,
    /// Its number, from 1 on over both kinds; the first of a kind is its invitation.
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

/// Letters to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// What they invite to.
    pub kind: Kind,
    /// Their number, for [`done`].
    pub number: i32,
    /// Whether an invitation went before.
    pub reminds: bool,
    /// To whom.
    pub due: Vec<Due>,
}

/// How far each letter of a round is, in order.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn sendings(ledger: &Ledger, round: Uuid) -> Result<Vec<Sending>> {
    let counted: Vec<(i32, String, String, i64)> = letter::Entity::find()
        .select_only()
        .column(letter::Column::Number)
        .column(letter::Column::Kind)
        .column(letter::Column::State)
        .column_as(letter::Column::PersonId.count(), "letters")
        .filter(letter::Column::RoundId.eq(round))
        .group_by(letter::Column::Number)
        .group_by(letter::Column::Kind)
        .group_by(letter::Column::State)
        .into_tuple()
        .all(ledger.reading())
        .await?;
    let mut sendings: BTreeMap<i32, Sending> = BTreeMap::new();
    for (number, kind, state, letters) in counted {
        let sending = sendings.entry(number).or_insert(Sending {
            kind: Kind::named(&kind).unwrap_or(Kind::Answer),
            number,
            waiting: 0,
            sent: 0,
            failed: 0,
        });
        let letters = usize::try_from(letters).unwrap_or(0);
        match state.as_str() {
            SENT => sending.sent += letters,
            FAILED => sending.failed += letters,
            _ => sending.waiting += letters,
        }
    }
    Ok(sendings.into_values().collect())
}

/// Begins the next letter of a round that takes answers or votes today: says its number and to how
/// many it goes.
///
/// # Errors
/// Where the round takes none, nobody has an address, or the last letter is still being sent.
pub async fn begin(
    ledger: &Ledger,
    round: Uuid,
    kind: Kind,
    today: NaiveDate,
    who: String,
) -> Result<(i32, usize)> {
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let (row, _) = letting(transaction, round, kind, today).await?;
                let last = letter::Entity::find()
                    .filter(letter::Column::RoundId.eq(round))
                    .order_by_desc(letter::Column::Number)
                    .one(transaction)
                    .await?;
                let waits = waiting(round, kind).one(transaction).await?;
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
                        kind: kind.name().to_owned(),
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
                let act = match kind {
                    Kind::Answer => "invitation.letter",
                    Kind::Votes => "votes.letter",
                };
                let act = Act::new(who, act, &row.name)
                    .detail(format!("letter {number} to {letters} people"));
                audit::append(transaction, act).await?;
                Ok((number, letters))
            })
        })
        .await
}

fn waiting(round: Uuid, kind: Kind) -> sea_orm::Select<letter::Entity> {
    letter::Entity::find()
        .filter(letter::Column::RoundId.eq(round))
        .filter(letter::Column::Kind.eq(kind.name()))
        .filter(letter::Column::State.eq(WAITING))
}

/// Lets the letters that failed be sent once more; says what they invite to.
///
/// # Errors
/// Where there are none of that number, or the round takes nothing of that kind today.
pub async fn retry(
    ledger: &Ledger,
    round: Uuid,
    number: i32,
    today: NaiveDate,
    who: String,
) -> Result<Kind> {
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let kind = letter::Entity::find()
                    .filter(letter::Column::RoundId.eq(round))
                    .filter(letter::Column::Number.eq(number))
                    .one(transaction)
                    .await?
                    .and_then(|letter| Kind::named(&letter.kind))
                    .ok_or(LedgerError::NotFound {
                        what: "such letter",
                    })?;
                let (row, _) = letting(transaction, round, kind, today).await?;
                let again = letter::Entity::update_many()
                    .col_expr(letter::Column::State, Expr::value(WAITING))
                    .filter(letter::Column::RoundId.eq(round))
                    .filter(letter::Column::Number.eq(number))
                    .filter(letter::Column::State.eq(FAILED))
                    .exec(transaction)
                    .await?
                    .rows_affected;
                let act = match kind {
                    Kind::Answer => "invitation.again",
                    Kind::Votes => "votes.again",
                };
                let act = Act::new(who, act, &row.name)
                    .detail(format!("letter {number} to {again} people"));
                audit::append(transaction, act).await?;
                Ok(kind)
            })
        })
        .await
}

/// Some letters of a round that are to be sent; none where it takes neither answers nor votes today.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn due(
    ledger: &Ledger,
    round: Uuid,
    today: NaiveDate,
    most: u64,
) -> Result<Option<Post>> {
    for kind in Kind::ALL {
        let secret = match letting(ledger.reading(), round, kind, today).await {
            Ok((_, secret)) => secret,
            Err(LedgerError::Refused { .. }) => continue,
            Err(error) => return Err(error),
        };
        let waiting = waiting(round, kind)
            .order_by_asc(letter::Column::Number)
            .limit(most)
            .all(ledger.reading())
            .await?;
        let Some(number) = waiting.first().map(|letter| letter.number) else {
            continue;
        };
        let people: Vec<Uuid> = waiting
            .iter()
            .filter(|letter| letter.number == number)
            .map(|letter| letter.person_id)
            .collect();
        return Ok(Some(Post {
            kind,
            number,
            reminds: reminds(ledger.reading(), round, kind, number).await?,
            due: addressed(ledger, round, number, &people, &secret).await?,
        }));
    }
    Ok(None)
}

/// Whether a letter of that kind went before this one.
async fn reminds(
    connection: &impl ConnectionTrait,
    round: Uuid,
    kind: Kind,
    number: i32,
) -> Result<bool> {
    let before = letter::Entity::find()
        .filter(letter::Column::RoundId.eq(round))
        .filter(letter::Column::Kind.eq(kind.name()))
        .filter(letter::Column::Number.lt(number))
        .count(connection)
        .await?;
    Ok(before > 0)
}

/// Letters with where they go; whoever left since gets none.
async fn addressed(
    ledger: &Ledger,
    round: Uuid,
    number: i32,
    people: &[Uuid],
    secret: &[u8],
) -> Result<Vec<Due>> {
    let known: HashMap<Uuid, _> = asked(ledger.reading(), round, Way::Link, Some(people))
        .await?
        .into_iter()
        .map(|(member, person)| (person.id, (member.language, person.email)))
        .collect();
    let (mut due, mut gone) = (Vec::new(), Vec::new());
    for person in people {
        match known.get(person) {
            Some((language, Some(email))) => due.push(Due {
                person: *person,
                email: email.clone(),
                language: language.clone(),
                token: link_token(secret, *person),
            }),
            _ => gone.push((*person, false)),
        }
    }
    if !gone.is_empty() {
        done(ledger, round, number, gone).await?;
    }
    Ok(due)
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
