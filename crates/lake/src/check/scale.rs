//! The scale of a source's scores, found from the data, and the metric that goes with it.
//!
//! A scale is snapped to one that surveys use. A handful of stray values far outside (at most half
//! a percent) doesn't widen it: they are refused instead, and said.

use crate::options::MetricRule;
use std::collections::BTreeMap;
use throughline_domain::metric::{Metric, Scale};

/// Largest share of values that may lie outside a found scale.
const STRAY_SHARE: f64 = 0.005;
/// Percent in one.
pub(crate) const PERCENT: i64 = 100;
/// Fewer values than this are all believed.
const FEW: u64 = 200;

/// The scale of some scores (in millionths, with their counts).
pub(crate) fn find(counts: &BTreeMap<i64, u64>) -> Option<Scale> {
    let all = snapped(counts)?;
    let total: u64 = counts.values().sum();
    if total < FEW {
        return Some(all);
    }
    let mut inner = counts.clone();
    let mut may_drop = (total as f64 * STRAY_SHARE) as u64;
    // The value farther from the middle goes first, as long as the share allows.
    let middle = median(counts, total);
    while let (Some((&low, &low_count)), Some((&high, &high_count))) =
        (inner.first_key_value(), inner.last_key_value())
    {
        let (value, count) = if middle - low > high - middle {
            (low, low_count)
        } else {
            (high, high_count)
        };
        if count > may_drop || inner.len() == 1 {
            break;
        }
        may_drop -= count;
        inner.remove(&value);
    }
    match snapped(&inner) {
        Some(narrow) if narrow.width() * 1.75 <= all.width() => Some(narrow),
        _ => Some(all),
    }
}

/// What is known of a source's scale before its scores are looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stated<'a> {
    /// Scales that the headings state; `None` where one states none.
    pub said: &'a [Option<Scale>],
    /// Whether some were asked on 0 to 10, as recommendation is.
    pub of_ten: bool,
}

impl Stated<'_> {
    /// Whether a value is on a scale that is stated.
    fn holds(self, value: f64) -> bool {
        let on = |said: &Scale| (said.low..=said.high).contains(&value);
        self.said.iter().flatten().any(on) || (self.of_ten && (0.0..=10.0).contains(&value))
    }

    /// Whether a value on no stated scale is a code: of 0 to 10 only 8 and 9 are, where every heading says that its
    /// scale ends at 5.
    fn is_code(self, value: f64) -> bool {
        let ends_at_five = |said: &Option<Scale>| said.is_some_and(|said| said.high == 5.0);
        !(0.0..=10.0).contains(&value)
            || (matches!(value as i64, 8 | 9)
                && !self.said.is_empty()
                && self.said.iter().all(ends_at_five))
    }
}

/// Values apart from a scale.
#[derive(Debug, Default)]
pub(crate) struct Apart {
    /// Those that stand for "no answer".
    pub codes: Vec<(i64, u64)>,
    /// Those that may be scores as well.
    pub kept: Vec<(i64, u64)>,
}

/// Values that stand for "no answer" (`99` on 0 to 10; `9` where the heading says 1 to 5), with their counts: rare, but
/// no strays, and apart from a small scale whose steps are nearly all there by empty steps.
pub(crate) fn apart(counts: &BTreeMap<i64, u64>, stated: Stated<'_>) -> Apart {
    /// Scores from which a gap is no chance, and the largest share of codes.
    const ENOUGH: u64 = 50;
    const RARE: f64 = 0.1;
    /// How far a code is from the scale, and how many there are.
    const APART: f64 = 3.0;
    const CODES: usize = 3;
    let total: u64 = counts.values().sum();
    if total < ENOUGH || counts.keys().any(|value| value % 1_000_000 != 0) {
        return Apart::default();
    }
    let all: Vec<(i64, u64)> = counts
        .iter()
        .map(|(value, count)| (*value, *count))
        .collect();
    let ways = (0..=CODES).flat_map(|below| (0..=CODES - below).map(move |above| (below, above)));
    for (below, above) in ways {
        if below + above == 0 || below + above >= all.len() {
            continue;
        }
        let inner: BTreeMap<i64, u64> = all[below..all.len() - above].iter().copied().collect();
        let outside = all[..below].iter().chain(&all[all.len() - above..]);
        let outside: Vec<(i64, u64)> = outside.copied().collect();
        let rare = outside.iter().map(|(_, count)| count).sum::<u64>() as f64;
        let Some(scale) = snapped(&inner).filter(|scale| scale.low >= 0.0) else {
            continue;
        };
        let is_apart = |(value, _): &(i64, u64)| {
            let value = *value as f64 / 1e6;
            value <= scale.low - APART || value >= scale.high + APART
        };
        let steps = scale.width() + 1.0;
        let is_full =
            scale.width() >= 4.0 && scale.high <= 10.0 && inner.len() as f64 >= 0.8 * steps;
        let share = rare / total as f64;
        if is_full && share > STRAY_SHARE && share <= RARE && outside.iter().all(is_apart) {
            let (codes, kept) = outside
                .into_iter()
                .filter(|(value, _)| !stated.holds(*value as f64 / 1e6))
                .partition(|(value, _)| stated.is_code(*value as f64 / 1e6));
            return Apart { codes, kept };
        }
    }
    Apart::default()
}

/// Whether scores are shares of one: between nothing and all, and more of them than faces or thumbs are.
pub(crate) fn are_fractions(counts: &BTreeMap<i64, u64>) -> bool {
    /// Different ones between nothing and all.
    const FRACTIONS: usize = 5;
    counts.keys().all(|score| (0..=1_000_000).contains(score))
        && counts.range(1..1_000_000).count() >= FRACTIONS
}

/// Whether answers to a recommendation question came on 1 to 5: of many none is 0, or above 5.
pub(crate) fn are_of_five(counts: &BTreeMap<i64, u64>) -> bool {
    /// As many answers on 0 to 10 have one outside.
    const MANY: u64 = 100;
    counts.values().sum::<u64>() >= MANY
        && counts
            .keys()
            .all(|score| (1_000_000..=5_000_000).contains(score))
}

fn median(counts: &BTreeMap<i64, u64>, total: u64) -> i64 {
    let mut seen = 0;
    for (&value, &count) in counts {
        seen += count;
        if seen * 2 >= total {
            return value;
        }
    }
    0
}

/// The usual scale that holds all values.
fn snapped(counts: &BTreeMap<i64, u64>) -> Option<Scale> {
    let (&low, _) = counts.first_key_value()?;
    let (&high, _) = counts.last_key_value()?;
    let (low, high) = (low as f64 / 1e6, high as f64 / 1e6);
    let total: u64 = counts.values().sum();
    let scale = |low, high| Some(Scale { low, high });
    if low < 0.0 {
        for end in [1.0, 2.0, 3.0, 5.0, 10.0, 50.0, 100.0] {
            if low >= -end && high <= end {
                return scale(-end, end);
            }
        }
    } else if high <= 1.0 && low < 1.0 {
        return scale(0.0, 1.0);
    } else if low >= 1.0 && high <= 5.0 {
        return scale(1.0, 5.0);
    } else if high <= 5.0 {
        return scale(0.0, 5.0);
    } else if low >= 1.0 && high <= 7.0 && counts.len() > 2 {
        return scale(1.0, 7.0);
    } else if high <= 10.0 {
        // Many answers and not one zero: the scale has none.
        return if low >= 1.0 && total >= FEW {
            scale(1.0, 10.0)
        } else {
            scale(0.0, 10.0)
        };
    } else if high <= 100.0 {
        return scale(0.0, 100.0);
    }
    if low < high {
        scale(low, high)
    } else {
        scale(low.min(0.0), high.max(0.0))
    }
}

/// The metric of a source by its rule, on its scale; a sentence where the rule can't be kept.
pub(crate) fn metric(
    rule: MetricRule,
    scale: &mut Option<Scale>,
    given: bool,
    source: &str,
) -> (Metric, Option<String>) {
    let Some(ends) = *scale else {
        return (
            if rule == MetricRule::Coded {
                Metric::Coded
            } else {
                Metric::Mean
            },
            None,
        );
    };
    let cannot = |name: &str| {
        let why = format!(
            "scores of `{source}` run from {} to {}, where {name} is not defined: their mean is shown",
            ends.low, ends.high
        );
        (Metric::Mean, Some(why))
    };
    match rule {
        MetricRule::Mean => (Metric::Mean, None),
        MetricRule::Coded => (Metric::Coded, None),
        // Asked on 0-10, whichever answers came.
        MetricRule::Nps
            if ends.low >= 0.0 && ends.high <= 10.0 && (!given || ends.high == 10.0) =>
        {
            if !given {
                *scale = Some(Scale {
                    low: 0.0,
                    high: 10.0,
                });
            }
            (Metric::Nps, None)
        }
        MetricRule::Nps => cannot("a net promoter score"),
        MetricRule::Csat if ends.width() <= 1.0 => (Metric::Csat { cut: ends.high }, None),
        MetricRule::Csat if ends.width() <= 10.0 => (
            Metric::Csat {
                cut: ends.high - 1.0,
            },
            None,
        ),
        MetricRule::Csat => cannot("a share of the top two boxes"),
        MetricRule::Ces if ends.width() <= 1.0 => (Metric::Ces { cut: ends.high }, None),
        MetricRule::Ces if ends.width() >= 6.0 && ends.width() <= 10.0 => (
            Metric::Ces {
                cut: ends.high - 2.0,
            },
            None,
        ),
        MetricRule::Ces if ends.width() <= 10.0 => (
            Metric::Ces {
                cut: ends.high - 1.0,
            },
            None,
        ),
        MetricRule::Ces => cannot("a share that found it easy"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_snapped_and_strays_left_out() {
        let check = |values: &[(f64, u64)], expected: (f64, f64)| {
            let counts = values
                .iter()
                .map(|(value, count)| ((value * 1e6) as i64, *count))
                .collect();
            let found = find(&counts).map(|scale| (scale.low, scale.high));
            assert_eq!(found, Some(expected), "{values:?}");
        };
        check(&[(1.0, 3), (4.0, 2)], (1.0, 5.0));
        check(&[(5.0, 100_000)], (1.0, 5.0));
        check(&[(0.0, 3), (10.0, 2)], (0.0, 10.0));
        check(&[(2.0, 300), (10.0, 300)], (1.0, 10.0));
        check(&[(2.0, 3), (9.0, 2)], (0.0, 10.0));
        check(&[(1.0, 3), (6.0, 2), (7.0, 2)], (1.0, 7.0));
        check(&[(0.0, 3), (1.0, 2)], (0.0, 1.0));
        check(&[(-5.0, 30), (5.0, 20)], (-5.0, 5.0));
        check(&[(33.0, 30), (80.0, 20)], (0.0, 100.0));
        check(&[(1.0, 500), (5.0, 500), (99.0, 2)], (1.0, 5.0));
        check(&[(1.0, 500), (5.0, 500), (10.0, 60)], (1.0, 10.0));
        check(
            &[(-9.0, 6), (-5.0, 0), (-4.0, 195), (3.0, 3690), (4.0, 882)],
            (-5.0, 5.0),
        );
        assert_eq!(find(&BTreeMap::new()), None);
    }

    #[test]
    fn codes_for_no_answer_stand_apart_from_a_scale() {
        let check = |said: Option<(f64, f64)>,
                     of_ten,
                     values: &[(i64, u64)],
                     codes: &[i64],
                     kept: &[i64]| {
            let counts = values
                .iter()
                .map(|(value, count)| (value * 1_000_000, *count))
                .collect();
            let said = [said.map(|(low, high)| Scale { low, high })];
            let found = apart(
                &counts,
                Stated {
                    said: &said,
                    of_ten,
                },
            );
            let whole = |found: &[(i64, u64)]| -> Vec<i64> {
                found.iter().map(|(value, _)| value / 1_000_000).collect()
            };
            assert_eq!(whole(&found.codes), codes, "{values:?}");
            assert_eq!(whole(&found.kept), kept, "{values:?}");
        };
        let five = [(1, 42), (2, 40), (3, 28), (4, 45), (5, 38)];
        let with = |more: &[(i64, u64)]| [&five[..], more].concat();
        let to_five = Some((1.0, 5.0));
        check(to_five, false, &with(&[(9, 7)]), &[9], &[]);
        check(to_five, false, &with(&[(8, 2), (9, 7)]), &[8, 9], &[]);
        check(to_five, false, &with(&[(10, 7)]), &[], &[10]);
        check(None, false, &with(&[(98, 7), (99, 3)]), &[98, 99], &[]);
        let below = [&[(-99, 4)], &five[..]].concat();
        check(None, false, &below, &[-99], &[]);
        check(None, false, &with(&[]), &[], &[]);
        // No heading says where the scale ends: 9 may be a score.
        check(None, false, &with(&[(9, 7)]), &[], &[9]);
        check(None, false, &with(&[(9, 7), (99, 3)]), &[99], &[9]);
        // What is on the stated scale is a score.
        check(Some((1.0, 10.0)), false, &with(&[(8, 7)]), &[], &[]);
        check(Some((0.0, 100.0)), false, &with(&[(99, 7)]), &[], &[]);
        let recommend = [(0, 9), (1, 8), (2, 9), (3, 9), (4, 9), (5, 10), (10, 5)];
        check(None, true, &recommend, &[], &[]);
        check(to_five, true, &with(&[(9, 7)]), &[], &[]);
        // A scale to 7 or 10, or too many of them.
        check(to_five, false, &with(&[(7, 7)]), &[], &[]);
        check(
            to_five,
            false,
            &with(&[(8, 2), (9, 7), (10, 3)]),
            &[8, 9],
            &[10],
        );
        check(to_five, false, &with(&[(9, 70)]), &[], &[]);
        let few = [(1, 3), (2, 3), (3, 3), (4, 3), (5, 3), (9, 1)];
        check(to_five, false, &few, &[], &[]);
        let ten: Vec<(i64, u64)> = (0..=10).map(|step| (step, 18)).collect();
        check(None, true, &[&ten[..], &[(99, 10)]].concat(), &[99], &[]);
    }

    #[test]
    fn faces_are_no_fractions() {
        let check = |values: &[i64], expected| {
            let counts = values.iter().map(|value| (value * 1000, 3)).collect();
            assert_eq!(are_fractions(&counts), expected, "{values:?}");
        };
        check(&[0, 500, 1000], false);
        check(&[0, 250, 500, 750, 1000], false);
        check(&[200, 310, 475, 800, 925], true);
        check(&[200, 310, 475, 800, 925, 2000], false);
    }
}
