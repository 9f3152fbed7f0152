//! Writing and reading fixes, for the leads.

use crate::audit::{self, Act};
use crate::entity::{idea, lever, lever_idea, round};
use crate::error::{LedgerError, Result};
use crate::ideas::groups;
use crate::ledger::Ledger;
use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};
use std::collections::{BTreeMap, BTreeSet};
use throughline_disclosure::CompanyWords;
use throughline_domain::listen::{IdeaState, LeverStatus, RoundState};
use uuid::Uuid;

/// Longest title, in characters.
const TITLE: usize = 160;
/// Longest text beside it.
const TEXT: usize = 800;

/// A fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lever {
    /// Its id.
    pub id: Uuid,
    /// What it says and how far it is.
    pub draft: Draft,
    /// When that last changed.
    pub changed_on: NaiveDate,
    /// People behind the ideas it takes up.
    pub people: u64,
}

/// What leads say about a fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its title.
    pub title: CompanyWords,
    /// How far it is.
    pub status: LeverStatus,
    /// Why; needed where it isn't done now.
    pub why: CompanyWords,
    /// What customers said since.
    pub customers_since: CompanyWords,
    /// Ideas it takes up.
    pub ideas: BTreeSet<Uuid>,
}

/// The fixes of a round: chosen and in work first, then done, heard, not now; by title.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn list(ledger: &Ledger, round: Uuid) -> Result<Vec<Lever>> {
    let rows = lever::Entity::find()
        .filter(lever::Column::RoundId.eq(round))
        .all(ledger.reading())
        .await?;
    let links = lever_idea::Entity::find()
        .filter(lever_idea::Column::LeverId.is_in(rows.iter().map(|row| row.id)))
        .all(ledger.reading())
        .await?;
    let groups = groups(ledger.reading(), round).await?;
    let mut ideas: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    for link in links {
        ideas.entry(link.lever_id).or_default().insert(link.idea_id);
    }
    let mut levers = Vec::with_capacity(rows.len());
    for row in rows {
        let ideas = ideas.remove(&row.id).unwrap_or_default();
        levers.push(Lever {
            id: row.id,
            people: ideas.iter().map(|idea| groups.count(*idea)).sum(),
            draft: Draft {
                title: CompanyWords::new(&row.title),
                status: LeverStatus::named(&row.status).ok_or_else(|| LedgerError::Unfit {
                    what: format!("a fix has the unknown status `{}`", row.status),
                    hint: "it was written by a newer version: run that one",
                })?,
                why: CompanyWords::new(&row.why),
                customers_since: CompanyWords::new(&row.customers_since),
                ideas,
            },
            changed_on: row.changed_on,
        });
    }
    let place = |status: LeverStatus| match status {
        LeverStatus::InWork => 0,
        LeverStatus::Chosen => 1,
        LeverStatus::Done => 2,
        LeverStatus::Heard => 3,
        LeverStatus::NotNow => 4,
    };
    levers.sort_by(|a, b| {
        place(a.draft.status)
            .cmp(&place(b.draft.status))
            .then_with(|| a.draft.title.as_str().cmp(b.draft.title.as_str()))
            .then_with(|| a.id.cmp(&b.id))
    });
    Ok(levers)
}

/// Writes a fix: a new one, or over what was said before.
///
/// # Errors
/// [`LedgerError::Refused`] for a fix without a title, one that isn't done now without a reason,
/// texts that are too long, ideas that aren't shown or are taken up elsewhere;
/// [`LedgerError::NotFound`].
pub async fn save(
    ledger: &Ledger,
    who: &str,
    (round, id): (Uuid, Option<Uuid>),
    draft: Draft,
    today: NaiveDate,
) -> Result<Uuid> {
    check(&draft)?;
    let who = who.to_owned();
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let row = round::Entity::find_by_id(round)
                    .one(transaction)
                    .await?
                    .ok_or(LedgerError::NotFound { what: "such round" })?;
                if row.state == RoundState::Draft.name() {
                    return Err(LedgerError::refused(
                        "this round isn't open yet, so nobody proposed anything",
                        "open the round first",
                    ));
                }
                let name = row.name;
                if let Some(id) = id {
                    belongs(transaction, round, id).await?;
                }
                free(transaction, round, id, &draft.ideas).await?;
                let act = match id {
                    Some(_) => "lever.change",
                    None => "lever.add",
                };
                let detail = format!("{}, {}", draft.title.as_str(), draft.status.name());
                let id = write(transaction, round, id, draft, today).await?;
                audit::append(transaction, Act::new(who, act, name).detail(detail)).await?;
                Ok(id)
            })
        })
        .await
}

/// Takes a fix away; its ideas are free again.
///
/// # Errors
/// [`LedgerError::NotFound`].
pub async fn remove(ledger: &Ledger, who: &str, round: Uuid, id: Uuid) -> Result<()> {
    let who = who.to_owned();
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let row = belongs(transaction, round, id).await?;
                unlink(transaction, id).await?;
                lever::Entity::delete_by_id(id).exec(transaction).await?;
                let name = round::Entity::find_by_id(round)
                    .one(transaction)
                    .await?
                    .map_or_else(String::new, |round| round.name);
                let act = Act::new(who, "lever.remove", name).detail(row.title);
                audit::append(transaction, act).await
            })
        })
        .await
}

fn check(draft: &Draft) -> Result<()> {
    if draft.title.is_empty() {
        return Err(LedgerError::refused(
            "a fix needs a title",
            "say in a few words what changes",
        ));
    }
    for (text, name, most) in [
        (&draft.title, "title", TITLE),
        (&draft.why, "reason", TEXT),
        (&draft.customers_since, "text about customers", TEXT),
    ] {
        if text.as_str().chars().count() > most {
            return Err(LedgerError::refused(
                format!("the {name} has more than {most} characters"),
                "say it in fewer words",
            ));
        }
    }
    if draft.status == LeverStatus::NotNow && draft.why.is_empty() {
        return Err(LedgerError::refused(
            "a fix that isn't done now needs a reason",
            "write why not: the people who proposed it read it",
        ));
    }
    Ok(())
}

async fn belongs(transaction: &DatabaseTransaction, round: Uuid, id: Uuid) -> Result<lever::Model> {
    lever::Entity::find_by_id(id)
        .one(transaction)
        .await?
        .filter(|row| row.round_id == round)
        .ok_or(LedgerError::NotFound { what: "such fix" })
}

/// Ideas must be shown ones of the round that no other fix takes up.
async fn free(
    transaction: &DatabaseTransaction,
    round: Uuid,
    id: Option<Uuid>,
    ideas: &BTreeSet<Uuid>,
) -> Result<()> {
    let found = idea::Entity::find()
        .filter(idea::Column::Id.is_in(ideas.iter().copied()))
        .filter(idea::Column::RoundId.eq(round))
        .filter(idea::Column::State.eq(IdeaState::Shown.name()))
        .all(transaction)
        .await?;
    if found.len() != ideas.len() {
        return Err(LedgerError::refused(
            "one of the ideas isn't shown any more",
            "load the page again and choose among those that are",
        ));
    }
    let taken = lever_idea::Entity::find()
        .filter(lever_idea::Column::IdeaId.is_in(ideas.iter().copied()))
        .all(transaction)
        .await?;
    if taken.iter().any(|taken| Some(taken.lever_id) != id) {
        return Err(LedgerError::refused(
            "one of the ideas is taken up by another fix already",
            "load the page again and choose among those that are free",
        ));
    }
    Ok(())
}

async fn unlink(transaction: &DatabaseTransaction, id: Uuid) -> Result<()> {
    lever_idea::Entity::delete_many()
        .filter(lever_idea::Column::LeverId.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn write(
    transaction: &DatabaseTransaction,
    round: Uuid,
    id: Option<Uuid>,
    draft: Draft,
    today: NaiveDate,
) -> Result<Uuid> {
    let row = lever::Model {
        id: id.unwrap_or_else(Uuid::new_v4),
        round_id: round,
        title: draft.title.as_str().to_owned(),
        status: draft.status.name().to_owned(),
        why: draft.why.as_str().to_owned(),
        customers_since: draft.customers_since.as_str().to_owned(),
        changed_on: today,
    };
    let written = row.id;
    if id.is_some() {
        unlink(transaction, written).await?;
        row.into_active_model()
            .reset_all()
            .update(transaction)
            .await?;
    } else {
        lever::Entity::insert(row.into_active_model())
            .exec_without_returning(transaction)
            .await?;
    }
    let links = draft.ideas.into_iter().map(|idea_id| {
        lever_idea::Model {
            lever_id: written,
            idea_id,
        }
        .into_active_model()
    });
    let links: Vec<_> = links.collect();
    if !links.is_empty() {
        lever_idea::Entity::insert_many(links)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(written)
}
