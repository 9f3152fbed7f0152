//! `throughline brief`.

use crate::arguments::BriefArguments;
use crate::progress::{self, Bars};
use crate::say;
use crate::workspace;
use anyhow::Result;
use std::path::Path;
use throughline_domain::Table;
use throughline_engine::workspace::WorkspaceRequest;
use throughline_engine::{BriefRequest, Outcome, ReadingOptions, TableFiles};

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
    let outcome = if arguments.workspace.workspace.is_some() {
        let config = workspace::settings(&workspace::flags(&arguments.workspace))?;
        let runtime = workspace::runtime()?;
        let ledger = runtime.block_on(workspace::open(&config, false))?;
        let company = Some(config.company).filter(|name| !name.is_empty());
        let request = WorkspaceRequest {
            workspace: config.workspace,
            round: arguments.round,
            tables,
            reading,
            company: arguments.company.or(company),
            out: Some(out.clone()),
            seed: arguments.seed,
            who: "command line".to_owned(),
        };
        let published =
            throughline_engine::workspace::brief(runtime.handle(), &ledger, &request, &bars)?;
        if !arguments.quiet {
            eprintln!(
                "released: {} answers to round `{}`; kept in {}",
                published.release.respondents,
                published.release.name,
                published.folder.display()
            );
        }
        published.outcome
    } else {
        let request = BriefRequest {
            tables,
            reading,
            company: arguments.company,
            out: out.clone(),
            seed: arguments.seed,
        };
        throughline_engine::brief(&request, &bars)?
    };
    finish(&outcome, &out, arguments.quiet, arguments.open);
    Ok(())
}

/// The closing lines, and the brief on the screen where asked.
pub fn finish(outcome: &Outcome, out: &Path, quiet: bool, open: bool) {
    if !quiet {
        say::import(&outcome.import);
        for line in &outcome.summary {
            eprintln!("{line}");
        }
        eprintln!("brief: {}", out.join("brief.html").display());
    }
    if open && let Err(error) = open::that_detached(out.join("brief.html")) {
        eprintln!("note: the brief could not be opened here ({error})");
    }
}
