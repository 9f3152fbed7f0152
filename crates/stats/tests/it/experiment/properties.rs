//! Properties: swapping arms flips signs, order and scale carry over, nothing is ever NaN.

use super::rows::{Kind, Rows, before_and_after, clustered, plain, tries};
use super::trials::standings;
use proptest::prelude::*;
use throughline_stats::Result;
use throughline_stats::experiment::bayes::{Prior, posterior};
use throughline_stats::experiment::clustered::Clusters;
use throughline_stats::experiment::cuped::{RelativeError, cuped};
use throughline_stats::experiment::fixed::{Comparison, shares, welch};
use throughline_stats::experiment::sequence::asymptotic::{Arrivals, Outcome, sequence};
use throughline_stats::experiment::sequence::bernoulli::{self, Counts};
use throughline_stats::experiment::sequence::betting::{self, Bounds};
use throughline_stats::experiment::sequence::{Sequence, looks};
use throughline_stats::experiment::several::{Adjustment, adjust};
use throughline_stats::experiment::split::chi_square;
use throughline_stats::experiment::{Arm, PairedArm, Scale};

fn near(a: f64, b: f64, size: f64) -> bool {
    (a - b).abs() <= 1e-8 * size.abs().max(a.abs()).max(1e-3)
}

/// Value, low and high are those of `other` times `factor` (ends swapped if negative).
fn scaled(one: &Comparison, other: &Comparison, factor: f64) -> bool {
    let (low, high) = if factor < 0.0 {
        (other.spread.high, other.spread.low)
    } else {
        (other.spread.low, other.spread.high)
    };
    near(one.value, factor * other.value, factor)
        && near(one.spread.low, factor * low, factor)
        && near(one.spread.high, factor * high, factor)
        && (one.p - other.p).abs() < 1e-8
}

/// Every comparison that independent rows with two columns allow, absolute.
fn comparisons(rows: &Rows) -> Vec<Comparison> {
    let arms = [0, 1].map(|arm| {
        PairedArm::of_values(&rows.of(arm, &rows.y), &rows.of(arm, &rows.x)).expect("an arm")
    });
    let [a, b] = &arms;
    let mut out = Vec::new();
    let (first, second) = (a.first().expect("rows"), b.first().expect("rows"));
    out.extend(welch(&first, &second, Scale::Absolute, 0.05));
    if let (Ok(first), Ok(second)) = (a.ratio(), b.ratio()) {
        out.extend(welch(&first, &second, Scale::Absolute, 0.05));
    }
    let adjusted = cuped(a, b, Scale::Absolute, RelativeError::Delta, 0.05);
    out.extend(adjusted.map(|adjusted| adjusted.comparison));
    out
}

/// Every comparison of whole clusters, absolute.
fn of_clusters(rows: &Rows) -> Vec<Comparison> {
    let clusters = Clusters::of_rows(&rows.arm, &rows.cluster, &rows.y, &rows.x).expect("clusters");
    [
        clusters.means(Scale::Absolute, 0.05),
        clusters.ratios(Scale::Absolute, 0.05),
        clusters.adjusted(Scale::Absolute, 0.05),
    ]
    .into_iter()
    .map(|found| found.expect("a comparison").comparison)
    .collect()
}

fn swapped(rows: &Rows) -> Rows {
    Rows {
        arm: rows.arm.iter().map(|arm| 1 - arm).collect(),
        y: rows.y.clone(),
        x: rows.x.clone(),
        cluster: rows.cluster.clone(),
    }
}

fn reversed(rows: &Rows) -> Rows {
    Rows {
        arm: rows.arm.iter().rev().copied().collect(),
        y: rows.y.iter().rev().copied().collect(),
        x: rows.x.iter().rev().copied().collect(),
        cluster: rows.cluster.iter().rev().copied().collect(),
    }
}

fn sequences(rows: &Rows, bounds: Bounds) -> Vec<Result<Sequence>> {
    let n = rows.arm.len() as u64;
    let at = looks(40, n, 12);
    let arrivals = Arrivals {
        arm: &rows.arm,
        y: &rows.y,
        x: &[],
        cluster: None,
    };
    vec![
        betting::difference(&rows.arm, &rows.y, bounds, 0.5, Some(n), &at, 0.05),
        sequence(&arrivals, Outcome::Mean, &at, 10, n, 0.05),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

    #[test]
    fn swapping_arms_flips_signs(seed in 0u64..10_000) {
        for rows in [before_and_after(0.4, 80, seed), tries([0.4, 0.5], 120, seed)] {
            for (one, other) in comparisons(&rows).iter().zip(&comparisons(&swapped(&rows))) {
                prop_assert!(scaled(one, other, -1.0), "{one:?} {other:?}");
            }
        }
        let rows = clustered(14, 0.4, 1.0, seed);
        for (one, other) in of_clusters(&rows).iter().zip(&of_clusters(&swapped(&rows))) {
            prop_assert!(scaled(one, other, -1.0), "{one:?} {other:?}");
        }
        let rows = plain(Kind::Share([0.3, 0.4]), 300, seed);
        let unit = Bounds { low: 0.0, high: 1.0 };
        let pairs = sequences(&rows, unit).into_iter().zip(sequences(&swapped(&rows), unit));
        for (one, other) in pairs {
            let (one, other) = (one.expect("looks"), other.expect("looks"));
            prop_assert!((one.p - other.p).abs() < 1e-6);
            for (a, b) in one.looks.iter().zip(&other.looks) {
                prop_assert!((a.value + b.value).abs() < 1e-9);
                prop_assert!((a.low + b.high).abs() < 1e-6 && (a.high + b.low).abs() < 1e-6);
            }
        }
        let counts = |rows: &Rows| -> Vec<Counts> {
            standings(rows, &looks(20, 300, 6))
                .into_iter()
                .map(|(n, sum)| Counts { n, hits: sum.map(|sum| sum as u64) })
                .collect()
        };
        let one = bernoulli::difference(&counts(&rows), 300, 0.05).expect("looks");
        let other = bernoulli::difference(&counts(&swapped(&rows)), 300, 0.05).expect("looks");
        for (a, b) in one.looks.iter().zip(&other.looks) {
            prop_assert!((a.low + b.high).abs() < 1e-6 && (a.high + b.low).abs() < 1e-6);
        }
        let [a, b] = [0, 1].map(|arm| {
            let own = rows.of(arm, &rows.y);
            Arm::of_share(own.len() as u64, own.iter().sum::<f64>() as u64).expect("an arm")
        });
        let (one, other) = (shares(&a, &b, 0.05), shares(&b, &a, 0.05));
        prop_assert!(scaled(&one.expect("shares"), &other.expect("shares"), -1.0));
    }

    #[test]
    fn the_order_of_rows_doesnt_matter(seed in 0u64..10_000) {
        for rows in [before_and_after(0.4, 80, seed), tries([0.4, 0.5], 120, seed)] {
            for (one, other) in comparisons(&rows).iter().zip(&comparisons(&reversed(&rows))) {
                prop_assert!(scaled(one, other, 1.0), "{one:?} {other:?}");
            }
        }
        let rows = clustered(14, 0.4, 1.0, seed);
        for (one, other) in of_clusters(&rows).iter().zip(&of_clusters(&reversed(&rows))) {
            prop_assert!(scaled(one, other, 1.0), "{one:?} {other:?}");
        }
    }

    #[test]
    fn scale_carries_over(seed in 0u64..10_000, factor in 0.01f64..500.0, shift in -50.0f64..50.0) {
        let rows = before_and_after(0.4, 80, seed);
        let moved = Rows {
            y: rows.y.iter().map(|y| factor * y + shift).collect(),
            x: rows.x.clone(),
            arm: rows.arm.clone(),
            cluster: rows.cluster.clone(),
        };
        // Welch and CUPED; a shift changes ratios.
        let (one, other) = (comparisons(&rows), comparisons(&moved));
        prop_assert!(scaled(&other[0], &one[0], factor));
        prop_assert!(scaled(&other[2], &one[2], factor));
        let rows = clustered(14, 0.4, 1.0, seed);
        let moved = Rows {
            y: rows.y.iter().map(|y| factor * y + shift).collect(),
            x: rows.x.iter().map(|x| 3.0 * x - 1.0).collect(),
            arm: rows.arm.clone(),
            cluster: rows.cluster.clone(),
        };
        let (one, other) = (of_clusters(&rows), of_clusters(&moved));
        prop_assert!(scaled(&other[0], &one[0], factor));
        prop_assert!(scaled(&other[2], &one[2], factor));
        let rows = plain(Kind::Rating(0.1), 300, seed);
        let moved = Rows {
            y: rows.y.iter().map(|y| factor * y + shift).collect(),
            x: Vec::new(),
            arm: rows.arm.clone(),
            cluster: Vec::new(),
        };
        let first = sequences(&rows, Bounds { low: 1.0, high: 5.0 });
        let bounds = Bounds {
            low: factor + shift,
            high: (5.0 * factor + shift).max(moved.y.iter().copied().fold(f64::MIN, f64::max)),
        };
        for (one, other) in first.into_iter().zip(sequences(&moved, bounds)) {
            let (one, other) = (one.expect("looks"), other.expect("looks"));
            for (a, b) in one.looks.iter().zip(&other.looks) {
                prop_assert!((factor * a.low - b.low).abs() < 1e-5 * factor);
                prop_assert!((factor * a.high - b.high).abs() < 1e-5 * factor);
            }
        }
    }

    #[test]
    fn nothing_is_ever_nan(
        y in prop::collection::vec(wild(), 0..24),
        x in prop::collection::vec(wild(), 24),
        bits in 0u32..1 << 24,
        prior in (wild(), wild()),
    ) {
        let arm: Vec<usize> = (0..y.len()).map(|k| (bits >> k) as usize & 1).collect();
        let rows = Rows {
            cluster: (0..y.len()).map(|k| k / 2).collect(),
            x: x[..y.len()].to_vec(),
            arm,
            y,
        };
        let whole = |c: &Comparison| {
            let s = c.spread;
            [c.value, s.se, s.low, s.high, c.p].iter().all(|v| v.is_finite()) && !s.df.is_nan()
        };
        let arms = [0, 1].map(|arm| PairedArm::of_values(&rows.of(arm, &rows.y), &rows.of(arm, &rows.x)));
        if let [Ok(a), Ok(b)] = &arms {
            for scale in [Scale::Absolute, Scale::Relative] {
                let mut found = Vec::new();
                if let (Ok(a), Ok(b)) = (a.first(), b.first()) {
                    found.extend(welch(&a, &b, scale, 0.05));
                }
                if let (Ok(a), Ok(b)) = (a.ratio(), b.ratio()) {
                    found.extend(welch(&a, &b, scale, 0.05));
                }
                for error in [RelativeError::Delta, RelativeError::PlainMeans] {
                    found.extend(cuped(a, b, scale, error, 0.05).map(|found| found.comparison));
                }
                for comparison in found {
                    prop_assert!(whole(&comparison), "{comparison:?}");
                    let prior = Prior { mean: prior.0, sd: prior.1 };
                    let belief = posterior(comparison.value, comparison.spread.se, Some(prior), 0.05);
                    if let Ok(belief) = belief {
                        let all = [belief.mean, belief.sd, belief.low, belief.high,
                            belief.chance_higher, belief.loss_of_control, belief.loss_of_treated];
                        prop_assert!(all.iter().all(|v| v.is_finite()), "{belief:?}");
                    }
                }
            }
        }
        if let Ok(clusters) = Clusters::of_rows(&rows.arm, &rows.cluster, &rows.y, &rows.x) {
            for scale in [Scale::Absolute, Scale::Relative] {
                let all = [
                    clusters.means(scale, 0.05),
                    clusters.ratios(scale, 0.05),
                    clusters.adjusted(scale, 0.05),
                ];
                for found in all.into_iter().flatten() {
                    prop_assert!(whole(&found.comparison), "{found:?}");
                    prop_assert!(found.design_effect.is_finite());
                }
            }
        }
        let at: Vec<u64> = (1..=rows.y.len() as u64).collect();
        let bounds = Bounds { low: prior.0.min(prior.1), high: prior.0.max(prior.1) };
        let arrivals = Arrivals { arm: &rows.arm, y: &rows.y, x: &rows.x, cluster: None };
        let found = [
            betting::difference(&rows.arm, &rows.y, bounds, 0.5, Some(20), &at, 0.05),
            betting::difference(&rows.arm, &rows.y, Bounds { low: -1e9, high: 1e9 }, 0.3, None, &at, 0.05),
            sequence(&arrivals, Outcome::Mean, &at, 2, 20, 0.05),
            sequence(&arrivals, Outcome::Ratio, &at, 2, 20, 0.05),
            sequence(&arrivals, Outcome::Adjusted, &at, 2, 20, 0.05),
        ];
        for sequence in found.into_iter().flatten() {
            prop_assert!(sequence.p.is_finite());
            for look in &sequence.looks {
                prop_assert!(look.value.is_finite() && look.low.is_finite() && look.high.is_finite());
            }
        }
    }

    #[test]
    fn adjusted_p_values_keep_their_order(p in prop::collection::vec(0.0f64..=1.0, 1..12)) {
        for adjustment in [Adjustment::Holm, Adjustment::BenjaminiHochberg] {
            let adjusted = adjust(&p, adjustment).expect("p-values");
            for i in 0..p.len() {
                prop_assert!(adjusted[i] >= p[i] && adjusted[i] <= 1.0);
                for j in 0..p.len() {
                    prop_assert!(p[i] > p[j] || adjusted[i] <= adjusted[j]);
                }
            }
        }
    }

    #[test]
    fn a_split_doesnt_depend_on_units_of_weight(a in 50u64..5000, b in 50u64..5000, unit in 0.1f64..100.0) {
        let one = chi_square(&[a, b], &[1.0, 2.0]).expect("a test");
        let other = chi_square(&[b, a], &[2.0 * unit, unit]).expect("a test");
        prop_assert!((one.p - other.p).abs() < 1e-10);
    }
}

/// Numbers of every kind, bad ones too.
fn wild() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => -5.0f64..5.0,
        2 => Just(0.0),
        2 => Just(1.0),
        1 => (-1.0f64..1.0).prop_map(|v| v * 1e49),
        1 => (-1.0f64..1.0).prop_map(|v| v * 1e-200),
        1 => -1e8f64..1e8,
    ]
}
