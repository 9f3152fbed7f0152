//! What a file of feedback holds, for whoever brought it to recognise it by: its days, its units, a few
//! of its comments.

use crate::error::Result;
use chrono::{NaiveDate, TimeDelta};
use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use throughline_lake::{Lake, folded};

/// Comments shown, and letters of each.
const COMMENTS: usize = 3;
const LETTERS: usize = 200;
/// Names of units that are told apart.
const UNITS: usize = 100_000;

/// The overview.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// The first day and the last.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Pieces without a day.
    pub undated: u64,
    /// Pieces of days to come.
    pub ahead: u64,
    /// Pieces by unit.
    pub units: BTreeMap<String, u64>,
    /// Pieces without a unit.
    pub of_no_unit: u64,
    /// The beginnings of the first comments.
    pub comments: Vec<String>,
}

impl Overview {
    /// Units that none of these names is, as a brief compares them; the largest first.
    pub fn units_beside<'a>(&self, known: impl IntoIterator<Item = &'a str>) -> Vec<(&str, u64)> {
        let known: HashSet<String> = known.into_iter().map(folded).collect();
        let beside = |(name, _): &(&String, &u64)| !known.contains(&folded(name));
        let mut beside: Vec<(&str, u64)> = self
            .units
            .iter()
            .filter(beside)
            .map(|(name, pieces)| (name.as_str(), *pieces))
            .collect();
        beside.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        beside
    }
}

/// Looks through all of a lake's feedback; `today`: later days are to come.
pub(super) fn overview(lake: &Lake, today: NaiveDate) -> Result<Overview> {
    // It is tomorrow already in the east.
    let tomorrow = today.succ_opt().unwrap_or(today);
    let mut all = Overview::default();
    lake.scan_signals(&mut |batch| {
        for row in 0..batch.len() {
            let signal = batch.row(row);
            let day = signal.at_day.and_then(|day| {
                NaiveDate::default().checked_add_signed(TimeDelta::days(day.into()))
            });
            match day {
                None => all.undated += 1,
                Some(day) => {
                    all.ahead += u64::from(day > tomorrow);
                    let (first, last) = all.days.unwrap_or((day, day));
                    all.days = Some((first.min(day), last.max(day)));
                }
            }
            match signal.unit {
                None => all.of_no_unit += 1,
                Some(unit) => {
                    if let Some(pieces) = all.units.get_mut(unit) {
                        *pieces += 1;
                    } else if all.units.len() < UNITS {
                        all.units.insert(unit.to_owned(), 1);
                    }
                }
            }
            let comment = signal.comment.filter(|_| all.comments.len() < COMMENTS);
            let comment = comment.map(beginning);
            all.comments
                .extend(comment.filter(|comment| !all.comments.contains(comment)));
        }
        ControlFlow::Continue(())
    })?;
    Ok(all)
}

fn beginning(comment: &str) -> String {
    let mut letters = comment.chars();
    let mut text: String = letters.by_ref().take(LETTERS).collect();
    if letters.next().is_some() {
        text.push('\u{2026}');
    }
    text
}
