//! `throughline experiment`: arms compared on outcomes, looked at once or all the time.
//!
//! `rows` reads and checks, `order` says which row came first, `compare` asks the estimators about one arm and the control,
//! `peeking` about the same at every look, `words` says what came of it. `plan` and
//! `assign` are the commands for before the experiment.

mod assign;
mod compare;
mod flags;
mod order;
mod peeking;
mod plan;
mod rows;
mod words;

pub use assign::{AssignRequest, assign};
pub use plan::{PlanRequest, plan_experiment};

use super::entrusted;
use crate::error::{EngineError, Result};
use compare::{Found, Pair};
use rows::{Outcome, Table};
use std::path::PathBuf;
use throughline_disclosure::Entrusted;
use throughline_domain::analysis::experiment::{ArmCount, ArmValue, Comparison, Experiment, Split};
use throughline_stats::experiment::several::{Adjustment, adjust, interval_alpha};
use throughline_stats::experiment::{ALPHA, Direction, Verdict, split, verdict};

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct ExperimentRequest {
    /// The file.
    pub data: PathBuf,
    /// The column of arms.
    pub arm: String,
    /// Columns of outcomes.
    pub outcomes: Vec<String>,
    /// The control's name.
    pub control: Option<String>,
    /// `mean`, `share` or `ratio`; otherwise seen from the data.
    pub metric: Option<String>,
    /// The column that outcomes are divided by.
    pub denominator: Option<String>,
    /// The same measured before.
    pub before: Option<String>,
    /// The column of clusters that were given an arm as a whole.
    pub cluster: Option<String>,
    /// The column that says in which order rows came.
    pub at: Option<String>,
    /// Rows a sequence is tuned for.
    pub horizon: Option<u64>,
    /// `betting`, `beta-binomial`, `normal`, `asymptotic` or `none`; otherwise chosen.
    pub sequence: Option<String>,
    /// Rows each arm needs before the first look of an asymptotic sequence.
    pub burn_in: Option<u64>,
    /// Bounds an outcome keeps, `0:10`.
    pub bounds: Option<String>,
    /// Standard deviation known beforehand.
    pub sd: Option<f64>,
    /// Parts of the rows each arm should have, `1:1`, control first.
    pub expected_split: Option<String>,
    /// `holm` or `bh`.
    pub adjust: Option<String>,
    /// What was believed before, `mean,sd`.
    pub prior: Option<String>,
    /// The smallest difference that matters.
    pub smallest: f64,
    /// Whether less of the outcome is better.
    pub lower_is_better: bool,
}

/// Answers.
///
/// # Errors
/// For a file that can't be read, columns that aren't there, values that can't be, and data that
/// have nothing to compare. What fails for one comparison alone is said beside it.
pub fn experiment(request: &ExperimentRequest) -> Result<Entrusted<Experiment>> {
    let flags = flags::parsed(request)?;
    let table = Table::read(request, &flags)?;
    let split = split_of(&table);
    let mut warnings = table.notes.clone();
    let mut values = Vec::new();
    let mut found: Vec<Found> = Vec::new();
    for outcome in &table.outcomes {
        warnings.extend(outcome.notes.iter().cloned());
        values.extend(values_of(&table, outcome));
        for arm in 1..table.arms.len() {
            let pair = Pair::of(&table, outcome, arm);
            warnings.extend(words::before_warning(&pair, request));
            found.push(compare::compare(&table, &pair, request, &flags));
        }
    }
    adjusted(&mut found, flags.adjust)?;
    if split.mismatch {
        let planned = if split.planned {
            "planned"
        } else {
            "in equal parts (if others were planned, `--expected-split` says so)"
        };
        warnings.push(format!(
            "the arms didn't get the rows they should have (sample-ratio mismatch): rows were lost \
             or assigned other than {planned}, and no comparison here can be trusted until it is \
             known why"
        ));
    }
    if found.len() > 1 && flags.adjust.is_none() {
        warnings.push(format!(
            "{} comparisons were made and none is adjusted for the others: one in twenty is clear \
             of zero by chance; `--adjust holm` allows for that",
            found.len()
        ));
    }
    warnings.extend(words::looks_warning(request, &table));
    let comparisons = found
        .into_iter()
        .map(|found| conclude(found, &split, request))
        .collect::<Result<Vec<Comparison>>>()?;
    Ok(entrusted(Experiment {
        model: words::model(&table, request),
        control: table.arms[0].clone(),
        n_rows: table.arm.len() as u64,
        n_left_out: table.left_out,
        cluster: table.cluster.as_ref().map(|cluster| cluster.name.clone()),
        arms: counts(&table),
        split,
        adjust: flags.adjust.map(|adjust| match adjust {
            Adjustment::Holm => "holm",
            Adjustment::BenjaminiHochberg => "bh",
        }),
        values,
        comparisons,
        warnings,
    }))
}

fn counts(table: &Table) -> Vec<ArmCount> {
    let whole: f64 = table.weights.iter().sum();
    let rows = table.rows_by_arm();
    let clusters = table.clusters_by_arm();
    table
        .arms
        .iter()
        .enumerate()
        .map(|(arm, name)| ArmCount {
            arm: name.clone(),
            n: rows[arm],
            clusters: clusters.as_ref().map(|clusters| clusters[arm]),
            expected_share: table.weights[arm] / whole,
        })
        .collect()
}

/// Rows are checked against the split; or clusters, where they were what was assigned.
fn split_of(table: &Table) -> Split {
    let clusters = table.clusters_by_arm();
    let counted = if clusters.is_some() {
        "clusters"
    } else {
        "rows"
    };
    let observed = clusters.unwrap_or_else(|| table.rows_by_arm());
    let once = split::chi_square(&observed, &table.weights);
    let looks = match &table.cluster {
        None => table.counts_along(200),
        Some(_) => vec![observed],
    };
    let anytime = split::anytime(&looks, &table.weights, split::CONCENTRATION);
    Split {
        planned: table.weights_given,
        counted,
        p: once.as_ref().ok().map(|test| test.p),
        p_anytime: anytime.as_ref().ok().map(|test| test.p),
        mismatch: match (&once, &anytime) {
            (Ok(once), _) => once.is_mismatch(),
            (_, Ok(anytime)) => anytime.is_mismatch(),
            _ => false,
        },
        no_answer: once.err().map(|reason| words::why(&reason)),
    }
}

fn values_of(table: &Table, outcome: &Outcome) -> Vec<ArmValue> {
    (0..table.arms.len())
        .filter_map(|arm| {
            let answer = compare::value(table, outcome, arm).ok()?;
            let ends = answer.ends();
            Some(ArmValue {
                outcome: outcome.name.clone(),
                arm: table.arms[arm].clone(),
                n: answer.n,
                value: answer.value,
                low: ends.map(|(low, _)| low),
                high: ends.map(|(_, high)| high),
                no_interval: answer.spread.err().map(|reason| words::why(&reason)),
            })
        })
        .collect()
}

/// Adjusts p-values and intervals of all comparisons that have them. Sequences have p-values of
/// their own, which are what is adjusted then.
fn adjusted(found: &mut [Found], adjustment: Option<Adjustment>) -> Result<()> {
    let Some(adjustment) = adjustment else {
        return Ok(());
    };
    let with: Vec<usize> = (0..found.len())
        .filter(|&k| found[k].p().is_some())
        .collect();
    let p: Vec<f64> = with.iter().filter_map(|&k| found[k].p()).collect();
    if p.is_empty() {
        return Ok(());
    }
    let fault = |_| EngineError::NoAnswer {
        what: "p-values can't be adjusted".to_owned(),
        hint: "leave `--adjust` out".to_owned(),
    };
    let adjusted = adjust(&p, adjustment).map_err(fault)?;
    let alpha = interval_alpha(&p, adjustment, ALPHA).map_err(fault)?;
    for (&k, p) in with.iter().zip(adjusted) {
        found[k].adjust(p, alpha);
    }
    Ok(())
}

/// Puts the verdict to a comparison.
fn conclude(found: Found, split: &Split, request: &ExperimentRequest) -> Result<Comparison> {
    let mut comparison = found.comparison;
    let direction = if request.lower_is_better {
        Direction::LowerIsBetter
    } else {
        Direction::HigherIsBetter
    };
    // What is looked at all the time is judged by the sequence, several things by the adjusted
    // interval, a single look by its own.
    let basis = words::basis(&comparison);
    let mut said = match basis.ends {
        Some((low, high)) => verdict(low, high, request.smallest, direction).map_err(|reason| {
            EngineError::NoAnswer {
                what: words::why(&reason),
                hint: "check `--smallest`".to_owned(),
            }
        })?,
        None => Verdict::CantTell,
    };
    // Clear of zero only as long as nothing else was asked.
    if matches!(said, Verdict::Better | Verdict::Worse)
        && comparison.p_adjusted.is_some_and(|p| p > ALPHA)
    {
        said = Verdict::CantTell;
    }
    if split.mismatch {
        said = Verdict::CantTell;
    }
    comparison.verdict = words::verdict(said);
    comparison.in_words = words::in_words(&comparison, &basis, split, request);
    Ok(comparison)
}
