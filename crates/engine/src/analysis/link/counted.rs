//! The columns that say how many answers are behind a value, how they spread, and how many could
//! have answered or gave both. What no survey can have counted is refused with its row.

use super::Long;
use crate::error::{EngineError, Result};
use throughline_insight::link::{Cell, Value};
use throughline_lake::Wanted;
use throughline_lake::extract::{Extract, NumberAt, Numbers};

/// Where they lie.
pub(super) struct Counted {
    /// Answers behind employees' and customers' values.
    n: [Option<NumberAt>; 2],
    sd: [Option<NumberAt>; 2],
    people: [Option<NumberAt>; 2],
    /// People who gave both.
    pub both_n: Option<NumberAt>,
    /// Correlation of their answers, where a column says it.
    pub both_r: Option<NumberAt>,
}

impl Counted {
    /// Asks for them; beside them the correlation of one person's two answers, where it was given
    /// as a number.
    pub(super) fn ask(wanted: &mut Wanted, columns: &Long) -> Result<(Option<f64>, Self)> {
        // One survey may have asked both sides: the same column can then count for both.
        let mut shared = |asked: &mut Vec<(String, NumberAt)>, flag, column: &Option<String>| {
            let column = column.as_ref()?;
            let known = asked.iter().find(|(name, _)| name == column);
            let at = known.map_or_else(|| wanted.number(flag, column), |(_, at)| *at);
            asked.push((column.clone(), at));
            Some(at)
        };
        let (mut counts, mut spreads, mut heads) = (Vec::new(), Vec::new(), Vec::new());
        let n = [
            shared(&mut counts, "--employee-n", &columns.employee_n),
            shared(&mut counts, "--customer-n", &columns.customer_n),
        ];
        let both_n = shared(&mut counts, "--both-n", &columns.both_n);
        let sd = [
            shared(&mut spreads, "--employee-sd", &columns.employee_sd),
            shared(&mut spreads, "--customer-sd", &columns.customer_sd),
        ];
        let people = [
            shared(&mut heads, "--headcount", &columns.headcount),
            shared(
                &mut heads,
                "--customer-headcount",
                &columns.customer_headcount,
            ),
        ];
        let number = columns.both_r.as_ref().and_then(|r| r.trim().parse().ok());
        if let Some(r) = number.filter(|r: &f64| !(-1.0..=1.0).contains(r)) {
            return Err(EngineError::Request {
                what: format!("`--both-r {r}` is no correlation"),
                hint: "give the correlation of one person's two answers within a unit and period, \
                       between -1 and 1, or the name of a column that holds it",
            });
        }
        let both_r = match number {
            Some(_) => None,
            None => shared(&mut Vec::new(), "--both-r", &columns.both_r),
        };
        let counted = Self {
            n,
            sd,
            people,
            both_n,
            both_r,
        };
        Ok((number, counted))
    }

    /// A cell of one of them.
    pub(super) fn at(
        &self,
        extract: &Extract,
        column: Option<NumberAt>,
        row: usize,
    ) -> Option<f64> {
        column.and_then(|column| extract.numbers(column).values[row])
    }

    /// A measure's value with what is behind it; `side` is 0 for employees, 1 for customers.
    pub(super) fn value(
        &self,
        extract: &Extract,
        numbers: &Numbers,
        side: usize,
        row: usize,
    ) -> Option<Value> {
        numbers.values[row].map(|value| Value {
            value,
            n: self.at(extract, self.n[side], row),
            sd: self.at(extract, self.sd[side], row),
            people: self.at(extract, self.people[side], row),
        })
    }

    /// Refuses counts that can't be.
    pub(super) fn check(&self, extract: &Extract, row: usize, cell: &Cell) -> Result<()> {
        let refuse = |column: Option<NumberAt>, what: &str, hint: &str| {
            let name = column.map_or("", |column| extract.numbers(column).name.as_str());
            Err(extract.complaint(row, name, what, hint).into())
        };
        let columns = [self.n, self.sd, self.people].concat();
        for column in columns.into_iter().chain([self.both_n]) {
            if let Some(found) = self.at(extract, column, row).filter(|found| *found < 0.0) {
                return refuse(
                    column,
                    &format!("`{found}` is below zero"),
                    "check the column",
                );
            }
        }
        for (side, value) in [cell.employee, cell.customer].into_iter().enumerate() {
            let Some(value) = value else { continue };
            if let Some(n) = value.n.filter(|n| *n < 1.0) {
                return refuse(
                    self.n[side],
                    &format!("a value can't be the mean of `{n}` answers"),
                    "leave the value empty where nobody answered, or the number where it isn't known",
                );
            }
            if let Some(n) = value.n.filter(|n| *n > MOST_ANSWERS) {
                return refuse(
                    self.n[side],
                    &format!("`{n}` answers are more than can be"),
                    "check the column",
                );
            }
            if value.n.is_some() && value.people == Some(0.0) {
                return refuse(
                    self.people[side],
                    "nobody could have answered, but somebody did",
                    "leave the headcount empty where it isn't known",
                );
            }
        }
        let n = |value: Option<Value>| value.and_then(|value| value.n);
        if let (Some(both), Some(x), Some(y)) = (cell.both, n(cell.employee), n(cell.customer))
            && both > x.min(y)
        {
            return refuse(
                self.both_n,
                &format!(
                    "`{both}` people gave both, but one of the values has {} answers",
                    x.min(y)
                ),
                "count the people whose answers are in both values",
            );
        }
        match cell.both_r.filter(|r| !(-1.0..=1.0).contains(r)) {
            Some(r) => refuse(
                self.both_r,
                &format!("`{r}` is no correlation"),
                "correlations lie between -1 and 1",
            ),
            None => Ok(()),
        }
    }
}

/// More answers behind one value than anybody has had.
const MOST_ANSWERS: f64 = 1e12;
