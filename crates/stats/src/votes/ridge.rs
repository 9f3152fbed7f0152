//! From votes to a place between 0 and 1.
//!
//! Pairs ("this one or that one"): Bradley & Terry 1952 with a weak normal prior on each item
//! (ridge, as `alpha` in choix's `opt_pairwise`), so that an item that won or lost every vote stays
//! finite. The answer is the probability of beating an average item; intervals come from the
//! curvature of the penalised likelihood, on the log-odds scale.
//! Yes, no and pass: the share of yes among yes and no, with Wilson's interval.
//!
//! One voter's votes are taken as independent; whoever calls this drops repeated votes.

use super::climb::dense;
use super::evidence::{Evidence, Local};
use super::fit::{Shrinkage, fitted_pairs};
use super::pairs::{Pairs, Vote};
use crate::answer::{Answer, Spread, Z};
use crate::calibrate::logistic;
use crate::reason::{NoAnswer, Result};
use crate::share::wilson;
use faer::prelude::Solve;
use faer::{Mat, Side};

/// Fewest votes on an item.
pub const VOTES_NEEDED: usize = 3;
/// Weight of the sum of squared log-odds; the prior's standard deviation is √(1/2·RIDGE), about
/// 2.2: an item that beats an average one nine times in ten is nothing special to it.
pub const RIDGE: f64 = 0.1;
/// Most items: the curvature is a matrix of items × items.
const MOST_ITEMS: usize = 5000;

/// Votes on one item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YesNo {
    /// Votes for.
    pub yes: u64,
    /// Votes against.
    pub no: u64,
    /// Seen and passed over: not counted.
    pub pass: u64,
}

/// Share of yes for each item; items with fewer than three votes that took a side get
/// [`NoAnswer::TooFewVotes`].
pub fn yes_no(votes: &[YesNo]) -> Vec<Result<Answer>> {
    votes
        .iter()
        .map(|vote| {
            let n = vote.yes.saturating_add(vote.no);
            if n < VOTES_NEEDED as u64 {
                return Err(NoAnswer::TooFewVotes {
                    n: n as usize,
                    needed: VOTES_NEEDED,
                });
            }
            wilson(vote.yes as f64, n as f64)
        })
        .collect()
}

/// Log-odds of each item against an average one, and their covariance's diagonal.
#[derive(Clone, Debug, PartialEq)]
pub struct Strengths {
    /// Log-odds; they sum to 0 within each set of items that votes connect.
    pub log_odds: Vec<f64>,
    /// Their standard errors.
    pub se: Vec<f64>,
    /// Votes on each item.
    pub votes: Vec<u64>,
}

/// Probability that each of `items` items beats an average one, from (winner, loser) pairs.
///
/// # Errors
/// As [`strengths`]. Within: [`NoAnswer::TooFewVotes`] for items with fewer than three votes.
pub fn pairwise(items: usize, votes: &[(usize, usize)]) -> Result<Vec<Result<Answer>>> {
    let strengths = strengths(items, votes)?;
    Ok((0..items)
        .map(|i| {
            let n = strengths.votes[i];
            if n < VOTES_NEEDED as u64 {
                return Err(NoAnswer::TooFewVotes {
                    n: n as usize,
                    needed: VOTES_NEEDED,
                });
            }
            let (centre, half) = (strengths.log_odds[i], Z * strengths.se[i]);
            let value = logistic(centre);
            let spread = Spread {
                se: strengths.se[i] * value * (1.0 - value),
                df: f64::INFINITY,
                low: logistic(centre - half),
                high: logistic(centre + half),
            };
            Ok(Answer {
                value,
                n,
                spread: Ok(spread),
            })
        })
        .collect())
}

/// Penalised maximum likelihood: [`super::fit`] with a prior of known standard deviation.
///
/// # Errors
/// [`NoAnswer::Empty`] without items or votes, [`NoAnswer::Shape`] for an item past the end,
/// [`NoAnswer::AgainstItself`], [`NoAnswer::TooManyItems`] past 5,000, [`NoAnswer::Arithmetic`].
pub fn strengths(items: usize, votes: &[(usize, usize)]) -> Result<Strengths> {
    if items == 0 || votes.is_empty() {
        return Err(NoAnswer::Empty);
    }
    if items > MOST_ITEMS {
        return Err(NoAnswer::TooManyItems {
            n: items,
            most: MOST_ITEMS,
        });
    }
    let past = |item: &usize| *item >= items;
    if let Some(item) = votes.iter().flat_map(|&(w, l)| [w, l]).find(past) {
        return Err(NoAnswer::Shape {
            expected: items,
            got: item,
        });
    }
    let rows: Vec<Vote> = votes
        .iter()
        .map(|&(winner, loser)| Vote::win(winner as u32, loser as u32))
        .collect();
    let pairs = Pairs::new(items, &rows)?;
    let sd = (0.5 / RIDGE).sqrt();
    let (evidence, strength) = fitted_pairs(&pairs, Shrinkage::Sd(sd))?;
    let mut local = Local::default();
    evidence.look(evidence.counted(), &strength.log_odds, &mut local);
    let curvature = dense(&evidence, &local, &strength.log_odds, 2.0 * RIDGE);
    let inverse = curvature
        .llt(Side::Lower)
        .map_err(|_| NoAnswer::Arithmetic { what: "votes" })?
        .solve(&Mat::<f64>::identity(items, items));
    // Of an item without votes the prior is all that is known.
    let se = (0..items).map(|i| match strength.compared[i] {
        true => inverse[(i, i)].max(0.0).sqrt(),
        false => sd,
    });
    Ok(Strengths {
        se: se.collect(),
        votes: pairs
            .tallies()
            .iter()
            .map(|[won, lost, _]| (won + lost) as u64)
            .collect(),
        log_odds: strength.log_odds,
    })
}
