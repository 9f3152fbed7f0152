//! The analyst's commands: one file each, and what they share: where results go.
//!
//! Data go to stdout (a table, or JSON with `--json`), talk to stderr, a picture to the file named
//! by `--plot`, which is written first, so that nothing is on stdout if it can't be.

mod drivers;
mod effect;
mod experiment;
mod levels;
mod link;
mod mediation;
mod meta;
mod rank;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use throughline_disclosure::Entrusted;
use throughline_engine::{EngineError, analysis};
use throughline_report::analysis as report;

/// An analyst's commands.
#[derive(Subcommand)]
pub enum Analysis {
    /// Which columns go with an outcome: shares of explained variance, coefficients, performance.
    Drivers(Box<drivers::Arguments>),
    /// What goes with an outcome where rows come in groups: a multilevel regression.
    Levels(Box<levels::Arguments>),
    /// How much of what goes from one column to another goes through a third.
    Mediation(Box<mediation::Arguments>),
    /// One mean from several studies, lines of business or years.
    Meta(Box<meta::Arguments>),
    /// Nudges and A/B tests: did an arm do better, how large must a test be, who gets which arm.
    Experiment(Box<experiment::Arguments>),
    /// Votes to an order: pairs, rankings, or yes, no and pass, with intervals.
    Rank(Box<rank::Arguments>),
    /// Did it work: effects of what started at different times, honest about why and how many.
    Effect(Box<effect::Arguments>),
    /// Which of two measures moves first: employees', customers', both, or can't tell.
    Link(Box<link::Arguments>),
}

/// Runs one.
pub fn run(command: Analysis) -> Result<()> {
    match command {
        Analysis::Drivers(arguments) => drivers::run(*arguments),
        Analysis::Levels(arguments) => levels::run(*arguments),
        Analysis::Mediation(arguments) => mediation::run(*arguments),
        Analysis::Meta(arguments) => meta::run(*arguments),
        Analysis::Experiment(arguments) => experiment::run(*arguments),
        Analysis::Rank(arguments) => rank::run(*arguments),
        Analysis::Effect(arguments) => effect::run(*arguments),
        Analysis::Link(arguments) => link::run(*arguments),
    }
}

/// Flags that all of them have.
#[derive(Args)]
pub struct Output {
    /// Write JSON instead of a table (fields: see the end of this help).
    #[arg(long)]
    json: bool,
    /// Also draw the result, as an SVG picture in this file.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
    /// Also say in plain words what was computed, with its source and when not to believe it.
    #[arg(long)]
    explain: bool,
}

/// Columns of a table that isn't shown on a terminal.
const WIDTH: usize = 110;

impl Output {
    /// Refuses what can't be written, before anything is read.
    pub fn check(&self, inputs: &[&Path]) -> Result<()> {
        if let Some(plot) = &self.plot {
            analysis::check_plot(plot, inputs)?;
        }
        Ok(())
    }

    /// Hands a result to the person who asked.
    pub fn give<T: report::Reading + Serialize>(&self, result: &Entrusted<T>) -> Result<()> {
        if let Some(path) = &self.plot {
            match report::picture(result) {
                Some(svg) => analysis::save_plot(path, &svg)?,
                None => tell!("note: there is nothing to draw, so no picture was written"),
            }
        }
        let width = width();
        if self.json {
            for warning in result.warnings() {
                tell!("note: {warning}");
            }
            if self.explain {
                tell!("\n{}", report::explained(result, width));
            }
            return print(&report::json(result));
        }
        let mut text = report::table(result, width);
        if self.explain {
            text.push('\n');
            text.push_str(&report::explained(result, width));
        }
        print(&text)
    }
}

fn width() -> usize {
    let terminal = terminal_size::terminal_size_of(std::io::stdout());
    terminal
        .filter(|_| std::io::stdout().is_terminal())
        .map_or(WIDTH, |(width, _)| usize::from(width.0))
}

/// Writes to stdout. A reader that has seen enough (`| head`) is no failure.
pub fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(EngineError::Output {
            path: PathBuf::from("standard output"),
            source: error,
        }
        .into()),
        _ => Ok(()),
    }
}
