//! Sheets of a workbook that are one table, as exports with a sheet a month are: sheets that are named by periods of
//! one kind, and have the same columns.
//!
//! Other sheets with the same columns may be another survey, or the same rows again (`All` beside the months): of
//! those the first alone is read, and the others are told. How columns are read is told by the rows of all sheets
//! together.

use super::plan::{Plan, plan_of};
use crate::check::date::month_named;
use crate::error::LakeError;
use crate::options::ImportOptions;
use crate::read::sniff::Candidate;
use std::path::Path;
use throughline_domain::facts::Table;

/// Sheets with the same columns.
pub(super) struct Alike {
    /// The plans of those that are read.
    pub(super) plans: Vec<Plan>,
    /// The names of those that aren't.
    pub(super) not_read: Vec<String>,
}

/// The plans of a sheet and of all others that are one table with it.
pub(super) fn alike<'a>(
    table: Table,
    (first, plan): (&Candidate, Plan),
    others: impl Iterator<Item = &'a Candidate>,
    options: &ImportOptions,
    path: &Path,
) -> Result<Alike, LakeError> {
    let span = plan.sheet().and_then(Span::of);
    let (more, rest): (Vec<Plan>, Vec<Plan>) = others
        .filter(|other| other.layout != first.layout)
        .filter_map(|other| plan_of(table, other, options, path).ok())
        .filter(|other| other.split.columns == plan.split.columns)
        .partition(|other| span.is_some() && other.sheet().and_then(Span::of) == span);
    let not_read = rest.iter().filter_map(Plan::sheet).map(str::to_owned);
    let not_read = not_read.collect();
    if more.is_empty() {
        let plans = vec![plan];
        return Ok(Alike { plans, not_read });
    }
    let mut pooled = first.clone();
    pooled
        .records
        .extend(more.iter().flat_map(|plan| plan.sample.iter().cloned()));
    let pooled = plan_of(table, &pooled, options, path)?;
    let layouts = [plan].into_iter().chain(more).map(|plan| plan.layout);
    let plan = |layout| {
        let mut plan = pooled.clone();
        plan.layout = layout;
        plan
    };
    let plans = layouts.map(plan).collect();
    Ok(Alike { plans, not_read })
}

/// How long the period is that a sheet is named by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Span {
    Year,
    Quarter,
    Month,
    Week,
}

impl Span {
    /// `2025`; `Q1`, `2026-Q1`; `Jan`, `January 2026`, `2026-01`; `W12`.
    fn of(name: &str) -> Option<Self> {
        let parts = parts(name)?;
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        Self::bare(&parts).or_else(|| match parts[..] {
            [year] if is_year(year) => Some(Self::Year),
            [year, month] | [month, year] if is_year(year) && is_two(month) => {
                number(month, 12).map(|_| Self::Month)
            }
            [year, ref rest @ ..] if is_year(year) => Self::bare(rest),
            [ref rest @ .., year] if is_year(year) || is_two(year) => Self::bare(rest),
            _ => None,
        })
    }

    /// The span of a name without its year.
    fn bare(parts: &[&str]) -> Option<Self> {
        match parts {
            [month] => month_named(month).map(|_| Self::Month),
            ["q" | "quarter", quarter] => number(quarter, 4).map(|_| Self::Quarter),
            ["w" | "wk" | "week", week] => number(week, 53).map(|_| Self::Week),
            _ => None,
        }
    }
}

/// Words and numbers of a name, in lower case; `None` where more than spaces and joining marks stand between them.
fn parts(name: &str) -> Option<Vec<String>> {
    let mut parts: Vec<String> = Vec::new();
    let mut last = None;
    for letter in name.chars() {
        let kind = match letter {
            letter if letter.is_ascii_digit() => Some(true),
            letter if letter.is_alphabetic() => Some(false),
            ' ' | '-' | '_' | '.' | '/' | '\'' | '’' => None,
            _ => return None,
        };
        match parts.last_mut() {
            Some(part) if kind.is_some() && kind == last => part.extend(letter.to_lowercase()),
            _ if kind.is_some() => parts.push(letter.to_lowercase().collect()),
            _ => {}
        }
        last = kind;
    }
    Some(parts)
}

fn is_year(part: &str) -> bool {
    part.len() == 4
        && part
            .parse()
            .is_ok_and(|year: u32| (1990..=2100).contains(&year))
}

fn is_two(part: &str) -> bool {
    part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number from 1 to `most`.
fn number(part: &str, most: u32) -> Option<u32> {
    let number = part.parse().ok()?;
    (1..=most).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_told_from_periods() {
        let check = |names: &[&str], expected| {
            for name in names {
                assert_eq!(Span::of(name), expected, "{name}");
            }
        };
        check(&["2025", " 2026 "], Some(Span::Year));
        check(
            &["Q1", "q4 2025", "2026-Q1", "Q2 '26", "Quarter 3"],
            Some(Span::Quarter),
        );
        check(
            &[
                "Jan",
                "January 2026",
                "2026-01",
                "12.2025",
                "Nov-25",
                "MAY26",
            ],
            Some(Span::Month),
        );
        check(&["W12", "Week 3", "2026-W12"], Some(Span::Week));
        check(
            &[
                "",
                "All",
                "NPS",
                "CSAT",
                "Customers",
                "Sheet1",
                "Q5",
                "W54",
                "Jan (2)",
                "2026-27",
                "2026-13",
                "1234",
                "Jan Feb",
                "Q1 all",
            ],
            None,
        );
    }
}
