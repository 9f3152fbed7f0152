//! Votes on shown ideas: when and how they are taken, how a form is kept from being forged, what
//! was voted.
//!
//! A ballot has a random id and nothing beside it. Votes on an idea count for the one that carries
//! it, and not at all while it isn't shown.

mod count;
mod seal;
mod window;

pub use count::{Votes, rows};
pub use seal::{is_sealed, seal};
pub use window::{Voting, set, voting};

use crate::entity::{idea, vote};
use crate::error::Result;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeSet;
use throughline_domain::listen::{Ballot, Choice, Criterion};
use uuid::Uuid;

/// How a choice is kept: `one` over `other`, or neither, or a word about `one`.
const OVER: &str = "over";
const CANT_DECIDE: &str = "cant_decide";
const AGREE: &str = "agree";
const DISAGREE: &str = "disagree";
const PASS: &str = "pass";

/// Ballots' votes as rows. What is about an idea that was withdrawn since is left out.
pub(crate) async fn cast(
    transaction: &impl ConnectionTrait,
    round: Uuid,
    ballots: &[(Uuid, Ballot)],
) -> Result<Vec<vote::Model>> {
    let there: Vec<Uuid> = idea::Entity::find()
        .select_only()
        .column(idea::Column::Id)
        .filter(idea::Column::RoundId.eq(round))
        .into_tuple()
        .all(transaction)
        .await?;
    let there: BTreeSet<Uuid> = there.into_iter().collect();
    let mut rows: Vec<vote::Model> = Vec::new();
    for (ballot, choices) in ballots {
        let choices = choices.choices.iter().take(Ballot::MOST);
        rows.extend(
            choices
                .filter_map(|choice| row(round, *ballot, choice))
                .filter(|row| {
                    there.contains(&row.one) && row.other.is_none_or(|other| there.contains(&other))
                }),
        );
    }
    Ok(rows)
}

fn row(round: Uuid, ballot: Uuid, choice: &Choice) -> Option<vote::Model> {
    let (one, other, criterion, choice) = match choice {
        Choice::Over {
            winner,
            loser,
            criterion,
        } => (winner, Some(loser), criterion, OVER),
        Choice::CantDecide {
            one,
            other,
            criterion,
        } => (one, Some(other), criterion, CANT_DECIDE),
        Choice::Agree { idea, criterion } => (idea, None, criterion, AGREE),
        Choice::Disagree { idea, criterion } => (idea, None, criterion, DISAGREE),
        Choice::Pass { idea, criterion } => (idea, None, criterion, PASS),
    };
    let other = match other {
        Some(other) => Some(other.parse::<Uuid>().ok()?),
        None => None,
    };
    Some(vote::Model {
        id: Uuid::new_v4(),
        round_id: round,
        ballot,
        criterion: Some(Criterion::name(*criterion).to_owned()),
        one: one.parse().ok()?,
        other,
        choice: choice.to_owned(),
    })
}
