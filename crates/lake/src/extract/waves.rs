//! Periods that came as texts, put in time's order: by the same calendar as a column's.

use super::label::Gathered;
use super::period::{Calendar, Texts};
use std::collections::BTreeMap;

/// Periods in time's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waves {
    /// Each text's place, from 0; two ways of writing one period share it.
    pub places: BTreeMap<String, usize>,
    /// Evenly spaced periods between the first and the last that no text names, as people write
    /// them: one text a gap.
    pub absent: Vec<String>,
}

impl Waves {
    /// Reads texts that are all periods of one kind.
    ///
    /// # Errors
    /// The first text that isn't, and why, as the middle of a sentence.
    pub fn read<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut gathered = Gathered::default();
        for text in texts {
            gathered.push(text);
        }
        let (codes, names) = gathered.ordered();
        let column = Texts {
            name: String::new(),
            codes: codes.clone(),
            names: names.clone(),
            or_never: false,
        };
        let mut read = Calendar::read(vec![column])
            .map_err(|(_, _, text, why, _)| format!("`{text}` {why}"))?;
        let periods = read.pop().ok_or("there are no periods")?;
        let placed = codes.iter().zip(&periods.ordinals);
        let places = placed.filter_map(|(code, ordinal)| {
            let place = periods.distinct.binary_search(&(*ordinal)?).ok()?;
            Some((names.get((*code)? as usize)?.clone(), place))
        });
        Ok(Self {
            places: places.collect(),
            absent: periods.absent(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(texts: &[&str], absent: &[&str]) {
        let waves = Waves::read(texts.iter().rev().copied()).expect("periods");
        let expected = texts.iter().enumerate().map(|(k, t)| ((*t).to_owned(), k));
        assert_eq!(waves.places, expected.collect());
        assert_eq!(waves.absent, absent);
    }

    #[test]
    fn texts_are_put_in_times_order() {
        check(&["8", "9", "10", "11"], &[]);
        check(&["wave 1", "wave 2", "wave 10"], &["3 to 9"]);
        check(&["Jan 2024", "Feb 2024", "Apr 2024"], &["2024-03"]);
        check(&["31.12.2023", "31.01.2024", "29.02.2024"], &[]);
        check(&["Q4 2023", "Q1 2024"], &[]);
        check(&["Nov-25", "Dec-25", "Jan-26"], &[]);
        check(&["Nov '25", "Dec ’25", "Jan-26"], &[]);
    }

    #[test]
    fn one_period_written_twice_is_one_place() {
        let waves = Waves::read(["2024-01", "Jan 2024", "2024-02"]).expect("months");
        assert_eq!(waves.places["2024-01"], waves.places["Jan 2024"]);
        assert_eq!(waves.places["2024-02"], 1);
    }

    #[test]
    fn what_is_no_period_is_named() {
        let why = Waves::read(["2024-01", "soon", "2024-02"]).expect_err("no periods");
        assert!(why.starts_with("`soon` is not a period"), "{why}");
        // Weeks by their first day aren't months of 2010 to 2026.
        for mark in [" ", ".", "/"] {
            let weeks = ["Nov 19", "Nov 26", "Dec 10"].map(|week| week.replace(' ', mark));
            Waves::read(weeks.iter().map(String::as_str)).expect_err("no months");
        }
    }
}
