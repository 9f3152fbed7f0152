//! Reading the wanted columns: blocks of rows are split and parsed on all cores, and put together
//! in the file's order.

use super::header::{Plan, plan};
use super::label::Gathered;
use super::number::{Odd, number, with_commas};
use super::period::{Calendar, Texts};
use super::{Ask, Column, Extract, Kind, Labels, Numbers};
use crate::check::is_missing;
use crate::columns::missing::{missing_map, shortened};
use crate::error::{Complaint, LakeError};
use crate::import::rounds::rounds;
use crate::options::Unwatched;
use crate::read::cells::{Cells, Refusal};
use crate::read::encoding::Encoding;
use crate::read::sniff::{Sniffed, sniff_table};
use rayon::prelude::*;
use std::path::Path;
use std::sync::atomic::AtomicU64;

/// A wanted column's rows so far.
enum Part {
    Numbers {
        values: Vec<Option<f64>>,
        /// Cells with commas: row and text.
        commas: Vec<(usize, String)>,
    },
    Texts(Gathered),
}

/// Rows so far.
#[derive(Default)]
struct Gathering {
    lines: Vec<u64>,
    parts: Vec<Part>,
    /// The first value that was refused: its place, and why.
    fault: Option<Fault>,
    refused: Option<Refusal>,
    broken_bytes: u64,
    wide_letters: u64,
    not_windows: bool,
}

/// A value that isn't of its column's kind.
struct Fault {
    line: u64,
    column: usize,
    value: String,
    why: &'static str,
    hint: &'static str,
}

/// Reads a file.
pub(super) fn read(path: &Path, asks: &[Ask]) -> Result<Extract, LakeError> {
    // For pipes and packed sheets, which are read from a copy; gone at the end.
    let spool =
        tempfile::tempdir().map_err(|error| LakeError::output(&std::env::temp_dir(), 0, &error))?;
    let mut sniffed = sniff_table(path, spool.path())?;
    let plan = plan(&sniffed, asks)?;
    let mut all = pass(&sniffed, &plan, asks)?;
    let windows = sniffed.opened.encoding == Encoding::Utf8
        && sniffed.opened.mark == 0
        && Encoding::from_counts(all.broken_bytes, all.wide_letters, all.not_windows)
            == Encoding::Windows1252;
    if windows {
        sniffed.opened.encoding = Encoding::Windows1252;
        all = pass(&sniffed, &plan, asks)?;
    }
    finish(path, &plan, asks, all)
}

fn pass(sniffed: &Sniffed, plan: &Plan, asks: &[Ask]) -> Result<Gathering, LakeError> {
    let (layout, width) = (&plan.layout, plan.split.columns.len());
    let count = AtomicU64::new(0);
    let mut all = Gathering::empty(asks, plan);
    rounds(
        &sniffed.opened,
        layout,
        width,
        &count,
        &Unwatched,
        |rounds| {
            loop {
                let blocks = rounds.next()?;
                if blocks.is_empty() {
                    return Ok(());
                }
                let parts: Vec<Gathering> = blocks
                    .into_par_iter()
                    .map(|block| Gathering::of(&layout.cells(block, &plan.split), asks, plan))
                    .collect();
                for part in parts {
                    all.append(part);
                }
                // Nothing after a refused row changes what is said, but encodings are told by counts.
                if all.broken_bytes == 0 && (all.fault.is_some() || all.refused.is_some()) {
                    return Ok(());
                }
            }
        },
    )?;
    Ok(all)
}

impl Gathering {
    fn empty(asks: &[Ask], plan: &Plan) -> Self {
        let parts = asks
            .iter()
            .zip(&plan.columns)
            .flat_map(|(ask, columns)| columns.iter().map(|_| ask.kind))
            .map(|kind| match kind {
                Kind::Number => Part::Numbers {
                    values: Vec::new(),
                    commas: Vec::new(),
                },
                _ => Part::Texts(Gathered::default()),
            });
        Self {
            parts: parts.collect(),
            ..Self::default()
        }
    }

    fn of(cells: &Cells, asks: &[Ask], plan: &Plan) -> Self {
        let mut all = Self::empty(asks, plan);
        all.lines = (0..cells.rows()).map(|row| cells.line(row)).collect();
        all.refused = cells.refused.iter().min_by_key(|row| row.line).cloned();
        all.broken_bytes = cells.broken_bytes;
        all.wide_letters = cells.wide_letters;
        all.not_windows = cells.not_windows;
        let columns = plan.columns.iter().flatten();
        for (part, &column) in all.parts.iter_mut().zip(columns) {
            match part {
                Part::Texts(gathered) => {
                    for row in 0..cells.rows() {
                        match cells.cell(row, column) {
                            text if is_missing(text) => gathered.push_missing(),
                            text => gathered.push(text),
                        }
                    }
                }
                Part::Numbers { values, commas } => {
                    values.reserve(cells.rows());
                    for row in 0..cells.rows() {
                        let text = cells.cell(row, column);
                        if is_missing(text) {
                            values.push(None);
                            continue;
                        }
                        values.push(match number(text) {
                            Ok(value) => Some(value),
                            Err(Odd::Comma) => {
                                commas.push((row, text.to_owned()));
                                None
                            }
                            Err(Odd::Refused(why, hint)) => {
                                let line = cells.line(row);
                                if all.fault.as_ref().is_none_or(|first| line < first.line) {
                                    all.fault = Some(Fault {
                                        line,
                                        column,
                                        value: text.to_owned(),
                                        why,
                                        hint,
                                    });
                                }
                                break;
                            }
                        });
                    }
                }
            }
        }
        all
    }

    fn append(&mut self, block: Self) {
        let before = self.lines.len();
        self.lines.extend(block.lines);
        for (part, more) in self.parts.iter_mut().zip(block.parts) {
            match (part, more) {
                (
                    Part::Numbers { values, commas },
                    Part::Numbers {
                        values: more,
                        commas: more_commas,
                    },
                ) => {
                    values.extend(more);
                    let later = more_commas.into_iter();
                    commas.extend(later.map(|(row, text)| (before + row, text)));
                }
                (Part::Texts(gathered), Part::Texts(more)) => gathered.append(more),
                // Both were made by `empty` from the same asks.
                _ => {}
            }
        }
        self.fault = self.fault.take().or(block.fault);
        self.refused = self.refused.take().or(block.refused);
        self.broken_bytes += block.broken_bytes;
        self.wide_letters += block.wide_letters;
        self.not_windows |= block.not_windows;
    }
}

fn finish(path: &Path, plan: &Plan, asks: &[Ask], all: Gathering) -> Result<Extract, LakeError> {
    let refused_first = match (&all.refused, &all.fault) {
        (Some(refused), Some(fault)) => refused.line <= fault.line,
        (Some(_), None) => true,
        (None, _) => false,
    };
    if refused_first && let Some(refused) = &all.refused {
        let found = if refused.value.is_empty() {
            String::new()
        } else {
            format!(" (`{}`)", shortened(&refused.value))
        };
        return Err(Complaint::new(
            format!("{}{found}", refused.reason),
            "mend the row, or export the file again",
        )
        .in_file(path)
        .at_row(refused.line)
        .into());
    }
    let name = |column: usize| plan.split.columns.get(column).cloned().unwrap_or_default();
    let refuse = |line: u64, column: usize, value: &str, why: &str, hint: &str| {
        Complaint::new(format!("`{}` {why}", shortened(value)), hint)
            .in_file(path)
            .at_row(line)
            .in_column(name(column))
    };
    if let Some(fault) = &all.fault {
        return Err(refuse(
            fault.line,
            fault.column,
            &fault.value,
            fault.why,
            fault.hint,
        )
        .into());
    }
    if all.lines.is_empty() {
        return Err(Complaint::new(
            "the file has a header and no rows",
            "check that the export finished",
        )
        .in_file(path)
        .into());
    }
    let lines = all.lines;
    let mut made: Vec<Option<Column>> = Vec::with_capacity(all.parts.len());
    let mut texts: Vec<Texts> = Vec::new();
    let flat: Vec<(&Ask, usize)> = asks
        .iter()
        .zip(&plan.columns)
        .flat_map(|(ask, columns)| columns.iter().map(move |&column| (ask, column)))
        .collect();
    for (part, &(ask, column)) in all.parts.into_iter().zip(&flat) {
        made.push(match part {
            Part::Numbers { mut values, commas } => {
                if !commas.is_empty() {
                    let read = with_commas(&commas).map_err(|(place, odd)| {
                        let (row, text) = &commas[place];
                        let (why, hint) = match odd {
                            Odd::Refused(why, hint) => (why, hint),
                            Odd::Comma => ("is not a number", "write plain numbers"),
                        };
                        refuse(lines[*row], column, text, why, hint)
                    })?;
                    for ((row, _), value) in commas.iter().zip(read) {
                        values[*row] = Some(value);
                    }
                }
                Some(Column::Numbers(Numbers {
                    name: name(column),
                    values,
                }))
            }
            Part::Texts(gathered) => {
                let (codes, names) = gathered.ordered();
                if ask.kind == Kind::Label {
                    Some(Column::Labels(Labels {
                        name: name(column),
                        codes,
                        names,
                    }))
                } else {
                    texts.push(Texts {
                        name: name(column),
                        codes,
                        names,
                        or_never: ask.kind == Kind::PeriodOrNever,
                    });
                    None
                }
            }
        });
    }
    let periods = Calendar::read(texts).map_err(|(row, column, value, why, hint)| {
        Complaint::new(format!("`{}` {why}", shortened(&value)), hint)
            .in_file(path)
            .at_row(lines.get(row).copied().unwrap_or(0))
            .in_column(column)
    })?;
    let mut periods = periods.into_iter().map(Column::Periods);
    let columns: Vec<Column> = made
        .into_iter()
        .filter_map(|column| column.or_else(|| periods.next()))
        .collect();
    // A column that no object brought isn't there.
    for (column, &(ask, at)) in columns.iter().zip(&flat) {
        let empty = match column {
            Column::Numbers(numbers) => numbers.values.iter().all(Option::is_none),
            Column::Labels(labels) => labels.names.is_empty(),
            Column::Periods(periods) => periods.distinct.is_empty(),
        };
        if empty && !ask.if_there && plan.unseen.contains(&at) {
            let known: Vec<String> = (0..plan.split.columns.len())
                .filter(|column| !plan.unseen.contains(column))
                .map(name)
                .collect();
            return Err(missing_map(&name(at), &known, path));
        }
    }
    let mut columns = columns.into_iter();
    Ok(Extract {
        path: path.to_owned(),
        lines,
        columns: plan
            .columns
            .iter()
            .map(|of_ask| columns.by_ref().take(of_ask.len()).collect())
            .collect(),
        notes: plan.notes.clone(),
    })
}
