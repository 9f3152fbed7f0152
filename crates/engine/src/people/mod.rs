//! Who works here, out of a file as HR systems export it: an id, an address, a place, a role.
//!
//! Names and everything else that isn't asked for are never read. A row that can't be taken is set aside
//! with row, column, value and reason; whoever it is about stays as she is. Whether the whole makes sense
//! beside what is known already is the ledger's to say.

mod chain;
mod clean;
mod columns;
mod tree;

pub use chain::{ChainRead, read_chain};
pub use throughline_lake::Reject;

use crate::error::Result;
use clean::{Cleaned, address, cleaned, id, status};
use columns as at;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use throughline_disclosure::{Entrusted, FileUse, Grant};
use throughline_domain::listen::{Person, Roster};
use throughline_lake::{Row, Rows, rows};

/// A file that somebody gave, and its name there.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// Where it lies now.
    pub path: &'a Path,
    /// What she calls it.
    pub name: &'a str,
}

/// What a file of people says.
#[derive(Clone)]
pub struct PeopleRead {
    /// Everybody, and the units.
    pub roster: Roster,
    /// Which column was taken for what.
    pub columns: Vec<(&'static str, Vec<String>)>,
    /// Columns that were never read.
    pub ignored: Vec<String>,
    /// Rows that weren't taken, for whoever brought the file.
    pub rejects: Entrusted<Vec<Reject>>,
    /// What a person should know.
    pub notes: Vec<String>,
}

/// Reads people, and where one is given, a file of units.
///
/// # Errors
/// Where a file can't be read or lacks a needed column.
pub fn read(people: Given<'_>, units: Option<Given<'_>>) -> Result<PeopleRead> {
    let table = rows(people.path, people.name, &at::PEOPLE)?;
    let mut reading = Reading::new(&table);
    for row in &table.rows {
        reading.take(row);
    }
    let unit_table = units
        .map(|given| rows(given.path, given.name, &at::UNITS))
        .transpose()?;
    let mut read = reading.finish(unit_table.as_ref())?;
    read.columns = at::PEOPLE
        .iter()
        .zip(&table.columns)
        .filter(|(_, columns)| !columns.is_empty())
        .map(|(field, columns)| (field.name, columns.clone()))
        .collect();
    let is_told = (at::MANAGER_ID..=at::MANAGER).any(|field| !table.columns[field].is_empty());
    if !is_told && let Some(column) = table.ignored.iter().find(|column| is_managers_name(column)) {
        read.notes.push(format!(
            "`{column}` holds names, which are never read, so nobody has a manager yet: bring managers by their id or e-mail address"
        ));
    }
    read.ignored = table.ignored;
    Ok(read)
}

/// Whether a column's heading says that it holds managers' names.
fn is_managers_name(column: &str) -> bool {
    let plain: String = column
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    at::MANAGERS_NAMES.contains(&plain.as_str())
}

/// A person whose manager and unit aren't settled yet.
struct Raw {
    person: Person,
    /// Units from the top down, where levels say so.
    path: Vec<String>,
    /// The manager's id or address, as written.
    manager: String,
}

struct Reading<'a> {
    table: &'a Rows,
    raw: Vec<Raw>,
    ids: HashMap<String, u64>,
    emails: HashMap<String, u64>,
    untouched: Vec<String>,
    rejects: Vec<Reject>,
    cleaned: usize,
    languages: BTreeMap<String, usize>,
    notes: Vec<String>,
}

impl<'a> Reading<'a> {
    fn new(table: &'a Rows) -> Self {
        Self {
            table,
            raw: Vec::with_capacity(table.rows.len()),
            ids: HashMap::new(),
            emails: HashMap::new(),
            untouched: Vec::new(),
            rejects: table.rejects.clone(),
            cleaned: 0,
            languages: BTreeMap::new(),
            notes: table.notes.clone(),
        }
    }

    fn column(&self, field: usize) -> &'a str {
        self.table.columns[field].first().map_or("", String::as_str)
    }

    fn take(&mut self, row: &Row) {
        match self.raw_of(row) {
            Ok(raw) => {
                self.ids.insert(raw.person.id.clone(), row.line);
                if let Some(email) = raw.person.email.as_ref().filter(|_| raw.person.active) {
                    self.emails.insert(email.clone(), row.line);
                }
                self.raw.push(raw);
            }
            Err((field, value, reason)) => {
                let known = id(row.cell(at::ID)).ok();
                self.untouched.extend(known);
                let column = self.column(field);
                self.rejects
                    .push(Reject::new(row.line, column, &value, reason));
            }
        }
    }

    fn raw_of(&mut self, row: &Row) -> std::result::Result<Raw, (usize, String, String)> {
        let refuse = |field: usize, reason: String| (field, row.cell(field).to_owned(), reason);
        let id = id(row.cell(at::ID)).map_err(|why| refuse(at::ID, why.to_owned()))?;
        if let Some(line) = self.ids.get(&id) {
            return Err(refuse(at::ID, format!("the id came before, on row {line}")));
        }
        let active =
            status(row.cell(at::STATUS)).map_err(|why| refuse(at::STATUS, why.to_owned()))?;
        let email =
            address(row.cell(at::EMAIL)).map_err(|why| refuse(at::EMAIL, why.to_owned()))?;
        // Who left has it no more: it may be hers again under another id, or a colleague's.
        let hers = email.as_ref().filter(|_| active);
        if let Some(line) = hers.and_then(|email| self.emails.get(email)) {
            let reason = format!("the address is somebody else's, on row {line}");
            return Err(refuse(at::EMAIL, reason));
        }
        let mut path = Vec::new();
        for (place, cell) in row.cells(at::LEVELS).iter().enumerate() {
            let name = self.name(cell).map_err(|why| {
                let column = self.table.columns[at::LEVELS][place].clone();
                (at::LEVELS, cell.clone(), format!("{why} (`{column}`)"))
            })?;
            if !name.is_empty() && path.last() != Some(&name) {
                path.push(name);
            }
        }
        let unit = self
            .name(row.cell(at::UNIT))
            .map_err(|why| refuse(at::UNIT, why))?;
        if path.is_empty() && unit.is_empty() {
            let field = if self.table.columns[at::LEVELS].is_empty() {
                at::UNIT
            } else {
                at::LEVELS
            };
            return Err(refuse(field, "the person has no unit".to_owned()));
        }
        let role = self
            .name(row.cell(at::ROLE))
            .map_err(|why| refuse(at::ROLE, why))?;
        let language = row.cell(at::LANGUAGE);
        let tag = clean::language(language);
        if tag.is_none() && !language.is_empty() {
            *self.languages.entry(language.to_owned()).or_default() += 1;
        }
        let manager = [at::MANAGER_ID, at::MANAGER_EMAIL, at::MANAGER]
            .into_iter()
            .map(|field| row.cell(field))
            .find(|cell| !cell.is_empty());
        Ok(Raw {
            person: Person {
                id,
                email,
                unit,
                role: Some(role).filter(|role| !role.is_empty()),
                manager: None,
                language: tag,
                active,
            },
            path,
            manager: manager.unwrap_or_default().to_owned(),
        })
    }

    /// A name of a unit or a role, without what can't be seen.
    fn name(&mut self, cell: &str) -> std::result::Result<String, String> {
        let Cleaned { text, changed } = cleaned(cell);
        if text.chars().count() > clean::LONGEST_NAME {
            return Err(format!(
                "the name is longer than {} characters",
                clean::LONGEST_NAME
            ));
        }
        self.cleaned += usize::from(changed);
        Ok(text)
    }

    fn finish(mut self, units: Option<&Rows>) -> Result<PeopleRead> {
        self.settle_managers();
        if self.cleaned > 0 {
            self.notes.push(format!(
                "{} names of units or roles held characters that can't be seen; these were taken out",
                self.cleaned
            ));
        }
        if !self.languages.is_empty() {
            let some: Vec<String> = self
                .languages
                .keys()
                .take(5)
                .map(|name| format!("`{name}`"))
                .collect();
            self.notes.push(format!(
                "{} people have a language that isn't known here and will see the round's first one: {}",
                self.languages.values().sum::<usize>(),
                some.join(", ")
            ));
        }
        let tree = tree::settle(&mut self.raw, self.table, units, &mut self.notes);
        self.rejects.extend(tree.rejects);
        self.rejects.sort_by_key(|reject| reject.line);
        Ok(PeopleRead {
            roster: Roster {
                people: self.raw.into_iter().map(|raw| raw.person).collect(),
                units: tree.units,
                has_tree: tree.known,
                untouched: self.untouched,
            },
            columns: Vec::new(),
            ignored: Vec::new(),
            rejects: Grant::to_the_owner_of_the_files(FileUse::Rejects).entrust(self.rejects),
            notes: self.notes,
        })
    }

    /// Managers by their ids or addresses; one who isn't in the file is none.
    fn settle_managers(&mut self) {
        let (here, left): (Vec<&Raw>, Vec<&Raw>) =
            self.raw.iter().partition(|raw| raw.person.active);
        let by_email: HashMap<&str, &str> = left
            .into_iter()
            .chain(here)
            .filter_map(|raw| Some((raw.person.email.as_deref()?, raw.person.id.as_str())))
            .collect();
        let mut unknown = 0;
        let mut settled = Vec::with_capacity(self.raw.len());
        for raw in &self.raw {
            let written = raw.manager.trim();
            let manager = if written.is_empty() {
                None
            } else if self.ids.contains_key(written) {
                Some(written.to_owned())
            } else {
                let found = by_email.get(written.to_lowercase().as_str());
                unknown += usize::from(found.is_none());
                found.map(|id| (*id).to_owned())
            };
            // Whoever is at the top is often written as her own manager.
            settled.push(manager.filter(|id| *id != raw.person.id));
        }
        for (raw, manager) in self.raw.iter_mut().zip(settled) {
            raw.person.manager = manager;
        }
        if unknown > 0 {
            self.notes.push(format!(
                "{unknown} people have a manager who isn't in the file by id or e-mail address (a name is never looked up); they are taken without one"
            ));
        }
    }
}
