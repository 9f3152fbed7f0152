//! `throughline mediation`.

use super::Output;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use throughline_engine::analysis::{MediationRequest, Part, mediation};

/// Flags of `mediation`.
#[derive(Args)]
#[command(after_long_help = include_str!("../../help/mediation.txt"))]
pub struct Arguments {
    /// The file: CSV, TSV, XLSX, JSONL or Parquet.
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// The column it starts from (as an employee measure).
    #[arg(long, value_name = "COLUMN")]
    from: String,
    /// The column it goes through (as a customer measure).
    #[arg(long, value_name = "COLUMN")]
    through: String,
    /// The column it ends in (as an outcome of business).
    #[arg(long, value_name = "COLUMN")]
    to: String,
    /// The column that says which rows belong together (team, branch).
    #[arg(long, value_name = "COLUMN")]
    cluster: String,
    /// Columns held fixed, parted by commas; repeatable.
    #[arg(long, value_name = "COLUMN,…")]
    covariates: Vec<String>,
    /// Which differences are looked at.
    #[arg(long, value_enum, default_value_t = Which::All)]
    part: Which,
    /// Bootstrap draws behind the intervals.
    #[arg(long, value_name = "N", default_value_t = 5000)]
    draws: usize,
    /// Seed of everything random: same input and seed, same numbers.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    output: Output,
}

/// Which differences are looked at.
#[derive(Clone, Copy, ValueEnum)]
enum Which {
    /// All of them.
    All,
    /// Those between rows of one cluster: what is fixed about a cluster is held fixed.
    Within,
    /// Those between clusters' means.
    Between,
}

/// Reads, estimates, shows.
pub fn run(arguments: Arguments) -> Result<()> {
    arguments.output.check(&[&arguments.data])?;
    let result = mediation(&MediationRequest {
        data: arguments.data,
        from: arguments.from,
        through: arguments.through,
        to: arguments.to,
        covariates: arguments.covariates,
        cluster: arguments.cluster,
        part: match arguments.part {
            Which::All => Part::All,
            Which::Within => Part::Within,
            Which::Between => Part::Between,
        },
        draws: arguments.draws,
        seed: arguments.seed,
    })?;
    arguments.output.give(&result)
}
