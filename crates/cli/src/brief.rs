//! `throughline brief`.

use crate::arguments::BriefArguments;
use crate::progress::{self, Bars};
use crate::say;
use crate::workspace;
use anyhow::{Context, Result, bail};
use std::path::Path;
use throughline_domain::Table;
use throughline_engine::workspace::WorkspaceRequest;
use throughline_engine::{BriefRequest, Outcome, ReadingOptions, TableFiles};
use throughline_ledger::Ledger;
use throughline_ledger::releases::{self, Awaiting};

/// Reads the files and writes the brief.
pub fn run(arguments: BriefArguments) -> Result<()> {
    progress::listen();
    let tables = [
        (Table::Signals, arguments.signals),
        (Table::Voice, arguments.voice),
        (Table::Units, arguments.units),
        (Table::Chain, arguments.chain),
        (Table::Roles, arguments.roles),
        (Table::Measures, arguments.measures),
        (Table::Votes, arguments.votes),
        (Table::Themes, arguments.themes),
        (Table::Initiatives, arguments.initiatives),
    ]
    .into_iter()
    .filter(|(_, files)| !files.is_empty())
    .map(|(table, files)| TableFiles { table, files })
    .collect();
    let reading = ReadingOptions {
        maps: arguments.maps,
        preset: arguments.preset,
        date_order: arguments.date_order,
        scale: arguments.scale,
        metric: arguments.metric,
        staff_names: arguments.staff_names,
        allow_rejects: arguments.allow_rejects,
    };
    let bars = Bars::new(arguments.quiet);
    let out = arguments.out;
    if arguments.workspace.workspace.is_some() {
        let config = workspace::settings(&workspace::flags(&arguments.workspace))?;
        let runtime = workspace::runtime()?;
        let ledger = runtime.block_on(workspace::open(&config, false))?;
        let lacks = runtime.block_on(early(&ledger, arguments.round.as_deref()));
        if !lacks.is_empty() && !arguments.early {
            bail!(
                "it is early for this round's one brief: {}\nhint: a second can't be made; wait, or release it as it is with `--early`",
                lacks.join("; ")
            );
        }
        if !arguments.quiet {
            for note in lacks {
                tell!("note: {note}");
            }
        }
        let company = Some(config.company).filter(|name| !name.is_empty());
        let request = WorkspaceRequest {
            workspace: config.workspace,
            round: arguments.round,
            tables,
            reading,
            company: arguments.company.or(company),
            out: out.clone(),
            seed: arguments.seed,
            who: "command line".to_owned(),
        };
        let published =
            throughline_engine::workspace::brief(runtime.handle(), &ledger, &request, &bars)?;
        if !arguments.quiet {
            tell!(
                "released: {} answers to round `{}`; kept in {}",
                published.release.respondents,
                published.release.name,
                published.folder.display()
            );
        }
        finish(
            &published.outcome,
            out.as_deref().unwrap_or(&published.folder),
            arguments.quiet,
            arguments.open,
        );
    } else {
        let out = out.context("a folder to write to is needed: `--out DIR`")?;
        let request = BriefRequest {
            tables,
            reading,
            company: arguments.company,
            out: out.clone(),
            seed: arguments.seed,
        };
        let outcome = throughline_engine::brief(&request, &bars)?;
        finish(&outcome, &out, arguments.quiet, arguments.open);
    }
    Ok(())
}

/// What a brief written now would lack for ever; nothing where the round can't be found, which is
/// said by whoever looks for it next.
async fn early(ledger: &Ledger, round: Option<&str>) -> Vec<String> {
    let Ok((id, name)) = releases::find_round(ledger, round).await else {
        return Vec::new();
    };
    let today = chrono::Utc::now().date_naive();
    let awaiting = releases::awaiting(ledger, today).await.unwrap_or_default();
    let found = awaiting.into_iter().find(|one| one.round == id);
    found.map_or_else(Vec::new, |round| lacks(&round, &name))
}

fn lacks(round: &Awaiting, name: &str) -> Vec<String> {
    let mut lacks = Vec::new();
    if let Some(until) = round.votes_until {
        lacks.push(format!(
            "votes on round `{name}` are taken until {until}; those that come later would be in no brief"
        ));
    } else if round.waits {
        lacks.push(format!(
            "something that was sent to round `{name}` waits to be counted, and would be in no brief; end voting first"
        ));
    }
    match round.unread_ideas {
        0 => {}
        1 => lacks
            .push("one idea wasn't read by a moderator: it counts, but can't be quoted".to_owned()),
        ideas => lacks.push(format!(
            "{ideas} ideas weren't read by a moderator: they count, but can't be quoted"
        )),
    }
    lacks
}

/// The closing lines, and the brief on the screen where asked.
pub fn finish(outcome: &Outcome, out: &Path, quiet: bool, open: bool) {
    if !quiet {
        say::import(&outcome.import);
        for line in &outcome.summary {
            tell!("{line}");
        }
        tell!("brief: {}", out.join("brief.html").display());
    }
    if open && let Err(error) = open::that_detached(out.join("brief.html")) {
        tell!("note: the brief could not be opened here ({error})");
    }
}
