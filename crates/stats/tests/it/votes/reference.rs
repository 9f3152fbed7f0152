//! Strengths against choix (`tools/reference/order.py`), and against BradleyTerry2 and Davidson's
//! model as R's `glm` fits it (`tools/reference/order.R`).
//!
//! Tolerance: 1e-6 was asked for. choix's values are polished by Newton steps, so 1e-8 is asked for
//! here; R's `glm` stops at a relative change of the deviance of 1e-15, which leaves its
//! coefficients good to about 1e-8.

use crate::reference::{check, numbers, read};
use serde_json::Value;
use throughline_stats::votes::{Pairs, Place, Rankings, Shrinkage, Vote, fit, fit_rankings, mm};

/// choix adds alpha · Σθ² to minus the log-likelihood: a prior with variance 1/(2 alpha).
fn shrinkage(case: &Value) -> Shrinkage {
    match case["alpha"].as_f64() {
        Some(alpha) if alpha > 0.0 => Shrinkage::Sd((0.5 / alpha).sqrt()),
        _ => Shrinkage::None,
    }
}

fn lists(value: &Value) -> Vec<Vec<f64>> {
    value
        .as_array()
        .expect("lists")
        .iter()
        .map(numbers)
        .collect()
}

fn check_all(name: &str, got: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(got.len(), expected.len(), "{name}");
    for (item, (got, expected)) in got.iter().zip(expected).enumerate() {
        check(&format!("{name}, item {item}"), *got, *expected, tolerance);
    }
}

#[test]
fn pairs_equal_choix() {
    for case in read("order")["pairs"].as_array().expect("cases") {
        let name = case["name"].as_str().expect("name");
        let votes: Vec<Vote> = lists(&case["votes"])
            .iter()
            .map(|pair| Vote::win(pair[0] as u32, pair[1] as u32))
            .collect();
        let items = case["items"].as_u64().expect("items") as usize;
        let pairs = Pairs::new(items, &votes).expect("pairs");
        let fitted = fit(&pairs, shrinkage(case)).expect("fit");
        let expected = numbers(&case["log_odds"]);
        check_all(name, &fitted.log_odds, &expected, 1e-8);
        if fitted.prior_sd.is_none() {
            // Rounds shrink the error by a constant factor, slowly on the path.
            let second = mm::pairs(&pairs, 1e-12).expect("rounds");
            check_all(&format!("{name}, by MM"), &second, &expected, 1e-7);
        }
    }
}

#[test]
fn rankings_equal_choix() {
    for case in read("order")["rankings"].as_array().expect("cases") {
        let name = case["name"].as_str().expect("name");
        let mut places = Vec::new();
        for (voter, ranking) in lists(&case["rankings"]).iter().enumerate() {
            for (place, item) in ranking.iter().enumerate() {
                places.push(Place {
                    voter: voter as u32,
                    item: *item as u32,
                    position: Some(place as f64 + 1.0),
                });
            }
        }
        let items = case["items"].as_u64().expect("items") as usize;
        let rankings = Rankings::new(items, &places).expect("rankings");
        let fitted = fit_rankings(&rankings, shrinkage(case)).expect("fit");
        let expected = numbers(&case["log_odds"]);
        check_all(name, &fitted.log_odds, &expected, 1e-8);
        if fitted.prior_sd.is_none() {
            let second = mm::rankings(&rankings, 1e-12).expect("rounds");
            check_all(&format!("{name}, by MM"), &second, &expected, 1e-7);
        }
    }
}

#[test]
fn ties_equal_a_log_linear_model() {
    for case in read("order-r")["ties"].as_array().expect("cases") {
        let name = case["name"].as_str().expect("name");
        let mut votes = Vec::new();
        for pair in lists(&case["pairs"]) {
            let (i, j) = (pair[0] as u32, pair[1] as u32);
            votes.push(Vote::win(i, j).times(pair[2]));
            votes.push(Vote::win(j, i).times(pair[3]));
            votes.push(Vote::tie(i, j).times(pair[4]));
        }
        let items = case["items"].as_u64().expect("items") as usize;
        let pairs = Pairs::new(items, &votes).expect("pairs");
        let fitted = fit(&pairs, Shrinkage::None).expect("fit");
        check_all(name, &fitted.log_odds, &numbers(&case["log_odds"]), 1e-7);
        let ease = fitted.ease_of_ties.expect("ties");
        check(name, ease, case["ease"].as_f64().expect("ease"), 1e-7);
    }
}

#[test]
fn placing_the_best_alone_is_choosing_it() {
    // A ranking whose first is placed and whose others aren't is a choice of one among several; of
    // two, that is a vote on a pair.
    let votes = [(0u32, 1u32), (1, 2), (2, 0), (0, 2), (1, 0), (0, 1)];
    let mut places = Vec::new();
    for (voter, &(winner, loser)) in votes.iter().enumerate() {
        let place = |item, position| Place {
            voter: voter as u32,
            item,
            position,
        };
        places.push(place(winner, Some(1.0)));
        places.push(place(loser, None));
    }
    let rankings = Rankings::new(3, &places).expect("rankings");
    let ranked = fit_rankings(&rankings, Shrinkage::None).expect("fit");
    let pairs = Pairs::new(3, &super::wins(&votes)).expect("pairs");
    let paired = fit(&pairs, Shrinkage::None).expect("fit");
    check_all("choices", &ranked.log_odds, &paired.log_odds, 1e-9);
    check(
        "log-likelihood",
        ranked.log_likelihood,
        paired.log_likelihood,
        1e-9,
    );
}
