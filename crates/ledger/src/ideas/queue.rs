//! What moderators and voters read.

use super::{groups, state};
use crate::ballot_box::LEAST;
use crate::entity::{answer, idea};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use throughline_disclosure::Released;
use throughline_domain::Words;
use throughline_domain::listen::{IdeaState, Refusal};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

/// Ideas that nobody has read yet.
pub struct Queue {
    /// Some of them, drawn at random, in random order.
    pub ideas: Vec<Waiting>,
    /// How many wait altogether.
    pub waiting: u64,
    /// Fewer than [`LEAST`] people answered: nobody reads their words, however the round closed.
    pub too_few: bool,
}

/// An idea that nobody has read yet.
pub struct Waiting {
    /// Its id, which says nothing about its answer.
    pub id: Uuid,
    /// Its words.
    pub words: Words,
    /// Whether they may be quoted.
    pub may_quote: bool,
    /// How many ideas it carries, itself too.
    pub count: u64,
    /// Others that wait and hold the very same words, but for capitals, spaces and stops at the end:
    /// whatever is decided on one is meant of all.
    pub same: Vec<Uuid>,
}

/// An idea that colleagues see.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Its id.
    pub id: Uuid,
    /// What they see of it.
    pub words: Released<String>,
    /// Whether these are the company's words, since the sender's may not be quoted.
    pub own_words: bool,
    /// How many people proposed it: its own sender and those of what was merged into it.
    pub count: u64,
}

/// An idea that was refused.
pub struct Refused {
    /// Its id.
    pub id: Uuid,
    /// Its words.
    pub words: Words,
    /// Why.
    pub refusal: Refusal,
}

/// At most `most` waiting ideas, drawn at random, those with the very same words as one; `first`, if
/// it waits, is among them and comes first.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn waiting(
    ledger: &Ledger,
    round: Uuid,
    most: usize,
    first: Option<Uuid>,
) -> Result<Queue> {
    let answers = answer::Entity::find()
        .filter(answer::Column::RoundId.eq(round))
        .count(ledger.reading())
        .await?;
    if answers < LEAST as u64 {
        return Ok(Queue {
            ideas: Vec::new(),
            waiting: 0,
            too_few: true,
        });
    }
    let mut ids: Vec<Uuid> = idea::Entity::find()
        .select_only()
        .column(idea::Column::Id)
        .filter(idea::Column::RoundId.eq(round))
        .filter(idea::Column::State.eq(IdeaState::Waiting.name()))
        .into_tuple()
        .all(ledger.reading())
        .await?;
    let waiting = ids.len() as u64;
    shuffle(&mut ids);
    ids.sort_by_key(|id| Some(*id) != first);
    ids.truncate(most);
    let mut rows = with_answers(ledger, &ids).await?;
    let groups = groups(ledger.reading(), round).await?;
    let alike = alike(ledger, round, &ids).await?;
    shuffle(&mut rows);
    // Of several with the same words, one that may be quoted speaks for all.
    rows.sort_by_key(|(row, answer)| (Some(row.id) != first, !answer.may_quote));
    let mut seen: BTreeSet<Uuid> = BTreeSet::new();
    let mut ideas: Vec<Waiting> = Vec::new();
    for (row, answer) in rows {
        let same = alike.of(row.id);
        let Some(words) = answer.idea.filter(|_| !seen.contains(&row.id)) else {
            continue;
        };
        seen.extend(&same);
        ideas.push(Waiting {
            id: row.id,
            words: Words::new(words),
            may_quote: answer.may_quote,
            count: same
                .iter()
                .chain([&row.id])
                .map(|id| groups.count(*id))
                .sum(),
            same,
        });
    }
    shuffle(&mut ideas);
    ideas.sort_by_key(|idea| Some(idea.id) != first);
    Ok(Queue {
        ideas,
        waiting,
        too_few: false,
    })
}

/// Waiting ideas by their words, folded.
struct Alike(BTreeMap<String, Vec<Uuid>>);

impl Alike {
    /// Those with the words of this one, without it.
    fn of(&self, id: Uuid) -> Vec<Uuid> {
        let group = self.0.values().find(|group| group.contains(&id));
        let others = group.into_iter().flatten().copied();
        others.filter(|other| *other != id).collect()
    }
}

/// Waiting ideas that hold the same words as these, these among them.
async fn alike(ledger: &Ledger, round: Uuid, ids: &[Uuid]) -> Result<Alike> {
    let rows: Vec<(Uuid, String)> = idea::Entity::find()
        .select_only()
        .column(idea::Column::Id)
        .column(answer::Column::Idea)
        .join(
            JoinType::InnerJoin,
            idea::Entity::belongs_to(answer::Entity)
                .from(idea::Column::AnswerId)
                .to(answer::Column::Id)
                .into(),
        )
        .filter(idea::Column::RoundId.eq(round))
        .filter(idea::Column::State.eq(IdeaState::Waiting.name()))
        .filter(answer::Column::Idea.is_not_null())
        .into_tuple()
        .all(ledger.reading())
        .await?;
    let wanted: BTreeSet<String> = rows
        .iter()
        .filter(|(id, _)| ids.contains(id))
        .map(|(_, words)| folded(words))
        .collect();
    let mut groups: BTreeMap<String, Vec<Uuid>> = BTreeMap::new();
    for (id, words) in rows {
        let words = folded(&words);
        if wanted.contains(&words) {
            groups.entry(words).or_default().push(id);
        }
    }
    Ok(Alike(groups))
}

/// Words without what doesn't change them: capitals, how accents are written, further spaces, stops at
/// the end. Here and not in the database, since SQLite knows no capitals but the English ones. Words that
/// are stops alone stay.
fn folded(words: &str) -> String {
    let one: String = words.nfc().flat_map(char::to_lowercase).collect();
    let one = one.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = one.trim_end_matches(|letter: char| {
        letter.is_whitespace()
            || matches!(
                letter,
                '.' | '!' | '\u{2026}' | '\u{3002}' | '\u{ff01}' | '\u{964}'
            )
    });
    if bare.is_empty() {
        one
    } else {
        bare.to_owned()
    }
}

/// Other waiting ideas with the very same words as this one.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn same(ledger: &Ledger, round: Uuid, id: Uuid) -> Result<Vec<Uuid>> {
    Ok(alike(ledger, round, &[id]).await?.of(id))
}

/// An idea that can be merged into another: one that waits, or is shown.
pub struct One {
    /// Where it stands.
    pub state: IdeaState,
    /// Its words; none if they aren't kept any more.
    pub words: Words,
}

/// An idea that waits or is shown.
///
/// # Errors
/// [`LedgerError::NotFound`].
pub async fn one(ledger: &Ledger, round: Uuid, id: Uuid) -> Result<One> {
    let row = idea::Entity::find_by_id(id)
        .filter(idea::Column::RoundId.eq(round))
        .one(ledger.reading())
        .await?
        .ok_or(LedgerError::NotFound { what: "such idea" })?;
    let state = state(&row)?;
    if !matches!(state, IdeaState::Waiting | IdeaState::Shown) {
        return Err(LedgerError::NotFound { what: "such idea" });
    }
    let answer = with_answers(ledger, &[id]).await?.pop();
    let words = answer.and_then(|(_, answer)| answer.idea);
    Ok(One {
        state,
        words: Words::new(words.unwrap_or_default()),
    })
}

/// Ideas that were merged into this one, in random order.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn merged(ledger: &Ledger, round: Uuid, into: Uuid) -> Result<Vec<(Uuid, Words)>> {
    let ids: Vec<Uuid> = idea::Entity::find()
        .select_only()
        .column(idea::Column::Id)
        .filter(idea::Column::RoundId.eq(round))
        .filter(idea::Column::MergedInto.eq(into))
        .into_tuple()
        .all(ledger.reading())
        .await?;
    let rows = with_answers(ledger, &ids).await?;
    let mut merged: Vec<(Uuid, Words)> = rows
        .into_iter()
        .map(|(row, answer)| (row.id, Words::new(answer.idea.unwrap_or_default())))
        .collect();
    shuffle(&mut merged);
    Ok(merged)
}

/// Every shown idea of a round: most people first, ties by id.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn shown(ledger: &Ledger, round: Uuid) -> Result<Vec<Shown>> {
    let rows = idea::Entity::find()
        .filter(idea::Column::RoundId.eq(round))
        .filter(idea::Column::State.eq(IdeaState::Shown.name()))
        .all(ledger.reading())
        .await?;
    let unquoted: Vec<Uuid> = answer::Entity::find()
        .select_only()
        .column(answer::Column::Id)
        .filter(answer::Column::RoundId.eq(round))
        .filter(answer::Column::MayQuote.eq(false))
        .into_tuple()
        .all(ledger.reading())
        .await?;
    let unquoted: BTreeSet<Uuid> = unquoted.into_iter().collect();
    let groups = groups(ledger.reading(), round).await?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let state = state(&row)?;
        if let Some(words) = throughline_disclosure::shown(state, row.shown.as_deref()) {
            shown.push(Shown {
                id: row.id,
                words,
                own_words: row
                    .answer_id
                    .is_some_and(|answer| unquoted.contains(&answer)),
                count: groups.count(row.id),
            });
        }
    }
    shown.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.id.cmp(&b.id)));
    Ok(shown)
}

/// At most `most` refused ideas, drawn at random, and how many there are.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn refused(ledger: &Ledger, round: Uuid, most: usize) -> Result<(Vec<Refused>, u64)> {
    let mut ids: Vec<Uuid> = idea::Entity::find()
        .select_only()
        .column(idea::Column::Id)
        .filter(idea::Column::RoundId.eq(round))
        .filter(idea::Column::State.eq(IdeaState::Refused.name()))
        .into_tuple()
        .all(ledger.reading())
        .await?;
    let all = ids.len() as u64;
    shuffle(&mut ids);
    ids.truncate(most);
    let rows = with_answers(ledger, &ids).await?;
    let mut refused: Vec<Refused> = rows
        .into_iter()
        .filter_map(|(row, answer)| {
            Some(Refused {
                id: row.id,
                words: Words::new(answer.idea?),
                refusal: Refusal::from_text(&row.reason?)?,
            })
        })
        .collect();
    shuffle(&mut refused);
    Ok((refused, all))
}

async fn with_answers(ledger: &Ledger, ids: &[Uuid]) -> Result<Vec<(idea::Model, answer::Model)>> {
    let rows = idea::Entity::find()
        .filter(idea::Column::Id.is_in(ids.iter().copied()))
        .all(ledger.reading())
        .await?;
    let answers = answer::Entity::find()
        .filter(answer::Column::Id.is_in(rows.iter().filter_map(|row| row.answer_id)))
        .all(ledger.reading())
        .await?;
    let mut answers: BTreeMap<Uuid, answer::Model> = answers
        .into_iter()
        .map(|answer| (answer.id, answer))
        .collect();
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let answer = answers.remove(&row.answer_id?)?;
            Some((row, answer))
        })
        .collect())
}

/// Draws an order: each thing gets a random number, from the same source as our keys.
fn shuffle<T>(things: &mut [T]) {
    things.sort_by_cached_key(|_| Uuid::new_v4());
}
