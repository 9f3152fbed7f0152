//! `throughline audit`.

use crate::arguments::WorkspaceArguments;
use crate::workspace::{flags, open, settings};
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use throughline_ledger::audit::{Verdict, holds, verify};

/// What to do with the audit log.
#[derive(Subcommand)]
pub enum AuditCommand {
    /// Check that no line was changed or taken out; prints the last line's hash.
    Verify(VerifyArguments),
}

/// Flags of `audit verify`.
#[derive(Args)]
pub struct VerifyArguments {
    #[command(flatten)]
    workspace: WorkspaceArguments,
    /// A hash that this command printed earlier and you kept elsewhere: fails unless that line is
    /// still there (which shows a log that was cut off at its end, or written anew).
    #[arg(long, value_name = "HASH")]
    head: Option<String>,
}

/// Runs one.
pub async fn run(command: AuditCommand) -> Result<()> {
    let AuditCommand::Verify(arguments) = command;
    let config = settings(&flags(&arguments.workspace))?;
    let ledger = open(&config, false).await?;
    let verdict = verify(&ledger).await?;
    let Verdict::Whole { head, .. } = &verdict else {
        bail!(
            "{}\nhint: somebody changed the database past Throughline; compare that line with one of a backup",
            in_words(&verdict)
        );
    };
    if let Some(kept) = arguments.head
        && !holds(&ledger, &kept).await?
    {
        bail!(
            "the audit log has no line with the hash `{kept}`\nhint: if it was printed for this ledger, lines were cut off or written anew since then; compare with a backup"
        );
    }
    ledger.close().await;
    give!("{head}")?;
    tell!("{}", in_words(&verdict));
    Ok(())
}

/// What was found, in words.
pub fn in_words(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Whole { lines: 1, .. } => "the audit log is whole: 1 line".to_owned(),
        Verdict::Whole { lines, .. } => format!("the audit log is whole: {lines} lines"),
        Verdict::Broken { seq, why } => {
            format!("the audit log is broken at line `{seq}`: {why}")
        }
    }
}
