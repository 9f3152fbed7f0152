//! What employees read of a round's fixes.

use super::keep::list;
use crate::error::Result;
use crate::ledger::Ledger;
use crate::votes::voting;
use throughline_disclosure::{Count, Released, count};
use throughline_domain::listen::{LeverStatus, RoundState};
use uuid::Uuid;

/// What employees read.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The round's name.
    pub round: String,
    /// Its languages.
    pub languages: Vec<String>,
    /// People from whom on counts are said.
    pub minimum_group: u64,
    /// The fixes.
    pub levers: Vec<SaidLever>,
}

/// A fix as employees read it.
#[derive(Clone, Debug, PartialEq)]
pub struct SaidLever {
    /// Its title.
    pub title: Released<String>,
    /// How far it is.
    pub status: LeverStatus,
    /// Why.
    pub why: Released<String>,
    /// What customers said since.
    pub customers_since: Released<String>,
    /// People behind it; `None` where it takes up no idea.
    pub people: Option<Released<Count>>,
}

/// What employees read of a round; `None` while there is nothing to read.
///
/// # Errors
/// Where the database doesn't answer, and for a round that isn't there.
pub async fn said(ledger: &Ledger, round: Uuid) -> Result<Option<Said>> {
    let voting = voting(ledger, round).await?;
    let levers = list(ledger, round).await?;
    if voting.state == RoundState::Draft || levers.is_empty() {
        return Ok(None);
    }
    let minimum = u64::from(voting.terms.minimum_group);
    let levers = levers
        .into_iter()
        .map(|lever| SaidLever {
            title: lever.draft.title.released(),
            status: lever.draft.status,
            why: lever.draft.why.released(),
            customers_since: lever.draft.customers_since.released(),
            people: (lever.people > 0).then(|| count(lever.people, minimum)),
        })
        .collect();
    Ok(Some(Said {
        round: voting.name,
        languages: voting.languages,
        minimum_group: minimum,
        levers,
    }))
}
