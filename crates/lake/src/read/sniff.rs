//! What a file is: packing, encoding, layout, and its first records, from its bytes.
//!
//! The file's name is asked last, and only where bytes can't tell (`.txt`: remarks or a table?).

use super::compression::{self, Packing, unreadable};
use super::delimited::{self, Dialect};
use super::encoding::Encoding;
use super::{Layout, Opened, Split, columnar, json, tickets, workbook};
use crate::columns::contract::fields;
use crate::error::{Complaint, LakeError};
use serde_json::Value;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use throughline_domain::facts::Table;

/// Bytes of text looked at.
const SAMPLE: usize = 1 << 20;
/// Records kept of a sample.
const RECORDS: usize = 2000;

/// A record of a sample.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    /// The line where it starts.
    pub line: u64,
    /// The line where the next one starts.
    pub next_line: u64,
    pub cells: Vec<String>,
}

/// A table that a file may hold: a text file holds one, a workbook one a sheet.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub layout: Layout,
    /// The first records, headers included.
    pub records: Vec<Record>,
    /// The columns where no record is a header (JSON, Parquet and remarks).
    pub columns: Option<Vec<String>>,
}

/// A file and the tables it may hold.
#[derive(Clone, Debug)]
pub(crate) struct Sniffed {
    pub opened: Opened,
    pub candidates: Vec<Candidate>,
}

/// Looks at a file. `spool` is a folder for temporary copies, removed by the caller.
pub(crate) fn sniff(path: &Path, spool: &Path) -> Result<Sniffed, LakeError> {
    let about = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if about.is_dir() {
        return Err(unreadable(path, &std::io::ErrorKind::IsADirectory.into()));
    }
    let mut opened = Opened {
        path: path.to_owned(),
        bytes_at: path.to_owned(),
        packing: Packing::Plain,
        encoding: Encoding::Utf8,
        mark: 0,
    };
    if !about.is_file() {
        // A pipe can be read once; files are read twice (what they are, then their rows).
        opened.bytes_at = spool_copy(&opened, spool)?;
    }
    opened.packing = packing(&opened.bytes_at, path)?;
    let mut head = start(&opened, 8)?;
    if opened.packing != Packing::Plain && (head.starts_with(b"PK\x03\x04") || head.starts_with(b"PAR1")) {
        opened.bytes_at = spool_copy(&opened, spool)?;
        opened.packing = packing(&opened.bytes_at, path)?;
        head = start(&opened, 8)?;
    }
    if head.is_empty() {
        return Err(Complaint::new("the file is empty", "check that the export finished").in_file(path).into());
    }
    if head.starts_with(b"PAR1") {
        return parquet(opened);
    }
    if head.starts_with(b"PK\x03\x04") {
        return sheets(opened);
    }
    let known = [
        (&b"\xd0\xcf\x11\xe0"[..], "an old Excel workbook (.xls), or one with a password"),
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"ORC", "an ORC file"),
        (b"Obj\x01", "an Avro file"),
        (b"SQLite f", "a database"),
    ];
    if let Some((_, kind)) = known.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(Complaint::new(format!("the file is {kind}, not a table"), "save it as XLSX or CSV and give that")
            .in_file(path)
            .into());
    }
    text(opened)
}

/// Copies a file's unpacked bytes to a temporary file.
fn spool_copy(opened: &Opened, spool: &Path) -> Result<PathBuf, LakeError> {
    let count = AtomicU64::new(0);
    compression::unpacked(&opened.bytes_at, &opened.packing, &count, |reader| {
        let mut copy = tempfile::Builder::new()
            .prefix("spool-")
            .tempfile_in(spool)
            .map_err(|error| LakeError::output(spool, 0, &error))?;
        let mut buffer = vec![0; 1 << 16];
        let mut written = 0;
        loop {
            let read = reader.read(&mut buffer).map_err(|error| unreadable(&opened.path, &error))?;
            if read == 0 {
                break;
            }
            std::io::Write::write_all(&mut copy, &buffer[..read])
                .map_err(|error| LakeError::output(spool, written, &error))?;
            written += read as u64;
        }
        let (_, path) = copy.keep().map_err(|error| LakeError::output(spool, written, &error.error))?;
        Ok(path)
    })
}

/// How the bytes are packed, from the first of them; sheets (zips themselves) count as plain.
fn packing(bytes_at: &Path, path: &Path) -> Result<Packing, LakeError> {
    let mut head = Vec::new();
    let file = File::open(bytes_at).map_err(|error| unreadable(path, &error))?;
    (&file).take(4).read_to_end(&mut head).map_err(|error| unreadable(path, &error))?;
    if head.starts_with(&[0x1f, 0x8b]) {
        return Ok(Packing::Gzip);
    }
    if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        return Ok(Packing::Zstd);
    }
    if !head.starts_with(b"PK\x03\x04") {
        return Ok(Packing::Plain);
    }
    let file = File::open(bytes_at).map_err(|error| unreadable(path, &error))?;
    let mut archive =
        zip::ZipArchive::new(std::io::BufReader::new(file)).map_err(|error| compression::bad_zip(path, &error))?;
    let mut names = Vec::new();
    for number in 0..archive.len().min(100_000) {
        let entry = archive.by_index_raw(number).map_err(|error| compression::bad_zip(path, &error))?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        if name == "[Content_Types].xml" {
            return Ok(Packing::Plain);
        }
        let hidden = name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|name| name.starts_with('.'));
        if !entry.is_dir() && !hidden {
            names.push((number, name));
        }
    }
    if names.iter().any(|(_, name)| name == "content.xml") {
        return Err(Complaint::new("the file is an OpenDocument sheet", "save it as XLSX or CSV and give that")
            .in_file(path)
            .into());
    }
    match names.as_slice() {
        [(number, name)] => Ok(Packing::Zip(*number, name.clone())),
        [] => Err(Complaint::new("the zip holds no file", "check the export").in_file(path).into()),
        [(_, first), (_, second), ..] => Err(Complaint::new(
            format!("the zip holds {} files (`{first}`, `{second}`…)", names.len()),
            "unpack it and give the files you mean",
        )
        .in_file(path)
        .into()),
    }
}

/// The first unpacked bytes.
fn start(opened: &Opened, bytes: u64) -> Result<Vec<u8>, LakeError> {
    compression::unpacked(&opened.bytes_at, &opened.packing, &AtomicU64::new(0), |reader| {
        let mut head = Vec::new();
        reader.take(bytes).read_to_end(&mut head).map_err(|error| unreadable(&opened.path, &error))?;
        Ok(head)
    })
}

fn parquet(opened: Opened) -> Result<Sniffed, LakeError> {
    let columns = workbook::guarded(&opened.path, "Parquet file", || columnar::columns(&opened.bytes_at))?;
    let records = sampled(&opened, &Layout::Parquet, &Split { columns: columns.clone() })?;
    Ok(Sniffed { opened, candidates: vec![Candidate { layout: Layout::Parquet, records, columns: Some(columns) }] })
}

/// The first records of a layout whose columns are known.
fn sampled(opened: &Opened, layout: &Layout, split: &Split) -> Result<Vec<Record>, LakeError> {
    let mut records = Vec::new();
    opened.feed(layout, split.columns.len(), &AtomicU64::new(0), &mut |block| {
        let cells = layout.cells(block, split);
        for row in 0..cells.rows().min(RECORDS - records.len()) {
            let of_row = (0..cells.width).map(|column| cells.cell(row, column).to_owned()).collect();
            records.push(Record { line: cells.line(row), next_line: cells.line(row) + 1, cells: of_row });
        }
        Ok(false)
    })?;
    Ok(records)
}

fn sheets(opened: Opened) -> Result<Sniffed, LakeError> {
    workbook::check_size(&opened.bytes_at)?;
    let candidates = workbook::guarded(&opened.path, "workbook", || {
        let mut candidates = Vec::new();
        for name in workbook::sheets(&opened.bytes_at)? {
            let mut records = Vec::new();
            workbook::rows(&opened.bytes_at, &name, workbook::MOST_COLUMNS, &mut |line, row| {
                let row: Vec<String> = row.iter().map(|cell| cell.trim().to_owned()).collect();
                if row.iter().any(|cell| !cell.is_empty()) {
                    records.push(Record { line, next_line: line + 1, cells: row });
                }
                Ok(records.len() < RECORDS)
            })?;
            if !records.is_empty() {
                let layout = Layout::Sheet { name, first_line: 0 };
                candidates.push(Candidate { layout, records, columns: None });
            }
        }
        Ok(candidates)
    })?;
    if candidates.is_empty() {
        return Err(Complaint::new("no sheet of the workbook has anything in it", "check the file")
            .in_file(&opened.path)
            .into());
    }
    Ok(Sniffed { opened, candidates })
}

/// A text file: its encoding, then whether it is JSON, a table or remarks.
fn text(mut opened: Opened) -> Result<Sniffed, LakeError> {
    let raw = start(&opened, SAMPLE as u64)?;
    (opened.encoding, opened.mark) = Encoding::of_sample(&raw, raw.len() < SAMPLE);
    let mut bytes = opened.text(&AtomicU64::new(0), |reader| {
        let mut bytes = Vec::new();
        reader.take(SAMPLE as u64).read_to_end(&mut bytes).map_err(|error| unreadable(&opened.path, &error))?;
        Ok(bytes)
    })?;
    let whole = bytes.len() < SAMPLE;
    if bytes.iter().all(|byte| byte.is_ascii_whitespace()) {
        return Err(Complaint::new("the file is empty", "check that the export finished").in_file(&opened.path).into());
    }
    let zeros = bytes.iter().take(4096).filter(|&&byte| byte == 0).count();
    if zeros * 10 > bytes.len().min(4096) {
        return Err(Complaint::new("the file is binary, not a table", "save it as XLSX or CSV and give that")
            .in_file(&opened.path)
            .into());
    }
    if let Some(candidate) = json_lines(&opened, &bytes)? {
        return Ok(Sniffed { opened, candidates: vec![candidate] });
    }
    // Without the whole file the last record may be cut.
    if !whole && let Some(end) = memchr::memrchr2(b'\n', b'\r', &bytes) {
        bytes.truncate(end + 1);
    }
    let line_end = if memchr::memchr(b'\n', &bytes).is_none() && memchr::memchr(b'\r', &bytes).is_some() {
        b'\r'
    } else {
        b'\n'
    };
    let (dialect, records) = best_dialect(&bytes, line_end, whole);
    let is_remarks = opened.path.extension().is_some_and(|end| end.eq_ignore_ascii_case("txt"));
    let width = records.first().map_or(0, |header| header.cells.len());
    let wide = width > 1;
    let steady = records.iter().filter(|row| row.cells.len() == width).count() * 10 >= records.len() * 9;
    if is_remarks && !(wide && steady && dialect.delimiter == b'\t') && !has_comment_header(&records) {
        let columns = vec!["comment".to_owned()];
        let records = sampled(&opened, &Layout::Remarks, &Split { columns: columns.clone() })?;
        let candidate = Candidate { layout: Layout::Remarks, records, columns: Some(columns) };
        return Ok(Sniffed { opened, candidates: vec![candidate] });
    }
    let layout = Layout::Delimited { dialect, first_line: 0 };
    Ok(Sniffed { opened, candidates: vec![Candidate { layout, records, columns: None }] })
}

/// Whether a text file names its first columns as a table of comments would.
fn has_comment_header(records: &[Record]) -> bool {
    let comments = fields(Table::Signals).iter().find(|field| field.name == "comment");
    records.first().is_some_and(|header| {
        header.cells.iter().any(|name| comments.is_some_and(|comments| comments.answers_to(name)))
    })
}

/// Whether some table has a field of this name.
fn names_a_field(name: &str) -> bool {
    Table::ALL.into_iter().any(|table| fields(table).iter().any(|field| field.answers_to(name)))
}

/// The delimiter under which the header has columns and the rows agree with it.
fn best_dialect(bytes: &[u8], line_end: u8, whole: bool) -> (Dialect, Vec<Record>) {
    // Excel writes `sep=;` as a first line for itself.
    let told = bytes.strip_prefix(b"sep=").and_then(|rest| rest.first().copied());
    let mut best: Option<(f64, usize, Dialect, Vec<Record>)> = None;
    for delimiter in [b',', b';', b'\t', b'|'] {
        let dialect = Dialect { delimiter, line_end, quotes: true };
        let mut records = records(bytes, dialect);
        if !whole && records.len() > 1 {
            records.pop();
        }
        if told.is_some() && !records.is_empty() {
            records.remove(0);
        }
        let header = records.first().map_or(0, |row| row.cells.len());
        let widest = records.iter().take(20).map(|row| row.cells.len()).max().unwrap_or(0);
        // A title over the header has one cell, and so has the header of a lone column, whose texts
        // may hold commas.
        let lone = header == 1 && records.first().is_some_and(|record| names_a_field(&record.cells[0]));
        let width = if header > 1 || lone { header } else { widest };
        let agree = records.iter().filter(|row| row.cells.len() == width).count() as f64 / records.len().max(1) as f64;
        let score = if told == Some(delimiter) {
            3.0
        } else if width > 1 && (header > 1 || agree > 0.5) {
            1.0 + agree
        } else {
            0.0
        };
        let better = best.as_ref().is_none_or(|(top, columns, ..)| (score, width) > (*top, *columns));
        if better {
            best = Some((score, width, dialect, records));
        }
    }
    match best {
        Some((score, _, dialect, records)) if score > 0.0 => (dialect, records),
        _ => {
            // One column: nothing parts cells.
            let dialect = Dialect { delimiter: 0x1f, line_end, quotes: true };
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
            records.push(Record { line, next_line, cells });
        }
        line = next_line;
        at = end;
    }
    records
}

/// JSON lines, or an array of objects.
fn json_lines(opened: &Opened, bytes: &[u8]) -> Result<Option<Candidate>, LakeError> {
    let first = bytes.trim_ascii_start().first().copied();
    let array = first == Some(b'[');
    if !array && first != Some(b'{') {
        return Ok(None);
    }
    let mut columns: Vec<String> = Vec::new();
    let mut is_tickets = false;
    let mut objects = 0;
    let mut note = |text: &[u8]| {
        if let Ok(Value::Object(object)) = serde_json::from_slice::<Value>(text) {
            objects += 1;
            is_tickets |= tickets::is_ticket(&object);
            let mut flat = Vec::new();
            json::flatten(&object, "", &mut flat);
            for (name, _) in flat {
                if !columns.contains(&name) {
                    columns.push(name);
                }
            }
        }
    };
    if array {
        let mut lines = Vec::new();
        let _ = json::ArrayLines::new(bytes).read_to_end(&mut lines);
        json::for_each_line(&lines, 1, |_, text| note(text));
    } else {
        json::for_each_line(bytes, 1, |_, text| note(text));
    }
    if objects == 0 {
        if array {
            return Ok(None);
        }
        let one_object = serde_json::from_slice::<Value>(bytes).is_ok();
        let what = if one_object {
            "the file is one JSON object spread over lines"
        } else {
            "the file looks like JSON, but no line is a whole object"
        };
        return Err(Complaint::new(what, "write one object a line (JSON lines), or a list of objects")
            .in_file(&opened.path)
            .into());
    }
    if is_tickets {
        columns = tickets::COLUMNS.map(str::to_owned).to_vec();
    }
    let layout = Layout::JsonLines { array, tickets: is_tickets };
    let records = sampled(opened, &layout, &Split { columns: columns.clone() })?;
    Ok(Some(Candidate { layout, records, columns: Some(columns) }))
}
