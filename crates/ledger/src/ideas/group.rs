//! Which ideas are one: those merged, with the one that carries them.

use crate::entity::idea;
use crate::error::Result;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeMap;
use throughline_domain::listen::IdeaState;
use uuid::Uuid;

/// The ideas of a round by the one that carries them.
pub(crate) struct Groups {
    carrier: BTreeMap<Uuid, Uuid>,
    state: BTreeMap<Uuid, IdeaState>,
    counts: BTreeMap<Uuid, u64>,
}

impl Groups {
    /// The idea that carries this one: itself, or the one it was merged into.
    pub(crate) fn carrier(&self, idea: Uuid) -> Option<Uuid> {
        self.carrier.get(&idea).copied()
    }

    /// How many ideas it carries, itself too.
    pub(crate) fn count(&self, carrier: Uuid) -> u64 {
        self.counts.get(&carrier).copied().unwrap_or(0)
    }

    /// The shown idea that carries this one, if it is shown.
    pub(crate) fn shown(&self, idea: Uuid) -> Option<Uuid> {
        self.carrier(idea)
            .filter(|carrier| self.state.get(carrier) == Some(&IdeaState::Shown))
    }
}

/// The groups of a round.
pub(crate) async fn groups(connection: &impl ConnectionTrait, round: Uuid) -> Result<Groups> {
    let rows: Vec<(Uuid, String, Option<Uuid>)> = idea::Entity::find()
        .select_only()
        .columns([
            idea::Column::Id,
            idea::Column::State,
            idea::Column::MergedInto,
        ])
        .filter(idea::Column::RoundId.eq(round))
        .into_tuple()
        .all(connection)
        .await?;
    let mut groups = Groups {
        carrier: BTreeMap::new(),
        state: BTreeMap::new(),
        counts: BTreeMap::new(),
    };
    for (id, state, into) in rows {
        let carrier = into.unwrap_or(id);
        groups.carrier.insert(id, carrier);
        *groups.counts.entry(carrier).or_default() += 1;
        if let Some(state) = IdeaState::named(&state) {
            groups.state.insert(id, state);
        }
    }
    Ok(groups)
}
