//! Assignment: test vectors made with Python's `hmac` (the first is RFC 4231's case 2), shares,
//! independence, balance.

use throughline_stats::NoAnswer;
use throughline_stats::experiment::assign::{arm, balanced, fraction, place};

#[test]
fn places_are_those_in_the_docs() {
    let vectors = [
        (
            "Jefe",
            "what do ya want for nothing?",
            0.358837203762,
            0.414125689779,
        ),
        ("nudge-2026", "u-1", 0.942970811471, 0.710754593724),
        ("nudge-2026", "u-2", 0.578301829604, 0.489309870595),
        ("autumn", "u-1", 0.356045654017, 0.785758104706),
        ("schlüssel", "größe", 0.254096814205, 0.126023401196),
    ];
    for (key, unit, for_arm, for_part) in vectors {
        let place = place(key.as_bytes(), unit.as_bytes()).expect("a place");
        assert!((fraction(place.arm) - for_arm).abs() < 1e-12, "{unit}");
        assert!((fraction(place.part) - for_part).abs() < 1e-12, "{unit}");
    }
    // RFC 4231, case 2: the digest's own bytes.
    let jefe = place(b"Jefe", b"what do ya want for nothing?").expect("a place");
    assert_eq!(jefe.arm, 0x5bdc_c146_bf60_754e);
    assert_eq!(jefe.part, 0x6a04_2426_0895_75c7);
}

fn units(n: usize) -> Vec<String> {
    (0..n).map(|unit| format!("unit-{unit}")).collect()
}

#[test]
fn arms_get_their_weights_and_parts_their_share() {
    let n = 40_000;
    let (mut counts, mut left_out) = ([0usize; 3], 0);
    for unit in units(n) {
        match arm(b"key", unit.as_bytes(), &[2.0, 1.0, 1.0], 0.5).expect("an answer") {
            Some(arm) => counts[arm] += 1,
            None => left_out += 1,
        }
    }
    // Five standard errors of a share of 40,000 are 0.0125.
    let share = |count: usize| count as f64 / n as f64;
    assert!((share(left_out) - 0.5).abs() < 0.0125, "{left_out}");
    for (count, expected) in counts.into_iter().zip([0.25, 0.125, 0.125]) {
        assert!((share(count) - expected).abs() < 0.0125, "{counts:?}");
    }
}

#[test]
fn experiments_with_different_keys_are_independent() {
    let mut both = [[0.0f64; 2]; 2];
    for unit in units(20_000) {
        let of = |key: &[u8]| arm(key, unit.as_bytes(), &[1.0, 1.0], 1.0).expect("an arm");
        let (first, second) = (of(b"one"), of(b"two"));
        both[first.expect("all take part")][second.expect("all take part")] += 1.0;
    }
    // Chi-square of independence, one degree of freedom: 25 is five standard errors.
    let chi: f64 = both
        .iter()
        .flatten()
        .map(|n| (n - 5000.0).powi(2) / 5000.0)
        .sum();
    assert!(chi < 35.0, "{both:?}");
}

#[test]
fn lists_are_balanced_within_strata() {
    let names = units(101);
    let units: Vec<&[u8]> = names.iter().map(|name| name.as_bytes()).collect();
    let strata: Vec<&[u8]> = (0..101)
        .map(|unit| {
            if unit % 3 == 0 {
                &b"north"[..]
            } else {
                &b"south"[..]
            }
        })
        .collect();
    let arms = balanced(b"key", &units, &strata, &[1.0, 1.0]).expect("arms");
    for stratum in [&b"north"[..], &b"south"[..]] {
        let own: Vec<usize> = (0..101)
            .filter(|&k| strata[k] == stratum)
            .map(|k| arms[k])
            .collect();
        let treated = own.iter().sum::<usize>();
        assert!(treated.abs_diff(own.len() - treated) <= 1, "{own:?}");
    }
    // The order of the list doesn't matter.
    let reversed_units: Vec<&[u8]> = units.iter().rev().copied().collect();
    let reversed_strata: Vec<&[u8]> = strata.iter().rev().copied().collect();
    let mut other = balanced(b"key", &reversed_units, &reversed_strata, &[1.0, 1.0]).expect("arms");
    other.reverse();
    assert_eq!(arms, other);
    // Strata of one: the odd one isn't always the control's.
    let alone = balanced(b"key", &units, &units, &[1.0, 1.0]).expect("arms");
    let treated = alone.iter().sum::<usize>();
    assert!((30..=71).contains(&treated), "{treated}");
}

#[test]
fn what_cant_be_assigned_says_why() {
    assert_eq!(place(b"", b"u").map(|_| ()), Err(NoAnswer::Empty));
    assert_eq!(
        arm(b"k", b"u", &[1.0], 1.0),
        Err(NoAnswer::TooFewArms { n: 1 })
    );
    for weight in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(arm(b"k", b"u", &[1.0, weight], 1.0).is_err(), "{weight}");
    }
    assert!(arm(b"k", b"u", &[1.0, 1.0], 1.5).is_err());
    assert!(balanced(b"k", &[b"a"], &[], &[1.0, 1.0]).is_err());
    // Nobody takes part, and everybody does.
    assert_eq!(arm(b"k", b"u", &[1.0, 1.0], 0.0), Ok(None));
    assert!(arm(b"k", b"", &[1.0, 1.0], 1.0).expect("an arm").is_some());
}
