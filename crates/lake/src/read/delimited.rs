//! CSV and its kin: finding record boundaries in order, splitting records into cells in parallel.
//!
//! Quoting follows RFC 4180 as spreadsheets practise it: a quote opens a quoted cell only at the
//! cell's start, a doubled quote inside stands for one, and what follows a closing quote up to the
//! delimiter belongs to the cell. Boundaries are found by looking at quotes and line ends alone,
//! which is an order of magnitude faster than splitting, so that one thread can feed many.

mod quotes;

use super::cells::{Cells, Refusal};
use super::{Block, Feed};
use crate::error::{Complaint, LakeError};
use memchr::{memchr, memchr_iter, memchr2, memrchr};
use quotes::{is_escaped, quoted, quoted_end};
use std::io::Read;
use std::path::Path;

/// Bytes read at a time.
const BLOCK: usize = 1 << 20;
/// The longest record taken.
pub(crate) const LONGEST_RECORD: usize = 16 << 20;
const QUOTE: u8 = b'"';

/// How a delimited file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// Between cells.
    pub delimiter: u8,
    /// Between records: `\n` (a `\r` before it is dropped) or `\r` alone.
    pub line_end: u8,
    /// Whether quotes quote (not in files of remarks or JSON).
    pub quotes: bool,
    /// Whether a backslash before a quote keeps it from closing a cell, as databases write it.
    pub backslashes: bool,
}

impl Dialect {
    /// Lines, whatever is in them.
    pub(crate) const LINES: Self = Self {
        delimiter: 0,
        line_end: b'\n',
        quotes: false,
        backslashes: false,
    };
}

/// Finds where the last whole record of a growing buffer ends.
#[derive(Default)]
struct Boundary {
    at: usize,
    in_quotes: bool,
    end: usize,
}

impl Boundary {
    /// Looks at what was added to `buffer`; afterwards `end` is the end of the last whole record.
    fn look(&mut self, buffer: &[u8], dialect: Dialect) {
        if !dialect.quotes {
            if let Some(found) = memrchr(dialect.line_end, &buffer[self.at..]) {
                self.end = self.at + found + 1;
            }
            self.at = buffer.len();
            return;
        }
        while self.at < buffer.len() {
            let quote = memchr(QUOTE, &buffer[self.at..]).map(|found| self.at + found);
            if self.in_quotes {
                match quote {
                    None => self.at = buffer.len(),
                    // The byte after the quote decides, and isn't there yet.
                    Some(quote) if dialect.backslashes && is_escaped(buffer, quote) => {
                        self.at = quote + 1;
                    }
                    Some(quote) if quote + 1 == buffer.len() => {
                        self.at = quote;
                        return;
                    }
                    Some(quote) if buffer[quote + 1] == QUOTE => self.at = quote + 2,
                    Some(quote) => {
                        self.in_quotes = false;
                        self.at = quote + 1;
                    }
                }
            } else {
                let until = quote.unwrap_or(buffer.len());
                if let Some(found) = memrchr(dialect.line_end, &buffer[self.at..until]) {
                    self.end = self.at + found + 1;
                }
                self.at = until;
                if let Some(quote) = quote {
                    self.in_quotes = quote == 0
                        || matches!(buffer[quote - 1], before if before == dialect.delimiter || before == dialect.line_end);
                    self.at = quote + 1;
                }
            }
        }
    }
}

/// Reads blocks of whole records and hands them on in order.
///
/// Records that start before `first` (headers) are dropped.
pub(crate) fn feed_blocks(
    path: &Path,
    reader: &mut dyn Read,
    dialect: Dialect,
    first: u64,
    feed: &mut Feed<'_>,
) -> Result<(), LakeError> {
    feed_blocks_of(BLOCK, path, reader, dialect, first, feed)
}

fn feed_blocks_of(
    size: usize,
    path: &Path,
    reader: &mut dyn Read,
    dialect: Dialect,
    first: u64,
    feed: &mut Feed<'_>,
) -> Result<(), LakeError> {
    let mut buffer: Vec<u8> = Vec::with_capacity(2 * size);
    let mut boundary = Boundary::default();
    let mut line = 1u64;
    loop {
        let before = buffer.len();
        let read = Read::take(&mut *reader, size as u64)
            .read_to_end(&mut buffer)
            .map_err(|error| super::compression::unreadable(path, &error))?;
        boundary.look(&buffer, dialect);
        let at_end = read == 0;
        if at_end {
            if boundary.in_quotes
                && memchr(QUOTE, &buffer[boundary.at.min(buffer.len())..]).is_none()
            {
                let start = line + newlines(&buffer[..boundary.end], dialect);
                return Err(unclosed(path, start));
            }
            boundary.end = buffer.len();
        } else if boundary.end == 0 {
            if before + read > LONGEST_RECORD {
                return Err(too_long(path, line, boundary.in_quotes));
            }
            continue;
        }
        let rest = buffer.split_off(boundary.end);
        let mut block = std::mem::replace(&mut buffer, rest);
        buffer.reserve(2 * size);
        boundary.at -= boundary.end.min(boundary.at);
        boundary.end = 0;
        let mut first_line = line;
        line += newlines(&block, dialect);
        while first_line < first && !block.is_empty() {
            let end = record_end(&block, dialect);
            first_line += newlines(&block[..end], dialect).max(1);
            block.drain(..end);
        }
        if !block.is_empty()
            && !feed(Block::Bytes {
                bytes: block,
                first_line,
            })?
        {
            return Ok(());
        }
        if at_end {
            return Ok(());
        }
    }
}

pub(crate) fn newlines(bytes: &[u8], dialect: Dialect) -> u64 {
    memchr_iter(dialect.line_end, bytes).count() as u64
}

/// Where the first record ends (past its line end).
pub(crate) fn record_end(bytes: &[u8], dialect: Dialect) -> usize {
    let mut at = 0;
    let mut cell_start = true;
    while at < bytes.len() {
        let byte = bytes[at];
        if cell_start && dialect.quotes && byte == QUOTE {
            at = quoted_end(bytes, at + 1, dialect).0;
            cell_start = false;
        } else if byte == dialect.line_end {
            return at + 1;
        } else {
            cell_start = byte == dialect.delimiter;
            at += 1;
        }
    }
    bytes.len()
}

/// The cells of one record, for samples: not fast.
pub(crate) fn cells_of_record(record: &[u8], dialect: Dialect) -> Vec<String> {
    let mut cells = Vec::new();
    let mut bytes = record.to_vec();
    let mut at = 0;
    loop {
        let (start, end, next) = if bytes.get(at) == Some(&QUOTE) {
            let cell = quoted(&mut bytes, at, dialect);
            (cell.start, cell.end, cell.next)
        } else {
            let end = memchr2(dialect.delimiter, dialect.line_end, &bytes[at..])
                .map_or(bytes.len(), |found| at + found);
            (at, end, end)
        };
        cells.push(
            String::from_utf8_lossy(&bytes[start..end])
                .trim()
                .trim_start_matches('\u{feff}')
                .to_owned(),
        );
        if bytes.get(next).is_none_or(|&byte| byte == dialect.line_end) {
            return cells;
        }
        at = next + 1;
    }
}

fn unclosed(path: &Path, line: u64) -> LakeError {
    Complaint::new(
        "a quote `\"` that opens a cell is never closed, so the rest of the file would be one cell",
        "close the quote, or double it (`\"\"`) if it belongs to the text",
    )
    .in_file(path)
    .at_row(line)
    .into()
}

fn too_long(path: &Path, line: u64, in_quotes: bool) -> LakeError {
    let hint = if in_quotes {
        "a quote `\"` that opens a cell may not be closed; close it, or double it if it belongs to the text"
    } else {
        "check that the file has line ends, and that it is a table"
    };
    Complaint::new("a record is longer than 16 MiB", hint)
        .in_file(path)
        .at_row(line)
        .into()
}

/// Splits a block of whole records into cells.
pub(crate) fn split(mut bytes: Vec<u8>, first_line: u64, dialect: Dialect, width: usize) -> Cells {
    let mut spans: Vec<(u32, u32)> = Vec::with_capacity(bytes.len() / 12 + width);
    let mut lines: Vec<u64> = Vec::with_capacity(bytes.len() / 64 + 1);
    let mut refused = Vec::new();
    let mut empty_rows = 0;
    let (mut at, mut line) = (0, first_line);
    while at < bytes.len() {
        let row_line = line;
        let row_start = spans.len();
        let mut any = false;
        let mut swallows = false;
        loop {
            let (start, end, next) = if dialect.quotes && bytes.get(at) == Some(&QUOTE) {
                let cell = quoted(&mut bytes, at, dialect);
                line += cell.breaks;
                swallows |= cell.breaks > 0 && cell.goes_on;
                (cell.start, cell.end, cell.next)
            } else {
                let end = memchr2(dialect.delimiter, dialect.line_end, &bytes[at..])
                    .map_or(bytes.len(), |found| at + found);
                (at, end, end)
            };
            let last = bytes.get(next).is_none_or(|&byte| byte == dialect.line_end);
            // `\r\n`: the `\r` belongs to the line end.
            let end = if last && end > start && end == next && bytes[end - 1] == b'\r' {
                end - 1
            } else {
                end
            };
            any |= end > start;
            spans.push((start as u32, end as u32));
            at = next + 1;
            if last {
                break;
            }
        }
        line += 1;
        let found = spans.len() - row_start;
        // Delimiters past the last column with nothing in them do no harm.
        let surplus = found > width
            && spans[row_start + width..]
                .iter()
                .all(|(start, end)| start == end);
        if swallows {
            spans.truncate(row_start);
            // Each row that went into the cell is lost, and counts as lost.
            refused.extend((row_line..line).map(|lost| Refusal {
                line: lost,
                column: String::new(),
                value: String::new(),
                reason: format!(
                    "a quote `\"` that opens a cell in row {row_line} closes only in row {}, in the middle of a cell: one is missing or too many",
                    line - 1
                ),
            }));
        } else if !any {
            empty_rows += u64::from(found > 1);
            spans.truncate(row_start);
        } else if found == width || surplus {
            spans.truncate(row_start + width);
            lines.push(row_line);
        } else {
            spans.truncate(row_start);
            refused.push(Refusal {
                line: row_line,
                column: String::new(),
                value: format!("{found} cells"),
                reason: format!("the row has another number of cells than the header ({width})"),
            });
        }
    }
    let mut cells = valid(bytes, width, spans, lines, refused);
    cells.empty_rows = empty_rows;
    cells
}

/// Makes cells of bytes; rows with bytes that are no valid UTF-8, or a NUL, are refused.
pub(crate) fn valid(
    bytes: Vec<u8>,
    width: usize,
    spans: Vec<(u32, u32)>,
    lines: Vec<u64>,
    refused: Vec<Refusal>,
) -> Cells {
    let wide = if bytes.is_ascii() {
        0
    } else {
        bytes.iter().filter(|&&byte| byte >= 0xc2).count() as u64
    };
    let has_nul = memchr(0, &bytes).is_some();
    let (text, broken) = match String::from_utf8(bytes) {
        Ok(text) => (text, Vec::new()),
        Err(error) => mend(error.into_bytes()),
    };
    if broken.is_empty() && !has_nul {
        let mut cells = Cells::over(width, text, spans, lines);
        cells.refused = refused;
        cells.wide_letters = wide;
        return cells;
    }
    drop_bad_rows(text, &broken, width, &spans, &lines, refused, wide)
}

/// Replaces what is no valid UTF-8 by `?`, byte for byte; returns where, and the bytes.
fn mend(mut bytes: Vec<u8>) -> (String, Vec<(usize, u8)>) {
    let mut broken = Vec::new();
    let mut at = 0;
    loop {
        match std::str::from_utf8(&bytes[at..]) {
            Ok(_) => break,
            Err(error) => {
                let start = at + error.valid_up_to();
                let end = error
                    .error_len()
                    .map_or(bytes.len(), |length| start + length);
                broken.extend((start..end).map(|place| (place, bytes[place])));
                bytes[start..end].fill(b'?');
                at = end;
            }
        }
    }
    // Everything that was not valid has just been replaced.
    (String::from_utf8(bytes).unwrap_or_default(), broken)
}

fn drop_bad_rows(
    text: String,
    broken: &[(usize, u8)],
    width: usize,
    spans: &[(u32, u32)],
    lines: &[u64],
    refused: Vec<Refusal>,
    wide: u64,
) -> Cells {
    let mut refused = refused;
    let (mut kept_spans, mut kept_lines) = (Vec::new(), Vec::new());
    let mut broken_before = 0;
    for (row, &line) in lines.iter().enumerate() {
        let of_row = &spans[row * width..(row + 1) * width];
        let end = of_row.last().map_or(0, |span| span.1 as usize);
        let until =
            broken_before + broken[broken_before..].partition_point(|(place, _)| *place < end);
        let fault = of_row
            .iter()
            .enumerate()
            .find_map(|(column, &(start, end))| {
                let cell = &text[start as usize..end as usize];
                let bad = broken[broken_before..until]
                    .iter()
                    .any(|(place, _)| (start as usize..end as usize).contains(place));
                if bad {
                    Some((column, "the cell has bytes that are no valid UTF-8"))
                } else if memchr(0, cell.as_bytes()).is_some() {
                    Some((column, "the cell has a NUL byte"))
                } else {
                    None
                }
            });
        broken_before = until;
        if let Some((column, reason)) = fault {
            let value =
                text[of_row[column].0 as usize..of_row[column].1 as usize].replace('\0', "?");
            // The column is named by whoever knows the header.
            refused.push(Refusal {
                line,
                column: format!("\0{column}"),
                value,
                reason: reason.to_owned(),
            });
        } else {
            kept_spans.extend_from_slice(of_row);
            kept_lines.push(line);
        }
    }
    refused.sort_by_key(|refusal| refusal.line);
    let broken_bytes = broken.len() as u64;
    let mut made = Cells::over(width, text, kept_spans, kept_lines);
    made.refused = refused;
    made.broken_bytes = broken_bytes;
    made.wide_letters = wide.saturating_sub(broken_bytes);
    made.not_windows = broken
        .iter()
        .any(|(_, byte)| super::encoding::has_no_meaning(*byte));
    made
}

#[cfg(test)]
mod tests;
