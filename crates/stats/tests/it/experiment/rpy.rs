//! Against R (`tools/reference/experiment.R`) and confseq's betting (`tools/reference/betting.py`).
//!
//! Tolerance: the same formulas in double precision, 1e-9; where R stops an optimiser or where our
//! sums are scaled first, 1e-8.

use crate::reference::{check, numbers, read};
use serde_json::Value;
use throughline_stats::experiment::clustered::Clusters;
use throughline_stats::experiment::cuped::{RelativeError, cuped};
use throughline_stats::experiment::fixed::{Comparison, Side, shares, welch};
use throughline_stats::experiment::sequence::betting;
use throughline_stats::experiment::several::{Adjustment, adjust};
use throughline_stats::experiment::split::chi_square;
use throughline_stats::experiment::{Arm, PairedArm, Scale};

fn number(value: &Value) -> f64 {
    value.as_f64().expect("number")
}

fn cases<'a>(file: &'a Value, name: &str) -> &'a Vec<Value> {
    file[name].as_array().expect("cases")
}

fn paired(value: &Value) -> PairedArm {
    PairedArm::of_values(&numbers(&value["y"]), &numbers(&value["x"])).expect("an arm")
}

/// Checks whatever of value, se, df, low, high and p the case holds.
fn same(what: &str, found: &Comparison, case: &Value, tolerance: f64) {
    let fields = [
        ("value", found.value),
        ("se", found.spread.se),
        ("df", found.spread.df),
        ("low", found.spread.low),
        ("high", found.spread.high),
        ("p", found.p),
    ];
    for (name, got) in fields {
        if let Some(expected) = case[name].as_f64() {
            check(&format!("{what} {name}"), got, expected, tolerance);
        }
    }
}

#[test]
fn welch_equals_r() {
    for (k, case) in cases(&read("experiment"), "welch").iter().enumerate() {
        let what = format!("welch {k}");
        let arm = |name: &str| Arm::of_values(&numbers(&case[name])).expect("an arm");
        let (a, b) = (arm("a"), arm("b"));
        let found = welch(&a, &b, Scale::Absolute, 0.05).expect("a comparison");
        same(&what, &found, case, 1e-9);
        let strict = welch(&a, &b, Scale::Absolute, 0.01).expect("a comparison");
        check(&what, strict.spread.low, number(&case["low99"]), 1e-9);
        check(&what, strict.spread.high, number(&case["high99"]), 1e-9);
        for (side, name) in [(Side::Greater, "greater"), (Side::Less, "less")] {
            let found = found.one_sided(side, 0.05);
            check(&what, found.bound, number(&case[name]["bound"]), 1e-9);
            check(&what, found.p, number(&case[name]["p"]), 1e-9);
        }
    }
}

#[test]
fn shares_equal_r() {
    for (k, case) in cases(&read("experiment"), "share").iter().enumerate() {
        let arm = |name: &str| {
            let counts = numbers(&case[name]);
            Arm::of_share(counts[1] as u64, counts[0] as u64).expect("an arm")
        };
        let found = shares(&arm("a"), &arm("b"), 0.05).expect("a comparison");
        same(&format!("share {k}"), &found, case, 1e-9);
    }
}

#[test]
fn ratios_equal_r() {
    for case in cases(&read("experiment"), "ratio") {
        let arm = |name: &str| paired(&case[name]).ratio().expect("a ratio");
        let (a, b) = (arm("a"), arm("b"));
        let found = welch(&a, &b, Scale::Absolute, 0.05).expect("a comparison");
        same("ratio", &found, case, 1e-9);
        let relative = welch(&a, &b, Scale::Relative, 0.05).expect("a comparison");
        check("relative", relative.value, number(&case["relative"]), 1e-9);
        let se = number(&case["relative_se"]);
        check("relative se", relative.spread.se, se, 1e-9);
    }
}

#[test]
fn cuped_equals_r() {
    for case in cases(&read("experiment"), "cuped") {
        let (a, b) = (paired(&case["a"]), paired(&case["b"]));
        let with = |scale| cuped(&a, &b, scale, RelativeError::Delta, 0.05).expect("adjusted");
        let found = with(Scale::Absolute);
        check("theta", found.theta, number(&case["theta"]), 1e-9);
        same("cuped", &found.comparison, case, 1e-9);
        assert!(found.variance_removed > 0.3);
        let relative = with(Scale::Relative).comparison;
        check("relative", relative.value, number(&case["relative"]), 1e-9);
        // R's derivatives are numeric.
        let se = number(&case["relative_se"]);
        check("relative se", relative.spread.se, se, 1e-7);
    }
}

#[test]
fn clusters_equal_club_sandwich() {
    for case in cases(&read("experiment"), "clusters") {
        let whole = |name: &str| -> Vec<usize> {
            numbers(&case[name]).iter().map(|&v| v as usize).collect()
        };
        let (y, x) = (numbers(&case["y"]), numbers(&case["x"]));
        let clusters =
            Clusters::of_rows(&whole("arm"), &whole("cluster"), &y, &x).expect("clusters");
        let found = clusters.means(Scale::Absolute, 0.05).expect("a comparison");
        same("clusters", &found.comparison, &case["plain"], 1e-8);
        let icc = found.intraclass.expect("rows in clusters");
        check("intraclass", icc, number(&case["intraclass"]), 1e-9);
        let adjusted = clusters.adjusted(Scale::Absolute, 0.05).expect("adjusted");
        same("adjusted", &adjusted.comparison, &case["adjusted"], 1e-8);
    }
}

#[test]
fn splits_and_families_equal_r() {
    let file = read("experiment");
    for case in cases(&file, "split") {
        let observed: Vec<u64> = numbers(&case["observed"])
            .iter()
            .map(|&n| n as u64)
            .collect();
        let found = chi_square(&observed, &numbers(&case["weights"])).expect("a test");
        check(
            "statistic",
            found.statistic,
            number(&case["statistic"]),
            1e-10,
        );
        check("p", found.p, number(&case["p"]), 1e-10);
        for (got, expected) in found.expected.iter().zip(numbers(&case["expected"])) {
            check("expected", *got, expected, 1e-10);
        }
    }
    let p = numbers(&file["adjusted"]["p"]);
    for (adjustment, name) in [
        (Adjustment::Holm, "holm"),
        (Adjustment::BenjaminiHochberg, "bh"),
    ] {
        let found = adjust(&p, adjustment).expect("p-values");
        for (got, expected) in found.iter().zip(numbers(&file["adjusted"][name])) {
            check(name, *got, expected, 1e-12);
        }
    }
}

/// Capital at fixed candidates, and ends of the interval. confseq's ends sit on a grid of 1/1000
/// and are moved outwards by one step, so ours lie inside theirs by at most two steps.
#[test]
fn betting_equals_confseq() {
    for case in cases(&read("betting"), "cases") {
        let x = numbers(&case["x"]);
        let horizon = case["horizon"].as_u64();
        let bets = betting::bets(&x, horizon, 0.05).expect("bets");
        for (got, expected) in bets.iter().zip(numbers(&case["bets"])) {
            check("bet", *got, expected, 1e-9);
        }
        for (place, m) in numbers(&case["m"]).into_iter().enumerate() {
            let (above, below) = betting::log_capital(&x, &bets, m).expect("capital");
            check("above", above, number(&case["above"][place]), 1e-9);
            check("below", below, number(&case["below"][place]), 1e-9);
        }
        let at: Vec<u64> = (1..=x.len() as u64).collect();
        let found = betting::mean(&x, horizon, &at, 0.5, 0.05).expect("a sequence");
        let (lows, highs) = (numbers(&case["low"]), numbers(&case["high"]));
        for (place, look) in found.looks.iter().enumerate() {
            let (low, high) = (lows[place], highs[place]);
            assert!(low <= look.low + 1e-7 && look.low <= low + 0.002 + 1e-7);
            assert!(high + 1e-7 >= look.high && look.high >= high - 0.002 - 1e-7);
        }
    }
}
