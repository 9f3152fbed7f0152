//! Dates as people's exports write them, as days since 1970-01-01.
//!
//! Whether `03/04/2026` is in March or April is decided by the whole column: [`Evidence`] counts
//! what every value says. Times and zones are left out: a day is the day that was written. Years
//! outside 1990 to 2100 are refused, and years of two digits but after a month's name or where a person said the
//! order (11/10/09 may be three days).

mod calendar;
mod evidence;

use crate::options::DateOrder;
use calendar::days_from_civil;
pub(crate) use calendar::{civil, day_number, month_of};
pub(crate) use evidence::Evidence;

/// How a column's dates are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub order: DateOrder,
    /// Whether a person said the order, so that `11/10/26` is one day.
    pub order_said: bool,
    /// Whether a number can be a spreadsheet's day (in sheets only).
    pub serial: bool,
}

const NO_DATE: &str = "no date that can be read (write it as 2026-11-21)";
const NO_DAY: &str = "there is no such day";
const YEAR: &str = "the year is outside 1990 to 2100";
const SHORT_YEAR: &str =
    "the year has two digits (write all four, or say the order with `--date-order dmy` or `mdy`)";

const SHORT_YEAR_FIRST: &str =
    "the year has two digits and may stand first or last (write all four)";

/// The day that a text says.
pub(crate) fn day(
    text: &str,
    reading: Reading,
    line: u64,
    evidence: &mut Evidence,
) -> Result<i32, &'static str> {
    let bytes = text.as_bytes();
    if let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, rest @ ..] = bytes {
        let two = |tens: &u8, ones: &u8| {
            (tens.is_ascii_digit() && ones.is_ascii_digit())
                .then(|| u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
        };
        if let (Some(century), Some(year), Some(month), Some(day)) =
            (two(y1, y2), two(y3, y4), two(m1, m2), two(d1, d2))
            && matches!(rest.first(), None | Some(b'T' | b' ' | b't'))
        {
            return days(i64::from(century * 100 + year), month, day);
        }
    }
    any_day(text, reading, line, evidence)
}

/// Whether a text is a day in three numbers, the year last and with four digits.
pub(crate) fn is_day_of_numbers(text: &str) -> bool {
    let lengths: Vec<usize> = text.split(['/', '.', '-']).map(str::len).collect();
    text.bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b'.' | b'-'))
        && matches!(lengths[..], [1 | 2, 1 | 2, 4])
}

/// A day as `2026-11-21`.
pub(crate) fn iso(day: i32) -> String {
    let (year, month, day) = civil(i64::from(day));
    format!("{year:04}-{month:02}-{day:02}")
}

/// Dates in other writings than `YYYY-MM-DD`.
fn any_day(
    text: &str,
    reading: Reading,
    line: u64,
    evidence: &mut Evidence,
) -> Result<i32, &'static str> {
    let parts: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let parts: Vec<&str> = parts.into_iter().map(without_ordinal).collect();
    let parts = match parts.first() {
        Some(first) if is_weekday(first) => &parts[1..],
        _ => &parts[..],
    };
    let number = |at: usize| {
        parts
            .get(at)
            .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
            .map(|part| (part.len(), part.parse::<u32>().unwrap_or(u32::MAX)))
    };
    if reading.serial
        && let Ok(serial) = text.parse::<f64>()
    {
        return serial_day(serial);
    }
    if let (Some((10 | 13, _)), 1) = (number(0), parts.len()) {
        return clock_day(parts[0]);
    }
    match (number(0), number(1), number(2)) {
        (Some((8, ymd)), ..) if parts.len() == 1 || is_time(&parts[1..]) => {
            days(i64::from(ymd / 10_000), ymd / 100 % 100, ymd % 100)
        }
        (Some((4, year)), Some((1 | 2, month)), Some((1 | 2, day))) if is_time(&parts[3..]) => {
            days(i64::from(year), month, day)
        }
        // `2026-11-21T09:30`: the day and the hour are one part.
        (Some((4, year)), Some((1 | 2, month)), None) if parts.len() == 2 => {
            days(i64::from(year), month, 1)
        }
        (Some((4, year)), Some((1 | 2, month)), None) => {
            let (day, rest) = parts[2].split_once(['T', 't']).ok_or(NO_DATE)?;
            if !rest.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(NO_DATE);
            }
            days(i64::from(year), month, day.parse().map_err(|_| NO_DATE)?)
        }
        (Some((1 | 2, first)), Some((1 | 2, second)), Some((length @ (2 | 4), year)))
            if is_time(&parts[3..]) =>
        {
            if length == 2 {
                // `24-03-15` puts the year first as a rule, `01/03 24:00` has none, and `9.30.15 1/2/2026` is a time.
                let is_alone = parts.len() == 3 || text.contains(':');
                if is_joined(text, &parts[..3], &["-"]) {
                    return Err(SHORT_YEAR_FIRST);
                }
                if !is_alone || !is_joined(text, &parts[..3], &["/", "."]) {
                    return Err(NO_DATE);
                }
                if !reading.order_said {
                    return Err(SHORT_YEAR);
                }
            }
            evidence.note(first, second, line, text);
            let year = if length == 2 {
                of_two_digits(year)
            } else {
                i64::from(year)
            };
            match reading.order {
                DateOrder::DayMonthYear => days(year, second, first),
                DateOrder::MonthDayYear => days(year, first, second),
            }
        }
        (Some((1 | 2, day)), None, Some((length, year))) if is_time(&parts[3..]) => {
            let month = month_named(parts[1]).ok_or(NO_DATE)?;
            match length {
                4 => days(i64::from(year), month, day),
                // `21-Nov-26`, and not the hour of `21 Nov 14:05`.
                2 if is_joined(text, &parts[..3], &["-", "/", "."]) => {
                    days(of_two_digits(year), month, day)
                }
                _ => Err(NO_DATE),
            }
        }
        (None, Some((1 | 2, day)), Some((4, year))) if is_time(&parts[3..]) => {
            days(i64::from(year), month_named(parts[0]).ok_or(NO_DATE)?, day)
        }
        _ => Err(NO_DATE),
    }
}

/// The year that two digits stand for.
fn of_two_digits(year: u32) -> i64 {
    let century = if year < 50 { 2000 } else { 1900 };
    century + i64::from(year)
}

/// `1` of `1st`, `22` of `22nd`.
fn without_ordinal(part: &str) -> &str {
    let digits = part.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let is_ordinal = matches!(digits.len(), 1 | 2)
        && ["st", "nd", "rd", "th"]
            .iter()
            .any(|end| part[digits.len()..].eq_ignore_ascii_case(end));
    if is_ordinal { digits } else { part }
}

/// Whether cells are a spreadsheet's day numbers, of the years 1954 to 2064.
pub(crate) fn are_serials<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let mut cells = cells.filter(|cell| !super::is_missing(cell)).peekable();
    let is_serial = |cell: &str| {
        let digits = cell.split('.').next().unwrap_or_default();
        digits.len() == 5
            && cell
                .parse::<f64>()
                .is_ok_and(|serial| (20_000.0..60_000.0).contains(&serial))
    };
    cells.peek().is_some() && cells.all(is_serial)
}

/// Whether parts are joined by one and the same of some marks.
fn is_joined(text: &str, parts: &[&str], marks: &[&str]) -> bool {
    marks.iter().any(|mark| {
        let rest = text.split_once(&parts.join(mark)).map(|(_, rest)| rest);
        rest.is_some_and(|rest| !rest.starts_with([':', '-', '/', '.']))
    })
}

/// Whether what follows a date can be a time and a zone.
fn is_time(parts: &[&str]) -> bool {
    parts.len() <= 7
        && parts.iter().all(|part| {
            part.len() <= 9
                && part
                    .bytes()
                    .next()
                    .is_none_or(|byte| byte.is_ascii_alphanumeric())
        })
        && parts.first().is_none_or(|part| {
            part.bytes()
                .next()
                .is_some_and(|byte| byte.is_ascii_digit())
        })
}

fn is_weekday(part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
    .iter()
    .any(|name| part == *name || part == name[..3])
}

pub(crate) fn month_named(part: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let part = part.to_ascii_lowercase();
    let place = NAMES.iter().position(|name| {
        part == *name || part == name[..3] || (part == "sept" && *name == "september")
    })?;
    Some(place as u32 + 1)
}

/// The day of a count of seconds (ten digits) or milliseconds (thirteen) since 1970.
fn clock_day(digits: &str) -> Result<i32, &'static str> {
    let count: i64 = digits.parse().map_err(|_| NO_DATE)?;
    let seconds = if digits.len() == 13 {
        count / 1000
    } else {
        count
    };
    known_day(seconds / 86_400)
}

/// A day within the years that are taken.
fn known_day(day: i64) -> Result<i32, &'static str> {
    let known = i64::from(days_from_civil(1990, 1, 1))..=i64::from(days_from_civil(2100, 12, 31));
    if known.contains(&day) {
        Ok(day as i32)
    } else {
        Err(YEAR)
    }
}

/// A spreadsheet's day number, where 1900-01-01 is 1.
fn serial_day(serial: f64) -> Result<i32, &'static str> {
    if !(1.0..=100_000.0).contains(&serial) {
        return Err(NO_DATE);
    }
    known_day(serial.floor() as i64 - 25_569)
}

fn days(year: i64, month: u32, day: u32) -> Result<i32, &'static str> {
    if !(1990..=2100).contains(&year) {
        return Err(YEAR);
    }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return Err(NO_DAY),
    };
    if (1..=longest).contains(&day) {
        Ok(days_from_civil(year, month, day))
    } else {
        Err(NO_DAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: DateOrder) -> Result<i32, &'static str> {
        day(
            text,
            Reading {
                order,
                order_said: false,
                serial: false,
            },
            1,
            &mut Evidence::default(),
        )
    }

    #[test]
    fn every_writing_of_a_day_is_read() {
        let check =
            |text, expected| assert_eq!(read(text, DateOrder::DayMonthYear), expected, "{text}");
        let day = Ok(19_783); // 2024-03-01
        for text in [
            "2024-03-01",
            "2024-03-01T23:59:59Z",
            "2024-03-01 08:15",
            "2024-03-01T08:15:00.123+02:00",
            "2024/3/1",
            "20240301",
            "01/03/2024",
            "1.3.2024",
            "01-03-2024 14:05",
            "1/3/2024 2:05:33 PM",
            "1 March 2024",
            "01-Mar-2024",
            "Mar 1, 2024",
            "Friday, 1 March 2024",
            "2024-03",
            "1709251200",
            "1709251200123",
        ] {
            check(text, day);
        }
        check("2024-02-29", Ok(19_782));
        check("2023-02-29", Err(NO_DAY));
        check("31/04/2024", Err(NO_DAY));
        check("0000-01-01", Err(YEAR));
        check("9999-12-31", Err(YEAR));
        check("01/03/24", Err(SHORT_YEAR));
        check("29-Feb-24", Ok(19_782));
        check("February 29th, 2024 9:05 PM", Ok(19_782));
        check("29th February 2024", Ok(19_782));
        check("29/Feb/24 9:30", Ok(19_782));
        for text in [
            "29 Feb 09.30",
            "29 Feb 09-30",
            "29 Feb 14 : 05",
            "29 February 24",
        ] {
            check(text, Err(NO_DATE));
        }
        check("29-Feb-199", Err(NO_DATE));
        check("29 Feb 14:05", Err(NO_DATE));
        check("Thu 29 Feb 09:15", Err(NO_DATE));
        check("29-Feb-52", Err(YEAR));
        check("yesterday", Err(NO_DATE));
        check("45000", Err(NO_DATE));
        check("2024-03-01x", Err(NO_DATE));
        assert_eq!(read("03/01/2024", DateOrder::MonthDayYear), day);
    }

    #[test]
    fn the_order_is_the_columns() {
        let order = |values: &[&str]| {
            let mut evidence = Evidence::default();
            for (line, value) in values.iter().enumerate() {
                let reading = Reading {
                    order: DateOrder::DayMonthYear,
                    order_said: false,
                    serial: false,
                };
                let _ = day(value, reading, line as u64, &mut evidence);
            }
            (evidence.order(), evidence.either)
        };
        assert_eq!(
            order(&["01/02/2024", "13/02/2024"]),
            (Some(DateOrder::DayMonthYear), 1)
        );
        assert_eq!(
            order(&["01/02/2024", "02/13/2024"]),
            (Some(DateOrder::MonthDayYear), 1)
        );
        assert_eq!(order(&["01/02/2024", "03/04/2024"]), (None, 2));
        assert_eq!(order(&["2024-01-02", "05/05/2024"]), (None, 0));
    }

    #[test]
    fn years_of_two_digits_are_read_where_the_order_was_said() {
        let check = |text, order, expected| {
            let reading = Reading {
                order,
                order_said: true,
                serial: false,
            };
            let found = day(text, reading, 1, &mut Evidence::default());
            assert_eq!(found, expected, "{text}");
        };
        let day = Ok(19_783); // 2024-03-01
        check("01/03/24", DateOrder::DayMonthYear, day);
        check("3/1/24 9:15:03", DateOrder::MonthDayYear, day);
        check("3.1.24", DateOrder::MonthDayYear, day);
        check("13/01/24", DateOrder::MonthDayYear, Err(NO_DAY));
        check("01/03/55", DateOrder::DayMonthYear, Err(YEAR));
        // An hour is no year.
        check("01/03 24:00", DateOrder::DayMonthYear, Err(NO_DATE));
        check("24-03-15", DateOrder::DayMonthYear, Err(SHORT_YEAR_FIRST));
        check("Fri 01/03/24", DateOrder::DayMonthYear, day);
        check("10.11.12 15/01/2025", DateOrder::DayMonthYear, Err(NO_DATE));
    }

    #[test]
    fn serial_days_are_read_in_sheets_alone() {
        let reading = Reading {
            order: DateOrder::DayMonthYear,
            order_said: false,
            serial: true,
        };
        assert_eq!(
            day("45352", reading, 1, &mut Evidence::default()),
            Ok(19_783)
        );
        assert_eq!(
            day("45352.75", reading, 1, &mut Evidence::default()),
            Ok(19_783)
        );
        assert_eq!(day("7", reading, 1, &mut Evidence::default()), Err(YEAR));
    }

    #[test]
    fn months_agree_with_the_calendar() {
        for (text, month) in [
            ("1990-01-01", 240),
            ("2024-02-29", 649),
            ("2024-03-01", 650),
            ("2100-12-31", 1571),
        ] {
            assert_eq!(
                read(text, DateOrder::DayMonthYear).map(month_of),
                Ok(month),
                "{text}"
            );
        }
    }
}
