//! `share` against R (`tools/reference/shrink.R`) and at its edges.

use crate::reference::{check, numbers, read};
use crate::simulate::{Plan, grams};
use throughline_stats::clustered::Intercept;
use throughline_stats::share::{
    Sums, TrendCell, clustered_mean, clustered_share, difference, mean, shares, trend, wilson,
};
use throughline_stats::{Answer, NoAnswer};

/// Both sides work in double precision on whole numbers.
const TOLERANCE: f64 = 1e-9;

fn check_answer(what: &str, got: &Answer, expected: &serde_json::Value) {
    let number = |key: &str| expected[key].as_f64().expect("number");
    let spread = got.spread.as_ref().expect("a spread");
    check(what, got.value, number("value"), TOLERANCE);
    check(&format!("{what} se"), spread.se, number("se"), TOLERANCE);
    check(&format!("{what} df"), spread.df, number("df"), TOLERANCE);
}

#[test]
fn clustered_equals_club_sandwich() {
    let reference = &read("shrink")["shares"];
    let (cluster, y, when) = (
        numbers(&reference["cluster"]),
        numbers(&reference["y"]),
        numbers(&reference["when"]),
    );
    let sums = |keep: &dyn Fn(usize) -> bool| {
        Sums::of(
            &(0..y.len())
                .filter(|&i| keep(i))
                .map(|i| y[i])
                .collect::<Vec<_>>(),
        )
        .expect("clean")
    };
    let of_cluster =
        |g: usize, keep: &dyn Fn(f64) -> bool| sums(&|i| cluster[i] as usize == g && keep(when[i]));
    let all: Vec<Sums> = (0..11).map(|g| of_cluster(g, &|_| true)).collect();
    check_answer(
        "mean",
        &clustered_mean(&all).expect("mean"),
        &reference["mean"],
    );
    let before: Vec<Sums> = (0..11).map(|g| of_cluster(g, &|t| t < 1.0)).collect();
    let after: Vec<Sums> = (0..11).map(|g| of_cluster(g, &|t| t >= 1.0)).collect();
    let change = difference(&before, &after).expect("difference");
    check_answer("difference", &change, &reference["difference"]);
    let cells: Vec<TrendCell> = (0..11)
        .flat_map(|g| [0.0, 0.5, 1.0, 1.5].map(|t| (g, t)))
        .map(|(cluster, at_years)| TrendCell {
            cluster,
            // Any day may be the start.
            at_years: at_years + 2024.0,
            sums: of_cluster(cluster, &|t| t == at_years),
        })
        .collect();
    let shared = trend(&cells, Intercept::Shared).expect("trend");
    check_answer("trend", &shared, &reference["trend_shared"]);
    let within = trend(&cells, Intercept::WithinCluster).expect("trend");
    check_answer("trend within", &within, &reference["trend_within"]);
    assert_eq!(
        trend(&cells[..2], Intercept::Shared),
        Err(NoAnswer::TooFewPeriods { n: 2, needed: 3 })
    );
}

#[test]
fn wilson_equals_prop_test() {
    let reference = &read("shrink")["shares"]["wilson"];
    let (hits, n) = (numbers(&reference["hits"]), numbers(&reference["n"]));
    let (low, high) = (numbers(&reference["low"]), numbers(&reference["high"]));
    for i in 0..n.len() {
        let (l, h) = wilson(hits[i], n[i])
            .expect("share")
            .ends()
            .expect("interval");
        check("low", l, low[i], TOLERANCE);
        check("high", h, high[i], TOLERANCE);
    }
}

#[test]
fn edges_have_reasons() {
    assert_eq!(wilson(0.0, 0.0), Err(NoAnswer::Empty));
    assert!(matches!(wilson(3.0, 2.0), Err(NoAnswer::OutOfRange { .. })));
    assert!(matches!(
        wilson(f64::NAN, 2.0),
        Err(NoAnswer::NotFinite { .. })
    ));
    assert!(matches!(
        Sums::of(&[f64::INFINITY]),
        Err(NoAnswer::NotFinite { .. })
    ));
    assert!(matches!(
        Sums::of(&[1e300]),
        Err(NoAnswer::OutOfRange { .. })
    ));
    assert_eq!(mean(Sums::default()), Err(NoAnswer::Empty));
    let one = mean(Sums::of(&[3.0]).expect("clean")).expect("a value");
    assert_eq!(
        (one.value, one.spread),
        (3.0, Err(NoAnswer::TooFewRows { n: 1, needed: 2 }))
    );
    let same = clustered_mean(&vec![Sums::of(&[4.0, 4.0]).expect("clean"); 12]).expect("a value");
    assert_eq!((same.value, same.spread), (4.0, Err(NoAnswer::NoVariation)));
    let nine: Vec<Sums> = (0..9).map(|g| Sums::of_share(10, g)).collect();
    let few = clustered_share(&nine).expect("a value");
    assert_eq!(
        few.spread,
        Err(NoAnswer::TooFewClusters { n: 9, needed: 10 })
    );
    assert_eq!(clustered_mean(&[]), Err(NoAnswer::Empty));
    let (a, b) = (vec![Sums::default(); 3], vec![Sums::of_share(4, 2); 3]);
    assert_eq!(difference(&a, &b), Err(NoAnswer::Empty));
    assert!(matches!(
        difference(&a[..2], &b),
        Err(NoAnswer::Shape { .. })
    ));
    let rare: Vec<Sums> = (0..40)
        .map(|g| Sums::of_share(50, u64::from(g < 2)))
        .collect();
    let (low, high) = clustered_share(&rare)
        .expect("share")
        .ends()
        .expect("interval");
    assert!(
        low > 0.0 && low < 0.001 && high > 0.001 && high < 0.01,
        "{low} {high}"
    );
}

#[test]
fn many_shares_are_each_the_clustered_share() {
    let plan = Plan::usual();
    let columns: Vec<usize> = (0..plan.shares.len()).collect();
    let grams = grams(plan.clusters, columns.len(), &plan.rows(3));
    let many = shares(&grams, &columns).expect("shares");
    for &column in &columns {
        let sums: Vec<Sums> = grams
            .iter()
            .map(|gram| Sums::of_column(gram, column))
            .collect();
        let one = clustered_share(&sums).expect("share");
        let (one, many) = (one, &many.answers[column]);
        check("value", many.value, one.value, 1e-12);
        let (one, many) = (
            one.spread.expect("spread"),
            many.spread.as_ref().expect("spread"),
        );
        check("se", many.se, one.se, 1e-9);
        check("df", many.df, one.df, 1e-9);
        check("low", many.low, one.low, 1e-9);
        check("high", many.high, one.high, 1e-9);
    }
}

/// Share of a column among clustered rows: 200 runs, five columns down to 2%. Clusters differ, so
/// the truth is the mean share over clusters weighted by expected size, found from a large run.
#[test]
fn intervals_of_shares_cover() {
    let plan = Plan {
        median_rows: 30.0,
        ..Plan::usual()
    };
    let columns: Vec<usize> = (0..plan.shares.len()).collect();
    let big = Plan {
        clusters: 20_000,
        median_rows: 6.0,
        ..Plan::usual()
    };
    let all = grams(big.clusters, columns.len(), &big.rows(1));
    let truth: Vec<f64> = columns
        .iter()
        // Clusters equally weighted: size and share are independent in the plan.
        .map(|&k| {
            let full: Vec<_> = all.iter().filter(|gram| gram.n() > 0).collect();
            full.iter().map(|g| g.sum(k) / g.n() as f64).sum::<f64>() / full.len() as f64
        })
        .collect();
    let mut covered = 0;
    let runs = 200;
    for seed in 0..runs {
        let grams = grams(plan.clusters, columns.len(), &plan.rows(10_000 + seed));
        let many = shares(&grams, &columns).expect("shares");
        for (answer, truth) in many.answers.iter().zip(&truth) {
            let (low, high) = answer.ends().expect("interval");
            covered += usize::from(low <= *truth && *truth <= high);
        }
    }
    let coverage = covered as f64 / (runs * columns.len() as u64) as f64;
    assert!((0.92..=0.98).contains(&coverage), "coverage {coverage}");
}
