//! What commands share that open the ledger: its settings, a runtime.

use crate::arguments::WorkspaceArguments;
use anyhow::{Context, Result};
use throughline_ledger::{Ledger, Where};
use throughline_server::Config;
use throughline_server::config::Flags;

/// The flags that say where the ledger is.
pub fn flags(arguments: &WorkspaceArguments) -> Flags {
    let mut flags = Flags::default();
    let path = |path: &std::path::PathBuf| path.display().to_string();
    flags.set_some("workspace", arguments.workspace.as_ref().map(path));
    flags.set_some("config", arguments.config.as_ref().map(path));
    flags.set_some("database_url", arguments.database_url.as_ref());
    flags
}

/// The settings: file, environment, flags.
pub fn settings(flags: &Flags) -> Result<Config> {
    Ok(Config::read(flags, |name| std::env::var(name).ok())?)
}

/// A runtime for one command.
pub fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("can't start")
}

/// The ledger of a workspace. A folder that isn't there is made only where `make` says so: a
/// mistyped one should be an error, not an empty ledger.
pub async fn open(config: &Config, make: bool) -> Result<Ledger> {
    if let Where::File(path) = &config.database
        && !path.exists()
    {
        if !make {
            anyhow::bail!(
                "there is no ledger at `{}`\nhint: name its folder with `--workspace`, or start `throughline serve` there first",
                path.display()
            );
        }
        config.make_workspace().with_context(|| {
            format!("can't make the workspace `{}`", config.workspace.display())
        })?;
    }
    Ok(Ledger::open(&config.database).await?)
}
