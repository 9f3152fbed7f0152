//! Many made-up experiments: how often do intervals hold the truth? Shared with the long version,
//! `bench/experiment/main.rs`.

use super::rows::{Kind, Rows, before_and_after, clustered, plain, tries};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use throughline_stats::experiment::bayes::{Prior, posterior};
use throughline_stats::experiment::clustered::Clusters;
use throughline_stats::experiment::cuped::{RelativeError, cuped};
use throughline_stats::experiment::fixed::{shares, welch};
use throughline_stats::experiment::sequence::asymptotic::{Arrivals, Outcome, sequence};
use throughline_stats::experiment::sequence::bernoulli::Counts;
use throughline_stats::experiment::sequence::betting::Bounds;
use throughline_stats::experiment::sequence::normal::Standing;
use throughline_stats::experiment::sequence::{bernoulli, betting, looks, normal};
use throughline_stats::experiment::{Arm, Comparison, PairedArm, Scale};
use throughline_stats::random::generator;

/// Share of `runs` in which `holds` says yes, in parallel.
pub fn share_of(runs: u64, holds: impl Fn(u64) -> bool + Sync) -> f64 {
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get()) as u64;
    let count: u64 = std::thread::scope(|scope| {
        let holds = &holds;
        (0..threads)
            .map(|first| {
                scope.spawn(move || {
                    (first..runs)
                        .step_by(threads as usize)
                        .filter(|&seed| holds(seed))
                        .count() as u64
                })
            })
            .collect::<Vec<_>>()
            .into_iter()
            .map(|thread| thread.join().expect("a thread"))
            .sum()
    });
    count as f64 / runs as f64
}

fn holds(comparison: &Comparison, truth: f64) -> bool {
    comparison.spread.low <= truth && truth <= comparison.spread.high
}

/// Each arm of `rows` by `make`.
fn arms<T>(rows: &Rows, make: impl Fn(&[f64], &[f64]) -> T) -> [T; 2] {
    [0, 1].map(|arm| make(&rows.of(arm, &rows.y), &rows.of(arm, &rows.x)))
}

/// Coverage of intervals looked at once: name, and what a run says.
pub type Trial = (String, Box<dyn Fn(u64) -> bool + Sync>);

/// All of them.
pub fn fixed_trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = Vec::new();
    let mut add = |name: String, trial: Box<dyn Fn(u64) -> bool + Sync>| trials.push((name, trial));
    let mean = |rows: &Rows, scale| {
        let [a, b] = arms(rows, |y, _| Arm::of_values(y).expect("an arm"));
        welch(&a, &b, scale, 0.05).expect("a comparison")
    };
    for (name, kind, n) in [
        ("Welch, normal, 60 rows", Kind::Normal([5.0, 5.5]), 60),
        ("Welch, ratings, 400 rows", Kind::Rating(0.2), 400),
        (
            "Welch, long tail, 2,000 rows",
            Kind::Skewed([1.0, 1.1]),
            2000,
        ),
    ] {
        add(
            name.into(),
            Box::new(move |seed| {
                holds(&mean(&plain(kind, n, seed), Scale::Absolute), kind.truth())
            }),
        );
    }
    add(
        "relative change, ratings, 400 rows".into(),
        Box::new(move |seed| {
            let kind = Kind::Rating(0.2);
            // Mean rating: 1 × .10 + 2 × .08 + 3 × .17 + 4 × .35 + 5 × .30.
            holds(
                &mean(&plain(kind, 400, seed), Scale::Relative),
                kind.truth() / 3.67,
            )
        }),
    );
    for (name, share, n) in [
        ("shares .30 and .40, 200 rows", [0.3, 0.4], 200),
        ("shares .05 and .07, 1,000 rows", [0.05, 0.07], 1000),
    ] {
        add(
            name.into(),
            Box::new(move |seed| {
                let rows = plain(Kind::Share(share), n, seed);
                let [a, b] = arms(&rows, |y, _| {
                    Arm::of_share(y.len() as u64, y.iter().sum::<f64>() as u64).expect("an arm")
                });
                holds(
                    &shares(&a, &b, 0.05).expect("a comparison"),
                    share[1] - share[0],
                )
            }),
        );
    }
    add(
        "ratio of sums, 300 rows".into(),
        Box::new(|seed| {
            let rows = tries([0.4, 0.45], 300, seed);
            let [a, b] = arms(&rows, |y, x| {
                PairedArm::of_values(y, x)
                    .and_then(|arm| arm.ratio())
                    .expect("a ratio")
            });
            holds(
                &welch(&a, &b, Scale::Absolute, 0.05).expect("a comparison"),
                0.05,
            )
        }),
    );
    for (name, gain, scale, error) in [
        (
            "CUPED, 200 rows",
            0.3,
            Scale::Absolute,
            RelativeError::Delta,
        ),
        (
            "CUPED, relative, large effect",
            10.0,
            Scale::Relative,
            RelativeError::Delta,
        ),
    ] {
        add(
            name.into(),
            Box::new(move |seed| {
                let rows = before_and_after(gain, 200, seed);
                let [a, b] = arms(&rows, |y, x| PairedArm::of_values(y, x).expect("an arm"));
                let found = cuped(&a, &b, scale, error, 0.05).expect("adjusted");
                let truth = if scale == Scale::Relative {
                    gain / 10.0
                } else {
                    gain
                };
                holds(&found.comparison, truth)
            }),
        );
    }
    for count in [20, 60] {
        for (name, kind) in [("means", 0), ("adjusted", 1), ("relative", 2)] {
            add(
                format!("{count} clusters, {name}"),
                Box::new(move |seed| {
                    let rows = clustered(count, 0.4, 1.0, seed);
                    let clusters = sums(&rows);
                    let (found, truth) = match kind {
                        0 => (clusters.means(Scale::Absolute, 0.05), 0.4),
                        1 => (clusters.adjusted(Scale::Absolute, 0.05), 0.4),
                        _ => (clusters.means(Scale::Relative, 0.05), 0.4 / 7.0),
                    };
                    holds(&found.expect("a comparison").comparison, truth)
                }),
            );
        }
    }
    add(
        "60 clusters, ratio of sums".into(),
        Box::new(|seed| {
            let rows = clustered_tries(60, [0.4, 0.45], seed);
            let found = sums(&rows)
                .ratios(Scale::Absolute, 0.05)
                .expect("a comparison");
            holds(&found.comparison, 0.05)
        }),
    );
    add(
        "Bayesian, flat prior, 400 rows".into(),
        Box::new(move |seed| {
            let kind = Kind::Rating(0.2);
            let found = mean(&plain(kind, 400, seed), Scale::Absolute);
            let belief = posterior(found.value, found.spread.se, None, 0.05).expect("a belief");
            belief.low <= kind.truth() && kind.truth() <= belief.high
        }),
    );
    add(
        "Bayesian, truth drawn from its prior".into(),
        Box::new(move |seed| {
            let mut random = generator(seed, "prior");
            let noise: f64 = StandardNormal.sample(&mut random);
            let prior = Prior { mean: 0.1, sd: 0.2 };
            let truth = prior.mean + prior.sd * noise;
            let found = mean(
                &plain(Kind::Normal([5.0, 5.0 + truth]), 400, seed),
                Scale::Absolute,
            );
            let belief =
                posterior(found.value, found.spread.se, Some(prior), 0.05).expect("a belief");
            belief.low <= truth && truth <= belief.high
        }),
    );
    trials
}

/// What an experiment on clusters sees at its end.
pub fn sums(rows: &Rows) -> Clusters {
    Clusters::of_rows(&rows.arm, &rows.cluster, &rows.y, &rows.x).expect("clusters")
}

/// Clusters of rows of tries and hits; clusters differ in their share by ± .1.
fn clustered_tries(count: usize, share: [f64; 2], seed: u64) -> Rows {
    let mut random = generator(seed, "clustered tries");
    let mut rows = clustered(count, 0.0, 0.0, seed);
    let own: Vec<f64> = (0..count)
        .map(|_| 0.2 * (random.random::<f64>() - 0.5))
        .collect();
    for row in 0..rows.y.len() {
        let tries = 1 + (random.random::<f64>() * 6.0) as usize;
        let share = share[rows.arm[row]] + own[rows.cluster[row]];
        let hits = (0..tries)
            .filter(|_| random.random::<f64>() < share)
            .count();
        rows.x[row] = tries as f64;
        rows.y[row] = hits as f64;
    }
    rows
}

/// Runs of `n` rows looked at `most` times in which a confidence sequence ever loses the truth (an
/// empty intersection counts).
pub fn peeking_trials(n: usize, most: usize) -> Vec<Trial> {
    let mut trials: Vec<Trial> = Vec::new();
    let mut add = |name: &str, trial: Box<dyn Fn(u64) -> bool + Sync>| {
        trials.push((name.to_string(), trial));
    };
    let at = move |from: u64| looks(from, n as u64, most);
    for (name, kind, bounds) in [
        ("betting, shares .10", Kind::Share([0.1, 0.1]), [0.0, 1.0]),
        (
            "betting, shares .50 and .55",
            Kind::Share([0.5, 0.55]),
            [0.0, 1.0],
        ),
        ("betting, ratings", Kind::Rating(0.1), [1.0, 5.0]),
    ] {
        add(
            name,
            Box::new(move |seed| {
                let rows = plain(kind, n, seed);
                let bounds = Bounds {
                    low: bounds[0],
                    high: bounds[1],
                };
                let at = at(2);
                let found =
                    betting::difference(&rows.arm, &rows.y, bounds, 0.5, Some(n as u64), &at, 0.05);
                lost(found, kind.truth())
            }),
        );
    }
    add(
        "betting, shares .30, arms in turn",
        Box::new(move |seed| {
            let mut rows = plain(Kind::Share([0.3, 0.3]), n, seed);
            rows.arm = (0..n).map(|row| row % 2).collect();
            let unit = Bounds {
                low: 0.0,
                high: 1.0,
            };
            let horizon = Some(n as u64);
            lost(
                betting::difference(&rows.arm, &rows.y, unit, 0.5, horizon, &at(2), 0.05),
                0.0,
            )
        }),
    );
    for (name, kind) in [
        ("beta-binomial, shares .10", Kind::Share([0.1, 0.1])),
        (
            "beta-binomial, shares .50 and .55",
            Kind::Share([0.5, 0.55]),
        ),
    ] {
        add(
            name,
            Box::new(move |seed| {
                let rows = plain(kind, n, seed);
                let counts: Vec<Counts> = standings(&rows, &at(2))
                    .into_iter()
                    .map(|(n, sum)| Counts {
                        n,
                        hits: sum.map(|sum| sum as u64),
                    })
                    .collect();
                lost(bernoulli::difference(&counts, n as u64, 0.05), kind.truth())
            }),
        );
    }
    add(
        "normal mixture, scatter known",
        Box::new(move |seed| {
            let kind = Kind::Normal([5.0, 5.0]);
            let rows = plain(kind, n, seed);
            let looks: Vec<Standing> = standings(&rows, &at(2))
                .into_iter()
                .map(|(n, sum)| Standing {
                    n,
                    mean: [0, 1].map(|arm| sum[arm] / (n[arm].max(1)) as f64),
                })
                .collect();
            lost(normal::difference(&looks, 2.0, n as u64, 0.05), 0.0)
        }),
    );
    for (name, kind) in [
        ("asymptotic, normal", Kind::Normal([5.0, 5.0])),
        ("asymptotic, shares .10", Kind::Share([0.1, 0.1])),
        ("asymptotic, ratings", Kind::Rating(0.1)),
        ("asymptotic, long tail", Kind::Skewed([1.0, 1.1])),
    ] {
        add(
            name,
            Box::new(move |seed| {
                let rows = plain(kind, n, seed);
                lost(ever(&rows, Outcome::Mean, false, &at(2)), kind.truth())
            }),
        );
    }
    add(
        "asymptotic, ratio of sums",
        Box::new(move |seed| {
            let rows = tries([0.4, 0.4], n, seed);
            lost(ever(&rows, Outcome::Ratio, false, &at(2)), 0.0)
        }),
    );
    add(
        "asymptotic, CUPED",
        Box::new(move |seed| {
            let rows = before_and_after(0.2, n, seed);
            lost(ever(&rows, Outcome::Adjusted, false, &at(2)), 0.2)
        }),
    );
    for (name, count) in [
        ("asymptotic, 20 clusters", 20),
        ("asymptotic, 60 clusters", 60),
    ] {
        add(
            name,
            Box::new(move |seed| {
                let rows = clustered(count, 0.0, 1.0, seed);
                let at = looks(20, rows.arm.len() as u64, most.min(60));
                lost(ever(&rows, Outcome::Mean, true, &at), 0.0)
            }),
        );
    }
    trials
}

type Found = throughline_stats::Result<throughline_stats::experiment::sequence::Sequence>;

fn lost(found: Found, truth: f64) -> bool {
    match found.map(|found| found.last().expect("a look")) {
        Ok(last) => truth < last.low || last.high < truth,
        Err(throughline_stats::NoAnswer::LooksDisagree { .. }) => true,
        Err(reason) => panic!("{reason}"),
    }
}

fn ever(rows: &Rows, outcome: Outcome, by_cluster: bool, at: &[u64]) -> Found {
    let arrivals = Arrivals {
        arm: &rows.arm,
        y: &rows.y,
        x: if outcome == Outcome::Mean {
            &[]
        } else {
            &rows.x
        },
        cluster: by_cluster.then_some(rows.cluster.as_slice()),
    };
    let burn_in = if by_cluster { 20 } else { 100 };
    let horizon = rows.arm.len() as u64;
    sequence(&arrivals, outcome, at, burn_in, horizon, 0.05)
}

/// Rows and sums of each arm at the looks.
pub fn standings(rows: &Rows, at: &[u64]) -> Vec<([u64; 2], [f64; 2])> {
    let (mut n, mut sum) = ([0u64; 2], [0.0; 2]);
    let mut next = at.iter().peekable();
    let mut out = Vec::new();
    for (row, (&arm, y)) in rows.arm.iter().zip(&rows.y).enumerate() {
        n[arm] += 1;
        sum[arm] += y;
        if next.next_if(|&&look| look == row as u64 + 1).is_some() {
            out.push((n, sum));
        }
    }
    out
}

/// Width of the betting interval at its horizon over that of the fixed one: mean over `runs`.
pub fn betting_width(kind: Kind, bounds: [f64; 2], n: usize, runs: u64) -> f64 {
    let mut sum = 0.0;
    for seed in 0..runs {
        let rows = plain(kind, n, seed + 90_000);
        let bounds = Bounds {
            low: bounds[0],
            high: bounds[1],
        };
        let at = looks(2, n as u64, 100);
        let found = betting::difference(&rows.arm, &rows.y, bounds, 0.5, Some(n as u64), &at, 0.05)
            .and_then(|found| found.last())
            .expect("a sequence");
        let [a, b] = arms(&rows, |y, _| Arm::of_values(y).expect("an arm"));
        let fixed = welch(&a, &b, Scale::Absolute, 0.05).expect("a comparison");
        sum += (found.high - found.low) / (fixed.spread.high - fixed.spread.low);
    }
    sum / runs as f64
}
