//! Reading rows one by one: a row's cells by field, and what becomes of it.

use crate::check::date::{self, Evidence};
use crate::check::repeats::{self, Key, KeyKind, Seen, Verdict};
use crate::check::{amount, is_missing, score};
use crate::error::LakeError;
use crate::import::Work;
use crate::import::file::{FileIn, Pass};
use crate::import::rounds::rounds;
use crate::read::cells::{Cells, Refusal};
use crate::signals::check::{name_columns, no_answer};
use throughline_domain::import::FileReport;

/// The reason of a row that came before with other content.
const SAME_NAME: &str = "the same came before with other content";

/// A row and its file.
pub(crate) struct Row<'a> {
    pub file: &'a FileIn,
    pub cells: &'a Cells,
    pub at: usize,
}

/// Why a row is refused: field, value, reason.
#[derive(Debug)]
pub(crate) struct Fault {
    pub column: String,
    pub value: String,
    pub reason: String,
}

/// What becomes of a row that isn't refused.
pub(crate) enum Fate {
    /// It is taken, with what tells it from others (if anything does).
    Taken(Option<RowKey>),
    /// It is left out, by a rule.
    LeftOut(&'static str),
}

/// What tells a row from others.
pub(crate) struct RowKey {
    pub kind: KeyKind,
    pub of: u64,
    pub content: u64,
}

impl RowKey {
    /// A row told by some text, such as a unit's name; the same text with other content is a conflict.
    pub(crate) fn named(name: &str, content: u128) -> Self {
        Self {
            kind: KeyKind::Id,
            of: repeats::hash(2, name.as_bytes()) as u64,
            content: content as u64,
        }
    }
}

impl<'a> Row<'a> {
    pub(crate) fn line(&self) -> u64 {
        self.cells.line(self.at)
    }

    pub(crate) fn cell(&self, column: usize) -> &'a str {
        self.cells.cell(self.at, column)
    }

    /// A field's text, if there is any.
    pub(crate) fn text(&self, field: &str) -> Option<&'a str> {
        self.file
            .plan
            .one(field)
            .map(|column| self.cell(column))
            .filter(|text| !is_missing(text))
    }

    /// A field's text, which must be there.
    pub(crate) fn needed(&self, field: &str) -> Result<&'a str, Fault> {
        self.text(field)
            .ok_or_else(|| self.fault(field, "a value is needed here"))
    }

    /// A number.
    pub(crate) fn number(&self, field: &str) -> Result<Option<f64>, Fault> {
        amount::number(self.text(field).unwrap_or("")).map_err(|why| self.fault(field, why))
    }

    /// An amount of money.
    pub(crate) fn money(&self, field: &str) -> Result<Option<f64>, Fault> {
        let plan = &self.file.plan;
        let thousands = plan
            .one(field)
            .is_some_and(|column| plan.parts_thousands(column));
        amount::money(self.text(field).unwrap_or(""), thousands)
            .map_err(|why| self.fault(field, why))
    }

    /// A rating, in millionths turned back.
    pub(crate) fn rating(&self, column: usize) -> Result<Option<f64>, Fault> {
        self.file
            .plan
            .score(column, self.cell(column))
            .map(|micro| micro.map(|micro| micro as f64 / score::MICRO))
            .map_err(|why| self.fault_in(column, why))
    }

    /// A day.
    pub(crate) fn day(&self, field: &str, evidence: &mut Evidence) -> Result<Option<i32>, Fault> {
        match self.text(field) {
            None => Ok(None),
            Some(text) => date::day(text, self.file.reading, self.line(), evidence)
                .map(Some)
                .map_err(|why| self.fault(field, why)),
        }
    }

    /// One of some words.
    pub(crate) fn choice<T: Copy>(
        &self,
        field: &str,
        known: &[(&[&str], T)],
    ) -> Result<Option<T>, Fault> {
        let Some(text) = self.text(field) else {
            return Ok(None);
        };
        let plain = crate::columns::plain_name(text);
        let found = known
            .iter()
            .find(|(words, _)| words.contains(&plain.as_str()))
            .map(|(_, value)| *value);
        let words = || {
            known
                .iter()
                .map(|(words, _)| words[0])
                .collect::<Vec<_>>()
                .join("`, `")
        };
        found
            .map(Some)
            .ok_or_else(|| self.fault(field, &format!("the value is none of `{}`", words())))
    }

    pub(crate) fn fault(&self, field: &str, reason: &str) -> Fault {
        match self.file.plan.one(field) {
            Some(column) => self.fault_in(column, reason),
            None => Fault {
                column: field.to_owned(),
                value: String::new(),
                reason: reason.to_owned(),
            },
        }
    }

    pub(crate) fn fault_in(&self, column: usize, reason: &str) -> Fault {
        Fault {
            column: self.file.plan.name(column).to_owned(),
            value: self.cell(column).to_owned(),
            reason: reason.to_owned(),
        }
    }

    /// A hash of the cells of some columns.
    pub(crate) fn hash(&self, salt: u8, columns: impl Iterator<Item = usize>) -> u128 {
        let mut bytes = Vec::new();
        for column in columns {
            bytes.extend_from_slice(self.cell(column).as_bytes());
            bytes.push(0x1f);
        }
        repeats::hash(salt, &bytes)
    }

    /// A hash of every taken column, in the contract's order.
    pub(crate) fn content(&self) -> u128 {
        let plan = &self.file.plan;
        let fields = crate::columns::contract::fields(plan.table);
        self.hash(
            1,
            fields
                .iter()
                .flat_map(|field| plan.many(field.name).iter().copied()),
        )
    }
}

/// Where a row came from: its file's place, its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub file: usize,
    pub line: u64,
}

/// What the files of a table gave.
pub(crate) struct Read<T> {
    pub rows: Vec<(T, Origin)>,
    pub reports: Vec<FileReport>,
    pub notes: Vec<String>,
}

/// Reads files row by row, and again where a pass taught that one was read wrongly.
///
/// `each` says what becomes of a row and puts what it makes into its last argument; it must not
/// keep anything else. What a row made is dropped where the row is a duplicate or a conflict.
pub(crate) fn read<T>(
    files: &mut [FileIn],
    work: &mut Work<'_>,
    mut each: impl FnMut(&Row<'_>, &mut Evidence, &mut Seen, &mut Vec<T>) -> Result<Fate, Fault>,
) -> Result<Read<T>, LakeError> {
    let mark = work.rejects.mark();
    for _ in 0..50.max(4 * files.len()) {
        if let Some(read) = read_all(files, work, &mut each)? {
            return Ok(read);
        }
        work.rejects.back_to(mark)?;
    }
    Err(crate::import::no_end())
}

fn read_all<T>(
    files: &mut [FileIn],
    work: &mut Work<'_>,
    each: &mut impl FnMut(&Row<'_>, &mut Evidence, &mut Seen, &mut Vec<T>) -> Result<Fate, Fault>,
) -> Result<Option<Read<T>>, LakeError> {
    let mut seen = Seen::new();
    let mut rows = Vec::new();
    let mut reports = Vec::new();
    let mut rows_before = 0;
    work.start_bytes();
    for (number, file) in files.iter_mut().enumerate() {
        let pass = read_once(
            (number, file),
            work,
            rows_before,
            &mut seen,
            each,
            &mut rows,
        )?;
        if file.learn(&pass, work.options)? {
            return Ok(None);
        }
        pass.reasons.check(
            &file.sniffed.opened.path,
            pass.rows_read,
            work.options.allow_rejects,
        )?;
        rows_before += pass.rows_read;
        reports.push(file.report(&pass));
    }
    let notes = work.notes_of(files, &reports);
    Ok(Some(Read {
        rows,
        reports,
        notes,
    }))
}

fn read_once<T>(
    (number, file): (usize, &FileIn),
    work: &mut Work<'_>,
    rows_before: u64,
    seen: &mut Seen,
    each: &mut impl FnMut(&Row<'_>, &mut Evidence, &mut Seen, &mut Vec<T>) -> Result<Fate, Fault>,
    rows: &mut Vec<(T, Origin)>,
) -> Result<Pass, LakeError> {
    let mut pass = Pass::default();
    let kept_before = rows.len();
    let mut made = Vec::new();
    let (layout, width) = (&file.plan.layout, file.plan.split.columns.len());
    rounds(
        &file.sniffed.opened,
        layout,
        width,
        work.count,
        work.watch,
        |rounds| {
            loop {
                let blocks = rounds.next()?;
                if blocks.is_empty() {
                    return Ok(());
                }
                for block in blocks {
                    let mut cells = layout.cells(block, &file.plan.split);
                    let mut refused = std::mem::take(&mut cells.refused);
                    let read = cells.rows() as u64 + refused.len() as u64;
                    pass.note(&cells, read);
                    name_columns(&mut refused, &file.plan);
                    for at in 0..cells.rows() {
                        let row = Row {
                            file,
                            cells: &cells,
                            at,
                        };
                        let line = row.line();
                        match take(&row, &mut pass, seen, each, &mut made) {
                            Ok(()) => rows.extend(
                                made.drain(..)
                                    .map(|one| (one, Origin { file: number, line })),
                            ),
                            Err(Fault {
                                column,
                                value,
                                reason,
                            }) => {
                                made.clear();
                                refused.push(Refusal {
                                    line,
                                    column,
                                    value,
                                    reason,
                                });
                            }
                        }
                    }
                    refused.sort_by_key(|refusal| refusal.line);
                    for refusal in &refused {
                        pass.reasons.add(refusal);
                        work.rejects.add(&file.place(), refusal)?;
                    }
                    work.watched(file.plan.table, rows_before + pass.rows_read);
                }
            }
        },
    )?;
    pass.rows_kept = (rows.len() - kept_before) as u64;
    Ok(pass)
}

/// One row.
fn take<T>(
    row: &Row<'_>,
    pass: &mut Pass,
    seen: &mut Seen,
    each: &mut impl FnMut(&Row<'_>, &mut Evidence, &mut Seen, &mut Vec<T>) -> Result<Fate, Fault>,
    made: &mut Vec<T>,
) -> Result<(), Fault> {
    if row.cells.is_blank(row.at) {
        pass.rows_read -= 1;
        return Ok(());
    }
    if let Some(rule) = no_answer(row.cells, row.at, &row.file.plan.drops) {
        *pass.left_out.entry(rule).or_default() += 1;
        return Ok(());
    }
    match each(row, &mut pass.evidence, seen, made)? {
        Fate::LeftOut(rule) => *pass.left_out.entry(rule).or_default() += 1,
        Fate::Taken(None) => {}
        Fate::Taken(Some(key)) => match seen.one(Key {
            of: key.of,
            content: key.content,
            kind: key.kind,
        }) {
            Some(Verdict::Duplicate) => {
                made.clear();
                pass.duplicates += 1;
            }
            Some(Verdict::Conflict) => {
                let field = crate::columns::contract::fields(row.file.plan.table)[0].name;
                return Err(row.fault(field, SAME_NAME));
            }
            _ => {}
        },
    }
    Ok(())
}
