//! How far a round is, for HR alone: once a day, in tenths, never none and never all, of units with
//! enough people that a tenth of them isn't one.
//!
//! It is counted from what lies in cells, and kept: whoever looks twice a day sees the same.

use crate::entity::{answer, inbox, progress};
use crate::error::Result;
use crate::ledger::Ledger;
use crate::people::insert;
use crate::rounds::{self, Round};
use crate::units;
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use throughline_domain::listen::RoundState;
use uuid::Uuid;

/// Invited people a unit needs: a tenth of it is two at least.
pub const MINIMUM_AUDIENCE: usize = 20;

/// How far a unit with all below it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitProgress {
    /// Its name; none is everybody.
    pub unit: Option<String>,
    /// How many units with progress are above it.
    pub depth: usize,
    /// From 1 (a tenth or less) to 9 (nine tenths or more).
    pub tenths: u8,
}

/// Progress as it was counted on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The day.
    pub day: NaiveDate,
    /// Everybody first, then units from the top down.
    pub units: Vec<UnitProgress>,
}

/// Progress of the day; counted where nobody looked today, and otherwise what was counted then. Of a
/// closed round the last; where the calendar closed it, counted once more after that day. None where too few are asked.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn of(ledger: &Ledger, round: &Round, today: NaiveDate) -> Result<Option<Progress>> {
    let latest = latest(ledger, round.id).await?;
    let is_due = match &latest {
        // A clock that was set back brings nothing new.
        Some((day, _)) => *day < today,
        None => true,
    };
    let (day, rows) = match latest {
        _ if is_due && may_count(round, latest.as_ref().map(|(day, _)| *day), today) => {
            count(ledger, round, today).await?;
            match self::latest(ledger, round.id).await? {
                Some(counted) => counted,
                None => return Ok(None),
            }
        }
        Some(latest) => latest,
        None => return Ok(None),
    };
    let names: HashMap<Uuid, String> = units::all(ledger)
        .await?
        .into_iter()
        .map(|unit| (unit.id, unit.name))
        .collect();
    let shown: HashMap<Uuid, u8> = rows.into_iter().collect();
    let mut units: Vec<(Vec<String>, UnitProgress)> = shown
        .iter()
        .filter_map(|(id, tenths)| {
            if id.is_nil() {
                let unit = UnitProgress {
                    unit: None,
                    depth: 0,
                    tenths: *tenths,
                };
                return Some((Vec::new(), unit));
            }
            let mut way: Vec<String> = round
                .tree
                .line(*id)
                .iter()
                .filter(|above| shown.contains_key(above))
                .filter_map(|above| names.get(above).cloned())
                .collect();
            way.reverse();
            let unit = UnitProgress {
                unit: Some(names.get(id)?.clone()),
                depth: way.len(),
                tenths: *tenths,
            };
            Some((way, unit))
        })
        .collect();
    units.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(Some(Progress {
        day,
        units: units.into_iter().map(|(_, unit)| unit).collect(),
    }))
}

/// Days after its close within which a round is counted for the last time: what is counted is deleted
/// some day.
const LAST_COUNT: chrono::Days = chrono::Days::new(30);

/// Whether a round may be counted on a day that is after that of the latest count.
fn may_count(round: &Round, latest: Option<NaiveDate>, today: NaiveDate) -> bool {
    match (round.state, round.closed_on) {
        (RoundState::Open, _) => true,
        // Where the calendar closed it: whoever closes it herself would choose what is told apart from
        // what came before.
        (RoundState::Closed, Some(closed)) => {
            round.closes_on.is_some_and(|last| closed > last)
                && latest.is_some_and(|latest| latest <= closed)
                && today > closed
                && closed
                    .checked_add_days(LAST_COUNT)
                    .is_some_and(|last| today <= last)
        }
        _ => false,
    }
}

async fn latest(ledger: &Ledger, round: Uuid) -> Result<Option<(NaiveDate, Vec<(Uuid, u8)>)>> {
    let of_round = || progress::Entity::find().filter(progress::Column::RoundId.eq(round));
    let Some(last) = of_round()
        .order_by_desc(progress::Column::Day)
        .one(ledger.reading())
        .await?
    else {
        return Ok(None);
    };
    let rows = of_round()
        .filter(progress::Column::Day.eq(last.day))
        .all(ledger.reading())
        .await?;
    let rows = rows
        .into_iter()
        .map(|row| (row.unit_id, u8::try_from(row.tenths).unwrap_or(9)))
        .collect();
    Ok(Some((last.day, rows)))
}

/// Counts and keeps; whoever comes second on a day changes nothing.
async fn count(ledger: &Ledger, round: &Round, today: NaiveDate) -> Result<()> {
    let cells = rounds::cells(ledger, round.id).await?;
    let answered = answered(ledger, round.id).await?;
    let mut totals: HashMap<Uuid, (usize, u64)> = HashMap::new();
    for cell in &cells {
        let here = answered.get(&cell.id).copied().unwrap_or(0);
        let mut above = cell
            .unit
            .map_or_else(Vec::new, |unit| round.tree.line(unit));
        above.push(Uuid::nil());
        for unit in above {
            let (invited, answers) = totals.entry(unit).or_default();
            *invited += cell.invited;
            *answers += here;
        }
    }
    let least = MINIMUM_AUDIENCE.max(usize::try_from(round.terms.minimum_group).unwrap_or(0));
    let id = round.id;
    let rows: Vec<progress::Model> = totals
        .into_iter()
        .filter(|(_, (invited, _))| *invited >= least)
        .map(|(unit, (invited, answers))| progress::Model {
            round_id: id,
            day: today,
            unit_id: unit,
            tenths: i32::from(tenths(answers, invited)),
        })
        .collect();
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let counted = progress::Entity::find()
                    .filter(progress::Column::RoundId.eq(id))
                    .filter(progress::Column::Day.gte(today))
                    .one(transaction)
                    .await?;
                if counted.is_none() {
                    insert(transaction, rows, None).await?;
                }
                Ok(())
            })
        })
        .await
}

/// To the nearest tenth, never none and never all.
fn tenths(answers: u64, invited: usize) -> u8 {
    let invited = invited.max(1) as u64;
    let rounded = (answers * 20 + invited) / (invited * 2);
    u8::try_from(rounded.clamp(1, 9)).unwrap_or(9)
}

/// Answers a cell: those that wait in the inbox and those that don't.
async fn answered(ledger: &Ledger, round: Uuid) -> Result<HashMap<Uuid, u64>> {
    let waiting: Vec<(Uuid, i64)> = inbox::Entity::find()
        .select_only()
        .column(inbox::Column::CellId)
        .column_as(inbox::Column::Id.count(), "answers")
        .filter(inbox::Column::RoundId.eq(round))
        .filter(inbox::Column::Kind.eq("answer"))
        .group_by(inbox::Column::CellId)
        .into_tuple()
        .all(ledger.reading())
        .await?;
    let moved: Vec<(Uuid, i64)> = answer::Entity::find()
        .select_only()
        .column(answer::Column::CellId)
        .column_as(answer::Column::Id.count(), "answers")
        .filter(answer::Column::RoundId.eq(round))
        .group_by(answer::Column::CellId)
        .into_tuple()
        .all(ledger.reading())
        .await?;
    let mut answered = HashMap::new();
    for (cell, answers) in waiting.into_iter().chain(moved) {
        *answered.entry(cell).or_default() += answers.unsigned_abs();
    }
    Ok(answered)
}

#[cfg(test)]
mod tests {
    use super::tenths;

    #[test]
    fn progress_is_never_none_and_never_all() {
        let check = |answers, invited, expected| {
            assert_eq!(tenths(answers, invited), expected, "{answers} of {invited}");
        };
        check(0, 20, 1);
        check(20, 20, 9);
        check(25, 20, 9);
        check(9, 20, 5);
        check(4, 20, 2);
        check(2, 20, 1);
        check(7, 100, 1);
        check(15, 100, 2);
        check(14, 100, 1);
        check(0, 0, 1);
    }
}
