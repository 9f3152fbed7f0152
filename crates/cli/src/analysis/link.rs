//! `throughline link`.

use super::Output;
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use throughline_engine::analysis::{Columns, LinkRequest, Long, link};

/// Flags of `link`.
#[derive(Args)]
#[command(after_long_help = include_str!("../../help/link.txt"))]
pub struct Arguments {
    /// The file: one row per unit and period (or, with --wide, one row per unit).
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// The column that says which unit (team, branch) a row is about.
    #[arg(long, value_name = "COLUMN", required_unless_present = "wide")]
    unit: Option<String>,
    /// The column that says when: years, quarters, months, weeks, or whole numbers.
    #[arg(long, value_name = "COLUMN", required_unless_present = "wide")]
    period: Option<String>,
    /// The employees' measure.
    #[arg(long, value_name = "COLUMN", required_unless_present = "wide")]
    employee: Option<String>,
    /// The customers' measure.
    #[arg(long, value_name = "COLUMN", required_unless_present = "wide")]
    customer: Option<String>,
    /// Employees' answers behind each value, so that its noise is known.
    #[arg(long, value_name = "COLUMN")]
    employee_n: Option<String>,
    /// Customers' answers behind each value.
    #[arg(long, value_name = "COLUMN")]
    customer_n: Option<String>,
    /// Standard deviation of the employees' answers behind each value.
    #[arg(long, value_name = "COLUMN", requires = "employee_n")]
    employee_sd: Option<String>,
    /// Standard deviation of the customers' answers behind each value.
    #[arg(long, value_name = "COLUMN", requires = "customer_n")]
    customer_sd: Option<String>,
    /// Employees who could have answered: where nearly all did, there is little noise.
    #[arg(
        long,
        alias = "employee-headcount",
        value_name = "COLUMN",
        requires = "employee_n"
    )]
    headcount: Option<String>,
    /// Customers who could have answered, where they are few enough to be counted.
    #[arg(long, value_name = "COLUMN", requires = "customer_n")]
    customer_headcount: Option<String>,
    /// People whose answers are in both values, where the same people gave both.
    #[arg(long, value_name = "COLUMN", requires_all = ["employee_n", "customer_n", "both_r"])]
    both_n: Option<String>,
    /// Correlation of their two answers within a unit and period: a number, or a column.
    #[arg(
        long,
        value_name = "R|COLUMN",
        requires = "both_n",
        allow_negative_numbers = true
    )]
    both_r: Option<String>,
    /// One row per unit instead: employees' columns wave by wave, a colon, customers' columns.
    #[arg(long, value_name = "X1,X2,…:Y1,Y2,…", conflicts_with_all = ["unit", "period", "employee", "customer", "employee_n", "customer_n"])]
    wide: Option<String>,
    /// Paths held equal over time, or free in every wave; otherwise the data choose.
    #[arg(long, value_enum)]
    paths: Option<Paths>,
    /// The classic model without stable differences between units, for comparison.
    #[arg(long)]
    classic: bool,
    /// Standard errors that don't rely on normal values (Huber and White).
    #[arg(long)]
    robust: bool,
    /// Periods that one employees' value looks back over, if more than its own.
    #[arg(long, value_name = "PERIODS", default_value_t = 1.0)]
    employee_window: f64,
    /// Periods that one customers' value looks back over.
    #[arg(long, value_name = "PERIODS", default_value_t = 1.0)]
    customer_window: f64,
    /// Panels drawn for the intervals of a small panel.
    #[arg(long, value_name = "N", default_value_t = 999)]
    draws: usize,
    /// Seed of everything random: same input and seed, same numbers.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    output: Output,
}

/// How paths may differ.
#[derive(Clone, Copy, ValueEnum)]
enum Paths {
    /// The same in every wave.
    Equal,
    /// Of its own in every wave.
    Free,
}

/// Reads, estimates, shows.
pub fn run(arguments: Arguments) -> Result<()> {
    arguments.output.check(&[&arguments.data])?;
    let columns = match arguments.wide {
        Some(wide) => Columns::Wide(wide),
        // Clap asks for these four unless there is `--wide`.
        None => Columns::Long(Box::new(Long {
            unit: arguments.unit.unwrap_or_default(),
            period: arguments.period.unwrap_or_default(),
            employee: arguments.employee.unwrap_or_default(),
            customer: arguments.customer.unwrap_or_default(),
            employee_n: arguments.employee_n,
            customer_n: arguments.customer_n,
            employee_sd: arguments.employee_sd,
            customer_sd: arguments.customer_sd,
            headcount: arguments.headcount,
            customer_headcount: arguments.customer_headcount,
            both_n: arguments.both_n,
            both_r: arguments.both_r,
        })),
    };
    let result = link(&LinkRequest {
        data: arguments.data,
        columns,
        equal_paths: arguments.paths.map(|paths| matches!(paths, Paths::Equal)),
        classic: arguments.classic,
        robust: arguments.robust,
        windows: [arguments.employee_window, arguments.customer_window],
        draws: arguments.draws,
        seed: arguments.seed,
    })?;
    arguments.output.give(&result)
}
