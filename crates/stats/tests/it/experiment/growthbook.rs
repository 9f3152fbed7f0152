//! Results that growthbook's own tests expect (`../shared/data/experiments/ab.json`).
//!
//! Tolerance: they are rounded to five decimals, so 1e-5, half of it theirs.

use super::beside::shared;
use crate::reference::check;
use serde_json::Value;
use throughline_stats::experiment::bayes::{Prior, posterior};
use throughline_stats::experiment::cuped::{RelativeError, cuped};
use throughline_stats::experiment::fixed::{Side, welch};
use throughline_stats::experiment::sequence::USUAL_HORIZON;
use throughline_stats::experiment::sequence::asymptotic::{half_width, information, log_evidence};
use throughline_stats::experiment::{Arm, Comparison, PairedArm, Scale};
use throughline_stats::share::Sums;

const TOLERANCE: f64 = 1e-5;

fn number(value: &Value) -> f64 {
    value.as_f64().expect("number")
}

fn sums(n: &Value, pair: [&Value; 2]) -> Sums {
    Sums {
        n: n.as_u64().expect("count"),
        sum: number(pair[0]),
        sum_squares: number(pair[1]),
    }
}

fn arm(value: &Value) -> Arm {
    let n = &value["n"];
    if value["type"] == "prop" {
        let hits = value["sum"].as_u64().expect("count");
        return Arm::of_share(n.as_u64().expect("count"), hits).expect("an arm");
    }
    Arm::of_sums(sums(n, [&value["sum"], &value["sum_squares"]])).expect("an arm")
}

fn paired(value: &Value) -> PairedArm {
    let of = |name: &str| sums(&value["n"], [&value[name][0], &value[name][1]]);
    let products = number(&value["post_pre_sum_of_products"]);
    PairedArm::of_sums(of("post"), of("pre"), products).expect("an arm")
}

#[test]
fn every_case_is_reproduced() {
    let Some(file) = shared("ab.json") else {
        return;
    };
    let cases = file["cases"].as_array().expect("cases");
    let mut seen = 0;
    for case in cases {
        let name = case["name"].as_str().expect("name");
        let data = case["same_data_as"].as_str().map_or(case, |other| {
            let same = |case: &&Value| case["name"] == other;
            cases.iter().find(same).expect("the case it points to")
        });
        let scale = if name.ends_with("absolute") {
            Scale::Absolute
        } else {
            Scale::Relative
        };
        let compared = if data["a"]["type"] == "cuped" {
            let (a, b) = (paired(&data["a"]), paired(&data["b"]));
            cuped(&a, &b, scale, RelativeError::PlainMeans, 0.05)
                .expect("a comparison")
                .comparison
        } else {
            welch(&arm(&data["a"]), &arm(&data["b"]), scale, 0.05).expect("a comparison")
        };
        let expected = &case["expected"];
        match name.split('_').next() {
            Some("bayes") => bayesian(name, &compared, case),
            Some("sequential") => sequential(name, &compared, case),
            Some("one") => {
                let answer = compared.one_sided(Side::Greater, 0.05);
                let low = number(&expected["ci_low"]);
                check(name, compared.value, number(&expected["effect"]), 1e-10);
                check(name, compared.spread.se, number(&expected["se"]), 1e-10);
                check(name, answer.bound, low, 1e-10);
                check(name, answer.p, number(&expected["p"]), 1e-10);
            }
            _ => {
                ends(name, &compared, expected);
                let (low, high) = (compared.spread.low, compared.spread.high);
                check(name, low, number(&expected["ci"][0]), TOLERANCE);
                check(name, high, number(&expected["ci"][1]), TOLERANCE);
                check(name, compared.p, number(&expected["p"]), TOLERANCE);
            }
        }
        seen += 1;
    }
    assert_eq!(seen, 11);
}

fn ends(name: &str, compared: &Comparison, expected: &Value) {
    check(name, compared.value, number(&expected["effect"]), TOLERANCE);
    check(name, compared.spread.se, number(&expected["se"]), TOLERANCE);
}

fn sequential(name: &str, compared: &Comparison, case: &Value) {
    let tuning = case["tuning"].as_u64().unwrap_or(USUAL_HORIZON);
    let w = information(compared.n, tuning, 0.05).expect("information");
    let half = half_width(compared.spread.se, w, 0.05).expect("a width");
    let evidence = log_evidence(compared.value, compared.spread.se, w).expect("evidence");
    let expected = &case["expected"];
    ends(name, compared, expected);
    let (low, high) = (compared.value - half, compared.value + half);
    check(name, low, number(&expected["ci"][0]), TOLERANCE);
    check(name, high, number(&expected["ci"][1]), TOLERANCE);
    let p = (-evidence).exp().min(1.0);
    check(name, p, number(&expected["p"]), TOLERANCE);
}

fn bayesian(name: &str, compared: &Comparison, case: &Value) {
    let prior = case["prior"].as_object().map(|prior| Prior {
        mean: number(&prior["mean"]),
        sd: number(&prior["variance"]).sqrt(),
    });
    let belief = posterior(compared.value, compared.spread.se, prior, 0.05).expect("a belief");
    let expected = &case["expected"];
    check(name, belief.mean, number(&expected["effect"]), TOLERANCE);
    check(name, belief.sd, number(&expected["se"]), TOLERANCE);
    check(name, belief.low, number(&expected["ci"][0]), TOLERANCE);
    check(name, belief.high, number(&expected["ci"][1]), TOLERANCE);
    let chance = number(&expected["chance_to_win"]);
    check(name, belief.chance_higher, chance, TOLERANCE);
    let risk = &expected["risk"];
    check(name, belief.loss_of_control, number(&risk[0]), TOLERANCE);
    check(name, belief.loss_of_treated, number(&risk[1]), TOLERANCE);
}
