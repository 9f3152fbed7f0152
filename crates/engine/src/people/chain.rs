//! How work reaches customers, out of a file: edges from roles to roles or steps of the journey, or
//! roles with their titles alone.

use super::clean::{LONGEST_NAME, cleaned};
use super::{Given, columns as at};
use crate::error::{EngineError, Result};
use std::collections::{HashMap, HashSet};
use throughline_disclosure::{Entrusted, FileUse, Grant};
use throughline_domain::facts::{Edge, Place, Role};
use throughline_lake::{Reject, Row, rows};

/// What a file of the chain says.
#[derive(Clone)]
pub struct ChainRead {
    /// Roles that were named, with titles where the file has them.
    pub roles: Vec<Role>,
    /// Edges, each once.
    pub edges: Vec<Edge>,
    /// Rows that weren't taken.
    pub rejects: Entrusted<Vec<Reject>>,
    /// What a person should know.
    pub notes: Vec<String>,
}

/// Reads a chain.
///
/// # Errors
/// Where the file can't be read, lacks the roles, or work goes in a circle.
pub fn read_chain(given: Given<'_>) -> Result<ChainRead> {
    let table = rows(given.path, given.name, &at::CHAIN)?;
    let mut chain = Chain::default();
    chain.rejects.clone_from(&table.rejects);
    for row in &table.rows {
        if let Err((field, reason)) = chain.take(row) {
            let column = table.columns[field].first().map_or("", String::as_str);
            chain
                .rejects
                .push(Reject::new(row.line, column, row.cell(field), reason));
        }
    }
    if let Some(circle) = circle(&chain.edges) {
        return Err(EngineError::Request {
            what: format!(
                "work goes in a circle and reaches no customer: {}",
                circle.join(" -> ")
            ),
            hint: "take out the row that leads back; a chain leads towards customers",
        });
    }
    let mut notes = table.notes;
    if !chain.edges.is_empty()
        && !chain
            .edges
            .iter()
            .any(|edge| matches!(edge.to, Place::Stage(_)))
    {
        notes.push("no role leads to a step of the journey; write it as `stage:NAME`".to_owned());
    }
    Ok(ChainRead {
        roles: chain.roles,
        edges: chain.edges,
        rejects: Grant::to_the_owner_of_the_files(FileUse::Rejects).entrust(chain.rejects),
        notes,
    })
}

#[derive(Default)]
struct Chain {
    roles: Vec<Role>,
    by_name: HashMap<String, usize>,
    edges: Vec<Edge>,
    seen: HashSet<(String, String)>,
    rejects: Vec<Reject>,
}

impl Chain {
    fn take(&mut self, row: &Row) -> std::result::Result<(), (usize, String)> {
        let from = name(row, at::FROM)?.ok_or((at::FROM, "the role has no name".to_owned()))?;
        let from = self.role(&from, name(row, at::TITLE)?);
        let Some(to) = name(row, at::TO)? else {
            return Ok(());
        };
        let stage = to
            .split_once(':')
            .filter(|(kind, _)| kind.trim().eq_ignore_ascii_case("stage"))
            .map(|(_, stage)| stage.trim().to_owned());
        let to = match stage {
            Some(stage) if stage.is_empty() => {
                return Err((at::TO, "the step of the journey has no name".to_owned()));
            }
            Some(stage) => Place::Stage(stage),
            None => Place::Role(self.role(&to, None)),
        };
        if to == Place::Role(from.clone()) {
            return Err((at::TO, "the role would serve itself".to_owned()));
        }
        let weight = match row.cell(at::WEIGHT) {
            "" => 1.0,
            text => text
                .parse::<f64>()
                .ok()
                .filter(|weight| *weight > 0.0 && *weight <= 1e6)
                .ok_or((at::WEIGHT, "a weight is a number above 0".to_owned()))?,
        };
        let target = match &to {
            Place::Role(role) => role.to_lowercase(),
            Place::Stage(stage) => format!("stage:{}", stage.to_lowercase()),
        };
        if !self.seen.insert((from.to_lowercase(), target)) {
            return Err((at::TO, "the same way came before".to_owned()));
        }
        self.edges.push(Edge { from, to, weight });
        Ok(())
    }

    /// The role as it was first written.
    fn role(&mut self, name: &str, title: Option<String>) -> String {
        let place = *self.by_name.entry(name.to_lowercase()).or_insert_with(|| {
            self.roles.push(Role {
                role: name.to_owned(),
                title: None,
                unit: None,
                headcount: None,
            });
            self.roles.len() - 1
        });
        let role = &mut self.roles[place];
        role.title = title.or(role.title.take());
        role.role.clone()
    }
}

fn name(row: &Row, field: usize) -> std::result::Result<Option<String>, (usize, String)> {
    let text = cleaned(row.cell(field)).text;
    if text.chars().count() > LONGEST_NAME {
        let reason = format!("the name is longer than {LONGEST_NAME} characters");
        return Err((field, reason));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// Roles that lead back to themselves.
fn circle(edges: &[Edge]) -> Option<Vec<String>> {
    let mut onward: HashMap<&str, Vec<&str>> = HashMap::new();
    for edge in edges {
        if let Place::Role(to) = &edge.to {
            onward.entry(&edge.from).or_default().push(to);
        }
    }
    let mut finished: HashSet<&str> = HashSet::new();
    for edge in edges {
        // Depth first without recursion: a chain can be long.
        let mut way: Vec<(&str, usize)> = vec![(&edge.from, 0)];
        while let Some((role, next)) = way.last_mut() {
            let role = *role;
            let to = onward.get(role).and_then(|to| to.get(*next)).copied();
            *next += 1;
            match to {
                None => {
                    finished.insert(role);
                    way.pop();
                }
                Some(to) => {
                    if let Some(from) = way.iter().position(|(earlier, _)| *earlier == to) {
                        let names = way[from..].iter().map(|(role, _)| *role).chain([to]);
                        return Some(names.map(str::to_owned).collect());
                    }
                    if !finished.contains(to) {
                        way.push((to, 0));
                    }
                }
            }
        }
    }
    None
}
