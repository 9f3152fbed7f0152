//! Strengths from votes: the estimate itself, without intervals.

use super::climb::{Prior, climb};
use super::davidson::PairEvidence;
use super::evidence::{Evidence, Local};
use super::groups::{groups, groups_of_rankings, ties_unbounded};
use super::learn;
use super::luce::RankEvidence;
use super::pairs::Pairs;
use super::rankings::Rankings;
use crate::reason::{NoAnswer, Result, within};

/// A step below this in every log-odds ends the climb.
const TOLERANCE: f64 = 1e-8;

/// Whether strengths are drawn towards the average item, and how much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shrinkage {
    /// Maximum likelihood; exists only where votes order every split of the items both ways.
    None,
    /// A normal prior with this standard deviation, in log-odds.
    Sd(f64),
    /// A normal prior whose standard deviation is learnt from the votes (empirical Bayes): the
    /// fewer votes on an item and the more alike items are, the nearer it comes to the average.
    Learnt,
    /// Maximum likelihood where it exists, else as learnt.
    WhenNeeded,
}

/// Fitted strengths.
#[derive(Clone, Debug, PartialEq)]
pub struct Strength {
    /// Log-odds of each item against an average one; 0 for items that were never compared. The
    /// mean over compared items is 0.
    pub log_odds: Vec<f64>,
    /// Whether any vote is about the item.
    pub compared: Vec<bool>,
    /// How easily two equal items are held equal: chance of a tie : chance of a choice is this
    /// to 2. `None` without ties.
    pub ease_of_ties: Option<f64>,
    /// Standard deviation of the prior; `None` is maximum likelihood.
    pub prior_sd: Option<f64>,
    /// Groups of compared items that votes don't order both ways, best first where votes order
    /// them; one group where maximum likelihood exists.
    pub groups: Vec<Vec<usize>>,
    /// Log-likelihood at the estimate.
    pub log_likelihood: f64,
}

/// Fits Bradley and Terry's model to pairs, Davidson's where there are ties.
///
/// # Errors
/// [`NoAnswer::AllTies`]; without shrinkage [`NoAnswer::Apart`] and [`NoAnswer::TiesUnbounded`];
/// [`NoAnswer::NotFinite`] and [`NoAnswer::OutOfRange`] for a standard deviation outside 0.001 to
/// 1000; [`NoAnswer::Arithmetic`].
pub fn fit(pairs: &Pairs, shrinkage: Shrinkage) -> Result<Strength> {
    fitted_pairs(pairs, shrinkage).map(|(_, strength)| strength)
}

/// Fits Plackett and Luce's model to rankings.
///
/// # Errors
/// As [`fit`].
pub fn fit_rankings(rankings: &Rankings, shrinkage: Shrinkage) -> Result<Strength> {
    fitted_rankings(rankings, shrinkage).map(|(_, strength)| strength)
}

pub(crate) fn fitted_pairs(
    pairs: &Pairs,
    shrinkage: Shrinkage,
) -> Result<(PairEvidence<'_>, Strength)> {
    if !pairs.has_wins() {
        return Err(NoAnswer::AllTies);
    }
    let evidence = PairEvidence::new(pairs);
    let tallies = pairs.tallies();
    let mut start = start(&tallies);
    let (mut decided, mut tied) = (0.0, 0.0);
    for [won, lost, ties] in &tallies {
        decided += won + lost;
        tied += ties;
    }
    if tied > 0.0 {
        start.push((2.0 * tied / decided).ln());
    }
    let strength = fitted(
        &evidence,
        compared(&tallies),
        groups(pairs),
        ties_unbounded(pairs),
        shrinkage,
        start,
    )?;
    Ok((evidence, strength))
}

pub(crate) fn fitted_rankings(
    rankings: &Rankings,
    shrinkage: Shrinkage,
) -> Result<(RankEvidence<'_>, Strength)> {
    let evidence = RankEvidence::new(rankings);
    let tallies = rankings.tallies();
    let strength = fitted(
        &evidence,
        compared(&tallies),
        groups_of_rankings(rankings),
        false,
        shrinkage,
        start(&tallies),
    )?;
    Ok((evidence, strength))
}

pub(super) fn compared(tallies: &[[f64; 3]]) -> Vec<bool> {
    tallies.iter().map(|t| t.iter().any(|&n| n > 0.0)).collect()
}

/// Log-odds of winning, as a place to start from.
fn start(tallies: &[[f64; 3]]) -> Vec<f64> {
    tallies
        .iter()
        .map(|[won, lost, tied]| ((won + 0.5 * tied + 0.5) / (lost + 0.5 * tied + 0.5)).ln())
        .collect()
}

fn fitted<E: Evidence>(
    evidence: &E,
    compared: Vec<bool>,
    mut groups: Vec<Vec<usize>>,
    ties_unbounded: bool,
    shrinkage: Shrinkage,
    mut at: Vec<f64>,
) -> Result<Strength> {
    groups.retain(|group| group.iter().any(|&item| compared[item]));
    let exists = groups.len() == 1 && !ties_unbounded;
    let prior_sd = match shrinkage {
        Shrinkage::None if groups.len() > 1 => return Err(NoAnswer::Apart { groups }),
        Shrinkage::None if ties_unbounded => return Err(NoAnswer::TiesUnbounded),
        Shrinkage::None => None,
        Shrinkage::WhenNeeded if exists => None,
        Shrinkage::Sd(sd) => Some(within(sd, 1e-3, 1e3)?),
        Shrinkage::Learnt | Shrinkage::WhenNeeded => {
            centre(&mut at, &compared);
            Some(learn::prior_sd(evidence, &compared, &mut at)?)
        }
    };
    centre(&mut at, &compared);
    let prior = Prior {
        precision: prior_sd.map_or(0.0, |sd| 1.0 / (sd * sd)),
        centre: None,
    };
    let _: Local = climb(evidence, evidence.counted(), prior, &mut at, TOLERANCE)?;
    centre(&mut at, &compared);
    let items = evidence.items();
    Ok(Strength {
        log_likelihood: evidence.log_likelihood(evidence.counted(), &at),
        ease_of_ties: at.get(items).map(|log| log.exp()),
        log_odds: at[..items].to_vec(),
        compared,
        prior_sd,
        groups,
    })
}

/// Takes the mean of the compared items out of them; the others are 0.
pub(crate) fn centre(at: &mut [f64], compared: &[bool]) {
    let (mut sum, mut n) = (0.0, 0.0);
    for (value, &compared) in at.iter_mut().zip(compared) {
        if compared {
            sum += *value;
            n += 1.0;
        } else {
            *value = 0.0;
        }
    }
    for (value, &compared) in at.iter_mut().zip(compared) {
        if compared {
            *value -= sum / n;
        }
    }
}
