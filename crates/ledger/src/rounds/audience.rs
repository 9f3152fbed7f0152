//! Who is asked in a round.

use crate::entity::person;
use crate::error::Result;
use crate::units::Tree;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use throughline_domain::listen::Way;
use uuid::Uuid;

/// Who is asked, and how those without e-mail get in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// These units with all below them; none of them means everybody.
    pub units: Vec<Uuid>,
    /// The way in for people without an e-mail address.
    pub without_email: Way,
}

impl Default for Audience {
    fn default() -> Self {
        Self {
            units: Vec::new(),
            without_email: Way::Slip,
        }
    }
}

impl Audience {
    /// The way in of one person.
    pub(crate) fn way(&self, person: &person::Model) -> Way {
        if person.email.is_some() {
            Way::Link
        } else {
            self.without_email
        }
    }
}

/// The people who would be asked now.
pub(super) async fn people(
    connection: &impl ConnectionTrait,
    audience: &Audience,
    tree: &Tree,
) -> Result<Vec<person::Model>> {
    let active = person::Entity::find()
        .filter(person::Column::Active.eq(true))
        .all(connection)
        .await?;
    if audience.units.is_empty() {
        return Ok(active);
    }
    let roots: HashSet<Uuid> = audience.units.iter().copied().collect();
    let mut within: HashMap<Uuid, bool> = HashMap::new();
    Ok(active
        .into_iter()
        .filter(|person| {
            *within
                .entry(person.unit_id)
                .or_insert_with(|| tree.is_within(person.unit_id, &roots))
        })
        .collect())
}
