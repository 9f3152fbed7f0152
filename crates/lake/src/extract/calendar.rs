//! Telling a calendar from texts: each way of writing periods as a count on its calendar.

use super::period::Calendar;
use crate::check::date::{self, Evidence, Reading, civil, day_number};
use crate::options::DateOrder;

/// Why a text is refused.
pub(super) const NO_PERIOD: &str = "is not a period";
pub(super) const OTHER_KIND: &str = "is not a period of the same kind as the column's others";
pub(super) const EITHER: &str = "can be day/month or month/day, and no other value tells which";

/// The calendar that all texts are on, and their numbers on it; or the first text that isn't.
pub(super) fn fitting(texts: &[&str]) -> Result<(Calendar, Vec<i64>), (String, &'static str)> {
    type Read = fn(&str) -> Option<i64>;
    let ways: [(Calendar, Read); 7] = [
        (Calendar::Month, six_digits),
        (Calendar::Day, eight_digits),
        (Calendar::Number, whole),
        (Calendar::Half, half),
        (Calendar::Quarter, quarter),
        (Calendar::Month, month),
        (Calendar::Week, week),
    ];
    let mut best = 0;
    let mut odd = None;
    for (calendar, read) in ways {
        let numbers: Vec<i64> = texts.iter().filter_map(|text| read(text)).collect();
        if numbers.len() == texts.len() {
            let years = calendar == Calendar::Number
                && numbers.iter().all(|year| (1900..=2100).contains(year));
            return Ok((if years { Calendar::Year } else { calendar }, numbers));
        }
        if numbers.len() > best {
            best = numbers.len();
            odd = texts.iter().find(|text| read(text).is_none()).copied();
        }
    }
    if let Some(numbers) = numbered(texts) {
        return Ok((Calendar::Number, numbers));
    }
    let (numbers, evidence) = days(texts, DateOrder::DayMonthYear);
    let (numbers, evidence) = match evidence.order() {
        Some(DateOrder::MonthDayYear) => days(texts, DateOrder::MonthDayYear),
        _ => (numbers, evidence),
    };
    let read: Vec<i64> = numbers.iter().flatten().copied().collect();
    if read.len() == texts.len() {
        return match (evidence.order(), evidence.example) {
            (None, Some((_, text))) => Err((text, EITHER)),
            _ => Ok((Calendar::Day, read)),
        };
    }
    if read.len() > best {
        best = read.len();
        odd = texts
            .iter()
            .zip(&numbers)
            .find(|(_, day)| day.is_none())
            .map(|(text, _)| *text);
    }
    let text = odd.or_else(|| texts.first().copied()).unwrap_or_default();
    Err((
        text.to_owned(),
        if best > 0 { OTHER_KIND } else { NO_PERIOD },
    ))
}

fn days(texts: &[&str], order: DateOrder) -> (Vec<Option<i64>>, Evidence) {
    let mut evidence = Evidence::default();
    let reading = Reading {
        order,
        order_said: false,
        serial: false,
    };
    let read = texts.iter().map(|text| {
        iso_day(text).or_else(|| {
            date::day(text, reading, 0, &mut evidence)
                .ok()
                .map(i64::from)
        })
    });
    (read.collect(), evidence)
}

/// `2024-05-31`, of any year of four digits.
fn iso_day(text: &str) -> Option<i64> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let year = year_of(year)?;
    let (month, day) = (in_range(month, 12)?, in_range(day, 31)?);
    let number = day_number(year, month as u32, day as u32);
    (civil(number) == (year, month as u32, day as u32)).then_some(number)
}

/// Whether days stand for months: all the first, or all the last, of one.
pub(super) fn are_months(days: &[i64]) -> bool {
    let first = |&day: &i64| civil(day).2 == 1;
    days.iter().all(first) || days.iter().all(|day| first(&(day + 1)))
}

fn whole(text: &str) -> Option<i64> {
    const LARGEST: i64 = 1_000_000_000_000_000;
    let text = match text.split_once('.') {
        Some((before, zeros)) if zeros.bytes().all(|byte| byte == b'0') => before,
        _ => text,
    };
    let number: i64 = text.parse().ok()?;
    (-LARGEST..=LARGEST).contains(&number).then_some(number)
}

/// `wave 3`, `T2`: one word before all numbers.
fn numbered(texts: &[&str]) -> Option<Vec<i64>> {
    let mut word: Option<String> = None;
    texts
        .iter()
        .map(|text| {
            let digits = text.len() - text.bytes().rev().take_while(u8::is_ascii_digit).count();
            let before = text[..digits]
                .trim_end_matches([' ', '-', '_', '.', '#'])
                .to_lowercase();
            if before.is_empty() || !before.chars().all(char::is_alphabetic) {
                return None;
            }
            if word.get_or_insert_with(|| before.clone()) != &before {
                return None;
            }
            whole(&text[digits..])
        })
        .collect()
}

fn year_of(text: &str) -> Option<i64> {
    let four = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| four)
}

/// A number of one or two digits from 1 to `most`.
fn in_range(text: &str, most: i64) -> Option<i64> {
    let short = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|number| short && (1..=most).contains(number))
}

fn six_digits(text: &str) -> Option<i64> {
    let (year, month) = text.split_at_checked(4)?;
    let year = year_of(year).filter(|year| (1900..=2100).contains(year))?;
    let month = in_range(month, 12).filter(|_| month.len() == 2)?;
    Some(year * 12 + month - 1)
}

fn eight_digits(text: &str) -> Option<i64> {
    let plain = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let (year, rest) = text.split_at_checked(4).filter(|_| plain)?;
    let (month, day) = rest.split_at_checked(2)?;
    let year_known = year_of(year).filter(|year| (1900..=2100).contains(year))?;
    iso_day(&format!("{year_known}-{month}-{day}"))
}

/// Year and part of `2024-Q1`, `2024 q1`, `Q1 2024`, `Q1/2024`.
fn part_of_year(text: &str, letter: char, most: i64) -> Option<(i64, i64)> {
    let upper = text.to_ascii_uppercase();
    let is_mark = |sign: char| matches!(sign, '-' | ' ' | '/' | '_');
    let (before, after) = upper.split_once(letter)?;
    let before = before.trim_end_matches(is_mark);
    if before.is_empty() {
        let (part, year) = after.split_once(is_mark)?;
        return Some((
            year_of(year.trim_start_matches(is_mark))?,
            in_range(part, most)?,
        ));
    }
    Some((year_of(before)?, in_range(after, most)?))
}

fn half(text: &str) -> Option<i64> {
    part_of_year(text, 'H', 2).map(|(year, half)| year * 2 + half - 1)
}

fn quarter(text: &str) -> Option<i64> {
    part_of_year(text, 'Q', 4).map(|(year, quarter)| year * 4 + quarter - 1)
}

fn month(text: &str) -> Option<i64> {
    let (one, other) = text.split_once(['-', '/', '.', ' '])?;
    let numbered = |year: i64, month: i64| year * 12 + month - 1;
    if let Some(year) = year_of(one) {
        return Some(numbered(
            year,
            in_range(other, 12).or_else(|| named(other))?,
        ));
    }
    if let Some(year) = year_of(other) {
        return Some(numbered(year, in_range(one, 12).or_else(|| named(one))?));
    }
    // `Nov-25`, as spreadsheets show months, and `Nov '25`; `Nov 25` is a day.
    let short = match other.strip_prefix(['\'', '’']) {
        Some(short) => short,
        None if text[one.len()..].starts_with('-') => other,
        None => return None,
    };
    let short = in_range(short, 40).filter(|year| *year >= 10)?;
    Some(numbered(2000 + short, named(one)?))
}

fn named(text: &str) -> Option<i64> {
    date::month_named(text).map(i64::from)
}

/// Weeks since that of 1970-01-01, a Thursday.
fn week(text: &str) -> Option<i64> {
    let (year, week) = part_of_year(text, 'W', 53)?;
    // The fourth of January is in week 1; a week is numbered by its Thursday.
    let fourth = day_number(year, 1, 4);
    let since_monday = (fourth + 3).rem_euclid(7);
    let thursday = fourth - since_monday + 3 + (week - 1) * 7;
    (civil(thursday).0 == year).then(|| thursday.div_euclid(7))
}
