//! `throughline rank`: votes to an order.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// The answer. For machines it is its items alone, best first; where the next pair was asked
/// for, an object of `items` and `next_pair`.
#[derive(Clone, Debug, PartialEq)]
pub struct Rank {
    /// What was computed, in a few words.
    pub model: Model,
    /// The items, best first; those without a score last.
    pub items: Items,
    /// Rows used.
    pub n_votes: u64,
    /// Voters, rows without a voter counted one by one.
    pub n_voters: u64,
    /// Whether a column of voters was named.
    pub has_voters: bool,
    /// Rows in which nobody could decide: counted, not used.
    pub n_cannot_decide: u64,
    /// Groups of items that votes don't order both ways, best first; one group where they do.
    pub apart: Vec<Vec<String>>,
    /// The pair worth asking next, if it was asked for.
    pub next_pair: Option<NextPair>,
    /// What to know before believing it.
    pub warnings: Vec<String>,
}

/// What was computed.
#[derive(Clone, Debug, PartialEq)]
pub enum Model {
    /// Strengths from pairs.
    Pairs {
        /// Standard deviation of the prior, if strengths are shrunken.
        prior_sd: Option<f64>,
        /// Ease of ties (Davidson), if there are ties.
        ease_of_ties: Option<f64>,
        /// Resamples of voters.
        resamples: usize,
    },
    /// Strengths from rankings.
    Rankings {
        /// Standard deviation of the prior, if strengths are shrunken.
        prior_sd: Option<f64>,
        /// Resamples of voters.
        resamples: usize,
    },
    /// Shares of yes.
    Agreement,
}

/// The items, by how they were voted on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Items {
    /// Pairs or rankings.
    Placed(Vec<PlacedItem>),
    /// Yes, no and pass.
    Agreed(Vec<AgreedItem>),
}

impl Items {
    /// How many.
    pub fn len(&self) -> usize {
        match self {
            Self::Placed(items) => items.len(),
            Self::Agreed(items) => items.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// An item with its strength.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlacedItem {
    /// Its name.
    pub item: String,
    /// Place by score, 1 the best.
    pub place: Option<usize>,
    /// How often it was chosen (put above another).
    #[serde(serialize_with = "whole")]
    pub wins: f64,
    /// How often another was chosen over it.
    #[serde(serialize_with = "whole")]
    pub losses: f64,
    /// How often it was held equal to another.
    #[serde(serialize_with = "whole")]
    pub ties: f64,
    /// Strength in log-odds; the average item has 0.
    pub score: Option<f64>,
    /// Lower end of the 95% interval of `score`.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Why there is no score, or no interval.
    pub no_interval: Option<String>,
    /// Probability of being chosen over an average item.
    pub chance: Option<f64>,
    /// Lower end of its 95% interval.
    pub chance_low: Option<f64>,
    /// Upper end.
    pub chance_high: Option<f64>,
    /// The best place it may have.
    pub rank_low: Option<usize>,
    /// The worst.
    pub rank_high: Option<usize>,
    /// Probability of being among the top.
    pub top: Option<f64>,
    /// Items of one tier can't be told apart from the tier's first; 1 is the best.
    pub tier: Option<usize>,
    /// The wiki-survey score, 100 (wins + 1) / (wins + losses + 2): a description.
    pub wiki_score: f64,
    /// Voters who compared it.
    pub voters: u64,
}

/// An item with its agreement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgreedItem {
    /// Its name.
    pub item: String,
    /// Place by `across` where groups were named, else by `low`; 1 the best.
    pub place: Option<usize>,
    /// Rows that say yes, repeats too.
    pub yes: u64,
    /// Rows that say no.
    pub no: u64,
    /// Rows that pass.
    pub pass: u64,
    /// Voters who took a side; each counts once, with the last vote.
    pub voters: u64,
    /// Share of yes among them.
    pub score: Option<f64>,
    /// Lower end of its 95% interval (Wilson).
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Agreement across groups.
    pub across: Option<f64>,
    /// Lower end of its 95% interval.
    pub across_low: Option<f64>,
    /// Upper end.
    pub across_high: Option<f64>,
    /// Why a figure is missing.
    pub no_interval: Option<String>,
    /// The same by group.
    pub groups: Vec<GroupAgreement>,
}

/// One group's agreement with an item.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupAgreement {
    /// The group.
    pub group: String,
    /// Voters for.
    pub yes: u64,
    /// Voters against.
    pub no: u64,
    /// Voters who passed.
    pub pass: u64,
    /// Share of yes among those who took a side.
    pub score: Option<f64>,
    /// Lower end of its 95% interval (Wilson).
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// The pair worth asking next.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NextPair {
    /// The less certain item.
    pub first: String,
    /// Its partner.
    pub second: String,
    /// What the answer is expected to tell, in nats.
    pub information: f64,
}

/// Votes are whole numbers unless a row stood for a part of one.
fn whole<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && (0.0..9e15).contains(value) {
        serializer.serialize_u64(*value as u64)
    } else {
        serializer.serialize_f64(*value)
    }
}

impl Serialize for Rank {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.next_pair {
            None => self.items.serialize(serializer),
            Some(next) => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("items", &self.items)?;
                map.serialize_entry("next_pair", next)?;
                map.end()
            }
        }
    }
}
