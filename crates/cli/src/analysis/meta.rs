//! `throughline meta`.

use super::Output;
use anyhow::Result;
use clap::{ArgGroup, Args, ValueEnum};
use std::path::PathBuf;
use throughline_engine::analysis::{MetaRequest, Method, Pooling, Test, meta};

/// Flags of `meta`.
#[derive(Args)]
#[command(after_long_help = include_str!("../../help/meta.txt"))]
#[command(group = ArgGroup::new("what").required(true).args(["r", "effect"]))]
#[command(group = ArgGroup::new("error").args(["variance", "se"]))]
pub struct Arguments {
    /// The file, one row a study: CSV, TSV, XLSX, JSONL or Parquet.
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// The column of correlations; with `--n`.
    #[arg(long, value_name = "COLUMN", requires = "n")]
    r: Option<String>,
    /// The column of sample sizes.
    #[arg(long, value_name = "COLUMN", requires = "r")]
    n: Option<String>,
    /// The column of attenuation factors (root of the product of the two measures' reliabilities):
    /// correlations are corrected for them.
    #[arg(long, value_name = "COLUMN", requires = "r")]
    attenuation: Option<String>,
    /// The column of estimates; with `--variance` or `--se`.
    #[arg(long, value_name = "COLUMN", requires = "error")]
    effect: Option<String>,
    /// The column of their variances.
    #[arg(long, value_name = "COLUMN", requires = "effect")]
    variance: Option<String>,
    /// The column of their standard errors.
    #[arg(long, value_name = "COLUMN", requires = "effect")]
    se: Option<String>,
    /// The column of the studies' names.
    #[arg(long, value_name = "COLUMN")]
    study: Option<String>,
    /// How true differences are estimated: Hunter and Schmidt's way for correlations, REML
    /// otherwise, unless you choose.
    #[arg(long, value_enum)]
    method: Option<How>,
    /// What the mean's interval rests on.
    #[arg(long, value_enum, default_value_t = Interval::Robust)]
    test: Interval,
    #[command(flatten)]
    output: Output,
}

/// How the variance of true values is estimated.
#[derive(Clone, Copy, ValueEnum)]
enum How {
    /// Restricted maximum likelihood.
    Reml,
    /// DerSimonian and Laird's moments.
    Dl,
    /// Hunter and Schmidt's.
    Hs,
    /// One true value for all.
    Common,
}

/// What the mean's interval rests on.
#[derive(Clone, Copy, ValueEnum)]
enum Interval {
    /// From how studies scatter, with as many degrees of freedom as their weights leave: holds with
    /// few studies of unequal size too.
    Robust,
    /// Knapp and Hartung's, never narrower than the studies' own errors allow.
    Widened,
    /// Knapp and Hartung's.
    KnappHartung,
    /// The normal distribution: too narrow with few studies.
    Normal,
}

/// Reads, estimates, shows.
pub fn run(arguments: Arguments) -> Result<()> {
    arguments.output.check(&[&arguments.data])?;
    let squared = arguments.se.is_some();
    let of = match (arguments.r, arguments.n) {
        (Some(r), Some(n)) => Pooling::Correlations {
            r,
            n,
            attenuation: arguments.attenuation,
        },
        // clap has seen to it that these are there.
        _ => Pooling::Estimates {
            effect: arguments.effect.unwrap_or_default(),
            variance: arguments.variance.or(arguments.se).unwrap_or_default(),
            squared,
        },
    };
    let result = meta(&MetaRequest {
        data: arguments.data,
        of,
        study: arguments.study,
        method: arguments.method.map(|method| match method {
            How::Reml => Method::Restricted,
            How::Dl => Method::DerSimonianLaird,
            How::Hs => Method::HunterSchmidt,
            How::Common => Method::Common,
        }),
        test: match arguments.test {
            Interval::Robust => Test::Robust,
            Interval::Widened => Test::KnappHartungWidened,
            Interval::KnappHartung => Test::KnappHartung,
            Interval::Normal => Test::Normal,
        },
    })?;
    arguments.output.give(&result)
}
