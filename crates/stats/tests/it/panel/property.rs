//! What must hold for any panel: the order of rows and units doesn't show, a measure's unit only
//! rescales its paths, swapping the measures swaps the answers, and no number is NaN or infinite.

use super::simulated::Shape;
use crate::reference::check;
use proptest::prelude::*;
use throughline_stats::panel::{
    Fit, Measure, Model, Options, Over, Panel, Request, Role, Row, SamplingError, StandardisedPath,
    fit, link,
};

/// Rows of a made panel, with gaps.
fn rows(units: usize, waves: usize, seed: u64, errors: bool) -> Vec<Row> {
    let shape = Shape::new("property", units, waves).missing(0.1);
    let shape = if errors { shape.answers(5, 40) } else { shape };
    shape.rows(seed)
}

fn fitted(units: usize, waves: usize, rows: &[Row], paths: Over) -> Fit {
    let panel = Panel::from_rows(units, waves, rows).expect("a panel");
    fit(&panel, Model::random_intercepts(paths), Options::default()).expect("a fit")
}

fn value(path: &StandardisedPath) -> f64 {
    path.value.expect("a value").estimate
}

fn over(equal: bool) -> Over {
    if equal { Over::Equal } else { Over::Free }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn order_does_not_show(seed in 0u64..1000, equal: bool, errors: bool) {
        let (units, waves) = (150, 4);
        let given = rows(units, waves, seed, errors);
        let mut other: Vec<Row> = given
            .iter()
            .map(|row| Row { unit: (row.unit * 7 + 3) % units, ..*row })
            .collect();
        other.reverse();
        other.rotate_left(37);
        let (one, two) =
            (fitted(units, waves, &given, over(equal)), fitted(units, waves, &other, over(equal)));
        // To the last bit.
        prop_assert_eq!(one, two);
    }

    #[test]
    fn a_measures_unit_rescales_its_paths(
        seed in 0u64..1000, equal: bool, errors: bool, scale in 1e-6f64..1e6, shift in -100.0f64..100.0,
    ) {
        let (units, waves) = (150, 4);
        let given = rows(units, waves, seed, errors);
        let other: Vec<Row> = given
            .iter()
            .map(|row| Row {
                y: row.y.map(|y| scale * (y + shift)),
                error: row.error.map(|e| SamplingError { y: e.y * scale * scale, ..e }),
                ..*row
            })
            .collect();
        let (one, two) =
            (fitted(units, waves, &given, over(equal)), fitted(units, waves, &other, over(equal)));
        for (a, b) in one.parameters.iter().zip(&two.parameters) {
            let factor = match a.role {
                Role::Path { from, to } if from == to => 1.0,
                Role::Path { to: Measure::Y, .. } => scale,
                Role::Path { .. } => 1.0 / scale,
                Role::Within(x, y) | Role::Between(x, y) => {
                    [x, y].iter().map(|m| if *m == Measure::Y { scale } else { 1.0 }).product()
                }
                Role::Mean(Measure::Y) => scale,
                Role::Mean(_) => 1.0,
            };
            let moved = if a.role == Role::Mean(Measure::Y) { shift } else { 0.0 };
            check(&format!("{:?}", a.role), b.value.estimate / factor, a.value.estimate + moved, 1e-6);
            check(&format!("se {:?}", a.role), b.value.se / factor, a.value.se, 1e-6);
        }
        for (a, b) in one.standardised.iter().zip(&two.standardised) {
            check("standardised", value(b), value(a), 1e-6);
        }
    }

    #[test]
    fn swapping_measures_swaps_answers(seed in 0u64..1000, equal: bool, errors: bool) {
        let (units, waves) = (150, 4);
        let given = rows(units, waves, seed, errors);
        let other: Vec<Row> = given
            .iter()
            .map(|row| Row {
                x: row.y,
                y: row.x,
                error: row.error.map(|e| SamplingError { x: e.y, y: e.x, xy: e.xy }),
                ..*row
            })
            .collect();
        let (one, two) =
            (fitted(units, waves, &given, over(equal)), fitted(units, waves, &other, over(equal)));
        check("loglik", two.loglik, one.loglik, 1e-9);
        for a in &one.standardised {
            let swap = |m| if m == Measure::X { Measure::Y } else { Measure::X };
            let b = two
                .standardised
                .iter()
                .find(|b| b.from == swap(a.from) && b.to == swap(a.to) && b.wave == a.wave)
                .expect("the other");
            check("standardised", value(b), value(a), 1e-5);
        }
    }

    #[test]
    fn no_number_is_nan(
        seed in 0u64..100_000, units in 10usize..40, waves in 3usize..7,
        coarse in 1u32..6, missing in 0.0f64..0.7,
    ) {
        // Small, coarse, full of gaps: most of these have no answer, and none has a NaN.
        use rand::RngExt;
        let mut random = throughline_stats::random::generator(seed, "coarse panel");
        let rows: Vec<Row> = (0..units * waves)
            .map(|k| {
                let mut value = || {
                    let v = f64::from(random.random_range(0..=coarse));
                    (random.random::<f64>() >= missing).then_some(v)
                };
                let (x, y) = (value(), value());
                Row { unit: k / waves, wave: k % waves, x, y, error: None }
            })
            .collect();
        let Ok(panel) = Panel::from_rows(units, waves, &rows) else { return Ok(()) };
        let request = Request { draws: 29, ..Request::default() };
        if let Ok(found) = link(&panel, request) {
            let text = format!("{found:?}");
            prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{}", text);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_whatever_the_threads() {
    let shape = Shape::new("forty by six", 40, 6).missing(0.1);
    let request = Request {
        draws: 49,
        ..Request::default()
    };
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        pool.install(|| link(&shape.panel(3), request).expect("a link"))
    };
    assert_eq!(run(1), run(3));
}
