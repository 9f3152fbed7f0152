//! What must hold for any panel; coverage in short (the long version is `bench/effect`).

use super::Table;
use super::made::Plan;
use crate::reference::{check, numbers, read};
use proptest::prelude::*;
use throughline_stats::effect::bootstrap::bands;
use throughline_stats::effect::judge::{Chosen, Question, Verdict, judge};
use throughline_stats::effect::pretrend::wald;
use throughline_stats::effect::{Averages, Base, Options, estimate};

fn averages(table: &Table) -> Averages {
    let panel = table.panel().expect("a panel");
    estimate(&panel, &Options::default())
        .and_then(|fit| fit.averages())
        .expect("averages")
}

/// The same effects and errors, but for a factor.
fn same(what: &str, got: &Averages, expected: &Averages, factor: f64) {
    let scale = factor.abs().max(1e-300);
    let lists = [
        (&got.by_time, &expected.by_time),
        (&got.by_group, &expected.by_group),
        (&got.by_period, &expected.by_period),
    ];
    for (got, expected) in lists {
        assert_eq!(got.len(), expected.len());
        for (a, b) in got.iter().zip(expected) {
            check(what, a.value / scale, b.value * factor.signum(), 1e-7);
            let (a, b) = (a.analytic_se.expect("se"), b.analytic_se.expect("se"));
            check(what, a / scale, b, 1e-7);
        }
    }
    let (a, b) = (&got.overall, &expected.overall);
    check(what, a.value / scale, b.value * factor.signum(), 1e-7);
    let (a, b) = (
        a.spread.as_ref().expect("spread"),
        b.spread.as_ref().expect("spread"),
    );
    check(what, a.se / scale, b.se, 1e-7);
    check(what, a.df, b.df, 1e-6);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn order_scale_and_levels_do_not_matter(
        seed in 0u64..1000,
        factor in prop_oneof![0.001..1000.0f64, -1000.0..-0.001f64],
        turn in 1usize..500,
        missing in 0.0..0.25f64,
    ) {
        let mut plan = Plan::usual(36, 7, &[(3, 6), (5, 7)]);
        plan.missing = missing;
        let (table, _) = plan.make(seed);
        let expected = averages(&table);

        let count = table.unit.len();
        let mut rows: Vec<usize> = (0..count).collect();
        rows.rotate_left(turn % count);
        rows.reverse();
        let turned = Table {
            // Units numbered the other way round, rows in another order.
            unit: rows.iter().map(|&r| 1000 - table.unit[r]).collect(),
            period: rows.iter().map(|&r| table.period[r]).collect(),
            outcome: rows.iter().map(|&r| table.outcome[r]).collect(),
            start: rows.iter().map(|&r| table.start[r]).collect(),
            ..Table::default()
        };
        same("order", &averages(&turned), &expected, 1.0);

        let mut scaled = table.clone();
        scaled.outcome.iter_mut().for_each(|y| *y *= factor);
        same("scale", &averages(&scaled), &expected, factor);

        let mut shifted = table.clone();
        for (y, unit) in shifted.outcome.iter_mut().zip(&table.unit) {
            *y += ((unit * 37) % 19) as f64 * 3.0 - 20.0;
        }
        same("levels", &averages(&shifted), &expected, 1.0);

        let mut trend = table.clone();
        for (y, period) in trend.outcome.iter_mut().zip(&table.period) {
            *y += 2.5 * *period as f64;
        }
        same("common trend", &averages(&trend), &expected, 1.0);

        let mut later = table.clone();
        later.period.iter_mut().for_each(|p| *p += 1000);
        later.start.iter_mut().flatten().for_each(|g| *g += 1000);
        let got = averages(&later);
        check("dates", got.overall.value, expected.overall.value, 1e-12);
    }
}

#[test]
fn the_test_of_periods_before_equals_did() {
    let reference = read("effect");
    let mut compared = 0;
    for case in reference["cases"].as_array().expect("cases") {
        let plain =
            case["covariates"] == false && case["weights"] == false && case["clusters"].is_null();
        if !(plain && case["anticipation"] == 0 && case["base"] == "varying")
            || case["pretest"].is_null()
        {
            continue;
        }
        let data = case["data"].as_str().expect("data");
        let mut table = Table::from_json(&reference["data"][data]);
        table.covariates.clear();
        table.weight.clear();
        let control = if case["control"] == "nevertreated" {
            throughline_stats::effect::Control::Never
        } else {
            throughline_stats::effect::Control::NotYet
        };
        let options = Options {
            control,
            ..Options::default()
        };
        let fit = estimate(&table.panel().expect("a panel"), &options).expect("a fit");
        let found = wald(&fit).expect("a test");
        let expected = numbers(&case["pretest"]);
        check(data, found.statistic, expected[0], 1e-7);
        // did rounds to five places.
        assert!((found.p - expected[1]).abs() <= 6e-6);
        compared += 1;
    }
    assert!(compared >= 3);
}

#[test]
fn bands_agree_with_errors_and_do_not_depend_on_threads() {
    let (table, _) = Plan::usual(200, 8, &[(4, 40), (6, 40)]).make(3);
    let options = Options {
        base: Base::Universal,
        ..Options::default()
    };
    let fit = estimate(&table.panel().expect("a panel"), &options).expect("a fit");
    let averages = fit.averages().expect("averages");
    let made = bands(&fit, &averages, 4999, 1).expect("bands");
    let by_time = made.by_time.as_ref().expect("a band");
    for (se, average) in by_time.se.iter().zip(&averages.by_time) {
        // An error from the middle half of 4,999 draws is itself off by 1.7% (one standard error).
        let ratio = se.expect("se") / average.analytic_se.expect("se");
        assert!((ratio - 1.0).abs() < 0.06, "{ratio}");
    }
    // Between one normal's quantile and what independence of all would ask (Sidak).
    let sidak = 2.85;
    assert!(
        by_time.critical > 2.2 && by_time.critical < sidak,
        "{}",
        by_time.critical
    );
    for threads in [1, 2, 3] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        let again = pool
            .install(|| bands(&fit, &averages, 4999, 1))
            .expect("bands");
        assert_eq!(again.by_time, made.by_time);
        assert_eq!(again.effects, made.effects);
    }
}

fn question(chosen: Chosen, seed: u64) -> Question {
    Question {
        options: Options::default(),
        chosen,
        matters: None,
        draws: 0,
        departures: false,
        seed,
    }
}

/// Share of 400 runs whose interval holds the truth.
fn covered(plan: &Plan) -> f64 {
    let runs = 400;
    let held = (0..runs).filter(|&seed| {
        let (table, truth) = plan.make(seed);
        let panel = table.panel().expect("a panel");
        let head = judge(&panel, &question(Chosen::Random, seed))
            .expect("an answer")
            .headline;
        let (low, high) = head.expect("a figure").ends.expect("an interval");
        low <= truth && truth <= high
    });
    held.count() as f64 / runs as f64
}

#[test]
fn intervals_hold_the_truth() {
    let mut holes = Plan::usual(200, 6, &[(3, 50), (5, 50)]);
    holes.missing = 0.2;
    let single: Vec<(i64, usize)> = (5..17).map(|g| (g, 1)).collect();
    for (name, plan) in [
        ("60 x 12", Plan::usual(60, 12, &[(5, 8), (7, 8), (9, 8)])),
        ("200 x 6 with holes", holes),
        ("starts of one", Plan::usual(60, 18, &single)),
    ] {
        let share = covered(&plan);
        // 95% of 400 has a standard error of 1.1 points.
        assert!((0.92..0.98).contains(&share), "{name}: {share}");
    }
}

#[test]
fn choosing_the_worst_fools_the_plain_comparison_only() {
    let mut plan = Plan::usual(60, 12, &[(7, 15)]);
    (plan.effect, plan.growth, plan.uneven, plan.worst_first) = (0.0, 0.0, 0.0, true);
    let (mut plain, mut ours) = (0, 0);
    let runs = 100;
    for seed in 0..runs {
        let panel = plan.make(seed).0.panel().expect("a panel");
        let found = judge(&panel, &question(Chosen::ByRecentValues, seed)).expect("an answer");
        let naive = found.averages.overall.spread.as_ref().expect("a spread");
        plain += u32::from(naive.low > 0.0 || naive.high < 0.0);
        ours += u32::from(matches!(found.verdict, Verdict::Raised | Verdict::Lowered));
    }
    assert!(plain > 70, "{plain}");
    assert!(ours <= 11, "{ours}");
}
