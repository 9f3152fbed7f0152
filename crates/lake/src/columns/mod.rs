//! Which column of a file is which field: by name, by alias, by the user's map, or by a preset.

mod choice;
mod contents;
pub(crate) mod contract;
mod header;
pub(crate) mod missing;
pub(crate) mod plan;
pub(crate) mod preset;
pub(crate) mod questions;
mod sheets;

/// A name without case, spaces or punctuation: `Open Text` and `open_text` are one.
pub(crate) fn plain_name(name: &str) -> String {
    name.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The nearest of some names by edit distance, if one is near enough to be meant.
pub(crate) fn nearest<'a>(name: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let plain: Vec<char> = plain_name(name).chars().collect();
    among
        .map(|other| {
            (
                distance(&plain, &plain_name(other).chars().collect::<Vec<_>>()),
                other,
            )
        })
        .filter(|(apart, other)| *apart <= 1 + plain.len().max(other.chars().count()) / 3)
        .min_by_key(|(apart, _)| *apart)
        .map(|(_, other)| other)
}

/// Levenshtein's distance.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (place, against) in other.iter().enumerate() {
            let change = diagonal + usize::from(letter != against);
            diagonal = row[place + 1];
            row[place + 1] = change.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_meant() {
        let columns = ["feedback", "criticality", "organization"];
        let check =
            |name, expected| assert_eq!(nearest(name, columns.into_iter()), expected, "{name}");
        check("feeback", Some("feedback"));
        check("Feed back", Some("feedback"));
        check("organisation", Some("organization"));
        check("score", None);
    }
}
