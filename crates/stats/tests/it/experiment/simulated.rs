//! The short version of `bench/experiment`: intervals cover, sequences hold under peeking.
//!
//! 200 runs of true coverage .95 have a standard error of 1.5 points, so four of them are 6.
//! Sequences that err in at most 5% of runs have theirs of 1,000 runs exceed 6.4% once in about 50
//! tries at worst (most err in far fewer), and the seeds are fixed; one that errs in 10% would pass
//! once in 10,000 tries. Of the two slow ones there are 200 runs (once in 30).

use super::rows::{Kind, plain};
use super::trials::{betting_width, fixed_trials, peeking_trials, share_of};
use throughline_stats::experiment::sequence::quantile::p_value;
use throughline_stats::experiment::split::{CONCENTRATION, anytime};

#[test]
fn intervals_cover_the_truth() {
    for (name, trial) in fixed_trials() {
        let covered = share_of(200, trial);
        assert!((0.89..=0.995).contains(&covered), "{name}: {covered}");
    }
}

#[test]
fn sequences_hold_however_often_one_looks() {
    for (name, trial) in peeking_trials(400, 20) {
        // Slow; the long version has them all.
        let runs = match name.as_str() {
            "beta-binomial, shares .10" | "asymptotic, 60 clusters" => continue,
            "beta-binomial, shares .50 and .55" | "asymptotic, 20 clusters" => 200,
            _ => 1000,
        };
        let lost = share_of(runs, trial);
        assert!(lost <= 0.064, "{name}: {lost}");
    }
}

#[test]
fn betting_is_tight_at_its_horizon() {
    let ratio = betting_width(Kind::Share([0.1, 0.15]), [0.0, 1.0], 1000, 10);
    assert!(ratio < 1.6 && ratio > 1.0, "{ratio}");
    let ratio = betting_width(Kind::Rating(0.1), [1.0, 5.0], 1000, 10);
    assert!(ratio < 1.6 && ratio > 1.0, "{ratio}");
}

#[test]
fn splits_and_medians_hold_under_peeking() {
    let kind = Kind::Normal([5.0, 5.0]);
    let split = share_of(200, |seed| {
        let rows = plain(kind, 2000, seed);
        let mut counts = [0u64; 2];
        let looks: Vec<Vec<u64>> = rows
            .arm
            .iter()
            .map(|&arm| {
                counts[arm] += 1;
                counts.to_vec()
            })
            .collect();
        anytime(&looks, &[1.0, 1.0], CONCENTRATION)
            .expect("a test")
            .p
            < 0.05
    });
    assert!(split <= 0.1, "{split}");
    // A split that is off by two points is found.
    let off = anytime(&[vec![4700, 5300]], &[1.0, 1.0], CONCENTRATION).expect("a test");
    assert!(off.is_mismatch(), "{off:?}");
    let median = share_of(60, |seed| {
        let rows = plain(kind, 600, seed);
        (1..=12).any(|look| {
            let until = look * 50;
            let own = |wanted: usize| -> Vec<f64> {
                (0..until)
                    .filter(|&k| rows.arm[k] == wanted)
                    .map(|k| rows.y[k])
                    .collect()
            };
            p_value(&own(0), &own(1), 0.5, 300, 0.05).expect("a p-value") < 0.05
        })
    });
    assert!(median <= 0.15, "{median}");
}
