//! Imports the files of customers' feedback.
//!
//! One pass in the usual case. Scales are known at the end: where stray values lie outside a found
//! one, or a source turns out to hold several metrics, all files are read again with that known.

use super::check::{Checked, Setting, check};
use super::encode::{Encoded, encode};
use super::known::Known;
use super::settle::{Memory, Settled, settle};
use super::tally::{self, Tally};
use crate::check::unit_names::Unmatched;
use crate::error::{Complaint, LakeError};
use crate::import::Work;
use crate::import::file::{FileIn, Pass};
use crate::import::rounds::rounds;
use crate::options::MetricRule;
use crate::output::manifest::Entry;
use crate::output::parquet_file::{ColumnEncoder, ParquetFile};
use rayon::prelude::*;
use throughline_domain::facts::Table;
use throughline_domain::import::{FileReport, Source};

/// The table's file.
pub(crate) const FILE: &str = "signals.parquet";
/// More sources than this are none.
const MOST_SOURCES: usize = 1000;
/// Passes after which something is wrong with us.
const MOST_PASSES: usize = 50;

/// What the import of the table gave.
pub(crate) struct Done {
    pub reports: Vec<FileReport>,
    pub sources: Vec<Source>,
    pub notes: Vec<String>,
    pub entry: Entry,
}

/// What one pass over all files gave.
enum Outcome {
    Done(Box<Done>),
    Again,
}

/// Imports the table.
pub(crate) fn run(files: &mut [FileIn], work: &mut Work<'_>) -> Result<Done, LakeError> {
    let mut known = Known::default();
    let mark = work.rejects.mark();
    let unmatched = work.unmatched.clone();
    for _ in 0..MOST_PASSES.max(4 * files.len()) {
        match pass(files, work, &mut known)? {
            Outcome::Done(done) => return Ok(*done),
            Outcome::Again => {
                work.rejects.back_to(mark)?;
                work.unmatched.clone_from(&unmatched);
            }
        }
    }
    Err(crate::import::no_end())
}

fn pass(
    files: &mut [FileIn],
    work: &mut Work<'_>,
    known: &mut Known,
) -> Result<Outcome, LakeError> {
    let mut out = ParquetFile::new(work.into, FILE, super::schema())?;
    let mut memory = Memory::new();
    let mut tally = Tally::new();
    let mut reports = Vec::new();
    let mut rows_before = 0;
    work.start_bytes();
    for file in files.iter_mut() {
        let pass = read_file(
            file,
            work,
            known,
            &mut out,
            &mut memory,
            &mut tally,
            rows_before,
        )?;
        if file.learn(&pass, work.options)? {
            return Ok(Outcome::Again);
        }
        pass.reasons.check(
            &file.sniffed.opened.path,
            pass.rows_read,
            work.options.allow_rejects,
        )?;
        rows_before += pass.rows_read;
        reports.push(file.report(&pass));
    }
    if !known.split_sources && tally.values().any(|of| of.rules.len() > 1) {
        known.split_sources = true;
        return Ok(Outcome::Again);
    }
    let concluded = tally::conclude(&tally, (work.options.scale, work.options.metric), known);
    if let Some(source) = &concluded.two_scales {
        return Err(Complaint::new(
            format!("scores of `{source}` are words of a scale, and beside them stand numbers or another scale"),
            "leave out `--scale`; give files of different scales different sources (`--map signals.source=COLUMN`), or write all scores as numbers",
        )
        .into());
    }
    if !concluded.codes.is_empty() || !concluded.fractions.is_empty() {
        known.add_codes(concluded.codes);
        known.fractions.extend(concluded.fractions);
        return Ok(Outcome::Again);
    }
    if !concluded.narrower.is_empty() {
        known.scales.extend(concluded.narrower);
        return Ok(Outcome::Again);
    }
    let (rows, bytes) = out.finish(work.into)?;
    if rows == 0 {
        return Err(nothing_left(files, &reports));
    }
    let mut notes = concluded.notes;
    notes.extend(known.notes());
    notes.extend(work.notes_of(files, &reports));
    let entry = Entry {
        file: FILE.to_owned(),
        rows,
        bytes,
    };
    Ok(Outcome::Done(Box::new(Done {
        reports,
        sources: concluded.sources,
        notes,
        entry,
    })))
}

fn nothing_left(files: &[FileIn], reports: &[FileReport]) -> LakeError {
    let read: u64 = reports.iter().map(|report| report.rows_read).sum();
    let what = if read == 0 {
        "the file has a header, but no rows".to_owned()
    } else {
        format!("no row is left of {read}: none has a score or a comment that can be read")
    };
    let mut complaint = Complaint::new(what, "check the export, and the columns with `--map`");
    if let Some(file) = files.first() {
        complaint = complaint.in_file(&file.sniffed.opened.path);
    }
    complaint.into()
}

/// The rule of a file's scores: the user's, a preset's, or what the column is called.
fn metric_of(file: &FileIn, work: &Work<'_>) -> MetricRule {
    let plan = &file.plan;
    let named = plan.one("score").and_then(|column| {
        MetricRule::named(plan.name(column)).or_else(|| {
            plan.labels
                .get(column)
                .and_then(|label| MetricRule::named(label))
        })
    });
    work.options
        .metric
        .or(plan.metric)
        .or(named)
        .unwrap_or(MetricRule::Mean)
}

#[allow(
    clippy::too_many_arguments,
    reason = "what is written to while a file is read stays apart from what is only read"
)]
fn read_file(
    file: &FileIn,
    work: &mut Work<'_>,
    known: &Known,
    out: &mut ParquetFile,
    memory: &mut Memory,
    tally: &mut Tally,
    rows_before: u64,
) -> Result<Pass, LakeError> {
    let stem = file.stem();
    let setting = Setting {
        plan: &file.plan,
        reading: file.reading,
        file_source: &stem,
        scale: work.options.scale,
        known,
        metric: metric_of(file, work),
        fixed_metric: work.options.metric,
        units: work.units,
        staff: work.staff,
    };
    let (layout, width) = (&file.plan.layout, file.plan.split.columns.len());
    let mut pass = Pass::default();
    rounds(
        &file.sniffed.opened,
        layout,
        width,
        work.count,
        work.watch,
        |rounds| {
            let mut waiting: Vec<Checked> = Vec::new();
            loop {
                let blocks = rounds.next()?;
                if blocks.is_empty() && waiting.is_empty() {
                    return Ok(());
                }
                // The next round is checked while the one before it is settled and encoded.
                let encoders = out.columns()?;
                let round = std::mem::take(&mut waiting);
                let (checked, written) = rayon::join(
                    || -> Vec<Checked> {
                        blocks
                            .into_par_iter()
                            .map(|block| check(layout.cells(block, &file.plan.split), &setting))
                            .collect()
                    },
                    || write(round, &setting, memory, encoders),
                );
                waiting = checked;
                let written = written?;
                for one in written.counted {
                    tally::merge(tally, one);
                }
                if tally.len() > MOST_SOURCES {
                    return Err(too_many_sources(file));
                }
                if let Some((columns, unmatched)) = written.encoded {
                    out.append(columns, written.rows)?;
                    merge_unmatched(&mut work.unmatched, unmatched);
                }
                note_settled(&mut pass, &written.settled, file, work)?;
                for checked in &waiting {
                    pass.note(&checked.cells, checked.rows_read);
                }
                work.watched(Table::Signals, rows_before + pass.rows_read);
            }
        },
    )?;
    Ok(pass)
}

/// A round that is settled and encoded.
struct Written {
    settled: Vec<Settled>,
    counted: Vec<Tally>,
    rows: u64,
    encoded: Option<Encoded>,
}

fn write(
    round: Vec<Checked>,
    setting: &Setting<'_>,
    memory: &mut Memory,
    encoders: Vec<ColumnEncoder>,
) -> Result<Written, LakeError> {
    let settled = settle(round, setting.plan, memory);
    let rows: usize = settled.iter().map(|settled| settled.outs.len()).sum();
    let of_words = |column| setting.plan.steps.get(&column).map(|steps| steps.count);
    let steps = setting.plan.one("score").and_then(of_words);
    let said = setting.plan.scale_said();
    let counted = settled
        .par_iter()
        .map(|one| tally::count(one, steps, said))
        .collect();
    let encoded = if rows == 0 {
        None
    } else {
        Some(encode(&settled, setting, encoders)?)
    };
    Ok(Written {
        settled,
        counted,
        rows: rows as u64,
        encoded,
    })
}

fn merge_unmatched(to: &mut Unmatched, from: Unmatched) {
    for (name, rows) in from {
        *to.entry(name).or_default() += rows;
    }
}

fn too_many_sources(file: &FileIn) -> LakeError {
    let column = file
        .plan
        .one("source")
        .map_or("", |column| file.plan.name(column));
    Complaint::new(
        format!("more than {MOST_SOURCES} different sources are named, too many to be where feedback was collected"),
        "map another column with `--map signals.source=COLUMN`, or rename this one",
    )
    .in_file(&file.sniffed.opened.path)
    .in_column(column)
    .into()
}

/// Notes what became of a round's rows, and writes the refused ones.
fn note_settled(
    pass: &mut Pass,
    round: &[Settled],
    file: &FileIn,
    work: &mut Work<'_>,
) -> Result<(), LakeError> {
    for settled in round {
        let checked = &settled.checked;
        pass.rows_kept += settled.outs.len() as u64;
        pass.duplicates += settled.duplicates;
        pass.evidence.merge(&checked.evidence);
        for (rule, rows) in &checked.left_out {
            *pass.left_out.entry(rule).or_default() += rows;
        }
        for refusal in &checked.refused {
            pass.reasons.add(refusal);
            work.rejects.add(&file.place(), refusal)?;
        }
    }
    Ok(())
}
