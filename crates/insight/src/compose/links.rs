//! Which moves first, for each pair of an employees' and a customers' measure of a brief: both
//! directions, or why not; and what a reader must know of it.
//!
//! Periods come as texts. Putting them in time's order is the caller's ([`ReadWaves`]), so that a
//! brief reads them by the same calendar as `throughline link`; where they can't be read as one
//! kind of period there is no link, and a note says why.

use crate::link::{Cell, Errors, Prepared, Value, impossible, prepare, verdict};
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::brief::{LinkPicture, Note, NoteKind};
use throughline_domain::facts::{Measure, Side};
use throughline_stats::NoAnswer;
use throughline_stats::panel::{Direction, Link, Request, Verdict, Warning, link};

/// Most pairs that are estimated; a brief is for leaders, `throughline link` for the rest.
pub const MOST_PAIRS: usize = 12;

/// Panels drawn for the intervals of a small panel: enough for an interval, quick enough for a
/// brief.
const DRAWS: usize = 99;

/// Most absent periods, and most pairs, that a note names.
const MOST_NAMED: usize = 3;

/// Periods in time's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waves {
    /// Each period's place, from 0.
    pub places: BTreeMap<String, usize>,
    /// Periods between the first and the last that nothing was given for.
    pub absent: Vec<String>,
}

/// Puts periods in time's order, or says why they can't be.
pub type ReadWaves<'a> = &'a dyn Fn(&BTreeSet<&str>) -> Result<Waves, String>;

/// The links of a brief.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// Both directions of each pair, measures in order of their names.
    pub pictures: Vec<LinkPicture>,
    /// What a reader must know of them.
    pub notes: Vec<Note>,
    /// Pairs left out because their periods can't be put in order.
    pub unread: usize,
}

/// Both directions of each pair, with notes.
pub fn links(rows: &[Measure], waves: ReadWaves<'_>, seed: u64) -> Links {
    let names = |side: Side| -> BTreeSet<&str> {
        let own = rows.iter().filter(|row| row.side == side);
        own.map(|row| row.measure.as_str()).collect()
    };
    let (employees, customers) = (names(Side::Employee), names(Side::Customer));
    let pairs: Vec<(&str, &str)> = employees
        .iter()
        .flat_map(|employee| customers.iter().map(move |customer| (*employee, *customer)))
        .collect();
    let shown = pairs.len().min(MOST_PAIRS);
    let mut found = Links::default();
    let mut said = Said::default();
    for (employee, customer) in &pairs[..shown] {
        let mut own = Vec::new();
        match panel(rows, employee, customer, waves, &mut own) {
            Err(Refused::Periods(why)) => {
                found.unread += 1;
                own.push((
                    NoteKind::CannotTell,
                    format!(
                        "which moves first can't be told, since periods can't be put in order: {why}"
                    ),
                ));
            }
            Err(Refused::Other(why)) => found.pictures.extend(unknown(employee, customer, &why)),
            Ok(prepared) => {
                found
                    .pictures
                    .extend(pair(&prepared, employee, customer, seed, &mut own));
            }
        }
        for (kind, text) in own {
            said.add(kind, text, format!("{employee} and {customer}"));
        }
    }
    found.notes = said.notes(shown);
    if pairs.len() > shown {
        found.notes.push(Note {
            kind: NoteKind::Data,
            text: format!(
                "{} pairs of measures aren't shown under which moves first: a brief holds {MOST_PAIRS}. `throughline link` estimates any pair.",
                pairs.len() - shown
            ),
        });
    }
    found
}

/// Sentences with the pairs they are about, in order of appearance.
#[derive(Default)]
struct Said(Vec<(NoteKind, String, Vec<String>)>);

impl Said {
    fn add(&mut self, kind: NoteKind, text: String, pair: String) {
        match self.0.iter_mut().find(|(_, known, _)| *known == text) {
            Some((_, _, pairs)) => pairs.push(pair),
            None => self.0.push((kind, text, vec![pair])),
        }
    }

    fn notes(self, pairs: usize) -> Vec<Note> {
        let note = |(kind, text, about): (NoteKind, String, Vec<String>)| {
            let subject = if about.len() == pairs && pairs > 1 {
                "Which moves first, all pairs".to_owned()
            } else {
                let more = match about.len().saturating_sub(MOST_NAMED) {
                    0 => String::new(),
                    more => format!("; {more} more"),
                };
                let named: Vec<&str> = about.iter().take(MOST_NAMED).map(String::as_str).collect();
                format!("Which moves first, {}{more}", named.join("; "))
            };
            Note {
                kind,
                text: format!("{subject}: {text}."),
            }
        };
        self.0.into_iter().map(note).collect()
    }
}

/// Sentences about one pair.
type Own = Vec<(NoteKind, String)>;

fn pair(
    prepared: &Prepared,
    employee: &str,
    customer: &str,
    seed: u64,
    own: &mut Own,
) -> [LinkPicture; 2] {
    let request = Request {
        draws: DRAWS,
        seed,
        ..Request::default()
    };
    let found = match link(&prepared.panel, request) {
        Ok(found) => found,
        Err(reason) => return unknown(employee, customer, &why(&reason)),
    };
    known_of(prepared, &found, [employee, customer], own);
    let picture =
        |from, to, at: usize| estimated(from, to, &found.directions[at], &found, prepared);
    [
        picture(employee, customer, 0),
        picture(customer, employee, 1),
    ]
}

/// What a reader must know of one pair.
fn known_of(prepared: &Prepared, found: &Link, names: [&str; 2], own: &mut Own) {
    if prepared.left_out_waves > 0 {
        own.push((
            NoteKind::Data,
            format!(
                "{} periods at the ends were left out, in which one of the numbers was hardly asked",
                prepared.left_out_waves
            ),
        ));
    }
    for (errors, name) in prepared.errors.iter().zip(names) {
        match errors {
            Errors::NoSpread => own.push((
                NoteKind::Data,
                format!(
                    "numbers of answers behind {name} came without their spread, so its noise isn't allowed for"
                ),
            )),
            Errors::Used { left_out, .. } if *left_out > 0 => own.push((
                NoteKind::Data,
                format!("{left_out} values of {name} without a number of answers were left out"),
            )),
            _ => {}
        }
    }
    for warning in &found.warnings {
        match warning {
            Warning::SmallPanel {
                units,
                units_needed,
                waves,
            } => own.push((
                NoteKind::Reading,
                format!(
                    "{units} teams over {waves} periods are few (the full model wants {units_needed} over at least 4), so every period is taken to work alike"
                ),
            )),
            Warning::PoorFit { .. } => own.push((
                NoteKind::Reading,
                "the model as a whole fits badly: something it leaves out is at work, and findings may be wrong"
                    .to_owned(),
            )),
            // No verdict's reason stands beside it; the others aren't about what a brief shows.
            _ => {}
        }
    }
}

fn unknown(employee: &str, customer: &str, why: &str) -> [LinkPicture; 2] {
    [(employee, customer), (customer, employee)].map(|(from, to)| LinkPicture {
        from: from.to_owned(),
        to: to.to_owned(),
        lag: 1,
        path: None,
        low: None,
        high: None,
        standardised: None,
        standardised_low: None,
        standardised_high: None,
        n_units: 0,
        n_waves: 0,
        verdict: "can't tell".to_owned(),
        reason: Some(why.to_owned()),
        method: None,
    })
}

/// Why there is no panel.
enum Refused {
    Periods(String),
    Other(String),
}

/// The rows of two measures as a panel.
fn panel(
    rows: &[Measure],
    employee: &str,
    customer: &str,
    waves: ReadWaves<'_>,
    own: &mut Own,
) -> Result<Prepared, Refused> {
    let wanted = |row: &&Measure| match row.side {
        Side::Employee => row.measure == employee,
        Side::Customer => row.measure == customer,
    };
    let kept: Vec<&Measure> = rows.iter().filter(wanted).collect();
    let units: BTreeSet<&str> = kept.iter().map(|row| row.unit.as_str()).collect();
    let unit_at: BTreeMap<&str, usize> = units.iter().enumerate().map(|(k, u)| (*u, k)).collect();
    let periods: BTreeSet<&str> = kept.iter().map(|row| row.period.as_str()).collect();
    let waves = waves(&periods).map_err(Refused::Periods)?;
    if !waves.absent.is_empty() {
        let named = waves.absent.len().min(MOST_NAMED);
        let more = match waves.absent.len() - named {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        own.push((
            NoteKind::Data,
            format!(
                "periods aren't evenly spaced (nothing for {}{more}); each is read as one step after the one before it",
                waves.absent[..named].join(", ")
            ),
        ));
    }
    let mut cells: BTreeMap<(usize, usize), [Option<Value>; 2]> = BTreeMap::new();
    for row in kept {
        let (Some(unit), Some(wave)) = (
            unit_at.get(row.unit.as_str()),
            waves.places.get(&row.period),
        ) else {
            return Err(Refused::Periods(format!("`{}` has no place", row.period)));
        };
        let cell = cells.entry((*unit, *wave)).or_default();
        let value = cell[usize::from(row.side == Side::Customer)].replace(Value {
            value: row.value,
            n: row.n,
            sd: row.sd,
            people: None,
        });
        if value.is_some() {
            return Err(Refused::Other(format!(
                "a team has two numbers for one period, one of them under `{}`",
                row.period
            )));
        }
    }
    let n_waves = waves.places.values().max().map_or(0, |last| last + 1);
    let cells: Vec<Cell> = cells
        .into_iter()
        .map(|((unit, wave), [employee, customer])| Cell {
            unit,
            wave,
            employee,
            customer,
            both: None,
            both_r: None,
        })
        .collect();
    prepare(units.len(), n_waves, &cells, None).map_err(|reason| Refused::Other(why(&reason)))
}

/// Why a direction has no finding.
fn unsure(direction: &Direction, found: &Link) -> Option<String> {
    match direction.verdict {
        Verdict::ComesFirst | Verdict::TooSmall => None,
        Verdict::CantTell => {
            let unseen = direction.detectable.map(|least| {
                format!("; a strength below {least:.2} would often go unseen in so few numbers")
            });
            Some(format!(
                "the range holds zero{}",
                unseen.unwrap_or_default()
            ))
        }
        Verdict::None => Some(impossible(found)),
    }
}

fn estimated(
    from: &str,
    to: &str,
    direction: &Direction,
    found: &Link,
    prepared: &Prepared,
) -> LinkPicture {
    let noise = if prepared.panel.has_errors() {
        ", sampling errors known"
    } else {
        ""
    };
    let how = if found.small {
        "RI-CLPM, paths and variances equal, parametric bootstrap"
    } else {
        "RI-CLPM, full-information maximum likelihood"
    };
    LinkPicture {
        from: from.to_owned(),
        to: to.to_owned(),
        lag: 1,
        path: Some(direction.raw.estimate),
        low: Some(direction.raw.low),
        high: Some(direction.raw.high),
        standardised: direction.standardised.map(|path| path.estimate),
        standardised_low: direction.standardised.map(|path| path.low),
        standardised_high: direction.standardised.map(|path| path.high),
        n_units: found.fit.units,
        n_waves: found.fit.waves,
        verdict: verdict(direction.verdict).to_owned(),
        reason: unsure(direction, found),
        method: Some(format!("{how}{noise}")),
    }
}

fn why(reason: &NoAnswer) -> String {
    match reason {
        NoAnswer::Empty => "no team has both numbers".to_owned(),
        NoAnswer::TooFewPeriods { n, needed } => {
            format!("only {n} periods have both numbers; {needed} are needed")
        }
        NoAnswer::TooFewUnits { n, needed } => {
            format!("only {n} teams were seen in two periods or more; {needed} are needed")
        }
        NoAnswer::TooManyMissing { .. } => "too many numbers are missing".to_owned(),
        NoAnswer::TooFewInWave { .. } => {
            "in some periods one of the numbers was hardly asked".to_owned()
        }
        NoAnswer::ConstantInWave { .. } | NoAnswer::NoVariation => {
            "one of the numbers doesn't vary".to_owned()
        }
        NoAnswer::MoveAsOne { .. } => "one of the numbers is a copy of the other".to_owned(),
        _ => "these numbers don't tell".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(unit: usize, period: usize, side: Side, value: f64) -> Measure {
        Measure {
            unit: format!("team {unit}"),
            period: format!("2024-{:02}", period + 1),
            measure: match side {
                Side::Employee => "engagement",
                Side::Customer => "satisfaction",
            }
            .to_owned(),
            side,
            value,
            n: None,
            sd: None,
        }
    }

    /// Periods in the order of their names.
    fn by_name(periods: &BTreeSet<&str>) -> Result<Waves, String> {
        Ok(Waves {
            places: periods
                .iter()
                .enumerate()
                .map(|(k, period)| ((*period).to_owned(), k))
                .collect(),
            absent: Vec::new(),
        })
    }

    #[test]
    fn pairs_past_the_most_are_counted() {
        let mut rows = Vec::new();
        for k in 0..5 {
            let mut one = row(0, 0, Side::Employee, 1.0);
            one.measure = format!("e{k}");
            rows.push(one);
        }
        for k in 0..3 {
            let mut one = row(0, 0, Side::Customer, 1.0);
            one.measure = format!("c{k}");
            rows.push(one);
        }
        let found = links(&rows, &by_name, 1);
        assert_eq!(found.pictures.len(), 2 * MOST_PAIRS);
        assert!(
            found.notes[0]
                .text
                .starts_with("3 pairs of measures aren't shown")
        );
        let refuse = |_: &BTreeSet<&str>| Err("`soon` is not a period".to_owned());
        let found = links(&rows, &refuse, 1);
        assert_eq!((found.pictures.len(), found.unread), (0, MOST_PAIRS));
        // One note for all pairs alike.
        assert_eq!(found.notes.len(), 2);
        assert!(found.notes[0].text.contains("all pairs"));
    }

    #[test]
    fn two_numbers_for_one_period_are_refused() {
        let one = |_: &BTreeSet<&str>| {
            Ok(Waves {
                places: [("2024-01".to_owned(), 0), ("2024-02".to_owned(), 0)].into(),
                absent: Vec::new(),
            })
        };
        let rows = [0, 1].map(|period| row(0, period, Side::Employee, 1.0));
        let rows = [rows.to_vec(), vec![row(0, 0, Side::Customer, 1.0)]].concat();
        let found = links(&rows, &one, 1);
        let reason = found.pictures[0].reason.as_deref().unwrap_or_default();
        assert!(reason.contains("two numbers for one period"), "{reason}");
    }

    #[test]
    fn each_pair_has_both_directions_or_says_why_not() {
        let mut rows = Vec::new();
        for unit in 0..40_usize {
            for period in 0..3_usize {
                let wave = (unit * 31 + period * 17) as f64;
                rows.push(row(unit, period, Side::Employee, (wave * 0.7).sin()));
                if period < 2 {
                    rows.push(row(unit, period, Side::Customer, (wave * 1.3).cos()));
                }
            }
        }
        let found = links(&rows, &by_name, 1).pictures;
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].from.as_str(), found[0].to.as_str()),
            ("engagement", "satisfaction")
        );
        assert_eq!(
            (found[1].from.as_str(), found[1].to.as_str()),
            ("satisfaction", "engagement")
        );
        for one in &found {
            assert_eq!(one.verdict, "can't tell");
            assert!(one.path.is_none() && one.method.is_none());
            let reason = one.reason.as_deref().unwrap_or_default();
            assert!(reason.contains("only 2 periods"), "{reason}");
        }
        assert!(links(&[], &by_name, 1).pictures.is_empty());
    }
}
