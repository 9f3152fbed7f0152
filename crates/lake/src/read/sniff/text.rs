//! What a text file is: its encoding, and whether it is JSON, a table (with which delimiter) or
//! remarks.

use super::json::json_lines;
use super::{Candidate, RECORDS, Record, Sniffed, sampled, start};
use crate::columns::contract::fields;
use crate::columns::questions::{asks_customers_for_words, asks_for_words, question_of};
use crate::error::{Complaint, LakeError};
use crate::read::compression::unreadable;
use crate::read::delimited::{self, Dialect};
use crate::read::encoding::Encoding;
use crate::read::{Layout, Opened, Split};
use std::io::Read;
use std::sync::atomic::AtomicU64;
use throughline_domain::facts::Table;

/// Bytes of text looked at.
const SAMPLE: usize = 1 << 20;

/// A text file: its encoding, then whether it is JSON, a table or remarks.
pub(super) fn text(mut opened: Opened, may_be_remarks: bool) -> Result<Sniffed, LakeError> {
    let raw = start(&opened, SAMPLE as u64)?;
    (opened.encoding, opened.mark) = Encoding::of_sample(&raw, raw.len() < SAMPLE);
    let mut bytes = opened.text(&AtomicU64::new(0), |reader| {
        let mut bytes = Vec::new();
        reader
            .take(SAMPLE as u64)
            .read_to_end(&mut bytes)
            .map_err(|error| unreadable(&opened.path, &error))?;
        Ok(bytes)
    })?;
    let whole = bytes.len() < SAMPLE;
    if bytes.iter().all(|byte| byte.is_ascii_whitespace()) {
        return Err(
            Complaint::new("the file is empty", "check that the export finished")
                .in_file(&opened.path)
                .into(),
        );
    }
    let zeros = bytes.iter().take(4096).filter(|&&byte| byte == 0).count();
    if zeros * 10 > bytes.len().min(4096) {
        return Err(Complaint::new(
            "the file is binary, not a table",
            "save it as XLSX or CSV and give that",
        )
        .in_file(&opened.path)
        .into());
    }
    if let Some(candidate) = json_lines(&opened, &bytes)? {
        return Ok(Sniffed {
            opened,
            candidates: vec![candidate],
        });
    }
    // Without the whole file the last record may be cut.
    if !whole && let Some(end) = memchr::memrchr2(b'\n', b'\r', &bytes) {
        bytes.truncate(end + 1);
    }
    let line_end =
        if memchr::memchr(b'\n', &bytes).is_none() && memchr::memchr(b'\r', &bytes).is_some() {
            b'\r'
        } else {
            b'\n'
        };
    let (dialect, records) = best_dialect(&bytes, line_end, whole);
    let is_text = opened
        .path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("txt"));
    let width = records.first().map_or(0, |header| header.cells.len());
    let wide = width > 1;
    let steady = records
        .iter()
        .filter(|row| row.cells.len() == width)
        .count()
        * 10
        >= records.len() * 9;
    if may_be_remarks
        && is_text
        && !(wide && steady && dialect.delimiter == b'\t')
        && !has_comment_header(&records)
    {
        let columns = vec!["comment".to_owned()];
        let records = sampled(
            &opened,
            &Layout::Remarks,
            &Split {
                columns: columns.clone(),
            },
        )?;
        let candidate = Candidate {
            layout: Layout::Remarks,
            records,
            columns: Some(columns),
        };
        return Ok(Sniffed {
            opened,
            candidates: vec![candidate],
        });
    }
    let layout = Layout::Delimited {
        dialect,
        first_line: 0,
    };
    Ok(Sniffed {
        opened,
        candidates: vec![Candidate {
            layout,
            records,
            columns: None,
        }],
    })
}

/// Whether a text file names its first columns as a table of comments would.
fn has_comment_header(records: &[Record]) -> bool {
    let comments = fields(Table::Signals)
        .iter()
        .find(|field| field.name == "comment");
    records.first().is_some_and(|header| {
        header
            .cells
            .iter()
            .any(|name| comments.is_some_and(|comments| comments.answers_to(name)))
    })
}

/// Whether some table has a field of this name.
fn names_a_field(name: &str) -> bool {
    Table::ALL
        .into_iter()
        .any(|table| fields(table).iter().any(|field| field.answers_to(name)))
}

/// Whether a heading asks for words, as that of a lone column of answers does.
fn asks(heading: &str) -> bool {
    let idea_or_block =
        question_of(heading).is_some_and(|question| asks_for_words(heading, question));
    heading.trim_end().ends_with('?') && (idea_or_block || asks_customers_for_words(heading))
}

/// Whether what stands below a heading that asks are answers in people's words, with commas in them: most have a space
/// behind them, nothing is quoted, and no line has two headings.
fn are_lone_answers(records: &[Record], bytes: &[u8], delimiter: u8) -> bool {
    let is_header = |record: &Record| {
        let is_heading = |cell: &&String| names_a_field(cell) || asks(cell);
        record.cells.iter().filter(is_heading).count() > 1
    };
    let marks = memchr::memchr_iter(delimiter, bytes);
    let (all, in_words) = marks.fold((0, 0), |(all, in_words), at| {
        let is_in_words = bytes.get(at + 1) == Some(&b' ');
        (all + 1, in_words + usize::from(is_in_words))
    });
    2 * in_words > all
        && memchr::memchr(b'"', bytes).is_none()
        && !records.iter().take(10).skip(1).any(is_header)
}

/// Whether a header of several fields stands below the first line, as wide as most of the rows.
fn has_header_below(records: &[Record]) -> bool {
    records.iter().take(10).skip(1).any(|record| {
        let width = record.cells.len();
        let agree = records.iter().filter(|row| row.cells.len() == width);
        let named = record.cells.iter().filter(|cell| names_a_field(cell));
        width > 1 && named.count() > 1 && agree.count() * 2 > records.len()
    })
}

/// The delimiter under which the header has columns and the rows agree with it.
fn best_dialect(bytes: &[u8], line_end: u8, whole: bool) -> (Dialect, Vec<Record>) {
    // Excel writes `sep=;` as a first line for itself.
    let told = bytes
        .strip_prefix(b"sep=")
        .and_then(|rest| rest.first().copied());
    let mut best: Option<(f64, usize, Dialect, Vec<Record>)> = None;
    let escapes = memchr::memmem::find(bytes, b"\\\"").is_some();
    let ways = [b',', b';', b'\t', b'|'].into_iter().flat_map(|delimiter| {
        [Some(false), escapes.then_some(true)]
            .into_iter()
            .flatten()
            .map(move |way| (delimiter, way))
    });
    for (delimiter, backslashes) in ways {
        let dialect = Dialect {
            delimiter,
            line_end,
            quotes: true,
            backslashes,
        };
        let mut records = records(bytes, dialect);
        if !whole && records.len() > 1 {
            records.pop();
        }
        if told.is_some() && !records.is_empty() {
            records.remove(0);
        }
        let header = records.first().map_or(0, |row| row.cells.len());
        let widest = records
            .iter()
            .take(20)
            .map(|row| row.cells.len())
            .max()
            .unwrap_or(0);
        // A title over the header has one cell, and so has the header of a lone column, whose texts
        // may hold commas.
        let first = records.first().and_then(|record| record.cells.first());
        let lone = header == 1
            && first.is_some_and(|first| {
                (names_a_field(first) && !has_header_below(&records))
                    || (asks(first) && are_lone_answers(&records, bytes, delimiter))
            });
        let width = if header > 1 || lone { header } else { widest };
        let agree = records
            .iter()
            .filter(|row| row.cells.len() == width)
            .count() as f64
            / records.len().max(1) as f64;
        let score = if told == Some(delimiter) {
            3.0
        } else if width > 1 && (header > 1 || agree > 0.5) {
            1.0 + agree
        } else {
            0.0
        };
        let better = best
            .as_ref()
            .is_none_or(|(top, columns, ..)| (score, width) > (*top, *columns));
        if better {
            best = Some((score, width, dialect, records));
        }
    }
    match best {
        Some((score, _, dialect, records)) if score > 0.0 => (dialect, records),
        _ => {
            // One column: nothing parts cells.
            let dialect = Dialect {
                delimiter: 0x1f,
                line_end,
                quotes: true,
                backslashes: false,
            };
            (dialect, records(bytes, dialect))
        }
    }
}

/// The first records of a delimited text, ragged ones too.
fn records(bytes: &[u8], dialect: Dialect) -> Vec<Record> {
    let mut records = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < bytes.len() && records.len() < RECORDS {
        let end = at + delimited::record_end(&bytes[at..], dialect);
        let record = &bytes[at..end];
        let cells = delimited::cells_of_record(record, dialect);
        let next_line = line + delimited::newlines(record, dialect);
        if cells.iter().any(|cell| !cell.is_empty()) {
            records.push(Record {
                line,
                next_line,
                cells,
            });
        }
        line = next_line;
        at = end;
    }
    records
}
