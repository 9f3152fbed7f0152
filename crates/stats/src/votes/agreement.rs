//! Yes, no and pass: how many agree with an item, overall and across groups named beforehand.
//!
//! Agreement is the share of yes among yes and no, with Wilson's interval. Each voter counts once
//! an item, with the last vote given; the totals count every row, repeats too, as conversation
//! tools publish them. A pass is no side.
//!
//! Across groups: the geometric mean over groups of (yes + 1)/(yes + no + 2), so that an item that
//! both sides back stands above one that a large side loves and a small one rejects (the product
//! is the "group-informed consensus" of Small et al. 2021, Recerca 26(2), there with passes
//! counted; a mean keeps it a share). Its interval comes from draws of each group's share from its
//! posterior under a flat prior. Groups are the caller's; none are found here.

use crate::answer::{Answer, Spread, Z};
use crate::draws::middle;
use crate::random::generator;
use crate::reason::{NoAnswer, Result};
use crate::share::wilson;
use rand_distr::{Beta, Distribution};
use rayon::prelude::*;
use std::collections::HashMap;

/// Draws behind the interval across groups.
const DRAWS: usize = 1000;

/// What was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Say {
    /// For.
    Yes,
    /// Against.
    No,
    /// Neither.
    Pass,
}

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

/// One vote on one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// What on.
    pub item: u32,
    /// Who; ballots without a voter are each a voter of their own.
    pub voter: Option<u32>,
    /// The voter's group, if groups were named.
    pub group: Option<u32>,
    /// What was said.
    pub say: Say,
}

/// Agreement with one item.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// All rows, repeats too.
    pub rows: YesNo,
    /// Voters, by their last vote.
    pub voters: YesNo,
    /// Share of yes among the voters who took a side.
    pub share: Result<Answer>,
    /// The same by group.
    pub groups: Vec<(YesNo, Result<Answer>)>,
    /// Agreement across groups, or [`NoAnswer::TooFewClusters`] if fewer than two groups took a
    /// side on it.
    pub across: Result<Answer>,
}

/// Agreement with each of `items` items, from ballots in the order they were cast.
///
/// # Errors
/// [`NoAnswer::Empty`] without items or ballots, [`NoAnswer::Shape`] for an item or group past
/// the end. Within: [`NoAnswer::TooFewVotes`] for an item on which nobody took a side.
pub fn agreement(
    items: usize,
    groups: usize,
    ballots: &[Ballot],
    seed: u64,
) -> Result<Vec<Agreement>> {
    if items == 0 || ballots.is_empty() {
        return Err(NoAnswer::Empty);
    }
    let mut rows = vec![YesNo::default(); items];
    let mut last: HashMap<(u32, u32), Ballot> = HashMap::new();
    let mut counted: Vec<Ballot> = Vec::new();
    for ballot in ballots {
        let past = [(items, Some(ballot.item)), (groups, ballot.group)];
        for (end, index) in past {
            if let Some(index) = index.filter(|&index| index as usize >= end) {
                return Err(NoAnswer::Shape {
                    expected: end,
                    got: index as usize,
                });
            }
        }
        add(&mut rows[ballot.item as usize], ballot.say);
        match ballot.voter {
            Some(voter) => {
                last.insert((ballot.item, voter), *ballot);
            }
            None => counted.push(*ballot),
        }
    }
    counted.extend(last.into_values());
    let mut voters = vec![YesNo::default(); items];
    let mut by_group = vec![YesNo::default(); items * groups];
    for ballot in counted {
        let item = ballot.item as usize;
        add(&mut voters[item], ballot.say);
        if let Some(group) = ballot.group {
            add(&mut by_group[item * groups + group as usize], ballot.say);
        }
    }
    Ok((0..items)
        .into_par_iter()
        .map(|item| {
            let of_groups = &by_group[item * groups..(item + 1) * groups];
            Agreement {
                rows: rows[item],
                voters: voters[item],
                share: share(voters[item]),
                groups: of_groups.iter().map(|&g| (g, share(g))).collect(),
                across: across(of_groups, item, seed),
            }
        })
        .collect())
}

fn add(counts: &mut YesNo, say: Say) {
    match say {
        Say::Yes => counts.yes += 1,
        Say::No => counts.no += 1,
        Say::Pass => counts.pass += 1,
    }
}

fn share(counts: YesNo) -> Result<Answer> {
    let n = counts.yes + counts.no;
    if n == 0 {
        return Err(NoAnswer::TooFewVotes { n: 0, needed: 1 });
    }
    wilson(counts.yes as f64, n as f64)
}

fn across(groups: &[YesNo], item: usize, seed: u64) -> Result<Answer> {
    let sides: Vec<(f64, f64)> = groups
        .iter()
        .filter(|g| g.yes + g.no > 0)
        .map(|g| (g.yes as f64 + 1.0, g.no as f64 + 1.0))
        .collect();
    if sides.len() < 2 {
        return Err(NoAnswer::TooFewClusters {
            n: sides.len(),
            needed: 2,
        });
    }
    let count = sides.len() as f64;
    let value = (sides.iter().map(|(y, n)| (y / (y + n)).ln()).sum::<f64>() / count).exp();
    let posteriors = sides
        .iter()
        .map(|&(yes, no)| Beta::new(yes, no))
        .collect::<std::result::Result<Vec<_>, _>>()
        .map_err(|_| NoAnswer::Arithmetic { what: "groups" })?;
    let mut random = generator(seed, &format!("across {item}"));
    let draws: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let logs = posteriors.iter().map(|beta| beta.sample(&mut random).ln());
            (logs.sum::<f64>() / count).exp()
        })
        .collect();
    let (low, high) = middle(draws);
    Ok(Answer {
        value,
        n: groups.iter().map(|g| g.yes + g.no).sum(),
        spread: Ok(Spread {
            se: (high - low) / (2.0 * Z),
            df: f64::INFINITY,
            low: low.min(value),
            high: high.max(value),
        }),
    })
}
