//! What a file is: packing, encoding, layout, and its first records, from its bytes.
//!
//! The file's name is asked last, and only where bytes can't tell (`.txt`: remarks or a table?).

mod json;
mod text;

use super::compression::{self, Packing, unreadable};

use super::encoding::Encoding;
use super::{Layout, Opened, Split, columnar, workbook};
use crate::error::{Complaint, LakeError};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;

/// Records kept of a sample.
pub(super) const RECORDS: usize = 2000;

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

/// Bytes of a packed workbook or Parquet file, unpacked. They are packed themselves, so packing them
/// again gains nothing: what grows beyond this was made to fill a disk.
const MOST_PACKED: u64 = 4 << 30;

/// A file and the tables it may hold.
#[derive(Clone, Debug)]
pub(crate) struct Sniffed {
    pub opened: Opened,
    pub candidates: Vec<Candidate>,
}

/// Looks at a file. `spool` is a folder for temporary copies, removed by the caller.
pub(crate) fn sniff(path: &Path, spool: &Path) -> Result<Sniffed, LakeError> {
    look(path, spool, true)
}

/// The same for a file that is to hold a table: a `.txt` is one, never a list of remarks.
pub(crate) fn sniff_table(path: &Path, spool: &Path) -> Result<Sniffed, LakeError> {
    look(path, spool, false)
}

fn look(path: &Path, spool: &Path, may_be_remarks: bool) -> Result<Sniffed, LakeError> {
    let about = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if about.is_dir() {
        return Err(unreadable(path, &std::io::ErrorKind::IsADirectory.into()));
    }
    if is_device(&about.file_type()) {
        return Err(Complaint::new(
            "this is a device, which may never end",
            "give a file or a pipe",
        )
        .in_file(path)
        .into());
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
        opened.bytes_at = spool_copy(&opened, spool, u64::MAX)?;
    }
    opened.packing = packing(&opened.bytes_at, path)?;
    let mut head = start(&opened, 8)?;
    if opened.packing != Packing::Plain
        && (head.starts_with(b"PK\x03\x04") || head.starts_with(b"PAR1"))
    {
        opened.bytes_at = spool_copy(&opened, spool, MOST_PACKED)?;
        opened.packing = packing(&opened.bytes_at, path)?;
        head = start(&opened, 8)?;
    }
    if head.is_empty() {
        return Err(
            Complaint::new("the file is empty", "check that the export finished")
                .in_file(path)
                .into(),
        );
    }
    if head.starts_with(b"PAR1") {
        return parquet(opened);
    }
    if head.starts_with(b"PK\x03\x04") {
        return sheets(opened);
    }
    let known = [
        (
            &b"\xd0\xcf\x11\xe0"[..],
            "an old Excel workbook (.xls), or one with a password",
        ),
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"ORC", "an ORC file"),
        (b"Obj\x01", "an Avro file"),
        (b"SQLite f", "a database"),
    ];
    if let Some((_, kind)) = known.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(Complaint::new(
            format!("the file is {kind}, not a table"),
            "save it as XLSX or CSV and give that",
        )
        .in_file(path)
        .into());
    }
    text::text(opened, may_be_remarks)
}

/// Terminals, disks and the endless kinds such as `/dev/zero`.
#[cfg(unix)]
fn is_device(kind: &std::fs::FileType) -> bool {
    use std::os::unix::fs::FileTypeExt;
    kind.is_char_device() || kind.is_block_device()
}

#[cfg(not(unix))]
fn is_device(_: &std::fs::FileType) -> bool {
    false
}

/// Copies a file's unpacked bytes to a temporary file, if they are no more than `most`.
fn spool_copy(opened: &Opened, spool: &Path, most: u64) -> Result<PathBuf, LakeError> {
    let count = AtomicU64::new(0);
    compression::unpacked(&opened.bytes_at, &opened.packing, &count, |reader| {
        let mut copy = tempfile::Builder::new()
            .prefix("spool-")
            .tempfile_in(spool)
            .map_err(|error| LakeError::output(spool, 0, &error))?;
        let mut buffer = vec![0; 1 << 16];
        let mut written = 0;
        loop {
            let read = reader
                .read(&mut buffer)
                .map_err(|error| unreadable(&opened.path, &error))?;
            if read == 0 {
                break;
            }
            std::io::Write::write_all(&mut copy, &buffer[..read])
                .map_err(|error| LakeError::output(spool, written, &error))?;
            written += read as u64;
            if written > most {
                return Err(Complaint::new(
                    "the file is a packed workbook or Parquet file, and far larger unpacked",
                    "unpack it and give what was in it",
                )
                .in_file(&opened.path)
                .into());
            }
        }
        let (_, path) = copy
            .keep()
            .map_err(|error| LakeError::output(spool, written, &error.error))?;
        Ok(path)
    })
}

/// How the bytes are packed, from the first of them; sheets (zips themselves) count as plain.
fn packing(bytes_at: &Path, path: &Path) -> Result<Packing, LakeError> {
    let mut head = Vec::new();
    let file = File::open(bytes_at).map_err(|error| unreadable(path, &error))?;
    (&file)
        .take(4)
        .read_to_end(&mut head)
        .map_err(|error| unreadable(path, &error))?;
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
    let mut archive = zip::ZipArchive::new(std::io::BufReader::new(file))
        .map_err(|error| compression::bad_zip(path, &error))?;
    let mut names = Vec::new();
    for number in 0..archive.len().min(100_000) {
        let entry = archive
            .by_index_raw(number)
            .map_err(|error| compression::bad_zip(path, &error))?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        if name == "[Content_Types].xml" {
            return Ok(Packing::Plain);
        }
        let hidden = name.starts_with("__MACOSX/")
            || name
                .rsplit('/')
                .next()
                .is_some_and(|name| name.starts_with('.'));
        if !entry.is_dir() && !hidden {
            names.push((number, name));
        }
    }
    if names.iter().any(|(_, name)| name == "content.xml") {
        return Err(Complaint::new(
            "the file is an OpenDocument sheet",
            "save it as XLSX or CSV and give that",
        )
        .in_file(path)
        .into());
    }
    match names.as_slice() {
        [(number, name)] => Ok(Packing::Zip(*number, name.clone())),
        [] => Err(Complaint::new("the zip holds no file", "check the export")
            .in_file(path)
            .into()),
        [(_, first), (_, second), ..] => Err(Complaint::new(
            format!(
                "the zip holds {} files (`{first}`, `{second}`…)",
                names.len()
            ),
            "unpack it and give the files you mean",
        )
        .in_file(path)
        .into()),
    }
}

/// The first unpacked bytes.
pub(super) fn start(opened: &Opened, bytes: u64) -> Result<Vec<u8>, LakeError> {
    compression::unpacked(
        &opened.bytes_at,
        &opened.packing,
        &AtomicU64::new(0),
        |reader| {
            let mut head = Vec::new();
            reader
                .take(bytes)
                .read_to_end(&mut head)
                .map_err(|error| unreadable(&opened.path, &error))?;
            Ok(head)
        },
    )
}

fn parquet(opened: Opened) -> Result<Sniffed, LakeError> {
    let columns = workbook::guarded(&opened.path, "Parquet file", || {
        columnar::columns(&opened.bytes_at)
    })?;
    let records = sampled(
        &opened,
        &Layout::Parquet,
        &Split {
            columns: columns.clone(),
        },
    )?;
    Ok(Sniffed {
        opened,
        candidates: vec![Candidate {
            layout: Layout::Parquet,
            records,
            columns: Some(columns),
        }],
    })
}

/// The first records of a layout whose columns are known.
pub(super) fn sampled(
    opened: &Opened,
    layout: &Layout,
    split: &Split,
) -> Result<Vec<Record>, LakeError> {
    let mut records = Vec::new();
    opened.feed(
        layout,
        split.columns.len(),
        &AtomicU64::new(0),
        &mut |block| {
            let cells = layout.cells(block, split);
            for row in 0..cells.rows().min(RECORDS - records.len()) {
                let of_row = (0..cells.width)
                    .map(|column| cells.cell(row, column).to_owned())
                    .collect();
                records.push(Record {
                    line: cells.line(row),
                    next_line: cells.line(row) + 1,
                    cells: of_row,
                });
            }
            Ok(false)
        },
    )?;
    Ok(records)
}

fn sheets(opened: Opened) -> Result<Sniffed, LakeError> {
    workbook::check_size(&opened.bytes_at)?;
    let candidates = workbook::guarded(&opened.path, "workbook", || {
        let mut candidates = Vec::new();
        let mut workbook = workbook::Workbook::open(&opened.bytes_at)?;
        for name in workbook.sheets() {
            let mut records = Vec::new();
            workbook.rows(&name, workbook::MOST_COLUMNS, &mut |line, row| {
                let row: Vec<String> = row.iter().map(|cell| cell.trim().to_owned()).collect();
                if row.iter().any(|cell| !cell.is_empty()) {
                    records.push(Record {
                        line,
                        next_line: line + 1,
                        cells: row,
                    });
                }
                Ok(records.len() < RECORDS)
            })?;
            if !records.is_empty() {
                let layout = Layout::Sheet {
                    name,
                    first_line: 0,
                };
                candidates.push(Candidate {
                    layout,
                    records,
                    columns: None,
                });
            }
        }
        Ok(candidates)
    })?;
    if candidates.is_empty() {
        return Err(Complaint::new(
            "no sheet of the workbook has anything in it",
            "check the file",
        )
        .in_file(&opened.path)
        .into());
    }
    Ok(Sniffed { opened, candidates })
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Opened, Packing, spool_copy};
    use std::io::Write;

    #[test]
    fn a_packed_file_that_grows_too_large_leaves_no_copy() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("book.xlsx.gz");
        let file = std::fs::File::create(&path).expect("a file");
        let mut packed = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        packed.write_all(&[0; 200_000]).expect("bytes");
        packed.finish().expect("a file");
        let opened = Opened {
            path: path.clone(),
            bytes_at: path,
            packing: Packing::Gzip,
            encoding: Encoding::Utf8,
            mark: 0,
        };
        let spool = folder.path().join("spool");
        std::fs::create_dir(&spool).expect("a folder");
        let left = || std::fs::read_dir(&spool).expect("a folder").count();
        assert!(spool_copy(&opened, &spool, 199_999).is_err());
        assert_eq!(left(), 0);
        assert!(spool_copy(&opened, &spool, 200_000).is_ok());
        assert_eq!(left(), 1);
    }
}
