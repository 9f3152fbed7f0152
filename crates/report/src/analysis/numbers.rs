//! Numbers in a terminal's table: as many digits as mean something, a plain minus sign (so that
//! they can be copied into other programs), `-` where there is none.

/// What stands where there is no number.
pub(crate) const NONE: &str = "-";

/// Beyond these, a number is written with an exponent.
const MOST_DECIMALS: usize = 5;

/// Decimals that show three digits of the largest of some values (two at least of those near 1).
pub(crate) fn decimals_for(values: impl IntoIterator<Item = f64>) -> usize {
    let largest = values
        .into_iter()
        .filter(|value| value.is_finite())
        .fold(0.0_f64, |largest, value| largest.max(value.abs()));
    match largest {
        v if v >= 1000.0 => 0,
        v if v >= 100.0 => 1,
        v if v >= 10.0 => 2,
        v if v >= 0.1 || v == 0.0 => 3,
        v if v >= 0.01 => 4,
        _ => MOST_DECIMALS,
    }
}

/// A number with so many decimals; very large and very small ones with an exponent.
pub(crate) fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    let size = value.abs();
    // Smaller than that is rounding, and reads as nothing.
    let small = decimals >= MOST_DECIMALS && (1e-12..0.5e-5).contains(&size);
    if size >= 1e9 || small {
        return format!("{value:.2e}");
    }
    let text = format!("{value:.decimals$}");
    if text
        .trim_start_matches('-')
        .bytes()
        .all(|byte| matches!(byte, b'0' | b'.'))
    {
        return text.trim_start_matches('-').to_owned();
    }
    text
}

/// The same of a number that may be missing.
pub(crate) fn maybe(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| NONE.to_owned(), |value| fixed(value, decimals))
}

/// Both ends of an interval: `0.12 to 0.34`.
pub(crate) fn ends(low: Option<f64>, high: Option<f64>, decimals: usize) -> String {
    match (low, high) {
        (Some(low), Some(high)) => {
            format!("{} to {}", fixed(low, decimals), fixed(high, decimals))
        }
        _ => NONE.to_owned(),
    }
}

/// A share as a percentage: `12.3%`.
pub(crate) fn percent(share: f64) -> String {
    if share.is_finite() {
        format!("{}%", fixed(100.0 * share, 1))
    } else {
        NONE.to_owned()
    }
}

/// Both ends of a share's interval.
pub(crate) fn percent_ends(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("{} to {}", percent(low), percent(high)),
        _ => NONE.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_mean_something() {
        for (said, expected) in [
            (fixed(0.12345, 3), "0.123"),
            (fixed(-0.0001, 3), "0.000"),
            (fixed(-1.5, 1), "-1.5"),
            (fixed(1.5e12, 1), "1.50e12"),
            (fixed(3e-9, 5), "3.00e-9"),
            (fixed(-3e-15, 5), "0.00000"),
            (fixed(f64::NAN, 1), "-"),
            (maybe(None, 1), "-"),
            (ends(Some(-0.1), Some(0.25), 2), "-0.10 to 0.25"),
            (percent(0.1234), "12.3%"),
        ] {
            assert_eq!(said, expected);
        }
        assert_eq!(decimals_for([0.5, 12.0]), 2);
        assert_eq!(decimals_for([]), 3);
    }
}
