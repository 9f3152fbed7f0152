//! `drivers`: against definitions walked in R, against published figures, by property, with bad
//! input, by simulation.

mod bad;
mod coverage;
mod property;
mod reference;

use throughline_stats::Result;
use throughline_stats::drivers::{Drivers, Options, Rows, fit};

/// No intervals of shares: what most tests need.
const QUICK: Options = Options {
    seed: 1,
    draws: 0,
    ordering_pairs: 200,
};

fn fitted(
    outcome: &[f64],
    predictors: &[Vec<f64>],
    clusters: Option<&[usize]>,
    options: &Options,
) -> Result<Drivers> {
    let predictors: Vec<&[f64]> = predictors.iter().map(Vec::as_slice).collect();
    fit(
        &Rows {
            outcome,
            predictors: &predictors,
            clusters,
        },
        options,
    )
}

fn shares(of: &Drivers) -> Vec<f64> {
    of.predictors.iter().map(|driver| driver.share).collect()
}
