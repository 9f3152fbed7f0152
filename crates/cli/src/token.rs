//! `throughline token`: for whoever runs the server.

use crate::arguments::{TokenAddArguments, TokenCommand, TokenRevokeArguments, WorkspaceArguments};
use crate::workspace::{flags, open, runtime, settings};
use anyhow::{Result, anyhow};
use chrono::{DateTime, Duration, Utc};
use std::time::SystemTime;
use throughline_domain::listen::Scope;
use throughline_ledger::tokens::{self, NewToken};

/// Who did it, for the audit log: somebody with the database in hand.
const WHO: &str = "command line";

/// Runs one.
pub fn run(command: TokenCommand) -> Result<()> {
    runtime()?.block_on(async {
        match command {
            TokenCommand::Add(arguments) => add(arguments).await,
            TokenCommand::List(arguments) => list(arguments).await,
            TokenCommand::Revoke(arguments) => revoke(arguments).await,
        }
    })
}

async fn add(arguments: TokenAddArguments) -> Result<()> {
    let scopes = arguments.scopes.iter().map(|name| {
        Scope::named(name).ok_or_else(|| {
            let known = Scope::ALL.map(|scope| format!("`{}`", scope.name()));
            anyhow!(
                "a token can't be for `{name}`\nhint: it is for some of {}",
                known.join(", ")
            )
        })
    });
    let scopes = scopes.collect::<Result<Vec<Scope>>>()?;
    let ledger = open(&settings(&flags(&arguments.workspace))?, false).await?;
    let now: DateTime<Utc> = SystemTime::now().into();
    let new = NewToken {
        name: arguments.name,
        scopes,
        account: None,
        expires_at: arguments
            .days
            .map(|days| now + Duration::days(i64::from(days))),
    };
    let (token, secret) = tokens::make(&ledger, WHO, new, now).await?;
    give!("{secret}")?;
    tell!("made `{}`: copy it now, it is kept nowhere", token.name);
    match token.expires_at {
        Some(end) => tell!("it ends on {}", end.format("%Y-%m-%d")),
        None => tell!(
            "it never ends by itself: revoke it with `throughline token revoke`, or make one with `--days`"
        ),
    }
    Ok(())
}

async fn list(arguments: WorkspaceArguments) -> Result<()> {
    let ledger = open(&settings(&flags(&arguments))?, false).await?;
    for token in tokens::list(&ledger).await? {
        let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.name()).collect();
        let ends = token.expires_at.map_or_else(
            || "never".to_owned(),
            |end| end.format("%Y-%m-%d").to_string(),
        );
        give!("{}\t{}\t{ends}", token.name, scopes.join(" "))?;
    }
    Ok(())
}

async fn revoke(arguments: TokenRevokeArguments) -> Result<()> {
    let ledger = open(&settings(&flags(&arguments.workspace))?, false).await?;
    let all = tokens::list(&ledger).await?;
    let token = all
        .into_iter()
        .find(|token| token.name == arguments.name)
        .ok_or_else(|| {
            anyhow!(
                "there is no token `{}`\nhint: `throughline token list` shows them",
                arguments.name
            )
        })?;
    tokens::revoke(&ledger, WHO, token.id).await?;
    tell!("revoked `{}`", token.name);
    Ok(())
}
