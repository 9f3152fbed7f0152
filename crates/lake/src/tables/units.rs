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

/// Imports the table.
pub(crate) fn run(
    files: &mut [FileIn],
    work: &mut Work<'_>,
    report: &mut ImportReport,
) -> Result<(Entry, Vec<Unit>), LakeError> {
    let read = read(files, work, |row, _, _, made| {
        let unit = row.needed("unit")?.to_owned();
        let also_called: Vec<String> = row
            .text("also_called")
            .unwrap_or("")
            .split([';', '|'])
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        let key = RowKey::named(&folded(&unit), row.content());
        made.push(Unit {
            unit,
            parent: row.text("parent").map(str::to_owned),
            also_called,
        });
        Ok(Fate::Taken(Some(key)))
    })?;
    report.files.extend(read.reports);
    report.notes.extend(read.notes);
    let units = tree(read.rows, files)?;
    Ok((store::write(&units, work)?, units))
}

/// Checks that parents are there and that nothing is above itself; gives parents their own names.
fn tree(rows: Vec<(Unit, Origin)>, files: &[FileIn]) -> Result<Vec<Unit>, LakeError> {
    let complain = |origin: Origin, field: &str, what: String, hint: &str| {
        let file = &files[origin.file];
        let column = file
            .plan
            .one(field)
            .map_or(field, |column| file.plan.name(column));
        LakeError::from(
            Complaint::new(what, hint)
                .in_file(&file.sniffed.opened.path)
                .at_row(origin.line)
                .in_column(column),
        )
    };
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
