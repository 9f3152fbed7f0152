//! `product`: the delta method against draws, and joint products.

use crate::reference::check;
use crate::simulate::{Plan, grams};
use throughline_stats::clustered::{Intercept, fit};
use throughline_stats::product::{product, product_by_draws, products};
use throughline_stats::share::shares;
use throughline_stats::{Answer, NoAnswer, Spread};

fn answer(value: f64, se: f64, df: f64) -> Answer {
    Answer {
        value,
        n: 500,
        spread: Spread::symmetric(value, se, df),
    }
}

#[test]
fn delta_by_hand() {
    let (a, b) = (answer(0.2, 0.02, 40.0), answer(-1.5, 0.3, 12.0));
    let got = product(&a, &b, 0.001).expect("product");
    let spread = got.spread.expect("spread");
    check("value", got.value, -0.3, 1e-12);
    // 1.5²·.02² + .2²·.3² - 2·.2·1.5·.001
    check("se", spread.se, (0.0009f64 + 0.0036 - 0.0006).sqrt(), 1e-12);
    let (from_a, from_b) = (0.0009f64, 0.0036f64);
    let df = (from_a + from_b).powi(2) / (from_a * from_a / 40.0 + from_b * from_b / 12.0);
    check("df", spread.df, df, 1e-9);
}

#[test]
fn draws_agree_with_delta_where_errors_are_small() {
    let (a, b) = (answer(0.2, 0.01, 80.0), answer(-1.5, 0.1, 50.0));
    for covariance in [-0.0005, 0.0, 0.0005] {
        let delta = product(&a, &b, covariance)
            .expect("product")
            .ends()
            .expect("ends");
        let drawn = product_by_draws(&a, &b, covariance, 40_000, 5).expect("product");
        let drawn = drawn.ends().expect("ends");
        // Ends of 40,000 draws are good to about 2% of the half-width; the product's skew, which
        // the delta method leaves out, moves them by some 5% more.
        let half = (delta.1 - delta.0) / 2.0;
        assert!(
            (delta.0 - drawn.0).abs() < 0.1 * half,
            "{delta:?} {drawn:?}"
        );
        assert!(
            (delta.1 - drawn.1).abs() < 0.1 * half,
            "{delta:?} {drawn:?}"
        );
    }
}

#[test]
fn a_missing_interval_stays_missing() {
    let none = Answer {
        value: 2.0,
        n: 9,
        spread: Err(NoAnswer::NoVariation),
    };
    let got = product(&answer(0.2, 0.1, 5.0), &none, 0.0).expect("value");
    assert_eq!((got.value, got.spread), (0.4, Err(NoAnswer::NoVariation)));
    let drawn = product_by_draws(&none, &none, 0.0, 500, 1).expect("value");
    assert_eq!(drawn.spread, Err(NoAnswer::NoVariation));
    assert!(matches!(
        product(&none, &none, f64::NAN),
        Err(NoAnswer::NotFinite { .. })
    ));
}

#[test]
fn joint_products_are_the_single_ones() {
    let plan = Plan::usual();
    let columns: Vec<usize> = (0..plan.shares.len()).collect();
    let grams = grams(plan.clusters, columns.len(), &plan.rows(8));
    let shares = shares(&grams, &columns).expect("shares");
    let fit = fit(&grams, Intercept::WithinCluster, &columns).expect("fit");
    let joint = products(&shares, &fit).expect("products");
    assert_eq!(joint.answered, columns);
    for k in columns {
        let got = joint.answers[k].as_ref().expect("answer");
        let se = got.spread.as_ref().expect("spread").se;
        // The diagonal of the joint covariance is the square of the single error.
        check("variance", joint.covariance.get(k, k), se * se, 1e-10);
        let slope = fit.coefficients[k].slope.as_ref().expect("slope");
        check(
            "value",
            got.value,
            slope.value * shares.answers[k].value,
            1e-12,
        );
    }
    let fewer = throughline_stats::share::shares(&grams, &[0, 1]).expect("shares");
    assert!(matches!(
        products(&fewer, &fit),
        Err(NoAnswer::Shape { .. })
    ));
}
