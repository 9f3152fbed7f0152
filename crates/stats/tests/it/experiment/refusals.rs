//! What has no answer says why; nothing here panics or gives a number that isn't one.

use throughline_stats::NoAnswer;
use throughline_stats::experiment::bayes::{Prior, posterior};
use throughline_stats::experiment::clustered::Clusters;
use throughline_stats::experiment::cuped::{RelativeError, cuped};
use throughline_stats::experiment::fixed::{shares, welch};
use throughline_stats::experiment::sequence::asymptotic::{Arrivals, Outcome, sequence};
use throughline_stats::experiment::sequence::betting::{self, Bounds};
use throughline_stats::experiment::sequence::{Look, bernoulli, looks, normal};
use throughline_stats::experiment::several::{Adjustment, adjust};
use throughline_stats::experiment::split::{anytime, chi_square};
use throughline_stats::experiment::{Arm, Direction, PairedArm, Scale, Verdict, verdict};

const UNIT: Bounds = Bounds {
    low: 0.0,
    high: 1.0,
};

fn arm(values: &[f64]) -> Arm {
    Arm::of_values(values).expect("an arm")
}

#[test]
fn arms() {
    assert_eq!(Arm::of_values(&[]), Err(NoAnswer::Empty));
    assert_eq!(
        Arm::of_values(&[1.0, f64::INFINITY]),
        Err(NoAnswer::NotFinite {
            value: f64::INFINITY
        })
    );
    assert!(matches!(
        Arm::of_values(&[1.0, f64::NAN]),
        Err(NoAnswer::NotFinite { .. })
    ));
    assert!(matches!(
        Arm::of_values(&[1.0, 1e300]),
        Err(NoAnswer::OutOfRange { value: 1e300, .. })
    ));
    assert!(matches!(
        Arm::of_share(10, 11),
        Err(NoAnswer::OutOfRange { .. })
    ));
    assert_eq!(Arm::of_share(0, 0), Err(NoAnswer::Empty));
}

#[test]
fn comparisons() {
    let some = arm(&[1.0, 2.0, 4.0]);
    let absolute = |a: &Arm, b: &Arm| welch(a, b, Scale::Absolute, 0.05).map(|_| ());
    let empty = Arm { n: 0, ..some };
    assert_eq!(absolute(&empty, &some), Err(NoAnswer::EmptyArm { arm: 0 }));
    assert_eq!(absolute(&some, &empty), Err(NoAnswer::EmptyArm { arm: 1 }));
    let lone = arm(&[3.0]);
    let too_few = NoAnswer::TooFewRows { n: 1, needed: 2 };
    assert_eq!(absolute(&some, &lone), Err(too_few));
    let flat = arm(&[0.1, 0.1, 0.1]);
    assert_eq!(absolute(&flat, &flat), Err(NoAnswer::NoVariation));
    // One arm that varies is enough.
    assert!(absolute(&flat, &some).is_ok());
    // A control that may well be zero has no relative change.
    let about_zero = arm(&[-1.0, 1.0, 0.5, -0.4]);
    assert!(matches!(
        welch(&about_zero, &some, Scale::Relative, 0.05),
        Err(NoAnswer::BaselineNearZero { .. })
    ));
    for alpha in [0.0, 1.0, -1.0, f64::NAN] {
        assert!(welch(&some, &some, Scale::Absolute, alpha).is_err());
    }
    // The largest values taken still give numbers.
    let huge = welch(
        &arm(&[1e50, -1e50]),
        &arm(&[1e50, 9e49]),
        Scale::Absolute,
        0.05,
    );
    let huge = huge.expect("a comparison");
    assert!(huge.spread.low.is_finite() && huge.spread.high.is_finite());
    let none = Arm::of_share(20, 0).expect("an arm");
    assert_eq!(
        shares(&none, &none, 0.05).map(|_| ()),
        Err(NoAnswer::NoVariation)
    );
    assert!(shares(&some, &none, 0.05).is_err(), "not a share");
}

#[test]
fn ratios_and_adjustments() {
    let zero = PairedArm::of_values(&[1.0, 2.0], &[0.0, 0.0]).expect("an arm");
    assert!(matches!(
        zero.ratio(),
        Err(NoAnswer::BaselineNearZero { .. })
    ));
    let negative = PairedArm::of_values(&[1.0, 2.0], &[-3.0, -3.0]).expect("an arm");
    assert!(matches!(
        negative.ratio(),
        Err(NoAnswer::BaselineNearZero { .. })
    ));
    assert_eq!(PairedArm::default().ratio(), Err(NoAnswer::Empty));
    assert!(PairedArm::of_values(&[1.0], &[]).is_err());
    let flat = PairedArm::of_values(&[1.0, 2.0, 3.0], &[7.0, 7.0, 7.0]).expect("an arm");
    let adjusted = |a: &PairedArm, b: &PairedArm| {
        cuped(a, b, Scale::Absolute, RelativeError::Delta, 0.05).map(|_| ())
    };
    assert_eq!(adjusted(&flat, &flat), Err(NoAnswer::NoVariation));
    assert_eq!(
        adjusted(&flat, &PairedArm::default()),
        Err(NoAnswer::EmptyArm { arm: 1 })
    );
    // The outcome is what was before: nothing is left to measure an error with.
    let same = PairedArm::of_values(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]).expect("an arm");
    assert_eq!(adjusted(&same, &same), Err(NoAnswer::NoVariation));
}

#[test]
fn clusters() {
    let of = |clusters: usize| {
        let rows = 4 * clusters;
        let cluster: Vec<usize> = (0..rows).map(|row| row / 4).collect();
        let arm: Vec<usize> = cluster.iter().map(|cluster| cluster % 2).collect();
        let y: Vec<f64> = (0..rows).map(|row| (row * row % 7) as f64).collect();
        Clusters::of_rows(&arm, &cluster, &y, &vec![0.0; rows]).expect("clusters")
    };
    let means = |clusters: &Clusters| clusters.means(Scale::Absolute, 0.05).map(|_| ());
    assert_eq!(
        means(&of(2)),
        Err(NoAnswer::TooFewClusters { n: 1, needed: 2 })
    );
    assert_eq!(
        means(&of(8)),
        Err(NoAnswer::TooFewClusters { n: 8, needed: 10 })
    );
    assert!(means(&of(10)).is_ok());
    let one_arm = Clusters {
        treated: Vec::new(),
        ..of(12)
    };
    assert_eq!(means(&one_arm), Err(NoAnswer::EmptyArm { arm: 1 }));
    assert_eq!(
        means(&Clusters::default()),
        Err(NoAnswer::EmptyArm { arm: 0 })
    );
    // A second column that is always 0 can't adjust anything.
    assert_eq!(
        of(12).adjusted(Scale::Absolute, 0.05).map(|_| ()),
        Err(NoAnswer::NoVariation)
    );
    let both = Clusters::of_rows(&[0, 1], &[3, 3], &[1.0, 2.0], &[0.0, 0.0]);
    assert_eq!(both, Err(NoAnswer::ClusterInTwoArms { cluster: 3 }));
    assert!(Clusters::of_rows(&[2], &[0], &[1.0], &[0.0]).is_err());
    assert!(Clusters::of_rows(&[0], &[usize::MAX], &[1.0], &[0.0]).is_err());
    assert!(Clusters::of_rows(&[0], &[0], &[1e300], &[0.0]).is_err());
    let flat = Clusters::of_rows(
        &(0..24).map(|row| row % 2).collect::<Vec<_>>(),
        &(0..24).map(|row| row % 12).collect::<Vec<_>>(),
        &[5.0; 24],
        &[0.0; 24],
    );
    assert_eq!(means(&flat.expect("clusters")), Err(NoAnswer::NoVariation));
}

#[test]
fn sequences() {
    let at = looks(1, 4, 4);
    assert_eq!(at, [1, 2, 3, 4]);
    let arm = [0, 1, 0, 1];
    let bet = |y: &[f64], bounds, share| {
        betting::difference(&arm, y, bounds, share, Some(4), &at, 0.05).map(|_| ())
    };
    assert!(matches!(
        bet(&[0.0, 1.0, 2.0, 0.0], UNIT, 0.5),
        Err(NoAnswer::OutOfRange {
            value: 2.0,
            low: 0.0,
            high: 1.0
        })
    ));
    let upside_down = Bounds {
        low: 1.0,
        high: 0.0,
    };
    assert!(bet(&[0.0; 4], upside_down, 0.5).is_err());
    assert!(bet(&[0.0; 4], UNIT, 0.0).is_err());
    assert!(bet(&[f64::NAN; 4], UNIT, 0.5).is_err());
    assert_eq!(
        betting::difference(&[0, 0], &[0.0, 1.0], UNIT, 0.5, None, &[2], 0.05).map(|_| ()),
        Err(NoAnswer::EmptyArm { arm: 1 })
    );
    // All zeros, however many: an interval that closes in on zero, no number that isn't one.
    let (arm, y): (Vec<usize>, Vec<f64>) = (0..20_000).map(|row| (row % 2, 0.0)).unzip();
    let found = betting::difference(&arm, &y, UNIT, 0.5, Some(20_000), &[20_000], 0.05);
    let last = found.and_then(|found| found.last()).expect("a look");
    assert!(
        last.low < 0.0 && 0.0 < last.high && last.high < 0.01,
        "{last:?}"
    );
    // Looks contradict each other when the effect turns round.
    let arm: Vec<usize> = (0..4000).map(|row| row % 2).collect();
    let y: Vec<f64> = (0..4000)
        .map(|row| f64::from(u8::from((row < 2000) == (row % 2 == 1))))
        .collect();
    let found = betting::difference(&arm, &y, UNIT, 0.5, Some(4000), &looks(2, 4000, 50), 0.05);
    assert!(matches!(found, Err(NoAnswer::LooksDisagree { .. })));
    let counts = [bernoulli::Counts {
        n: [0, 5],
        hits: [0, 2],
    }];
    let found = bernoulli::difference(&counts, 100, 0.05);
    assert_eq!(found.map(|_| ()), Err(NoAnswer::Empty));
    let counts = [bernoulli::Counts {
        n: [5, 5],
        hits: [6, 2],
    }];
    assert!(bernoulli::difference(&counts, 100, 0.05).is_err());
    assert!(bernoulli::interval(1, 0, 0.05, 10.0).is_err());
    assert!(normal::difference(&[], 1.0, 100, 0.05).is_err());
    for sd in [0.0, f64::NAN, f64::INFINITY, 1e300] {
        let look = normal::Standing {
            n: [5, 5],
            mean: [0.0, 1.0],
        };
        assert!(normal::difference(&[look], sd, 100, 0.05).is_err(), "{sd}");
    }
    let arrivals = Arrivals {
        arm: &[0, 1, 0, 1],
        y: &[1.0, 2.0, 3.0, 5.0],
        x: &[],
        cluster: None,
    };
    let ever = |arrivals: &Arrivals<'_>, outcome, burn_in| {
        sequence(arrivals, outcome, &at, burn_in, 100, 0.05).map(|_| ())
    };
    assert_eq!(
        ever(&arrivals, Outcome::Mean, 100),
        Err(NoAnswer::TooFewRows { n: 2, needed: 100 })
    );
    assert!(ever(&arrivals, Outcome::Mean, 2).is_ok());
    assert!(
        ever(&arrivals, Outcome::Ratio, 2).is_err(),
        "no denominator"
    );
}

#[test]
fn many_ones_and_zeros() {
    // Shares at the edges, at every size.
    for n in [1u64, 10, 1000, 1_000_000_000] {
        for hits in [0, n] {
            let (low, high) = bernoulli::interval(hits, n, 0.05, 100.0).expect("ends");
            assert!((0.0..=1.0).contains(&low) && low <= high && high <= 1.0);
            let look = bernoulli::Counts {
                n: [n, n],
                hits: [hits, n - hits],
            };
            let found = bernoulli::difference(&[look], 100, 0.05).expect("a look");
            let Look { low, high, .. } = found.last().expect("a look");
            assert!(-1.0 <= low && low <= high && high <= 1.0);
        }
    }
}

#[test]
fn splits_families_beliefs_verdicts() {
    assert_eq!(
        chi_square(&[10], &[1.0]).map(|_| ()),
        Err(NoAnswer::TooFewArms { n: 1 })
    );
    assert_eq!(
        chi_square(&[0, 0], &[1.0, 1.0]).map(|_| ()),
        Err(NoAnswer::Empty)
    );
    assert_eq!(
        chi_square(&[3, 5], &[1.0, 1.0]).map(|_| ()),
        Err(NoAnswer::TooFewRows { n: 8, needed: 10 })
    );
    assert!(chi_square(&[30, 50], &[1.0, -1.0]).is_err());
    assert!(chi_square(&[30, 50], &[1.0, 1.0, 1.0]).is_err());
    assert!(anytime(&[], &[1.0, 1.0], 100.0).is_err());
    let certain = anytime(&[vec![0, 1_000_000]], &[1.0, 1.0], 1000.0).expect("a test");
    assert!(certain.p == 0.0 && certain.is_mismatch() && certain.statistic.is_finite());
    assert_eq!(adjust(&[], Adjustment::Holm), Err(NoAnswer::Empty));
    assert!(adjust(&[0.5, f64::NAN], Adjustment::Holm).is_err());
    assert!(adjust(&[1.5], Adjustment::BenjaminiHochberg).is_err());
    assert!(posterior(1.0, 0.0, None, 0.05).is_err());
    assert!(posterior(f64::NAN, 1.0, None, 0.05).is_err());
    let sure = Prior { mean: 0.0, sd: 0.0 };
    assert!(posterior(1.0, 1.0, Some(sure), 0.05).is_err());
    let up = Direction::HigherIsBetter;
    let down = Direction::LowerIsBetter;
    assert_eq!(verdict(0.1, 0.5, 0.0, up), Ok(Verdict::Better));
    assert_eq!(verdict(0.1, 0.5, 0.0, down), Ok(Verdict::Worse));
    assert_eq!(verdict(-0.5, -0.1, 0.2, down), Ok(Verdict::Better));
    assert_eq!(verdict(0.01, 0.1, 0.2, up), Ok(Verdict::TooSmall));
    assert_eq!(verdict(-0.1, 0.5, 0.2, up), Ok(Verdict::CantTell));
    assert_eq!(verdict(-0.1, 0.1, 0.0, up), Ok(Verdict::CantTell));
    assert!(verdict(f64::NAN, 0.1, 0.0, up).is_err());
}
