//! Ideas: read by a moderator, then shown to colleagues, merged with one that says the same, or
//! refused with a reason.
//!
//! Moderators read in an order that is drawn anew each time, and never see an answer's id, cell or
//! day. Ideas that were merged point at the one that carries them, never at another merged one. The
//! audit log says who decided and how, not on which idea: its lines have an order and a time.

mod decide;
mod fate;
mod group;
mod queue;

pub use decide::{Decision, decide, reword, undo};
pub use fate::{Fate, Taken, fate};
pub use queue::{One, Queue, Refused, Shown, Waiting, merged, one, refused, same, shown, waiting};

pub(crate) use group::{Groups, groups};

use crate::entity::{idea, lever_idea, vote};
use crate::error::{LedgerError, Result};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use throughline_domain::listen::IdeaState;
use uuid::Uuid;

pub(crate) fn state(row: &idea::Model) -> Result<IdeaState> {
    IdeaState::named(&row.state).ok_or_else(|| LedgerError::Unfit {
        what: format!("an idea has the unknown state `{}`", row.state),
        hint: "it was written by a newer version: run that one",
    })
}

/// A withdrawn answer takes its idea with it. Where others were merged into it, one of them carries
/// the rest from now on, with the votes and the fix that stood for them all; it waits to be read,
/// since the words that were shown are gone.
pub(crate) async fn withdrawn(transaction: &impl ConnectionTrait, answer: Uuid) -> Result<()> {
    let ideas = idea::Entity::find()
        .filter(idea::Column::AnswerId.eq(answer))
        .all(transaction)
        .await?;
    for row in ideas {
        let heir = idea::Entity::find()
            .filter(idea::Column::MergedInto.eq(row.id))
            .order_by_asc(idea::Column::Id)
            .one(transaction)
            .await?;
        match heir {
            Some(heir) => hand_over(transaction, row.id, heir.id).await?,
            None => {
                lever_idea::Entity::delete_many()
                    .filter(lever_idea::Column::IdeaId.eq(row.id))
                    .exec(transaction)
                    .await?;
                vote::Entity::delete_many()
                    .filter(
                        Condition::any()
                            .add(vote::Column::One.eq(row.id))
                            .add(vote::Column::Other.eq(row.id)),
                    )
                    .exec(transaction)
                    .await?;
            }
        }
        idea::Entity::delete_by_id(row.id).exec(transaction).await?;
    }
    Ok(())
}

/// What one idea carried, another carries.
async fn hand_over(transaction: &impl ConnectionTrait, from: Uuid, to: Uuid) -> Result<()> {
    idea::Entity::update_many()
        .col_expr(idea::Column::MergedInto, Expr::value(None::<Uuid>))
        .col_expr(idea::Column::State, Expr::value(IdeaState::Waiting.name()))
        .filter(idea::Column::Id.eq(to))
        .exec(transaction)
        .await?;
    idea::Entity::update_many()
        .col_expr(idea::Column::MergedInto, Expr::value(to))
        .filter(idea::Column::MergedInto.eq(from))
        .exec(transaction)
        .await?;
    lever_idea::Entity::update_many()
        .col_expr(lever_idea::Column::IdeaId, Expr::value(to))
        .filter(lever_idea::Column::IdeaId.eq(from))
        .exec(transaction)
        .await?;
    for column in [vote::Column::One, vote::Column::Other] {
        vote::Entity::update_many()
            .col_expr(column, Expr::value(to))
            .filter(column.eq(from))
            .exec(transaction)
            .await?;
    }
    Ok(())
}
