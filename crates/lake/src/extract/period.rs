//! Columns of periods: which calendar they are on, in what order, and which are absent.
//!
//! The calendar is told by all values together: whole numbers (also `wave 3`), years, halves
//! (`2024-H1`), quarters (`2024-Q1`), months (`2024-05`, `202405`), ISO weeks (`2024-W07`), days
//! as people's exports write them. Days that are all the first, or all the last, of their month
//! are months. Weeks are numbered by ISO 8601; day numbers as in `check::date`.

use super::calendar::{are_months, fitting};
use crate::check::date::{civil, day_number};
use std::collections::BTreeSet;

/// What one step of a period column's numbers is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// Whole numbers without a meaning in time: waves, rounds.
    Number,
    /// Years.
    Year,
    /// Halves of a year.
    Half,
    /// Quarters.
    Quarter,
    /// Months.
    Month,
    /// ISO weeks.
    Week,
    /// Days.
    Day,
}

/// A column of periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Periods {
    /// As the file calls it.
    pub name: String,
    /// What it counts.
    pub calendar: Calendar,
    /// A row's period as a count of calendar steps from a fixed start, or none. Columns read from
    /// one file share the calendar, so their counts compare.
    pub ordinals: Vec<Option<i64>>,
    /// The periods there are, ascending.
    pub distinct: Vec<i64>,
}

/// A text column that is to be periods.
pub(super) struct Texts {
    pub name: String,
    pub codes: Vec<Option<u32>>,
    pub names: Vec<String>,
    /// Whether `0`, `never` and `inf` stand for no period.
    pub or_never: bool,
}

/// Row, column, value, why, hint.
pub(super) type Refused = (usize, String, String, &'static str, &'static str);

const HINT: &str = "periods can be whole numbers, years, 2024-H1, 2024-Q1, 2024-05, 2024-W07 or dates such as 2024-05-31, all of one kind";

impl Periods {
    /// Rows without a period.
    pub fn missing(&self) -> usize {
        self.ordinals
            .iter()
            .filter(|period| period.is_none())
            .count()
    }

    /// Calendar steps from one period to the next: the greatest that all of them are apart by.
    pub fn step(&self) -> i64 {
        let apart = self.distinct.windows(2).map(|pair| pair[1] - pair[0]);
        apart.fold(0, greatest_common_divisor).max(1)
    }

    /// All periods from the first to the last in steps of [`Self::step`], absent ones too; the
    /// present ones alone where there would be over ten times as many.
    pub fn grid(&self) -> Vec<i64> {
        let (Some(&first), Some(&last)) = (self.distinct.first(), self.distinct.last()) else {
            return Vec::new();
        };
        let step = self.step();
        let steps = (last - first) / step + 1;
        if steps > 10 * self.distinct.len() as i64 {
            return self.distinct.clone();
        }
        (0..steps).map(|at| first + at * step).collect()
    }

    /// A row's place in [`Self::grid`]: consecutive numbers from 0.
    pub fn places(&self) -> Vec<Option<usize>> {
        let grid = self.grid();
        let place = |period: &Option<i64>| period.and_then(|at| grid.binary_search(&at).ok());
        self.ordinals.iter().map(place).collect()
    }

    /// Periods between the first and the last that no row has, as a person writes them: one text
    /// a gap (`2024-Q3`, `2024-02 to 2031-05`), however long it is.
    pub fn absent(&self) -> Vec<String> {
        let step = self.step();
        let apart = self.distinct.windows(2);
        let gaps = apart.map(|pair| (pair[0] + step, pair[1] - step));
        gaps.filter(|(first, last)| first <= last)
            .map(|(first, last)| match first == last {
                true => self.said(first),
                false => format!("{} to {}", self.said(first), self.said(last)),
            })
            .collect()
    }

    /// A period as a person writes it: `2024-Q1`.
    pub fn said(&self, ordinal: i64) -> String {
        let parts = |of_year: i64| (ordinal.div_euclid(of_year), ordinal.rem_euclid(of_year) + 1);
        match self.calendar {
            Calendar::Number | Calendar::Year => ordinal.to_string(),
            Calendar::Half => {
                let (year, half) = parts(2);
                format!("{year}-H{half}")
            }
            Calendar::Quarter => {
                let (year, quarter) = parts(4);
                format!("{year}-Q{quarter}")
            }
            Calendar::Month => {
                let (year, month) = parts(12);
                format!("{year:04}-{month:02}")
            }
            Calendar::Week => {
                // A week belongs to the year of its Thursday.
                let thursday = ordinal * 7;
                let (year, ..) = civil(thursday);
                let week = (thursday - day_number(year, 1, 1)) / 7 + 1;
                format!("{year:04}-W{week:02}")
            }
            Calendar::Day => {
                let (year, month, day) = civil(ordinal);
                format!("{year:04}-{month:02}-{day:02}")
            }
        }
    }
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Calendar {
    /// Reads all period columns of a file on the one calendar that all of them fit.
    pub(super) fn read(mut columns: Vec<Texts>) -> Result<Vec<Periods>, Refused> {
        let is_never = |text: &str| {
            matches!(text.trim_start_matches('+'), "0" | "0.0")
                || ["never", "inf", "infinity"]
                    .iter()
                    .any(|word| text.eq_ignore_ascii_case(word))
        };
        for column in columns.iter_mut().filter(|column| column.or_never) {
            let names = &column.names;
            let named = |code: u32| names.get(code as usize).map_or("", String::as_str);
            for code in &mut column.codes {
                *code = code.filter(|&code| !is_never(named(code)));
            }
        }
        let texts: BTreeSet<&str> = columns
            .iter()
            .flat_map(|column| {
                let named = |code: u32| column.names.get(code as usize).map(String::as_str);
                let used: BTreeSet<u32> = column.codes.iter().flatten().copied().collect();
                used.into_iter().filter_map(named).collect::<Vec<_>>()
            })
            .collect();
        let texts: Vec<&str> = texts.into_iter().collect();
        let (mut calendar, mut read) = fitting(&texts).map_err(|(text, why)| {
            let found = columns.iter().find_map(|column| {
                let code = column.names.iter().position(|name| name == &text)? as u32;
                let row = column.codes.iter().position(|at| *at == Some(code))?;
                Some((row, column.name.clone()))
            });
            let (row, name) = found.unwrap_or_default();
            (row, name, text, why, HINT)
        })?;
        if calendar == Calendar::Day && !read.is_empty() && are_months(&read) {
            calendar = Calendar::Month;
            for day in &mut read {
                let (year, month, _) = civil(*day);
                *day = year * 12 + i64::from(month) - 1;
            }
        }
        Ok(columns
            .iter()
            .map(|column| {
                let by_code: Vec<Option<i64>> = column
                    .names
                    .iter()
                    .map(|name| texts.binary_search(&name.as_str()).ok().map(|at| read[at]))
                    .collect();
                let ordinals: Vec<Option<i64>> = column
                    .codes
                    .iter()
                    .map(|code| code.and_then(|code| by_code.get(code as usize).copied().flatten()))
                    .collect();
                let distinct: BTreeSet<i64> = ordinals.iter().flatten().copied().collect();
                Periods {
                    name: column.name.clone(),
                    calendar,
                    ordinals,
                    distinct: distinct.into_iter().collect(),
                }
            })
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::calendar::{EITHER, NO_PERIOD, OTHER_KIND};
    use super::*;

    fn read(texts: &[&str]) -> Result<Periods, Refused> {
        let (codes, names) = {
            let mut all = super::super::label::Gathered::default();
            texts.iter().for_each(|text| all.push(text));
            all.ordered()
        };
        let texts = Texts {
            name: "period".to_owned(),
            codes,
            names,
            or_never: false,
        };
        Calendar::read(vec![texts]).map(|mut columns| columns.remove(0))
    }

    #[test]
    fn calendars_are_told_by_all_values() {
        let check = |texts: &[&str], calendar, places: &[usize], said: &str| {
            let periods = read(texts).expect("periods");
            assert_eq!(periods.calendar, calendar, "{texts:?}");
            let found: Vec<usize> = periods.places().into_iter().flatten().collect();
            assert_eq!(found, places, "{texts:?}");
            let last = periods.distinct.last().copied().unwrap_or_default();
            assert_eq!(periods.said(last), said, "{texts:?}");
        };
        check(&["3", "1", "2.0"], Calendar::Number, &[2, 0, 1], "3");
        check(&["wave 2", "Wave 1"], Calendar::Number, &[1, 0], "2");
        check(
            &["2012", "2014", "2013"],
            Calendar::Year,
            &[0, 2, 1],
            "2014",
        );
        check(&["2024-H2", "2025H1"], Calendar::Half, &[0, 1], "2025-H1");
        check(
            &["Q4 2023", "2024-Q1", "2024q2"],
            Calendar::Quarter,
            &[0, 1, 2],
            "2024-Q2",
        );
        check(
            &["2024-11", "2025-01", "2024-12"],
            Calendar::Month,
            &[0, 2, 1],
            "2025-01",
        );
        check(&["202412", "202501"], Calendar::Month, &[0, 1], "2025-01");
        check(
            &["Nov 2024", "December 2024"],
            Calendar::Month,
            &[0, 1],
            "2024-12",
        );
        check(
            &["2024-01-31", "2024-02-29"],
            Calendar::Month,
            &[0, 1],
            "2024-02",
        );
        check(
            &["2020-W53", "2021-W01"],
            Calendar::Week,
            &[0, 1],
            "2021-W01",
        );
        check(
            &["2024-03-01", "15/03/2024"],
            Calendar::Day,
            &[0, 1],
            "2024-03-15",
        );
        check(
            &["20240301", "20240302"],
            Calendar::Day,
            &[0, 1],
            "2024-03-02",
        );
        check(
            &["1850-06-01", "1850-07-01"],
            Calendar::Month,
            &[0, 1],
            "1850-07",
        );
    }

    #[test]
    fn gaps_are_known() {
        let periods = read(&["2024-Q1", "2024-Q2", "2024-Q4"]).expect("quarters");
        assert_eq!(periods.absent(), ["2024-Q3"]);
        // Every third month is a steady step of three.
        let periods = read(&["2024-01", "2024-04", "2024-07"]).expect("months");
        assert_eq!((periods.step(), periods.absent()), (3, vec![]));
        // Two periods far apart aren't a billion.
        let periods = read(&["1", "2", "1000000000"]).expect("numbers");
        assert_eq!(periods.grid(), periods.distinct);
        assert_eq!(periods.absent(), ["3 to 999999999"]);
    }

    #[test]
    fn what_is_no_period_is_named() {
        let check = |texts: &[&str], value: &str, why: &str| {
            let (_, _, found, said, _) = read(texts).expect_err("no periods");
            assert_eq!((found.as_str(), said), (value, why));
        };
        check(&["2024-Q1", "2024-Q5"], "2024-Q5", OTHER_KIND);
        check(&["2024-01", "soon", "2024-02"], "soon", OTHER_KIND);
        check(&["soon"], "soon", NO_PERIOD);
        check(&["03/04/2024", "05/06/2024"], "03/04/2024", EITHER);
        check(&["2021-W53", "2021-W52"], "2021-W53", OTHER_KIND);
    }
}
