//! Rankings: each voter put some items in order, best first, perhaps with others left unplaced
//! below them.
//!
//! An item that isn't in a ranking wasn't shown, and the ranking says nothing about it. Equal
//! places are refused: the model has no ties.

use crate::reason::{NoAnswer, Result, finite};
use std::ops::Range;

/// One item in one voter's ranking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Who ranked, counted from 0.
    pub voter: u32,
    /// What.
    pub item: u32,
    /// Where: the lowest is best. `None` was shown and left below all that were placed.
    pub position: Option<f64>,
}

/// Rankings of items, one a voter.
#[derive(Clone, Debug)]
pub struct Rankings {
    items: usize,
    /// Items of one ranking after another, best first.
    pub(crate) order: Vec<u32>,
    /// Where each ranking ends, and how many of its items were chosen over others.
    pub(crate) ends: Vec<(usize, usize)>,
    voters: Vec<u64>,
}

impl Rankings {
    /// From rows in any order. A ranking of one item says nothing and is left out.
    ///
    /// # Errors
    /// [`NoAnswer::Empty`] without items or without a ranking that orders anything,
    /// [`NoAnswer::Shape`] for an item past the end, [`NoAnswer::NotFinite`] for a position,
    /// [`NoAnswer::RankedTwice`], [`NoAnswer::SharedPlace`].
    pub fn new(items: usize, places: &[Place]) -> Result<Self> {
        if items == 0 || places.is_empty() {
            return Err(NoAnswer::Empty);
        }
        for place in places {
            if place.item as usize >= items {
                return Err(NoAnswer::Shape {
                    expected: items,
                    got: place.item as usize,
                });
            }
            if let Some(position) = place.position {
                finite(position)?;
            }
        }
        let mut sorted = places.to_vec();
        // Unplaced items last; they are a set, so their own order is by item.
        let key = |place: &Place| place.position.unwrap_or(f64::INFINITY);
        sorted.sort_by(|a, b| {
            a.voter
                .cmp(&b.voter)
                .then(key(a).total_cmp(&key(b)))
                .then(a.item.cmp(&b.item))
        });
        let mut rankings = Self {
            items,
            order: Vec::with_capacity(sorted.len()),
            ends: Vec::new(),
            voters: vec![0; items],
        };
        let mut seen = vec![usize::MAX; items];
        for (ranking, of_voter) in sorted.chunk_by(|a, b| a.voter == b.voter).enumerate() {
            for place in of_voter {
                let item = place.item as usize;
                if seen[item] == ranking {
                    return Err(NoAnswer::RankedTwice { item });
                }
                seen[item] = ranking;
            }
            for two in of_voter.windows(2) {
                // -0 and 0 are one place too.
                if two[0].position.is_some() && two[0].position == two[1].position {
                    return Err(NoAnswer::SharedPlace {
                        one: two[0].item as usize,
                        other: two[1].item as usize,
                    });
                }
            }
            let placed = of_voter.iter().filter(|p| p.position.is_some()).count();
            let choices = placed.min(of_voter.len() - 1);
            if choices == 0 {
                continue;
            }
            rankings.order.extend(of_voter.iter().map(|p| p.item));
            rankings.ends.push((rankings.order.len(), choices));
            for place in of_voter {
                rankings.voters[place.item as usize] += 1;
            }
        }
        if rankings.ends.is_empty() {
            return Err(NoAnswer::Empty);
        }
        Ok(rankings)
    }

    /// How many items.
    pub fn items(&self) -> usize {
        self.items
    }

    /// Rankings that order something.
    pub fn voters(&self) -> u64 {
        self.ends.len() as u64
    }

    /// Rankings each item stands in.
    pub fn voters_on(&self) -> &[u64] {
        &self.voters
    }

    /// How often each item was put above another, and below.
    pub fn tallies(&self) -> Vec<[f64; 3]> {
        let mut tallies = vec![[0.0; 3]; self.items];
        for (range, choices) in self.iter() {
            let ranking = &self.order[range];
            for (place, &item) in ranking.iter().enumerate() {
                // Unplaced items were all passed over by the placed ones and not ordered further.
                let below = if place < choices {
                    ranking.len() - place - 1
                } else {
                    0
                };
                tallies[item as usize][0] += below as f64;
                tallies[item as usize][1] += place.min(choices) as f64;
            }
        }
        tallies
    }

    /// Where each ranking's items are, and its number of choices.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Range<usize>, usize)> + '_ {
        let mut from = 0;
        self.ends.iter().map(move |&(end, choices)| {
            let range = from..end;
            from = end;
            (range, choices)
        })
    }
}
