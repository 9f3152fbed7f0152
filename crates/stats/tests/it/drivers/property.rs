//! What must not change, and what must.

use super::{QUICK, fitted, shares};
use proptest::prelude::*;
use throughline_stats::drivers::Options;

/// Rows of three columns that have something in common, an outcome, and a cluster.
type Made = (Vec<f64>, Vec<Vec<f64>>, Vec<usize>);

fn made() -> impl Strategy<Value = Made> {
    let row = (
        -3.0..3.0f64,
        -3.0..3.0f64,
        -3.0..3.0f64,
        -3.0..3.0f64,
        0usize..12,
    );
    prop::collection::vec(row, 30..80).prop_map(|rows| {
        let column = |of: fn(&(f64, f64, f64, f64, usize)) -> f64| rows.iter().map(of).collect();
        let x: Vec<Vec<f64>> = vec![
            column(|row| row.0),
            column(|row| row.0 + row.1),
            column(|row| row.2 - row.1),
        ];
        let y = rows.iter().map(|row| row.0 - 0.5 * row.2 + row.3).collect();
        (y, x, rows.iter().map(|row| row.4).collect())
    })
}

fn near(one: &[f64], other: &[f64]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| (a - b).abs() < 1e-9)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn shares_are_no_less_than_nothing_and_sum_to_r2((y, x, clusters) in made()) {
        let found = fitted(&y, &x, Some(&clusters), &QUICK).expect("an answer");
        prop_assert!(shares(&found).iter().all(|share| *share >= 0.0));
        prop_assert!((shares(&found).iter().sum::<f64>() - found.r2).abs() < 1e-9);
        let johnson: f64 = found.predictors.iter().map(|driver| driver.johnson).sum();
        prop_assert!((johnson - found.r2).abs() < 1e-9);
        let explained: f64 = found.predictors.iter().map(|driver| driver.of_explained).sum();
        prop_assert!((explained - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_order_of_rows_and_the_names_of_clusters_change_nothing(
        (y, x, clusters) in made(), turn in 1usize..29
    ) {
        let turned = |column: &Vec<f64>| {
            let mut column = column.clone();
            column.rotate_left(turn);
            column
        };
        let mut others: Vec<usize> = clusters.iter().map(|cluster| 20 - cluster).collect();
        others.rotate_left(turn);
        let before = fitted(&y, &x, Some(&clusters), &QUICK).expect("an answer");
        let x: Vec<Vec<f64>> = x.iter().map(turned).collect();
        let after = fitted(&turned(&y), &x, Some(&others), &QUICK).expect("an answer");
        prop_assert!(near(&shares(&before), &shares(&after)));
        for (one, other) in before.predictors.iter().zip(&after.predictors) {
            prop_assert!((one.slope.value - other.slope.value).abs() < 1e-9);
            let errors = one.slope.spread.as_ref().map(|spread| spread.se)
                .map_err(Clone::clone);
            let others = other.slope.spread.as_ref().map(|spread| spread.se)
                .map_err(Clone::clone);
            match (errors, others) {
                (Ok(one), Ok(other)) => prop_assert!((one - other).abs() < 1e-9),
                (one, other) => prop_assert_eq!(one, other),
            }
        }
    }

    #[test]
    fn rescaling_a_column_rescales_its_slope_alone(
        (y, x, clusters) in made(), times in 0.001..1000.0f64, plus in -50.0..50.0f64
    ) {
        let before = fitted(&y, &x, Some(&clusters), &QUICK).expect("an answer");
        let mut scaled = x;
        scaled[1].iter_mut().for_each(|value| *value = plus - times * *value);
        let after = fitted(&y, &scaled, Some(&clusters), &QUICK).expect("an answer");
        prop_assert!(near(&shares(&before), &shares(&after)));
        let (one, other) = (&before.predictors[1], &after.predictors[1]);
        prop_assert!((one.johnson - other.johnson).abs() < 1e-9);
        prop_assert!((one.slope.value + times * other.slope.value).abs() < 1e-8);
        prop_assert!((before.predictors[0].slope.value - after.predictors[0].slope.value).abs() < 1e-8);
    }

    #[test]
    fn permuting_columns_permutes_everything((y, x, clusters) in made()) {
        let before = fitted(&y, &x, Some(&clusters), &QUICK).expect("an answer");
        let order = [2, 0, 1];
        let permuted: Vec<Vec<f64>> = order.iter().map(|&at| x[at].clone()).collect();
        let after = fitted(&y, &permuted, Some(&clusters), &QUICK).expect("an answer");
        for (place, &at) in order.iter().enumerate() {
            let (one, other) = (&before.predictors[at], &after.predictors[place]);
            prop_assert!((one.share - other.share).abs() < 1e-9);
            prop_assert!((one.johnson - other.johnson).abs() < 1e-9);
            prop_assert!((one.last - other.last).abs() < 1e-9);
        }
    }
}

#[test]
fn intervals_of_shares_stay_whatever_the_order_of_rows() {
    let noise = |row: usize, salt: u64| {
        let hash = throughline_stats::random::hash(salt, &(row as u64).to_le_bytes());
        (hash >> 11) as f64 / (1u64 << 53) as f64
    };
    // As many rows as are drawn one by one, more, and rounded values, so that some rows are alike.
    for (rows, digits) in [(300, 1e9), (6_000, 1e9), (300, 3.0)] {
        let ends = |turn: usize| {
            let column = |salt: u64| -> Vec<f64> {
                let turned = (0..rows).map(|row| (row * 7 + turn) % rows);
                turned
                    .map(|row| (noise(row, salt) * digits).round() / digits)
                    .collect()
            };
            let x = vec![column(1), column(2)];
            let rest = column(3);
            let y: Vec<f64> = (0..rows)
                .map(|row| x[0][row] + 0.5 * x[1][row] + rest[row])
                .collect();
            let options = Options {
                draws: 199,
                ..QUICK
            };
            let found = fitted(&y, &x, None, &options).expect("an answer");
            let ends = |driver: &throughline_stats::drivers::Driver| {
                driver.share_ends.clone().expect("an interval")
            };
            found.predictors.iter().map(ends).collect::<Vec<_>>()
        };
        assert_eq!(ends(0), ends(11), "{rows} rows");
    }
}

#[test]
fn the_same_seed_gives_the_same_whatever_the_threads() {
    let noise = |row: usize, salt: u64| {
        let hash = throughline_stats::random::hash(salt, &(row as u64).to_le_bytes());
        (hash >> 11) as f64 / (1u64 << 53) as f64
    };
    let rows = 6_000;
    let x: Vec<Vec<f64>> = (0..4)
        .map(|salt| {
            (0..rows)
                .map(|row| noise(row, salt) + noise(row, 50))
                .collect()
        })
        .collect();
    let y: Vec<f64> = (0..rows)
        .map(|row| x[0][row] + x[2][row] + noise(row, 60))
        .collect();
    let run = |threads: usize, seed: u64| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        let options = Options {
            seed,
            draws: 150,
            ..QUICK
        };
        let found = pool
            .install(|| fitted(&y, &x, None, &options))
            .expect("an answer");
        format!("{found:?}")
    };
    let one = run(1, 5);
    assert_eq!(one, run(3, 5));
    assert_ne!(one, run(1, 6));
}
