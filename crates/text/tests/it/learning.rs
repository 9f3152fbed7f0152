//! Classifier and regression on text: what they learn, and what they refuse.

use throughline_text::classify::{Classifier, NoClassifier};
use throughline_text::regress::{NoRegression, Regressor};

const EXAMPLES: [(&str, usize); 18] = [
    ("we need better pay and more holidays", 0),
    ("salary is too low for the hours we do", 0),
    ("my manager never listens to me", 0),
    ("there is no career growth here", 0),
    ("please give us flexible working hours", 0),
    ("the bonus was cut again this year", 0),
    ("tell customers how long the wait will be", 1),
    ("answer the phone within a minute", 1),
    ("let us refund customers without asking a supervisor", 1),
    ("send the appointment letter a week earlier", 1),
    ("put clear signs at the entrance for visitors", 1),
    ("a faster booking system would help customers", 1),
    ("everything is fine as it is", 2),
    ("great team, I love working here", 2),
    ("no complaints, all good", 2),
    ("excellent support from my colleagues", 2),
    ("really happy with how things are", 2),
    ("keep up the good work", 2),
];

fn check(text: &str, expected: usize) {
    let classifier = Classifier::fit(&EXAMPLES, 3, 0.1).unwrap();
    let probabilities = classifier.probabilities(text);
    assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    assert!(probabilities.iter().all(|p| (0.0..=1.0).contains(p)));
    let (best, probability) = classifier.best(text);
    assert_eq!(best, expected, "`{text}`: {probabilities:?}");
    assert_eq!(probability, probabilities[best]);
}

#[test]
fn unseen_sentences_fall_in_their_class() {
    check("increase our wages and annual leave", 0);
    check("promotion and salary hikes are unfair", 0);
    check("call customers back on the same day", 1);
    check("shorter waiting times at the desk for visitors", 1);
    check("I am very pleased with everything here", 2);
}

#[test]
fn probabilities_are_scikit_learns() {
    // tools/reference/classify.py (scikit-learn 1.9.1), five decimals. Scores here are sums in f32 and the descent
    // ends where slopes are below .001 examples, against a ridge of .1: a hundredth of a logit at most.
    let classifier = Classifier::fit(&EXAMPLES, 3, 0.1).unwrap();
    for (text, expected) in [
        (
            "increase our wages and annual leave",
            [0.63015, 0.1244, 0.24545],
        ),
        (
            "let customers refund without a phone call",
            [0.00276, 0.99282, 0.00442],
        ),
        ("no complaints at all", [0.81391, 0.08364, 0.10246]),
    ] {
        let found = classifier.probabilities(text);
        for (found, expected) in found.iter().zip(expected) {
            assert!(
                (found - expected).abs() < 0.002,
                "{text}: {found} {expected}"
            );
        }
    }
}

#[test]
fn fitting_is_the_same_twice_and_in_batches() {
    let classifier = Classifier::fit(&EXAMPLES, 3, 0.5).unwrap();
    assert_eq!(classifier, Classifier::fit(&EXAMPLES, 3, 0.5).unwrap());
    let texts: Vec<&str> = EXAMPLES.iter().map(|e| e.0).collect();
    let one_by_one: Vec<Vec<f64>> = texts.iter().map(|t| classifier.probabilities(t)).collect();
    assert_eq!(classifier.probabilities_all(&texts), one_by_one);
    // No known word: what the classes have in common, nothing of the words.
    let unknown = classifier.probabilities("");
    assert!(
        unknown.iter().all(|p| (0.05..0.9).contains(p)),
        "{unknown:?}"
    );
}

#[test]
fn classifiers_that_cannot_be() {
    let fit = |examples: &[(&str, usize)], classes, ridge| {
        Classifier::fit(examples, classes, ridge).unwrap_err()
    };
    assert_eq!(fit(&[], 2, 1.0), NoClassifier::NoExample(0));
    assert_eq!(fit(&[("a", 0)], 2, 1.0), NoClassifier::NoExample(1));
    assert_eq!(fit(&[("a", 0)], 1, 1.0), NoClassifier::NoExample(1));
    assert_eq!(
        fit(&[("a", 0), ("b", 7)], 2, 1.0),
        NoClassifier::UnknownClass {
            example: 1,
            class: 7
        }
    );
    assert_eq!(fit(&[("a", 0), ("b", 1)], 2, 0.0), NoClassifier::BadRidge);
    assert_eq!(
        fit(&[("a", 0), ("b", 1)], 2, f64::NAN),
        NoClassifier::BadRidge
    );
}

#[test]
fn a_ridge_regression_solves_its_equations() {
    // At the solution the gradient is nothing: residuals times vectors equal ridge times slopes. A
    // second fit to the predictions with hardly a ridge must then give the predictions back.
    let texts: Vec<&str> = EXAMPLES.iter().map(|e| e.0).collect();
    let numbers: Vec<f64> = EXAMPLES.iter().map(|e| e.1 as f64 * 2.0 - 1.0).collect();
    let fitted = Regressor::fit(&texts, &numbers, 1.0).unwrap();
    let predicted = fitted.predict_all(&texts);
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    // The intercept is not shrunk, so residuals sum to nothing.
    assert!((mean(&predicted) - mean(&numbers)).abs() < 1e-5);
    let again = Regressor::fit(&texts, &predicted, 1e-6)
        .unwrap()
        .predict_all(&texts);
    for (a, b) in again.iter().zip(&predicted) {
        assert!((a - b).abs() < 1e-3, "{a} {b}");
    }
    // A heavy ridge leaves the mean alone; a light one comes near every number.
    let heavy = Regressor::fit(&texts, &numbers, 1e9).unwrap();
    assert!((heavy.predict("salary") - mean(&numbers)).abs() < 1e-4);
    let light = Regressor::fit(&texts, &numbers, 1e-4)
        .unwrap()
        .predict_all(&texts);
    for (a, b) in light.iter().zip(&numbers) {
        assert!((a - b).abs() < 0.05, "{a} {b}");
    }
    assert!(fitted.predict("our pay is too low") < fitted.predict("very happy, excellent team"));
}

#[test]
fn regressions_that_cannot_be() {
    let fit =
        |texts: &[&str], numbers: &[f64], ridge| Regressor::fit(texts, numbers, ridge).unwrap_err();
    assert_eq!(
        fit(&[], &[], 1.0),
        NoRegression::Unequal {
            rows: 0,
            numbers: 0
        }
    );
    assert_eq!(
        fit(&["a", "b"], &[1.0], 1.0),
        NoRegression::Unequal {
            rows: 2,
            numbers: 1
        }
    );
    assert_eq!(
        fit(&["a", "b"], &[1.0, f64::NAN], 1.0),
        NoRegression::NotFinite(1)
    );
    assert_eq!(fit(&["a", "b"], &[1.0, 2.0], -1.0), NoRegression::BadRidge);
}
