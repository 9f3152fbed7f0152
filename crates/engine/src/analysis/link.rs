//! `throughline link`: which of two measures moves first.

mod counted;
mod gather;
mod result;
mod warnings;

use super::{counted as count, entrusted, no_answer};
use crate::error::{EngineError, Result};
use gather::{Gathered, gather};
use std::path::PathBuf;
use throughline_disclosure::Entrusted;
use throughline_domain::analysis::Link;
use throughline_insight::link::prepare;
use throughline_stats::NoAnswer;
use throughline_stats::panel::{
    Errors, Kind, Model, Options, Over, Request, fit, is_small, link as estimate,
};

/// What is asked.
#[derive(Clone, Debug)]
pub struct LinkRequest {
    /// The file.
    pub data: PathBuf,
    /// Where the columns are.
    pub columns: Columns,
    /// `Some(true)`: paths held equal; `Some(false)`: free; none: the data choose.
    pub equal_paths: Option<bool>,
    /// The model without random intercepts.
    pub classic: bool,
    /// Huber's and White's errors.
    pub robust: bool,
    /// Periods each employees' and customers' value looks back over.
    pub windows: [f64; 2],
    /// Panels drawn for a small panel's intervals.
    pub draws: usize,
    /// Seed of everything random.
    pub seed: u64,
}

/// Where the values are.
#[derive(Clone, Debug)]
pub enum Columns {
    /// One row per unit and period.
    Long(Box<Long>),
    /// One row per unit: employees' columns, wave by wave, then a colon and customers' columns.
    Wide(String),
}

/// Columns of a file with one row per unit and period.
#[derive(Clone, Debug, Default)]
pub struct Long {
    /// The unit.
    pub unit: String,
    /// The period.
    pub period: String,
    /// The employees' measure.
    pub employee: String,
    /// The customers' measure.
    pub customer: String,
    /// Employees' answers behind a value.
    pub employee_n: Option<String>,
    /// Customers' answers behind a value.
    pub customer_n: Option<String>,
    /// Standard deviation of employees' answers.
    pub employee_sd: Option<String>,
    /// Standard deviation of customers' answers.
    pub customer_sd: Option<String>,
    /// Employees who could have answered.
    pub headcount: Option<String>,
    /// Customers who could have answered.
    pub customer_headcount: Option<String>,
    /// People who gave both values.
    pub both_n: Option<String>,
    /// Correlation of their two answers: a number, or a column.
    pub both_r: Option<String>,
}

/// Fewest and most draws taken.
const DRAWS: std::ops::RangeInclusive<usize> = 99..=100_000;

/// Answers.
///
/// # Errors
/// For a file that can't be read, a column that isn't there, values that aren't numbers, a unit
/// with two rows for one period, and data that have no answer.
pub fn link(request: &LinkRequest) -> Result<Entrusted<Link>> {
    if !DRAWS.contains(&request.draws) {
        return Err(EngineError::Request {
            what: format!("`--draws {}` can't be used", request.draws),
            hint: "choose between 99 and 100000; 999 are enough for most purposes",
        });
    }
    if request.windows.iter().any(|w| !(0.0..=1e6).contains(w)) {
        return Err(EngineError::Request {
            what: "a window must be a number of periods".to_owned(),
            hint: "write how many periods one value looks back over, as in `--employee-window 12`",
        });
    }
    let gathered = gather(request)?;
    let refused = |reason: NoAnswer| words(&reason, &gathered, 0);
    let cells = &gathered.cells;
    let prepared =
        prepare(gathered.units, gathered.waves, cells, gathered.both_r).map_err(refused)?;
    let refused = |reason: NoAnswer| words(&reason, &gathered, prepared.first);
    let errors = if request.robust {
        Errors::Robust
    } else {
        Errors::Observed
    };
    let paths = request.equal_paths.map(|equal| match equal {
        true => Over::Equal,
        false => Over::Free,
    });
    if request.classic {
        let model = Model::classic(paths.unwrap_or(Over::Equal));
        let options = Options {
            errors,
            global: true,
        };
        let mut found = fit(&prepared.panel, model, options).map_err(refused)?;
        if is_small(found.units, found.waves) {
            found.global = None;
        }
        debug_assert_eq!(found.model.kind, Kind::Classic);
        return Ok(entrusted(result::classic(&gathered, &prepared, &found)));
    }
    let found = estimate(
        &prepared.panel,
        Request {
            paths,
            errors,
            draws: request.draws,
            seed: request.seed,
            windows: request.windows,
        },
    )
    .map_err(refused)?;
    Ok(entrusted(result::linked(
        &gathered, &prepared, &found, request,
    )))
}

/// A reason with the file's names for measures, units and waves.
fn words(reason: &NoAnswer, gathered: &Gathered, first: usize) -> EngineError {
    let wave = |wave: usize| gathered.wave(first + wave - 1);
    let measure = |letter: char| match letter {
        'x' => format!("`{}`", gathered.employee),
        _ => format!("`{}`", gathered.customer),
    };
    match reason {
        NoAnswer::Empty => no_answer(
            "there is no period in which both measures have three values or more",
            "check that both columns hold numbers for the same periods",
        ),
        NoAnswer::TooFewPeriods { n, needed } => no_answer(
            format!(
                "only {} both measures; {needed} are needed",
                count(*n as u64, "period holds", "periods hold")
            ),
            "which of two measures moves first can only be told from repeated measurement",
        ),
        NoAnswer::TooFewUnits { n, needed } => no_answer(
            format!(
                "only {} seen in two periods or more; {needed} are needed",
                count(*n as u64, "unit was", "units were")
            ),
            "bring more units (teams, branches), or check the unit column",
        ),
        NoAnswer::TooManyMissing { share, most } => no_answer(
            format!(
                "{:.0}% of all values are missing; at most {:.0}% may be",
                100.0 * share,
                100.0 * most
            ),
            "leave out periods and units that hold hardly any value",
        ),
        NoAnswer::TooFewInWave {
            measure: letter,
            wave: at,
            n,
            needed,
        } => no_answer(
            format!(
                "{} has only {n} values in {}; {needed} are needed",
                measure(*letter),
                wave(*at)
            ),
            "leave that period out of the file",
        ),
        NoAnswer::ConstantInWave {
            measure: letter,
            wave: at,
        } => no_answer(
            format!(
                "all values of {} in {} are equal",
                measure(*letter),
                wave(*at)
            ),
            "there is nothing to compare; leave that period out, or choose another measure",
        ),
        NoAnswer::MoveAsOne { first, second } => no_answer(
            format!(
                "{} in {} and {} in {} are the same but for scale",
                measure(first.0),
                wave(first.1),
                measure(second.0),
                wave(second.1)
            ),
            "check whether one was copied from the other",
        ),
        NoAnswer::NoVariation => no_answer(
            "all values of one measure are equal",
            "choose measures that vary",
        ),
        NoAnswer::TooFewRows { n, needed } => no_answer(
            format!("{n} values are too few for this model; {needed} are needed"),
            "hold paths equal over time (`--paths equal`), or bring more units or periods",
        ),
        other => {
            let words = other.to_string();
            let (what, hint) = words
                .split_once("; hint: ")
                .unwrap_or((&words, "check the columns"));
            no_answer(what, hint)
        }
    }
}
