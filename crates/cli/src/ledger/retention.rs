//! `throughline retention`.

use super::WHO;
use crate::arguments::WorkspaceArguments;
use crate::say::grouped;
use crate::workspace::{flags, open, settings};
use anyhow::Result;
use clap::{Args, Subcommand};
use std::time::SystemTime;
use throughline_ledger::retention::{self, Asked, Folders};

/// What to do with the clocks.
#[derive(Subcommand)]
pub enum RetentionCommand {
    /// Take away what is kept no longer (`serve` does it every day).
    Run(WorkspaceArguments),
    /// List what is kept, for how long, from when.
    Show(WorkspaceArguments),
    /// Set for how many days a set of data is kept.
    Set(SetArguments),
}

/// Flags of `retention set`.
#[derive(Args)]
pub struct SetArguments {
    /// The set, as `retention show` names it.
    set: String,
    /// Days.
    days: u32,
    #[command(flatten)]
    workspace: WorkspaceArguments,
}

/// Runs one.
pub async fn run(command: RetentionCommand) -> Result<()> {
    match command {
        RetentionCommand::Run(arguments) => purge(&arguments).await,
        RetentionCommand::Show(arguments) => show(&arguments).await,
        RetentionCommand::Set(arguments) => {
            let config = settings(&flags(&arguments.workspace))?;
            let ledger = open(&config, false).await?;
            retention::set(&ledger, &arguments.set, arguments.days, WHO).await?;
            ledger.close().await;
            tell!("`{}`: {}", arguments.set, said(arguments.days));
            Ok(())
        }
    }
}

async fn purge(arguments: &WorkspaceArguments) -> Result<()> {
    let config = settings(&flags(arguments))?;
    let ledger = open(&config, false).await?;
    let folders = Folders::of(&config.workspace);
    let now = SystemTime::now().into();
    let gone = retention::run(&ledger, &folders, now, Asked::ByAPerson).await?;
    ledger.close().await;
    for (set, count) in &gone {
        give!("{set}\t{count}")?;
    }
    if gone.is_empty() {
        tell!("nothing was due");
    } else {
        let all = gone.iter().map(|(_, count)| count).sum();
        tell!("{} taken away", grouped(all));
    }
    Ok(())
}

async fn show(arguments: &WorkspaceArguments) -> Result<()> {
    let config = settings(&flags(arguments))?;
    let ledger = open(&config, false).await?;
    for clock in retention::clocks(&ledger).await? {
        let days = clock.days.map_or("each round's terms".to_owned(), said);
        give!(
            "{}\t{days}\tfrom: {}\t{}",
            clock.set,
            clock.from,
            clock.what
        )?;
    }
    Ok(())
}

fn said(days: u32) -> String {
    format!("{days} {}", if days == 1 { "day" } else { "days" })
}
