//! `randomise` where all ways can be counted by hand or by brute force.

use super::Table;
use super::made::Plan;
use crate::reference::check;
use throughline_stats::NoAnswer;
use throughline_stats::effect::randomise::test;
use throughline_stats::effect::{GroupTime, Options, estimate};

/// Two periods; the first `treated` units start in the second.
fn two_periods(changes: &[f64], treated: usize) -> GroupTime {
    let mut table = Table::default();
    for (unit, change) in changes.iter().enumerate() {
        for period in 1..=2 {
            table.unit.push(unit);
            table.period.push(period);
            table
                .outcome
                .push(10.0 * unit as f64 + if period == 2 { *change } else { 0.0 });
            table.start.push((unit < treated).then_some(2));
        }
    }
    estimate(&table.panel().expect("a panel"), &Options::default()).expect("a fit")
}

/// Share of ways in which taking `tau` out of the treated leaves at least as large a difference.
fn brute_force(changes: &[f64], treated: usize, tau: f64) -> f64 {
    let n = changes.len();
    let cleaned: Vec<f64> = (0..n)
        .map(|u| changes[u] - if u < treated { tau } else { 0.0 })
        .collect();
    let difference = |chosen: u32| {
        let (mut own, mut others) = (0.0, 0.0);
        for (u, change) in cleaned.iter().enumerate() {
            if chosen >> u & 1 == 1 {
                own += change / treated as f64;
            } else {
                others += change / (n - treated) as f64;
            }
        }
        own - others
    };
    let seen = difference((1 << treated) - 1).abs();
    let ways: Vec<u32> = (0..1u32 << n)
        .filter(|c| c.count_ones() as usize == treated)
        .collect();
    let large = ways
        .iter()
        .filter(|c| difference(**c).abs() >= seen - 1e-9)
        .count();
    large as f64 / ways.len() as f64
}

#[test]
fn exact_where_countable() {
    let changes = [3.1, 2.2, 4.0, 0.3, -0.4, 1.1, 0.6, -1.2, 0.9, 0.2];
    let found = test(&two_periods(&changes, 3), 1).expect("a test");
    assert_eq!(
        (found.ways, found.exact, found.treated),
        (Some(120), true, 3)
    );
    // The three largest changes are the treated ones: no other way does as well.
    check("p", found.p, 1.0 / 120.0, 1e-12);
    check(
        "p by brute force",
        found.p,
        brute_force(&changes, 3, 0.0),
        1e-12,
    );
    check("value", found.value, 3.1 - 1.5 / 7.0, 1e-12);
    // Just inside its ends an effect is kept, just outside it is refused.
    for (end, inwards) in [(found.ends.0, 1.0), (found.ends.1, -1.0)] {
        assert!(brute_force(&changes, 3, end + 1e-6 * inwards) > 0.05);
        assert!(brute_force(&changes, 3, end - 1e-6 * inwards) <= 0.05);
    }
}

#[test]
fn staggered_starts_are_counted_too() {
    let (table, _) = Plan::usual(9, 6, &[(3, 2), (5, 1)]).make(3);
    let fit = estimate(&table.panel().expect("a panel"), &Options::default()).expect("a fit");
    let found = test(&fit, 1).expect("a test");
    // 9! / (6! 2! 1!)
    assert_eq!((found.ways, found.exact), (Some(252), true));
    let averages = fit.averages().expect("averages");
    check("value", found.value, averages.overall.value, 1e-12);
    assert!(
        (found.p * 252.0)
            .fract()
            .min(1.0 - (found.p * 252.0).fract())
            < 1e-9
    );
}

#[test]
fn drawn_where_not_countable() {
    let (table, _) = Plan::usual(40, 8, &[(5, 9)]).make(5);
    let fit = estimate(&table.panel().expect("a panel"), &Options::default()).expect("a fit");
    let found = test(&fit, 1).expect("a test");
    assert!(!found.exact && found.ways > Some(20_000));
    assert_eq!(found, test(&fit, 1).expect("the same again"));
    let other = test(&fit, 2).expect("another seed");
    assert!((found.p - other.p).abs() < 0.03);
}

#[test]
fn too_few_ways_is_said() {
    let few = test(&two_periods(&[1.0, 2.0, 0.5, 0.1, 0.7], 1), 1);
    assert_eq!(
        few,
        Err(NoAnswer::TooFewWays {
            ways: 5,
            needed: 20
        })
    );
    let equal = test(&two_periods(&[1.0; 12], 3), 1);
    assert_eq!(equal, Err(NoAnswer::NoVariation));
}
