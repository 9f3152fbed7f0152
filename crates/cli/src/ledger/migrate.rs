//! `throughline migrate`.

use crate::arguments::WorkspaceArguments;
use crate::workspace::{flags, open, settings};
use anyhow::Result;
use clap::Args;
use throughline_ledger::Ledger;

/// Flags of `migrate`.
#[derive(Args)]
pub struct MigrateArguments {
    #[command(flatten)]
    workspace: WorkspaceArguments,
}

/// Brings it up to date; prints the schema's newest step.
pub async fn run(arguments: MigrateArguments) -> Result<()> {
    let config = settings(&flags(&arguments.workspace))?;
    open(&config, true).await?.close().await;
    give!("{}", Ledger::schema())?;
    Ok(())
}
