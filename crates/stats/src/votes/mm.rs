//! Strengths by MM (Hunter 2004, Annals of Statistics 32:384-406): each round replaces the
//! log-likelihood by a simpler function below it that touches it where we stand, and jumps to that
//! function's top. It never falls, needs no curvature, and takes many more rounds than Newton's
//! method; it is here as a second opinion on [`super::fit`]. No ties, no shrinkage.

use super::fit::compared;
use super::groups::{groups, groups_of_rankings};
use super::luce::sizes;
use super::pairs::Pairs;
use super::rankings::Rankings;
use crate::reason::{NoAnswer, Result};

const MOST_ROUNDS: usize = 1_000_000;

/// Log-odds of items from pairs, summing to 0; rounds go on until none moves by more than
/// `tolerance`.
///
/// # Errors
/// [`NoAnswer::Apart`]; [`NoAnswer::AllTies`] if there are only ties, [`NoAnswer::TiesUnbounded`]
/// if there is any; [`NoAnswer::Arithmetic`] if a million rounds are too few.
pub fn pairs(pairs: &Pairs, tolerance: f64) -> Result<Vec<f64>> {
    if !pairs.has_wins() {
        return Err(NoAnswer::AllTies);
    }
    if pairs.has_ties() {
        return Err(NoAnswer::TiesUnbounded);
    }
    hangs_together(groups(pairs), &compared(&pairs.tallies()))?;
    let wins: Vec<f64> = pairs.tallies().iter().map(|tally| tally[0]).collect();
    rounds(pairs.items(), &wins, tolerance, |strength, below| {
        for (first, second, [won, lost, _]) in pairs.iter() {
            let share = (won + lost) / (strength[first] + strength[second]);
            below[first] += share;
            below[second] += share;
        }
    })
}

/// Log-odds of items from rankings, summing to 0.
///
/// # Errors
/// [`NoAnswer::Apart`]; [`NoAnswer::Arithmetic`] if a million rounds are too few.
pub fn rankings(rankings: &Rankings, tolerance: f64) -> Result<Vec<f64>> {
    hangs_together(groups_of_rankings(rankings), &compared(&rankings.tallies()))?;
    let mut chosen = vec![0.0; rankings.items()];
    for (range, choices) in rankings.iter() {
        for &item in &rankings.order[range][..choices] {
            chosen[item as usize] += 1.0;
        }
    }
    let (mut own, mut over) = (Vec::new(), Vec::new());
    let mut logs = vec![0.0; rankings.items()];
    rounds(rankings.items(), &chosen, tolerance, |strength, below| {
        for (log, strength) in logs.iter_mut().zip(strength) {
            *log = strength.ln();
        }
        for (range, choices) in rankings.iter() {
            let ranking = &rankings.order[range];
            let scale = sizes(ranking, &logs, &mut own).exp();
            over.clear();
            over.resize(ranking.len(), 0.0);
            let mut left = 0.0;
            for place in (0..ranking.len()).rev() {
                left += own[place];
                if place < choices {
                    over[place] = 1.0 / (left * scale);
                }
            }
            let mut so_far = 0.0;
            for (&item, over) in ranking.iter().zip(&over) {
                so_far += over;
                below[item as usize] += so_far;
            }
        }
    })
}

/// Items that nobody compared are no part of it, and stay at 0.
fn hangs_together(mut groups: Vec<Vec<usize>>, compared: &[bool]) -> Result<()> {
    groups.retain(|group| group.iter().any(|&item| compared[item]));
    if groups.len() > 1 {
        return Err(NoAnswer::Apart { groups });
    }
    Ok(())
}

fn rounds(
    items: usize,
    chosen: &[f64],
    tolerance: f64,
    mut denominators: impl FnMut(&[f64], &mut [f64]),
) -> Result<Vec<f64>> {
    let failed = || NoAnswer::Arithmetic { what: "votes" };
    let mut strength = vec![1.0f64; items];
    let mut below = vec![0.0; items];
    for _ in 0..MOST_ROUNDS {
        below.fill(0.0);
        denominators(&strength, &mut below);
        let (mut level, mut compared) = (0.0, 0.0);
        for (chosen, below) in chosen.iter().zip(&below).filter(|(_, b)| **b > 0.0) {
            level += (chosen / below).ln();
            compared += 1.0;
        }
        let scale = (-level / compared).exp();
        let mut moved = 0.0f64;
        for ((strength, chosen), below) in strength.iter_mut().zip(chosen).zip(&below) {
            if *below > 0.0 {
                let next = chosen / below * scale;
                moved = moved.max((next / *strength).ln().abs());
                *strength = next;
            }
        }
        if !moved.is_finite() {
            return Err(failed());
        }
        if moved <= tolerance {
            return Ok(strength.iter().map(|s| s.ln()).collect());
        }
    }
    Err(failed())
}
