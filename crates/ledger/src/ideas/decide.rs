//! What a moderator decides, and takes back. Each decision says what she saw the idea to be: if
//! somebody else decided meanwhile, it isn't made, and she is told.

use super::state;
use crate::audit::{self, Act};
use crate::entity::{answer, idea, lever_idea, round};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter,
};
use throughline_disclosure::{CompanyWords, Moderator};
use throughline_domain::Words;
use throughline_domain::listen::{IdeaState, Refusal, RefusalReason};
use uuid::Uuid;

/// What becomes of an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Colleagues see this text.
    Show(String),
    /// It says the same as this shown idea, which carries its count from now on.
    Merge(Uuid),
    /// It isn't shown.
    Refuse(Refusal),
}

/// Decides on an idea of a round that was seen `waiting`; a shown one can still be merged.
///
/// # Errors
/// [`LedgerError::Refused`] if somebody else decided meanwhile, the text can't be shown, or the
/// other idea isn't shown; [`LedgerError::NotFound`].
pub async fn decide(
    ledger: &Ledger,
    who: &str,
    moderator: Moderator,
    (round, id): (Uuid, Uuid),
    seen: IdeaState,
    decision: Decision,
) -> Result<()> {
    let who = who.to_owned();
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let row = found(transaction, round, id, seen).await?;
                let may = seen == IdeaState::Waiting
                    || (seen == IdeaState::Shown && matches!(decision, Decision::Merge(_)));
                if !may {
                    return Err(decided_already());
                }
                let act = match &decision {
                    Decision::Show(_) => "idea.show",
                    Decision::Merge(_) => "idea.merge",
                    Decision::Refuse(_) => "idea.refuse",
                };
                match decision {
                    Decision::Show(text) => show(transaction, moderator, row, &text).await?,
                    Decision::Merge(into) => merge(transaction, row, into).await?,
                    Decision::Refuse(refusal) => refuse(transaction, row, &refusal).await?,
                }
                note(transaction, who, act, round).await
            })
        })
        .await
}

/// Changes the text that colleagues see of a shown idea.
///
/// # Errors
/// As [`decide`].
pub async fn reword(
    ledger: &Ledger,
    who: &str,
    moderator: Moderator,
    (round, id): (Uuid, Uuid),
    text: String,
) -> Result<()> {
    let who = who.to_owned();
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let row = found(transaction, round, id, IdeaState::Shown).await?;
                show(transaction, moderator, row, &text).await?;
                note(transaction, who, "idea.reword", round).await
            })
        })
        .await
}

/// Takes a decision back: the idea waits again. What was merged into it stays with it.
///
/// # Errors
/// As [`decide`].
pub async fn undo(
    ledger: &Ledger,
    who: &str,
    (round, id): (Uuid, Uuid),
    seen: IdeaState,
) -> Result<()> {
    let who = who.to_owned();
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let row = found(transaction, round, id, seen).await?;
                if seen == IdeaState::Waiting {
                    return Err(decided_already());
                }
                lever_idea::Entity::delete_many()
                    .filter(lever_idea::Column::IdeaId.eq(id))
                    .exec(transaction)
                    .await?;
                let mut row = row.into_active_model();
                row.state = Set(IdeaState::Waiting.name().to_owned());
                row.shown = Set(None);
                row.reason = Set(None);
                row.merged_into = Set(None);
                row.update(transaction).await?;
                note(transaction, who, "idea.undo", round).await
            })
        })
        .await
}

async fn show(
    transaction: &DatabaseTransaction,
    moderator: Moderator,
    row: idea::Model,
    text: &str,
) -> Result<()> {
    let answer = match row.answer_id {
        Some(answer) => answer::Entity::find_by_id(answer).one(transaction).await?,
        None => None,
    };
    // Where the answer is gone (its time to be kept is over), nothing is left to be repeated.
    let (words, may_quote) = answer.map_or((Words::default(), true), |answer| {
        (
            Words::new(answer.idea.unwrap_or_default()),
            answer.may_quote,
        )
    });
    let chosen = moderator.choose(&words, may_quote, text).map_err(|error| {
        LedgerError::refused(error.to_string(), "change the words and try again")
    })?;
    let mut row = row.into_active_model();
    row.state = Set(IdeaState::Shown.name().to_owned());
    row.shown = Set(Some(chosen.to_string()));
    row.update(transaction).await?;
    Ok(())
}

async fn merge(transaction: &DatabaseTransaction, row: idea::Model, into: Uuid) -> Result<()> {
    let other = idea::Entity::find_by_id(into)
        .one(transaction)
        .await?
        .filter(|other| other.round_id == row.round_id)
        .ok_or(LedgerError::NotFound { what: "such idea" })?;
    if other.id == row.id || state(&other)? != IdeaState::Shown {
        return Err(LedgerError::refused(
            "the other idea isn't shown any more",
            "load the page again and choose another, or show this one",
        ));
    }
    let id = row.id;
    // What it carried goes along, so that nothing ever points at a merged idea.
    idea::Entity::update_many()
        .col_expr(idea::Column::MergedInto, Expr::value(into))
        .filter(idea::Column::MergedInto.eq(id))
        .exec(transaction)
        .await?;
    // A fix that took it up takes up what it says from now on.
    let taken = lever_idea::Entity::find()
        .filter(lever_idea::Column::IdeaId.is_in([id, into]))
        .all(transaction)
        .await?;
    if let Some(lever) = taken.iter().find(|taken| taken.idea_id == id) {
        lever_idea::Entity::delete_many()
            .filter(lever_idea::Column::IdeaId.eq(id))
            .exec(transaction)
            .await?;
        if !taken.iter().any(|taken| taken.idea_id == into) {
            let moved = lever_idea::Model {
                lever_id: lever.lever_id,
                idea_id: into,
            };
            lever_idea::Entity::insert(moved.into_active_model())
                .exec_without_returning(transaction)
                .await?;
        }
    }
    let mut row = row.into_active_model();
    row.state = Set(IdeaState::Merged.name().to_owned());
    row.shown = Set(None);
    row.merged_into = Set(Some(into));
    row.update(transaction).await?;
    Ok(())
}

async fn refuse(
    transaction: &DatabaseTransaction,
    row: idea::Model,
    refusal: &Refusal,
) -> Result<()> {
    let refusal = Refusal {
        reason: refusal.reason,
        note: CompanyWords::new(&refusal.note).as_str().to_owned(),
    };
    if refusal.note.chars().count() > Refusal::LONGEST {
        return Err(LedgerError::refused(
            format!("the note has more than {} characters", Refusal::LONGEST),
            "say it in fewer words",
        ));
    }
    if refusal.reason == RefusalReason::Other && refusal.note.is_empty() {
        return Err(LedgerError::refused(
            "a refusal for another reason needs a note",
            "write in a few words why: its sender reads it on her receipt",
        ));
    }
    let mut row = row.into_active_model();
    row.state = Set(IdeaState::Refused.name().to_owned());
    row.reason = Set(Some(refusal.to_text()));
    row.update(transaction).await?;
    Ok(())
}

async fn found(
    transaction: &DatabaseTransaction,
    round: Uuid,
    id: Uuid,
    seen: IdeaState,
) -> Result<idea::Model> {
    let row = idea::Entity::find_by_id(id)
        .one(transaction)
        .await?
        .filter(|row| row.round_id == round)
        .ok_or(LedgerError::NotFound { what: "such idea" })?;
    if state(&row)? == seen {
        Ok(row)
    } else {
        Err(decided_already())
    }
}

fn decided_already() -> LedgerError {
    LedgerError::refused(
        "this idea was decided on already, by you or somebody else",
        "nothing was changed; load the page again to see the rest",
    )
}

async fn note(
    transaction: &DatabaseTransaction,
    who: String,
    act: &str,
    round: Uuid,
) -> Result<()> {
    let name = round::Entity::find_by_id(round)
        .one(transaction)
        .await?
        .map_or_else(String::new, |round| round.name);
    audit::append(transaction, Act::new(who, act, name)).await
}
