//! Votes on pairs, counted: how often each of two items was chosen over the other, and how often
//! they were held equal; and the same by voter, for resampling.
//!
//! Everything after this works on pairs, not on votes, so that a million votes cost little more
//! than the pairs they are about. What comes out doesn't depend on the order of the votes.

use crate::reason::{NoAnswer, Result, within};
use rayon::prelude::*;
use std::ops::Range;

/// Most votes of one kind that one row may stand for.
pub const MOST_COUNT: f64 = 1e12;
/// Most votes altogether: all whole numbers up to here are exact, and sums of them.
pub const MOST_VOTES: f64 = 1e15;
/// Pairs handled in one go; fixed, so that sums come out the same on any number of threads.
const CHUNK: usize = 1 << 16;

/// One row: a choice between two items, or a tie of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vote {
    /// The item chosen (for a tie: either).
    pub winner: u32,
    /// The item passed over (for a tie: the other).
    pub loser: u32,
    /// Held equal.
    pub tie: bool,
    /// Who voted, counted from 0; rows without a voter are each a voter of their own.
    pub voter: Option<u32>,
    /// How many such votes the row stands for; 0 to 1e12.
    pub count: f64,
}

impl Vote {
    /// One choice by somebody unknown.
    pub fn win(winner: u32, loser: u32) -> Self {
        Self {
            winner,
            loser,
            tie: false,
            voter: None,
            count: 1.0,
        }
    }

    /// One tie by somebody unknown.
    pub fn tie(one: u32, other: u32) -> Self {
        Self {
            tie: true,
            ..Self::win(one, other)
        }
    }

    /// The same, by a voter.
    #[must_use]
    pub fn by(self, voter: u32) -> Self {
        Self {
            voter: Some(voter),
            ..self
        }
    }

    /// The same, so many times.
    #[must_use]
    pub fn times(self, count: f64) -> Self {
        Self { count, ..self }
    }
}

/// Three counts for each pair: the first was chosen, the second was, neither was.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Counts {
    pub kinds: [Vec<f64>; 3],
}

impl Counts {
    pub fn zeros(pairs: usize) -> Self {
        Self {
            kinds: [vec![0.0; pairs], vec![0.0; pairs], vec![0.0; pairs]],
        }
    }
}

/// Votes of one kind by one voter on one pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cell {
    pub pair: u32,
    pub kind: u8,
    pub count: f64,
}

/// Counted votes on pairs of items.
#[derive(Clone, Debug)]
pub struct Pairs {
    items: usize,
    /// Pairs of item `i` as the lower one are `starts[i]..starts[i + 1]`.
    pub(crate) starts: Vec<usize>,
    /// The higher item of each pair, ascending within the lower one's.
    pub(crate) second: Vec<u32>,
    pub(crate) counts: Counts,
    /// Cells by voter: those of the v-th voter who voted are `ends[v - 1]..ends[v]`.
    pub(crate) cells: Vec<Cell>,
    pub(crate) ends: Vec<usize>,
    /// Votes without a voter.
    pub(crate) loose: Option<Counts>,
    /// Voters on each item, loose votes counted one by one.
    voters: Vec<u64>,
    /// How many voters of equal weight those are worth.
    worth: Vec<f64>,
}

/// One vote on its way into its pair.
#[derive(Clone, Copy)]
struct Entry {
    second: u32,
    kind: u8,
    vote: u32,
    count: f64,
}

impl Pairs {
    /// Counts votes on `items` items.
    ///
    /// # Errors
    /// [`NoAnswer::Empty`] without items or votes, [`NoAnswer::Shape`] for an item past the end,
    /// [`NoAnswer::AgainstItself`], [`NoAnswer::NotFinite`] and [`NoAnswer::OutOfRange`] for a
    /// count, [`NoAnswer::TooManyItems`] past four thousand million rows,
    /// [`NoAnswer::TooManyVotes`] if they stand for more than [`MOST_VOTES`].
    pub fn new(items: usize, votes: &[Vote]) -> Result<Self> {
        for vote in votes {
            within(vote.count, 0.0, MOST_COUNT)?;
        }
        let n = votes.iter().map(|vote| vote.count).sum::<f64>();
        if n > MOST_VOTES {
            return Err(NoAnswer::TooManyVotes {
                n,
                most: MOST_VOTES,
            });
        }
        Self::counted(items, votes)
    }

    /// The same of votes counted before, so that one row may stand for them all.
    pub(super) fn counted(items: usize, votes: &[Vote]) -> Result<Self> {
        if items == 0 || votes.is_empty() {
            return Err(NoAnswer::Empty);
        }
        if items.max(votes.len()) >= u32::MAX as usize {
            return Err(NoAnswer::TooManyItems {
                n: items.max(votes.len()),
                most: u32::MAX as usize - 1,
            });
        }
        let mut sizes = vec![0usize; items + 1];
        for vote in votes {
            for item in [vote.winner, vote.loser] {
                if item as usize >= items {
                    return Err(NoAnswer::Shape {
                        expected: items,
                        got: item as usize,
                    });
                }
            }
            if vote.winner == vote.loser {
                return Err(NoAnswer::AgainstItself {
                    item: vote.winner as usize,
                });
            }
            sizes[vote.winner.min(vote.loser) as usize + 1] += 1;
        }
        if votes.iter().all(|vote| vote.count == 0.0) {
            return Err(NoAnswer::Empty);
        }
        let entries = sorted(votes, sizes);
        Ok(Self::gathered(items, votes, &entries))
    }

    fn gathered(items: usize, votes: &[Vote], entries: &[Vec<Entry>]) -> Self {
        let (mut starts, mut second) = (vec![0; items + 1], Vec::new());
        let mut kinds: [Vec<f64>; 3] = Default::default();
        let mut pair_of = vec![u32::MAX; votes.len()];
        for (first, entries) in entries.iter().enumerate() {
            for entry in entries.iter().filter(|entry| entry.count > 0.0) {
                let new = second.len() == starts[first] || second.last() != Some(&entry.second);
                if new {
                    second.push(entry.second);
                    kinds.iter_mut().for_each(|kind| kind.push(0.0));
                }
                let pair = second.len() - 1;
                kinds[usize::from(entry.kind)][pair] += entry.count;
                pair_of[entry.vote as usize] = pair as u32;
            }
            starts[first + 1] = second.len();
        }
        if votes.iter().all(|vote| vote.voter.is_none()) {
            let counts = Counts { kinds };
            let mut pairs = Self {
                items,
                starts,
                second,
                loose: Some(counts.clone()),
                counts,
                cells: Vec::new(),
                ends: Vec::new(),
                voters: Vec::new(),
                worth: Vec::new(),
            };
            (pairs.voters, pairs.worth) = pairs.count_voters();
            return pairs;
        }
        let mut loose: Option<Counts> = None;
        let mut owned: Vec<(u32, Cell)> = Vec::new();
        for (vote, &pair) in votes.iter().zip(&pair_of) {
            if pair == u32::MAX {
                continue;
            }
            let cell = Cell {
                pair,
                kind: kind(vote),
                count: vote.count,
            };
            match vote.voter {
                Some(voter) => owned.push((voter, cell)),
                None => {
                    let loose = loose.get_or_insert_with(|| Counts::zeros(second.len()));
                    loose.kinds[usize::from(cell.kind)][pair as usize] += cell.count;
                }
            }
        }
        owned.par_sort_unstable_by(|(v, a), (w, b)| {
            (v, a.pair, a.kind)
                .cmp(&(w, b.pair, b.kind))
                .then(a.count.total_cmp(&b.count))
        });
        let (mut cells, mut ends): (Vec<Cell>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut last = None;
        for (voter, cell) in owned {
            if last.is_some() && last != Some(voter) {
                ends.push(cells.len());
            }
            let fresh = last != Some(voter);
            last = Some(voter);
            match cells.last_mut() {
                Some(open) if !fresh && (open.pair, open.kind) == (cell.pair, cell.kind) => {
                    open.count += cell.count;
                }
                _ => cells.push(cell),
            }
        }
        if last.is_some() {
            ends.push(cells.len());
        }
        let mut pairs = Self {
            items,
            starts,
            second,
            counts: Counts { kinds },
            cells,
            ends,
            loose,
            voters: Vec::new(),
            worth: Vec::new(),
        };
        (pairs.voters, pairs.worth) = pairs.count_voters();
        pairs
    }

    /// For each item: voters, and how many voters of equal weight they are worth, votes without a
    /// voter counted one by one: (Σ n)² / Σ n² over voters' numbers of votes n on the item.
    fn count_voters(&self) -> (Vec<u64>, Vec<f64>) {
        let firsts = self.firsts();
        let items = self.items;
        let (mut voters, mut sums, mut squares) =
            (vec![0u64; items], vec![0.0; items], vec![0.0; items]);
        let mut own = vec![0.0; items];
        let mut touched = Vec::new();
        for cells in self.by_voter() {
            for cell in cells {
                let pair = cell.pair as usize;
                for item in [firsts[pair] as usize, self.second[pair] as usize] {
                    if own[item] == 0.0 {
                        touched.push(item);
                    }
                    own[item] += cell.count;
                }
            }
            for item in touched.drain(..) {
                voters[item] += 1;
                sums[item] += own[item];
                squares[item] += own[item] * own[item];
                own[item] = 0.0;
            }
        }
        if let Some(loose) = &self.loose {
            for (pair, &first) in firsts.iter().enumerate() {
                let n: f64 = loose.kinds.iter().map(|kind| kind[pair]).sum();
                for item in [first as usize, self.second[pair] as usize] {
                    voters[item] = voters[item].saturating_add(n.round() as u64);
                    sums[item] += n;
                    squares[item] += n;
                }
            }
        }
        let worth = sums
            .iter()
            .zip(&squares)
            .map(|(s, q)| if *q > 0.0 { s * s / q } else { 0.0 })
            .collect();
        (voters, worth)
    }

    /// How many items.
    pub fn items(&self) -> usize {
        self.items
    }

    /// How many different pairs were voted on.
    pub fn pairs(&self) -> usize {
        self.second.len()
    }

    /// Voters altogether, votes without a voter counted one by one.
    pub fn voters(&self) -> u64 {
        let loose: f64 = self
            .loose
            .iter()
            .flat_map(|loose| loose.kinds.iter().flatten())
            .sum();
        (self.ends.len() as u64).saturating_add(loose.round() as u64)
    }

    /// Voters on each item, votes without a voter counted one by one.
    pub fn voters_on(&self) -> &[u64] {
        &self.voters
    }

    /// How many voters of equal weight the voters on each item are worth: (Σ n)² / Σ n² over their
    /// numbers n of votes on it.
    pub(crate) fn worth(&self) -> &[f64] {
        &self.worth
    }

    /// Wins, losses and ties of each item.
    pub fn tallies(&self) -> Vec<[f64; 3]> {
        let mut tallies = vec![[0.0; 3]; self.items];
        for (first, second, [won, lost, tied]) in self.iter() {
            tallies[first][0] += won;
            tallies[first][1] += lost;
            tallies[first][2] += tied;
            tallies[second][0] += lost;
            tallies[second][1] += won;
            tallies[second][2] += tied;
        }
        tallies
    }

    /// Whether anything was held equal.
    pub fn has_ties(&self) -> bool {
        self.counts.kinds[2].iter().any(|&n| n > 0.0)
    }

    /// Whether anything was chosen over anything.
    pub fn has_wins(&self) -> bool {
        self.counts.kinds[..2].iter().flatten().any(|&n| n > 0.0)
    }

    /// Every pair: lower item, higher item, how often the lower was chosen, the higher, neither.
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize, [f64; 3])> + '_ {
        let [won, lost, tied] = &self.counts.kinds;
        let counts = won.iter().zip(lost).zip(tied);
        let mut first = 0;
        self.second.iter().zip(counts).enumerate().map(
            move |(pair, (&second, ((&won, &lost), &tied)))| {
                while self.starts[first + 1] <= pair {
                    first += 1;
                }
                (first, second as usize, [won, lost, tied])
            },
        )
    }

    pub(crate) fn of_first(&self, first: usize) -> Range<usize> {
        self.starts[first]..self.starts[first + 1]
    }

    pub(crate) fn by_voter(&self) -> impl Iterator<Item = &[Cell]> {
        let mut from = 0;
        self.ends.iter().map(move |&end| {
            let cells = &self.cells[from..end];
            from = end;
            cells
        })
    }

    fn firsts(&self) -> Vec<u32> {
        let mut firsts = Vec::with_capacity(self.pairs());
        for first in 0..self.items {
            firsts.resize(self.starts[first + 1], first as u32);
        }
        firsts
    }

    /// Lower items in runs of about equally many pairs.
    pub(crate) fn chunks(&self) -> Vec<Range<usize>> {
        let mut chunks = Vec::new();
        let mut from = 0;
        for first in 0..self.items {
            if self.starts[first + 1] - self.starts[from] >= CHUNK {
                chunks.push(from..first + 1);
                from = first + 1;
            }
        }
        if from < self.items {
            chunks.push(from..self.items);
        }
        chunks
    }
}

fn kind(vote: &Vote) -> u8 {
    match (vote.tie, vote.winner < vote.loser) {
        (true, _) => 2,
        (false, true) => 0,
        (false, false) => 1,
    }
}

/// Votes by lower item, within it by higher item, kind and count.
fn sorted(votes: &[Vote], sizes: Vec<usize>) -> Vec<Vec<Entry>> {
    let mut buckets: Vec<Vec<Entry>> = sizes[1..].iter().map(|&n| Vec::with_capacity(n)).collect();
    for (index, vote) in votes.iter().enumerate() {
        buckets[vote.winner.min(vote.loser) as usize].push(Entry {
            second: vote.winner.max(vote.loser),
            kind: kind(vote),
            vote: index as u32,
            count: vote.count,
        });
    }
    buckets.par_iter_mut().for_each(|entries| {
        entries.sort_unstable_by(|a, b| {
            (a.second, a.kind)
                .cmp(&(b.second, b.kind))
                .then(a.count.total_cmp(&b.count))
        });
    });
    buckets
}
