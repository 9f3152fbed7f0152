//! What an experiment's figures say, in sentences.

use super::ExperimentRequest;
use super::compare::Pair;
use super::peeking;
use super::rows::Table;
use crate::analysis::counted;
use throughline_domain::analysis::experiment::{Comparison, Split, Verdict};
use throughline_stats::NoAnswer;
use throughline_stats::experiment as estimate;
use throughline_stats::experiment::arm::RATIO_OUT_OF_REACH;

/// A reason in a reader's words, without a hint.
pub(super) fn why(reason: &NoAnswer) -> String {
    match reason {
        NoAnswer::Empty => "no row has a value".to_owned(),
        NoAnswer::EmptyArm { arm: 0 } => "the control has no row with a value".to_owned(),
        NoAnswer::EmptyArm { .. } => "the arm has no row with a value".to_owned(),
        NoAnswer::NoVariation => {
            "all values are equal (or what was before explains them all), so there is nothing to \
             measure the error with"
                .to_owned()
        }
        NoAnswer::Arithmetic {
            what: RATIO_OUT_OF_REACH,
        } => {
            "the ratio is too large, or its denominators too small, for numbers of this precision \
             to hold; write the columns in other units"
                .to_owned()
        }
        NoAnswer::TooFewClusters { n, needed: 2 } => {
            format!("an arm has only {n} cluster; each needs two at least")
        }
        NoAnswer::TooFewClusters { n, needed } => {
            format!("only {n} clusters; an interval needs {needed}")
        }
        NoAnswer::TooFewRows { n, needed } => {
            format!("only {}; {needed} are needed", counted(*n, "row", "rows"))
        }
        NoAnswer::BaselineNearZero { .. } => "what would be divided by is too near zero".to_owned(),
        NoAnswer::LooksDisagree { n } => format!(
            "after {n} rows the interval no longer overlaps with earlier ones: the effect seems to have changed over time"
        ),
        other => other.what(),
    }
}

pub(super) fn verdict(of: estimate::Verdict) -> Verdict {
    match of {
        estimate::Verdict::Better => Verdict::Better,
        estimate::Verdict::Worse => Verdict::Worse,
        estimate::Verdict::TooSmall => Verdict::TooSmall,
        estimate::Verdict::CantTell => Verdict::CantTell,
    }
}

/// What the whole thing was, in a few words.
pub(super) fn model(table: &Table, request: &ExperimentRequest) -> String {
    let arms = table.arms.len();
    let how = match (&table.cluster, peeking::wanted(request)) {
        (Some(_), true) => "whole clusters in an arm, looked at all the time",
        (Some(_), false) => "whole clusters in an arm, looked at once",
        (None, true) => "rows in an arm, looked at all the time",
        (None, false) => "rows in an arm, looked at once",
    };
    format!("{arms} arms compared: {how}")
}

/// The interval a verdict rests on.
pub(super) struct Basis {
    pub ends: Option<(f64, f64)>,
    /// How it was made.
    pub said: String,
    pub no_answer: Option<String>,
}

pub(super) fn basis(comparison: &Comparison) -> Basis {
    let before = comparison
        .before
        .as_ref()
        .map_or_else(String::new, |of| format!(", adjusted for `{}`", of.column));
    let said = |said: &str| format!("{said}{before}");
    let adjusted = comparison.low_adjusted.zip(comparison.high_adjusted);
    match &comparison.sequence {
        Some(sequence) => Basis {
            ends: adjusted.or(sequence.low.zip(sequence.high)),
            said: said(if adjusted.is_some() {
                "however often one looked, all comparisons allowed for"
            } else {
                "however often one looked"
            }),
            no_answer: sequence.no_answer.clone(),
        },
        None => Basis {
            ends: adjusted.or(comparison.low.zip(comparison.high)),
            said: said(if adjusted.is_some() {
                "looked at once, all comparisons allowed for"
            } else {
                "looked at once"
            }),
            no_answer: comparison.no_answer.clone(),
        },
    }
}

/// The verdict as a sentence.
pub(super) fn in_words(
    comparison: &Comparison,
    basis: &Basis,
    split: &Split,
    request: &ExperimentRequest,
) -> String {
    let (arm, control) = (&comparison.arm, &comparison.control);
    if split.mismatch {
        return format!(
            "can't tell: the arms didn't get the {} they should have, so `{arm}` and `{control}` may differ for other reasons",
            split.counted
        );
    }
    let Some((low, high)) = basis.ends else {
        let reason = basis.no_answer.clone().unwrap_or_default();
        return format!("can't tell `{arm}` from `{control}`: {reason}");
    };
    let range = format!("between {} and {}", change(low), change(high));
    match comparison.verdict {
        Verdict::Better => format!(
            "`{arm}` is better than `{control}`: {range} ({})",
            basis.said
        ),
        Verdict::Worse => format!(
            "`{arm}` is worse than `{control}`: {range} ({})",
            basis.said
        ),
        Verdict::TooSmall => format!(
            "what parts `{arm}` from `{control}` is too small to matter: {range}, and only {} or more matters ({})",
            short(request.smallest),
            basis.said
        ),
        Verdict::CantTell if low > 0.0 || high < 0.0 => format!(
            "can't tell `{arm}` from `{control}`: {range}, but not clear of zero once all comparisons are allowed for"
        ),
        Verdict::CantTell => format!(
            "can't tell `{arm}` from `{control}`: {range} ({})",
            basis.said
        ),
    }
}

fn change(value: f64) -> String {
    if value > 0.0 {
        format!("{} more", short(value))
    } else if value < 0.0 {
        format!("{} less", short(-value))
    } else {
        "no change".to_owned()
    }
}

/// Three digits.
fn short(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let size = value.abs().log10().floor();
    if !(-4.0..9.0).contains(&size) {
        return format!("{value:.2e}");
    }
    let decimals = (2.0 - size).max(0.0) as usize;
    format!("{value:.decimals$}")
}

/// That what was before can't explain anything.
pub(super) fn before_warning(pair: &Pair<'_>, request: &ExperimentRequest) -> Option<String> {
    let column = request.before.as_deref()?;
    pair.before_is_constant.then(|| {
        format!(
            "`{column}`, named with `--before`, doesn't vary in the rows of `{}` and `{}`, so it \
             explains nothing of `{}`: they are compared without it",
            pair.arm_name, pair.control_name, pair.outcome.name
        )
    })
}

/// Warnings about looking, order and the split.
pub(super) fn looks_warning(request: &ExperimentRequest, table: &Table) -> Vec<String> {
    let mut warnings = Vec::new();
    if peeking::wanted(request) {
        if request.at.is_none() {
            warnings.push(
                "rows are taken to have come in the file's order; `--at` names the column that says when"
                    .to_owned(),
            );
        }
        if !arms_by_chance(table) {
            warnings.push(
                "along the rows the arms don't change as chance would have it (sorted by arm, or one arm's rows came first?): the betting interval, which needs that, isn't used, and what changed with time would look like a difference"
                    .to_owned(),
            );
        }
        if request.horizon.is_none() {
            warnings.push(
                "no `--horizon` was declared beforehand, so the sequence is tuned for 5,000 rows; declaring one after looking at the data would not be honest"
                    .to_owned(),
            );
        }
        if let Some(horizon) = request.horizon
            && horizon < table.arm.len() as u64
        {
            warnings.push(format!(
                "there are {} rows and the horizon was declared as {horizon}: all rows are used \
                 and the interval holds past its horizon, only wider there than one declared for \
                 as many rows would be",
                table.arm.len()
            ));
        }
        if !table.weights_given {
            warnings.push(
                "arms are taken to have been drawn by chance in equal parts; `--expected-split` says otherwise"
                    .to_owned(),
            );
        }
    } else if request.sequence.is_some() {
        warnings.push(
            "the interval holds for one look at a size fixed beforehand; who looks several times and stops when it is clear of zero must leave `--sequence none` out"
                .to_owned(),
        );
    } else {
        warnings.push(
            "the interval holds for one look at a size fixed beforehand; who looks several times and stops when it is clear of zero needs `--at` and `--horizon`"
                .to_owned(),
        );
    }
    warnings
}

/// Whether each arm and the control came in an order that chance would bring; clusters come as a
/// whole, so their rows aren't asked.
fn arms_by_chance(table: &Table) -> bool {
    table.cluster.is_some()
        || (1..table.arms.len()).all(|wanted| {
            let pair: Vec<usize> = table
                .arm
                .iter()
                .filter(|&&arm| arm == 0 || arm == wanted)
                .map(|&arm| usize::from(arm == wanted))
                .collect();
            let share = table.weights[wanted] / (table.weights[0] + table.weights[wanted]);
            peeking::is_by_chance(&pair, share)
        })
}
