//! Rows of the ledger that are kept no longer.

use super::{PEOPLE, REQUESTS, SESSIONS, WORDS};
use crate::audit::{self, Act, PURGE, append, purged_through};
use crate::ballot_box::scrub::scrub;
use crate::entity::{
    answer, audit as line, idea, idempotency, inbox, letter, login_link, member, person, progress,
    round, session, vote,
};
use crate::error::Result;
use crate::ledger::Ledger;
use crate::rounds::terms;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Takes the rows of one set away that are due.
pub(super) async fn purge(
    ledger: &Ledger,
    set: &'static str,
    days: Option<u32>,
    now: DateTime<Utc>,
) -> Result<u64> {
    let over: Vec<Uuid> = match days {
        None => words_over(ledger, now).await?.into_iter().collect(),
        Some(days) => {
            let rounds = round::Entity::find().all(ledger.reading()).await?;
            let over = rounds.iter().filter(|round| is_over(round, days, now));
            over.map(|round| round.id).collect()
        }
    };
    let before = now - Duration::days(days.unwrap_or_default().into());
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let count = match set {
                    WORDS => words(transaction, &over).await?,
                    "votes" => {
                        let of = vote::Column::RoundId.is_in(over);
                        let gone = vote::Entity::delete_many().filter(of);
                        gone.exec(transaction).await?.rows_affected
                    }
                    "invitations" => invitations(transaction, &over).await?,
                    PEOPLE => people(transaction).await?,
                    SESSIONS => {
                        let ended = session::Column::ExpiresAt.lt(before);
                        let gone = session::Entity::delete_many().filter(ended);
                        let sessions = gone.exec(transaction).await?.rows_affected;
                        let ended = login_link::Column::ExpiresAt.lt(before);
                        let gone = login_link::Entity::delete_many().filter(ended);
                        sessions + gone.exec(transaction).await?.rows_affected
                    }
                    REQUESTS => {
                        let answered = idempotency::Column::At.lt(before);
                        let gone = idempotency::Entity::delete_many().filter(answered);
                        gone.exec(transaction).await?.rows_affected
                    }
                    "audit" => oldest_lines(transaction, before).await?,
                    _ => 0,
                };
                // What happens every day isn't worth a line; it would fill the log.
                if count > 0 && !matches!(set, SESSIONS | REQUESTS | "audit") {
                    let act = Act::new("throughline", "retention.purge", set);
                    append(transaction, act.detail(count.to_string())).await?;
                }
                Ok(count)
            })
        })
        .await
}

/// Rounds whose words may be kept no longer, by their terms.
pub(super) async fn words_over(ledger: &Ledger, now: DateTime<Utc>) -> Result<BTreeSet<Uuid>> {
    let mut over = BTreeSet::new();
    for round in round::Entity::find().all(ledger.reading()).await? {
        if round.closed_on.is_some() && is_over(&round, terms(&round)?.keep_words_days, now) {
            over.insert(round.id);
        }
    }
    Ok(over)
}

fn is_over(round: &round::Model, days: u32, now: DateTime<Utc>) -> bool {
    let last = |closed: NaiveDate| closed + Duration::days(days.into());
    round
        .closed_on
        .is_some_and(|closed| last(closed) < now.date_naive())
}

async fn words(transaction: &DatabaseTransaction, rounds: &[Uuid]) -> Result<u64> {
    let none = || Expr::value(Option::<String>::None);
    let answers = answer::Entity::update_many()
        .col_expr(answer::Column::Idea, none())
        .col_expr(answer::Column::Block, none())
        .filter(answer::Column::RoundId.is_in(rounds.iter().copied()))
        .filter(
            Condition::any()
                .add(answer::Column::Idea.is_not_null())
                .add(answer::Column::Block.is_not_null()),
        )
        .exec(transaction)
        .await?;
    let ideas = idea::Entity::update_many()
        .col_expr(idea::Column::Shown, none())
        .col_expr(idea::Column::Reason, none())
        .filter(idea::Column::RoundId.is_in(rounds.iter().copied()))
        .filter(
            Condition::any()
                .add(idea::Column::Shown.is_not_null())
                .add(idea::Column::Reason.is_not_null()),
        )
        .exec(transaction)
        .await?;
    // Nothing waits in the inbox of a closed round; if it ever did, it would go too.
    let waiting = inbox::Entity::delete_many()
        .filter(inbox::Column::RoundId.is_in(rounds.iter().copied()))
        .exec(transaction)
        .await?;
    Ok(answers.rows_affected + ideas.rows_affected + waiting.rows_affected)
}

async fn invitations(transaction: &DatabaseTransaction, rounds: &[Uuid]) -> Result<u64> {
    let rounds = || rounds.iter().copied();
    let letters = letter::Entity::delete_many()
        .filter(letter::Column::RoundId.is_in(rounds()))
        .exec(transaction)
        .await?;
    let progress = progress::Entity::delete_many()
        .filter(progress::Column::RoundId.is_in(rounds()))
        .exec(transaction)
        .await?;
    let members = member::Entity::delete_many()
        .filter(member::Column::RoundId.is_in(rounds()))
        .exec(transaction)
        .await?;
    Ok(letters.rows_affected + progress.rows_affected + members.rows_affected)
}

/// Those who left, once no list of who was asked names them.
async fn people(transaction: &DatabaseTransaction) -> Result<u64> {
    let asked = Query::select()
        .column(member::Column::PersonId)
        .from(member::Entity)
        .to_owned();
    let written_to = Query::select()
        .column(letter::Column::PersonId)
        .from(letter::Entity)
        .to_owned();
    let gone = Condition::all()
        .add(person::Column::Active.eq(false))
        .add(person::Column::Id.not_in_subquery(asked))
        .add(person::Column::Id.not_in_subquery(written_to));
    let them = Query::select()
        .column(person::Column::Id)
        .from(person::Entity)
        .cond_where(gone.clone())
        .to_owned();
    person::Entity::update_many()
        .col_expr(person::Column::ManagerId, Expr::value(Option::<Uuid>::None))
        .filter(person::Column::ManagerId.in_subquery(them))
        .exec(transaction)
        .await?;
    let deleted = person::Entity::delete_many().filter(gone);
    Ok(deleted.exec(transaction).await?.rows_affected)
}

/// Lines before the first that is kept; a line says so, and the chain holds from there.
async fn oldest_lines(transaction: &DatabaseTransaction, before: DateTime<Utc>) -> Result<u64> {
    let kept = line::Entity::find()
        .filter(line::Column::At.gte(before))
        .order_by_asc(line::Column::Seq)
        .one(transaction)
        .await?;
    let Some(kept) = kept else {
        return Ok(0);
    };
    let gone = line::Entity::delete_many()
        .filter(line::Column::Seq.lt(kept.seq))
        .exec(transaction)
        .await?
        .rows_affected;
    if gone > 0 {
        let act = Act::new("throughline", PURGE, "audit");
        let detail = purged_through(kept.seq - 1, &kept.previous);
        audit::append(transaction, act.detail(detail)).await?;
    }
    Ok(gone)
}

/// What was deleted is overwritten, or its files are; whether that is done.
pub(super) async fn off_the_disk(ledger: &Ledger) -> bool {
    let tables = [
        "answer", "idea", "vote", "member", "letter", "person", "inbox",
    ];
    scrub(ledger, &tables).await
}
