//! Roles: their titles, units, headcounts; from their own file, or from the chain's.

use super::row::{Fate, RowKey, read};
use super::store;
use crate::check::unit_names::folded;
use crate::error::LakeError;
use crate::import::Work;
use crate::import::file::FileIn;
use crate::output::manifest::Entry;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::facts::{Edge, Place, Role, Table};
use throughline_domain::import::ImportReport;

/// What is known of roles while tables are read: spellings, and what the chain said.
#[derive(Debug, Default)]
pub(crate) struct RoleNames {
    /// By folded name or title: the role's name as first written.
    spelled: BTreeMap<String, String>,
    /// Roles that the chain's own columns describe.
    described: Vec<Role>,
    /// Roles that the chain sends work to or from, in order.
    in_chain: Vec<String>,
}

impl RoleNames {
    /// The role's name, as it was first written.
    pub(crate) fn spell(&mut self, name: &str) -> String {
        self.spelled
            .entry(folded(name))
            .or_insert_with(|| name.to_owned())
            .clone()
    }

    /// The role behind a name or title, if it is a known one.
    pub(crate) fn known(&self, name: &str) -> Option<&str> {
        self.spelled.get(&folded(name)).map(String::as_str)
    }

    /// Whether the chain's files described roles.
    pub(crate) fn has_described(&self) -> bool {
        !self.described.is_empty()
    }

    /// Takes what the chain's files said about roles.
    pub(crate) fn take_chain(&mut self, edges: &[Edge], described: Vec<Role>) {
        self.described = described;
        for edge in edges {
            self.in_chain.push(edge.from.clone());
            if let Place::Role(role) = &edge.to {
                self.in_chain.push(role.clone());
            }
        }
    }
}

/// Imports the table: its own files, then what the chain's files described.
pub(crate) fn run(
    files: &mut [FileIn],
    work: &mut Work<'_>,
    names: &mut RoleNames,
    report: &mut ImportReport,
) -> Result<Entry, LakeError> {
    let read = read(files, work, |row, _, _, made| {
        let role = row.needed("role")?.to_owned();
        let headcount = headcount(row.number("headcount")?)
            .ok_or_else(|| row.fault("headcount", "a headcount is a whole number from 0"))?;
        // A role is in many units: a row is told by both.
        let place = row.text("unit").map(folded).unwrap_or_default();
        let key = RowKey::named(&format!("{}\n{place}", folded(&role)), row.content());
        let (title, unit) = (
            row.text("title").map(str::to_owned),
            row.text("unit").map(str::to_owned),
        );
        made.push(Role {
            role,
            title,
            unit,
            headcount,
        });
        Ok(Fate::Taken(Some(key)))
    })?;
    report.files.extend(read.reports);
    report.notes.extend(read.notes);
    let mut roles: Vec<Role> = Vec::new();
    let mut seen = BTreeSet::new();
    let own_files = !read.rows.is_empty();
    for mut role in read
        .rows
        .into_iter()
        .map(|(role, _)| role)
        .chain(std::mem::take(&mut names.described))
    {
        role.role = names.spell(&role.role);
        role.unit = role.unit.map(|unit| resolve(&unit, Table::Roles, work));
        if seen.insert(role.role.clone()) {
            roles.push(role);
        } else if let Some(known) = roles.iter_mut().find(|known| known.role == role.role) {
            // In several units: people add up, and no single unit is its own.
            if known.unit != role.unit {
                known.unit = None;
            }
            known.title = known.title.take().or(role.title);
            known.headcount = match (known.headcount, role.headcount) {
                (Some(a), Some(b)) => Some(a.saturating_add(b)),
                (a, b) => a.or(b),
            };
        }
    }
    for role in &roles {
        if let Some(title) = &role.title {
            names
                .spelled
                .entry(folded(title))
                .or_insert_with(|| role.role.clone());
        }
    }
    if own_files {
        let undefined: BTreeSet<&String> = names
            .in_chain
            .iter()
            .filter(|role| !seen.contains(*role))
            .collect();
        if !undefined.is_empty() {
            let some: Vec<String> = undefined
                .iter()
                .take(10)
                .map(|role| format!("`{role}`"))
                .collect();
            report.notes.push(format!(
                "the chain names {} roles that the roles' table doesn't: {}",
                undefined.len(),
                some.join(", ")
            ));
        }
    }
    store::write(&roles, work)
}

/// A headcount; `None` where the number can't be one.
pub(crate) fn headcount(number: Option<f64>) -> Option<Option<u64>> {
    match number {
        None => Some(None),
        Some(number) if (0.0..=1e9).contains(&number) => Some(Some(number.round() as u64)),
        Some(_) => None,
    }
}

/// A unit's name by the units table; what matches nothing is counted.
pub(crate) fn resolve(name: &str, table: Table, work: &mut Work<'_>) -> String {
    let (unit, matched) = work.units.resolve(name);
    let unit = unit.into_owned();
    if !matched {
        *work.unmatched.entry((table, unit.clone())).or_default() += 1;
    }
    unit
}
