//! Few groups: Kenward and Roger's adjusted covariance against R's pbkrtest
//! (`tools/reference/multilevel_few.R`).
//!
//! Both sides work out the same sums at the same lowest point, but lme4's search ends about 1e-6
//! from it in the variances, in which the adjustment is steep: 1e-4 of the adjusted variances.

use super::reference::{fit_case, within_between};
use crate::reference::{check, numbers, read};
use serde_json::Value;
use throughline_stats::answer::t_quantile;
use throughline_stats::multilevel::{Criterion, Fit, Grouping, Model, fit};

const ADJUSTED: f64 = 1e-4;

fn compare(name: &str, theirs: &Value, ours: &Fit) {
    let adjusted = ours.adjusted.as_ref().expect("an adjusted covariance");
    let loglik = theirs["loglik"].as_f64().expect("a number");
    check(
        &format!("{name}: loglik"),
        ours.log_likelihood,
        loglik,
        1e-7,
    );
    let rows = theirs["adjusted"].as_array().expect("rows");
    for (k, (row, coefficient)) in rows.iter().zip(&ours.coefficients).enumerate() {
        let spread = coefficient.estimate.spread.as_ref().expect("a spread");
        let row = numbers(row);
        let size = row[k];
        for (j, theirs) in row.iter().enumerate() {
            // By the size of the variances, which are small numbers.
            let (ours, other) = (adjusted.get(k, j) / size, theirs / size);
            check(
                &format!("{name}: adjusted {k} {j}"),
                ours,
                other,
                ADJUSTED * other.abs().max(1.0),
            );
        }
        let half = t_quantile(spread.df) * size.sqrt();
        let (low, high) = coefficient.estimate.ends().expect("an interval");
        check(
            &format!("{name}: width {k}"),
            0.5 * (high - low) / half,
            1.0,
            2e-4,
        );
    }
}

#[test]
fn equals_pbkrtest() {
    let (all, few) = (read("multilevel"), read("multilevel_few"));
    let mut compared = 0;
    for theirs in few["known"].as_array().expect("cases") {
        let name = theirs["name"].as_str().expect("a name");
        let case = all["cases"]
            .as_array()
            .expect("cases")
            .iter()
            .find(|case| case["name"] == theirs["name"])
            .expect("a case");
        let column = |name: &str| within_between(case, name);
        compare(name, theirs, &fit_case(case, true, &column));
        compared += 1;
    }
    for case in few["cases"].as_array().expect("cases") {
        let name = case["name"].as_str().expect("a name");
        let column = |name: &str| numbers(&case["data"][name]);
        compare(name, &case["few"], &fit_case(case, true, &column));
        compared += 1;
    }
    assert_eq!(compared, 21);
}

/// One mean a group and nothing else: the interval is that of a t-test on the groups' means.
#[test]
fn equal_groups_are_a_t_test_on_their_means() {
    let means = [1.0, 4.0, 2.5, 3.0, 6.5, 2.0, 5.0];
    let (mut group, mut outcome) = (vec![], vec![]);
    for (g, mean) in means.iter().enumerate() {
        for step in [-0.5, -0.1, 0.2, 0.4] {
            group.push(g);
            outcome.push(mean + step);
        }
    }
    let ours = fit(&Model {
        outcome: &outcome,
        fixed: &[],
        intercept: true,
        groupings: &[Grouping {
            group: &group,
            groups: means.len(),
            intercept: true,
            slopes: &[],
            correlated: true,
        }],
        criterion: Criterion::Restricted,
    })
    .expect("a fit");
    let n = means.len() as f64;
    let centre = means.iter().sum::<f64>() / n;
    let spread = means.iter().map(|m| (m - centre).powi(2)).sum::<f64>() / (n - 1.0);
    let got = ours.coefficients[0]
        .estimate
        .spread
        .as_ref()
        .expect("a spread");
    // From differences with steps of 5e-4.
    check("df", got.df, n - 1.0, 1e-5);
    check("se", got.se, (spread / n).sqrt(), 1e-6);
    let half = t_quantile(n - 1.0) * (spread / n).sqrt();
    check("low", got.low, centre - half, 1e-5);
}
