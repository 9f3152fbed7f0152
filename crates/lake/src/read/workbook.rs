//! XLSX: sheets as cells, streamed; after a check that the file is no zip bomb.
//!
//! The sheet's declared size is never trusted: cells are taken as they come, so a file that claims
//! seventeen billion of them costs nothing. Formulas are read as their last value, errors as empty.

use super::cells::Cells;
use super::compression::{bad_zip, unreadable};
use super::delimited::LONGEST_RECORD;
use super::{Block, Feed};
use crate::error::{Complaint, LakeError};
use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// Most bytes that all parts may inflate to.
const MOST_BYTES: u64 = 1 << 30;
/// A part over `LARGE_PART` bytes may inflate to at most this many times its packed size.
const MOST_RATIO: u64 = 200;
const LARGE_PART: u64 = 10_000_000;
/// Columns past this are not read.
pub(crate) const MOST_COLUMNS: usize = 4096;
const ROWS_A_BLOCK: usize = 8192;

/// Refuses a workbook whose parts inflate beyond reason: by what it declares first, then by what
/// truly comes out (declarations can lie).
pub(crate) fn check_size(path: &Path) -> Result<(), LakeError> {
    let open = || {
        File::open(path)
            .map(BufReader::new)
            .map_err(|error| unreadable(path, &error))
    };
    let mut archive = zip::ZipArchive::new(open()?).map_err(|error| bad_zip(path, &error))?;
    let mut total: u64 = 0;
    for number in 0..archive.len() {
        let entry = archive
            .by_index_raw(number)
            .map_err(|error| bad_zip(path, &error))?;
        total = total.saturating_add(entry.size());
        check_part(path, entry.compressed_size(), entry.size(), total)?;
    }
    let mut total: u64 = 0;
    let mut buffer = vec![0; 1 << 16];
    for number in 0..archive.len() {
        let mut entry = archive
            .by_index(number)
            .map_err(|error| bad_zip(path, &error))?;
        let packed = entry.compressed_size();
        let mut part: u64 = 0;
        loop {
            let read = entry
                .read(&mut buffer)
                .map_err(|error| unreadable(path, &error))?;
            if read == 0 {
                break;
            }
            part += read as u64;
            check_part(path, packed, part, total + part)?;
        }
        total += part;
    }
    Ok(())
}

fn check_part(path: &Path, packed: u64, part: u64, total: u64) -> Result<(), LakeError> {
    if total <= MOST_BYTES && (part <= LARGE_PART || part / MOST_RATIO <= packed) {
        return Ok(());
    }
    Err(Complaint::new(
        format!(
            "the workbook inflates to {} or more, which an honest sheet of its size doesn't",
            megabytes(part.max(total))
        ),
        "if it is honest data, save it as CSV and give that",
    )
    .in_file(path)
    .into())
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}

fn damaged(path: &Path, why: &str) -> LakeError {
    Complaint::new(
        format!("the workbook can't be read: {why}"),
        "open it in a spreadsheet and save it again, or as CSV",
    )
    .in_file(path)
    .into()
}

/// Runs a reader that may panic on a malformed file, which is then the file's fault.
pub(crate) fn guarded<T>(
    path: &Path,
    kind: &str,
    read: impl FnOnce() -> Result<T, LakeError> + std::panic::UnwindSafe,
) -> Result<T, LakeError> {
    std::panic::catch_unwind(read).unwrap_or_else(|_| {
        Err(Complaint::new(
            format!("the {kind} is malformed"),
            "save or export it again, or as CSV",
        )
        .in_file(path)
        .into())
    })
}

/// A workbook whose size was checked.
pub(crate) struct Workbook<'p> {
    path: &'p Path,
    inner: Xlsx<BufReader<File>>,
}

/// Takes a row's number and its cells; says whether to go on.
type EachRow<'a> = dyn FnMut(u64, &[String]) -> Result<bool, LakeError> + 'a;

impl<'p> Workbook<'p> {
    pub(crate) fn open(path: &'p Path) -> Result<Self, LakeError> {
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        let inner = Xlsx::new(BufReader::new(file));
        let inner = inner.map_err(|error| damaged(path, &error.to_string()))?;
        Ok(Self { path, inner })
    }

    /// The names of the sheets that a user sees.
    pub(crate) fn sheets(&self) -> Vec<String> {
        let seen = |sheet: &&calamine::Sheet| {
            sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
        };
        let sheets = self.inner.sheets_metadata().iter().filter(seen);
        sheets.map(|sheet| sheet.name.clone()).collect()
    }

    /// Walks the rows of a sheet until `each` says no: row number from 1, cells as text.
    pub(crate) fn rows(
        &mut self,
        sheet: &str,
        width: usize,
        each: &mut EachRow<'_>,
    ) -> Result<(), LakeError> {
        let path = self.path;
        let reader = self.inner.worksheet_cells_reader(sheet);
        let mut reader = reader.map_err(|error| damaged(path, &error.to_string()))?;
        let mut row: Vec<String> = Vec::new();
        let mut row_bytes = 0;
        let mut number = None;
        loop {
            let cell = reader
                .next_cell()
                .map_err(|error| damaged(path, &error.to_string()))?;
            let place = cell.as_ref().map(calamine::Cell::get_position);
            if number.is_some() && place.map(|place| place.0) != number {
                let line = number.map_or(0, |number: u32| u64::from(number) + 1);
                if !each(line, &row)? {
                    return Ok(());
                }
                row.clear();
                row_bytes = 0;
            }
            let (Some(cell), Some((at_row, at_column))) = (cell, place) else {
                return Ok(());
            };
            number = Some(at_row);
            let column = at_column as usize;
            if column < width {
                if row.len() <= column {
                    row.resize(column + 1, String::new());
                }
                row[column] = text(cell.get_value());
                // One long text can be named by every cell of a row.
                row_bytes += row[column].len();
                if row_bytes > LONGEST_RECORD {
                    return Err(damaged(
                        path,
                        &format!("row {} is longer than 16 MiB", at_row + 1),
                    ));
                }
            }
        }
    }
}

/// Reads a sheet's rows from row number `first_line` on as blocks of cells.
pub(crate) fn feed_blocks(
    path: &Path,
    sheet: &str,
    first_line: u64,
    width: usize,
    feed: &mut Feed<'_>,
) -> Result<(), LakeError> {
    let mut cells = Cells::with_width(width);
    Workbook::open(path)?.rows(sheet, width, &mut |line, row| {
        if line < first_line {
            return Ok(true);
        }
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(true);
        }
        cells.push(line, row.iter().map(String::as_str));
        if cells.rows() == ROWS_A_BLOCK || cells.bytes() > 4 << 20 {
            return feed(Block::Cells(std::mem::replace(
                &mut cells,
                Cells::with_width(width),
            )));
        }
        Ok(true)
    })?;
    if cells.rows() > 0 {
        feed(Block::Cells(cells))?;
    }
    Ok(())
}

/// A cell as text: whole numbers without a point, dates in ISO.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) => text.replace('\0', ""),
        DataRef::SharedString(text) => text.replace('\0', ""),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            if (hour, minute, second) == (0, 0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
            }
        }
        DataRef::DateTime(span) => number_text(span.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else {
        number.to_string()
    }
}
