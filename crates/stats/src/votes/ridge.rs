//! From votes to a place between 0 and 1.
//!
//! Pairs ("this one or that one"): Bradley & Terry 1952 with a weak normal prior on each item
//! (ridge, as `alpha` in choix's `opt_pairwise`), so that an item that won or lost every vote stays
//! finite. The answer is the probability of beating an average item; intervals come from the
//! curvature of the penalised likelihood, on the log-odds scale.
//! Yes, no and pass: the share of yes among yes and no, with Wilson's interval.
//!
//! One voter's votes are taken as independent; whoever calls this drops repeated votes.

use crate::answer::{Answer, Spread, Z};
use crate::calibrate::logistic;
use crate::reason::{NoAnswer, Result};
use crate::share::wilson;
use faer::prelude::Solve;
use faer::{Mat, Side};
use std::collections::BTreeMap;

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

/// Penalised maximum likelihood by Newton's method.
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
    let mut counts: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let mut on_item = vec![0u64; items];
    for &(winner, loser) in votes {
        for item in [winner, loser] {
            if item >= items {
                return Err(NoAnswer::Shape {
                    expected: items,
                    got: item,
                });
            }
            on_item[item] += 1;
        }
        if winner == loser {
            return Err(NoAnswer::AgainstItself { item: winner });
        }
        *counts.entry((winner, loser)).or_default() += 1.0;
    }
    let objective = |theta: &[f64]| {
        let fit: f64 = counts
            .iter()
            .map(|(&(w, l), n)| {
                let gap = theta[w] - theta[l];
                n * ((-gap.abs()).exp().ln_1p() + (-gap).max(0.0))
            })
            .sum();
        fit + RIDGE * theta.iter().map(|t| t * t).sum::<f64>()
    };
    let mut theta = vec![0.0; items];
    let mut value = objective(&theta);
    for _ in 0..100 {
        let (gradient, curvature) = derivatives(&theta, &counts);
        let step = factor(&curvature)?.solve(&gradient);
        let largest = (0..items).fold(0.0f64, |a, i| a.max(step[(i, 0)].abs()));
        let mut share = 1.0;
        let moved = |share: f64| -> Vec<f64> {
            theta
                .iter()
                .enumerate()
                .map(|(i, t)| t - share * step[(i, 0)])
                .collect()
        };
        let mut next = moved(share);
        while objective(&next) > value && share > 1e-10 {
            share *= 0.5;
            next = moved(share);
        }
        let reached = objective(&next);
        if reached > value {
            break;
        }
        (theta, value) = (next, reached);
        if largest < 1e-12 {
            break;
        }
    }
    let (_, curvature) = derivatives(&theta, &counts);
    let inverse = factor(&curvature)?.solve(&Mat::<f64>::identity(items, items));
    let se = (0..items)
        .map(|i| inverse[(i, i)].max(0.0).sqrt())
        .collect();
    Ok(Strengths {
        log_odds: theta,
        se,
        votes: on_item,
    })
}

fn derivatives(theta: &[f64], counts: &BTreeMap<(usize, usize), f64>) -> (Mat<f64>, Mat<f64>) {
    let size = theta.len();
    let mut gradient = Mat::from_fn(size, 1, |i, _| 2.0 * RIDGE * theta[i]);
    let mut curvature = Mat::from_fn(size, size, |i, j| if i == j { 2.0 * RIDGE } else { 0.0 });
    for (&(winner, loser), n) in counts {
        let upset = logistic(theta[loser] - theta[winner]);
        let curve = n * upset * (1.0 - upset);
        gradient[(winner, 0)] -= n * upset;
        gradient[(loser, 0)] += n * upset;
        for (i, j, sign) in [
            (winner, winner, 1.0),
            (loser, loser, 1.0),
            (winner, loser, -1.0),
            (loser, winner, -1.0),
        ] {
            curvature[(i, j)] += sign * curve;
        }
    }
    (gradient, curvature)
}

fn factor(curvature: &Mat<f64>) -> Result<faer::linalg::solvers::Llt<f64>> {
    curvature
        .llt(Side::Lower)
        .map_err(|_| NoAnswer::Arithmetic { what: "votes" })
}
