//! `throughline backup`.

use super::WHO;
use super::audit::in_words;
use crate::arguments::WorkspaceArguments;
use crate::say::grouped;
use crate::workspace::{flags, open, settings};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use std::time::SystemTime;
use throughline_ledger::audit::{Act, note};
use throughline_ledger::backup::{FOLDER, make, name};

/// Flags of `backup`.
#[derive(Args)]
pub struct BackupArguments {
    #[command(flatten)]
    workspace: WorkspaceArguments,
    /// The file to write [default: a new one in the workspace's `backups` folder, where retention
    /// finds it].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Makes one; prints where.
pub async fn run(arguments: BackupArguments) -> Result<()> {
    let config = settings(&flags(&arguments.workspace))?;
    let ledger = open(&config, false).await?;
    let now = SystemTime::now().into();
    let path = arguments
        .out
        .unwrap_or_else(|| config.workspace.join(FOLDER).join(name(now)));
    let made = make(&ledger, &path, now).await?;
    note(
        &ledger,
        Act::new(WHO, "ledger.backup", path.display().to_string()),
    )
    .await?;
    ledger.close().await;
    give!("{}", made.path.display())?;
    tell!(
        "{} rows, {} bytes, read again and checked; {}",
        grouped(made.rows),
        grouped(made.bytes),
        in_words(&made.audit)
    );
    tell!("it holds all that the ledger holds: keep it as safe");
    Ok(())
}
