//! Tables whose rows stand for themselves: measures, a person's corrections of themes, spending lines.

use super::roles::resolve;
use super::row::{Fate, Fault, Row, RowKey, read};
use super::store;
use crate::check::date::{self, Evidence};
use crate::check::unit_names::folded;
use crate::check::{is_missing, is_total};
use crate::error::LakeError;
use crate::import::Work;
use crate::import::file::FileIn;
use crate::output::manifest::Entry;
use throughline_domain::facts::{
    Initiative, InitiativeKind, Measure, Side, Table, ThemeCorrection,
};
use throughline_domain::import::ImportReport;

const SIDES: [(&[&str], Side); 2] = [
    (
        &[
            "employee",
            "employees",
            "staff",
            "ex",
            "hr",
            "people",
            "internal",
        ],
        Side::Employee,
    ),
    (
        &[
            "customer",
            "customers",
            "cx",
            "client",
            "clients",
            "patient",
            "patients",
            "external",
        ],
        Side::Customer,
    ),
];

/// The rule of rows that sum up all units.
const TOTALS: &str = "totals, not a unit's";

/// A row's period; a day with its numbers in the order of its country is written as all others are.
fn period(row: &Row<'_>, evidence: &mut Evidence) -> Result<String, Fault> {
    let text = row.needed("period")?;
    if !date::is_day_of_numbers(text) {
        return Ok(text.to_owned());
    }
    let day = row.day("period", evidence)?;
    Ok(day.map_or_else(|| text.to_owned(), date::iso))
}

/// Whether a file names any unit, and not totals alone.
fn names_a_unit(file: &FileIn) -> bool {
    let Some(column) = file.plan.one("unit") else {
        return false;
    };
    let units = file
        .plan
        .sample
        .iter()
        .filter_map(|row| row.cells.get(column));
    let mut units = units.map(|unit| unit.trim());
    units.any(|unit| !is_missing(unit) && !is_total(unit))
}

/// Imports measures.
pub(crate) fn measures(
    files: &mut [FileIn],
    work: &mut Work<'_>,
    report: &mut ImportReport,
) -> Result<Entry, LakeError> {
    let read = read(files, work, |row, evidence, _, made| {
        let unit = row.needed("unit")?.to_owned();
        if is_total(&unit) && names_a_unit(row.file) {
            return Ok(Fate::LeftOut(TOTALS));
        }
        let period = period(row, evidence)?;
        let measure = row.needed("measure")?.to_owned();
        let side = row
            .choice("side", &SIDES)?
            .ok_or_else(|| row.fault("side", "a value is needed here"))?;
        let value = row
            .number("value")?
            .ok_or_else(|| row.fault("value", "a value is needed here"))?;
        let (n, sd) = (row.number("n")?, row.number("sd")?);
        for (field, number) in [("n", n), ("sd", sd)] {
            if number.is_some_and(|number| number < 0.0) {
                return Err(row.fault(field, "the number is below 0"));
            }
        }
        let name = [
            folded(&unit),
            folded(&period),
            folded(&measure),
            format!("{side:?}"),
        ]
        .join("\u{1f}");
        made.push(Measure {
            unit,
            period,
            measure,
            side,
            value,
            n,
            sd,
        });
        Ok(Fate::Taken(Some(RowKey::named(&name, row.content()))))
    })?;
    report.files.extend(read.reports);
    report.notes.extend(read.notes);
    let mut rows: Vec<Measure> = Vec::with_capacity(read.rows.len());
    for (measure, _) in read.rows {
        let unit = resolve(&measure.unit, Table::Measures, work);
        rows.push(Measure { unit, ..measure });
    }
    store::write(&rows, work)
}

const FLAGS: [(&[&str], bool); 2] = [
    (&["yes", "true", "1", "y", "x", "hide", "hidden"], true),
    (&["no", "false", "0", "n", "show"], false),
];

/// Imports a person's corrections of themes.
pub(crate) fn themes(
    files: &mut [FileIn],
    work: &mut Work<'_>,
    report: &mut ImportReport,
) -> Result<Entry, LakeError> {
    let read = read(files, work, |row, _, _, made| {
        let id = row.needed("id")?.to_owned();
        const ENDS: &str = "ease runs from 0 (hard) to 1 (simple)";
        let ease = row.number("ease").map_err(|_| row.fault("ease", ENDS))?;
        if ease.is_some_and(|ease| !(0.0..=1.0).contains(&ease)) {
            return Err(row.fault("ease", ENDS));
        }
        let merge_into = row.text("merge_into").map(str::to_owned);
        if merge_into.as_ref() == Some(&id) {
            return Err(row.fault("merge_into", "the theme would be merged into itself"));
        }
        let key = RowKey::named(&id, row.content());
        made.push(ThemeCorrection {
            id,
            title: row.text("title").map(str::to_owned),
            merge_into,
            hide: row.choice("hide", &FLAGS)?.unwrap_or(false),
            ease,
            owner: row.text("owner").map(str::to_owned),
        });
        Ok(Fate::Taken(Some(key)))
    })?;
    report.files.extend(read.reports);
    report.notes.extend(read.notes);
    let rows: Vec<ThemeCorrection> = read.rows.into_iter().map(|(theme, _)| theme).collect();
    store::write(&rows, work)
}

const KINDS: [(&[&str], InitiativeKind); 3] = [
    (
        &["people", "person", "training", "coaching", "hiring", "hr"],
        InitiativeKind::People,
    ),
    (
        &["process", "processes", "waysofworking"],
        InitiativeKind::Process,
    ),
    (
        &[
            "technology",
            "tech",
            "tool",
            "tools",
            "system",
            "it",
            "software",
        ],
        InitiativeKind::Technology,
    ),
];

/// Spending above which a number is taken for a mistake.
const MOST_SPENT: f64 = 1e15;

/// Imports spending lines.
pub(crate) fn initiatives(
    files: &mut [FileIn],
    work: &mut Work<'_>,
    report: &mut ImportReport,
) -> Result<Entry, LakeError> {
    let read = read(files, work, |row, _, _, made| {
        let (id, name) = (row.needed("id")?.to_owned(), row.needed("name")?.to_owned());
        let kind = row
            .choice("kind", &KINDS)?
            .ok_or_else(|| row.fault("kind", "a value is needed here"))?;
        let (eligible, adopted) = (row.number("eligible")?, row.number("adopted")?);
        for (field, number) in [("eligible", eligible), ("adopted", adopted)] {
            if number.is_some_and(|number| number < 0.0) {
                return Err(row.fault(field, "the number is below 0"));
            }
        }
        if adopted > eligible && eligible.is_some() {
            return Err(row.fault("adopted", "more people than are eligible"));
        }
        let spend = row.money("spend")?;
        if spend.is_some_and(|spend| spend.abs() > MOST_SPENT) {
            return Err(row.fault("spend", "no company spends as much"));
        }
        let period = row.text("period").map(str::to_owned);
        // A line can go on over several periods.
        let key = RowKey::named(
            &format!("{id}\u{1f}{}", period.as_deref().unwrap_or("")),
            row.content(),
        );
        made.push(Initiative {
            id,
            name,
            kind,
            spend,
            period,
            eligible,
            adopted,
        });
        Ok(Fate::Taken(Some(key)))
    })?;
    report.files.extend(read.reports);
    report.notes.extend(read.notes);
    let rows: Vec<Initiative> = read.rows.into_iter().map(|(line, _)| line).collect();
    store::write(&rows, work)
}
