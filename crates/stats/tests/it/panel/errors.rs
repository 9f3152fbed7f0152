//! Known sampling errors against OpenMx 2.21, where each unit's error variances enter as
//! definition variables (`tools/reference/panel_errors.R`): estimates, standard errors, and the
//! log-likelihoods of the model, of means and covariance without structure, and of unrelated
//! columns.

use super::shared::parameter;
use crate::reference::{check, read};
use serde_json::Value;
use throughline_stats::panel::{
    Measure, Model, Options, Over, Panel, Role, Row, SamplingError, fit, noise,
};

fn panel(found: &Value) -> Panel {
    let waves = found["waves"].as_u64().expect("waves") as usize;
    let units = found["x"].as_array().expect("rows").len();
    let mut rows = Vec::new();
    for unit in 0..units {
        for wave in 0..waves {
            let value = |key: &str| found[key][unit][wave].as_f64().map(|v| v / 64.0);
            rows.push(Row {
                unit,
                wave,
                x: value("x"),
                y: value("y"),
                error: Some(SamplingError {
                    x: value("ex").expect("a variance"),
                    y: value("ey").expect("a variance"),
                    xy: value("exy").expect("a covariance"),
                }),
            });
        }
    }
    Panel::from_rows(units, waves, &rows).expect("a panel")
}

/// Our role and wave for the script's labels.
fn named(label: &str) -> (Role, Option<usize>) {
    use Measure::{X, Y};
    let wave = |from: usize| label[from..].parse().ok();
    match label {
        "rx" => return (Role::Between(X, X), None),
        "rxy" => return (Role::Between(X, Y), None),
        "ry" => return (Role::Between(Y, Y), None),
        _ => {}
    }
    let path = |to, from| (Role::Path { from, to }, wave(2));
    match &label[..2] {
        "xx" => path(X, X),
        "xy" => path(X, Y),
        "yx" => path(Y, X),
        "yy" => path(Y, Y),
        "mx" => (Role::Mean(X), wave(2)),
        "my" => (Role::Mean(Y), wave(2)),
        _ if label.starts_with("vxy") => (Role::Within(X, Y), wave(3)),
        "vx" => (Role::Within(X, X), wave(2)),
        "vy" => (Role::Within(Y, Y), wave(2)),
        _ => panic!("{label}"),
    }
}

#[test]
fn known_errors_as_openmx_has_them() {
    let data = read("panel_errors");
    let mut exactly = 0;
    for case in data["cases"].as_array().expect("cases") {
        let name = &case["data"];
        let found = data["panels"]
            .as_array()
            .expect("panels")
            .iter()
            .find(|p| &p["name"] == name)
            .expect("the panel");
        let equal = case["paths"] == "equal";
        let paths = if equal { Over::Equal } else { Over::Free };
        let panel = panel(found);
        let fit = fit(&panel, Model::random_intercepts(paths), Options::default()).expect("a fit");
        let global = fit.global.clone().expect("asked").expect("fit figures");
        let number = |value: &Value| value.as_f64().expect("a number");
        for (what, got) in [
            ("loglik", fit.loglik),
            ("saturated", global.saturated_loglik),
            (
                "baseline",
                global.saturated_loglik - 0.5 * global.baseline_chisq,
            ),
        ] {
            check(&format!("{name} {what}"), got, number(&case[what]), 1e-6);
        }
        let labels = case["name"].as_array().expect("labels");
        assert_eq!(labels.len(), fit.size(), "{name}");
        for (k, label) in labels.iter().enumerate() {
            let label = label.as_str().expect("text");
            let (role, wave) = named(label);
            let (estimate, se) = parameter(&fit, role, wave);
            check(
                &format!("{name} {label}"),
                estimate,
                number(&case["est"][k]),
                1e-5,
            );
            // OpenMx's errors are from differences of its log-likelihood: where the top is flat they
            // are up to 1.5% off. Where the script has better ones (numDeriv), those count.
            check(
                &format!("{name} {label} se"),
                se,
                number(&case["se"][k]),
                2e-2,
            );
            if let Some(exact) = case["exact"][k].as_f64() {
                check(&format!("{name} {label} exact se"), se, exact, 2e-5);
                exactly += 1;
            }
        }
    }
    assert!(exactly > 60, "{exactly}");
}

#[test]
fn errors_of_zero_change_nothing() {
    let shape = super::simulated::Shape::new("zero errors", 150, 4).missing(0.1);
    let exact = shape.rows(1);
    let noisy: Vec<Row> = exact
        .iter()
        .map(|row| Row {
            error: Some(SamplingError::default()),
            ..*row
        })
        .collect();
    let fitted = |rows: &[Row]| {
        let panel = Panel::from_rows(150, 4, rows).expect("a panel");
        fit(
            &panel,
            Model::random_intercepts(Over::Free),
            Options::default(),
        )
        .expect("a fit")
    };
    let (exact, noisy) = (fitted(&exact), fitted(&noisy));
    for (a, b) in exact.parameters.iter().zip(&noisy.parameters) {
        check("estimate", b.value.estimate, a.value.estimate, 1e-6);
        check("se", b.value.se, a.value.se, 1e-6);
    }
    let figures =
        |fit: &throughline_stats::panel::Fit| fit.global.clone().expect("asked").expect("figures");
    let (a, b) = (figures(&exact), figures(&noisy));
    check("chisq", b.chisq, a.chisq, 1e-6);
    check("baseline", b.baseline_chisq, a.baseline_chisq, 1e-6);
    check("srmr", b.srmr, a.srmr, 1e-5);
}

#[test]
fn errors_of_means() {
    // (n - 1) sd² pooled: (4 * 4 + 9 * 1) / 13.
    let pooled = noise::pooled_variance(&[(5.0, 2.0), (10.0, 1.0), (1.0, 0.0)]).expect("pooled");
    check("pooled", pooled, 25.0 / 13.0, 1e-15);
    check(
        "mean",
        noise::of_mean(6.0, 12.0, f64::INFINITY).expect("ok"),
        0.5,
        1e-15,
    );
    // A census has no sampling error, and half of one half of it.
    check(
        "census",
        noise::of_mean(6.0, 12.0, 12.0).expect("ok"),
        0.0,
        1e-15,
    );
    check(
        "half",
        noise::of_mean(6.0, 12.0, 24.0).expect("ok"),
        0.25,
        1e-15,
    );
    // Same people: covariance of means is the covariance of answers over n.
    let unknown = (f64::INFINITY, f64::INFINITY);
    let pair = noise::of_pair((4.0, 9.0), (10.0, 10.0), unknown, 10.0, 0.5).expect("ok");
    check("covariance", pair.xy, 0.5 * 2.0 * 3.0 / 10.0, 1e-15);
    let none = noise::of_pair((4.0, 9.0), (10.0, 10.0), unknown, 0.0, 0.5).expect("ok");
    assert_eq!(none.xy, 0.0);
    assert!(noise::of_mean(6.0, 0.0, 12.0).is_err());
    assert!(noise::pooled_variance(&[(1.0, 2.0)]).is_err());
}

#[test]
fn errors_of_two_means_from_the_same_people_covary_as_drawing_them_says() {
    // 40 people with two answers each; 12 asked the first, 9 the second, 5 both. By drawing.
    use rand::RngExt;
    let mut random = throughline_stats::random::generator(3, "two means of the same people");
    let people: Vec<(f64, f64)> = (0..40)
        .map(|_| {
            let (a, b): (f64, f64) = (random.random(), random.random());
            (a, 0.6 * a + 0.4 * b)
        })
        .collect();
    let n = people.len() as f64;
    let mean = |pick: fn(&(f64, f64)) -> f64| people.iter().map(pick).sum::<f64>() / n;
    let (x, y) = (mean(|p| p.0), mean(|p| p.1));
    let moment = |f: &dyn Fn(&(f64, f64)) -> f64| people.iter().map(f).sum::<f64>() / (n - 1.0);
    let xx = moment(&|p| (p.0 - x).powi(2));
    let yy = moment(&|p| (p.1 - y).powi(2));
    let xy = moment(&|p| (p.0 - x) * (p.1 - y));
    let (mut sum, mut squares) = (0.0, [0.0; 2]);
    let draws = 200_000;
    let mut order: Vec<usize> = (0..people.len()).collect();
    for _ in 0..draws {
        for k in 0..16 {
            let other = random.random_range(k..order.len());
            order.swap(k, other);
        }
        let first = order[..12].iter().map(|&k| people[k].0).sum::<f64>() / 12.0 - x;
        let second = order[7..16].iter().map(|&k| people[k].1).sum::<f64>() / 9.0 - y;
        sum += first * second;
        squares[0] += first * first;
        squares[1] += second * second;
    }
    let error = noise::of_pair(
        (xx, yy),
        (12.0, 9.0),
        (40.0, 40.0),
        5.0,
        xy / (xx * yy).sqrt(),
    )
    .expect("ok");
    // 200,000 draws leave about 1% of a variance and, as the two correlate little, more of the
    // covariance.
    let draws = f64::from(draws);
    check("x", error.x, squares[0] / draws, 2e-2);
    check("y", error.y, squares[1] / draws, 2e-2);
    check("xy", error.xy, sum / draws, 5e-2);
    // Without the population the covariance would be twice as large and more.
    let unknown = (f64::INFINITY, f64::INFINITY);
    let whole = noise::of_pair((xx, yy), (12.0, 9.0), unknown, 5.0, xy / (xx * yy).sqrt());
    assert!(whole.expect("ok").xy > 1.8 * error.xy);
}

#[test]
fn correlations_of_answers_are_pooled() {
    // Two groups of like weight: covariances 1 and 4, variances 4, 4 and 1, 16.
    let found = noise::pooled_correlation(&[(11.0, 0.25, 2.0, 2.0), (11.0, 1.0, 1.0, 4.0)]);
    check("pooled", found.expect("ok"), 5.0 / 10.0, 1e-15);
    assert_eq!(noise::pooled_correlation(&[(5.0, 0.5, 0.0, 1.0)]), Ok(0.0));
    assert!(noise::pooled_correlation(&[(1.0, 0.5, 1.0, 1.0)]).is_err());
    assert!(noise::pooled_correlation(&[(9.0, 1.5, 1.0, 1.0)]).is_err());
}
