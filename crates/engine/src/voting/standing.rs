//! Where ideas stand by the votes so far.

use crate::analysis::rank::{held_agreement, held_pairs};
use crate::error::Result;
use throughline_disclosure::{Released, votes_released};
use throughline_domain::analysis::Rank;
use throughline_domain::facts::{Criterion, Vote};

/// Where ideas stand.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Fewer people voted than the round's minimum group.
    TooFew {
        /// How many must.
        needed: u64,
    },
    /// Nobody voted by this criterion.
    NoVotes,
    /// The order.
    Known(Box<Released<Rank>>),
}

/// Where ideas stand by one criterion. Nothing is said below `minimum_group` ballots.
///
/// # Errors
/// Where the votes have no order: a fault, for every set of votes has one when strengths are
/// shrunken.
pub fn standing(
    ideas: &[String],
    votes: &[Vote],
    criterion: Criterion,
    ballots: u64,
    minimum_group: u64,
) -> Result<Standing> {
    let of: Vec<&Vote> = votes
        .iter()
        .filter(|vote| vote.criterion() == criterion)
        .collect();
    if ballots < minimum_group {
        return Ok(Standing::TooFew {
            needed: minimum_group,
        });
    }
    let in_pairs = of.iter().any(|vote| matches!(vote, Vote::Pair { .. }));
    let rank = if of.is_empty() {
        return Ok(Standing::NoVotes);
    } else if in_pairs {
        held_pairs(ideas, &of)?
    } else {
        held_agreement(ideas, &of)?
    };
    Ok(match votes_released(rank, minimum_group) {
        Some(rank) => Standing::Known(Box::new(rank)),
        None => Standing::TooFew {
            needed: minimum_group,
        },
    })
}
