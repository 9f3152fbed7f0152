//! What a brief of a round is made of: answers by cell, ideas as their moderator left them, votes,
//! the company around.
//!
//! It says whose words may be quoted: those whose sender allowed it, and, for ideas, only as their
//! moderator shows them. A refused idea's words are left out altogether.

use super::{RESPONDENTS_NEEDED, of_round, released_before};
use crate::entity::{answer, cell, edge, idea, inbox, role, round, unit};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::votes;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use throughline_domain::Words;
use throughline_domain::facts::Vote;
use throughline_domain::listen::{IdeaState, RoundState, Terms};
use uuid::Uuid;

/// Words, and whether they may be quoted.
#[derive(Clone)]
pub struct Text {
    /// The words.
    pub words: Words,
    /// Whether they may be quoted.
    pub may_quote: bool,
}

/// One answer.
#[derive(Clone)]
pub struct Said {
    /// A number of its own, made for this brief: it is in no table.
    pub id: Uuid,
    /// The unit of its cell; `None` for the whole company.
    pub unit: Option<String>,
    /// The role of its cell.
    pub role: Option<String>,
    /// The idea, and the id under which it was voted on.
    pub idea: Option<(Text, Uuid)>,
    /// What stands in the way.
    pub block: Option<Text>,
    /// The rating.
    pub commitment: Option<u8>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// The unit above.
    pub parent: Option<String>,
    /// Its other names.
    pub also_called: Vec<String>,
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
}

/// How work goes from a role.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The role that does the work.
    pub from: String,
    /// A role, or `stage:NAME`.
    pub to: String,
    /// How much of it.
    pub weight: f64,
}

/// What a brief is made of.
#[derive(Clone)]
pub struct Material {
    /// The round.
    pub round: Uuid,
    /// Its name.
    pub name: String,
    /// Its terms.
    pub terms: Terms,
    /// Answers.
    pub said: Vec<Said>,
    /// Ideas that no moderator has read; they are not quoted.
    pub unread_ideas: u64,
    /// Votes, on ideas by their ids: on the questions on which ballots of a minimum group decided.
    pub votes: Vec<Vote>,
    /// Units.
    pub units: Vec<Unit>,
    /// Roles.
    pub roles: Vec<Role>,
    /// How work reaches customers.
    pub chain: Vec<Edge>,
}

impl Material {
    /// People who answered.
    pub fn respondents(&self) -> u64 {
        self.said.len() as u64
    }
}

/// The material of a round by id or name; without one, of the round that closed last.
///
/// # Errors
/// Where there is no such round, it isn't closed, was released before, or too few answered.
pub async fn material(ledger: &Ledger, which: Option<&str>) -> Result<Material> {
    let round = find(ledger, which).await?;
    let name = round.name;
    if round.state != RoundState::Closed.name() {
        return Err(LedgerError::refused(
            format!("round `{name}` isn't closed"),
            "a brief is written once, when all have answered: close the round first",
        ));
    }
    if of_round(ledger, round.id).await?.is_some() {
        return Err(released_before(&name));
    }
    let terms: Terms = serde_json::from_value(round.terms).map_err(|_| LedgerError::Unfit {
        what: format!("the terms of round `{name}` can't be read"),
        hint: "it was written by a newer version: run that one",
    })?;
    let connection = ledger.reading();
    let waiting = inbox::Entity::find()
        .filter(inbox::Column::RoundId.eq(round.id))
        .filter(inbox::Column::Kind.eq("answer"))
        .count(connection)
        .await?;
    if waiting > 0 {
        return Err(LedgerError::refused(
            format!("what was sent to round `{name}` is still being put in its place"),
            "try again in a minute",
        ));
    }
    let answers = answer::Entity::find()
        .filter(answer::Column::RoundId.eq(round.id))
        .all(connection)
        .await?;
    if (answers.len() as u64) < RESPONDENTS_NEEDED {
        return Err(LedgerError::refused(
            format!("fewer than {RESPONDENTS_NEEDED} people answered round `{name}`"),
            "no brief is written of so few: they could be recognised",
        ));
    }
    let unit_rows = unit::Entity::find()
        .order_by_asc(unit::Column::Name)
        .all(connection)
        .await?;
    let role_rows = role::Entity::find()
        .order_by_asc(role::Column::Name)
        .all(connection)
        .await?;
    let units: BTreeMap<Uuid, String> = named(unit_rows.iter().map(|row| (row.id, &row.name)));
    let roles: BTreeMap<Uuid, String> = named(role_rows.iter().map(|row| (row.id, &row.name)));
    let cells: BTreeMap<Uuid, (Option<Uuid>, Option<Uuid>)> = cell::Entity::find()
        .filter(cell::Column::RoundId.eq(round.id))
        .all(connection)
        .await?
        .into_iter()
        .map(|cell| (cell.id, (cell.unit_id, cell.role_id)))
        .collect();
    let ideas = Ideas::read(ledger, round.id).await?;
    let said = answers
        .into_iter()
        .map(|answer| {
            let (unit, role) = cells.get(&answer.cell_id).copied().unwrap_or_default();
            Said {
                id: Uuid::new_v4(),
                unit: unit.and_then(|id| units.get(&id).cloned()),
                role: role.and_then(|id| roles.get(&id).cloned()),
                idea: ideas.of(&answer),
                // Quotes were promised to be read by somebody first, and nobody reads these.
                block: answer.block.map(|block| Text {
                    words: Words::new(block),
                    may_quote: false,
                }),
                commitment: answer
                    .commitment
                    .and_then(|rating| u8::try_from(rating).ok()),
            }
        })
        .collect();
    let cast = votes::rows(ledger, round.id).await?;
    let votes = cast.of_enough(terms.minimum_group.into());
    Ok(Material {
        round: round.id,
        name,
        terms,
        said,
        unread_ideas: ideas.unread(),
        votes,
        chain: edge::Entity::find()
            .all(connection)
            .await?
            .into_iter()
            .filter_map(|edge| {
                let to = match (edge.to_role, edge.to_stage) {
                    (Some(role), _) => roles.get(&role)?.clone(),
                    (None, Some(stage)) => format!("stage:{stage}"),
                    (None, None) => return None,
                };
                Some(Edge {
                    from: roles.get(&edge.from_role)?.clone(),
                    to,
                    weight: edge.weight,
                })
            })
            .collect(),
        units: unit_rows
            .into_iter()
            .map(|row| Unit {
                parent: row.parent_id.and_then(|id| units.get(&id).cloned()),
                also_called: serde_json::from_value(row.also_called).unwrap_or_default(),
                name: row.name,
            })
            .collect(),
        roles: role_rows
            .into_iter()
            .map(|row| Role {
                name: row.name,
                title: row.title,
            })
            .collect(),
    })
}

fn named<'a>(rows: impl Iterator<Item = (Uuid, &'a String)>) -> BTreeMap<Uuid, String> {
    rows.map(|(id, name)| (id, name.clone())).collect()
}

/// The id and name of a round that is called by either; without one, of the round that closed last.
///
/// # Errors
/// Where there is none, or several of the name.
pub async fn find_round(ledger: &Ledger, which: Option<&str>) -> Result<(Uuid, String)> {
    find(ledger, which)
        .await
        .map(|round| (round.id, round.name))
}

async fn find(ledger: &Ledger, which: Option<&str>) -> Result<round::Model> {
    let connection = ledger.reading();
    let Some(which) = which else {
        return round::Entity::find()
            .filter(round::Column::State.eq(RoundState::Closed.name()))
            .order_by_desc(round::Column::ClosedOn)
            .order_by_asc(round::Column::Name)
            .one(connection)
            .await?
            .ok_or_else(|| {
                LedgerError::refused(
                    "no round is closed yet",
                    "a brief is written of a closed round",
                )
            });
    };
    if let Ok(id) = which.parse::<Uuid>() {
        let found = round::Entity::find_by_id(id).one(connection).await?;
        return found.ok_or(LedgerError::NotFound { what: "such round" });
    }
    let mut found = round::Entity::find()
        .filter(round::Column::Name.eq(which))
        .all(connection)
        .await?;
    match (found.pop(), found.is_empty()) {
        (Some(round), true) => Ok(round),
        (Some(_), false) => Err(LedgerError::refused(
            format!("several rounds are called `{which}`"),
            "name it by its id, which its page has in its address",
        )),
        (None, _) => Err(LedgerError::refused(
            format!("there is no round `{which}`"),
            "name it as its page does, or by its id",
        )),
    }
}

/// A round's ideas.
struct Ideas {
    by_id: BTreeMap<Uuid, idea::Model>,
    by_answer: BTreeMap<Uuid, Uuid>,
}

impl Ideas {
    async fn read(ledger: &Ledger, round: Uuid) -> Result<Self> {
        let rows = idea::Entity::find()
            .filter(idea::Column::RoundId.eq(round))
            .all(ledger.reading())
            .await?;
        let by_answer = rows
            .iter()
            .filter_map(|idea| Some((idea.answer_id?, idea.id)))
            .collect();
        let by_id = rows.into_iter().map(|idea| (idea.id, idea)).collect();
        Ok(Self { by_id, by_answer })
    }

    fn unread(&self) -> u64 {
        let waiting = IdeaState::Waiting.name();
        self.by_id
            .values()
            .filter(|idea| idea.state == waiting)
            .count() as u64
    }

    /// The idea that stands for one: itself, or the one it was merged into.
    fn standing(&self, mut id: Uuid) -> Option<&idea::Model> {
        for _ in 0..=self.by_id.len() {
            let idea = self.by_id.get(&id)?;
            match idea.merged_into {
                Some(into) if idea.state == IdeaState::Merged.name() => id = into,
                _ => return Some(idea),
            }
        }
        None
    }

    /// What an answer proposes, as its moderator left it.
    fn of(&self, answer: &answer::Model) -> Option<(Text, Uuid)> {
        let own = answer.idea.as_ref()?;
        let Some(id) = self.by_answer.get(&answer.id).copied() else {
            // No moderator has seen it.
            let text = Text {
                words: Words::new(own.as_str()),
                may_quote: false,
            };
            return Some((text, Uuid::new_v4()));
        };
        let standing = self.standing(id)?;
        let merged = standing.id != id;
        match IdeaState::named(&standing.state)? {
            IdeaState::Shown => Some((
                Text {
                    words: Words::new(standing.shown.as_deref()?),
                    // The words of a merged idea are another's.
                    may_quote: answer.may_quote && !merged,
                },
                standing.id,
            )),
            IdeaState::Waiting => Some((
                Text {
                    words: Words::new(own.as_str()),
                    may_quote: false,
                },
                standing.id,
            )),
            IdeaState::Refused | IdeaState::Merged => None,
        }
    }
}
