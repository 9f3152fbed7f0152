//! `throughline restore`.

use super::audit::in_words;
use crate::arguments::WorkspaceArguments;
use crate::say::grouped;
use crate::workspace::{flags, open, settings};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use throughline_ledger::Where;
use throughline_ledger::backup::look;
use throughline_ledger::restore::restore;

/// Flags of `restore`.
#[derive(Args)]
pub struct RestoreArguments {
    /// What `throughline backup` wrote.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    workspace: WorkspaceArguments,
}

/// Restores it; says what came back.
pub async fn run(arguments: RestoreArguments) -> Result<()> {
    let config = settings(&flags(&arguments.workspace))?;
    // Before a ledger is made for it.
    look(&arguments.file)?;
    let new = match &config.database {
        Where::File(path) if !path.exists() => Some(path.clone()),
        _ => None,
    };
    let ledger = open(&config, true).await?;
    let restored = restore(&ledger, &arguments.file).await;
    ledger.close().await;
    if let (Err(_), Some(path)) = (&restored, new) {
        // Nothing is in it; a ledger that isn't there is clearer than an empty one.
        let _ = std::fs::remove_file(path);
    }
    let restored = restored?;
    tell!(
        "{} rows of {}; {}",
        grouped(restored.rows),
        restored.made_at.format("%Y-%m-%d %H:%M UTC"),
        in_words(&restored.audit)
    );
    tell!(
        "whoever withdrew an answer after that day, or whose time to be kept is over, is in it again: `throughline retention run` takes the second away"
    );
    Ok(())
}
