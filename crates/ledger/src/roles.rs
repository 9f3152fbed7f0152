//! Roles, and how their work reaches customers.

use crate::audit::{self, Act};
use crate::ballot_box::{self, Tapped};
use crate::entity::{cell, edge, edge_tap, member, person, role};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::people::insert;
use crate::units::folded;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::{HashMap, HashSet};
use throughline_domain::facts::{Edge, Place, Role as Named};
use uuid::Uuid;

/// A role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
}

/// All roles, by name.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn all(ledger: &Ledger) -> Result<Vec<Role>> {
    let rows = role::Entity::find()
        .order_by_asc(role::Column::Name)
        .all(ledger.reading())
        .await?;
    let of = |row: role::Model| Role {
        id: row.id,
        name: row.name,
        title: row.title,
    };
    Ok(rows.into_iter().map(of).collect())
}

/// Roles that somebody who works here has.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn held(ledger: &Ledger) -> Result<HashSet<Uuid>> {
    let held: Vec<Option<Uuid>> = person::Entity::find()
        .select_only()
        .column(person::Column::RoleId)
        .distinct()
        .filter(person::Column::Active.eq(true))
        .into_tuple()
        .all(ledger.reading())
        .await?;
    Ok(held.into_iter().flatten().collect())
}

/// Removes a role that nothing names: no person, no step of the chain, no round.
///
/// # Errors
/// Where something names it, or it can't be written.
pub async fn remove(ledger: &Ledger, id: Uuid, who: String) -> Result<()> {
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let found = role::Entity::find_by_id(id).one(transaction).await?;
                let found = found.ok_or(LedgerError::NotFound { what: "such role" })?;
                if let Some((what, hint)) = named_by(transaction, id).await? {
                    return Err(LedgerError::Refused {
                        what: format!("the role `{}` is in use: {what}", found.name),
                        hint: hint.to_owned(),
                    });
                }
                role::Entity::delete_by_id(id).exec(transaction).await?;
                audit::append(transaction, Act::new(who, "role.remove", found.name)).await
            })
        })
        .await
}

/// What names a role, and what to do about it.
async fn named_by(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<(&'static str, &'static str)>> {
    let in_chain = Condition::any()
        .add(edge::Column::FromRole.eq(id))
        .add(edge::Column::ToRole.eq(id));
    let chain = edge::Entity::find().filter(in_chain).one(connection);
    if chain.await?.is_some() {
        return Ok(Some((
            "the chain names it",
            "bring the chain again without it",
        )));
    }
    let people = person::Entity::find().filter(person::Column::RoleId.eq(id));
    if people.one(connection).await?.is_some() {
        return Ok(Some((
            "somebody in the list of people has it, or had it",
            "it goes with the last of them",
        )));
    }
    let cells = cell::Entity::find().filter(cell::Column::RoleId.eq(id));
    let members = member::Entity::find().filter(member::Column::RoleId.eq(id));
    let taps = edge_tap::Entity::find().filter(edge_tap::Column::FromRole.eq(id));
    if cells.one(connection).await?.is_some()
        || members.one(connection).await?.is_some()
        || taps.one(connection).await?.is_some()
    {
        return Ok(Some((
            "a round was held with it",
            "it stays as long as the round",
        )));
    }
    Ok(None)
}

/// The chain: who serves whom, by names, in order.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn chain(ledger: &Ledger) -> Result<Vec<Edge>> {
    let names: HashMap<Uuid, String> = all(ledger)
        .await?
        .into_iter()
        .map(|role| (role.id, role.name))
        .collect();
    let rows = edge::Entity::find().all(ledger.reading()).await?;
    let mut edges: Vec<Edge> = rows
        .into_iter()
        .filter_map(|row| {
            let to = match (row.to_role, row.to_stage) {
                (Some(role), _) => Place::Role(names.get(&role)?.clone()),
                (None, stage) => Place::Stage(stage?),
            };
            Some(Edge {
                from: names.get(&row.from_role)?.clone(),
                to,
                weight: row.weight,
            })
        })
        .collect();
    edges.sort_by(|one, other| (&one.from, &one.to).cmp(&(&other.from, &other.to)));
    Ok(edges)
}

/// Ways that the chain lacks and respondents of the role tapped, ten at least in one round.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn proposed(ledger: &Ledger) -> Result<Vec<Edge>> {
    let names: HashMap<Uuid, String> = all(ledger)
        .await?
        .into_iter()
        .map(|role| (role.id, role.name))
        .collect();
    let there = chain(ledger).await?;
    let of = |tapped: Tapped| {
        let to = match tapped.place.split_once(':')? {
            ("role", id) => Place::Role(names.get(&id.parse().ok()?)?.clone()),
            ("stage", name) => Place::Stage(name.to_owned()),
            _ => return None,
        };
        Some(Edge {
            from: names.get(&tapped.from)?.clone(),
            to,
            weight: 1.0,
        })
    };
    let mut edges: Vec<Edge> = ballot_box::tapped(ledger)
        .await?
        .into_iter()
        .filter_map(of)
        .filter(|edge| !has(&there, edge))
        .collect();
    edges.sort_by(|one, other| (&one.from, &one.to).cmp(&(&other.from, &other.to)));
    Ok(edges)
}

fn has(edges: &[Edge], edge: &Edge) -> bool {
    edges
        .iter()
        .any(|there| there.from == edge.from && there.to == edge.to)
}

/// Adds a way that is proposed to the chain.
///
/// # Errors
/// Where it isn't proposed (any more); where it can't be written.
pub async fn take_up(ledger: &Ledger, from: &str, to: &Place, who: String) -> Result<()> {
    let proposed = proposed(ledger).await?;
    let edge = proposed
        .into_iter()
        .find(|edge| edge.from == from && edge.to == *to)
        .ok_or(LedgerError::NotFound {
            what: "such proposal",
        })?;
    let ids: HashMap<String, Uuid> = all(ledger)
        .await?
        .into_iter()
        .map(|role| (role.name, role.id))
        .collect();
    let missing = || LedgerError::NotFound { what: "such role" };
    let (to_role, to_stage) = match &edge.to {
        Place::Role(role) => (Some(*ids.get(role).ok_or_else(missing)?), None),
        Place::Stage(stage) => (None, Some(stage.clone())),
    };
    let row = edge::Model {
        id: Uuid::new_v4(),
        from_role: *ids.get(&edge.from).ok_or_else(missing)?,
        to_role,
        to_stage,
        weight: edge.weight,
    };
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let same = edge::Entity::find()
                    .filter(edge::Column::FromRole.eq(row.from_role))
                    .all(transaction)
                    .await?
                    .into_iter()
                    .any(|there| there.to_role == row.to_role && there.to_stage == row.to_stage);
                // Somebody was quicker: it is there.
                if same {
                    return Ok(());
                }
                insert(transaction, vec![row], None).await?;
                let act = Act::new(who, "chain.add", edge.from);
                audit::append(transaction, act).await
            })
        })
        .await
}

/// What an import of the chain did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChainChanges {
    /// Roles not known before.
    pub new_roles: usize,
    /// Roles with another title.
    pub titles: usize,
    /// Ways before.
    pub before: usize,
    /// Ways after.
    pub after: usize,
}

/// Takes roles in, and where there are edges, puts them in the place of the chain there was.
///
/// # Errors
/// Where it can't be written.
pub async fn import(
    ledger: &Ledger,
    roles: Vec<Named>,
    edges: Vec<Edge>,
    who: String,
) -> Result<ChainChanges> {
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let known = role::Entity::find().all(transaction).await?;
                let mut by_name: HashMap<String, role::Model> = known
                    .into_iter()
                    .map(|row| (folded(&row.name), row))
                    .collect();
                let mut changes = ChainChanges::default();
                let mut rows = Vec::new();
                let ends = edges.iter().flat_map(|edge| {
                    let to = match &edge.to {
                        Place::Role(role) => Some(role.clone()),
                        Place::Stage(_) => None,
                    };
                    [Some(edge.from.clone()), to]
                });
                let named = roles
                    .into_iter()
                    .map(|role| (role.role, role.title))
                    .chain(ends.flatten().map(|name| (name, None)));
                for (name, title) in named {
                    let found = by_name.get_mut(&folded(&name));
                    match found {
                        Some(row) if title.is_some() && row.title != title => {
                            changes.titles += 1;
                            row.title = title;
                            rows.push(row.clone());
                        }
                        Some(_) => {}
                        None => {
                            changes.new_roles += 1;
                            let row = role::Model {
                                id: Uuid::new_v4(),
                                name: name.clone(),
                                title,
                            };
                            rows.push(row.clone());
                            by_name.insert(folded(&name), row);
                        }
                    }
                }
                // A title that comes twice is written as it came last.
                rows.reverse();
                let mut seen = std::collections::HashSet::new();
                rows.retain(|row| seen.insert(row.id));
                let mut conflict = OnConflict::column(role::Column::Id);
                conflict.update_column(role::Column::Title);
                insert(transaction, rows, Some(conflict)).await?;
                let before = edge::Entity::find().all(transaction).await?.len();
                (changes.before, changes.after) = (before, before);
                if !edges.is_empty() {
                    let id = |name: &str| by_name.get(&folded(name)).map(|row| row.id);
                    let rows: Vec<edge::Model> = edges
                        .iter()
                        .filter_map(|edge| {
                            let (to_role, to_stage) = match &edge.to {
                                Place::Role(role) => (Some(id(role)?), None),
                                Place::Stage(stage) => (None, Some(stage.clone())),
                            };
                            Some(edge::Model {
                                id: Uuid::new_v4(),
                                from_role: id(&edge.from)?,
                                to_role,
                                to_stage,
                                weight: edge.weight,
                            })
                        })
                        .collect();
                    changes.after = rows.len();
                    edge::Entity::delete_many().exec(transaction).await?;
                    insert(transaction, rows, None).await?;
                }
                let act = Act::new(who, "chain.import", format!("{} ways", changes.after)).detail(
                    format!(
                        "{} before; {} new roles, {} titles",
                        changes.before, changes.new_roles, changes.titles
                    ),
                );
                audit::append(transaction, act).await?;
                Ok(changes)
            })
        })
        .await
}
