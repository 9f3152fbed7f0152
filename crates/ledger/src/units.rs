//! Units: teams and branches, as a tree, under one name each and other names beside it.

use crate::audit::{self, Act};
use crate::entity::{person, unit};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::rounds::plain;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The unit above it.
    pub parent: Option<Uuid>,
    /// Other names, of HR's or CX's systems.
    pub also_called: Vec<String>,
}

/// All units, by name.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn all(ledger: &Ledger) -> Result<Vec<Unit>> {
    read(ledger.reading()).await
}

pub(crate) async fn read(connection: &impl ConnectionTrait) -> Result<Vec<Unit>> {
    let rows = unit::Entity::find()
        .order_by_asc(unit::Column::Name)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(of).collect())
}

fn of(row: unit::Model) -> Unit {
    Unit {
        id: row.id,
        name: row.name,
        parent: row.parent_id,
        also_called: serde_json::from_value(row.also_called).unwrap_or_default(),
    }
}

/// How many people are active in each unit itself, those below not counted.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn people(ledger: &Ledger) -> Result<HashMap<Uuid, u64>> {
    let counted: Vec<(Uuid, i64)> = person::Entity::find()
        .select_only()
        .column(person::Column::UnitId)
        .column_as(person::Column::Id.count(), "people")
        .filter(person::Column::Active.eq(true))
        .group_by(person::Column::UnitId)
        .into_tuple()
        .all(ledger.reading())
        .await?;
    Ok(counted
        .into_iter()
        .map(|(unit, people)| (unit, people.unsigned_abs()))
        .collect())
}

/// Longest name, in characters.
pub const LONGEST_NAME: usize = 200;

/// Sets a unit's other names.
///
/// # Errors
/// Where a name is another unit's, or too long; where there is no such unit.
pub async fn call(ledger: &Ledger, id: Uuid, also_called: Vec<String>, who: String) -> Result<()> {
    let mut seen = HashSet::new();
    let names: Vec<String> = also_called
        .iter()
        .map(|name| plain(name).split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|name| !name.is_empty() && seen.insert(folded(name)))
        .collect();
    if let Some(long) = names
        .iter()
        .find(|name| name.chars().count() > LONGEST_NAME)
    {
        let start: String = long.chars().take(40).collect();
        return Err(LedgerError::refused(
            format!("the name that starts with `{start}` is longer than {LONGEST_NAME} characters"),
            "give a shorter one",
        ));
    }
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let units = read(transaction).await?;
                let known = Names::of(&units);
                let unit = units
                    .iter()
                    .find(|unit| unit.id == id)
                    .ok_or(LedgerError::NotFound { what: "such unit" })?;
                if let Some(taken) = names
                    .iter()
                    .find(|name| known.find(name).is_some_and(|other| other != id))
                {
                    return Err(LedgerError::refused(
                        format!("`{taken}` is another unit's name already"),
                        "a name can stand for one unit only",
                    ));
                }
                let act = Act::new(who, "unit.call", &unit.name).detail(names.join(", "));
                let mut row = <unit::ActiveModel as ActiveModelTrait>::default();
                row.id = Set(id);
                row.also_called = Set(serde_json::json!(names));
                unit::Entity::update(row)
                    .validate()?
                    .exec(transaction)
                    .await?;
                audit::append(transaction, act).await
            })
        })
        .await
}

/// A name without case, white space folded: how names are compared.
pub(crate) fn folded(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// The names under which units are known.
pub(crate) struct Names(HashMap<String, Uuid>);

impl Names {
    pub(crate) fn of(units: &[Unit]) -> Self {
        let mut names = HashMap::new();
        for unit in units {
            names.insert(folded(&unit.name), unit.id);
        }
        for unit in units {
            for name in &unit.also_called {
                names.entry(folded(name)).or_insert(unit.id);
            }
        }
        Self(names)
    }

    pub(crate) fn find(&self, name: &str) -> Option<Uuid> {
        self.0.get(&folded(name)).copied()
    }

    pub(crate) fn add(&mut self, name: &str, id: Uuid) {
        self.0.entry(folded(name)).or_insert(id);
    }
}

/// What is above what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree(HashMap<Uuid, Uuid>);

impl Tree {
    /// The tree of some units.
    pub fn of(units: &[Unit]) -> Self {
        Self(
            units
                .iter()
                .filter_map(|unit| Some((unit.id, unit.parent?)))
                .collect(),
        )
    }

    /// A tree as it was frozen.
    pub fn of_parents(parents: HashMap<Uuid, Uuid>) -> Self {
        Self(parents)
    }

    /// Unit -> the unit above.
    pub fn parents(&self) -> &HashMap<Uuid, Uuid> {
        &self.0
    }

    /// The unit and those above it, nearest first; stops where it would come back.
    pub fn line(&self, unit: Uuid) -> Vec<Uuid> {
        let mut line = vec![unit];
        let mut at = unit;
        while let Some(&above) = self.0.get(&at) {
            if line.contains(&above) {
                break;
            }
            line.push(above);
            at = above;
        }
        line
    }

    /// Whether a unit is one of `roots` or somewhere below one.
    pub fn is_within(&self, unit: Uuid, roots: &HashSet<Uuid>) -> bool {
        self.line(unit).iter().any(|above| roots.contains(above))
    }
}
