//! The file's rows as units, waves and values.

use super::counted::Counted;
use super::{Columns, LinkRequest, Long};
use crate::error::{EngineError, Result};
use std::collections::HashMap;
use throughline_insight::link::{Cell, Value};
use throughline_lake::Wanted;
use throughline_lake::extract::Numbers;

/// The values with the file's names.
pub(super) struct Gathered {
    pub employee: String,
    pub customer: String,
    pub units: usize,
    pub waves: usize,
    /// The waves as the file has them; empty where columns are waves.
    pub said: Vec<String>,
    pub cells: Vec<Cell>,
    /// Correlation of one person's two answers, where it was given as one number.
    pub both_r: Option<f64>,
    pub notes: Vec<String>,
}

impl Gathered {
    /// A wave as a person knows it.
    pub(super) fn wave(&self, at: usize) -> String {
        match self.said.get(at) {
            Some(said) => format!("period `{said}`"),
            None => format!("wave {}", at + 1),
        }
    }
}

pub(super) fn gather(request: &LinkRequest) -> Result<Gathered> {
    match &request.columns {
        Columns::Long(columns) => long(request, columns),
        Columns::Wide(columns) => wide(request, columns),
    }
}

fn long(request: &LinkRequest, columns: &Long) -> Result<Gathered> {
    let mut wanted = Wanted::new(&request.data);
    let unit = wanted.label("--unit", &columns.unit);
    let period = wanted.period("--period", &columns.period);
    let employee = wanted.number("--employee", &columns.employee);
    let customer = wanted.number("--customer", &columns.customer);
    let (both_r, counted) = Counted::ask(&mut wanted, columns)?;
    let extract = wanted.read()?;
    let (units, periods) = (extract.labels(unit), extract.periods(period));
    let (employee, customer) = (extract.numbers(employee), extract.numbers(customer));
    let mut notes = extract.notes().to_vec();
    let mut cells = Vec::with_capacity(extract.rows());
    let mut seen: HashMap<(u32, i64), usize> = HashMap::new();
    let mut nameless = 0;
    let mut crowded = 0;
    for row in 0..extract.rows() {
        let (Some(unit), Some(ordinal)) = (units.codes[row], periods.ordinals[row]) else {
            nameless += 1;
            continue;
        };
        let wave = periods.distinct.binary_search(&ordinal).unwrap_or_default();
        if let Some(before) = seen.insert((unit, ordinal), row) {
            return Err(extract
                .complaint(
                    row,
                    &units.name,
                    &format!(
                        "unit `{}` already has a row for period `{}` (row {})",
                        units.names[unit as usize],
                        periods.said(ordinal),
                        extract.line(before)
                    ),
                    "keep one row per unit and period, or average them first",
                )
                .into());
        }
        let cell = Cell {
            unit: unit as usize,
            wave,
            employee: counted.value(&extract, employee, 0, row),
            customer: counted.value(&extract, customer, 1, row),
            both: counted.at(&extract, counted.both_n, row),
            both_r: counted.at(&extract, counted.both_r, row),
        };
        counted.check(&extract, row, &cell)?;
        let more = |value: Option<Value>| {
            value.is_some_and(|v| v.n.zip(v.people).is_some_and(|(n, people)| n > people))
        };
        crowded += usize::from(more(cell.employee) || more(cell.customer));
        cells.push(cell);
    }
    if nameless > 0 {
        notes.push(format!(
            "{nameless} rows without a unit or a period were left out"
        ));
    }
    if crowded > 0 {
        notes.push(format!(
            "in {crowded} rows more answered than could have by the headcount: these values count \
             as a census, without noise"
        ));
    }
    let absent = periods.absent();
    if !absent.is_empty() {
        notes.push(format!(
            "periods aren't evenly spaced (no rows for {}{}): each is read as one step after the \
             one before it",
            absent[..absent.len().min(5)].join(", "),
            if absent.len() > 5 { " and others" } else { "" }
        ));
    }
    Ok(Gathered {
        employee: employee.name.clone(),
        customer: customer.name.clone(),
        units: units.names.len(),
        waves: periods.distinct.len(),
        said: periods.distinct.iter().map(|p| periods.said(*p)).collect(),
        cells,
        both_r,
        notes,
    })
}

fn wide(request: &LinkRequest, columns: &str) -> Result<Gathered> {
    let refused = |what: String| EngineError::Request {
        what,
        hint: "name employees' columns wave by wave, a colon, and customers' in the same order: \
               `--wide x1,x2,x3:y1,y2,y3`",
    };
    let Some((employee, customer)) = columns.split_once(':') else {
        return Err(refused(format!("`--wide {columns}` has no colon")));
    };
    let mut wanted = Wanted::new(&request.data);
    let employee_at = wanted.number_list("--wide", &[employee.to_owned()]);
    let customer_at = wanted.number_list("--wide", &[customer.to_owned()]);
    let extract = wanted.read()?;
    let (x, y) = (
        extract.number_list(employee_at),
        extract.number_list(customer_at),
    );
    if x.len() != y.len() {
        return Err(refused(format!(
            "`--wide` names {} columns before the colon and {} after it",
            x.len(),
            y.len()
        )));
    }
    let value = |numbers: &Numbers, row: usize| {
        numbers.values[row].map(|value| Value {
            value,
            n: None,
            sd: None,
            people: None,
        })
    };
    let mut cells = Vec::with_capacity(extract.rows() * x.len());
    for unit in 0..extract.rows() {
        for (wave, (x, y)) in x.iter().zip(&y).enumerate() {
            cells.push(Cell {
                unit,
                wave,
                employee: value(x, unit),
                customer: value(y, unit),
                both: None,
                both_r: None,
            });
        }
    }
    let name = |columns: &[&Numbers]| match columns {
        [first, .., last] => format!("{} to {}", first.name, last.name),
        [one] => one.name.clone(),
        [] => String::new(),
    };
    Ok(Gathered {
        employee: name(&x),
        customer: name(&y),
        units: extract.rows(),
        waves: x.len(),
        said: Vec::new(),
        cells,
        both_r: None,
        notes: extract.notes().to_vec(),
    })
}
