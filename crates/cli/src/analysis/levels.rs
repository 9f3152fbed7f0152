//! `throughline levels`.

use super::Output;
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use throughline_engine::analysis::{LevelsRequest, levels};

/// Flags of `levels`.
#[derive(Args)]
#[command(after_long_help = include_str!("../../help/levels.txt"))]
pub struct Arguments {
    /// The file: one row an answer or period, CSV, TSV, XLSX, JSONL or Parquet.
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// The column to be explained: a number.
    #[arg(long, value_name = "COLUMN")]
    outcome: String,
    /// The columns that may explain it, parted by commas; repeatable. Without any, only how groups
    /// differ.
    #[arg(long, value_name = "COLUMN,…")]
    predictors: Vec<String>,
    /// The column of groups (team, branch); repeatable for groups that cross or nest.
    #[arg(long, value_name = "COLUMN", required = true)]
    group: Vec<String>,
    /// Predictors whose slopes differ between groups of the first `--group`, parted by commas.
    #[arg(long, value_name = "COLUMN,…")]
    random: Vec<String>,
    /// Keep a group's level and slopes apart: their correlations are zero.
    #[arg(long)]
    uncorrelated: bool,
    /// Take each predictor apart: how a row stands in its group, and how its group stands.
    #[arg(long)]
    split_within_between: bool,
    /// Full maximum likelihood, to compare models with different predictors (otherwise REML).
    #[arg(long)]
    ml: bool,
    #[command(flatten)]
    output: Output,
}

/// Reads, estimates, shows.
pub fn run(arguments: Arguments) -> Result<()> {
    arguments.output.check(&[&arguments.data])?;
    let result = levels(&LevelsRequest {
        data: arguments.data,
        outcome: arguments.outcome,
        predictors: arguments.predictors,
        groups: arguments.group,
        random: arguments.random,
        uncorrelated: arguments.uncorrelated,
        split: arguments.split_within_between,
        full: arguments.ml,
        told: |note| tell!("note: {note}"),
    })?;
    arguments.output.give(&result)
}
