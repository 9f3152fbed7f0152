//! One file of an import: what it is, its plan, and what a pass over it taught.
//!
//! Encoding, date order and JSON columns are guessed from the file's start, and every pass over the
//! file proves the guess. Where it was wrong, the file is read again with what was learnt.

use crate::check::date::{self, Evidence, Reading};
use crate::check::is_missing;
use crate::columns::missing::shortened;
use crate::columns::plan::{Plan, plans};
use crate::error::{Complaint, LakeError};
use crate::options::{DateOrder, ImportOptions};
use crate::output::rejects::Reasons;
use crate::read::encoding::Encoding;
use crate::read::sniff::{Sniffed, sniff};
use crate::read::{Layout, cells::Cells, file_name};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use throughline_domain::facts::Table;
use throughline_domain::import::FileReport;

/// A file whose kind and plan are known.
pub(crate) struct FileIn {
    pub sniffed: Sniffed,
    pub plan: Plan,
    pub reading: Reading,
    /// Its name without the folder, for reports.
    pub name: String,
    /// Whether other sheets of its workbook are read too.
    is_one_of_sheets: bool,
}

/// What a pass over a file found.
#[derive(Default)]
pub(crate) struct Pass {
    pub rows_read: u64,
    pub rows_kept: u64,
    pub duplicates: u64,
    pub left_out: BTreeMap<&'static str, u64>,
    pub reasons: Reasons,
    pub evidence: Evidence,
    pub empty_rows: u64,
    broken_bytes: u64,
    wide_letters: u64,
    not_windows: bool,
    new_columns: BTreeSet<String>,
}

impl Pass {
    /// Notes what the reader found in a block.
    pub(crate) fn note(&mut self, cells: &Cells, rows_read: u64) {
        self.rows_read += rows_read;
        self.empty_rows += cells.empty_rows;
        self.broken_bytes += cells.broken_bytes;
        self.wide_letters += cells.wide_letters;
        self.not_windows |= cells.not_windows;
        if self.new_columns.len() < 10_000 {
            self.new_columns.extend(cells.new_columns.iter().cloned());
        }
    }
}

impl FileIn {
    /// Looks at a file and plans it; sheets of a workbook that are read together are files of their own.
    pub(crate) fn open(
        table: Table,
        path: &Path,
        options: &ImportOptions,
        spool: &Path,
    ) -> Result<Vec<Self>, LakeError> {
        let sniffed = sniff(path, spool)?;
        let plans = plans(table, &sniffed, options)?;
        let several = plans.len() > 1;
        let file = |plan| Self::of(plan, sniffed.clone(), several, options);
        Ok(plans.into_iter().map(file).collect())
    }

    fn of(plan: Plan, sniffed: Sniffed, is_one_of_sheets: bool, options: &ImportOptions) -> Self {
        let path = &sniffed.opened.path;
        let mut plan = plan;
        let serials = serials(&plan).map(str::to_owned);
        plan.notes.extend(serials.iter().map(|column| {
            format!(
                "`{}`: the numbers in `{column}` were read as days, as Excel counts them",
                file_name(path)
            )
        }));
        let serial = matches!(plan.layout, Layout::Sheet { .. }) || serials.is_some();
        let order = options
            .date_order
            .or_else(|| order_of_sample(&plan, serial))
            .unwrap_or(DateOrder::DayMonthYear);
        let name = file_name(path).into_owned();
        Self {
            sniffed,
            plan,
            reading: Reading {
                order,
                order_said: options.date_order.is_some(),
                serial,
            },
            name,
            is_one_of_sheets,
        }
    }

    /// Where its refused rows are: its name, and the sheet where several are read.
    pub(crate) fn place(&self) -> String {
        match self.plan.sheet() {
            Some(sheet) if self.is_one_of_sheets => format!("{}, sheet {sheet}", self.name),
            _ => self.name.clone(),
        }
    }

    /// The file's name without folder and endings: the source of its rows where none is named.
    pub(crate) fn stem(&self) -> String {
        let known = [
            "csv", "tsv", "txt", "xlsx", "xlsm", "json", "jsonl", "ndjson", "parquet", "gz", "zst",
            "zstd", "zip",
        ];
        let mut stem = self.name.as_str();
        while let Some((before, end)) = stem.rsplit_once('.') {
            if before.is_empty() || !known.iter().any(|known| end.eq_ignore_ascii_case(known)) {
                break;
            }
            stem = before;
        }
        stem.to_owned()
    }

    /// What the file was read as.
    fn format(&self) -> String {
        let encoding = self.sniffed.opened.encoding.name();
        let packing = self
            .sniffed
            .opened
            .packing
            .name()
            .map_or_else(String::new, |name| format!(", {name}"));
        match &self.plan.layout {
            Layout::Delimited { dialect, .. } => match dialect.delimiter {
                b'\t' => format!("tsv ({encoding}{packing})"),
                0x1f => format!("csv (one column, {encoding}{packing})"),
                b';' => format!("csv (semicolon, {encoding}{packing})"),
                b'|' => format!("csv (bar, {encoding}{packing})"),
                _ => format!("csv (comma, {encoding}{packing})"),
            },
            Layout::JsonLines { list, .. } => {
                let kind = match list.as_ref().map(|list| list.name.as_str()) {
                    None => "json lines".to_owned(),
                    Some("") => "json list".to_owned(),
                    Some(name) => format!("json list `{}`", shortened(name)),
                };
                format!("{kind} ({encoding}{packing})")
            }
            Layout::Remarks => format!("remarks, one a line ({encoding}{packing})"),
            Layout::Sheet { name, .. } => format!("xlsx sheet {name}"),
            Layout::Parquet => "parquet".to_owned(),
        }
    }

    /// Learns from a pass; says whether the file has to be read again.
    pub(crate) fn learn(
        &mut self,
        pass: &Pass,
        options: &ImportOptions,
    ) -> Result<bool, LakeError> {
        let opened = &mut self.sniffed.opened;
        if opened.encoding == Encoding::Utf8
            && opened.mark == 0
            && Encoding::from_counts(pass.broken_bytes, pass.wide_letters, pass.not_windows)
                == Encoding::Windows1252
        {
            opened.encoding = Encoding::Windows1252;
            return Ok(true);
        }
        if self.learn_columns(pass, options)? {
            return Ok(true);
        }
        if let Some(order) = options.date_order {
            return match pass.evidence.against(order) {
                Some(proof) => Err(self.contradicted(order, proof, &pass.evidence)),
                None => Ok(false),
            };
        }
        if pass.evidence.is_mixed() {
            return Err(self.mixed(&pass.evidence));
        }
        match pass.evidence.order() {
            Some(order) if order != self.reading.order => {
                self.reading.order = order;
                Ok(true)
            }
            None if pass.evidence.either > 0 => Err(self.ambiguous(&pass.evidence)),
            _ => Ok(false),
        }
    }

    /// Keys of JSON objects that came late may be fields.
    fn learn_columns(&mut self, pass: &Pass, options: &ImportOptions) -> Result<bool, LakeError> {
        let Some(candidate) = self.sniffed.candidates.first_mut() else {
            return Ok(false);
        };
        if pass.new_columns.is_empty()
            || !matches!(self.plan.layout, Layout::JsonLines { tickets: false, .. })
        {
            return Ok(false);
        }
        let columns = candidate.columns.get_or_insert_default();
        columns.extend(pass.new_columns.iter().cloned());
        let plans = plans(self.plan.table, &self.sniffed, options)?;
        let Some(again) = plans.into_iter().next() else {
            return Ok(false);
        };
        let better = again.report != self.plan.report;
        if better {
            self.plan = again;
        } else {
            self.plan.ignored = again.ignored;
        }
        Ok(better)
    }

    fn ambiguous(&self, evidence: &Evidence) -> LakeError {
        let (line, value) = evidence.example.clone().unwrap_or_default();
        self.of_dates(
            line,
            format!(
                "`{}` can be day/month or month/day, and the column's {} such dates don't tell which",
                shortened(&value),
                evidence.either
            ),
            "say it with `--date-order dmy` or `--date-order mdy`",
        )
    }

    fn mixed(&self, evidence: &Evidence) -> LakeError {
        let [day_first, month_first] = &evidence.proofs;
        let (line, day_first) = day_first.clone().unwrap_or_default();
        let (other_line, month_first) = month_first.clone().unwrap_or_default();
        self.of_dates(
            line,
            format!(
                "the column mixes day/month (`{}`, {} such) and month/day (`{}` in row {other_line}, {} such), so that dates like 03/04/2026 can't be read",
                shortened(&day_first),
                evidence.day_first,
                shortened(&month_first),
                evidence.month_first
            ),
            "write its dates in one way (2026-11-21 is always understood), or say with `--date-order dmy` or `mdy` which to read; those of the other order are then refused or misread",
        )
    }

    fn contradicted(
        &self,
        order: DateOrder,
        proof: &(u64, String),
        evidence: &Evidence,
    ) -> LakeError {
        let (said, other, name) = match order {
            DateOrder::DayMonthYear => ("dmy", "mdy", "month/day"),
            DateOrder::MonthDayYear => ("mdy", "dmy", "day/month"),
        };
        let (line, value) = proof;
        self.of_dates(
            *line,
            format!(
                "`--date-order {said}` was said, but {} dates of the column, as `{}`, can only be {name}, more than speak for it",
                evidence.day_first.max(evidence.month_first),
                shortened(value)
            ),
            &format!("say `--date-order {other}`; it holds for all files of the run, so that of two orders one has to be written anew (2026-11-21 is always understood)"),
        )
    }

    /// A complaint about the column of days.
    fn of_dates(&self, line: u64, what: String, hint: &str) -> LakeError {
        let column = days_column(&self.plan).map_or("", |column| self.plan.name(column));
        Complaint::new(what, hint)
            .in_file(&self.sniffed.opened.path)
            .at_row(line)
            .in_column(column)
            .into()
    }

    /// The report of a pass.
    pub(crate) fn report(&self, pass: &Pass) -> FileReport {
        FileReport {
            table: self.plan.table,
            file: self.name.clone(),
            format: self.format(),
            preset: self.plan.preset.clone(),
            columns: self.plan.report.clone(),
            ignored_columns: self.plan.ignored.clone(),
            rows_read: pass.rows_read,
            rows_kept: pass.rows_kept,
            rows_rejected: pass.reasons.rejected,
            rows_duplicate: pass.duplicates,
            rows_left_out: pass
                .left_out
                .iter()
                .map(|(rule, rows)| ((*rule).to_owned(), *rows))
                .collect(),
        }
    }
}

/// The column of days of a text file that are a spreadsheet's numbers.
fn serials(plan: &Plan) -> Option<&str> {
    let column = plan.one("at")?;
    let cells = plan.sample.iter().filter_map(|row| row.cells.get(column));
    let are_serials = date::are_serials(cells.map(|cell| cell.trim()));
    (are_serials && matches!(plan.layout, Layout::Delimited { .. })).then(|| plan.name(column))
}

/// The column of days: when something was said, or the period of a measure.
fn days_column(plan: &Plan) -> Option<usize> {
    plan.one("at").or_else(|| match plan.table {
        Table::Measures => plan.one("period"),
        _ => None,
    })
}

/// What the sample says about the order of day and month.
fn order_of_sample(plan: &Plan, serial: bool) -> Option<DateOrder> {
    let column = days_column(plan)?;
    let mut evidence = Evidence::default();
    let reading = Reading {
        order: DateOrder::DayMonthYear,
        order_said: false,
        serial,
    };
    for record in &plan.sample {
        if let Some(cell) = record.cells.get(column).filter(|cell| !is_missing(cell)) {
            let _ = date::day(cell, reading, record.line, &mut evidence);
        }
    }
    evidence.order()
}
