//! Cells: the only thing an answer says about its sender.
//!
//! A cell is a unit (or one above it) and a role, or any role, to which at least
//! [`LEAST`] people were invited. Cells don't overlap, so that none can be found by taking one
//! from another. Pure; the ledger keeps them, frozen when a round opens.

use std::collections::{BTreeMap, BTreeSet};

/// Invited people a cell needs.
pub const LEAST: usize = 10;

/// The unit of a cell that reaches over several units with nothing above them.
pub const COMPANY: &str = "";

/// Somebody invited: the unit and the role, as frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// Unit by name.
    pub unit: String,
    /// Role by name, where known.
    pub role: Option<String>,
}

/// A unit ancestor and a role group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The unit, or one above it.
    pub unit: String,
    /// The role; `None` is every role of that unit that has no cell of its own, and whoever
    /// came up from units below.
    pub role: Option<String>,
}

/// The cells of an audience, and for each of the invited the place of the cell in the first list.
///
/// From the leaves up: a role with [`LEAST`] people in a unit becomes a cell; the rest become the unit's cell of any role, if they are
/// [`LEAST`]; else they go up to the parent. What is left at a root joins the root's smallest
/// cell; an audience below [`LEAST`] is one cell of the whole [`COMPANY`].
///
/// `parents`: unit -> the unit above.
pub fn cells(
    invited: &[Invited],
    parents: &BTreeMap<String, String>,
) -> (Vec<(Cell, usize)>, Vec<usize>) {
    let mut waiting: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, person) in invited.iter().enumerate() {
        waiting.entry(person.unit.clone()).or_default().push(at);
    }
    let mut units: BTreeSet<String> = waiting.keys().cloned().collect();
    for unit in waiting.keys() {
        units.extend(line(unit, parents));
    }
    let mut order: Vec<(usize, String)> = units
        .into_iter()
        .map(|unit| (line(&unit, parents).len(), unit))
        .collect();
    order.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));

    let mut made: Vec<(Cell, Vec<usize>)> = Vec::new();
    let mut top: Vec<usize> = Vec::new();
    for (_, unit) in &order {
        let mut here = waiting.remove(unit).unwrap_or_default();
        let mut by_role: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in &here {
            if let Some(role) = &invited[*at].role {
                by_role.entry(role).or_default().push(*at);
            }
        }
        let mut taken = BTreeSet::new();
        for (role, people) in by_role {
            if people.len() >= LEAST {
                taken.extend(people.iter().copied());
                let role = Some(role.to_owned());
                let unit = unit.clone();
                made.push((Cell { unit, role }, people));
            }
        }
        here.retain(|at| !taken.contains(at));
        if here.len() >= LEAST {
            let cell = Cell {
                unit: unit.clone(),
                role: None,
            };
            made.push((cell, here));
        } else if let Some(parent) = parent(unit, parents) {
            waiting.entry(parent).or_default().extend(here);
        } else {
            top.extend(here);
        }
    }
    // Units in a circle hand on to one another; whoever is left there is at the top.
    top.extend(waiting.into_values().flatten());
    top_cells(&mut made, top, invited, parents);
    made.sort_by(|one, other| one.0.cmp(&other.0));
    let mut places = vec![0; invited.len()];
    for (place, (_, people)) in made.iter().enumerate() {
        for at in people {
            places[*at] = place;
        }
    }
    let cells = made
        .into_iter()
        .map(|(cell, people)| (cell, people.len()))
        .collect();
    (cells, places)
}

/// Those left over at the top: first with the smallest cell of their own root, and where that is
/// not enough, with those left over at other roots or the smallest cell of all.
fn top_cells(
    made: &mut Vec<(Cell, Vec<usize>)>,
    top: Vec<usize>,
    invited: &[Invited],
    parents: &BTreeMap<String, String>,
) {
    let root = |unit: &str| line(unit, parents).pop().unwrap_or_else(|| unit.to_owned());
    let mut by_root: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in top {
        by_root.entry(root(&invited[at].unit)).or_default().push(at);
    }
    let mut left = Vec::new();
    for (unit, mut people) in by_root {
        people.extend(smallest(made, |cell| root(&cell.unit) == unit));
        if people.len() >= LEAST {
            add(made, Cell { unit, role: None }, people);
        } else {
            left.extend(people);
        }
    }
    if left.is_empty() {
        return;
    }
    if left.len() < LEAST {
        left.extend(smallest(made, |_| true));
    }
    let company = Cell {
        unit: COMPANY.to_owned(),
        role: None,
    };
    add(made, company, left);
}

/// Takes out the smallest cell of those asked for.
fn smallest(made: &mut Vec<(Cell, Vec<usize>)>, of: impl Fn(&Cell) -> bool) -> Vec<usize> {
    let place = made
        .iter()
        .enumerate()
        .filter(|(_, (cell, _))| of(cell))
        .min_by_key(|(place, (_, people))| (people.len(), *place))
        .map(|(place, _)| place);
    place.map_or_else(Vec::new, |place| made.remove(place).1)
}

fn add(made: &mut Vec<(Cell, Vec<usize>)>, cell: Cell, people: Vec<usize>) {
    match made.iter_mut().find(|(other, _)| *other == cell) {
        Some((_, others)) => others.extend(people),
        None => made.push((cell, people)),
    }
}

fn parent(unit: &str, parents: &BTreeMap<String, String>) -> Option<String> {
    line(unit, parents).into_iter().next()
}

/// The units above, nearest first; stops where it would come back.
fn line(unit: &str, parents: &BTreeMap<String, String>) -> Vec<String> {
    let mut above: Vec<String> = Vec::new();
    let mut at = unit;
    while let Some(next) = parents.get(at) {
        if next == unit || above.contains(next) {
            break;
        }
        above.push(next.clone());
        at = next;
    }
    above
}

#[cfg(test)]
mod tests {
    use super::{Cell, Invited, LEAST, cells};
    use std::collections::BTreeMap;

    fn people(groups: &[(&str, Option<&str>, usize)]) -> Vec<Invited> {
        let one = |unit: &str, role: Option<&str>| Invited {
            unit: unit.to_owned(),
            role: role.map(str::to_owned),
        };
        groups
            .iter()
            .flat_map(|(unit, role, n)| std::iter::repeat_n(one(unit, *role), *n))
            .collect()
    }

    fn check(
        groups: &[(&str, Option<&str>, usize)],
        parents: &[(&str, &str)],
        expected: &[(&str, Option<&str>, usize)],
    ) {
        let parents: BTreeMap<String, String> = parents
            .iter()
            .map(|(unit, parent)| ((*unit).to_owned(), (*parent).to_owned()))
            .collect();
        let invited = people(groups);
        let (made, places) = cells(&invited, &parents);
        let expected: Vec<(Cell, usize)> = expected
            .iter()
            .map(|(unit, role, n)| {
                let cell = Cell {
                    unit: (*unit).to_owned(),
                    role: role.map(str::to_owned),
                };
                (cell, *n)
            })
            .collect();
        assert_eq!(made, expected);
        for (place, (_, n)) in made.iter().enumerate() {
            assert_eq!(places.iter().filter(|at| **at == place).count(), *n);
            assert!(*n >= LEAST.min(invited.len()));
        }
    }

    #[test]
    fn a_role_of_ten_is_a_cell_and_the_rest_go_up() {
        check(
            &[
                ("north", Some("nurse"), 12),
                ("north", Some("clerk"), 4),
                ("south", None, 9),
            ],
            &[("north", "all"), ("south", "all")],
            &[("all", None, 13), ("north", Some("nurse"), 12)],
        );
    }

    #[test]
    fn what_is_left_at_the_top_joins_the_smallest_cell_of_its_root() {
        check(
            &[("a", None, 14), ("b", None, 11), ("c", None, 3)],
            &[("a", "all"), ("b", "all"), ("c", "all")],
            &[("a", None, 14), ("all", None, 14)],
        );
    }

    #[test]
    fn a_small_root_joins_another() {
        check(&[("a", None, 14), ("b", None, 3)], &[], &[("", None, 17)]);
        check(&[("a", None, 6), ("b", None, 5)], &[], &[("", None, 11)]);
    }

    #[test]
    fn a_team_of_four_is_one_cell() {
        check(&[("a", Some("x"), 4)], &[], &[("", None, 4)]);
        check(&[], &[], &[]);
    }

    #[test]
    fn units_in_a_circle_lose_nobody() {
        check(
            &[("a", None, 6), ("b", None, 6)],
            &[("a", "b"), ("b", "a")],
            &[("b", None, 12)],
        );
    }
}
