//! How far a round reaches: how many of a unit, with all below it, were asked. It is told from the
//! round's minimum group on, and knows nothing of who answered. A small count can be worked out from
//! those around it: where people work is no secret of theirs.

use super::Round;
use crate::entity::member;
use crate::error::Result;
use crate::ledger::Ledger;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{HashMap, HashSet};
use throughline_disclosure::{Count, Released, count};
use uuid::Uuid;

/// How many were asked, by unit.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    asked: HashMap<Uuid, u64>,
    minimum_group: u64,
}

impl Reach {
    /// How many of a unit and those below it were asked; `None` where nobody was, or where it isn't
    /// kept any more.
    pub fn of(&self, unit: Uuid) -> Option<Released<Count>> {
        let people = self.asked.get(&unit)?;
        Some(count(*people, self.minimum_group))
    }

    /// Whether it is kept no more who was asked.
    pub fn is_gone(&self) -> bool {
        self.asked.is_empty()
    }
}

impl Round {
    /// Whether a unit, or one above or below it, is among those that are asked.
    pub fn concerns(&self, unit: Uuid) -> bool {
        let roots: HashSet<Uuid> = self.audience.units.iter().copied().collect();
        let own = HashSet::from([unit]);
        roots.is_empty()
            || self.tree.is_within(unit, &roots)
            || roots.iter().any(|root| self.tree.is_within(*root, &own))
    }
}

/// How many were asked in a round, in the units as they stood when it opened.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn reach(ledger: &Ledger, round: &Round) -> Result<Reach> {
    let counted: Vec<(Uuid, i64)> = member::Entity::find()
        .select_only()
        .column(member::Column::UnitId)
        .column_as(member::Column::PersonId.count(), "people")
        .filter(member::Column::RoundId.eq(round.id))
        .group_by(member::Column::UnitId)
        .into_tuple()
        .all(ledger.reading())
        .await?;
    let mut asked: HashMap<Uuid, u64> = HashMap::new();
    for (unit, people) in counted {
        for above in round.tree.line(unit) {
            *asked.entry(above).or_default() += people.unsigned_abs();
        }
    }
    Ok(Reach {
        asked,
        minimum_group: u64::from(round.terms.minimum_group),
    })
}
