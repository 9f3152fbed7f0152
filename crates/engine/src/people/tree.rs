//! The units: from levels, else from a file of units, else from departments and who manages whom.

use super::clean::{LONGEST_NAME, cleaned};
use super::{Raw, columns as at};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use throughline_domain::facts::Unit;
use throughline_lake::{Reject, Rows};

/// The units of a file.
pub(super) struct Settled {
    pub units: Vec<Unit>,
    /// Whether it is known what is above what.
    pub known: bool,
    pub rejects: Vec<Reject>,
}

pub(super) fn settle(
    raw: &mut [Raw],
    table: &Rows,
    units: Option<&Rows>,
    notes: &mut Vec<String>,
) -> Settled {
    let has_levels = !table.columns[at::LEVELS].is_empty();
    if let Some(units) = units {
        for raw in raw.iter_mut() {
            if let Some(name) = raw.path.last().filter(|_| raw.person.unit.is_empty()) {
                raw.person.unit.clone_from(name);
            }
        }
        return from_file(raw, units, notes);
    }
    if has_levels {
        return from_levels(raw, notes);
    }
    from_managers(raw, notes)
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// A unit that stands under several others is told apart by the one above it, and where that isn't
/// enough, by all above it.
fn from_levels(raw: &mut [Raw], notes: &mut Vec<String>) -> Settled {
    // By the folded way from the top, the way as first written.
    let mut ways: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for person in raw.iter_mut() {
        if person.path.is_empty() {
            person.path.push(person.person.unit.clone());
        }
        for length in 1..=person.path.len() {
            let way = &person.path[..length];
            ways.entry(way.iter().map(|name| folded(name)).collect())
                .or_insert_with(|| way.to_vec());
        }
    }
    let mut names: HashMap<Vec<String>, String> = HashMap::new();
    let mut told_apart = 0;
    let spell = |way: &[String], above: usize| -> String {
        let from = way.len().saturating_sub(above + 1);
        way[from..].join(" / ")
    };
    let mut open: Vec<&Vec<String>> = ways.keys().collect();
    let mut above = 0;
    while !open.is_empty() {
        let mut same: HashMap<String, usize> = HashMap::new();
        for way in &open {
            *same.entry(spell(way, above)).or_default() += 1;
        }
        let (alone, others): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|way| same[&spell(way, above)] == 1 || way.len() <= above);
        for way in alone {
            let name = spell(&ways[way], above);
            told_apart += usize::from(above > 0);
            names.insert(way.clone(), name);
        }
        open = others;
        above += 1;
    }
    if told_apart > 0 {
        notes.push(format!(
            "{told_apart} units share their name with another; they are told apart by what is above them (`Region / Team`)"
        ));
    }
    for person in raw.iter_mut() {
        let way: Vec<String> = person.path.iter().map(|name| folded(name)).collect();
        if let Some(name) = names.get(&way) {
            person.person.unit.clone_from(name);
        }
    }
    let units = ways.keys().filter_map(|way| {
        Some(Unit {
            unit: names.get(way)?.clone(),
            parent: names.get(&way[..way.len() - 1]).cloned(),
            also_called: Vec::new(),
        })
    });
    Settled {
        units: units.collect(),
        known: true,
        rejects: Vec::new(),
    }
}

fn from_file(raw: &[Raw], table: &Rows, notes: &mut Vec<String>) -> Settled {
    let mut units: Vec<Unit> = Vec::new();
    let mut rejects = table.rejects.clone();
    let mut lines: HashMap<String, u64> = HashMap::new();
    let column = |field: usize| table.columns[field].first().map_or("", String::as_str);
    for row in &table.rows {
        let refuse = |field: usize, reason: String| {
            Reject::new(row.line, column(field), row.cell(field), reason)
        };
        let unit = cleaned(row.cell(at::UNIT_NAME)).text;
        let parent = cleaned(row.cell(at::UNIT_PARENT)).text;
        let too_long = |name: &str| name.chars().count() > LONGEST_NAME;
        if unit.is_empty() {
            rejects.push(refuse(at::UNIT_NAME, "the unit has no name".to_owned()));
        } else if too_long(&unit) || too_long(&parent) {
            let reason = format!("the name is longer than {LONGEST_NAME} characters");
            rejects.push(refuse(at::UNIT_NAME, reason));
        } else if let Some(line) = lines.get(&folded(&unit)) {
            let reason = format!("the unit came before, on row {line}");
            rejects.push(refuse(at::UNIT_NAME, reason));
        } else {
            lines.insert(folded(&unit), row.line);
            let others = row.cell(at::UNIT_OTHERS).split([';', '|']);
            units.push(Unit {
                parent: Some(parent)
                    .filter(|parent| !parent.is_empty() && folded(parent) != folded(&unit)),
                unit,
                also_called: others
                    .map(|name| cleaned(name).text)
                    .filter(|name| !name.is_empty() && !too_long(name))
                    .collect(),
            });
        }
    }
    let named: HashSet<String> = units
        .iter()
        .flat_map(|unit| unit.also_called.iter().chain([&unit.unit]))
        .map(|name| folded(name))
        .collect();
    let unknown: BTreeSet<&str> = raw
        .iter()
        .map(|raw| raw.person.unit.as_str())
        .filter(|name| !named.contains(&folded(name)))
        .collect();
    if !unknown.is_empty() {
        let some: Vec<String> = unknown
            .iter()
            .take(10)
            .map(|name| format!("`{name}`"))
            .collect();
        notes.push(format!(
            "{} units of people aren't in the file of units and stand under nothing: {}",
            unknown.len(),
            some.join(", ")
        ));
    }
    Settled {
        units,
        known: true,
        rejects,
    }
}

/// A unit comes under the unit of the manager of whoever leads most of it.
fn from_managers(raw: &[Raw], notes: &mut Vec<String>) -> Settled {
    let place: HashMap<&str, usize> = raw
        .iter()
        .enumerate()
        .map(|(at, raw)| (raw.person.id.as_str(), at))
        .collect();
    let manager = |at: usize| {
        raw[at]
            .person
            .manager
            .as_deref()
            .and_then(|id| place.get(id))
            .copied()
    };
    let unit = |at: usize| folded(&raw[at].person.unit);
    let mut spelled: BTreeMap<String, &str> = BTreeMap::new();
    // By unit and by the person at the head of a part of it, how many that part has.
    let mut led: BTreeMap<String, BTreeMap<usize, usize>> = BTreeMap::new();
    let mut has_managers = false;
    for at in 0..raw.len() {
        let here = unit(at);
        spelled.entry(here.clone()).or_insert(&raw[at].person.unit);
        let mut head = at;
        // Circles are refused later; here they only must end.
        for _ in 0..raw.len().min(100) {
            match manager(head).filter(|above| unit(*above) == here) {
                Some(above) => head = above,
                None => break,
            }
        }
        has_managers |= raw[at].person.manager.is_some();
        *led.entry(here).or_default().entry(head).or_default() += 1;
    }
    let mut parents: BTreeMap<String, String> = BTreeMap::new();
    for (here, heads) in &led {
        let most = heads
            .iter()
            .max_by(|one, other| one.1.cmp(other.1).then(other.0.cmp(one.0)));
        if let Some(above) = most.and_then(|(head, _)| manager(*head)) {
            parents.insert(here.clone(), unit(above));
        }
    }
    let mut cut: BTreeSet<String> = BTreeSet::new();
    for start in parents.keys() {
        let mut way = vec![start];
        while let Some(next) = way.last().and_then(|last| parents.get(*last)) {
            if let Some(from) = way.iter().position(|earlier| *earlier == next) {
                cut.extend(way[from..].iter().map(|name| (*name).clone()));
                break;
            }
            way.push(next);
        }
    }
    if !cut.is_empty() {
        let some: Vec<String> = cut
            .iter()
            .take(10)
            .filter_map(|name| spelled.get(name))
            .map(|name| format!("`{name}`"))
            .collect();
        notes.push(format!(
            "by their managers these units are above one another; they were put under nothing: {}; a file of units can say it",
            some.join(", ")
        ));
    }
    parents.retain(|unit, _| !cut.contains(unit));
    let spell = |name: &String| spelled.get(name).map(|name| (*name).to_owned());
    let units = spelled.keys().filter_map(|name| {
        Some(Unit {
            unit: spell(name)?,
            parent: parents.get(name).and_then(spell),
            also_called: Vec::new(),
        })
    });
    Settled {
        units: units.collect(),
        known: has_managers,
        rejects: Vec::new(),
    }
}
