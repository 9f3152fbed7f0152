//! Every estimate, standard error and fit figure against lavaan 0.6-14
//! (`tools/reference/panel.R`): 3 to 12 waves, complete and with three ways of missing, paths free
//! and equal, residuals free and equal, classic models, robust errors.

use super::shared::{parameter, role};
use crate::reference::{check, read};
use serde_json::Value;
use throughline_stats::panel::{Errors, Kind, Model, Options, Over, Panel, Role, fit};

/// The panels of the reference file by name.
fn panel(data: &Value, name: &str) -> Panel {
    let found = data["panels"]
        .as_array()
        .expect("panels")
        .iter()
        .find(|p| p["name"] == name)
        .expect("the panel");
    let waves = found["waves"].as_u64().expect("waves") as usize;
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for row in found["times_64"].as_array().expect("rows") {
        let row: Vec<Option<f64>> = row
            .as_array()
            .expect("row")
            .iter()
            .map(|v| v.as_f64().map(|v| v / 64.0))
            .collect();
        x.push(row[..waves].to_vec());
        y.push(row[waves..].to_vec());
    }
    Panel::from_wide(&x, &y).expect("a panel")
}

#[test]
fn everything_is_lavaans() {
    let data = read("panel");
    let cases = data["cases"].as_array().expect("cases");
    let random_intercepts = cases.iter().filter(|c| c["kind"] == "ri").count();
    assert!(random_intercepts >= 24, "only {random_intercepts} cases");
    for case in cases {
        let over = |key: &str| match case[key].as_str() {
            Some("equal") => Over::Equal,
            _ => Over::Free,
        };
        let model = Model {
            kind: match case["kind"].as_str() {
                Some("ri") => Kind::RandomIntercepts,
                _ => Kind::Classic,
            },
            paths: over("paths"),
            residuals: over("residuals"),
        };
        let robust = case["robust"] == true;
        let options = Options {
            errors: if robust {
                Errors::Robust
            } else {
                Errors::Observed
            },
            global: true,
        };
        let name = format!("{} {model:?} robust {robust}", case["data"]);
        let panel = panel(&data, case["data"].as_str().expect("a name"));
        let fit = fit(&panel, model, options).unwrap_or_else(|e| panic!("{name}: {e}"));
        let text = |key: &str, k: usize| case[key][k].as_str().expect("text").to_owned();
        let number = |value: &Value| value.as_f64().expect("a number");
        for k in 0..case["lhs"].as_array().expect("names").len() {
            let (lhs, op, rhs) = (text("lhs", k), text("op", k), text("rhs", k));
            let what = format!("{name}: {lhs} {op} {rhs}");
            let (role, wave) = role(&lhs, &op, &rhs).expect("a parameter");
            let (estimate, se) = parameter(&fit, role, wave);
            // lavaan stops where its optimiser stops, and its second derivatives are differences
            // of first ones.
            check(&what, estimate, number(&case["est"][k]), 1e-4);
            check(&format!("{what} se"), se, number(&case["se"][k]), 1e-4);
        }
        let std = &case["std"];
        for k in 0..std["lhs"].as_array().expect("names").len() {
            let (lhs, rhs) = (
                std["lhs"][k].as_str().expect("text"),
                std["rhs"][k].as_str().expect("text"),
            );
            let op = if lhs.starts_with("RI") { "~~" } else { "~" };
            let value = match role(lhs, op, rhs).expect("a parameter") {
                (Role::Path { from, to }, wave) => fit
                    .standardised
                    .iter()
                    .find(|p| p.from == from && p.to == to && p.wave == wave)
                    .and_then(|p| p.value),
                _ => fit.between,
            }
            .expect("a standardised value");
            let what = format!("{name}: {lhs} {op} {rhs} standardised");
            check(&what, value.estimate, number(&std["est"][k]), 1e-4);
            check(&format!("{what} se"), value.se, number(&std["se"][k]), 2e-4);
        }
        let global = fit.global.clone().expect("asked").expect("fit figures");
        let figure = |key: &str| number(&case["fit"][key]);
        for (what, got, tolerance) in [
            ("logl", fit.loglik, 1e-6),
            ("unrestricted.logl", global.saturated_loglik, 1e-6),
            ("baseline.chisq", global.baseline_chisq, 1e-5),
            ("cfi", global.cfi, 1e-5),
            ("tli", global.tli, 1e-5),
            ("rmsea", global.rmsea, 1e-5),
            ("srmr", global.srmr, 1e-5),
            ("aic", fit.aic, 1e-6),
            ("bic", fit.bic, 1e-6),
            ("df", global.df as f64, 0.0),
            ("baseline.df", global.baseline_df as f64, 0.0),
            ("npar", fit.size() as f64, 0.0),
            ("chisq", global.chisq, 1e-5),
        ] {
            check(&format!("{name}: {what}"), got, figure(what), tolerance);
        }
    }
}
