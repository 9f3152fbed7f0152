//! The file's rows as units, waves and values.

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
    let mut maybe = |flag: &'static str, column: &Option<String>| {
        column.as_ref().map(|column| wanted.number(flag, column))
    };
    let employee_n = maybe("--employee-n", &columns.employee_n);
    let customer_n = maybe("--customer-n", &columns.customer_n);
    let employee_sd = maybe("--employee-sd", &columns.employee_sd);
    let customer_sd = maybe("--customer-sd", &columns.customer_sd);
    let headcount = maybe("--headcount", &columns.headcount);
    let extract = wanted.read()?;
    let (units, periods) = (extract.labels(unit), extract.periods(period));
    let (employee, customer) = (extract.numbers(employee), extract.numbers(customer));
    let at = |column: Option<_>, row: usize| {
        column.and_then(|column| extract.numbers(column).values[row])
    };
    let mut notes = extract.notes().to_vec();
    let mut cells = Vec::with_capacity(extract.rows());
    let mut seen: HashMap<(u32, i64), usize> = HashMap::new();
    let mut nameless = 0;
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
        for (n, name) in [
            (at(employee_n, row), &columns.employee_n),
            (at(customer_n, row), &columns.customer_n),
            (at(employee_sd, row), &columns.employee_sd),
            (at(customer_sd, row), &columns.customer_sd),
            (at(headcount, row), &columns.headcount),
        ] {
            if let (Some(n), Some(name)) = (n, name)
                && n < 0.0
            {
                return Err(extract
                    .complaint(
                        row,
                        name,
                        &format!("`{n}` is below zero"),
                        "check the column",
                    )
                    .into());
            }
        }
        let value = |numbers: &Numbers, n, sd, people| {
            numbers.values[row].map(|value| Value {
                value,
                n: at(n, row),
                sd: at(sd, row),
                people: at(people, row),
            })
        };
        cells.push(Cell {
            unit: unit as usize,
            wave,
            employee: value(employee, employee_n, employee_sd, headcount),
            customer: value(customer, customer_n, customer_sd, None),
        });
    }
    if nameless > 0 {
        notes.push(format!(
            "{nameless} rows without a unit or a period were left out"
        ));
    }
    if !periods.absent().is_empty() {
        let absent: Vec<String> = periods
            .absent()
            .iter()
            .take(5)
            .map(|ordinal| periods.said(*ordinal))
            .collect();
        notes.push(format!(
            "periods aren't evenly spaced (no rows for {}): each is read as one step after the \
             one before it",
            absent.join(", ")
        ));
    }
    Ok(Gathered {
        employee: employee.name.clone(),
        customer: customer.name.clone(),
        units: units.names.len(),
        waves: periods.distinct.len(),
        said: periods.distinct.iter().map(|p| periods.said(*p)).collect(),
        cells,
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
        notes: extract.notes().to_vec(),
    })
}
