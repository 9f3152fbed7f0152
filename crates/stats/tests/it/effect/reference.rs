//! Group-time effects, averages and analytic errors against csdid 0.4.3 (balanced panels) and
//! diff-diff 3.13 (panels with holes).
//!
//! Tolerance: 1e-6 is asked for; both sides use double precision. csdid's logit stops at about
//! 1e-9, so 1e-7 is asked for here. Bands are random: their test says how near is near.

use super::Table;
use crate::reference::{check, numbers, read};
use serde_json::Value;
use throughline_stats::effect::bootstrap::bands;
use throughline_stats::effect::{Average, Base, Control, GroupTime, Method, Options, estimate};

const TOLERANCE: f64 = 1e-7;

fn options(case: &Value) -> Options {
    Options {
        control: match case["control"].as_str() {
            Some("nevertreated" | "never_treated") => Control::Never,
            _ => Control::NotYet,
        },
        method: match case["method"].as_str() {
            Some("reg") => Method::Regression,
            Some("ipw") => Method::Weighting,
            _ => Method::DoublyRobust,
        },
        base: match case["base"].as_str() {
            Some("universal") => Base::Universal,
            _ => Base::Varying,
        },
        anticipation: case["anticipation"].as_u64().unwrap_or(0) as u32,
    }
}

fn effects(name: &str, fit: &GroupTime, case: &Value) {
    let (groups, periods) = (numbers(&case["group"]), numbers(&case["period"]));
    let mut compared = 0;
    for (i, (group, period)) in groups.iter().zip(&periods).enumerate() {
        let Some(se) = case["se"][i].as_f64() else {
            // The base period itself (effect 0 by definition), which isn't listed here.
            assert!(case["att"][i].as_f64().is_none_or(|v| v == 0.0), "{name}");
            continue;
        };
        let place = fit
            .effects
            .iter()
            .position(|e| e.group == *group as i64 && e.period == *period as i64)
            .unwrap_or_else(|| panic!("{name}: no effect {group} {period}"));
        let what = format!("{name}, {group} in {period}");
        let got = fit.effects[place].value.clone().expect("an effect");
        check(&what, got, case["att"][i].as_f64().expect("att"), TOLERANCE);
        let got = fit.analytic_se(place).expect("an error");
        check(&format!("{what} se"), got, se, TOLERANCE);
        compared += 1;
    }
    assert!(compared >= 6, "{name}: {compared} compared");
    let made = fit.effects.iter().filter(|e| e.value.is_ok()).count();
    assert_eq!(made, compared, "{name}: effects the reference hasn't");
}

fn average(what: &str, got: &Average, att: &Value, se: &Value) {
    check(what, got.value, att.as_f64().expect("att"), TOLERANCE);
    let own = got.analytic_se.expect("an error");
    check(
        &format!("{what} se"),
        own,
        se.as_f64().expect("se"),
        TOLERANCE,
    );
}

#[test]
fn equals_csdid() {
    let reference = read("effect");
    let cases = reference["cases"].as_array().expect("cases");
    assert!(cases.len() >= 20);
    for (i, case) in cases.iter().enumerate() {
        let data = case["data"].as_str().expect("data");
        let name = format!("case {i} {data} {} {}", case["method"], case["control"]);
        let mut table = Table::from_json(&reference["data"][data]);
        if case["covariates"] != Value::Bool(true) {
            table.covariates.clear();
        }
        if case["weights"] != Value::Bool(true) {
            table.weight.clear();
        }
        if let Some(clusters) = case["clusters"].as_u64() {
            table.cluster = table.unit.iter().map(|u| u % clusters as usize).collect();
        }
        let panel = table.panel().expect("a panel");
        let fit = estimate(&panel, &options(case)).expect("a fit");
        effects(&name, &fit, case);
        let averages = fit.averages().expect("averages");
        let simple = &case["simple"];
        average(
            &format!("{name} simple"),
            &averages.overall,
            &simple["att"],
            &simple["se"],
        );
        for (kind, over, each) in [
            ("cohort", &averages.over_groups, &averages.by_group),
            ("calendar", &averages.over_periods, &averages.by_period),
            ("dynamic", &averages.over_times, &averages.by_time),
        ] {
            let of = &case[kind];
            average(&format!("{name} {kind}"), over, &of["att"], &of["se"]);
            let mut matched = 0;
            for (k, at) in numbers(&of["at"]).iter().enumerate() {
                if of["each_se"][k].is_null() {
                    continue;
                }
                let own = each
                    .iter()
                    .find(|a| a.at == *at as i64)
                    .expect("one at this time");
                average(
                    &format!("{name} {kind} {at}"),
                    own,
                    &of["each"][k],
                    &of["each_se"][k],
                );
                matched += 1;
            }
            assert_eq!(matched, each.len(), "{name} {kind}");
        }
    }
}

#[test]
fn equals_diff_diff_where_rows_are_missing() {
    let reference = read("effect");
    let holes = Table::from_json(&reference["holes"]);
    for case in reference["with_holes"].as_array().expect("cases") {
        let name = format!(
            "holes {} {} {}",
            case["method"], case["control"], case["covariates"]
        );
        let mut table = holes.clone();
        table.weight.clear();
        table.covariates.truncate(1);
        if case["covariates"] != Value::Bool(true) {
            table.covariates.clear();
        }
        let panel = table.panel().expect("a panel");
        assert!(!panel.balanced());
        let fit = estimate(&panel, &options(case)).expect("a fit");
        effects(&name, &fit, case);
        let averages = fit.averages().expect("averages");
        let overall = case["overall"].as_f64().expect("overall");
        check(
            &format!("{name} overall"),
            averages.overall.value,
            overall,
            TOLERANCE,
        );
    }
}

/// Critical values of bands, and errors from draws, against csdid's multiplier bootstrap.
///
/// Tolerance: both are random, so four standard errors of their difference. One run's error is
/// csdid's own spread over seeds; its mean over `runs` runs has `1 / runs` of that variance, ours
/// with ten times the draws `1 / 10`.
#[test]
fn bands_equal_those_of_csdid_but_for_chance() {
    let reference = read("effect");
    let mut compared = 0;
    for case in reference["bands"].as_array().expect("cases") {
        let mut table = Table::from_json(&reference["data"]["usual"]);
        table.covariates.clear();
        table.weight.clear();
        if let Some(clusters) = case["clusters"].as_u64() {
            table.cluster = table.unit.iter().map(|u| u % clusters as usize).collect();
        }
        let fit = estimate(&table.panel().expect("a panel"), &Options::default()).expect("a fit");
        let averages = fit.averages().expect("averages");
        let draws = 10 * case["draws"].as_u64().expect("draws") as usize;
        let runs = case["runs"].as_f64().expect("runs");
        let near = 4.0 * (1.0 / runs + 1.0 / 10.0_f64).sqrt();
        let own = bands(&fit, &averages, draws, 1).expect("bands");
        for (kind, band, each) in [
            ("cohort", own.by_group, &averages.by_group),
            ("calendar", own.by_period, &averages.by_period),
            ("dynamic", own.by_time, &averages.by_time),
        ] {
            let (band, of) = (band.expect("a band"), &case[kind]);
            let at: Vec<f64> = each.iter().map(|a| a.at as f64).collect();
            assert_eq!(at, numbers(&of["at"]), "{kind}");
            let mut chance = |what: &str, got: f64, expected: &Value, sd: &Value| {
                let expected = expected.as_f64().expect("a value");
                let off = (got - expected).abs() / sd.as_f64().expect("a spread");
                let clusters = &case["clusters"];
                assert!(
                    off <= near,
                    "{kind} {what}, clusters {clusters}: {got}, {expected}, off by {off} runs' errors"
                );
                compared += 1;
            };
            chance(
                "critical",
                band.critical,
                &of["critical"],
                &of["critical_sd"],
            );
            for (k, se) in band.se.iter().enumerate() {
                let se = se.expect("an error");
                chance(&format!("se {}", at[k]), se, &of["se"][k], &of["se_sd"][k]);
            }
        }
    }
    assert_eq!(compared, 36);
}
