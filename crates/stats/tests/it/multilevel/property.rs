//! What must not matter, doesn't: order of rows and groups, units of columns, shifts, groups without
//! rows.

use super::simulate::{Plan, Rows, USUAL};
use crate::reference::check;
use proptest::prelude::*;
use throughline_stats::multilevel::{Criterion, Fit, Grouping, Model, fit};

const SMALL: Plan = Plan {
    groups: 14,
    periods: 9,
    missing: 0.15,
    ..USUAL
};

/// Rows with a second column, so that several things can be turned about.
struct Made {
    rows: Rows,
    groups: usize,
}

impl Made {
    fn of(seed: u64) -> Self {
        Self {
            rows: SMALL.rows(seed),
            groups: SMALL.groups,
        }
    }

    fn fit(&self, crossed: bool) -> Fit {
        let time: Vec<f64> = self.rows.period.iter().map(|&t| t as f64).collect();
        let slopes: [&[f64]; 1] = [&self.rows.x];
        let mut groupings = vec![Grouping {
            group: &self.rows.group,
            groups: self.groups,
            intercept: true,
            slopes: &slopes,
            correlated: true,
        }];
        if crossed {
            groupings.push(Grouping {
                group: &self.rows.period,
                groups: SMALL.periods,
                intercept: true,
                slopes: &[],
                correlated: true,
            });
        }
        let second: Vec<f64> = time.iter().map(|t| (t * 1.7).sin()).collect();
        fit(&Model {
            outcome: &self.rows.y,
            fixed: &[&self.rows.x, &second],
            intercept: true,
            groupings: &groupings,
            criterion: Criterion::Restricted,
        })
        .expect("a fit")
    }
}

/// Both searches stop within 1e-5 standard errors of the same point.
const TOLERANCE: f64 = 1e-6;

fn same(a: &Fit, b: &Fit) {
    check("loglik", a.log_likelihood, b.log_likelihood, 1e-9);
    check("sigma", a.residual_sd, b.residual_sd, TOLERANCE);
    for (a, b) in a.coefficients.iter().zip(&b.coefficients) {
        check("value", a.estimate.value, b.estimate.value, TOLERANCE);
        let (Ok(a), Ok(b)) = (&a.estimate.spread, &b.estimate.spread) else {
            panic!("no spread")
        };
        check("se", a.se, b.se, TOLERANCE);
    }
    for (a, b) in a.effects.iter().zip(&b.effects) {
        for (a, b) in a.covariance.values().iter().zip(b.covariance.values()) {
            check("covariance", *a, *b, 10.0 * TOLERANCE);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn order_and_names_do_not_matter(seed in 0u64..1000, turn in 1usize..13, crossed: bool) {
        let made = Made::of(seed);
        let plain = made.fit(crossed);
        // Rows in another order, groups under other numbers, three of them without rows.
        let mut order: Vec<usize> = (0..made.rows.y.len()).collect();
        order.sort_by_key(|&row| throughline_stats::random::hash(seed, &row.to_le_bytes()));
        let rename = |g: usize| (g + turn) % made.groups + 3;
        let other = Made {
            groups: made.groups + 3,
            rows: Rows {
                group: order.iter().map(|&r| rename(made.rows.group[r])).collect(),
                period: order.iter().map(|&r| made.rows.period[r]).collect(),
                x: order.iter().map(|&r| made.rows.x[r]).collect(),
                y: order.iter().map(|&r| made.rows.y[r]).collect(),
            },
        };
        let turned = other.fit(crossed);
        same(&plain, &turned);
        prop_assert_eq!(plain.effects[0].groups, turned.effects[0].groups);
        for g in 0..made.groups {
            for k in 0..2 {
                let (a, b) = (&plain.effects[0].predicted, &turned.effects[0].predicted);
                check("predicted", a[g * 2 + k], b[rename(g) * 2 + k], 100.0 * TOLERANCE);
            }
        }
        for g in 0..3 {
            prop_assert_eq!(turned.effects[0].predicted[g * 2], 0.0);
        }
    }

    #[test]
    fn units_only_change_units(
        seed in 0u64..1000, power_x in -6i32..7, power_y in -6i32..7, shift in -3.0f64..3.0, crossed: bool,
    ) {
        let made = Made::of(seed);
        let plain = made.fit(crossed);
        let (unit_x, unit_y) = (10f64.powi(power_x), -(10f64.powi(power_y)));
        let mut other = Made::of(seed);
        other.rows.x.iter_mut().for_each(|x| *x *= unit_x);
        other.rows.y.iter_mut().for_each(|y| *y = *y * unit_y + 1000.0 * shift * unit_y.abs());
        let turned = other.fit(crossed);
        let (a, b) = (&plain.coefficients, &turned.coefficients);
        check("slope", b[1].estimate.value * unit_x / unit_y, a[1].estimate.value, TOLERANCE);
        check("other slope", b[2].estimate.value / unit_y, a[2].estimate.value, TOLERANCE);
        let ends = |fit: &Fit| fit.coefficients[1].estimate.ends().expect("an interval");
        let ((low, high), (a, b)) = (ends(&turned), ends(&plain));
        check("low", high * unit_x / unit_y, a, 1e-4);
        check("high", low * unit_x / unit_y, b, 1e-4);
        check("sd of slopes", turned.effects[0].sd[1] * unit_x / unit_y.abs(), plain.effects[0].sd[1], 10.0 * TOLERANCE);
        check("sd of levels", turned.effects[0].sd[0] / unit_y.abs(), plain.effects[0].sd[0], 10.0 * TOLERANCE);
        check("sigma", turned.residual_sd / unit_y.abs(), plain.residual_sd, TOLERANCE);
    }
}

/// lme4 can't fit years as they are written; here they may be.
#[test]
fn a_far_away_origin_does_not_matter() {
    let made = Made::of(5);
    let years = |from: f64| -> Vec<f64> {
        made.rows
            .period
            .iter()
            .map(|&t| from + t as f64 / 12.0)
            .collect()
    };
    let fitted = |x: &[f64]| {
        fit(&Model {
            outcome: &made.rows.y,
            fixed: &[x],
            intercept: true,
            groupings: &[Grouping {
                group: &made.rows.group,
                groups: made.groups,
                intercept: true,
                slopes: &[x],
                correlated: true,
            }],
            criterion: Criterion::Restricted,
        })
        .expect("a fit")
    };
    let (near, far) = (fitted(&years(0.0)), fitted(&years(2020.0)));
    check("loglik", far.log_likelihood, near.log_likelihood, 1e-9);
    check(
        "slope",
        far.coefficients[1].estimate.value,
        near.coefficients[1].estimate.value,
        TOLERANCE,
    );
    check("sd", far.effects[0].sd[1], near.effects[0].sd[1], 1e-5);
}

/// The same bytes whatever the number of threads.
#[test]
fn threads_do_not_matter() {
    let plan = Plan {
        groups: 3000,
        periods: 8,
        ..USUAL
    };
    let rows = plan.rows(1);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        pool.install(|| {
            let fit = fit(&Model {
                outcome: &rows.y,
                fixed: &[&rows.x],
                intercept: true,
                groupings: &[Grouping {
                    group: &rows.group,
                    groups: plan.groups,
                    intercept: true,
                    slopes: &[&rows.x],
                    correlated: true,
                }],
                criterion: Criterion::Full,
            })
            .expect("a fit");
            (fit.log_likelihood, fit.coefficients, fit.effects)
        })
    };
    assert_eq!(run(1), run(3));
}
