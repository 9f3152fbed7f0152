//! Weighing an audience before a round opens: what will be shown about whom, what won't, and who was
//! asked lately.

use super::audience::people;
use super::{Audience, Round};
use crate::entity::{member, round};
use crate::error::Result;
use crate::ledger::Ledger;
use crate::units::{self, Tree};
use chrono::{Days, NaiveDate};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{HashMap, HashSet};
use throughline_domain::listen::{Terms, Way};
use uuid::Uuid;

/// Days for which somebody counts as asked lately.
const LATELY: u64 = 90;
/// Answers that a brief needs.
pub(crate) const BRIEF: usize = 30;

/// An audience, weighed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// People who would be asked.
    pub people: usize,
    /// Of those, with a link of their own.
    pub links: usize,
    /// Of those, with a slip.
    pub slips: usize,
    /// Units in which they are, by name, each with all below it.
    pub units: Vec<UnitWeight>,
    /// Whether so many are asked that a brief can come of it at all.
    pub brief: bool,
    /// Rounds of late that asked some of the same people.
    pub asked: Vec<Asked>,
    /// People who were asked in any of them.
    pub asked_people: usize,
}

/// A unit with all below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitWeight {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// How many units of this audience are above it.
    pub depth: usize,
    /// People who would be asked.
    pub people: usize,
    /// Whether figures can be shown, if enough of them answer.
    pub figures: bool,
    /// Whether words can be shown, if enough of them answer.
    pub words: bool,
}

/// A round that asked some of the same people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its name.
    pub name: String,
    /// When it opened.
    pub on: NaiveDate,
    /// How many of the same.
    pub people: usize,
}

/// Weighs an audience on terms.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn weigh(
    ledger: &Ledger,
    audience: &Audience,
    terms: &Terms,
    today: NaiveDate,
) -> Result<Weight> {
    let reading = ledger.reading();
    let all_units = units::read(reading).await?;
    let tree = Tree::of(&all_units);
    let people = people(reading, audience, &tree).await?;
    let mut here: HashMap<Uuid, usize> = HashMap::new();
    for person in &people {
        *here.entry(person.unit_id).or_default() += 1;
    }
    let mut below: HashMap<Uuid, usize> = HashMap::new();
    for (unit, count) in &here {
        for above in tree.line(*unit) {
            *below.entry(above).or_default() += count;
        }
    }
    let enough = |people: usize, least: u32| people >= usize::try_from(least).unwrap_or(usize::MAX);
    let names: HashMap<Uuid, &str> = all_units
        .iter()
        .map(|unit| (unit.id, unit.name.as_str()))
        .collect();
    let mut weighed: Vec<(Vec<String>, UnitWeight)> = all_units
        .iter()
        .filter_map(|unit| {
            let people = *below.get(&unit.id)?;
            let mut way: Vec<String> = tree
                .line(unit.id)
                .iter()
                .filter_map(|id| names.get(id).map(|name| (*name).to_owned()))
                .collect();
            way.reverse();
            let weight = UnitWeight {
                id: unit.id,
                name: unit.name.clone(),
                depth: way.len() - 1,
                people,
                figures: enough(people, terms.minimum_group),
                words: enough(people, terms.minimum_comments),
            };
            Some((way, weight))
        })
        .collect();
    weighed.sort_by(|one, other| one.0.cmp(&other.0));
    let links = people
        .iter()
        .filter(|person| audience.way(person) == Way::Link)
        .count();
    let ids: HashSet<Uuid> = people.iter().map(|person| person.id).collect();
    let (asked, asked_people) = asked_lately(ledger, &ids, today).await?;
    Ok(Weight {
        people: people.len(),
        links,
        slips: people.len() - links,
        units: weighed.into_iter().map(|(_, weight)| weight).collect(),
        brief: people.len() >= BRIEF,
        asked,
        asked_people,
    })
}

async fn asked_lately(
    ledger: &Ledger,
    people: &HashSet<Uuid>,
    today: NaiveDate,
) -> Result<(Vec<Asked>, usize)> {
    let since = today.checked_sub_days(Days::new(LATELY)).unwrap_or(today);
    let rounds = round::Entity::find()
        .filter(round::Column::OpenedOn.gte(since))
        .all(ledger.reading())
        .await?;
    let mut all = HashSet::new();
    let mut asked = Vec::new();
    for round in rounds {
        let members: Vec<Uuid> = member::Entity::find()
            .select_only()
            .column(member::Column::PersonId)
            .filter(member::Column::RoundId.eq(round.id))
            .into_tuple()
            .all(ledger.reading())
            .await?;
        let same: Vec<Uuid> = members
            .into_iter()
            .filter(|id| people.contains(id))
            .collect();
        if let Some(on) = round.opened_on.filter(|_| !same.is_empty()) {
            asked.push(Asked {
                name: round.name,
                on,
                people: same.len(),
            });
            all.extend(same);
        }
    }
    asked.sort_by(|one, other| {
        other
            .on
            .cmp(&one.on)
            .then_with(|| one.name.cmp(&other.name))
    });
    Ok((asked, all.len()))
}

impl Round {
    /// Weighs its audience as it is now.
    ///
    /// # Errors
    /// Where the database doesn't answer.
    pub async fn weigh(&self, ledger: &Ledger, today: NaiveDate) -> Result<Weight> {
        weigh(ledger, &self.audience, &self.terms, today).await
    }
}
