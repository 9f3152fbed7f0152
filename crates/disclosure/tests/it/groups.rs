use std::collections::BTreeMap;
use throughline_disclosure::merged;

fn check(counts: &[(&str, u64)], parents: &[(&str, &str)], expected: &[(&str, u64)]) {
    let counts = counts
        .iter()
        .map(|(name, n)| ((*name).to_owned(), *n))
        .collect();
    let parents: BTreeMap<String, String> = parents
        .iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect();
    let got: Vec<(String, u64)> = merged(&counts, &parents, 5)
        .into_iter()
        .map(|g| (g.name, g.people))
        .collect();
    let expected: Vec<(String, u64)> = expected
        .iter()
        .map(|(name, n)| ((*name).to_owned(), *n))
        .collect();
    assert_eq!(got, expected);
}

#[test]
fn small_groups_join_their_parent() {
    check(
        &[("north 1", 3), ("north 2", 4), ("south 1", 9)],
        &[
            ("north 1", "north"),
            ("north 2", "north"),
            ("south 1", "south"),
        ],
        &[("south 1", 9), ("north", 7)],
    );
}

#[test]
fn merging_climbs_until_the_group_is_large_enough() {
    check(
        &[("team", 2), ("area", 2)],
        &[("team", "area"), ("area", "region")],
        &[],
    );
    check(
        &[("team", 2), ("area", 2), ("region", 1)],
        &[("team", "area"), ("area", "region")],
        &[("region", 5)],
    );
}

#[test]
fn what_has_no_parent_is_withheld() {
    check(&[("alone", 4)], &[], &[]);
    check(&[("alone", 5)], &[], &[("alone", 5)]);
}

#[test]
fn a_unit_above_itself_does_not_loop() {
    check(&[("a", 1), ("b", 1)], &[("a", "b"), ("b", "a")], &[]);
}
