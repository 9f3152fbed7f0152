//! The units table: names, parents, other names. A company is a tree: a unit can't be above itself.

use super::row::{Fate, Origin, RowKey, read};
use super::store;
use crate::check::unit_names::folded;
use crate::error::{Complaint, LakeError};
use crate::import::Work;
use crate::import::file::FileIn;
use crate::output::manifest::Entry;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::facts::Unit;
use throughline_domain::import::ImportReport;

/// Why a row is left out.
const NOT_MATCHED: &str = "no unit is given yet for this name";

/// Imports the table.
pub(crate) fn run(
    files: &mut [FileIn],
    work: &mut Work<'_>,
    report: &mut ImportReport,
) -> Result<(Entry, Vec<Unit>), LakeError> {
    let read = read(files, work, |row, _, _, made| {
        if row.text("unit").is_none() && row.text("also_called").is_some() {
            // A row of `units.todo.csv` that nobody has filled in.
            return Ok(Fate::LeftOut(NOT_MATCHED));
        }
        let unit = row.needed("unit")?.to_owned();
        let also_called: Vec<String> = row
            .text("also_called")
            .unwrap_or("")
            .split([';', '|'])
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        let content = row.content();
        let key = RowKey::named(&format!("{} {content:x}", folded(&unit)), content);
        made.push(Unit {
            unit,
            parent: row.text("parent").map(str::to_owned),
            also_called,
        });
        Ok(Fate::Taken(Some(key)))
    })?;
    report.files.extend(read.reports);
    report.notes.extend(read.notes);
    let units = tree(together(read.rows, files)?, files)?;
    Ok((store::write(&units, work)?, units))
}

/// Rows of one unit as one: each may name it otherwise, as those of `units.todo.csv` do.
fn together(rows: Vec<(Unit, Origin)>, files: &[FileIn]) -> Result<Vec<(Unit, Origin)>, LakeError> {
    let mut meant: BTreeMap<String, String> = BTreeMap::new();
    for (unit, _) in &rows {
        for name in unit.also_called.iter().chain([&unit.unit]) {
            meant.insert(folded(name), folded(&unit.unit));
        }
    }
    let meant = |name: &str| {
        let name = folded(name);
        meant.get(&name).cloned().unwrap_or(name)
    };
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut units: Vec<(Unit, Origin)> = Vec::with_capacity(rows.len());
    for (unit, origin) in rows {
        let next = units.len();
        let place = *places.entry(folded(&unit.unit)).or_insert(next);
        let Some((before, _)) = units.get_mut(place) else {
            units.push((unit, origin));
            continue;
        };
        match (&before.parent, unit.parent) {
            (Some(one), Some(other)) if meant(one) != meant(&other) => {
                let what = format!("`{}` has two parents, `{one}` and `{other}`", unit.unit);
                return Err(complain(
                    files,
                    origin,
                    "parent",
                    what,
                    "a unit is part of one other; say which",
                ));
            }
            (None, parent) => before.parent = parent,
            _ => {}
        }
        before.also_called.extend(unit.also_called);
    }
    Ok(units)
}

fn complain(files: &[FileIn], origin: Origin, field: &str, what: String, hint: &str) -> LakeError {
    let file = &files[origin.file];
    let column = file
        .plan
        .one(field)
        .map_or(field, |column| file.plan.name(column));
    Complaint::new(what, hint)
        .in_file(&file.sniffed.opened.path)
        .at_row(origin.line)
        .in_column(column)
        .into()
}

/// Checks that parents are there and that nothing is above itself; gives parents their own names.
fn tree(rows: Vec<(Unit, Origin)>, files: &[FileIn]) -> Result<Vec<Unit>, LakeError> {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for (place, (unit, _)) in rows.iter().enumerate() {
        names.insert(folded(&unit.unit), place);
    }
    for (place, (unit, origin)) in rows.iter().enumerate() {
        for name in &unit.also_called {
            if let Some(other) = names
                .insert(folded(name), place)
                .filter(|other| *other != place)
            {
                return Err(complain(
                    files,
                    *origin,
                    "also_called",
                    format!(
                        "`{name}` is a name of both `{}` and `{}`",
                        rows[other].0.unit, unit.unit
                    ),
                    "a name can mean one unit only",
                ));
            }
        }
    }
    let mut parents: Vec<Option<usize>> = Vec::new();
    for (place, (unit, origin)) in rows.iter().enumerate() {
        let Some(parent) = &unit.parent else {
            parents.push(None);
            continue;
        };
        let Some(&above) = names.get(&folded(parent)) else {
            let near =
                crate::columns::nearest(parent, rows.iter().map(|(unit, _)| unit.unit.as_str()));
            let hint = match near {
                Some(near) => format!("add a row for it, or did you mean `{near}`?"),
                None => "add a row for it, or leave the cell empty".to_owned(),
            };
            return Err(complain(
                files,
                *origin,
                "parent",
                format!(
                    "`{}` has the parent `{parent}`, which is no unit of the table",
                    unit.unit
                ),
                &hint,
            ));
        };
        if above == place {
            let what = format!("`{}` is its own parent", unit.unit);
            return Err(complain(
                files,
                *origin,
                "parent",
                what,
                "leave the cell empty for the topmost unit",
            ));
        }
        parents.push(Some(above));
    }
    for (start, (_, origin)) in rows.iter().enumerate() {
        let mut way = vec![start];
        let mut on_way = BTreeSet::from([start]);
        let mut at = start;
        while let Some(above) = parents[at] {
            if above == start {
                let names: Vec<&str> = way
                    .iter()
                    .chain([&start])
                    .map(|place| rows[*place].0.unit.as_str())
                    .collect();
                let what = format!("units are above themselves: {}", names.join(" -> "));
                return Err(complain(
                    files,
                    *origin,
                    "parent",
                    what,
                    "change one of these parents",
                ));
            }
            // A circle that doesn't hold `start` is told from one of its own units.
            if !on_way.insert(above) {
                break;
            }
            way.push(above);
            at = above;
        }
    }
    let own_names: Vec<String> = rows.iter().map(|(unit, _)| unit.unit.clone()).collect();
    let units = rows.into_iter().zip(&parents);
    Ok(units
        .map(|((unit, _), parent)| Unit {
            parent: parent.map(|above| own_names[above].clone()),
            ..unit
        })
        .collect())
}
