//! `misclassify`: edges, and coverage after a simulated review.

use crate::mislabel::{Errors, fourteen, simulate};
use crate::simulate::{Plan, grams};
use throughline_stats::NoAnswer;
use throughline_stats::clustered::{Intercept, fit};
use throughline_stats::misclassify::{Review, ReviewRow, correct, rates};
use throughline_stats::share::shares;

/// The brief asks for 85% after a review of 200; both kinds of error: wrong labels on any row, and
/// in place of another theme's.
#[test]
fn intervals_cover_after_a_review_of_two_hundred() {
    let (plan, wrong) = fourteen();
    for moved in [0.1, 0.8] {
        let errors = Errors {
            wrong: wrong.clone(),
            missed: 0.08,
            moved,
        };
        let got = simulate(&errors, &plan, 200, 0..20);
        let text = format!(
            "moved {moved}: slopes {:.3} (as is {:.3}), sizes {:.3} (as is {:.3}), ratio {:.3} (as is {:.3})",
            got.slopes, got.slopes_as_is, got.sizes, got.sizes_as_is, got.ratio, got.ratio_as_is
        );
        println!("{text}");
        assert!(got.slopes >= 0.88 && got.sizes >= 0.88, "{text}");
        assert!((got.ratio - 1.0).abs() < 0.06, "{text}");
    }
}

#[test]
fn edges_have_reasons() {
    let row = |assigned: &[usize], named: &[usize]| ReviewRow {
        assigned: assigned.to_vec(),
        named: named.to_vec(),
        weight: 1.0,
    };
    assert_eq!(
        Review::of(2, &[row(&[0], &[2])]),
        Err(NoAnswer::Shape {
            expected: 2,
            got: 2
        })
    );
    let weightless = ReviewRow {
        weight: 0.0,
        ..row(&[0], &[0])
    };
    assert!(matches!(
        Review::of(2, &[weightless]),
        Err(NoAnswer::OutOfRange { .. })
    ));
    let few = Review::of(2, &vec![row(&[0], &[0]); 19]).expect("review");
    let judged = NoAnswer::TooFewJudged { n: 19, needed: 20 };
    assert_eq!(rates(&few, &[0.1, 0.1]).map(|_| ()), Err(judged));
    assert!(matches!(
        rates(&few, &[0.1]).map(|_| ()),
        Err(NoAnswer::Shape { .. })
    ));
    assert!(matches!(
        rates(&few, &[0.1, 1.1]).map(|_| ()),
        Err(NoAnswer::OutOfRange { .. })
    ));
}

#[test]
fn labels_that_say_nothing_are_refused_and_the_rest_answered() {
    let plan = Plan {
        shares: vec![0.3, 0.2],
        slopes: vec![-1.0, -1.0],
        ..Plan::usual()
    };
    let grams = grams(plan.clusters, 2, &plan.rows(1));
    let seen = shares(&grams, &[0, 1]).expect("shares");
    let model = fit(&grams, Intercept::WithinCluster, &[0, 1]).expect("fit");
    // Theme 0 is always right, theme 1 hardly ever.
    let mut rows = Vec::new();
    for i in 0..400 {
        let row = |assigned: usize, named: &[usize]| ReviewRow {
            assigned: vec![assigned],
            named: named.to_vec(),
            weight: 1.0,
        };
        rows.push(row(0, &[0]));
        rows.push(row(1, if i % 20 == 0 { &[1] } else { &[] }));
    }
    let rates = rates(&Review::of(2, &rows).expect("review"), &[0.3, 0.2]).expect("rates");
    let got = correct(&seen, &model, &rates, 500, 2).expect("corrected");
    assert_eq!(got.answered, [0]);
    assert_eq!(got.size_covariance.size(), 1);
    for answer in [&got.slopes[1], &got.sizes[1]] {
        assert!(
            matches!(answer, Err(NoAnswer::LabelsTooPoor { .. })),
            "{answer:?}"
        );
    }
    let before = model.coefficients[0].slope.as_ref().expect("slope").value;
    let after = got.slopes[0].as_ref().expect("slope").value;
    assert!((after / before - 1.0).abs() < 0.03, "{before} {after}");
    // The share of theme 1 shrinks to what was right.
    assert!(got.shares[1].value < 0.1 * seen.answers[1].value + 0.01);
    let few = NoAnswer::TooFewItems {
        n: 100,
        needed: 200,
    };
    assert_eq!(correct(&seen, &model, &rates, 100, 2).map(|_| ()), Err(few));
}
