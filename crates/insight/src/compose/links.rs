//! Which moves first, for each pair of an employees' and a customers' measure of a brief: both
//! directions, or why not.

use crate::link::{Cell, Prepared, Value, prepare, verdict};
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::brief::LinkPicture;
use throughline_domain::facts::{Measure, Side};
use throughline_stats::NoAnswer;
use throughline_stats::panel::{Direction, Link, Request, link};

/// Most pairs that are estimated; a brief is for leaders, `throughline link` for the rest.
pub const MOST_PAIRS: usize = 12;

/// Panels drawn for the intervals of a small panel: enough for an interval, quick enough for a
/// brief.
const DRAWS: usize = 99;

/// Both directions of each pair, measures in order of their names.
pub fn links(rows: &[Measure], seed: u64) -> Vec<LinkPicture> {
    let names = |side: Side| -> BTreeSet<&str> {
        let own = rows.iter().filter(|row| row.side == side);
        own.map(|row| row.measure.as_str()).collect()
    };
    let (employees, customers) = (names(Side::Employee), names(Side::Customer));
    let pairs = employees
        .iter()
        .flat_map(|employee| customers.iter().map(move |customer| (*employee, *customer)));
    pairs
        .take(MOST_PAIRS)
        .flat_map(|(employee, customer)| pair(rows, employee, customer, seed))
        .collect()
}

fn pair(rows: &[Measure], employee: &str, customer: &str, seed: u64) -> [LinkPicture; 2] {
    let found = panel(rows, employee, customer).and_then(|prepared| {
        let request = Request {
            draws: DRAWS,
            seed,
            ..Request::default()
        };
        Ok((link(&prepared.panel, request)?, prepared))
    });
    let picture = |from: &str, to: &str, at: usize| match &found {
        Ok((found, prepared)) => estimated(from, to, &found.directions[at], found, prepared),
        Err(reason) => LinkPicture {
            from: from.to_owned(),
            to: to.to_owned(),
            lag: 1,
            path: None,
            low: None,
            high: None,
            standardised: None,
            standardised_low: None,
            standardised_high: None,
            n_units: 0,
            n_waves: 0,
            verdict: "can't tell".to_owned(),
            reason: Some(why(reason)),
            method: None,
        },
    };
    [
        picture(employee, customer, 0),
        picture(customer, employee, 1),
    ]
}

/// The rows of two measures as a panel; periods in the order of their names.
fn panel(rows: &[Measure], employee: &str, customer: &str) -> Result<Prepared, NoAnswer> {
    let wanted = |row: &&Measure| match row.side {
        Side::Employee => row.measure == employee,
        Side::Customer => row.measure == customer,
    };
    let mut cells: BTreeMap<(&str, &str), [Option<Value>; 2]> = BTreeMap::new();
    for row in rows.iter().filter(wanted) {
        let cell = cells.entry((&row.unit, &row.period)).or_default();
        cell[usize::from(row.side == Side::Customer)] = Some(Value {
            value: row.value,
            n: row.n,
            sd: row.sd,
            people: None,
        });
    }
    let units: BTreeSet<&str> = cells.keys().map(|(unit, _)| *unit).collect();
    let periods: BTreeSet<&str> = cells.keys().map(|(_, period)| *period).collect();
    let place = |of: &BTreeSet<&str>| -> BTreeMap<String, usize> {
        of.iter()
            .enumerate()
            .map(|(k, v)| ((*v).to_owned(), k))
            .collect()
    };
    let (unit_at, wave_at) = (place(&units), place(&periods));
    let cells: Vec<Cell> = cells
        .iter()
        .filter_map(|((unit, period), [employee, customer])| {
            Some(Cell {
                unit: *unit_at.get(*unit)?,
                wave: *wave_at.get(*period)?,
                employee: *employee,
                customer: *customer,
            })
        })
        .collect();
    prepare(units.len(), periods.len(), &cells)
}

fn estimated(
    from: &str,
    to: &str,
    direction: &Direction,
    found: &Link,
    prepared: &Prepared,
) -> LinkPicture {
    let noise = if prepared.panel.has_errors() {
        ", sampling errors known"
    } else {
        ""
    };
    let how = if found.small {
        "RI-CLPM, paths and variances equal, parametric bootstrap"
    } else {
        "RI-CLPM, full-information maximum likelihood"
    };
    LinkPicture {
        from: from.to_owned(),
        to: to.to_owned(),
        lag: 1,
        path: Some(direction.raw.estimate),
        low: Some(direction.raw.low),
        high: Some(direction.raw.high),
        standardised: Some(direction.standardised.estimate),
        standardised_low: Some(direction.standardised.low),
        standardised_high: Some(direction.standardised.high),
        n_units: found.fit.units,
        n_waves: found.fit.waves,
        verdict: verdict(direction.verdict).to_owned(),
        reason: None,
        method: Some(format!("{how}{noise}")),
    }
}

fn why(reason: &NoAnswer) -> String {
    match reason {
        NoAnswer::Empty => "no team has both numbers".to_owned(),
        NoAnswer::TooFewPeriods { n, needed } => {
            format!("only {n} periods have both numbers; {needed} are needed")
        }
        NoAnswer::TooFewUnits { n, needed } => {
            format!("only {n} teams were seen in two periods or more; {needed} are needed")
        }
        NoAnswer::TooManyMissing { .. } => "too many numbers are missing".to_owned(),
        NoAnswer::TooFewInWave { .. } => {
            "in some periods one of the numbers was hardly asked".to_owned()
        }
        NoAnswer::ConstantInWave { .. } | NoAnswer::NoVariation => {
            "one of the numbers doesn't vary".to_owned()
        }
        NoAnswer::MoveAsOne { .. } => "one of the numbers is a copy of the other".to_owned(),
        _ => "these numbers don't tell".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(unit: usize, period: usize, side: Side, value: f64) -> Measure {
        Measure {
            unit: format!("team {unit}"),
            period: format!("2024-{:02}", period + 1),
            measure: match side {
                Side::Employee => "engagement",
                Side::Customer => "satisfaction",
            }
            .to_owned(),
            side,
            value,
            n: None,
            sd: None,
        }
    }

    #[test]
    fn each_pair_has_both_directions_or_says_why_not() {
        let mut rows = Vec::new();
        for unit in 0..40_usize {
            for period in 0..3_usize {
                let wave = (unit * 31 + period * 17) as f64;
                rows.push(row(unit, period, Side::Employee, (wave * 0.7).sin()));
                if period < 2 {
                    rows.push(row(unit, period, Side::Customer, (wave * 1.3).cos()));
                }
            }
        }
        let found = links(&rows, 1);
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].from.as_str(), found[0].to.as_str()),
            ("engagement", "satisfaction")
        );
        assert_eq!(
            (found[1].from.as_str(), found[1].to.as_str()),
            ("satisfaction", "engagement")
        );
        for one in &found {
            assert_eq!(one.verdict, "can't tell");
            assert!(one.path.is_none() && one.method.is_none());
            let reason = one.reason.as_deref().unwrap_or_default();
            assert!(reason.contains("only 2 periods"), "{reason}");
        }
        assert!(links(&[], 1).is_empty());
    }
}
