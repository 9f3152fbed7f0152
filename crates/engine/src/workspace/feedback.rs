//! Customers' feedback that somebody brings as a file: read and shown before anything is kept.
//!
//! The file is imported into a scratch folder, as a brief would; what is kept in the workspace are
//! rows of the contract written anew from these facts. So columns that aren't asked for are never
//! stored, and a brief reads what the page showed.

use super::overview::{Overview, overview};
use super::signals::{FOLDER, UPLOAD, keep};
use crate::error::{EngineError, Result};
use crate::people::Given;
use crate::request::ReadingOptions;
use chrono::{NaiveDate, TimeDelta};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;
use throughline_disclosure::{Entrusted, FileUse, Grant};
use throughline_domain::Table;
use throughline_domain::facts::Signal;
use throughline_domain::import::{FileReport, ImportReport, Source};
use throughline_domain::metric::Metric;
use throughline_lake::{LONG_COMMENT, Lake, LakeError, Reject, TableFiles, Watch, known_customer};

/// Refused rows that are kept to be shown.
const MOST_REJECTS: usize = 1_000;
/// Letters of a file's name in the name it is kept under.
const LONGEST_STEM: usize = 40;

/// A file of feedback that was read, and waits for somebody to say that it is right.
pub struct FeedbackRead {
    /// What was taken from the file.
    pub report: FileReport,
    /// Its sources, and how their scores are read.
    pub sources: Vec<Source>,
    /// What a person should know.
    pub notes: Vec<String>,
    /// The first rows that weren't taken, for whoever brought the file.
    pub rejects: Entrusted<Vec<Reject>>,
    /// What is in it, for whoever brought the file.
    pub overview: Entrusted<Overview>,
    /// Rows that will be kept.
    pub rows: u64,
    kept_as: String,
    lake: Lake,
    // The facts lie in it; it goes when this does.
    _scratch: TempDir,
}

impl FeedbackRead {
    /// The source that the file's rows have because no column names one.
    pub fn source_by_name(&self) -> Option<&str> {
        let named = self
            .report
            .columns
            .iter()
            .any(|column| column.field == "source");
        match self.sources.as_slice() {
            [only] if !named => Some(&only.source),
            _ => None,
        }
    }
}

/// How much a file may hold: it is read by the program that serves everybody.
#[derive(Clone, Copy, Debug)]
struct Most {
    rows: u64,
    /// Bytes of its text, unpacked.
    text: u64,
}

const MOST: Most = Most {
    rows: 2_000_000,
    text: 1_000_000_000,
};

/// Stops the reading of a file that holds more.
struct Bounded {
    most: Most,
    rows: AtomicBool,
    text: AtomicBool,
}

impl Bounded {
    fn by(most: Most) -> Self {
        Self {
            most,
            rows: AtomicBool::new(false),
            text: AtomicBool::new(false),
        }
    }

    /// The complaint, if there is one.
    fn refusal(&self, name: &str) -> Option<EngineError> {
        let what = if self.rows.load(Ordering::Relaxed) {
            format!("{} rows", self.most.rows)
        } else if self.text.load(Ordering::Relaxed) {
            format!("{} MB of text", self.most.text / 1_000_000)
        } else {
            return None;
        };
        Some(EngineError::Request {
            what: format!("`{name}` holds more than {what}, more than this page reads at a time"),
            hint: "export fewer columns or a shorter time and bring several files, or ask whoever runs this server to put it into the workspace's folder of feedback",
        })
    }
}

impl Watch for Bounded {
    fn rows(&self, _: Table, rows: u64) {
        self.rows.fetch_or(rows > self.most.rows, Ordering::Relaxed);
    }

    fn text(&self, bytes: u64) {
        self.text
            .fetch_or(bytes > self.most.text, Ordering::Relaxed);
    }

    fn cancelled(&self) -> bool {
        self.rows.load(Ordering::Relaxed) || self.text.load(Ordering::Relaxed)
    }
}

/// Reads a file of feedback into a scratch folder beside `scratch`'s other ones. It waits for what it
/// reads, so it must not be called from inside an async task; a blocking thread will do.
///
/// # Errors
/// Where it can't be read, holds more than a page should, or no row of it can be taken.
pub fn read_feedback(
    given: Given<'_>,
    options: &ReadingOptions,
    scratch: &Path,
) -> Result<FeedbackRead> {
    read_within(given, options, MOST, scratch)
}

fn read_within(
    given: Given<'_>,
    options: &ReadingOptions,
    most: Most,
    scratch: &Path,
) -> Result<FeedbackRead> {
    let folder = tempfile::Builder::new()
        .prefix("feedback-")
        .tempdir_in(scratch)
        .map_err(unwritable(scratch))?;
    // Rows without a source are told by the name the file has where it came from.
    let name = match given.name.trim_matches('.') {
        "" => "feedback",
        _ => given.name,
    };
    let raw = folder.path().join("raw");
    fs::create_dir(&raw).map_err(unwritable(&raw))?;
    let file = raw.join(name);
    fs::hard_link(given.path, &file)
        .or_else(|_| fs::copy(given.path, &file).map(drop))
        .map_err(unwritable(&file))?;
    let facts = folder.path().join("facts");
    let mut reading = options.parsed()?;
    // Whoever brings it sees how many rows are refused, and why, before she says yes.
    reading.allow_rejects = true;
    let tables = [TableFiles {
        table: Table::Signals,
        files: vec![file.clone()],
    }];
    let bounded = Bounded::by(most);
    let (lake, report) = throughline_lake::import(&tables, &reading, &facts, &bounded)
        .map_err(|error| bounded.refusal(name).unwrap_or_else(|| named(error, name)))?;
    let kept_as = kept_as(name, &file)?;
    fs::remove_dir_all(&raw).map_err(unwritable(&raw))?;
    let ImportReport {
        files,
        sources,
        notes,
        ..
    } = report;
    let report = files
        .into_iter()
        .next()
        .ok_or_else(|| EngineError::Fault("an import without a report".to_owned()))?;
    if lake.signals_len() == 0 {
        return Err(EngineError::Request {
            what: format!("no row of `{name}` can be taken: none has a score or a comment"),
            hint: "check that its columns of scores and comments have names that say so, or name them under `How to read it`",
        });
    }
    Ok(FeedbackRead {
        rejects: Grant::to_the_owner_of_the_files(FileUse::Rejects).entrust(refused(&lake)?),
        overview: Grant::to_the_owner_of_the_files(FileUse::Review)
            .entrust(overview(&lake, chrono::Utc::now().date_naive())?),
        rows: lake.signals_len(),
        report,
        sources,
        notes,
        kept_as,
        lake,
        _scratch: folder,
    })
}

/// Keeps what was read in the workspace, all or nothing; a file that was brought before takes its own
/// place. `source` is what rows are called that have none of their own. Gives the name of the file.
///
/// # Errors
/// Where it can't be written.
pub fn keep_feedback(
    workspace: &Path,
    read: &FeedbackRead,
    source: Option<&str>,
) -> Result<String> {
    let folder = workspace.join(FOLDER);
    fs::create_dir_all(&folder).map_err(unwritable(&folder))?;
    let scratch = tempfile::Builder::new()
        .prefix(UPLOAD)
        .tempdir_in(&folder)
        .map_err(unwritable(&folder))?;
    let part = scratch.path().join("rows.jsonl");
    let file = written(read, source, &part)?;
    let complaints = keep(&folder, &part, &file, &read.kept_as)?;
    if let Some(first) = complaints.first() {
        // They were taken a moment ago: it is ours that they can't be read again.
        return Err(EngineError::Fault(format!(
            "{} rows written anew can't be read: {} {}",
            complaints.len(),
            first.column,
            first.reason
        )));
    }
    Ok(read.kept_as.clone())
}

/// A row as it is kept, in the contract's words. Every field is written in every row, so that all kept
/// files have one header and equal rows are equal.
#[derive(Serialize)]
struct Row<'a> {
    id: Option<Cow<'a, str>>,
    response: Option<Cow<'a, str>>,
    at: Option<NaiveDate>,
    unit: Option<&'a str>,
    stage: Option<&'a str>,
    source: &'a str,
    question: Option<&'a str>,
    metric: Option<&'a str>,
    score: Option<f64>,
    comment: Option<&'a str>,
    language: Option<&'a str>,
    customer: Option<String>,
    value: Option<f64>,
}

impl<'a> Row<'a> {
    /// The row without what it is called.
    fn of(signal: &Signal<'a>, source: Option<&'a str>, metric: Option<&'a str>) -> Self {
        let day = |day: i32| NaiveDate::default().checked_add_signed(TimeDelta::days(day.into()));
        Self {
            id: None,
            response: None,
            at: signal.at_day.and_then(day),
            unit: signal.unit,
            stage: signal.stage,
            source: source.unwrap_or(signal.source),
            question: signal.question,
            metric,
            score: signal.score,
            comment: signal.comment,
            language: signal.language,
            customer: signal.customer.map(known_customer),
            value: signal.value,
        }
    }
}

/// What kept rows are called.
///
/// An id that the facts made of a row's content is the same in every file that has such a row: two
/// people who gave a nine would be one. So ids are kept where the file has a column of them; else
/// they are the file's own.
struct Names<'r> {
    given: bool,
    /// Rows stand alone: none shares an answer with another.
    alone: bool,
    file: &'r str,
    /// Hashes of the rows that were kept without an id.
    nameless: HashSet<u64>,
}

impl<'r> Names<'r> {
    fn of(read: &'r FeedbackRead) -> Self {
        let columns = &read.report.columns;
        let count = |field: &str| columns.iter().filter(|one| one.field == field).count();
        let file = read.kept_as.rsplit('-').next().unwrap_or_default();
        Self {
            given: count("id") > 0,
            alone: count("comment") < 2 && count("response") == 0,
            file,
            nameless: HashSet::new(),
        }
    }

    /// Names a row.
    fn name<'a>(&mut self, mut row: Row<'a>, signal: &Signal<'a>) -> Result<Row<'a>> {
        if self.given {
            row.id = Some(signal.id.into());
            row.response = Some(signal.response.into());
            return Ok(row);
        }
        // Somebody's own long words in two exports are one answer, as they are in files as they came.
        // Said twice in this file, they were told apart by a column that isn't kept.
        let long = row
            .comment
            .is_some_and(|comment| comment.len() >= LONG_COMMENT);
        if self.alone && long && self.nameless.insert(hash_of(&row)?) {
            return Ok(row);
        }
        let own = |id: &str| Cow::from(format!("{}-{id}", self.file));
        let of_row = signal.id.split('/').next().unwrap_or_default();
        row.id = Some(own(signal.id));
        row.response = Some(if signal.response == of_row {
            own(of_row)
        } else {
            signal.response.into()
        });
        Ok(row)
    }
}

fn hash_of(row: &Row<'_>) -> Result<u64> {
    let text = serde_json::to_vec(row).map_err(|error| EngineError::Fault(error.to_string()))?;
    let mut hasher = DefaultHasher::new();
    hasher.write(&text);
    Ok(hasher.finish())
}

fn written(read: &FeedbackRead, source: Option<&str>, part: &Path) -> Result<File> {
    // Of every row, also of those without a score: rows of one source that have a metric and rows
    // that have none would be two sources.
    let metrics: BTreeMap<&str, &str> = read
        .sources
        .iter()
        .filter(|source| source.scores > 0)
        .map(|source| (source.source.as_str(), rule(&source.metric)))
        .collect();
    let source = source.filter(|_| read.source_by_name().is_some());
    let mut names = Names::of(read);
    let mut writer = BufWriter::new(File::create(part).map_err(unwritable(part))?);
    let mut outcome = Ok(());
    read.lake.scan_signals(&mut |batch| {
        for row in 0..batch.len() {
            let signal = batch.row(row);
            let row = Row::of(&signal, source, metrics.get(signal.source).copied());
            outcome = names
                .name(row, &signal)
                .and_then(|row| write_row(&mut writer, &row, part));
            if outcome.is_err() {
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    outcome?;
    writer
        .into_inner()
        .map_err(|error| unwritable(part)(error.into_error()))
}

fn write_row(writer: &mut impl Write, row: &Row<'_>, part: &Path) -> Result<()> {
    serde_json::to_writer(&mut *writer, row)
        .map_err(std::io::Error::from)
        .and_then(|()| writer.write_all(b"\n"))
        .map_err(unwritable(part))
}

fn rule(metric: &Metric) -> &'static str {
    match metric {
        Metric::Nps => "nps",
        Metric::Csat { .. } => "csat",
        Metric::Ces { .. } => "ces",
        Metric::Mean => "mean",
        Metric::Coded => "coded",
    }
}

/// A name that says what it was and is the same for the same bytes.
fn kept_as(name: &str, file: &Path) -> Result<String> {
    let unreadable = |why: std::io::Error| EngineError::Input {
        path: PathBuf::from(name),
        why: why.to_string(),
        hint: "send it once more",
    };
    let mut digest = Sha256::new();
    let mut open = File::open(file).map_err(unreadable)?;
    std::io::copy(&mut open, &mut Hashing(&mut digest)).map_err(unreadable)?;
    let hash = hex::encode(&digest.finalize()[..6]);
    let stem: String = name
        .split('.')
        .next()
        .unwrap_or_default()
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .take(LONGEST_STEM)
        .collect();
    Ok(format!("upload-{stem}-{hash}"))
}

struct Hashing<'a>(&'a mut Sha256);

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn refused(lake: &Lake) -> Result<Vec<Reject>> {
    let (path, _) = lake.rejects();
    let unreadable = |why: csv::Error| EngineError::Fault(why.to_string());
    let mut rows = Vec::new();
    let mut reader = csv::Reader::from_path(path).map_err(unreadable)?;
    for row in reader.records().take(MOST_REJECTS) {
        let row = row.map_err(unreadable)?;
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let line = cell(1).parse().unwrap_or(0);
        rows.push(Reject::new(line, cell(2), cell(3), cell(4)));
    }
    Ok(rows)
}

/// The complaint names the file as she calls it, not where it lies here; and no flags, which she has
/// none of.
fn named(error: LakeError, name: &str) -> EngineError {
    let mut error = error;
    if let LakeError::Input(complaint) = &mut error {
        complaint.file = Some(name.to_owned());
        if complaint.hint.contains("--") {
            complaint.hint =
                "say so under `How to read it` on the page Feedback, and bring the file again"
                    .to_owned();
        }
    }
    error.into()
}

fn unwritable(path: &Path) -> impl Fn(std::io::Error) -> EngineError + use<> {
    let path = path.to_owned();
    move |source| EngineError::Output {
        path: path.clone(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::{Given, Most, ReadingOptions, read_within};

    #[test]
    fn more_than_a_page_should_read_is_refused_in_words() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("long.csv");
        std::fs::write(&path, "nps,comment\n9,Kind\n8,Fine\n2,Slow\n").expect("a file");
        let read = |rows, text| {
            let given = Given {
                path: &path,
                name: "long.csv",
            };
            let most = Most { rows, text };
            read_within(given, &ReadingOptions::default(), most, folder.path())
        };
        assert_eq!(read(3, 1_000).map(|read| read.rows).ok(), Some(3));
        for (rows, text, word) in [(2, 1_000, "more than 2 rows"), (3, 20, "MB of text")] {
            let said = read(rows, text).err().map(|error| error.to_string());
            let said = said.expect("a refusal");
            assert!(said.contains(word), "{said}");
        }
        let left = std::fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(left, 1, "nothing of it stays");
    }
}
