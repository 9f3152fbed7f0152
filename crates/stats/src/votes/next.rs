//! The pair worth asking next: the one whose answer is expected to tell most about the strengths,
//! among items that weren't shown too often already.
//!
//! What an answer tells is ½ ln(1 + p(1−p)·v), the expected fall of the posterior's entropy to
//! first order: p the chance that the first is chosen, v the variance of the difference of the two
//! strengths, with all other items taken as known: (a + b − 2c)/(ab − c²) from the information a
//! and b on each and c on their difference, so that a pair asked often tells little more. It is
//! largest for items that are close and uncertain. Only the few least certain items look for a
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
    /// How much is known of each: its curvature, the inverse of its variance with all others taken
    /// as known; above 0.
    pub information: &'a [f64],
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
/// average one, and once (`most` from 1 to 1000; 1.5 serves well). `met(first)` gives the items that
/// `first` met and how much of the information on it each gave. `asked` says which pairs not to
/// ask, say because this voter has answered them. Among equals the pair of lower items.
///
/// # Errors
/// [`NoAnswer::TooFewItems`] under two items, or if none of those that may be shown has a partner;
/// [`NoAnswer::Shape`], [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`].
pub fn next_pair<M: Iterator<Item = (usize, f64)>>(
    known: Known,
    most: f64,
    met: impl Fn(usize) -> M,
    asked: impl Fn(usize, usize) -> bool,
) -> Result<Next> {
    let items = known.log_odds.len();
    same_length(items, known.information.len())?;
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
        within(known.information[item], 1e-12, 1e300)?;
    }
    let mean = known.shown.iter().map(|&n| n as f64).sum::<f64>() / items as f64;
    let bound = most * mean + 1.0;
    let open: Vec<usize> = (0..items)
        .filter(|&item| known.shown[item] as f64 <= bound)
        .collect();
    // Least certain first; among equals the one shown least, then the lower item.
    let before = |&a: &usize, &b: &usize| {
        known.information[a]
            .total_cmp(&known.information[b])
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
    let mut shared = vec![0.0; items];
    for &first in &asking {
        for (other, information) in met(first) {
            if let Some(shared) = shared.get_mut(other) {
                *shared = finite(information)?;
            }
        }
        let a = known.information[first];
        for &second in &open {
            if second == first {
                continue;
            }
            // No more is shared than there is.
            let b = known.information[second];
            let c = shared[second].clamp(0.0, 0.999 * a.min(b));
            // Scaled by a, so that nothing overflows.
            let variance = (1.0 + (b - 2.0 * c) / a) / (b - c * (c / a));
            let bar = best.map_or(0.0, |(told, _)| told);
            // p(1−p) is at most a quarter.
            if 0.25 * variance < bar {
                continue;
            }
            let chance = logistic(known.log_odds[first] - known.log_odds[second]);
            let told = chance * (1.0 - chance) * variance;
            if (best.is_none() || told > bar) && !asked(first, second) {
                let next = Next {
                    first,
                    second,
                    information: 0.5 * told.ln_1p(),
                };
                best = Some((told, next));
            }
        }
        shared.fill(0.0);
    }
    best.map(|(_, next)| next).ok_or(NoAnswer::TooFewItems {
        n: open.len(),
        needed: 2,
    })
}
