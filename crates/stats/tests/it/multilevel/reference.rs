//! Made-up designs against lme4 and lmerTest (`tools/reference/multilevel.R`).
//!
//! Tolerances, relative where the value is above 1. The issue asks for 1e-4 throughout. Both sides
//! search for the same lowest point; lme4's search (bobyqa, twice, to 1e-9) is good to about 1e-6
//! in the variances, so 1e-5 is asked for values and 1e-7 for the likelihood, which is flat there.
//! lmerTest takes its curvature by differences of the likelihood itself: 1e-3 for degrees of
//! freedom.

use crate::reference::{check, numbers, read};
use serde_json::Value;
use throughline_stats::multilevel::{Criterion, Fit, Grouping, Model, fit};

pub const VALUES: f64 = 1e-5;
pub const LIKELIHOOD: f64 = 1e-7;
const FREEDOM: f64 = 1e-3;

/// Groups by order of their numbers.
pub fn dense(values: &[f64]) -> (Vec<usize>, usize) {
    let mut all: Vec<f64> = values.to_vec();
    all.sort_by(f64::total_cmp);
    all.dedup();
    let place = |v: &f64| all.partition_point(|other| other < v);
    (values.iter().map(place).collect(), all.len())
}

fn words(value: &Value) -> Vec<String> {
    value
        .as_array()
        .map(|all| {
            all.iter()
                .filter_map(|v| v.as_str().map(str::to_owned))
                .collect()
        })
        .unwrap_or_default()
}

/// Fits a case as its description says, with columns by name.
pub fn fit_case(case: &Value, restricted: bool, column: &dyn Fn(&str) -> Vec<f64>) -> Fit {
    let criterion = if restricted {
        Criterion::Restricted
    } else {
        Criterion::Full
    };
    let outcome = column(case["outcome"].as_str().expect("outcome"));
    let fixed: Vec<Vec<f64>> = words(&case["fixed"])
        .iter()
        .map(|name| column(name))
        .collect();
    let fixed: Vec<&[f64]> = fixed.iter().map(Vec::as_slice).collect();
    let groupings = case["groupings"].as_array().expect("groupings");
    let groups: Vec<(Vec<usize>, usize)> = groupings
        .iter()
        .map(|g| dense(&column(g["group"].as_str().expect("group"))))
        .collect();
    let slopes: Vec<Vec<Vec<f64>>> = groupings
        .iter()
        .map(|g| {
            words(&g["slopes"])
                .iter()
                .map(|name| column(name))
                .collect()
        })
        .collect();
    let slopes: Vec<Vec<&[f64]>> = slopes
        .iter()
        .map(|all| all.iter().map(Vec::as_slice).collect())
        .collect();
    let groupings: Vec<Grouping<'_>> = groupings
        .iter()
        .zip(&groups)
        .zip(&slopes)
        .map(|((described, (group, count)), slopes)| Grouping {
            group,
            groups: *count,
            intercept: described["intercept"].as_bool().expect("intercept"),
            slopes,
            correlated: described["correlated"].as_bool().expect("correlated"),
        })
        .collect();
    fit(&Model {
        outcome: &outcome,
        fixed: &fixed,
        intercept: case["intercept"].as_bool().expect("intercept"),
        groupings: &groupings,
        criterion,
    })
    .expect("a fit")
}

/// Our effects, by the order of R's factors: lme4 puts the factor with most groups first and
/// writes effects kept apart as factors of their own.
fn their_covariances(case: &Value, theirs: &Value) -> Vec<(usize, Vec<Vec<f64>>)> {
    let groupings = case["groupings"].as_array().expect("groupings");
    let factors = words(&theirs["factors"]);
    let place = |factor: &str| {
        groupings
            .iter()
            .position(|g| g["group"].as_str() == Some(factor))
            .expect("known")
    };
    factors
        .iter()
        .zip(theirs["covariances"].as_array().expect("covariances"))
        .map(|(factor, matrix)| {
            let rows = matrix
                .as_array()
                .expect("rows")
                .iter()
                .map(numbers)
                .collect();
            (place(factor), rows)
        })
        .collect()
}

/// A case's column; parts are made by our own function, from the raw column.
pub fn within_between(case: &Value, name: &str) -> Vec<f64> {
    let column = |name: &str| numbers(&case["data"][name]);
    if !(case["data"][name].is_null() && ["within", "between"].contains(&name)) {
        return column(name);
    }
    let (group, groups) = dense(&column("g"));
    let parts = throughline_stats::multilevel::parts(&column("x"), &group, groups);
    let parts = parts.expect("parts");
    if name == "within" {
        parts.within
    } else {
        parts.between
    }
}

pub fn compare(name: &str, case: &Value, theirs: &Value, ours: &Fit) {
    check(
        &format!("{name}: loglik"),
        ours.log_likelihood,
        theirs["loglik"].as_f64().expect("n"),
        LIKELIHOOD,
    );
    check(
        &format!("{name}: aic"),
        ours.aic,
        theirs["aic"].as_f64().expect("n"),
        LIKELIHOOD,
    );
    check(
        &format!("{name}: sigma"),
        ours.residual_sd,
        theirs["sigma"].as_f64().expect("n"),
        VALUES,
    );
    assert_eq!(
        Some(ours.singular),
        theirs["singular"].as_bool(),
        "{name}: singular"
    );
    let (fixed, se) = (numbers(&theirs["fixed"]), numbers(&theirs["se"]));
    assert_eq!(fixed.len(), ours.coefficients.len());
    for (k, ours) in ours.coefficients.iter().enumerate() {
        let spread = ours.estimate.spread.as_ref().expect("a spread");
        check(
            &format!("{name}: coefficient {k}"),
            ours.estimate.value,
            fixed[k],
            VALUES,
        );
        check(&format!("{name}: error {k}"), spread.se, se[k], VALUES);
    }
    let mut apart = vec![0; ours.effects.len()];
    for (place, matrix) in their_covariances(case, theirs) {
        let ours = &ours.effects[place].covariance;
        // Kept apart: one by one in order.
        let first = apart[place];
        apart[place] += matrix.len();
        for (i, row) in matrix.iter().enumerate() {
            for (j, theirs) in row.iter().enumerate() {
                let ours = ours.get(first + i, first + j);
                check(
                    &format!("{name}: covariance {place} {i} {j}"),
                    ours,
                    *theirs,
                    VALUES,
                );
            }
        }
    }
}

fn compare_freedom(name: &str, theirs: &Value, ours: &Fit) {
    // lmerTest drops directions at a boundary by rules of its own.
    if ours.singular || theirs["df"].is_null() {
        return;
    }
    for (k, (df, ours)) in numbers(&theirs["df"])
        .iter()
        .zip(&ours.coefficients)
        .enumerate()
    {
        let spread = ours.estimate.spread.as_ref().expect("a spread");
        check(&format!("{name}: df {k}"), spread.df, *df, FREEDOM);
    }
}

fn compare_predicted(name: &str, case: &Value, theirs: &Value, ours: &Fit) {
    for (place, grouping) in case["groupings"]
        .as_array()
        .expect("groupings")
        .iter()
        .enumerate()
    {
        let predicted = &theirs["predicted"][grouping["group"].as_str().expect("group")];
        let matrix = |key: &str| -> Vec<Vec<f64>> {
            predicted[key]
                .as_array()
                .expect("rows")
                .iter()
                .map(numbers)
                .collect()
        };
        let (values, sds) = (matrix("values"), matrix("sd"));
        let effects = &ours.effects[place];
        let q = effects.sd.len();
        for (g, (row, sd)) in values.iter().zip(&sds).enumerate() {
            for k in 0..q {
                let what = format!("{name}: predicted {place} {g} {k}");
                check(&what, effects.predicted[g * q + k], row[k], 10.0 * VALUES);
                check(
                    &what,
                    effects.predicted_errors[g * q + k],
                    sd[k],
                    10.0 * VALUES,
                );
            }
        }
    }
}

#[test]
fn equals_lme4() {
    let all = read("multilevel");
    for case in all["cases"].as_array().expect("cases") {
        for theirs in case["fits"].as_array().expect("fits") {
            let restricted = theirs["reml"].as_bool().expect("reml");
            let name = format!(
                "{} (REML {restricted})",
                case["name"].as_str().expect("name")
            );
            let made = |name: &str| within_between(case, name);
            let ours = fit_case(case, restricted, &made);
            compare(&name, case, theirs, &ours);
            compare_freedom(&name, theirs, &ours);
            compare_predicted(&name, case, theirs, &ours);
        }
    }
}

/// The minimal standard generator, exact in doubles on both sides.
struct Draws(f64);

impl Draws {
    fn next(&mut self) -> f64 {
        self.0 = (48271.0 * self.0) % 2_147_483_647.0;
        self.0 / 2_147_483_647.0
    }

    fn bell(&mut self) -> f64 {
        let mut total = 0.0;
        for _ in 0..12 {
            total += self.next();
        }
        total - 6.0
    }
}

#[test]
fn equals_lme4_on_many_crossed_groups() {
    let large = &read("multilevel")["large"];
    let size = |key: &str| large[key].as_f64().expect("n") as usize;
    let (n, a, b) = (size("n"), size("a"), size("b"));
    let mut draws = Draws(large["seed"].as_f64().expect("seed"));
    let first: Vec<f64> = (0..a).map(|_| 0.33 * draws.bell()).collect();
    let second: Vec<f64> = (0..b).map(|_| 0.5 * draws.bell()).collect();
    let (mut ga, mut gb, mut x, mut y) = (vec![], vec![], vec![], vec![]);
    for _ in 0..n {
        ga.push((draws.next() * a as f64).floor());
        gb.push((draws.next() * draws.next() * b as f64).floor());
        x.push(if draws.next() < 0.4 { 1.0 } else { 0.0 });
        let level = first[ga[ga.len() - 1] as usize] + second[gb[gb.len() - 1] as usize];
        y.push(3.3 - 0.1 * x[x.len() - 1] + level + 1.2 * draws.bell());
    }
    let described = serde_json::json!({
        "outcome": "y", "fixed": ["x"], "intercept": true,
        "groupings": [
            {"group": "a", "slopes": [], "intercept": true, "correlated": true},
            {"group": "b", "slopes": [], "intercept": true, "correlated": true},
        ],
    });
    let column = |name: &str| match name {
        "y" => y.clone(),
        "x" => x.clone(),
        "a" => ga.clone(),
        _ => gb.clone(),
    };
    let ours = fit_case(&described, true, &column);
    compare("many crossed groups", &described, &large["fit"], &ours);
    compare_freedom("many crossed groups", &large["fit"], &ours);
}

/// Intervals of standard deviations against nlme's, which takes its curvature by differences of
/// the likelihood in parameters of its own: 2e-3.
#[test]
fn equals_nlme_intervals() {
    let all = read("multilevel");
    let cases = all["cases"].as_array().expect("cases");
    let named = |name: &str| {
        cases
            .iter()
            .find(|c| c["name"].as_str() == Some(name))
            .expect("a case")
            .clone()
    };
    let mut level = named("two slopes differ");
    level["groupings"][0]["slopes"] = serde_json::json!([]);
    for (key, case) in [("level", level), ("slope", named("like sleepstudy"))] {
        let theirs = &all["sds"][key];
        let ours = fit_case(&case, true, &|name| numbers(&case["data"][name]));
        let list = |value: &Value| {
            if value.is_array() {
                numbers(value)
            } else {
                vec![value.as_f64().expect("n")]
            }
        };
        let (low, high) = (list(&theirs["low"]), list(&theirs["high"]));
        for (k, interval) in ours.effects[0].sd_intervals.iter().enumerate() {
            let (a, b) = interval.clone().expect("an interval");
            check(&format!("{key} {k} low"), a, low[k], 2e-3);
            check(&format!("{key} {k} high"), b, high[k], 2e-3);
        }
        let (a, b) = ours.residual_sd_interval.clone().expect("an interval");
        check(
            "residual low",
            a,
            theirs["residual_low"].as_f64().expect("n"),
            2e-3,
        );
        check(
            "residual high",
            b,
            theirs["residual_high"].as_f64().expect("n"),
            2e-3,
        );
    }
}

#[test]
fn equals_bliese_icc() {
    let all = read("multilevel");
    let cases = all["cases"].as_array().expect("cases");
    let few = cases
        .iter()
        .find(|c| c["name"].as_str() == Some("six groups"))
        .expect("a case");
    let (group, groups) = dense(&numbers(&few["data"]["g"]));
    let ours =
        throughline_stats::multilevel::resemblance(&numbers(&few["data"]["y"]), &group, groups);
    let ours = ours.expect("resemblance");
    check(
        "icc1",
        ours.of_rows,
        all["icc_few"]["icc1"].as_f64().expect("n"),
        1e-10,
    );
    check(
        "icc2",
        ours.of_means,
        all["icc_few"]["icc2"].as_f64().expect("n"),
        1e-10,
    );
}
