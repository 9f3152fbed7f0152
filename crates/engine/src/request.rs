//! What can be asked of the engine, and how it tells what it is doing.

use crate::error::{EngineError, Result};
use std::path::PathBuf;
use std::str::FromStr;
use throughline_domain::Table;
use throughline_domain::import::ImportReport;
use throughline_lake::{FieldMap, ImportOptions, TableFiles, Watch, parse_scale};

/// A brief to be written.
#[derive(Clone, Debug)]
pub struct BriefRequest {
    /// The files, by table.
    pub tables: Vec<TableFiles>,
    /// How to read them.
    pub reading: ReadingOptions,
    /// The company's name, for the head of the brief.
    pub company: Option<String>,
    /// The folder to write to.
    pub out: PathBuf,
    /// Seed of everything random.
    pub seed: u64,
}

/// How files are read, as a user writes it.
#[derive(Clone, Debug, Default)]
pub struct ReadingOptions {
    /// `table.field=column`.
    pub maps: Vec<String>,
    /// A product whose exports these are.
    pub preset: Option<String>,
    /// `dmy` or `mdy`.
    pub date_order: Option<String>,
    /// `low:high`.
    pub scale: Option<String>,
    /// `nps`, `csat`, `ces`, `mean`, `coded`.
    pub metric: Option<String>,
    /// A list of staff names to be masked.
    pub staff_names: Option<PathBuf>,
    /// Go on although many rows were refused.
    pub allow_rejects: bool,
}

impl ReadingOptions {
    /// The same, parsed.
    pub(crate) fn parsed(&self) -> Result<ImportOptions> {
        Ok(ImportOptions {
            maps: self
                .maps
                .iter()
                .map(|map| FieldMap::from_str(map))
                .collect::<std::result::Result<_, _>>()?,
            preset: parsed(self.preset.as_deref())?,
            date_order: parsed(self.date_order.as_deref())?,
            scale: self.scale.as_deref().map(parse_scale).transpose()?,
            metric: parsed(self.metric.as_deref())?,
            allow_rejects: self.allow_rejects,
            staff_names: self.staff_names.clone(),
        })
    }
}

fn parsed<T: FromStr>(text: Option<&str>) -> Result<Option<T>>
where
    EngineError: From<T::Err>,
{
    Ok(text.map(T::from_str).transpose()?)
}

/// What a brief's run came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What the import did.
    pub import: ImportReport,
    /// A few lines for the person at the terminal.
    pub summary: Vec<String>,
}

/// A long step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Making the sample company.
    MakingSample,
    /// Reading a table's files.
    Reading(Table),
    /// Finding themes.
    Finding,
    /// Assigning comments to themes.
    Assigning,
    /// Estimating and matching.
    Concluding,
    /// Writing.
    Writing,
}

impl Step {
    /// What a person sees.
    pub fn words(self) -> String {
        match self {
            Self::MakingSample => "making the sample company".to_owned(),
            Self::Reading(table) => format!("reading {}", table.name()),
            Self::Finding => "finding what people talk about".to_owned(),
            Self::Assigning => "reading every comment".to_owned(),
            Self::Concluding => "sizing, matching, ordering".to_owned(),
            Self::Writing => "writing the brief".to_owned(),
        }
    }
}

/// How the engine tells what it is doing, and learns that it should stop.
pub trait Progress: Sync {
    /// A step begins; `total` where known.
    fn begin(&self, _step: Step, _total: Option<u64>) {}
    /// So much of it is done.
    fn at(&self, _done: u64) {}
    /// Nothing is under way any more.
    fn end(&self) {}
    /// Whether to stop.
    fn cancelled(&self) -> bool {
        false
    }
}

/// Says nothing and never stops.
pub struct Silent;
impl Progress for Silent {}

/// Looks whether to stop.
pub(crate) fn go_on(progress: &dyn Progress) -> Result<()> {
    if progress.cancelled() {
        Err(EngineError::Cancelled)
    } else {
        Ok(())
    }
}

/// Passes the lake's progress on.
pub(crate) struct Watching<'a> {
    progress: &'a dyn Progress,
    table: std::sync::Mutex<Option<Table>>,
}

impl<'a> Watching<'a> {
    pub(crate) fn new(progress: &'a dyn Progress) -> Self {
        Self {
            progress,
            table: std::sync::Mutex::new(None),
        }
    }
}

impl Watch for Watching<'_> {
    fn rows(&self, table: Table, rows: u64) {
        if let Ok(mut current) = self.table.lock()
            && *current != Some(table)
        {
            *current = Some(table);
            self.progress.begin(Step::Reading(table), None);
        }
        self.progress.at(rows);
    }

    fn cancelled(&self) -> bool {
        self.progress.cancelled()
    }
}
