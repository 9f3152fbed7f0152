//! Against R (`tools/reference/drivers.R`): `lm` over every ordering, `svd`, clubSandwich; and
//! against figures that others published.
//!
//! Tolerance 1e-9: both sides work in double precision; R's file has 15 digits. Slopes' errors and
//! degrees of freedom 1e-7: clubSandwich takes powers of near-singular matrices.

use super::{QUICK, fitted, shares};
use crate::reference::{check, numbers, read};
use throughline_stats::NoAnswer;
use throughline_stats::drivers::Options;

fn columns(value: &serde_json::Value) -> Vec<Vec<f64>> {
    value
        .as_array()
        .expect("columns")
        .iter()
        .map(numbers)
        .collect()
}

/// `auto_unbox` writes a lone number without its array.
fn list(value: &serde_json::Value) -> Vec<f64> {
    value
        .as_f64()
        .map_or_else(|| numbers(value), |one| vec![one])
}

#[test]
fn equals_the_definitions_in_r() {
    for case in read("drivers")["cases"].as_array().expect("cases") {
        let name = case["name"].as_str().expect("name");
        let (y, x) = (numbers(&case["y"]), columns(&case["x"]));
        let clusters: Option<Vec<usize>> = case["cluster"].as_array().map(|codes| {
            codes
                .iter()
                .filter_map(|code| Some(code.as_u64()? as usize))
                .collect()
        });
        let found = fitted(&y, &x, clusters.as_deref(), &QUICK).expect("an answer");
        check(name, found.r2, case["r2"].as_f64().expect("r2"), 1e-9);
        let adjusted = case["r2_adjusted"].as_f64().expect("adjusted");
        check(name, found.r2_adjusted, adjusted, 1e-9);
        let expected = |key: &str| list(&case[key]);
        for (at, driver) in found.predictors.iter().enumerate() {
            let what = |key: &str| format!("{name}, column {at}, {key}");
            for (key, got) in [
                ("lmg", driver.share),
                ("johnson", driver.johnson),
                ("first", driver.first),
                ("last", driver.last),
                ("standardised", driver.standardised),
            ] {
                check(&what(key), got, expected(key)[at], 1e-9);
            }
            let slope = expected("slope")[at];
            check(&what("slope"), driver.slope.value / slope, 1.0, 1e-9);
            match &driver.slope.spread {
                Ok(spread) => {
                    check(&what("se"), spread.se / expected("se")[at], 1.0, 1e-7);
                    check(&what("df"), spread.df, expected("df")[at], 1e-7);
                }
                // The column that two rows alone know: R gives it an error made of two rows.
                Err(reason) => {
                    assert_eq!((name, at), ("odd", 3), "{reason}");
                    assert_eq!(*reason, NoAnswer::TooFewClusters { n: 1, needed: 2 });
                }
            }
        }
    }
}

/// Johnson's weights as R packages print them: rwa 0.0.3's README for mtcars (seven digits), and
/// `relativeImp` for swiss (twelve).
#[test]
fn johnsons_weights_equal_published_ones() {
    let reference = read("drivers");
    let case = |name: &str| {
        let cases = reference["cases"].as_array().expect("cases");
        let case = cases
            .iter()
            .find(|case| case["name"] == name)
            .expect("the case");
        fitted(&numbers(&case["y"]), &columns(&case["x"]), None, &QUICK).expect("an answer")
    };
    let cars = [0.228_479_7, 0.222_146_9, 0.232_174_4, 0.096_388_6];
    for (driver, expected) in case("mtcars").predictors.iter().zip(cars) {
        check("mtcars", driver.johnson, expected, 5e-8);
    }
    let swiss = [
        0.048_416_895_812,
        0.154_708_249_806,
        0.271_964_104_646,
        0.114_680_029_948,
        0.116_965_721_381,
    ];
    for (driver, expected) in case("swiss").predictors.iter().zip(swiss) {
        check("swiss", driver.johnson, expected, 1e-12);
    }
}

/// LMG shares are "general dominance" by another name: domir's manual for mtcars (seven digits).
#[test]
fn shares_equal_published_ones() {
    let reference = read("drivers");
    let cases = reference["cases"].as_array().expect("cases");
    let case = cases
        .iter()
        .find(|case| case["name"] == "cars")
        .expect("the case");
    let found = fitted(&numbers(&case["y"]), &columns(&case["x"]), None, &QUICK);
    let found = found.expect("an answer");
    for (share, expected) in shares(&found)
        .iter()
        .zip([0.177_489_2, 0.202_703_2, 0.381_784_9])
    {
        check("cars", *share, expected, 5e-8);
    }
}

/// Seventeen columns: R has their shares from all 131,072 subsets.
#[test]
fn sampled_orderings_are_right_within_their_error() {
    let case = &read("drivers")["many"];
    let (y, x, exact) = (
        numbers(&case["y"]),
        columns(&case["x"]),
        numbers(&case["lmg"]),
    );
    let options = Options {
        ordering_pairs: 2_000,
        ..QUICK
    };
    let found = fitted(&y, &x, None, &options).expect("an answer");
    assert!(!found.exact && found.orderings == Some(4_000));
    check("sum", shares(&found).iter().sum(), found.r2, 1e-9);
    let mut within = 0;
    for (driver, exact) in found.predictors.iter().zip(exact) {
        let error = driver.monte_carlo_error.expect("an error");
        assert!(error > 0.0 && error < 0.002, "{error}");
        let far = (driver.share - exact).abs() / error;
        within += usize::from(far < 2.0);
        assert!(far < 4.5, "{far} errors off");
    }
    assert!(within >= 13, "{within} of 17 within two errors");
}
