//! Opening a round: everything it promises is frozen.

use super::audience::people;
use super::draft::{refuse_missing, store};
use super::{must_be, read, row};
use crate::audit::{self, Act};
use crate::ballot_box::LEAST;
use crate::entity::{cell, member, person, role};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::people::insert;
use crate::units::{self, Tree};
use crate::ways_in;
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use throughline_domain::listen::{Invited, RoundState, Way, cells};
use uuid::Uuid;

/// Opens a draft on a day: freezes wording, terms, audience and attributes, makes the cells, draws
/// the round's secret. Says how many are asked.
///
/// # Errors
/// Where it isn't a draft, lacks something, asks nobody or is over already.
pub async fn open(ledger: &Ledger, id: Uuid, today: NaiveDate, who: String) -> Result<usize> {
    ledger
        .write(move |transaction| {
            Box::pin(async move { opened(transaction, id, today, who).await })
        })
        .await
}

pub(super) async fn opened(
    transaction: &DatabaseTransaction,
    id: Uuid,
    today: NaiveDate,
    who: String,
) -> Result<usize> {
    let mut row = row(transaction, id).await?;
    let round = read(row.clone())?;
    must_be(&round, RoundState::Draft)?;
    refuse_missing(&round)?;
    if let Some(closes) = round.closes_on.filter(|closes| *closes < today) {
        return Err(LedgerError::refused(
            format!("the last day for answers, `{closes}`, is past"),
            "choose a later one",
        ));
    }
    let all_units = units::read(transaction).await?;
    let tree = Tree::of(&all_units);
    let people = people(transaction, &round.audience, &tree).await?;
    if people.is_empty() {
        return Err(LedgerError::refused(
            "nobody would be asked",
            "import people first, or choose other units",
        ));
    }
    if people.len() < LEAST && !is_everybody(transaction, people.len()).await? {
        return Err(LedgerError::refused(
            format!(
                "{} would be asked: fewer than {LEAST} can't be hidden among each other",
                match people.len() {
                    1 => "one person".to_owned(),
                    some => format!("{some} people"),
                }
            ),
            "ask a larger unit as well, or everybody",
        ));
    }
    let unit_names: HashMap<Uuid, &str> = all_units
        .iter()
        .map(|unit| (unit.id, unit.name.as_str()))
        .collect();
    let units_by_name: HashMap<&str, Uuid> =
        unit_names.iter().map(|(id, name)| (*name, *id)).collect();
    let roles = role::Entity::find().all(transaction).await?;
    let role_names: HashMap<Uuid, &str> = roles
        .iter()
        .map(|role| (role.id, role.name.as_str()))
        .collect();
    let roles_by_name: HashMap<&str, Uuid> =
        role_names.iter().map(|(id, name)| (*name, *id)).collect();
    let name = |unit: &Uuid| unit_names.get(unit).copied().unwrap_or_default().to_owned();
    let invited: Vec<Invited> = people
        .iter()
        .map(|person| Invited {
            unit: name(&person.unit_id),
            // Any slip is for anyone of the unit, so it can't know a role.
            role: person
                .role_id
                .filter(|_| round.audience.way(person) == Way::Link)
                .and_then(|role| role_names.get(&role))
                .map(|role| (*role).to_owned()),
        })
        .collect();
    let parents: BTreeMap<String, String> = tree
        .parents()
        .iter()
        .map(|(unit, above)| (name(unit), name(above)))
        .collect();
    let (made, places) = cells(&invited, &parents);
    let cells: Vec<cell::Model> = made
        .iter()
        .map(|(cell, invited)| cell::Model {
            id: Uuid::new_v4(),
            round_id: id,
            unit_id: units_by_name.get(cell.unit.as_str()).copied(),
            role_id: cell
                .role
                .as_deref()
                .and_then(|role| roles_by_name.get(role))
                .copied(),
            invited: i32::try_from(*invited).unwrap_or(i32::MAX),
        })
        .collect();
    let members: Vec<member::Model> = people
        .iter()
        .zip(&places)
        .map(|(person, place)| member::Model {
            round_id: id,
            person_id: person.id,
            unit_id: person.unit_id,
            role_id: person.role_id,
            cell_id: cells[*place].id,
            language: person.language.clone(),
            way: round.audience.way(person).name().to_owned(),
        })
        .collect();
    let asked = members.len();
    row.state = RoundState::Open.name().to_owned();
    row.opened_on = Some(today);
    row.tree = json!(tree.parents());
    row.secret = Some(ways_in::secret());
    let act = Act::new(who, "round.open", &row.name).detail(format!(
        "{asked} people in {} groups; figures from {}, words from {}, words kept {} days; closes on {}",
        cells.len(),
        round.terms.minimum_group,
        round.terms.minimum_comments,
        round.terms.keep_words_days,
        round.closes_on.map_or_else(String::new, |day| day.to_string()),
    ));
    store(transaction, row).await?;
    insert(transaction, cells, None).await?;
    insert(transaction, members, None).await?;
    audit::append(transaction, act).await?;
    Ok(asked)
}

/// Whether so many are all who work here.
async fn is_everybody(transaction: &DatabaseTransaction, asked: usize) -> Result<bool> {
    let all = person::Entity::find()
        .filter(person::Column::Active.eq(true))
        .count(transaction)
        .await?;
    Ok(asked as u64 == all)
}
