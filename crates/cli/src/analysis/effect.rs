//! `throughline effect`.

use super::Output;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use throughline_engine::analysis::effect::{ChosenBy, ControlBy, MethodBy};
use throughline_engine::analysis::{EffectRequest, effect};

/// Flags of `effect`.
#[derive(Args)]
#[command(after_long_help = include_str!("../../help/effect.txt"))]
pub struct Arguments {
    /// The file: one row a team (branch, person) and period, CSV, TSV, XLSX, JSONL or Parquet.
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// The column that says whose row it is.
    #[arg(long, value_name = "COLUMN")]
    unit: String,
    /// The column of periods: years, quarters, months, weeks, days, or whole numbers.
    #[arg(long, value_name = "COLUMN")]
    period: String,
    /// The number that should have changed; several parted by commas, or repeatable.
    #[arg(long, value_name = "COLUMN,…", required = true)]
    outcome: Vec<String>,
    /// The column with the first period under treatment; empty, 0 or `never` for never.
    #[arg(long, value_name = "COLUMN")]
    first_treated: String,
    /// Columns to adjust for, parted by commas; repeatable.
    #[arg(long, value_name = "COLUMN,…")]
    covariates: Vec<String>,
    /// Who is compared with: those who never start, or also those who haven't yet.
    #[arg(long, value_enum, default_value_t = Control::NotYet)]
    control: Control,
    /// How covariates are adjusted for: outcome regression, inverse probability weighting, or
    /// doubly robust.
    #[arg(long, value_enum, default_value_t = Method::Dr)]
    method: Method,
    /// Why these were chosen. It decides what may be compared.
    #[arg(long, value_enum, default_value_t = Chosen::Unsaid)]
    chosen_by: Chosen,
    /// The column that says which units belong together and may share luck (region).
    #[arg(long, value_name = "COLUMN")]
    cluster: Option<String>,
    /// Periods by which units may react before their start.
    #[arg(long, value_name = "N", default_value_t = 0)]
    anticipation: u32,
    /// The column of weights.
    #[arg(long, value_name = "COLUMN")]
    weights: Option<String>,
    /// Which way is better.
    #[arg(long, value_enum, default_value_t = Better::Higher)]
    better: Better,
    /// The smallest effect that would matter; needed for "too small to matter".
    #[arg(long, value_name = "NUMBER")]
    matters: Option<f64>,
    /// Bootstrap draws behind bands.
    #[arg(long, value_name = "N", default_value_t = 999)]
    draws: usize,
    /// Seed of everything random: same input and seed, same numbers.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    output: Output,
}

#[derive(Clone, Copy, ValueEnum)]
enum Control {
    Never,
    NotYet,
}

#[derive(Clone, Copy, ValueEnum)]
enum Method {
    Or,
    Ipw,
    Dr,
}

#[derive(Clone, Copy, ValueEnum)]
enum Chosen {
    /// By lot.
    Random,
    /// They came forward.
    Volunteered,
    /// Those that stood worst last.
    WorstFirst,
    /// Those that stood best last.
    BestFirst,
    /// For a reason that has nothing to do with how they were doing.
    Other,
    /// Not said.
    Unsaid,
}

#[derive(Clone, Copy, ValueEnum)]
enum Better {
    Higher,
    Lower,
}

/// Reads, estimates, shows.
pub fn run(arguments: Arguments) -> Result<()> {
    arguments.output.check(&[&arguments.data])?;
    let result = effect(&EffectRequest {
        data: arguments.data,
        unit: arguments.unit,
        period: arguments.period,
        outcome: arguments.outcome,
        first_treated: arguments.first_treated,
        covariates: arguments.covariates,
        cluster: arguments.cluster,
        weights: arguments.weights,
        control: match arguments.control {
            Control::Never => ControlBy::Never,
            Control::NotYet => ControlBy::NotYet,
        },
        method: match arguments.method {
            Method::Or => MethodBy::Regression,
            Method::Ipw => MethodBy::Weighting,
            Method::Dr => MethodBy::DoublyRobust,
        },
        chosen_by: match arguments.chosen_by {
            Chosen::Random => ChosenBy::Random,
            Chosen::Volunteered => ChosenBy::Volunteered,
            Chosen::WorstFirst => ChosenBy::WorstFirst,
            Chosen::BestFirst => ChosenBy::BestFirst,
            Chosen::Other => ChosenBy::Other,
            Chosen::Unsaid => ChosenBy::Unsaid,
        },
        anticipation: arguments.anticipation,
        lower_is_better: matches!(arguments.better, Better::Lower),
        matters: arguments.matters,
        draws: arguments.draws,
        seed: arguments.seed,
    })?;
    arguments.output.give(&result)
}
