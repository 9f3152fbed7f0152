//! People: who works here, as HR's system says. An id, perhaps an address, a place; no names.
//!
//! [`plan`] says what an import would change and whether it must be stopped; [`apply`] does it, all or
//! nothing. What a round froze when it opened stays as it was.

mod apply;
mod plan;

pub(crate) use apply::insert;
pub use apply::{Leave, apply};
pub use plan::{Changes, Stop, plan};

use crate::entity::person;
use crate::error::Result;
use crate::ledger::Ledger;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

/// How many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Working here.
    pub active: u64,
    /// Of those, with an e-mail address.
    pub with_email: u64,
    /// Known by an id and gone.
    pub inactive: u64,
}

/// Counts.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn count(ledger: &Ledger) -> Result<Count> {
    let of = |active: bool| person::Entity::find().filter(person::Column::Active.eq(active));
    let reading = ledger.reading();
    Ok(Count {
        active: of(true).count(reading).await?,
        with_email: of(true)
            .filter(person::Column::Email.is_not_null())
            .count(reading)
            .await?,
        inactive: of(false).count(reading).await?,
    })
}

/// The languages of those who work here, with how many have each, the most frequent first.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn languages(ledger: &Ledger) -> Result<Vec<(String, u64)>> {
    let mut counted: Vec<(String, i64)> = person::Entity::find()
        .select_only()
        .column(person::Column::Language)
        .column_as(person::Column::Id.count(), "people")
        .filter(person::Column::Active.eq(true))
        .filter(person::Column::Language.is_not_null())
        .group_by(person::Column::Language)
        .into_tuple()
        .all(ledger.reading())
        .await?;
    counted.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    Ok(counted
        .into_iter()
        .map(|(language, people)| (language, people.unsigned_abs()))
        .collect())
}
