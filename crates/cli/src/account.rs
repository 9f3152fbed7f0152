//! `throughline account`: for whoever runs the server. It needs no account, but the database.

use crate::arguments::{
    AccountAddArguments, AccountCommand, AccountLinkArguments, WorkspaceArguments,
};
use crate::workspace::{flags, open, runtime, settings};
use anyhow::{Result, anyhow};
use std::time::SystemTime;
use throughline_domain::listen::AccountRole;
use throughline_ledger::{accounts, login_links, units};

/// Who did it, for the audit log: somebody with the database in hand.
const WHO: &str = "command line";

/// Runs one.
pub fn run(command: AccountCommand) -> Result<()> {
    runtime()?.block_on(async {
        match command {
            AccountCommand::Add(arguments) => add(arguments).await,
            AccountCommand::Link(arguments) => link(arguments).await,
            AccountCommand::List(arguments) => list(arguments).await,
        }
    })
}

async fn add(arguments: AccountAddArguments) -> Result<()> {
    let role = AccountRole::named(&arguments.role.replace('-', "_")).ok_or_else(|| {
        let known: Vec<String> = AccountRole::ALL
            .iter()
            .map(|role| format!("`{}`", role.name()))
            .collect();
        anyhow!(
            "there is no role `{}`\nhint: it is one of {}",
            arguments.role,
            known.join(", ")
        )
    })?;
    let config = settings(&flags(&arguments.workspace))?;
    let ledger = open(&config, true).await?;
    let unit = match arguments.unit {
        None => None,
        Some(name) => {
            let units = units::all(&ledger).await?;
            let found = units.into_iter().find(|unit| unit.name == name);
            let unit = found.ok_or_else(|| {
                anyhow!(
                    "there is no unit `{name}`\nhint: units come with people; import them first"
                )
            })?;
            Some(unit.id)
        }
    };
    let now = SystemTime::now().into();
    let account = accounts::create(&ledger, WHO, &arguments.email, role, unit, now).await?;
    tell!(
        "made: {}, {}. Let them in with `throughline account link {}`",
        account.email,
        role.words(),
        account.email
    );
    Ok(())
}

async fn link(arguments: AccountLinkArguments) -> Result<()> {
    let config = settings(&flags(&arguments.workspace))?;
    let ledger = open(&config, false).await?;
    let account = accounts::by_email(&ledger, &arguments.email)
        .await?
        .ok_or_else(|| {
            anyhow!(
                "there is no account `{}`\nhint: `throughline account list` shows them, `throughline account add` makes one",
                arguments.email
            )
        })?;
    let now = SystemTime::now().into();
    let token = login_links::make(&ledger, WHO, account.id, config.link_minutes, now).await?;
    give!("{}", config.address(&format!("/sign-in/link/{token}")))?;
    tell!(
        "it signs {} in, once, within {} minutes",
        account.email,
        config.link_minutes
    );
    Ok(())
}

async fn list(arguments: WorkspaceArguments) -> Result<()> {
    let config = settings(&flags(&arguments))?;
    let ledger = open(&config, false).await?;
    for account in accounts::list(&ledger).await? {
        let state = if account.disabled { "shut" } else { "open" };
        give!("{}\t{}\t{state}", account.email, account.role.name())?;
    }
    Ok(())
}
