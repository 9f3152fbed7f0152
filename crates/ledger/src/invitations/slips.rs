//! Sealed one-time slips for people without e-mail: any slip for anyone of the units of a group.
//!
//! A slip's code is shown once, when it is printed; its hash alone is kept, with the group's cell. So
//! nobody can print the same slip again, and nobody can tell which were used: printing anew makes
//! every slip of the group void, and a person who has answered could then answer again. Some more
//! can be printed for those that get lost, and only so many.

use super::open_round;
use crate::audit::{self, Act};
use crate::entity::{member, slip};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::people::insert;
use crate::units;
use crate::ways_in::{slip_hash, slip_token};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use throughline_domain::listen::Way;
use uuid::Uuid;

/// Slips more than people, of each hundred people and at least.
const SPARE_PERCENT: usize = 10;
const SPARE_LEAST: usize = 2;

/// Slips that are made at once; of more, the rest with [`Printing::More`].
pub const AT_ONCE: usize = 3_000;

/// People whose slips are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipGroup {
    /// The group's cell.
    pub cell: Uuid,
    /// The units in it with how many people each.
    pub units: Vec<(String, usize)>,
    /// People in all of them.
    pub people: usize,
    /// Slips that were printed and aren't void.
    pub printed: usize,
}

impl SlipGroup {
    /// People for whom no slip was printed yet.
    pub fn lacking(&self) -> usize {
        self.people.saturating_sub(self.printed)
    }

    /// How many more may be printed.
    pub fn spare(&self) -> usize {
        most(self.people).saturating_sub(self.printed)
    }
}

/// Slips of so many people at most.
pub(crate) fn most(people: usize) -> usize {
    people + (people * SPARE_PERCENT / 100).max(SPARE_LEAST)
}

/// The groups of a round, by the names of their units.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn groups(ledger: &Ledger, round: Uuid) -> Result<Vec<SlipGroup>> {
    read(ledger.reading(), round).await
}

async fn read(connection: &impl ConnectionTrait, round: Uuid) -> Result<Vec<SlipGroup>> {
    let counted: Vec<(Uuid, Uuid, i64)> = member::Entity::find()
        .select_only()
        .column(member::Column::CellId)
        .column(member::Column::UnitId)
        .column_as(member::Column::PersonId.count(), "people")
        .filter(member::Column::RoundId.eq(round))
        .filter(member::Column::Way.eq(Way::Slip.name()))
        .group_by(member::Column::CellId)
        .group_by(member::Column::UnitId)
        .into_tuple()
        .all(connection)
        .await?;
    let printed: Vec<(Uuid, i64)> = slip::Entity::find()
        .select_only()
        .column(slip::Column::CellId)
        .column_as(slip::Column::Hash.count(), "slips")
        .filter(slip::Column::RoundId.eq(round))
        .group_by(slip::Column::CellId)
        .into_tuple()
        .all(connection)
        .await?;
    let printed: HashMap<Uuid, i64> = printed.into_iter().collect();
    let names: HashMap<Uuid, String> = units::read(connection)
        .await?
        .into_iter()
        .map(|unit| (unit.id, unit.name))
        .collect();
    let mut by_cell: BTreeMap<Uuid, Vec<(String, usize)>> = BTreeMap::new();
    for (cell, unit, people) in counted {
        let name = names.get(&unit).cloned().unwrap_or_default();
        let people = usize::try_from(people).unwrap_or(0);
        by_cell.entry(cell).or_default().push((name, people));
    }
    let mut groups: Vec<SlipGroup> = by_cell
        .into_iter()
        .map(|(cell, mut units)| {
            units.sort();
            SlipGroup {
                cell,
                people: units.iter().map(|(_, people)| people).sum(),
                units,
                printed: printed
                    .get(&cell)
                    .and_then(|slips| usize::try_from(*slips).ok())
                    .unwrap_or(0),
            }
        })
        .collect();
    groups.sort_by(|one, other| one.units.cmp(&other.units));
    Ok(groups)
}

/// What is to be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printing {
    /// A slip for everybody of the group, where none were printed; at most [`AT_ONCE`].
    First,
    /// So many more: for those that were lost, or that weren't printed at once.
    More(usize),
    /// All of the group's slips become void and everybody gets another; at most [`AT_ONCE`].
    Anew,
}

/// Makes slips for groups and gives each group's codes, which are kept nowhere.
///
/// # Errors
/// Where the round isn't open, a group has slips already or has as many as it may.
pub async fn print(
    ledger: &Ledger,
    round: Uuid,
    cells: Vec<Uuid>,
    printing: Printing,
    who: String,
) -> Result<Vec<(SlipGroup, Vec<String>)>> {
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let (row, _) = open_round(transaction, round).await?;
                let groups = read(transaction, round).await?;
                let mut made = Vec::new();
                // A group that is named twice is one group.
                for cell in cells.into_iter().collect::<BTreeSet<_>>() {
                    let group = groups
                        .iter()
                        .find(|group| group.cell == cell)
                        .ok_or(LedgerError::NotFound { what: "such group" })?;
                    let slips = allowed(group, printing)?;
                    if printing == Printing::Anew {
                        slip::Entity::delete_many()
                            .filter(slip::Column::RoundId.eq(round))
                            .filter(slip::Column::CellId.eq(cell))
                            .exec(transaction)
                            .await?;
                    }
                    let codes: Vec<String> = (0..slips).map(|_| slip_token()).collect();
                    let mut rows: Vec<slip::Model> = codes
                        .iter()
                        .map(|code| slip::Model {
                            hash: slip_hash(code),
                            round_id: round,
                            cell_id: cell,
                        })
                        .collect();
                    // In another order than on the sheet.
                    rows.sort_by(|one, other| one.hash.cmp(&other.hash));
                    insert(transaction, rows, None).await?;
                    made.push((group.clone(), codes));
                }
                let slips: usize = made.iter().map(|(_, codes)| codes.len()).sum();
                let how = match printing {
                    Printing::First => "first",
                    Printing::More(_) => "more",
                    Printing::Anew => "anew, the old ones are void",
                };
                let groups = match made.len() {
                    1 => "a group".to_owned(),
                    many => format!("{many} groups"),
                };
                let act = Act::new(who, "invitation.slips", &row.name)
                    .detail(format!("{slips} slips for {groups}; {how}"));
                audit::append(transaction, act).await?;
                Ok(made)
            })
        })
        .await
}

fn allowed(group: &SlipGroup, printing: Printing) -> Result<usize> {
    match printing {
        Printing::First if group.printed > 0 => Err(LedgerError::refused(
            "slips were printed for this group already",
            "print some more, or all anew",
        )),
        Printing::More(more) if more == 0 || more > group.spare() => Err(LedgerError::refused(
            format!("`{more}` more slips can't be printed"),
            format!("{} more may be", group.spare()),
        )),
        Printing::First | Printing::Anew => Ok(group.people.min(AT_ONCE)),
        Printing::More(more) => Ok(more),
    }
}
