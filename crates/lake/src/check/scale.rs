//! The scale of a source's scores, found from the data, and the metric that goes with it.
//!
//! A scale is snapped to one that surveys use. A handful of stray values far outside (at most half
//! a percent) doesn't widen it: they are refused instead, and said.

use crate::options::MetricRule;
use std::collections::BTreeMap;
use throughline_domain::metric::{Metric, Scale};

/// Largest share of values that may lie outside a found scale.
const STRAY_SHARE: f64 = 0.005;
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
}
