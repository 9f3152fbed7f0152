//! Groups too small to show are merged into their parent, or withheld.

use std::collections::BTreeMap;

/// A group large enough to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// People in it, those of merged children included.
    pub people: u64,
}

/// Merges groups under `minimum` into their parent, level by level; what is still too small at
/// the top is left out. Largest first, ties by name.
///
/// If exactly one child of a parent is too small, it could be found by taking its siblings from
/// the parent; the parent then isn't shown as a total of all but as what was merged into it.
pub fn merged(
    counts: &BTreeMap<String, u64>,
    parent_of: &BTreeMap<String, String>,
    minimum: u64,
) -> Vec<Group> {
    let mut counts = counts.clone();
    // A tree of units is at most as deep as it has nodes: the loop ends even for a bad tree.
    for _ in 0..=parent_of.len() {
        let small: Vec<String> = counts
            .iter()
            .filter(|(name, people)| **people < minimum && parent_of.contains_key(*name))
            .map(|(name, _)| name.clone())
            .collect();
        // Deepest first: a parent waits until its own children have been merged into it.
        let Some(name) = small
            .iter()
            .find(|name| {
                !small
                    .iter()
                    .any(|other| parent_of.get(other) == Some(*name))
            })
            .or(small.first())
        else {
            break;
        };
        if let (Some(people), Some(parent)) = (counts.remove(name), parent_of.get(name)) {
            *counts.entry(parent.clone()).or_default() += people;
        }
    }
    let mut groups: Vec<Group> = counts
        .into_iter()
        .filter(|(_, people)| *people >= minimum)
        .map(|(name, people)| Group { name, people })
        .collect();
    groups.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| a.name.cmp(&b.name)));
    groups
}
