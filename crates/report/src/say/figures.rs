//! Estimates in words: how many digits, which unit, what the interval says.

use super::numbers::{fixed, signed};
use throughline_domain::brief::Rank;
use throughline_domain::{Estimate, Interval, Metric};

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A plain number: points, a mean on a scale.
    Plain,
    /// A number whose sign is always said: a net promoter score, a change.
    Signed,
    /// A value that is a percentage already (0 to 100).
    Percent,
    /// A share (0 to 1), said as a percentage.
    Share,
    /// A change of a share, said in percentage points with its sign.
    ShareChange,
}

/// The unit in which a source's score is written.
pub(crate) fn unit_of(metric: &Metric) -> Unit {
    match metric {
        Metric::Nps => Unit::Signed,
        Metric::Csat { .. } | Metric::Ces { .. } => Unit::Percent,
        Metric::Mean | Metric::Coded => Unit::Plain,
    }
}

/// The value, with as many digits as its interval leaves certain.
pub(crate) fn value(estimate: &Estimate, unit: Unit) -> String {
    let decimals = decimals(estimate, unit);
    match unit {
        Unit::Percent | Unit::Share => {
            format!("{}%", written(estimate.value, unit, decimals))
        }
        _ => written(estimate.value, unit, decimals),
    }
}

/// The interval's ends, where there is one: `0.20 to 0.64`.
pub(crate) fn range(estimate: &Estimate, unit: Unit) -> Option<String> {
    let Interval { low, high } = estimate.ends()?;
    let decimals = decimals(estimate, unit);
    let percent = if matches!(unit, Unit::Percent | Unit::Share) {
        "%"
    } else {
        ""
    };
    Some(format!(
        "{}{percent} to {}{percent}",
        written(low, unit, decimals),
        written(high, unit, decimals),
    ))
}

/// The interval as `spread` of a chart: value, low and high in the unit written.
pub(crate) fn spread(estimate: &Estimate, unit: Unit) -> (f64, Option<(f64, f64)>) {
    let times = times(unit);
    let ends = estimate.ends();
    (
        estimate.value * times,
        ends.map(|ends| (ends.low * times, ends.high * times)),
    )
}

/// Whether the figure's interval leaves its sign beyond doubt. Without an interval it can't.
pub(crate) fn can_tell(estimate: &Estimate) -> bool {
    estimate
        .ends()
        .is_some_and(|ends| ends.low > 0.0 || ends.high < 0.0)
}

/// How simple a fix is, from 0 (hard) to 1 (simple).
pub(crate) fn ease_words(ease: f64) -> &'static str {
    match ease {
        e if e >= 0.8 => "simple",
        e if e >= 0.6 => "fairly simple",
        e if e >= 0.4 => "neither simple nor hard",
        e if e >= 0.2 => "fairly hard",
        _ => "hard",
    }
}

/// How sure it is that a fix is among the best five.
pub(crate) fn top_five_words(probability: f64) -> &'static str {
    match probability {
        p if p >= 0.95 => "almost certainly among the best five",
        p if p >= 0.8 => "very likely among the best five",
        p if p >= 0.6 => "likely among the best five",
        p if p >= 0.4 => "as likely as not among the best five",
        p if p >= 0.2 => "perhaps among the best five",
        _ => "unlikely to be among the best five",
    }
}

/// A place in the order with its interval: `place 1 to 3 of 8`.
pub(crate) fn place_words(rank: &Rank, of: usize) -> String {
    if rank.low == rank.high {
        format!("place {} of {of}", rank.low)
    } else {
        format!("place {} to {} of {of}", rank.low, rank.high)
    }
}

fn times(unit: Unit) -> f64 {
    match unit {
        Unit::Share | Unit::ShareChange => 100.0,
        _ => 1.0,
    }
}

fn written(value: f64, unit: Unit, decimals: usize) -> String {
    let value = value * times(unit);
    match unit {
        Unit::Signed | Unit::ShareChange => signed(value, decimals),
        Unit::Plain | Unit::Percent | Unit::Share => fixed(value, decimals),
    }
}

/// Half the interval's width tells which digits mean something; where there is no interval, a
/// tenth of the value stands in for it.
fn decimals(estimate: &Estimate, unit: Unit) -> usize {
    let doubt = match estimate.ends() {
        Some(ends) if ends.high > ends.low => (ends.high - ends.low) / 2.0,
        _ => estimate.value.abs() / 10.0,
    } * times(unit);
    let digits = match doubt {
        d if d >= 2.5 => 0,
        d if d >= 0.25 || d == 0.0 => 1,
        d if d >= 0.025 => 2,
        _ => 3,
    };
    // Nobody reads hundredths of a percent, unless there is nothing else to read.
    let percent = matches!(unit, Unit::Percent | Unit::Share | Unit::ShareChange);
    let digits = if percent && estimate.value.abs() * times(unit) >= 0.5 {
        digits.min(1)
    } else {
        digits
    };
    // An end that isn't zero mustn't be read as one: the sign is told.
    let nearest = match estimate.ends() {
        Some(ends) if can_tell(estimate) => ends.low.abs().min(ends.high.abs()) * times(unit),
        _ => return digits,
    };
    let is_zero = |digits: &usize| nearest < 0.5 * 0.1_f64.powi(*digits as i32);
    (digits..digits + 2)
        .find(|digits| !is_zero(digits))
        .unwrap_or(digits + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_domain::estimate::Reason;

    fn known(value: f64, low: f64, high: f64) -> Estimate {
        Estimate::with_interval(value, low, high, 10, "test")
    }

    #[test]
    fn digits_follow_the_interval() {
        for (estimate, unit, expected) in [
            (known(0.4213, 0.2, 0.64), Unit::Plain, "0.42 (0.20 to 0.64)"),
            (
                known(23.41, 22.6, 24.2),
                Unit::Signed,
                "+23.4 (+22.6 to +24.2)",
            ),
            (known(23.41, 12.0, 34.0), Unit::Signed, "+23 (+12 to +34)"),
            (
                known(0.0313, 0.028, 0.034),
                Unit::Share,
                "3.1% (2.8% to 3.4%)",
            ),
            (
                known(71.0, 69.2, 72.8),
                Unit::Percent,
                "71.0% (69.2% to 72.8%)",
            ),
            (
                known(-0.004, -0.012, 0.004),
                Unit::ShareChange,
                "\u{2212}0.4 (\u{2212}1.2 to +0.4)",
            ),
            // Clear of zero, and seen to be.
            (
                known(-0.004, -0.0072, -0.0003),
                Unit::ShareChange,
                "\u{2212}0.40 (\u{2212}0.72 to \u{2212}0.03)",
            ),
        ] {
            let range = range(&estimate, unit).unwrap_or_default();
            assert_eq!(format!("{} ({range})", value(&estimate, unit)), expected);
        }
    }

    #[test]
    fn nothing_can_be_told_from_an_interval_across_zero_or_from_none() {
        assert!(can_tell(&known(1.0, 0.1, 2.0)));
        assert!(can_tell(&known(-1.0, -2.0, -0.1)));
        assert!(!can_tell(&known(1.0, -0.1, 2.0)));
        let bare = Estimate::without_interval(1.0, Reason::NoScores, 3, "test");
        assert!(!can_tell(&bare));
        assert_eq!(range(&bare, Unit::Plain), None);
    }
}
