//! Targets of confseq's own tests, made with an R reference implementation
//! (`../shared/data/experiments/confidence-sequences.json`). Tolerance: theirs, 1e-5.

use super::beside::shared;
use crate::reference::check;
use throughline_stats::Result;
use throughline_stats::experiment::sequence::bernoulli::{
    BetaMixture, Counts, difference, interval,
};
use throughline_stats::experiment::sequence::gamma::{GammaMixture, Tail};
use throughline_stats::experiment::sequence::normal;
use throughline_stats::experiment::sequence::quantile::p_value;
use throughline_stats::experiment::sequence::stitched::{
    Cut, double_stitching, empirical_process, poly_stitching,
};

/// `name(1, 2, …)rest` as its parts; words among the arguments stand for the file's constants.
fn parsed(call: &str) -> (String, Vec<f64>, String) {
    let (name, rest) = call.split_once('(').expect("a call");
    let (arguments, rest) = rest.rsplit_once(')').expect("its end");
    let number = |word: &str| match word.trim() {
        "V_OPT" => 100.0,
        "ALPHA" | "ALPHA_OPT" => 0.05,
        "false" => 0.0,
        product if product.contains('*') => product
            .split('*')
            .map(|factor| factor.trim().parse::<f64>().expect("a factor"))
            .product(),
        plain => plain.parse().expect("a number"),
    };
    let arguments = arguments.split(',').map(number).collect();
    (name.to_string(), arguments, rest.to_string())
}

fn answer(call: &str) -> Result<f64> {
    let (name, a, rest) = parsed(call);
    // Level, and "one-sided unless said otherwise", are the last two arguments where given.
    let optional = |from: usize| {
        let alpha = a.get(from).copied().unwrap_or(0.05);
        (alpha, a.get(from + 1).is_none())
    };
    match name.as_str() {
        "TwoSidedNormalMixture::best_rho" => normal::best_rho(a[0], a[1]),
        "normal_log_mixture" => {
            let (alpha, one_sided) = optional(3);
            Ok(if one_sided {
                let rho = normal::best_rho_one_sided(a[2], alpha)?;
                normal::log_mixture_one_sided(a[0], a[1], rho)
            } else {
                normal::log_mixture(a[0], a[1], normal::best_rho(a[2], alpha)?)
            })
        }
        "normal_mixture_bound" => {
            let (alpha, one_sided) = optional(3);
            if one_sided {
                let rho = normal::best_rho_one_sided(a[2], alpha)?;
                normal::bound_one_sided(a[0], a[1], rho)
            } else {
                normal::bound(a[0], a[1], normal::best_rho(a[2], alpha)?)
            }
        }
        "gamma_exponential_log_mixture" => {
            GammaMixture::new(Tail::Exponential, a[2], 0.05, a[3])?.log_mixture(a[0], a[1])
        }
        "gamma_exponential_mixture_bound" => {
            GammaMixture::new(Tail::Exponential, a[2], 0.05, a[3])?.bound(a[0], a[1])
        }
        "gamma_poisson_log_mixture" => {
            GammaMixture::new(Tail::Poisson, a[2], 0.05, a[3])?.log_mixture(a[0], a[1])
        }
        "gamma_poisson_mixture_bound" => {
            GammaMixture::new(Tail::Poisson, a[2], 0.05, a[3])?.bound(a[0], a[1])
        }
        "beta_binomial_log_mixture" => {
            let (alpha, one_sided) = optional(5);
            BetaMixture::new(a[2], alpha, a[3], a[4], one_sided)?.log_mixture(a[0], a[1])
        }
        "beta_binomial_mixture_bound" => {
            let (alpha, one_sided) = optional(5);
            BetaMixture::new(a[2], alpha, a[3], a[4], one_sided)?.bound(a[0], a[1])
        }
        "poly_stitching_bound" => poly_stitching(a[0], a[1], a[2], a[3], Cut::USUAL),
        "empirical_process_lil_bound" => empirical_process(a[0] as u64, a[1], a[2] as u64, a[3]),
        "double_stitching_bound" => double_stitching(a[0], a[1], a[2], a[3], 0.5, Cut::USUAL),
        "get_ab_p_value" => {
            let control: Vec<f64> = (1..=1000).map(f64::from).collect();
            let treated: Vec<f64> = control.iter().map(|value| value + a[1]).collect();
            p_value(&control, &treated, a[0], 100, 0.05)
        }
        "bernoulli_confidence_interval" => {
            let (low, high) = interval(a[0] as u64, a[1] as u64, a[2], a[3])?;
            Ok(if rest == ".lower" { low } else { high })
        }
        other => panic!("no function for {other}"),
    }
}

#[test]
fn every_target_is_met() {
    let Some(file) = shared("confidence-sequences.json") else {
        return;
    };
    let cases = file["cases"].as_array().expect("cases");
    for case in cases {
        let call = case["call"].as_str().expect("call");
        let expected = case["expected"].as_f64().expect("number");
        let tolerance = case["tol"].as_f64().expect("number");
        check(call, answer(call).expect("an answer"), expected, tolerance);
    }
    assert_eq!(cases.len(), 40);
}

/// Two shares by brute force: a difference is in if some pair of shares on a fine grid keeps the
/// product of the two mixtures below 20. Shares on the grid are 0.001 apart, from .001 to .999, so a
/// difference of 1 shows as .998 and ends agree to a little over 0.002.
#[test]
fn differences_of_shares_are_the_shadow_of_the_region() {
    for (n, hits) in [
        ([100, 120], [30, 54]),
        ([40, 700], [1, 300]),
        ([50, 50], [0, 50]),
    ] {
        let counts = Counts { n, hits };
        let found = difference(&[counts], 400, 0.05).expect("a look");
        let last = found.last().expect("a look");
        let evidence: Vec<Vec<f64>> = (0..2)
            .map(|arm| {
                (1..1000)
                    .map(|k| {
                        let p = f64::from(k) / 1000.0;
                        let rows = n[arm] as f64;
                        // Tuned for half of 400 rows in each arm.
                        BetaMixture::new(p * (1.0 - p) * 200.0, 0.05, p, 1.0 - p, false)
                            .and_then(|m| {
                                m.log_mixture(hits[arm] as f64 - p * rows, p * (1.0 - p) * rows)
                            })
                            .expect("a value")
                    })
                    .collect()
            })
            .collect();
        let kept: Vec<f64> = (-998i32..=998)
            .filter(|d| {
                (0..999i32).any(|k| {
                    let other = k + d;
                    (0..999).contains(&other)
                        && evidence[0][k as usize] + evidence[1][other as usize] < 20f64.ln()
                })
            })
            .map(|d| f64::from(d) / 1000.0)
            .collect();
        let ends = (kept[0], kept[kept.len() - 1]);
        assert!((ends.0 - last.low).abs() < 0.0021, "{ends:?} {last:?}");
        assert!((ends.1 - last.high).abs() < 0.0021, "{ends:?} {last:?}");
    }
}
