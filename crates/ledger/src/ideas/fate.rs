//! What became of one answer's idea, for its sender's receipt. Never its words.

use super::state;
use crate::entity::{idea, lever, lever_idea};
use crate::error::Result;
use crate::ledger::Ledger;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use throughline_disclosure::{CompanyWords, Released};
use throughline_domain::listen::{IdeaState, LeverStatus, Refusal};
use uuid::Uuid;

/// What became of an idea.
#[derive(Clone, Debug, PartialEq)]
pub struct Fate {
    /// Where it stands. A merged idea whose carrier waits or was refused stands where that stands.
    pub state: IdeaState,
    /// Why it was refused, if it was.
    pub refusal: Option<Refusal>,
    /// The fix that took it up, if one did.
    pub taken: Option<Taken>,
}

/// A fix that took an idea up.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// Its title, in the company's words.
    pub title: Released<String>,
    /// How far it is.
    pub status: LeverStatus,
    /// Why, where that was said.
    pub why: Released<String>,
}

/// What became of the idea of an answer; `None` if it has none.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn fate(ledger: &Ledger, answer: Uuid) -> Result<Option<Fate>> {
    let Some(own) = idea::Entity::find()
        .filter(idea::Column::AnswerId.eq(answer))
        .one(ledger.reading())
        .await?
    else {
        return Ok(None);
    };
    let carrier = match own.merged_into {
        Some(into) => idea::Entity::find_by_id(into).one(ledger.reading()).await?,
        None => None,
    };
    let stands = match &carrier {
        Some(carrier) if state(carrier)? != IdeaState::Shown => carrier,
        _ => &own,
    };
    let refusal = stands.reason.as_deref().and_then(Refusal::from_text);
    let state = state(stands)?;
    let taken = taken(
        ledger,
        carrier.as_ref().map_or(own.id, |carrier| carrier.id),
    )
    .await?;
    Ok(Some(Fate {
        state,
        refusal: refusal.filter(|_| state == IdeaState::Refused),
        taken,
    }))
}

async fn taken(ledger: &Ledger, idea: Uuid) -> Result<Option<Taken>> {
    let Some(link) = lever_idea::Entity::find()
        .filter(lever_idea::Column::IdeaId.eq(idea))
        .one(ledger.reading())
        .await?
    else {
        return Ok(None);
    };
    let lever = lever::Entity::find_by_id(link.lever_id)
        .one(ledger.reading())
        .await?;
    Ok(lever.and_then(|lever| {
        Some(Taken {
            title: CompanyWords::new(&lever.title).released(),
            status: LeverStatus::named(&lever.status)?,
            why: CompanyWords::new(&lever.why).released(),
        })
    }))
}
