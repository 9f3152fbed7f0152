//! `throughline rank`.

use super::Output;
use anyhow::Result;
use clap::Args;
use std::path::{Path, PathBuf};
use throughline_engine::analysis::{RankRequest, rank};

/// Flags of `rank`.
#[derive(Args)]
#[command(after_long_help = include_str!("../../help/rank.txt"))]
pub struct Arguments {
    /// The file of votes: CSV, TSV, XLSX, JSONL or Parquet.
    #[arg(long, value_name = "FILE")]
    votes: PathBuf,
    /// Pairs: the column of the item that was chosen.
    #[arg(long, value_name = "COLUMN")]
    winner: Option<String>,
    /// Pairs: the column of the other item.
    #[arg(long, value_name = "COLUMN")]
    loser: Option<String>,
    /// The column of the voter; intervals rest on it, since one person casts many votes.
    #[arg(long, value_name = "COLUMN")]
    voter: Option<String>,
    /// Pairs: the column that says `tie` or `can't decide`, empty where one was chosen.
    #[arg(long, value_name = "COLUMN")]
    tie: Option<String>,
    /// Pairs: the column that says how many votes a row stands for.
    #[arg(long, value_name = "COLUMN")]
    count: Option<String>,
    /// Pairs: the column that says which rows count (TRUE or FALSE); a column `Valid` is found.
    #[arg(long, value_name = "COLUMN")]
    valid: Option<String>,
    /// Take all rows, although a column `Valid` says that some don't count.
    #[arg(long, conflicts_with = "valid")]
    keep_invalid: bool,
    /// Rankings, and yes, no and pass: the column of the item.
    #[arg(long, value_name = "COLUMN")]
    item: Option<String>,
    /// Rankings: the column of the position, 1 the best; empty: shown and not placed.
    #[arg(long, value_name = "COLUMN")]
    ranking: Option<String>,
    /// Yes, no and pass: the column of the vote.
    #[arg(long, value_name = "COLUMN")]
    vote: Option<String>,
    /// Yes, no and pass: the column of the voter's group; what all groups back rises.
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,
    /// A file that lists the items: those never voted on are shown too, others are left out.
    #[arg(long, value_name = "FILE")]
    items: Option<PathBuf>,
    /// The column of the items' names in that file.
    #[arg(long, value_name = "COLUMN", default_value = "item")]
    items_column: String,
    /// Draw strengths towards the average: auto (only where votes leave no other way), none,
    /// learnt (the fewer votes, the more), or a standard deviation in log-odds.
    #[arg(long, value_name = "HOW", default_value = "auto")]
    shrink: String,
    /// Resamples of voters behind the intervals.
    #[arg(long, value_name = "N", default_value_t = 400)]
    resamples: usize,
    /// How many places count as the top.
    #[arg(long, value_name = "N", default_value_t = 5)]
    top: usize,
    /// Pairs: also name the pair worth asking next.
    #[arg(long)]
    next_pair: bool,
    /// Never ask for an item shown more often than this many times the average.
    #[arg(long, value_name = "TIMES", default_value_t = 1.5)]
    most_shown: f64,
    /// Seed of everything random: same input and seed, same numbers.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    output: Output,
}

/// Reads, estimates, shows.
pub fn run(arguments: Arguments) -> Result<()> {
    let mut inputs: Vec<&Path> = vec![&arguments.votes];
    inputs.extend(arguments.items.as_deref());
    arguments.output.check(&inputs)?;
    let result = rank(&RankRequest {
        votes: arguments.votes,
        winner: arguments.winner,
        loser: arguments.loser,
        tie: arguments.tie,
        count: arguments.count,
        item: arguments.item,
        ranking: arguments.ranking,
        vote: arguments.vote,
        group: arguments.group,
        voter: arguments.voter,
        valid: arguments.valid,
        keep_invalid: arguments.keep_invalid,
        items: arguments.items,
        items_column: arguments.items_column,
        shrink: arguments.shrink,
        resamples: arguments.resamples,
        top: arguments.top,
        next_pair: arguments.next_pair,
        most_shown: arguments.most_shown,
        seed: arguments.seed,
    })?;
    arguments.output.give(&result)
}
