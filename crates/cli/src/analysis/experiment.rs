//! `throughline experiment`, with `plan` and `assign` for before it.

use super::Output;
use anyhow::Result;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use throughline_engine::analysis::{
    AssignRequest, ExperimentRequest, PlanRequest, assign, experiment, plan_experiment,
};

/// Flags of `experiment`.
#[derive(Args)]
#[command(
    after_long_help = include_str!("../../help/experiment.txt"),
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
)]
pub struct Arguments {
    #[command(subcommand)]
    then: Option<Before>,
    /// The file: one row a person (or whatever was measured), CSV, TSV, XLSX, JSONL or Parquet.
    #[arg(long, value_name = "FILE", required = true)]
    data: Option<PathBuf>,
    /// The column that says which arm a row was in.
    #[arg(long, value_name = "COLUMN", required = true)]
    arm: Option<String>,
    /// Columns of outcomes, parted by commas; repeatable.
    #[arg(long, value_name = "COLUMN,…", required = true)]
    outcome: Vec<String>,
    /// The arm the others are compared with.
    #[arg(long, value_name = "NAME")]
    control: Option<String>,
    /// What is compared; otherwise seen from the data (0 and 1 alone are a share).
    #[arg(long, value_name = "WHAT", value_parser = ["mean", "share", "ratio"])]
    metric: Option<String>,
    /// Divide the outcome's sum by this column's sum (a ratio).
    #[arg(long, value_name = "COLUMN")]
    denominator: Option<String>,
    /// The same measured before the experiment: takes out what it explains (CUPED).
    #[arg(long, value_name = "COLUMN")]
    before: Option<String>,
    /// Whole clusters (teams, branches) were given an arm: this column says which.
    #[arg(long, value_name = "COLUMN")]
    cluster: Option<String>,
    /// Rows came in the order of this column; asks for an interval that holds at every look.
    #[arg(long, value_name = "COLUMN")]
    at: Option<String>,
    /// Rows the whole experiment was declared to have; asks for an interval that holds at every
    /// look, tightest there.
    #[arg(long, value_name = "ROWS")]
    horizon: Option<u64>,
    /// Which interval that is; otherwise chosen by outcome, bounds and horizon.
    #[arg(long, value_name = "KIND",
          value_parser = ["betting", "beta-binomial", "normal", "asymptotic", "none"])]
    sequence: Option<String>,
    /// Rows each arm needs before the first look of an asymptotic sequence (100 by default).
    #[arg(long, value_name = "ROWS")]
    burn_in: Option<u64>,
    /// The ends that outcomes can't leave, as in `1:5`.
    #[arg(long, value_name = "LOW:HIGH", allow_hyphen_values = true)]
    bounds: Option<String>,
    /// The standard deviation of rows, if it is known beforehand (for `--sequence normal`).
    #[arg(long, value_name = "SD")]
    sd: Option<f64>,
    /// Parts of the rows the arms should have, control first, others by name, as in `1:1`.
    #[arg(long, value_name = "A:B")]
    expected_split: Option<String>,
    /// Allow for several comparisons.
    #[arg(long, value_name = "HOW", value_parser = ["holm", "bh"])]
    adjust: Option<String>,
    /// What was believed of the difference before: mean and standard deviation, as in `0,0.5`.
    #[arg(long, value_name = "MEAN,SD", allow_hyphen_values = true)]
    prior: Option<String>,
    /// The smallest difference that matters, in the outcome's unit.
    #[arg(long, value_name = "SIZE", default_value_t = 0.0)]
    smallest: f64,
    /// Less of the outcome is better.
    #[arg(long)]
    lower_is_better: bool,
    /// Seed of everything random (only `plan` draws anything).
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    output: Output,
}

/// What is done before an experiment.
#[derive(Subcommand)]
enum Before {
    /// How large an experiment must be, and how long it takes.
    Plan(Box<PlanArguments>),
    /// Who gets which arm, by a keyed hash of the id.
    Assign(Box<AssignArguments>),
}

/// Flags of `experiment plan`.
#[derive(Args)]
struct PlanArguments {
    /// What is compared; a share unless `--sd` is given.
    #[arg(long, value_name = "WHAT", value_parser = ["mean", "share"])]
    metric: Option<String>,
    /// The control's share (0 to 1), or its mean.
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    baseline: Option<f64>,
    /// The standard deviation of rows within an arm, for means.
    #[arg(long, value_name = "SD")]
    sd: Option<f64>,
    /// The smallest difference that matters and should be found, in the outcome's unit.
    #[arg(long, value_name = "SIZE", allow_hyphen_values = true)]
    smallest: Option<f64>,
    /// Rows there will be in both arms: gives the smallest difference (or with `--smallest`, the
    /// power).
    #[arg(long, value_name = "N")]
    rows: Option<u64>,
    /// The probability of finding it.
    #[arg(long, default_value_t = 0.8)]
    power: f64,
    /// The two-sided error.
    #[arg(long, default_value_t = 0.05)]
    alpha: f64,
    /// Parts of the rows, control first.
    #[arg(long, value_name = "A:B", default_value = "1:1")]
    split: String,
    /// Whole clusters get an arm: their mean number of rows.
    #[arg(long, value_name = "ROWS")]
    cluster_rows: Option<f64>,
    /// The standard deviation of clusters' rows over their mean.
    #[arg(long, value_name = "CV", default_value_t = 0.0)]
    cluster_cv: f64,
    /// How alike rows of one cluster are (intraclass correlation).
    #[arg(long, value_name = "RHO")]
    intraclass: Option<f64>,
    /// Rows that come in a period (day, week): gives the duration.
    #[arg(long, value_name = "ROWS")]
    rows_each_period: Option<f64>,
    /// It will be looked at all the time, up to so many rows in both arms: gives widths along the
    /// way and when it may be over.
    #[arg(long, value_name = "ROWS")]
    horizon: Option<u64>,
    /// The ends that the outcome can't leave, for the widest interval.
    #[arg(long, value_name = "LOW:HIGH", allow_hyphen_values = true)]
    bounds: Option<String>,
    /// Seed of the simulated experiments.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    output: Output,
}

/// Flags of `experiment assign`.
#[derive(Args)]
struct AssignArguments {
    /// The experiment's key: another one for each experiment, kept to yourself.
    #[arg(long, value_name = "KEY")]
    key: String,
    /// A unit (person, team); repeatable.
    #[arg(long, value_name = "ID")]
    unit: Vec<String>,
    /// A file with a column of units.
    #[arg(long, value_name = "FILE", conflicts_with = "unit")]
    data: Option<PathBuf>,
    /// The column of units in it (people, or teams to be kept together).
    #[arg(long, value_name = "COLUMN", requires = "data")]
    column: Option<String>,
    /// Deal the whole list out evenly within the groups of this column.
    #[arg(long, value_name = "COLUMN", requires = "data")]
    stratum: Option<String>,
    /// Names of the arms, control first.
    #[arg(long, value_name = "A,B", default_value = "control,treated")]
    arms: String,
    /// Parts of the units, in the order of the arms; equal if left out.
    #[arg(long, value_name = "A:B")]
    split: Option<String>,
    /// Share of units that take part at all.
    #[arg(long, value_name = "SHARE", default_value_t = 1.0)]
    taking_part: f64,
    #[command(flatten)]
    output: Output,
}

/// Reads, estimates, shows.
pub fn run(arguments: Arguments) -> Result<()> {
    match arguments.then {
        Some(Before::Plan(of)) => return run_plan(*of),
        Some(Before::Assign(of)) => return run_assign(*of),
        None => {}
    }
    // Required where there is no subcommand, so clap has seen to them.
    let data = arguments.data.unwrap_or_default();
    arguments.output.check(&[&data])?;
    let result = experiment(&ExperimentRequest {
        data,
        arm: arguments.arm.unwrap_or_default(),
        outcomes: arguments.outcome,
        control: arguments.control,
        metric: arguments.metric,
        denominator: arguments.denominator,
        before: arguments.before,
        cluster: arguments.cluster,
        at: arguments.at,
        horizon: arguments.horizon,
        sequence: arguments.sequence,
        burn_in: arguments.burn_in,
        bounds: arguments.bounds,
        sd: arguments.sd,
        expected_split: arguments.expected_split,
        adjust: arguments.adjust,
        prior: arguments.prior,
        smallest: arguments.smallest,
        lower_is_better: arguments.lower_is_better,
    })?;
    arguments.output.give(&result)
}

fn run_plan(arguments: PlanArguments) -> Result<()> {
    arguments.output.check(&[])?;
    let result = plan_experiment(&PlanRequest {
        metric: arguments.metric,
        baseline: arguments.baseline,
        sd: arguments.sd,
        smallest: arguments.smallest,
        rows: arguments.rows,
        power: arguments.power,
        alpha: arguments.alpha,
        split: arguments.split,
        cluster_rows: arguments.cluster_rows,
        cluster_cv: arguments.cluster_cv,
        intraclass: arguments.intraclass,
        rows_each_period: arguments.rows_each_period,
        horizon: arguments.horizon,
        bounds: arguments.bounds,
        seed: arguments.seed,
    })?;
    arguments.output.give(&result)
}

fn run_assign(arguments: AssignArguments) -> Result<()> {
    let inputs: Vec<&std::path::Path> = arguments.data.iter().map(PathBuf::as_path).collect();
    arguments.output.check(&inputs)?;
    let result = assign(&AssignRequest {
        key: arguments.key,
        units: arguments.unit,
        data: arguments.data,
        column: arguments.column,
        stratum: arguments.stratum,
        arms: arguments.arms,
        split: arguments.split,
        taking_part: arguments.taking_part,
    })?;
    arguments.output.give(&result)
}
