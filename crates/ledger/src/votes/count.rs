//! What was voted, as rows of the data contract's table of votes.

use super::{AGREE, CANT_DECIDE, DISAGREE, OVER, PASS};
use crate::entity::vote;
use crate::error::Result;
use crate::ideas::{Groups, groups};
use crate::ledger::Ledger;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::facts::{Criterion, Vote};
use throughline_domain::listen;
use uuid::Uuid;

/// The votes of a round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Votes {
    /// Choices, on the ideas that are shown, under the ids of those that carry them. Voters are
    /// ballots' random ids.
    pub rows: Vec<Vote>,
    /// How often somebody looked at two ideas and couldn't decide.
    pub undecided: u64,
    /// Ballots that hold a vote on an idea that is shown.
    pub ballots: u64,
}

impl Votes {
    /// Without the questions on which fewer than so many ballots decided anything. Who passed, or
    /// couldn't decide, hides nobody.
    pub(crate) fn of_enough(mut self, least: u64) -> Vec<Vote> {
        let mut decided: BTreeMap<Criterion, BTreeSet<String>> = BTreeMap::new();
        for vote in &self.rows {
            let passes = matches!(vote, Vote::Single { vote: None, .. });
            if let Some(voter) = vote.voter().filter(|_| !passes) {
                let voters = decided.entry(vote.criterion()).or_default();
                voters.insert(voter.to_owned());
            }
        }
        self.rows.retain(|vote| {
            let ballots = decided.get(&vote.criterion()).map_or(0, BTreeSet::len);
            ballots as u64 >= least
        });
        self.rows
    }
}

/// The votes of a round, sorted so that their order tells nothing.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn rows(ledger: &Ledger, round: Uuid) -> Result<Votes> {
    let groups = groups(ledger.reading(), round).await?;
    let found = vote::Entity::find()
        .filter(vote::Column::RoundId.eq(round))
        .all(ledger.reading())
        .await?;
    let mut votes = Votes::default();
    let mut ballots = BTreeSet::new();
    for row in found {
        let undecided = row.choice == CANT_DECIDE;
        let ballot = row.ballot;
        if let Some(read) = read(row, &groups) {
            ballots.insert(ballot);
            votes.rows.push(read);
        } else if undecided {
            ballots.insert(ballot);
            votes.undecided += 1;
        }
    }
    votes.ballots = ballots.len() as u64;
    votes.rows.sort_by_cached_key(|vote| match vote {
        Vote::Pair {
            winner,
            loser,
            criterion,
            voter,
        } => (*criterion, winner.clone(), loser.clone(), voter.clone()),
        Vote::Single {
            item,
            criterion,
            voter,
            ..
        } => (*criterion, item.clone(), String::new(), voter.clone()),
    });
    Ok(votes)
}

fn read(row: vote::Model, groups: &Groups) -> Option<Vote> {
    let criterion = match listen::Criterion::named(row.criterion.as_deref()?)? {
        listen::Criterion::Impact => Criterion::Impact,
        listen::Criterion::Ease => Criterion::Ease,
    };
    let one = groups.shown(row.one)?;
    let voter = Some(row.ballot.to_string());
    let vote = match row.choice.as_str() {
        OVER => {
            let other = groups.shown(row.other?)?;
            // Two that were merged since are no choice any more.
            if other == one {
                return None;
            }
            return Some(Vote::Pair {
                winner: one.to_string(),
                loser: other.to_string(),
                criterion,
                voter,
            });
        }
        AGREE => Some(true),
        DISAGREE => Some(false),
        PASS => None,
        _ => return None,
    };
    Some(Vote::Single {
        item: one.to_string(),
        vote,
        criterion,
        voter,
    })
}
