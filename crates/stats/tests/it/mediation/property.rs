//! What must not matter doesn't; bad input has reasons; intervals hold the truth (short version).

use super::simulate::{Plan, USUAL};
use crate::reference::check;
use proptest::prelude::*;
use throughline_stats::NoAnswer;
use throughline_stats::mediation::{Bootstrap, Ends, Mediation, Part, Variables, mediate};

const QUICK: Bootstrap = Bootstrap {
    draws: 300,
    seed: 7,
    ends: Ends::Percentile,
};

/// 60 rows in 12 clusters.
fn usual() -> (Vec<f64>, Vec<f64>, Vec<f64>, Vec<usize>) {
    let row = |k: i32| (0..60).map(move |r| r * k);
    let x: Vec<f64> = row(7).map(|r| f64::from(r % 11)).collect();
    let m = x
        .iter()
        .zip(row(5))
        .map(|(x, r)| 0.5 * x + f64::from(r % 13))
        .collect();
    let y = x
        .iter()
        .zip(row(17))
        .map(|(x, r)| 0.1 * x + f64::from(r % 19))
        .collect();
    (x, m, y, (0..60).map(|r| r % 12).collect())
}

fn run(
    x: &[f64],
    m: &[f64],
    y: &[f64],
    cluster: &[usize],
    part: Part,
) -> Result<Mediation, NoAnswer> {
    let clusters = cluster.iter().max().map_or(0, |g| g + 1);
    let variables = Variables {
        cause: x,
        mediator: m,
        outcome: y,
        covariates: &[],
        cluster,
        clusters,
    };
    mediate(&variables, part, QUICK)
}

#[test]
fn edges_have_reasons() {
    let (x, m, y, g) = usual();
    let fail = |x: &[f64], m: &[f64], y: &[f64], g: &[usize], part| {
        run(x, m, y, g, part).map(|_| ()).expect_err("a reason")
    };
    assert_eq!(fail(&[], &[], &[], &[], Part::All), NoAnswer::Empty);
    let flat = vec![2.0; 60];
    let constant = |what| NoAnswer::ConstantColumn { what, column: 0 };
    assert_eq!(fail(&flat, &m, &y, &g, Part::All), constant("cause"));
    assert_eq!(fail(&x, &flat, &y, &g, Part::All), constant("mediator"));
    assert_eq!(fail(&x, &m, &flat, &g, Part::All), constant("outcome"));
    // The same for all rows of a cluster: nothing within, something between.
    let level: Vec<f64> = g.iter().map(|&g| ((g * 5) % 12) as f64).collect();
    assert_eq!(fail(&level, &m, &y, &g, Part::Within), constant("cause"));
    assert!(run(&level, &m, &y, &g, Part::Between).is_ok());
    let double: Vec<f64> = x.iter().map(|x| 1.0 - 2.0 * x).collect();
    let apart = NoAnswer::Inseparable {
        what: "cause and mediator",
        columns: vec![0, 1],
    };
    assert_eq!(fail(&x, &double, &y, &g, Part::All), apart);
    assert_eq!(fail(&x, &m, &double, &g, Part::All), NoAnswer::ExactFit);
    for bad in [f64::NAN, f64::INFINITY] {
        let mut there = x.clone();
        there[3] = bad;
        assert!(matches!(
            fail(&there, &m, &y, &g, Part::All),
            NoAnswer::NotFinite { .. }
        ));
        assert!(matches!(
            fail(&x, &m, &there, &g, Part::All),
            NoAnswer::NotFinite { .. }
        ));
    }
    let mut far = x.clone();
    far[3] = 1e300;
    assert!(matches!(
        fail(&x, &far, &y, &g, Part::All),
        NoAnswer::OutOfRange { .. }
    ));
    assert!(matches!(
        fail(&x, &m[1..], &y, &g, Part::All),
        NoAnswer::Shape { .. }
    ));
    let variables = Variables {
        cause: &x,
        mediator: &m,
        outcome: &y,
        covariates: &[],
        cluster: &g,
        clusters: 12,
    };
    let few = mediate(&variables, Part::All, Bootstrap { draws: 10, ..QUICK }).map(|_| ());
    assert_eq!(few, Err(NoAnswer::TooFewItems { n: 10, needed: 200 }));
    // Few clusters: values, no intervals.
    let nine: Vec<usize> = g.iter().map(|g| g % 9).collect();
    let found = run(&x, &m, &y, &nine, Part::All).expect("values");
    assert_eq!(
        found.indirect.spread,
        Err(NoAnswer::TooFewClusters { n: 9, needed: 10 })
    );
    assert_eq!(
        found.mediated_share,
        Err(NoAnswer::TooFewClusters { n: 9, needed: 10 })
    );
}

#[test]
fn a_share_is_given_only_where_it_means_something() {
    let found = USUAL.mediation(3, QUICK);
    let share = found.mediated_share.expect("a share");
    check(
        "share",
        share.value,
        found.indirect.value / found.total.value,
        1e-12,
    );
    // Direct and indirect pull in opposite directions.
    let opposed = Plan { b: -0.6, ..USUAL }.mediation(3, QUICK);
    assert!(opposed.direct.value > 0.0 && opposed.indirect.value < 0.0);
    assert_eq!(opposed.mediated_share, Err(NoAnswer::NoShare));
}

#[test]
fn taking_levels_out_takes_confounding_by_cluster_out() {
    let plan = Plan {
        confounded: true,
        clusters: 200,
        slope_sd: 0.0,
        ..USUAL
    };
    let all = plan.mediation(1, QUICK).indirect;
    let within = Plan {
        part: Part::Within,
        ..plan
    }
    .mediation(1, QUICK)
    .indirect;
    assert!((within.value - 0.09).abs() < 0.02, "{}", within.value);
    assert!(all.ends().expect("an interval").0 > 0.12, "{all:?}");
}

#[test]
fn the_same_seed_gives_the_same_draws_whatever_the_threads() {
    let run = |threads: usize, seed: u64| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        pool.install(|| USUAL.mediation(1, Bootstrap { seed, ..QUICK }))
    };
    assert_eq!(run(1, 5), run(3, 5));
    assert_ne!(run(1, 5).indirect.spread, run(1, 6).indirect.spread);
}

/// Cluster, cause, mediator, outcome.
type Row = (usize, i32, i32, i32);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn order_and_units_do_not_matter(
        seed in 0u64..500, px in -5i32..6, pm in -5i32..6, py in -5i32..6, which in 0usize..3,
    ) {
        let part = [Part::All, Part::Within, Part::Between][which];
        let (x, m, y, g) = usual();
        let plain = run(&x, &m, &y, &g, part).expect("mediation");
        let (ux, um, uy) = (10f64.powi(px), -(10f64.powi(pm)), 10f64.powi(py));
        let mut order: Vec<usize> = (0..60).collect();
        order.sort_by_key(|&r| throughline_stats::random::hash(seed, &r.to_le_bytes()));
        let turn = |v: &[f64], unit: f64| -> Vec<f64> { order.iter().map(|&r| v[r] * unit + unit).collect() };
        let cluster: Vec<usize> = order.iter().map(|&r| g[r]).collect();
        let other = run(&turn(&x, ux), &turn(&m, um), &turn(&y, uy), &cluster, part).expect("mediation");
        check("a", other.to_mediator.value * ux / um, plain.to_mediator.value, 1e-9);
        check("b", other.to_outcome.value * um / uy, plain.to_outcome.value, 1e-9);
        check("indirect", other.indirect.value * ux / uy, plain.indirect.value, 1e-9);
        check("total", other.total.value, other.direct.value + other.indirect.value, 1e-12);
        let (low, high) = other.indirect.ends().expect("an interval");
        let (a, b) = plain.indirect.ends().expect("an interval");
        check("low", low * ux / uy, a, 1e-8);
        check("high", high * ux / uy, b, 1e-8);
    }

    #[test]
    fn an_answer_or_a_reason_never_nan(
        rows in prop::collection::vec((0usize..13, -2i32..3, -2i32..3, -2i32..3), 0..40), which in 0usize..3, bca: bool,
    ) {
        let column = |f: &dyn Fn(&Row) -> i32| -> Vec<f64> {
            rows.iter().map(|r| f64::from(f(r))).collect()
        };
        let (x, m, y) = (column(&|r| r.1), column(&|r| r.2), column(&|r| r.3));
        let cluster: Vec<usize> = rows.iter().map(|r| r.0).collect();
        let variables = Variables { cause: &x, mediator: &m, outcome: &y, covariates: &[], cluster: &cluster, clusters: 13 };
        let ends = if bca { Ends::Accelerated } else { Ends::Percentile };
        let part = [Part::All, Part::Within, Part::Between][which];
        if let Ok(found) = mediate(&variables, part, Bootstrap { draws: 200, seed: 1, ends }) {
            for answer in [&found.to_mediator, &found.to_outcome, &found.direct, &found.indirect, &found.total] {
                prop_assert!(answer.value.is_finite());
                if let Ok(s) = &answer.spread {
                    prop_assert!(s.low.is_finite() && s.high.is_finite() && s.low <= s.high && s.se > 0.0);
                }
            }
            prop_assert!(found.erasing_correlation.abs() <= 1.0);
        }
    }
}

/// 400 runs of 500 draws: the share's own standard error is .011, so .92 to .98 is 2.7 of them.
#[test]
fn intervals_hold_the_indirect_effect() {
    let within = Plan {
        confounded: true,
        part: Part::Within,
        ..USUAL
    };
    for (name, plan) in [("all", USUAL), ("within", within)] {
        let share = plan.coverage(400, 500, Ends::Percentile);
        assert!((0.92..=0.98).contains(&share), "{name}: {share}");
    }
}
