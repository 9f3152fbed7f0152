//! The estimators' reasons, said again in the reader's words: their columns have numbers, the
//! reader's have names.

use super::{counted, no_answer};
use crate::error::EngineError;
use throughline_stats::NoAnswer;

/// Names of what the estimator calls columns, items or clusters.
pub(crate) struct Names<'a> {
    /// Columns by number.
    pub columns: &'a [&'a str],
    /// The outcome's name.
    pub outcome: &'a str,
    /// What a cluster is: the column's name, or `row`.
    pub cluster: &'a str,
}

impl Names<'_> {
    fn column(&self, at: usize) -> String {
        self.columns
            .get(at)
            .map_or_else(|| format!("column {at}"), |name| format!("`{name}`"))
    }

    /// Why a figure, or its interval, isn't given: one line, without a hint.
    pub(crate) fn why(&self, reason: &NoAnswer) -> String {
        match reason {
            NoAnswer::TooFewClusters { n: 1, needed: 2 } => {
                "it rests on a single one, so there is nothing to compare".to_owned()
            }
            NoAnswer::TooFewClusters { n, needed } => {
                format!("only {n} of `{}`; an interval needs {needed}", self.cluster)
            }
            NoAnswer::TooFewRows { n, needed } => {
                format!("only {}; {needed} are needed", counted(*n, "row", "rows"))
            }
            NoAnswer::NearEdge { edge, .. } => format!("too near {edge} to promise an interval"),
            NoAnswer::TooFewResamples { n, of } => format!(
                "only {n} of {of} resamples could be fitted: a column hardly varies, or one value \
                 dwarfs the rest"
            ),
            NoAnswer::BeyondNumbers => {
                "the square of its error is too small or too large a number to hold: rescale the columns"
                    .to_owned()
            }
            NoAnswer::NoVariation => "nothing is left over to measure the error with".to_owned(),
            other => other.what(),
        }
    }

    /// The reason as an error that ends the command.
    pub(crate) fn error(&self, reason: &NoAnswer) -> EngineError {
        match reason {
            NoAnswer::NoVariation => no_answer(
                format!(
                    "all values of `{}` are equal in the rows used",
                    self.outcome
                ),
                "choose an outcome that varies",
            ),
            NoAnswer::Constant { column } => no_answer(
                format!(
                    "all values of {} are equal in the rows used",
                    self.column(*column)
                ),
                "leave it out",
            ),
            NoAnswer::Collinear { with } => {
                let names: Vec<String> = with.iter().map(|&at| self.column(at)).collect();
                no_answer(
                    format!(
                        "{} say the same: one of them is a weighted sum of the others",
                        names.join(", ")
                    ),
                    "leave one of them out",
                )
            }
            NoAnswer::TooFewRows { n, needed } => no_answer(
                format!(
                    "only {} all values; this needs {needed}",
                    counted(*n, "row has", "rows have")
                ),
                "bring more rows, or name fewer columns",
            ),
            other => {
                let hint = other.hint();
                no_answer(other.what(), hint.as_deref().unwrap_or("check the columns"))
            }
        }
    }
}
