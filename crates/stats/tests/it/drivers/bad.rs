//! What has no answer gets a reason, and what is odd gets a finite one.

use super::{QUICK, fitted};
use throughline_stats::NoAnswer;
use throughline_stats::drivers::{Drivers, Options};

fn noise(row: usize, salt: u64) -> f64 {
    let hash = throughline_stats::random::hash(salt, &(row as u64).to_le_bytes());
    (hash >> 11) as f64 / (1u64 << 53) as f64
}

fn column(rows: usize, salt: u64) -> Vec<f64> {
    (0..rows).map(|row| noise(row, salt)).collect()
}

fn refused(outcome: &[f64], x: &[Vec<f64>], clusters: Option<&[usize]>) -> NoAnswer {
    fitted(outcome, x, clusters, &QUICK).expect_err("no answer")
}

fn all_finite(found: &Drivers) {
    for driver in &found.predictors {
        let mut numbers = vec![
            driver.share,
            driver.of_explained,
            driver.johnson,
            driver.correlation,
            driver.first,
            driver.last,
            driver.slope.value,
            driver.standardised,
            driver.mean,
            driver.sd,
        ];
        numbers.extend(driver.slope.ends().map(|ends| ends.0));
        numbers.extend(driver.share_ends.iter().flat_map(|ends| [ends.0, ends.1]));
        assert!(
            numbers.iter().all(|number| number.is_finite()),
            "{driver:?}"
        );
    }
    assert!(found.r2.is_finite() && found.r2_adjusted.is_finite());
}

#[test]
fn what_has_no_answer_gets_a_reason() {
    let (y, a, b) = (column(40, 1), column(40, 2), column(40, 3));
    let two = vec![a.clone(), b.clone()];
    assert_eq!(refused(&[], &[], None), NoAnswer::Empty);
    assert_eq!(refused(&y, &[], None), NoAnswer::Empty);
    let shape = NoAnswer::Shape {
        expected: 40,
        got: 39,
    };
    assert_eq!(refused(&y, &[column(39, 2)], None), shape);
    assert_eq!(refused(&y, &two, Some(&[0; 39])), shape);
    assert!(matches!(
        refused(&y, &two, Some(&[usize::MAX; 40])),
        NoAnswer::Shape { .. }
    ));
    assert_eq!(refused(&[5.0; 40], &two, None), NoAnswer::NoVariation);
    // A mean far from zero with rounding alone around it is constant too.
    let flat: Vec<f64> = (0..40).map(|row| 1e9 + f64::from(row % 2) * 1e-7).collect();
    assert_eq!(
        refused(&y, &[a.clone(), flat], None),
        NoAnswer::Constant { column: 1 }
    );
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut bad = a.clone();
        bad[7] = value;
        assert!(matches!(
            refused(&y, &[bad], None),
            NoAnswer::NotFinite { .. }
        ));
    }
    let sum: Vec<f64> = a.iter().zip(&b).map(|(a, b)| 2.0 * a - b + 4.0).collect();
    let three = vec![a.clone(), column(40, 9), b.clone(), sum];
    let collinear = NoAnswer::Collinear {
        with: vec![0, 2, 3],
    };
    assert_eq!(refused(&y, &three, None), collinear);
    assert_eq!(
        refused(&y, &[a.clone(), a.clone()], None),
        NoAnswer::Collinear { with: vec![0, 1] }
    );
    // More columns than rows.
    let many: Vec<Vec<f64>> = (0..12).map(|salt| column(10, salt)).collect();
    let few = NoAnswer::TooFewRows { n: 10, needed: 14 };
    assert_eq!(refused(&column(10, 99), &many, None), few);
    let many: Vec<Vec<f64>> = (0..201).map(|salt| column(10, salt)).collect();
    let most = NoAnswer::TooManyItems { n: 201, most: 200 };
    assert_eq!(refused(&column(10, 99), &many, None), most);
}

#[test]
fn numbers_of_any_size_give_finite_answers() {
    let (y, a, b) = (column(60, 1), column(60, 2), column(60, 3));
    let plain = fitted(&y, &[a.clone(), b.clone()], None, &QUICK).expect("an answer");
    for size in [1e300, 1e-300, 1e100] {
        let times = |column: &[f64]| column.iter().map(|v| v * size).collect::<Vec<f64>>();
        let large = fitted(&times(&y), &[times(&a), times(&b)], None, &QUICK).expect("an answer");
        all_finite(&large);
        let (one, other) = (&large.predictors[0], &plain.predictors[0]);
        assert!((one.share - other.share).abs() < 1e-12);
        assert!((one.slope.value - other.slope.value).abs() < 1e-9);
    }
    // A slope of 1e600 doesn't fit into a number.
    let times = |column: &[f64], size: f64| column.iter().map(|v| v * size).collect::<Vec<f64>>();
    let apart = refused(&times(&y, 1e300), &[times(&a, 1e-300)], None);
    assert!(matches!(apart, NoAnswer::Arithmetic { .. }));
}

#[test]
fn too_few_clusters_leave_values_without_intervals() {
    let (y, a) = (column(60, 1), vec![column(60, 2)]);
    let options = Options {
        draws: 200,
        ..QUICK
    };
    for count in [1usize, 2, 9] {
        let clusters: Vec<usize> = (0..60).map(|row| row % count).collect();
        let found = fitted(&y, &a, Some(&clusters), &options).expect("values");
        all_finite(&found);
        let few = NoAnswer::TooFewClusters {
            n: count,
            needed: 10,
        };
        assert_eq!(found.predictors[0].share_ends, Err(few.clone()));
        assert_eq!(found.predictors[0].slope.spread, Err(few));
    }
}

#[test]
fn a_share_near_zero_has_no_interval_and_an_exact_fit_no_error() {
    let (y, a) = (column(300, 1), column(300, 2));
    let strong: Vec<f64> = y
        .iter()
        .zip(&column(300, 5))
        .map(|(y, e)| y + 0.3 * e)
        .collect();
    let options = Options {
        draws: 300,
        ..QUICK
    };
    let found = fitted(&y, &[a.clone(), strong], None, &options).expect("an answer");
    let (unrelated, strong) = (&found.predictors[0], &found.predictors[1]);
    assert!(
        matches!(unrelated.share_ends, Err(NoAnswer::NearEdge { .. })),
        "{unrelated:?}"
    );
    let (low, high) = strong.share_ends.clone().expect("an interval");
    assert!(low < strong.share && strong.share < high);
    let exact = fitted(&a, &[a.iter().map(|v| 3.0 * v).collect()], None, &options).expect("values");
    assert_eq!(exact.predictors[0].slope.spread, Err(NoAnswer::NoVariation));
    assert!((exact.r2 - 1.0).abs() < 1e-12);
    all_finite(&exact);
    let none = fitted(&y, &[a], None, &QUICK).expect("values");
    assert!(none.predictors[0].share_ends.is_err());
}
