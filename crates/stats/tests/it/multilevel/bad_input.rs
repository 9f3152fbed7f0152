//! Whatever a user brings: a reason in words, or an answer without NaN.

use proptest::prelude::*;
use throughline_stats::NoAnswer;
use throughline_stats::answer::Answer;
use throughline_stats::multilevel::{Criterion, Fit, Grouping, Model, fit, parts, resemblance};

/// 30 rows in 6 groups with `x`, `y` that are neither constant nor exact.
fn usual() -> (Vec<usize>, Vec<f64>, Vec<f64>) {
    let group: Vec<usize> = (0..30).map(|row| row % 6).collect();
    let x: Vec<f64> = (0..30).map(|row| f64::from((row * 7) % 11)).collect();
    let y = (0..30)
        .map(|row| f64::from((row * 13) % 17) + 0.3 * f64::from(row % 6))
        .collect();
    (group, x, y)
}

fn run(
    y: &[f64],
    fixed: &[&[f64]],
    group: &[usize],
    groups: usize,
    slopes: &[&[f64]],
) -> Result<Fit, NoAnswer> {
    fit(&Model {
        outcome: y,
        fixed,
        intercept: true,
        groupings: &[Grouping {
            group,
            groups,
            intercept: true,
            slopes,
            correlated: true,
        }],
        criterion: Criterion::Restricted,
    })
}

fn reason(result: Result<Fit, NoAnswer>) -> NoAnswer {
    result.map(|_| ()).expect_err("a reason")
}

#[test]
fn edges_have_reasons() {
    let (group, x, y) = usual();
    let constant = vec![4.0; 30];
    assert_eq!(reason(run(&[], &[], &[], 0, &[])), NoAnswer::Empty);
    assert_eq!(
        reason(run(&constant, &[&x], &group, 6, &[])),
        NoAnswer::NoVariation
    );
    assert_eq!(
        reason(run(&y, &[&x, &constant], &group, 6, &[])),
        NoAnswer::ConstantColumn {
            what: "predictor",
            column: 1
        }
    );
    assert_eq!(
        reason(run(&y, &[&x], &group, 6, &[&constant])),
        NoAnswer::ConstantColumn {
            what: "random slope",
            column: 0
        }
    );
    assert_eq!(
        reason(run(&y, &[&x], &[0; 30], 1, &[])),
        NoAnswer::TooFewGroups {
            grouping: 0,
            n: 1,
            needed: 2
        }
    );
    // Groups without rows don't count.
    assert_eq!(
        reason(run(&y, &[&x], &[3; 30], 9, &[])),
        NoAnswer::TooFewGroups {
            grouping: 0,
            n: 1,
            needed: 2
        }
    );
    let double: Vec<f64> = x.iter().map(|v| 3.0 - 2.0 * v).collect();
    assert_eq!(
        reason(run(&y, &[&x, &double], &group, 6, &[])),
        NoAnswer::Inseparable {
            what: "predictor",
            columns: vec![0, 1]
        }
    );
    assert_eq!(
        reason(run(&y, &[&x], &group, 6, &[&x, &double])),
        NoAnswer::Inseparable {
            what: "random slope",
            columns: vec![0, 1]
        }
    );
    let own: Vec<usize> = (0..30).collect();
    assert_eq!(
        reason(run(&y, &[&x], &own, 30, &[])),
        NoAnswer::MoreEffectsThanRows {
            grouping: 0,
            effects: 30,
            rows: 30
        }
    );
    let pairs: Vec<usize> = (0..30).map(|row| row / 2).collect();
    assert_eq!(
        reason(run(&y, &[&x], &pairs, 15, &[&x])),
        NoAnswer::MoreEffectsThanRows {
            grouping: 0,
            effects: 30,
            rows: 30
        }
    );
    assert_eq!(
        reason(run(&y[..2], &[&x[..2]], &group[..2], 6, &[])),
        NoAnswer::TooFewRows { n: 2, needed: 3 }
    );
    assert_eq!(
        reason(run(&y, &[&x[..9]], &group, 6, &[])),
        NoAnswer::Shape {
            expected: 30,
            got: 9
        }
    );
    assert_eq!(
        reason(run(&y, &[&x], &group, 4, &[])),
        NoAnswer::Shape {
            expected: 4,
            got: 4
        }
    );
    // The outcome is a sum of a predictor and the groups.
    let exact: Vec<f64> = x
        .iter()
        .zip(&group)
        .map(|(x, &g)| 2.0 * x + (g * g) as f64)
        .collect();
    assert_eq!(
        reason(run(&exact, &[&x], &group, 6, &[])),
        NoAnswer::ExactFit
    );
    assert_eq!(reason(run(&x, &[&x], &group, 6, &[])), NoAnswer::ExactFit);
    let none = fit(&Model {
        outcome: &y,
        fixed: &[&x],
        intercept: true,
        groupings: &[],
        criterion: Criterion::Full,
    });
    assert_eq!(reason(none), NoAnswer::Empty);
}

#[test]
fn numbers_that_are_none_are_named() {
    let (group, x, y) = usual();
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut there = x.clone();
        there[7] = bad;
        assert!(matches!(
            reason(run(&y, &[&there], &group, 6, &[])),
            NoAnswer::NotFinite { .. }
        ));
        assert!(matches!(
            reason(run(&there, &[&x], &group, 6, &[])),
            NoAnswer::NotFinite { .. }
        ));
        assert!(matches!(
            reason(run(&y, &[&x], &group, 6, &[&there])),
            NoAnswer::NotFinite { .. }
        ));
        assert!(parts(&there, &group, 6).is_err());
        assert!(resemblance(&there, &group, 6).is_err());
    }
    let mut far = x.clone();
    far[3] = 1e300;
    assert!(matches!(
        reason(run(&y, &[&far], &group, 6, &[])),
        NoAnswer::OutOfRange { .. }
    ));
    assert!(matches!(
        reason(run(&far, &[&x], &group, 6, &[])),
        NoAnswer::OutOfRange { .. }
    ));
}

#[test]
fn reasons_are_in_plain_words() {
    let said = NoAnswer::MoreEffectsThanRows {
        grouping: 0,
        effects: 30,
        rows: 20,
    }
    .to_string();
    assert_eq!(
        said,
        "grouping `0` has `30` effects but there are only `20` rows; \
         hint: allow fewer slopes to differ, or use larger groups"
    );
    let said = NoAnswer::Inseparable {
        what: "predictor",
        columns: vec![0, 2],
    }
    .to_string();
    assert_eq!(
        said,
        "predictors `[0, 2]` can't be told apart, each follows from the others; hint: leave one out"
    );
}

/// One enormous or tiny unit is fine as long as it is within range.
#[test]
fn extreme_units_have_answers() {
    let (group, x, y) = usual();
    for unit in [1e-90, 1e-30, 1e30, 1e90] {
        let other: Vec<f64> = y.iter().map(|v| v * unit).collect();
        let fitted = run(&other, &[&x], &group, 6, &[&x]).expect("a fit");
        let plain = run(&y, &[&x], &group, 6, &[&x]).expect("a fit");
        let ratio = fitted.coefficients[1].estimate.value / unit;
        assert!(
            (ratio - plain.coefficients[1].estimate.value).abs() < 1e-6,
            "{unit}: {ratio}"
        );
        // The interval too: degrees of freedom don't depend on the unit.
        for (one, other) in fitted.coefficients.iter().zip(&plain.coefficients) {
            let df = |of: &Answer| of.spread.as_ref().map(|spread| spread.df).expect("a df");
            let (one, other) = (df(&one.estimate), df(&other.estimate));
            assert!((one / other - 1.0).abs() < 1e-6, "{unit}: {one} {other}");
        }
    }
}

/// An error whose square vanishes is called so, not called nothing.
#[test]
fn squares_beyond_numbers_are_the_reason_given() {
    let (group, x, y) = usual();
    let large: Vec<f64> = x.iter().map(|v| v * 1e90).collect();
    let small: Vec<f64> = y.iter().map(|v| v * 1e-90).collect();
    let fitted = run(&small, &[&large], &group, 6, &[]).expect("a fit");
    assert_eq!(
        fitted.coefficients[1].estimate.spread,
        Err(NoAnswer::BeyondNumbers)
    );
    let mut lone = y.clone();
    lone[3] = 1e90;
    let fitted = run(&lone, &[&x], &group, 6, &[]).expect("a fit");
    assert!(fitted.coefficients[1].estimate.spread.is_ok());
}

/// Two groups, two predictors about the outcome.
type Row = (usize, usize, i32, i32, i32);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Small random tables of few values: constant columns, lone rows, exact fits and all.
    #[test]
    fn an_answer_or_a_reason_never_nan(
        table in prop::collection::vec((0usize..4, 0usize..3, -2i32..3, -2i32..3, -1i32..2), 0..26),
        crossed: bool, correlated: bool, slope: bool, full: bool,
    ) {
        let column = |f: &dyn Fn(&Row) -> i32| -> Vec<f64> {
            table.iter().map(|row| f64::from(f(row))).collect()
        };
        let (x, y, z) = (column(&|r| r.2), column(&|r| r.3), column(&|r| r.4));
        let first: Vec<usize> = table.iter().map(|r| r.0).collect();
        let second: Vec<usize> = table.iter().map(|r| r.1).collect();
        let slopes: Vec<&[f64]> = if slope { vec![&x] } else { vec![] };
        let mut groupings = vec![Grouping { group: &first, groups: 4, intercept: true, slopes: &slopes, correlated }];
        if crossed {
            groupings.push(Grouping { group: &second, groups: 3, intercept: true, slopes: &[], correlated: true });
        }
        let criterion = if full { Criterion::Full } else { Criterion::Restricted };
        let fitted = fit(&Model { outcome: &y, fixed: &[&x, &z], intercept: true, groupings: &groupings, criterion });
        if let Ok(fitted) = fitted {
            prop_assert!(fitted.log_likelihood.is_finite() && fitted.residual_sd > 0.0);
            for c in &fitted.coefficients {
                prop_assert!(c.estimate.value.is_finite());
                if let Ok(s) = &c.estimate.spread {
                    prop_assert!(s.low.is_finite() && s.high.is_finite() && s.se.is_finite() && s.df > 0.0);
                }
            }
            for e in &fitted.effects {
                prop_assert!(e.predicted.iter().chain(&e.predicted_errors).chain(e.covariance.values()).all(|v| v.is_finite()));
            }
        }
    }
}
