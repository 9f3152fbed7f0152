//! Commands for whoever keeps the ledger: backups, its schema, its audit log, how long what is kept.

mod audit;
mod backup;
mod migrate;
mod restore;
mod retention;

use anyhow::Result;
use clap::Subcommand;

/// Who did it, for the audit log: somebody with the database in hand.
const WHO: &str = "command line";

/// A keeper's command.
#[derive(Subcommand)]
pub enum Keeping {
    /// Write everything that the ledger holds to one file, while it is in use.
    Backup(backup::BackupArguments),
    /// Bring a backup into an empty ledger: all of it or nothing, to SQLite or PostgreSQL.
    Restore(restore::RestoreArguments),
    /// Bring the ledger's schema up to date (`serve` does it too), and say what it is.
    Migrate(migrate::MigrateArguments),
    /// The audit log.
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// How long what is kept.
    #[command(subcommand)]
    Retention(retention::RetentionCommand),
}

/// Runs one.
pub fn run(command: Keeping) -> Result<()> {
    crate::workspace::runtime()?.block_on(async {
        match command {
            Keeping::Backup(arguments) => backup::run(arguments).await,
            Keeping::Restore(arguments) => restore::run(arguments).await,
            Keeping::Migrate(arguments) => migrate::run(arguments).await,
            Keeping::Audit(command) => audit::run(command).await,
            Keeping::Retention(command) => retention::run(command).await,
        }
    })
}
