//! Solutions no process could have made: estimates, and no verdict; and what a small panel is spared.

use super::simulated::Shape;
use throughline_stats::panel::{
    Errors, Model, Options, Over, Panel, Request, Row, SamplingError, Verdict, Warning, fit, link,
};

/// Errors of x said to be far larger than they can be, in the first wave, so that nothing is left
/// within units there.
fn overstated(units: usize, waves: usize, first: f64, seed: u64) -> Panel {
    let shape = Shape::new("overstated", units, waves);
    let rows: Vec<Row> = shape
        .rows(seed)
        .into_iter()
        .map(|row| Row {
            error: Some(SamplingError {
                x: if row.wave == 0 { first } else { 0.0 },
                y: 0.0,
                xy: 0.0,
            }),
            ..row
        })
        .collect();
    Panel::from_rows(units, waves, &rows).expect("a panel")
}

#[test]
fn estimates_without_a_verdict() {
    for (units, waves) in [(200, 5), (60, 4)] {
        let panel = overstated(units, waves, 2.0, 2);
        for errors in [Errors::Observed, Errors::Robust] {
            let request = Request {
                errors,
                ..Request::default()
            };
            let found = link(&panel, request).expect("estimates");
            assert!(!found.fit.improper.is_empty());
            assert!(
                found
                    .warnings
                    .iter()
                    .any(|warning| matches!(warning, Warning::Improper(_)))
            );
            assert!(
                found
                    .fit
                    .standardised
                    .iter()
                    .any(|path| path.value.is_none())
            );
            let [onward, back] = found.directions;
            for direction in [onward, back] {
                assert_eq!(direction.verdict, Verdict::None);
                assert!(direction.raw.estimate.is_finite() && direction.raw.se > 0.0);
            }
            // Nothing is left of x in the first wave; y's deviations there have their spread.
            assert_eq!((onward.standardised, onward.detectable), (None, None));
            assert!(back.standardised.is_some() && back.detectable.is_some());
            let text = format!("{found:?}");
            assert!(!text.contains("NaN") && !text.contains("inf,"), "{text}");
        }
        let found = fit(
            &panel,
            Model::random_intercepts(Over::Equal),
            Options::default(),
        );
        assert!(found.is_ok_and(|fit| !fit.improper.is_empty()));
    }
}

#[test]
fn small_panels_get_no_figures_of_fit_whatever_is_asked() {
    let panel = Shape::new("forty by five", 40, 5).panel(3);
    for paths in [None, Some(Over::Equal), Some(Over::Free)] {
        let request = Request {
            paths,
            draws: 29,
            ..Request::default()
        };
        let found = link(&panel, request).expect("a link");
        assert!(found.small && found.fit.global.is_none(), "{paths:?}");
        assert!(matches!(found.warnings[0], Warning::SmallPanel { .. }));
    }
}
