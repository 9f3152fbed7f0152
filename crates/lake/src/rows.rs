//! The rows of a user's table as text, by columns that go under many names: for tables that aren't
//! facts (people, units, roles), in every format that an import takes.
//!
//! A row that can't be read is set aside with row, column, value and reason; what cells mean is the
//! caller's to check. Columns that were not asked for are never read. Everything is held in memory, so
//! there is a limit to what is taken.

use crate::columns::missing::{listed, shortened};
use crate::columns::plain_name;
use crate::columns::plan::make_tellable;
use crate::error::{Complaint, LakeError};
use crate::import::rounds::rounds;
use crate::options::Unwatched;
use crate::read::cells::Cells;
use crate::read::encoding::Encoding;
use crate::read::sniff::{Candidate, Sniffed, sniff_table};
use crate::read::{Layout, Split};
use std::path::Path;
use std::sync::atomic::AtomicU64;

/// Records looked at for a header: titles may stand above it.
const LOOKED_AT: usize = 10;
/// Longest cell that is taken, in bytes.
const LONGEST_CELL: usize = 10_000;
/// Rows that are taken.
const MOST_ROWS: usize = 1_000_000;
/// Bytes of text that are taken.
const MOST_BYTES: usize = 256 << 20;

/// A column that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct RowField {
    /// What the caller calls it.
    pub name: &'static str,
    /// How files call it, best first, in lower case and without spaces or punctuation. The name
    /// itself isn't one of them unless it stands here.
    pub aliases: &'static [&'static str],
    /// Whether an alias is followed by a number (`Level 1`, `Level 2`, ...), each being a column.
    pub numbered: bool,
    /// Whether there must be one.
    pub needed: bool,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line in a text file, its row in a sheet; from 1.
    pub line: u64,
    /// By field, the cells of its columns, trimmed.
    cells: Vec<Vec<String>>,
}

impl Row {
    /// The cell of a field that has one column; empty where there is no column.
    pub fn cell(&self, field: usize) -> &str {
        self.cells
            .get(field)
            .and_then(|cells| cells.first())
            .map_or("", String::as_str)
    }

    /// The cells of a field with several columns.
    pub fn cells(&self, field: usize) -> &[String] {
        self.cells.get(field).map_or(&[], Vec::as_slice)
    }
}

/// A row that isn't taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// Its line, from 1.
    pub line: u64,
    /// The column, as the file calls it; empty where it is about the row.
    pub column: String,
    /// The value, shortened.
    pub value: String,
    /// Why.
    pub reason: String,
}

impl Reject {
    /// About a cell of a row.
    pub fn new(line: u64, column: &str, value: &str, reason: impl Into<String>) -> Self {
        Self {
            line,
            column: column.to_owned(),
            value: shortened(value),
            reason: reason.into(),
        }
    }
}

/// A table that was read.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// By field, the columns taken for it, as the file calls them.
    pub columns: Vec<Vec<String>>,
    /// Columns that were not asked for; nothing of them was kept.
    pub ignored: Vec<String>,
    /// The rows, in the file's order.
    pub rows: Vec<Row>,
    /// Rows that couldn't be read.
    pub rejects: Vec<Reject>,
    /// What a person should know of how the file was read.
    pub notes: Vec<String>,
}

/// Reads a table. `named` is how messages call the file.
///
/// # Errors
/// [`LakeError::Input`] for a file that can't be read, is no table, lacks a needed column or has
/// no rows.
pub fn rows(path: &Path, named: &str, fields: &[RowField]) -> Result<Rows, LakeError> {
    read(path, fields).map_err(|error| match error {
        LakeError::Input(mut complaint) => {
            complaint.file = Some(named.to_owned());
            LakeError::Input(complaint)
        }
        other => other,
    })
}

fn read(path: &Path, fields: &[RowField]) -> Result<Rows, LakeError> {
    let spool =
        tempfile::tempdir().map_err(|error| LakeError::output(&std::env::temp_dir(), 0, &error))?;
    let mut sniffed = sniff_table(path, spool.path())?;
    let plan = plan(&sniffed, fields)?;
    let mut pass = pass(&sniffed, &plan)?;
    let windows = sniffed.opened.encoding == Encoding::Utf8
        && sniffed.opened.mark == 0
        && Encoding::from_counts(pass.broken_bytes, pass.wide_letters, pass.not_windows)
            == Encoding::Windows1252;
    if windows {
        sniffed.opened.encoding = Encoding::Windows1252;
        pass = self::pass(&sniffed, &plan)?;
    }
    if pass.rows.is_empty() && pass.rejects.is_empty() {
        return Err(Complaint::new(
            "the file has a header and no rows",
            "check that the export finished",
        )
        .into());
    }
    let name = |column: &usize| plan.split.columns[*column].clone();
    let of_field = |taken: &Vec<usize>| taken.iter().map(name).collect();
    let is_taken = |column: &usize| plan.taken.iter().flatten().any(|taken| taken == column);
    Ok(Rows {
        columns: plan.taken.iter().map(of_field).collect(),
        ignored: (0..plan.split.columns.len())
            .filter(|column| !is_taken(column))
            .map(|column| name(&column))
            .collect(),
        rows: pass.rows,
        rejects: pass.rejects,
        notes: plan.notes,
    })
}

/// How a file is read.
struct Plan {
    layout: Layout,
    split: Split,
    /// By field, its columns.
    taken: Vec<Vec<usize>>,
    /// By column, the header's own word, to know a header that comes again.
    header: Vec<String>,
    notes: Vec<String>,
}

/// The first sheet (or the one table) that has the columns needed.
fn plan(sniffed: &Sniffed, fields: &[RowField]) -> Result<Plan, LakeError> {
    let mut first_error = None;
    for candidate in &sniffed.candidates {
        match plan_of(candidate, fields) {
            Ok(mut plan) => {
                if let Layout::Sheet { name, .. } = &plan.layout
                    && sniffed.candidates.len() > 1
                {
                    plan.notes.push(format!(
                        "the workbook has {} sheets; `{name}` was read",
                        sniffed.candidates.len()
                    ));
                }
                return Ok(plan);
            }
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    Err(first_error
        .unwrap_or_else(|| LakeError::Fault("a file without tables was planned".to_owned())))
}

fn plan_of(candidate: &Candidate, fields: &[RowField]) -> Result<Plan, LakeError> {
    if let Some(columns) = &candidate.columns {
        return Ok(Plan {
            layout: candidate.layout.clone(),
            split: Split {
                columns: columns.clone(),
            },
            taken: chosen(columns, fields)?,
            header: Vec::new(),
            notes: Vec::new(),
        });
    }
    let filled = |at: usize| {
        let cells = &candidate.records[at].cells;
        cells.iter().filter(|cell| !cell.is_empty()).count()
    };
    // What stands above a header is shorter than it: a row of data must not be taken for one.
    let at = (0..candidate.records.len().min(LOOKED_AT))
        .find(|&at| {
            (0..at).all(|above| filled(above) < filled(at))
                && chosen(&candidate.records[at].cells, fields).is_ok()
        })
        .unwrap_or(0);
    let Some(header) = candidate.records.get(at) else {
        return Err(Complaint::new("the file is empty", "check that the export finished").into());
    };
    let mut columns = header.cells.clone();
    let taken = chosen(&columns, fields)?;
    make_tellable(&mut columns);
    let mut layout = candidate.layout.clone();
    if let Layout::Delimited { first_line, .. } | Layout::Sheet { first_line, .. } = &mut layout {
        *first_line = header.next_line;
    }
    let notes = if at > 0 {
        vec![format!(
            "the header was found on row {}; what is above it was left out",
            header.line
        )]
    } else {
        Vec::new()
    };
    Ok(Plan {
        layout,
        split: Split { columns },
        taken,
        header: header.cells.clone(),
        notes,
    })
}

/// The columns of each field; an error where a needed one has none.
fn chosen(columns: &[String], fields: &[RowField]) -> Result<Vec<Vec<usize>>, LakeError> {
    let plain: Vec<String> = columns.iter().map(|column| heading(column)).collect();
    let mut free = vec![true; columns.len()];
    let mut taken = vec![Vec::new(); fields.len()];
    for (field, of_field) in fields.iter().zip(&mut taken) {
        if field.numbered {
            let mut numbered: Vec<(u32, usize)> = plain
                .iter()
                .enumerate()
                .filter(|(at, _)| free[*at])
                .filter_map(|(at, name)| Some((number(name, field.aliases)?, at)))
                .collect();
            numbered.sort_unstable();
            numbered.dedup_by_key(|(number, _)| *number);
            of_field.extend(numbered.into_iter().map(|(_, at)| at));
        } else {
            let found = field
                .aliases
                .iter()
                .find_map(|alias| (0..columns.len()).find(|&at| free[at] && plain[at] == *alias));
            of_field.extend(found);
        }
        for &at in of_field.iter() {
            free[at] = false;
        }
    }
    let missing = fields
        .iter()
        .zip(&taken)
        .find(|(field, taken)| field.needed && taken.is_empty());
    match missing {
        None => Ok(taken),
        Some((field, _)) => {
            let alone = if columns.len() == 1 {
                "; it has one column: are its cells parted by something other than `,` `;` tab or `|`?"
            } else {
                ""
            };
            Err(Complaint::new(
                format!("no column for {} was found{alone}", field.name),
                format!("the columns are {}", listed(columns)),
            )
            .into())
        }
    }
}

/// A heading without case, spaces and punctuation; `Employee #` is the employee's number.
fn heading(column: &str) -> String {
    let column = column.trim();
    match column.strip_suffix('#') {
        Some(what) if !what.trim().is_empty() => plain_name(what) + "number",
        _ => plain_name(column),
    }
}

/// The number after (or inside) an alias: `level3`, `level3name`, `orglevel03`.
fn number(name: &str, aliases: &[&str]) -> Option<u32> {
    aliases.iter().find_map(|alias| {
        let rest = name.strip_prefix(alias)?;
        let digits = rest.strip_suffix("name").unwrap_or(rest);
        (digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| digits.parse().ok())
            .flatten()
    })
}

#[derive(Default)]
struct Pass {
    rows: Vec<Row>,
    rejects: Vec<Reject>,
    bytes: usize,
    broken_bytes: u64,
    wide_letters: u64,
    not_windows: bool,
}

fn pass(sniffed: &Sniffed, plan: &Plan) -> Result<Pass, LakeError> {
    let (layout, width) = (&plan.layout, plan.split.columns.len());
    let count = AtomicU64::new(0);
    let mut all = Pass::default();
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
                for block in blocks {
                    all.take(&layout.cells(block, &plan.split), plan)?;
                }
            }
        },
    )?;
    all.rejects.sort_by_key(|reject| reject.line);
    Ok(all)
}

impl Pass {
    fn take(&mut self, cells: &Cells, plan: &Plan) -> Result<(), LakeError> {
        self.broken_bytes += cells.broken_bytes;
        self.wide_letters += cells.wide_letters;
        self.not_windows |= cells.not_windows;
        for refusal in &cells.refused {
            self.rejects.push(Reject::new(
                refusal.line,
                &refusal.column,
                &refusal.value,
                refusal.reason.clone(),
            ));
        }
        for row in 0..cells.rows() {
            let line = cells.line(row);
            if plan.repeats_header(cells, row) {
                let reason = "the row repeats the header";
                self.rejects.push(Reject::new(line, "", "", reason));
                continue;
            }
            let columns = plan.taken.iter().flatten();
            let long = columns
                .clone()
                .find(|column| cells.cell(row, **column).len() > LONGEST_CELL);
            if let Some(&column) = long {
                self.rejects.push(Reject::new(
                    line,
                    &plan.split.columns[column],
                    cells.cell(row, column),
                    format!("the cell is longer than {LONGEST_CELL} bytes"),
                ));
                continue;
            }
            let cells: Vec<Vec<String>> = plan
                .taken
                .iter()
                .map(|of_field| {
                    let text = |column: &usize| cells.cell(row, *column).to_owned();
                    of_field.iter().map(text).collect()
                })
                .collect();
            if cells.iter().flatten().all(String::is_empty) {
                continue;
            }
            self.bytes += cells.iter().flatten().map(String::len).sum::<usize>();
            self.rows.push(Row { line, cells });
        }
        if self.rows.len() + self.rejects.len() > MOST_ROWS || self.bytes > MOST_BYTES {
            return Err(Complaint::new(
                format!("the file has more than {MOST_ROWS} rows, or more text than they would"),
                "give a file of people alone, one row each",
            )
            .into());
        }
        Ok(())
    }
}

impl Plan {
    fn repeats_header(&self, cells: &Cells, row: usize) -> bool {
        !self.header.is_empty()
            && self
                .taken
                .iter()
                .flatten()
                .all(|&column| cells.cell(row, column) == self.header[column].trim())
    }
}
