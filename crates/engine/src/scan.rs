//! The scan over all feedback: every comment is read once, counted into tallies, and its main
//! problem written to `signals.assigned.csv`. Nothing is kept that grows with the rows, but who
//! the customers are.

use crate::error::{EngineError, Result};
use crate::names::Names;
use crate::reader::{Reader, Reading};
use crate::request::Progress;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;
use std::io::Write;
use std::ops::ControlFlow;
use throughline_disclosure::{FileUse, Grant};
use throughline_domain::facts::Signal;
use throughline_domain::import::Source;
use throughline_domain::metric::Metric;
use throughline_insight::tally::{Response, Tally};
use throughline_lake::Lake;

/// What a customer may be worth; beyond, and below nothing, a value is a slip and not counted.
const MOST_WORTH: f64 = 1e9;

/// What the scan counted.
#[derive(Default)]
pub struct Counted {
    /// By source, in the order of the import's report.
    pub tallies: Vec<(String, Tally)>,
    /// All sources together, where there are several and none has scores: then none is the one to go by.
    pub pooled: Option<Tally>,
    /// Units, by number.
    pub units: Names,
    /// Steps of the journey, by number.
    pub stages: Names,
    /// What each customer is worth, by number; only where the file says.
    pub values: BTreeMap<u32, f64>,
    /// Customers known by name, so that naming customers is no mere count of responses.
    pub customers_known: bool,
    /// Comments in other languages than the majority's.
    pub languages: BTreeMap<&'static str, u64>,
    /// Comments that say nothing.
    pub empty: u64,
    /// Comments naming each problem, all sources.
    pub comments: Vec<u64>,
    /// Comments praising each strength, all sources.
    pub praise: Vec<u64>,
    /// First and last day.
    pub days: Option<(i32, i32)>,
}

/// A response under way: rows of one response stand together.
#[derive(Default)]
struct Pending {
    response: String,
    source: usize,
    unit: Option<u32>,
    month: Option<i32>,
    stage: Option<u32>,
    commented: bool,
    score: Option<f64>,
    customer: Option<u32>,
    pains: Vec<u32>,
    praise: Vec<u32>,
}

/// Reads and counts everything. `pain_ids` names each problem in the file of assignments.
pub fn scan(
    lake: &Lake,
    reader: &Reader,
    sources: &[Source],
    pain_ids: &[String],
    strengths: usize,
    assigned: impl Write,
    progress: &dyn Progress,
) -> Result<Counted> {
    let grant = Grant::to_the_owner_of_the_files(FileUse::OwnFiles);
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(assigned);
    writer.write_record(["id", "pain"]).map_err(unwritable)?;
    let mut counted = Counted {
        tallies: sources
            .iter()
            .map(|s| {
                (
                    s.source.clone(),
                    Tally::new(s.metric.clone(), pain_ids.len(), strengths),
                )
            })
            .collect(),
        pooled: (sources.len() > 1 && sources.iter().all(|source| source.scores == 0))
            .then(|| Tally::new(Metric::Mean, pain_ids.len(), strengths)),
        comments: vec![0; pain_ids.len()],
        praise: vec![0; strengths],
        ..Counted::default()
    };
    let place: BTreeMap<&str, usize> = sources
        .iter()
        .enumerate()
        .map(|(at, source)| (source.source.as_str(), at))
        .collect();
    let mut customers = Names::default();
    let mut pending: Option<Pending> = None;
    let mut done = 0u64;
    let mut failed = None;
    lake.scan_signals(&mut |batch| {
        let rows: Vec<Signal<'_>> = (0..batch.len()).map(|at| batch.row(at)).collect();
        let readings = reader.read(&rows);
        let outcome = (|| -> Result<()> {
            for (row, reading) in rows.iter().zip(&readings) {
                let pain = reading
                    .main
                    .map_or("", |pain| pain_ids[pain as usize].as_str());
                writer
                    .serialize(grant.entrust((row.id, pain)))
                    .map_err(unwritable)?;
                counted.note(row, reading);
                let Some(source) = place.get(row.source).copied() else {
                    continue;
                };
                if row.comment.is_some() {
                    counted.tallies[source].1.comments += 1;
                    if let Some(all) = &mut counted.pooled {
                        all.comments += 1;
                    }
                }
                match &mut pending {
                    Some(same) if same.response == row.response && same.source == source => {
                        same.join(row, reading);
                    }
                    _ => {
                        counted.close(pending.take())?;
                        let mut next = counted.open(row, source, &mut customers);
                        next.join(row, reading);
                        pending = Some(next);
                    }
                }
            }
            Ok(())
        })();
        done += rows.len() as u64;
        progress.at(done);
        match outcome {
            Ok(()) if progress.cancelled() => failed = Some(EngineError::Cancelled),
            Ok(()) => return ControlFlow::Continue(()),
            Err(error) => failed = Some(error),
        }
        ControlFlow::Break(())
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    counted.close(pending.take())?;
    writer.flush().map_err(|source| EngineError::Output {
        path: "signals.assigned.csv".into(),
        source,
    })?;
    Ok(counted)
}

fn unwritable(error: csv::Error) -> EngineError {
    EngineError::Output {
        path: "signals.assigned.csv".into(),
        source: std::io::Error::other(error),
    }
}

impl Counted {
    fn note(&mut self, row: &Signal<'_>, reading: &Reading) {
        if let Some(day) = row.at_day {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
        if let Some(language) = reading.apart {
            *self.languages.entry(language.name()).or_default() += 1;
        } else if row.comment.is_some() && reading.main.is_none() && reading.praise.is_empty() {
            self.empty += 1;
        }
        for pain in &reading.pains {
            self.comments[*pain as usize] += 1;
        }
        for praise in &reading.praise {
            self.praise[*praise as usize] += 1;
        }
    }

    fn open(&mut self, row: &Signal<'_>, source: usize, customers: &mut Names) -> Pending {
        let who = row.customer.or(row.value.map(|_| row.response));
        let customer = who.map(|who| customers.number(who));
        self.customers_known |= row.customer.is_some();
        let value = row.value.filter(|value| (0.0..=MOST_WORTH).contains(value));
        if let (Some(customer), Some(value)) = (customer, value) {
            // A customer named twice with two values: the higher, so that order doesn't matter.
            let known = self.values.entry(customer).or_insert(value);
            *known = known.max(value);
        }
        Pending {
            response: row.response.to_owned(),
            source,
            unit: row.unit.map(|unit| self.units.number(unit)),
            month: row.at_day.and_then(month),
            stage: row.stage.map(|stage| self.stages.number(stage)),
            customer,
            ..Pending::default()
        }
    }

    fn close(&mut self, pending: Option<Pending>) -> Result<()> {
        let Some(mut response) = pending else {
            return Ok(());
        };
        for list in [&mut response.pains, &mut response.praise] {
            list.sort_unstable();
            list.dedup();
        }
        let counted = Response {
            unit: response.unit,
            month: response.month,
            stage: response.stage,
            score: response.score,
            commented: response.commented,
            pains: &response.pains,
            praise: &response.praise,
            customer: response.customer,
        };
        self.tallies[response.source].1.add(&counted)?;
        if let Some(all) = &mut self.pooled {
            all.add(&counted)?;
        }
        Ok(())
    }
}

impl Pending {
    fn join(&mut self, row: &Signal<'_>, reading: &Reading) {
        self.score = self.score.or(row.score);
        self.commented |= row.comment.is_some();
        self.pains.extend(&reading.pains);
        self.praise.extend(&reading.praise);
    }
}

/// Months since January 1970 of a day.
pub fn month(day: i32) -> Option<i32> {
    let date = date(day)?;
    Some((date.year() - 1970) * 12 + date.month0() as i32)
}

/// The date of a day since 1970.
pub fn date(day: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(1970, 1, 1)?.checked_add_signed(chrono::Duration::days(i64::from(day)))
}
