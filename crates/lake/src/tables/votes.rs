//! Votes on ideas: one preferred to another, or yes, no and pass on one.
//!
//! Equal rows are equal votes, not duplicates, unless an earlier import says otherwise: votes have
//! no ids. Voters are kept as hashes.

use super::row::{Fate, read};
use super::store::{self, pseudonym};
use crate::error::{Complaint, LakeError};
use crate::import::Work;
use crate::import::file::FileIn;
use crate::output::manifest::Entry;
use std::collections::BTreeSet;
use throughline_domain::facts::{Criterion, Vote};
use throughline_domain::import::ImportReport;

const CRITERIA: [(&[&str], Criterion); 2] = [
    (
        &["impact", "help", "helps", "value", "customers"],
        Criterion::Impact,
    ),
    (
        // Not "effort": less of it is the simpler one, and nobody can tell which way it was asked.
        &["ease", "easy", "simple", "simplicity"],
        Criterion::Ease,
    ),
];

/// What a cell of a single vote says. `Zero` is no, or pass where others say -1.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Yes,
    No,
    Pass,
    Zero,
    Minus,
}

const ANSWERS: [(&[&str], Said); 4] = [
    (&["yes", "y", "true", "1", "agree", "up"], Said::Yes),
    (&["no", "n", "false", "disagree", "down"], Said::No),
    (
        &["pass", "skip", "unsure", "dontknow", "neutral"],
        Said::Pass,
    ),
    (&["0"], Said::Zero),
];

/// Imports the table.
pub(crate) fn run(
    files: &mut [FileIn],
    work: &mut Work<'_>,
    report: &mut ImportReport,
) -> Result<Entry, LakeError> {
    let mut unnamed_criterion = false;
    for file in files.iter() {
        let has = |field| file.plan.one(field).is_some();
        if !(has("winner") && has("loser") || has("item") && has("vote")) {
            return Err(Complaint::new(
                "a vote is either one idea preferred to another (`winner`, `loser`) or a vote on one (`item`, `vote`)",
                "name both columns of one of them, or map them: `--map votes.winner=COLUMN`",
            )
            .in_file(&file.sniffed.opened.path)
            .into());
        }
        unnamed_criterion |= !has("criterion");
    }
    let read = read(files, work, |row, _, _, made| {
        let criterion = row
            .choice("criterion", &CRITERIA)?
            .unwrap_or(Criterion::Impact);
        // One person's address in capitals and without is one voter.
        let voter = row
            .text("voter")
            .map(|voter| pseudonym(&voter.to_lowercase()));
        if row.file.plan.one("winner").is_some() && row.file.plan.one("loser").is_some() {
            let (winner, loser) = (
                row.needed("winner")?.to_owned(),
                row.needed("loser")?.to_owned(),
            );
            if winner == loser {
                return Err(row.fault("loser", "the same idea won and lost"));
            }
            made.push((
                Vote::Pair {
                    winner,
                    loser,
                    criterion,
                    voter,
                },
                None,
            ));
        } else {
            let item = row.needed("item")?.to_owned();
            let said = match row.text("vote") {
                None => Said::Pass,
                Some("-1") => Said::Minus,
                Some(_) => row.choice("vote", &ANSWERS)?.unwrap_or(Said::Pass),
            };
            made.push((
                Vote::Single {
                    item,
                    vote: None,
                    criterion,
                    voter,
                },
                Some(said),
            ));
        }
        Ok(Fate::Taken(None))
    })?;
    report.files.extend(read.reports);
    report.notes.extend(read.notes);
    // In a file that says no by -1, 0 passes.
    let minus: BTreeSet<usize> = read
        .rows
        .iter()
        .filter(|((_, said), _)| *said == Some(Said::Minus))
        .map(|(_, origin)| origin.file)
        .collect();
    let votes: Vec<Vote> = read
        .rows
        .into_iter()
        .map(|((vote, said), origin)| match vote {
            Vote::Single {
                item,
                criterion,
                voter,
                ..
            } => {
                let vote = match said {
                    Some(Said::Yes) => Some(true),
                    Some(Said::No | Said::Minus) => Some(false),
                    Some(Said::Zero) if !minus.contains(&origin.file) => Some(false),
                    _ => None,
                };
                Vote::Single {
                    item,
                    vote,
                    criterion,
                    voter,
                }
            }
            pair @ Vote::Pair { .. } => pair,
        })
        .collect();
    let nobodys = votes.iter().filter(|vote| vote.voter().is_none()).count();
    if nobodys > 0 {
        report.notes.push(format!(
            "{nobodys} of {} votes name no `voter`: they can't be counted, since nobody knows of how many people they are",
            votes.len()
        ));
    }
    if unnamed_criterion && !votes.is_empty() {
        report.notes.push(
            "votes have no `criterion` (`impact` or `ease`): they were taken as votes on impact"
                .to_owned(),
        );
    }
    store::write(&votes, work)
}
