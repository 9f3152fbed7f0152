//! What is said where a column is missing: what was looked for, what there is, what to write.

use super::contract::fields;
use super::nearest;
use crate::error::{Complaint, LakeError};
use std::path::Path;
use throughline_domain::facts::Table;

/// A map that names no column.
pub(crate) fn missing_map(column: &str, columns: &[String], path: &Path) -> LakeError {
    let hint = match nearest(column, columns.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`? the columns are {}", listed(columns)),
        None => format!("the columns are {}", listed(columns)),
    };
    Complaint::new(format!("there is no column `{column}`"), hint)
        .in_file(path)
        .into()
}

pub(super) fn unmet(
    table: Table,
    group: &[&str],
    columns: &[String],
    sheet: Option<&str>,
    path: &Path,
) -> LakeError {
    let looked_for: Vec<String> = group
        .iter()
        .map(|name| {
            let aliases = fields(table)
                .iter()
                .find(|field| field.name == *name)
                .map_or(&[][..], |field| field.aliases);
            let some: Vec<&str> = aliases.iter().take(4).copied().collect();
            if some.is_empty() {
                format!("`{name}`")
            } else {
                format!("`{name}` (or {}…)", some.join(", "))
            }
        })
        .collect();
    let is_one = columns.len() == 1 && matches!(table, Table::Signals | Table::Voice);
    let alone = if is_one && sheet.is_none() {
        "; it has one column: are its cells parted by something other than `,` `;` tab or `|`?"
    } else {
        ""
    };
    let place = sheet.map_or_else(String::new, |name| {
        format!(" in the sheet `{}`", shortened(name))
    });
    let looked_for = looked_for.join(" or ");
    let what = format!("no column for {looked_for} was found{place}{alone}");
    let hint = if table == Table::Voice && group.contains(&"idea") {
        format!(
            "say what the answers are, for example `--map voice.idea=COLUMN` or `--map voice.block=COLUMN`; the columns are {}",
            listed(columns)
        )
    } else {
        format!(
            "name it with `--map {}.{}=COLUMN`; the columns are {}",
            table.name(),
            group[0],
            listed(columns)
        )
    };
    Complaint::new(what, hint).in_file(path).into()
}

pub(crate) fn listed(columns: &[String]) -> String {
    let some: Vec<String> = columns
        .iter()
        .take(30)
        .map(|column| format!("`{}`", shortened(column)))
        .collect();
    let more = if columns.len() > 30 {
        format!(" and {} more", columns.len() - 30)
    } else {
        String::new()
    };
    format!("{}{more}", some.join(", "))
}

/// A value short enough for a message.
pub(crate) fn shortened(value: &str) -> String {
    let clean = |letter: char| if letter.is_control() { ' ' } else { letter };
    if value.chars().count() <= 60 {
        value.chars().map(clean).collect()
    } else {
        value
            .chars()
            .take(57)
            .map(clean)
            .chain("…".chars())
            .collect()
    }
}
