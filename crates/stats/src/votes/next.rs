//! The pair worth asking next: the one whose answer is expected to tell most about the strengths,
//! among items that weren't shown too often already.
//!
//! What an answer tells is ½ ln(1 + p(1−p)(v + w)), the expected fall of the posterior's entropy
//! to first order: p the chance that the first is chosen, v and w the variances of the two
//! strengths, taken as independent (nearly so once items have met several others). It
//! is largest for items that are close and uncertain. Only the few least certain items look for a
//! partner, so the cost grows with the items and not with their pairs.

use crate::calibrate::logistic;
use crate::reason::{NoAnswer, Result, finite, same_length, within};

/// Items that look for a partner.
const ASKING: usize = 4;

/// What is known of the items.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Strengths, in log-odds.
    pub log_odds: &'a [f64],
    /// Their variances.
    pub variance: &'a [f64],
    /// How often each was shown.
    pub shown: &'a [u64],
}

/// A pair to ask.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Next {
    /// The less certain item.
    pub first: usize,
    /// Its partner.
    pub second: usize,
    /// What the answer is expected to tell, in nats.
    pub information: f64,
}

/// The pair to ask next. No item is taken that was shown more than `most` times as often as the
/// average one, and once (`most` from 1 to 1000; 1.5 serves well). `asked` says which pairs not to
/// ask, say because this voter has answered them. Among equals the pair of lower items.
///
/// # Errors
/// [`NoAnswer::TooFewItems`] under two items, or if none of those that may be shown has a partner;
/// [`NoAnswer::Shape`], [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`].
pub fn next_pair(known: Known, most: f64, asked: impl Fn(usize, usize) -> bool) -> Result<Next> {
    let items = known.log_odds.len();
    same_length(items, known.variance.len())?;
    same_length(items, known.shown.len())?;
    within(most, 1.0, 1000.0)?;
    if items < 2 {
        return Err(NoAnswer::TooFewItems {
            n: items,
            needed: 2,
        });
    }
    for item in 0..items {
        finite(known.log_odds[item])?;
        within(known.variance[item], 0.0, f64::MAX)?;
    }
    let mean = known.shown.iter().map(|&n| n as f64).sum::<f64>() / items as f64;
    let bound = most * mean + 1.0;
    let open: Vec<usize> = (0..items)
        .filter(|&item| known.shown[item] as f64 <= bound)
        .collect();
    // Least certain first; among equals the one shown least, then the lower item.
    let before = |&a: &usize, &b: &usize| {
        known.variance[b]
            .total_cmp(&known.variance[a])
            .then(known.shown[a].cmp(&known.shown[b]))
            .then(a.cmp(&b))
    };
    let mut asking = open.clone();
    if asking.len() > ASKING {
        asking.select_nth_unstable_by(ASKING - 1, before);
        asking.truncate(ASKING);
    }
    asking.sort_unstable_by(before);
    let mut best: Option<(f64, Next)> = None;
    for &first in &asking {
        for &second in &open {
            let spread = known.variance[first] + known.variance[second];
            let bar = best.map_or(0.0, |(told, _)| told);
            // p(1−p) is at most a quarter.
            if second == first || 0.25 * spread < bar {
                continue;
            }
            let chance = logistic(known.log_odds[first] - known.log_odds[second]);
            let told = chance * (1.0 - chance) * spread;
            if (best.is_none() || told > bar) && !asked(first, second) {
                let next = Next {
                    first,
                    second,
                    information: 0.5 * told.ln_1p(),
                };
                best = Some((told, next));
            }
        }
    }
    best.map(|(_, next)| next).ok_or(NoAnswer::TooFewItems {
        n: open.len(),
        needed: 2,
    })
}
