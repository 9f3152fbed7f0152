//! `calibrate` against R's optimiser (`tools/reference/shrink.R`) and at its edges.

use crate::reference::{check, numbers, read};
use throughline_stats::NoAnswer;
use throughline_stats::calibrate::{Judged, calibrate};

fn judged(score: f64, yes: bool) -> Judged {
    Judged {
        score,
        yes,
        weight: 1.0,
    }
}

#[test]
fn equals_r() {
    let reference = &read("shrink")["calibrate"];
    let (score, yes) = (numbers(&reference["score"]), numbers(&reference["yes"]));
    let rows: Vec<Judged> = score
        .iter()
        .zip(&yes)
        .map(|(s, y)| judged(*s, *y > 0.5))
        .collect();
    let got = calibrate(&rows).expect("calibration");
    // R's optimiser stops at about 1e-7 of the coefficients.
    check(
        "slope",
        got.slope,
        reference["slope"].as_f64().expect("number"),
        1e-5,
    );
    check(
        "constant",
        got.constant,
        reference["constant"].as_f64().expect("number"),
        1e-5,
    );
    assert_eq!(got.bins.iter().map(|bin| bin.observed.n).sum::<u64>(), 160);
    for bin in &got.bins {
        let (low, high) = bin.observed.ends().expect("interval");
        assert!(
            low - 0.1 < bin.predicted && bin.predicted < high + 0.1,
            "{bin:?}"
        );
    }
    // Doubling every weight changes nothing: weights are relative.
    let double: Vec<Judged> = rows.iter().map(|j| Judged { weight: 2.0, ..*j }).collect();
    check(
        "weights",
        calibrate(&double).expect("calibration").slope,
        got.slope,
        1e-12,
    );
}

#[test]
fn edges() {
    let few: Vec<Judged> = (0..99).map(|i| judged(f64::from(i), i > 40)).collect();
    assert_eq!(
        calibrate(&few),
        Err(NoAnswer::TooFewJudged { n: 99, needed: 100 })
    );
    let flat = vec![judged(0.3, true); 120];
    assert_eq!(calibrate(&flat), Err(NoAnswer::NoVariation));
    let mut bad = few.clone();
    bad.push(judged(f64::NAN, true));
    assert!(matches!(calibrate(&bad), Err(NoAnswer::NotFinite { .. })));
    // Scores that separate yes from no still give a finite answer.
    let apart: Vec<Judged> = (0..200).map(|i| judged(f64::from(i), i >= 100)).collect();
    let got = calibrate(&apart).expect("calibration");
    assert!(got.probability(0.0) < 0.05 && got.probability(199.0) > 0.95 && got.slope < 1.0);
    // All no: a low probability everywhere, not zero.
    let none: Vec<Judged> = (0..200).map(|i| judged(f64::from(i), false)).collect();
    let p = calibrate(&none).expect("calibration").probability(199.0);
    assert!(p > 0.0 && p < 0.05, "{p}");
    // A score that points the wrong way counts for nothing.
    let wrong: Vec<Judged> = (0..200).map(|i| judged(f64::from(i), i < 50)).collect();
    let got = calibrate(&wrong).expect("calibration");
    assert_eq!(got.slope, 0.0);
    check("share", got.probability(10.0), 0.25, 0.01);
}
