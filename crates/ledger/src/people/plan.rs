//! What an import of people would change, and the circuit-breaker.

use crate::entity::{person, role, unit};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::units::{self, Names, Tree, Unit, folded};
use sea_orm::{ConnectionTrait, EntityTrait};
use std::collections::{HashMap, HashSet};
use throughline_domain::listen::{Person, Roster};
use uuid::Uuid;

/// More than this share of those active gone stops an import.
const MOST_DEACTIVATED_PERCENT: usize = 40;
/// More than this share of those active with another's id stops it.
const MOST_REASSIGNED_PERCENT: usize = 5;
/// Names shown of a kind.
const SHOWN: usize = 20;

/// What an import changes. Counts are of people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Active before.
    pub before: usize,
    /// Active after.
    pub after: usize,
    /// Not known before.
    pub new: usize,
    /// To another unit.
    pub moved: usize,
    /// To another role.
    pub role_changed: usize,
    /// With another e-mail address.
    pub email_changed: usize,
    /// With another manager.
    pub manager_changed: usize,
    /// With another language.
    pub language_changed: usize,
    /// Gone.
    pub deactivated: usize,
    /// Back.
    pub reactivated: usize,
    /// The same e-mail address under another id, or the same id with another address and unit:
    /// probably another person.
    pub reassigned: usize,
    /// As they were.
    pub unchanged: usize,
    /// Some ids of those gone.
    pub gone_ids: Vec<String>,
    /// Some ids that look like another person's.
    pub reassigned_ids: Vec<String>,
    /// Units not known before.
    pub new_units: Vec<String>,
    /// Units that come under another.
    pub moved_units: Vec<String>,
    /// Other names of units not known before.
    pub other_names: usize,
    /// Roles not known before.
    pub new_roles: Vec<String>,
}

/// Why an import is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Too many gone: perhaps a file of one department only.
    Deactivated {
        /// How many.
        people: usize,
        /// Of how many.
        of: usize,
    },
    /// Too many ids with somebody else: perhaps another system's ids.
    Reassigned {
        /// How many.
        people: usize,
        /// Of how many.
        of: usize,
    },
}

impl Changes {
    /// Why it must be stopped, if it must.
    pub fn stops(&self) -> Vec<Stop> {
        let of = self.before;
        let over = |people: usize, percent: usize| people * 100 > of * percent && of > 0;
        let mut stops = Vec::new();
        if over(self.deactivated, MOST_DEACTIVATED_PERCENT) {
            stops.push(Stop::Deactivated {
                people: self.deactivated,
                of,
            });
        }
        if over(self.reassigned, MOST_REASSIGNED_PERCENT) {
            stops.push(Stop::Reassigned {
                people: self.reassigned,
                of,
            });
        }
        stops
    }

    /// Whether nothing changes.
    pub fn is_nothing(&self) -> bool {
        let changed = self.new
            + self.moved
            + self.role_changed
            + self.email_changed
            + self.manager_changed
            + self.language_changed
            + self.deactivated
            + self.reactivated
            + self.other_names;
        let lists = [&self.new_units, &self.moved_units, &self.new_roles];
        changed == 0 && lists.into_iter().all(Vec::is_empty)
    }
}

/// What an import would change.
///
/// # Errors
/// Where managers or units go in a circle; where the database doesn't answer.
pub async fn plan(ledger: &Ledger, roster: &Roster) -> Result<Changes> {
    let known = Known::read(ledger.reading()).await?;
    Ok(work_out(&known, roster)?.changes)
}

/// What the ledger has.
pub(super) struct Known {
    units: Vec<Unit>,
    roles: Vec<role::Model>,
    people: Vec<person::Model>,
}

impl Known {
    pub(super) async fn read(connection: &impl ConnectionTrait) -> Result<Self> {
        Ok(Self {
            units: units::read(connection).await?,
            roles: role::Entity::find().all(connection).await?,
            people: person::Entity::find().all(connection).await?,
        })
    }
}

/// What is to be written, in this order.
pub(super) struct Worked {
    pub changes: Changes,
    /// Units, each after the one above it.
    pub units: Vec<unit::Model>,
    pub roles: Vec<role::Model>,
    /// Whose address is taken away first, since another gets it or it changes.
    pub without_email: Vec<Uuid>,
    pub gone: Vec<Uuid>,
    /// People, each after her manager.
    pub people: Vec<person::Model>,
}

pub(super) fn work_out(known: &Known, roster: &Roster) -> Result<Worked> {
    let mut changes = Changes {
        before: known.people.iter().filter(|person| person.active).count(),
        ..Changes::default()
    };
    let heights = heights(roster)?;
    let (names, units) = work_out_units(known, roster, &mut changes)?;
    let (roles_by_name, roles) = work_out_roles(known, roster, &mut changes);
    let by_id: HashMap<&str, &person::Model> = known
        .people
        .iter()
        .map(|person| (person.external_id.as_str(), person))
        .collect();
    let by_email: HashMap<&str, &person::Model> = known
        .people
        .iter()
        .filter_map(|person| Some((person.email.as_deref()?, person)))
        .collect();
    // New people get their ids first, so that managers can be named.
    let mut ids: HashMap<&str, Uuid> = by_id.iter().map(|(id, row)| (*id, row.id)).collect();
    for person in roster.people.iter().filter(|person| person.active) {
        ids.entry(&person.id).or_insert_with(Uuid::new_v4);
    }
    let mut without_email = HashSet::new();
    let mut rows = Vec::new();
    for person in &roster.people {
        let before = by_id.get(person.id.as_str()).copied();
        // Who has left and was never here is nobody's business; she has no id either.
        let (Some(unit_id), Some(&id)) = (names.find(&person.unit), ids.get(person.id.as_str()))
        else {
            continue;
        };
        let manager = person.manager.as_deref().filter(|id| *id != person.id);
        let row = person::Model {
            id,
            external_id: person.id.clone(),
            email: person.email.clone().filter(|_| person.active),
            unit_id,
            role_id: person
                .role
                .as_ref()
                .and_then(|role| roles_by_name.get(&folded(role)).copied()),
            manager_id: manager.and_then(|id| ids.get(id).copied()),
            language: person.language.clone(),
            active: person.active,
        };
        let holder = row.email.as_deref().and_then(|email| by_email.get(email));
        if let Some(holder) = holder.filter(|holder| holder.id != row.id) {
            without_email.insert(holder.id);
        }
        if counted(&mut changes, before, &row, person, holder.copied()) {
            if before.is_some_and(|before| before.email.is_some() && before.email != row.email) {
                without_email.insert(row.id);
            }
            rows.push(row);
        } else {
            changes.unchanged += 1;
        }
    }
    let here: HashSet<&str> = roster
        .people
        .iter()
        .map(|row| row.id.as_str())
        .chain(roster.untouched.iter().map(String::as_str))
        .collect();
    let mut gone: Vec<&person::Model> = known
        .people
        .iter()
        .filter(|person| person.active && !here.contains(person.external_id.as_str()))
        .collect();
    // The first of them are shown, whatever order a database gives them in.
    gone.sort_by(|one, other| one.external_id.cmp(&other.external_id));
    for person in &gone {
        note(&mut changes.gone_ids, &person.external_id);
    }
    changes.deactivated += gone.len();
    changes.gone_ids.sort();
    rows.sort_by_key(|row: &person::Model| {
        let height = heights.get(row.external_id.as_str()).copied();
        (height.unwrap_or(0), row.id)
    });
    let listed: HashSet<&str> = roster.people.iter().map(|row| row.id.as_str()).collect();
    let kept = roster.untouched.iter().collect::<HashSet<_>>();
    let kept = kept
        .into_iter()
        .filter(|id| !listed.contains(id.as_str()))
        .filter(|id| by_id.get(id.as_str()).is_some_and(|person| person.active));
    changes.after = roster.people.iter().filter(|person| person.active).count() + kept.count();
    Ok(Worked {
        changes,
        units,
        roles,
        without_email: without_email.into_iter().collect(),
        gone: gone.into_iter().map(|person| person.id).collect(),
        people: rows,
    })
}

fn note(to: &mut Vec<String>, id: &str) {
    if to.len() < SHOWN {
        to.push(id.to_owned());
    }
}

/// Counts what changes about one person; says whether anything does.
fn counted(
    changes: &mut Changes,
    before: Option<&person::Model>,
    row: &person::Model,
    person: &Person,
    holder: Option<&person::Model>,
) -> bool {
    // Somebody else had this address until now.
    let taken_over = holder.is_some_and(|holder| holder.id != row.id);
    let Some(before) = before else {
        changes.new += usize::from(row.active);
        if taken_over {
            changes.reassigned += 1;
            note(&mut changes.reassigned_ids, &person.id);
        }
        return true;
    };
    let email = before.email != row.email && (row.active || before.email.is_some());
    let moved = before.unit_id != row.unit_id;
    let role = before.role_id != row.role_id;
    let manager = before.manager_id != row.manager_id;
    let language = before.language != row.language;
    changes.deactivated += usize::from(before.active && !row.active);
    if before.active && !row.active {
        note(&mut changes.gone_ids, &person.id);
    }
    changes.reactivated += usize::from(!before.active && row.active);
    if before.active && row.active {
        changes.email_changed += usize::from(email);
        changes.moved += usize::from(moved);
        changes.role_changed += usize::from(role);
        changes.manager_changed += usize::from(manager);
        changes.language_changed += usize::from(language);
        let another = before.email.is_some() && row.email.is_some() && email && moved;
        if taken_over || another {
            changes.reassigned += 1;
            note(&mut changes.reassigned_ids, &person.id);
        }
    }
    email || moved || role || manager || language || before.active != row.active
}

/// The units to be written, and the names under which all are known.
fn work_out_units(
    known: &Known,
    roster: &Roster,
    changes: &mut Changes,
) -> Result<(Names, Vec<unit::Model>)> {
    let mut names = Names::of(&known.units);
    let mut all: HashMap<Uuid, Unit> = known
        .units
        .iter()
        .map(|unit| (unit.id, unit.clone()))
        .collect();
    let mut touched = HashSet::new();
    let named = roster
        .units
        .iter()
        .flat_map(|unit| unit.parent.iter().chain([&unit.unit]))
        .chain(roster.people.iter().map(|person| &person.unit));
    for name in named {
        if names.find(name).is_none() {
            let id = Uuid::new_v4();
            names.add(name, id);
            changes.new_units.push(name.clone());
            touched.insert(id);
            all.insert(
                id,
                Unit {
                    id,
                    name: name.clone(),
                    parent: None,
                    also_called: Vec::new(),
                },
            );
        }
    }
    for unit in &roster.units {
        let Some(id) = names.find(&unit.unit) else {
            continue;
        };
        let parent = unit.parent.as_ref().and_then(|parent| names.find(parent));
        let mut others = Vec::new();
        for name in &unit.also_called {
            if names.find(name).is_none() {
                names.add(name, id);
                others.push(name.clone());
            }
        }
        let Some(row) = all.get_mut(&id) else {
            continue;
        };
        let moves = roster.has_tree && row.parent != parent && parent != Some(id);
        if moves && !touched.contains(&id) {
            changes.moved_units.push(row.name.clone());
        }
        if moves {
            row.parent = parent;
        }
        changes.other_names += others.len();
        if moves || !others.is_empty() {
            touched.insert(id);
        }
        row.also_called.extend(others);
    }
    changes.new_units.sort();
    changes.moved_units.sort();
    let units: Vec<Unit> = all.values().cloned().collect();
    check_tree(&units)?;
    let tree = Tree::of(&units);
    let mut rows: Vec<(usize, unit::Model)> = touched
        .iter()
        .filter_map(|id| {
            let unit = all.get(id)?;
            let row = unit::Model {
                id: unit.id,
                name: unit.name.clone(),
                parent_id: unit.parent,
                also_called: serde_json::json!(unit.also_called),
            };
            Some((tree.line(*id).len(), row))
        })
        .collect();
    rows.sort_by_key(|row| (row.0, row.1.id));
    Ok((names, rows.into_iter().map(|(_, row)| row).collect()))
}

/// Refuses units that are above one another in a circle.
fn check_tree(units: &[Unit]) -> Result<()> {
    let tree = Tree::of(units);
    let name = |id: Uuid| {
        units
            .iter()
            .find(|unit| unit.id == id)
            .map_or_else(String::new, |unit| unit.name.clone())
    };
    for unit in units {
        let line = tree.line(unit.id);
        let top = line.last().copied().unwrap_or(unit.id);
        if let Some(&again) = tree.parents().get(&top) {
            let from = line.iter().position(|id| *id == again).unwrap_or(0);
            let mut circle: Vec<String> = line[from..].iter().map(|id| name(*id)).collect();
            circle.push(name(again));
            return Err(LedgerError::refused(
                format!("units lie in a circle: `{}`", circle.join("` under `")),
                "a unit can't be above itself: mend the column that says which unit is above which",
            ));
        }
    }
    Ok(())
}

fn work_out_roles(
    known: &Known,
    roster: &Roster,
    changes: &mut Changes,
) -> (HashMap<String, Uuid>, Vec<role::Model>) {
    let mut by_name: HashMap<String, Uuid> = known
        .roles
        .iter()
        .map(|role| (folded(&role.name), role.id))
        .collect();
    let mut rows = Vec::new();
    for name in roster
        .people
        .iter()
        .filter_map(|person| person.role.as_ref())
    {
        by_name.entry(folded(name)).or_insert_with(|| {
            let id = Uuid::new_v4();
            changes.new_roles.push(name.clone());
            rows.push(role::Model {
                id,
                name: name.clone(),
                title: None,
            });
            id
        });
    }
    changes.new_roles.sort();
    (by_name, rows)
}

/// How many managers each person has above her, by id.
fn heights(roster: &Roster) -> Result<HashMap<&str, usize>> {
    let managers: HashMap<&str, Option<&str>> = roster
        .people
        .iter()
        .map(|person| {
            let manager = person.manager.as_deref().filter(|id| *id != person.id);
            (person.id.as_str(), manager)
        })
        .collect();
    let mut heights: HashMap<&str, usize> = HashMap::with_capacity(managers.len());
    let mut walked: HashMap<&str, usize> = HashMap::new();
    for (walk, person) in roster.people.iter().enumerate() {
        let mut line: Vec<&str> = Vec::new();
        let mut at = Some(person.id.as_str());
        let base = loop {
            let Some(id) = at.filter(|id| managers.contains_key(id)) else {
                break 0;
            };
            if let Some(known) = heights.get(id) {
                break known + 1;
            }
            if walked.insert(id, walk) == Some(walk) {
                let from = line.iter().position(|other| *other == id).unwrap_or(0);
                let circle: Vec<&str> = line[from..].iter().take(8).copied().collect();
                return Err(LedgerError::refused(
                    format!("managers lie in a circle: `{}`", circle.join("` under `")),
                    "somebody must be at the top: mend the column of managers",
                ));
            }
            line.push(id);
            at = managers.get(id).copied().flatten();
        };
        for (place, id) in line.into_iter().rev().enumerate() {
            heights.insert(id, base + place);
        }
    }
    Ok(heights)
}
