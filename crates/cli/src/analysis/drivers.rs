//! `throughline drivers`.

use super::Output;
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use throughline_engine::analysis::{DriversRequest, drivers};

/// Flags of `drivers`.
#[derive(Args)]
#[command(after_long_help = include_str!("../../help/drivers.txt"))]
pub struct Arguments {
    /// The file: one row a response, CSV, TSV, XLSX, JSONL or Parquet.
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// The column to be explained: a number.
    #[arg(long, value_name = "COLUMN")]
    outcome: String,
    /// The columns that may explain it, parted by commas; repeatable.
    #[arg(long, value_name = "COLUMN,…", required = true)]
    predictors: Vec<String>,
    /// The column that says which rows belong together (team, branch).
    #[arg(long, value_name = "COLUMN")]
    cluster: Option<String>,
    /// The ends of the predictors' scale, as in `1:5`; otherwise each column's own smallest and
    /// largest value.
    #[arg(long, value_name = "LOW:HIGH", allow_hyphen_values = true)]
    scale: Option<String>,
    /// Bootstrap draws behind the intervals of shares; 0 for none.
    #[arg(long, value_name = "N", default_value_t = 999)]
    draws: usize,
    /// Seed of everything random: same input and seed, same numbers.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    output: Output,
}

/// Reads, estimates, shows.
pub fn run(arguments: Arguments) -> Result<()> {
    arguments.output.check(&[&arguments.data])?;
    let result = drivers(&DriversRequest {
        data: arguments.data,
        outcome: arguments.outcome,
        predictors: arguments.predictors,
        cluster: arguments.cluster,
        scale: arguments.scale,
        draws: arguments.draws,
        seed: arguments.seed,
    })?;
    arguments.output.give(&result)
}
