//! `shrink`, `draws` and `rank`: against metafor (`tools/reference/shrink.R`) and by simulation.

use crate::reference::{check, numbers, read};
use rand_distr::{Distribution, StandardNormal};
use throughline_stats::random::generator;
use throughline_stats::rank::rank;
use throughline_stats::shrink::{shrink, unshrunk};
use throughline_stats::{Draws, NoAnswer, Symmetric};

#[test]
fn equals_metafor() {
    for case in read("shrink")["cases"].as_array().expect("cases") {
        let name = case["name"].as_str().expect("name");
        let estimates = numbers(&case["estimates"]);
        let covariance = if case["variances"].is_array() {
            Symmetric::diagonal(&numbers(&case["variances"]))
        } else {
            let rows = case["covariance"].as_array().expect("rows");
            let values: Vec<f64> = rows.iter().flat_map(numbers).collect();
            Symmetric::from_rows(estimates.len(), &values).expect("square")
        };
        let ours = shrink(&estimates, &covariance, None).expect("shrunk");
        let number = |key: &str| case[key].as_f64().expect("number");
        // metafor stops its search at 1e-14 of the likelihood, about 1e-7 of tau².
        check(
            &format!("{name} tau2"),
            ours.tau * ours.tau,
            number("tau2"),
            1e-6,
        );
        check(&format!("{name} mean"), ours.mean, number("mean"), 1e-6);
        check(
            &format!("{name} mean se"),
            ours.mean_se,
            number("mean_se"),
            1e-6,
        );
        let (values, errors) = (numbers(&case["values"]), numbers(&case["se"]));
        for i in 0..values.len() {
            check(&format!("{name} {i}"), ours.values[i], values[i], 1e-6);
            check(
                &format!("{name} {i} se"),
                ours.covariance.get(i, i).sqrt(),
                errors[i],
                1e-6,
            );
        }
    }
}

#[test]
fn edges_have_reasons() {
    let two = Symmetric::diagonal(&[1.0, 1.0]);
    let few = NoAnswer::TooFewItems { n: 2, needed: 3 };
    assert_eq!(shrink(&[1.0, 2.0], &two, None).map(|_| ()), Err(few));
    assert_eq!(
        unshrunk(&[1.0, 2.0], &two, None, 50, 1).map(|d| d.count()),
        Ok(50)
    );
    let three = Symmetric::diagonal(&[1.0, 1.0, 0.0]);
    assert!(shrink(&[1.0, 2.0, 3.0], &three, None).is_ok());
    let none = Symmetric::zeros(3);
    assert_eq!(
        shrink(&[1.0, 2.0, 3.0], &none, None).map(|_| ()),
        Err(NoAnswer::NoVariation)
    );
    assert!(matches!(
        shrink(&[1.0, f64::NAN, 3.0], &three, None).map(|_| ()),
        Err(NoAnswer::NotFinite { .. })
    ));
    assert!(matches!(
        shrink(&[1.0, 2.0, 3.0], &three, Some(&[3.0, 0.0, 2.0])).map(|_| ()),
        Err(NoAnswer::OutOfRange { .. })
    ));
    assert!(matches!(
        shrink(&[1.0; 4], &three, None).map(|_| ()),
        Err(NoAnswer::Shape { .. })
    ));
    assert_eq!(Draws::new(2, vec![]), Err(NoAnswer::Empty));
    assert_eq!(
        Draws::new(2, vec![1.0; 3]),
        Err(NoAnswer::Shape {
            expected: 2,
            got: 1
        })
    );
}

#[test]
fn few_degrees_of_freedom_shrink_more() {
    let estimates = [0.2, 1.0, 1.4, 2.9, 0.8];
    let covariance = Symmetric::diagonal(&[0.2; 5]);
    let sure = shrink(&estimates, &covariance, None).expect("shrunk");
    let unsure = shrink(
        &estimates,
        &covariance,
        Some(&[50.0, 50.0, 50.0, 3.0, 50.0]),
    );
    let unsure = unsure.expect("shrunk");
    assert!(
        unsure.values[3] < sure.values[3] - 0.1,
        "{:?} {:?}",
        unsure.values,
        sure.values
    );
}

#[test]
fn the_same_seed_gives_the_same_draws() {
    let covariance = Symmetric::diagonal(&[0.1, 0.2, 0.3, 0.1]);
    let shrunk = shrink(&[1.0, 2.0, 3.0, 2.5], &covariance, None).expect("shrunk");
    let draws = |seed| shrunk.draws(100, seed).expect("draws");
    assert_eq!(draws(4), draws(4));
    assert_ne!(draws(4), draws(5));
}

#[test]
fn ranks_and_ties() {
    // Item 1 is best, 0 and 3 can't be told apart, 2 is last.
    let values = (0..1000).flat_map(|i| {
        let wobble = f64::from(i % 2);
        [5.0 + wobble, 9.0, 1.0, 5.5]
    });
    let draws = Draws::new(4, values.collect()).expect("draws");
    let ranks = rank(&draws, 2);
    assert_eq!(
        ranks.iter().map(|r| r.group).collect::<Vec<_>>(),
        [1, 0, 2, 1]
    );
    assert_eq!(
        (ranks[1].expected, ranks[1].low, ranks[1].high, ranks[1].top),
        (1.0, 1, 1, 1.0)
    );
    assert_eq!((ranks[0].low, ranks[0].high, ranks[0].top), (2, 3, 0.5));
    assert_eq!(ranks[2].top, 0.0);
    // Equal values are ranked by item, so ranks never depend on chance.
    let equal = rank(&Draws::new(2, vec![1.0; 20]).expect("draws"), 1);
    assert_eq!((equal[0].low, equal[1].low, equal[1].group), (1, 2, 0));
}

#[test]
fn what_may_be_worth_much_stands_before_what_is_surely_worth_little() {
    // Item 1 is worth 10 in four draws of ten, else nothing: its mean rank is the last, its mean the second.
    let values = (0..1000).flat_map(|i| [11.0, if i % 10 < 4 { 10.0 } else { 0.0 }, 2.0, 1.0]);
    let ranks = rank(&Draws::new(4, values.collect()).expect("draws"), 2);
    assert!(ranks[1].expected > ranks[2].expected);
    assert_eq!(
        ranks.iter().map(|r| r.group).collect::<Vec<_>>(),
        [0, 1, 1, 1]
    );
}

/// 300 times: 12 true values from N(1, 0.5²), errors with sd .3 to .6 that go together by .3.
/// Intervals of the draws cover; the stated probability of being among the top five is right on
/// average within each fifth of probabilities.
#[test]
fn draws_are_calibrated() {
    let (items, runs) = (12, 300);
    let mut covered = 0;
    let mut bins = [(0.0, 0.0, 0.0); 5];
    for run in 0..runs {
        let mut random = generator(run, "test of shrink");
        let mut normal = || -> f64 { StandardNormal.sample(&mut random) };
        let truth: Vec<f64> = (0..items).map(|_| 1.0 + 0.5 * normal()).collect();
        let sd: Vec<f64> = (0..items).map(|i| 0.3 + 0.3 * i as f64 / 11.0).collect();
        let common = normal();
        let seen: Vec<f64> = (0..items)
            .map(|i| truth[i] + sd[i] * (0.3f64.sqrt() * common + 0.7f64.sqrt() * normal()))
            .collect();
        let mut covariance = Symmetric::diagonal(&sd.iter().map(|s| s * s).collect::<Vec<_>>());
        for i in 0..items {
            for j in 0..i {
                covariance.set(i, j, 0.3 * sd[i] * sd[j]);
            }
        }
        let draws = shrink(&seen, &covariance, None)
            .expect("shrunk")
            .draws(1000, run)
            .expect("d");
        let mut order: Vec<usize> = (0..items).collect();
        order.sort_by(|&a, &b| truth[b].total_cmp(&truth[a]));
        for (item, rank) in rank(&draws, 5).iter().enumerate() {
            let (low, high) = draws.interval(item);
            covered += usize::from(low <= truth[item] && truth[item] <= high);
            let bin = &mut bins[((rank.top * 5.0) as usize).min(4)];
            bin.0 += 1.0;
            bin.1 += rank.top;
            bin.2 += f64::from(u8::from(order[..5].contains(&item)));
        }
    }
    let coverage = covered as f64 / (items as u64 * runs) as f64;
    assert!((0.92..=0.98).contains(&coverage), "coverage {coverage}");
    for (n, stated, happened) in bins {
        assert!(
            (stated - happened).abs() < 0.06 * n,
            "stated {} was {}",
            stated / n,
            happened / n
        );
    }
}
