//! Votes that are held in memory rather than read from a file: a round's, while it is under way.

use super::{Names, agreement, apart, fit_warnings, placed, words};
use crate::error::Result;
use std::collections::BTreeMap;
use throughline_domain::analysis::rank::{Items, Model, Rank};
use throughline_domain::facts::Vote;
use throughline_stats::votes::agreement::{Ballot, Say};
use throughline_stats::votes::{Pairs, Shrinkage, Vote as Counted, order};

/// Resamples of voters, as `throughline rank` draws where nothing else is asked.
const RESAMPLES: usize = 400;
/// Places that count as the top.
const TOP: usize = 5;
/// The same order whenever the page is loaded.
const SEED: u64 = 1;

/// Numbers for voters; those without a name are each one of their own.
#[derive(Default)]
struct Voters<'a>(BTreeMap<&'a str, u32>);

impl<'a> Voters<'a> {
    fn number(&mut self, voter: Option<&'a String>) -> Option<u32> {
        let next = self.0.len() as u32;
        voter.map(|voter| *self.0.entry(voter).or_insert(next))
    }
}

/// The order of ideas by votes on pairs of them. Votes on others are left out.
pub(crate) fn held_pairs(ideas: &[String], votes: &[&Vote]) -> Result<Rank> {
    let names = Names::listed(ideas);
    let mut voters = Voters::default();
    let counted: Vec<Counted> = votes
        .iter()
        .filter_map(|vote| match vote {
            Vote::Pair {
                winner,
                loser,
                voter,
                ..
            } => {
                let vote = Counted::win(*names.places.get(winner)?, *names.places.get(loser)?);
                let voter = voters.number(voter.as_ref());
                Some(Counted { voter, ..vote })
            }
            Vote::Single { .. } => None,
        })
        .collect();
    let complain = |reason| words::error(&reason, &names.names);
    let pairs = Pairs::new(names.names.len(), &counted).map_err(complain)?;
    let order = order(&pairs, Shrinkage::WhenNeeded, RESAMPLES, TOP, SEED).map_err(complain)?;
    let mut warnings = Vec::new();
    fit_warnings(&order, true, &mut warnings);
    Ok(Rank {
        model: Model::Pairs {
            prior_sd: order.strength.prior_sd,
            ease_of_ties: order.strength.ease_of_ties,
            resamples: RESAMPLES,
        },
        items: placed(&names, &order, &pairs.tallies()),
        n_votes: counted.len() as u64,
        n_voters: pairs.voters(),
        has_voters: true,
        n_cannot_decide: 0,
        apart: apart(&names, &order),
        next_pair: None,
        warnings,
    })
}

/// Agreement with each idea. Votes on others are left out.
pub(crate) fn held_agreement(ideas: &[String], votes: &[&Vote]) -> Result<Rank> {
    let names = Names::listed(ideas);
    let mut voters = Voters::default();
    let ballots: Vec<Ballot> = votes
        .iter()
        .filter_map(|vote| match vote {
            Vote::Single {
                item, vote, voter, ..
            } => Some(Ballot {
                item: *names.places.get(item)?,
                voter: voters.number(voter.as_ref()),
                group: None,
                say: match vote {
                    Some(true) => Say::Yes,
                    Some(false) => Say::No,
                    None => Say::Pass,
                },
            }),
            Vote::Pair { .. } => None,
        })
        .collect();
    let found =
        throughline_stats::votes::agreement::agreement(names.names.len(), 0, &ballots, SEED)
            .map_err(|reason| words::error(&reason, &names.names))?;
    Ok(Rank {
        model: Model::Agreement,
        items: Items::Agreed(agreement::in_order(&names.names, &[], &found)),
        n_votes: ballots.len() as u64,
        n_voters: voters.0.len() as u64,
        has_voters: true,
        n_cannot_decide: 0,
        apart: Vec::new(),
        next_pair: None,
        warnings: Vec::new(),
    })
}
