//! How work reaches customers: edges from roles to roles or to stages. Work that comes back to where
//! it started reaches nobody, so a circle is an error; a role from which no way leads to customers
//! is said.

use super::roles::{RoleNames, headcount};
use super::row::{Fate, Origin, RowKey, read};
use super::store;
use crate::check::unit_names::folded;
use crate::error::{Complaint, LakeError};
use crate::import::Work;
use crate::import::file::FileIn;
use crate::output::manifest::Entry;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::facts::{Edge, Place, Role};
use throughline_domain::import::ImportReport;

/// Imports the table.
pub(crate) fn run(
    files: &mut [FileIn],
    work: &mut Work<'_>,
    names: &mut RoleNames,
    report: &mut ImportReport,
) -> Result<Entry, LakeError> {
    let read = read(files, work, |row, _, _, made| {
        let from = row.needed("from")?.to_owned();
        let to =
            place(row.needed("to")?).ok_or_else(|| row.fault("to", "the stage has no name"))?;
        let weight = row.number("weight")?.unwrap_or(1.0);
        if weight <= 0.0 {
            return Err(row.fault("weight", "a weight is a number above 0"));
        }
        let people = headcount(row.number("headcount")?)
            .ok_or_else(|| row.fault("headcount", "a headcount is a whole number from 0"))?;
        let described = Role {
            role: from.clone(),
            title: row.text("title").map(str::to_owned),
            unit: row.text("unit").map(str::to_owned),
            headcount: people,
        };
        let target = match &to {
            Place::Role(role) => folded(role),
            Place::Stage(stage) => format!("stage:{}", folded(stage)),
        };
        let key = RowKey::named(&format!("{}\u{1f}{target}", folded(&from)), row.content());
        made.push((Edge { from, to, weight }, described));
        Ok(Fate::Taken(Some(key)))
    })?;
    report.files.extend(read.reports);
    report.notes.extend(read.notes);
    let mut edges = Vec::new();
    let mut described: BTreeMap<String, Role> = BTreeMap::new();
    for ((mut edge, mut role), origin) in read.rows {
        edge.from = names.spell(&edge.from);
        if let Place::Role(to) = &mut edge.to {
            *to = names.spell(to);
        }
        role.role.clone_from(&edge.from);
        if role.title.is_some() || role.unit.is_some() || role.headcount.is_some() {
            let known = described
                .entry(role.role.clone())
                .or_insert_with(|| role.clone());
            known.title = known.title.take().or(role.title);
            known.unit = known.unit.take().or(role.unit);
            known.headcount = known.headcount.or(role.headcount);
        }
        edges.push((edge, origin));
    }
    check_circles(&edges, files)?;
    let edges: Vec<Edge> = edges.into_iter().map(|(edge, _)| edge).collect();
    report.notes.extend(dead_ends(&edges));
    names.take_chain(&edges, described.into_values().collect());
    store::write(&edges, work)
}

/// A role, or a stage written as `stage:NAME`.
fn place(text: &str) -> Option<Place> {
    match text.split_once(':') {
        Some((kind, stage)) if kind.trim().eq_ignore_ascii_case("stage") => Some(stage.trim())
            .filter(|stage| !stage.is_empty())
            .map(|stage| Place::Stage(stage.to_owned())),
        _ => Some(Place::Role(text.to_owned())),
    }
}

/// Looks for a circle among roles.
fn check_circles(edges: &[(Edge, Origin)], files: &[FileIn]) -> Result<(), LakeError> {
    let mut onward: BTreeMap<&str, Vec<(&str, Origin)>> = BTreeMap::new();
    for (edge, origin) in edges {
        if let Place::Role(to) = &edge.to {
            onward.entry(&edge.from).or_default().push((to, *origin));
        }
    }
    let mut finished: BTreeSet<&str> = BTreeSet::new();
    for &start in onward.keys() {
        // Depth first without recursion: a chain can be long.
        let mut way: Vec<(&str, usize)> = vec![(start, 0)];
        while let Some((role, next)) = way.last_mut() {
            let role = *role;
            let step = onward.get(role).and_then(|steps| steps.get(*next)).copied();
            *next += 1;
            match step {
                None => {
                    finished.insert(role);
                    way.pop();
                }
                Some((to, origin)) => {
                    if let Some(at) = way.iter().position(|(earlier, _)| *earlier == to) {
                        let circle: Vec<&str> = way[at..]
                            .iter()
                            .map(|(role, _)| *role)
                            .chain([to])
                            .collect();
                        let file = &files[origin.file];
                        return Err(Complaint::new(
                            format!(
                                "work goes in a circle and reaches no customer: {}",
                                circle.join(" -> ")
                            ),
                            "take out the edge that leads back; a chain leads towards customers",
                        )
                        .in_file(&file.sniffed.opened.path)
                        .at_row(origin.line)
                        .into());
                    }
                    if !finished.contains(to) {
                        way.push((to, 0));
                    }
                }
            }
        }
    }
    Ok(())
}

/// Roles from which no way leads to a stage.
fn dead_ends(edges: &[Edge]) -> Option<String> {
    let mut reaching: BTreeSet<&str> = BTreeSet::new();
    loop {
        let before = reaching.len();
        for edge in edges {
            let reaches = match &edge.to {
                Place::Stage(_) => true,
                Place::Role(role) => reaching.contains(role.as_str()),
            };
            if reaches {
                reaching.insert(&edge.from);
            }
        }
        if reaching.len() == before {
            break;
        }
    }
    let mut lost: BTreeSet<&str> = BTreeSet::new();
    for edge in edges {
        lost.insert(&edge.from);
        if let Place::Role(role) = &edge.to {
            lost.insert(role);
        }
    }
    lost.retain(|role| !reaching.contains(role));
    if lost.is_empty() {
        return None;
    }
    let some: Vec<String> = lost
        .iter()
        .take(10)
        .map(|role| format!("`{role}`"))
        .collect();
    Some(format!(
        "no way leads from {} of the chain's roles to a stage (`stage:NAME`): {}",
        lost.len(),
        some.join(", ")
    ))
}
