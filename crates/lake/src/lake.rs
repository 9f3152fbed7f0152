//! The facts of one import, read by DataFusion: in the order in which they came, or summed.
//!
//! No type of Arrow's or DataFusion's leaves this module. Plans are built with the DataFrame API.

use crate::check::date::month_of;
use crate::error::LakeError;
use crate::output::manifest::Manifest;
use crate::output::rejects;
use crate::tables::store::{Batch, Stored};
use arrow::array::{
    Array, AsArray, BooleanArray, Decimal128Array, Float64Array, Int32Array, Int64Array,
    RecordBatch, StringArray,
};
use arrow::datatypes::{DataType, Decimal128Type, Float64Type, Int32Type, Int64Type};
use datafusion::dataframe::DataFrame;
use datafusion::error::DataFusionError;
use datafusion::functions_aggregate::expr_fn::{count, sum};
use datafusion::logical_expr::{ColumnarValue, ScalarUDF, Volatility, create_udf};
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext, cast, col};
use futures::StreamExt;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use throughline_domain::facts::{
    Edge, Initiative, Measure, Role, Signal, Table, ThemeCorrection, Unit, Voice, Vote,
};
use tokio::runtime::Runtime;

/// Rows of a batch.
const ROWS_A_BATCH: usize = 32_768;
/// Batches decoded ahead of whoever walks them.
const BATCHES_AHEAD: usize = 2;
/// Millionths in one.
const MICRO: f64 = 1e6;

/// The facts of one import. Its methods wait for their queries, so they must not be called from
/// inside an async task.
#[derive(Debug)]
pub struct Lake {
    dir: PathBuf,
    manifest: Manifest,
}

/// A batch of customers' feedback. Rows can be read from several threads.
pub struct SignalBatch {
    rows: usize,
    id: StringArray,
    response: StringArray,
    first: BooleanArray,
    at_day: Int32Array,
    unit: StringArray,
    stage: StringArray,
    source: StringArray,
    question: StringArray,
    score: Int64Array,
    comment: StringArray,
    language: StringArray,
    customer: StringArray,
    value: Float64Array,
}

fn text(column: &StringArray, row: usize) -> Option<&str> {
    (!column.is_null(row)).then(|| column.value(row))
}

impl SignalBatch {
    fn of(batch: &RecordBatch) -> Option<Self> {
        let texts = |name: &str| batch.column_by_name(name)?.as_string_opt::<i32>().cloned();
        Some(Self {
            rows: batch.num_rows(),
            id: texts("id")?,
            response: texts("response")?,
            first: batch
                .column_by_name("first_of_response")?
                .as_boolean_opt()?
                .clone(),
            at_day: batch
                .column_by_name("at_day")?
                .as_primitive_opt::<Int32Type>()?
                .clone(),
            unit: texts("unit")?,
            stage: texts("stage")?,
            source: texts("source")?,
            question: texts("question")?,
            score: batch
                .column_by_name("score")?
                .as_primitive_opt::<Int64Type>()?
                .clone(),
            comment: texts("comment")?,
            language: texts("language")?,
            customer: texts("customer")?,
            value: batch
                .column_by_name("value")?
                .as_primitive_opt::<Float64Type>()?
                .clone(),
        })
    }

    /// Rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The row at a place below [`Self::len`].
    ///
    /// # Panics
    ///
    /// If there is no such row.
    pub fn row(&self, row: usize) -> Signal<'_> {
        let id = self.id.value(row);
        Signal {
            id,
            response: text(&self.response, row).unwrap_or(id),
            first_of_response: self.first.value(row),
            at_day: (!self.at_day.is_null(row)).then(|| self.at_day.value(row)),
            unit: text(&self.unit, row),
            stage: text(&self.stage, row),
            source: self.source.value(row),
            question: text(&self.question, row),
            score: (!self.score.is_null(row)).then(|| self.score.value(row) as f64 / MICRO),
            comment: text(&self.comment, row),
            language: text(&self.language, row),
            customer: text(&self.customer, row),
            value: (!self.value.is_null(row)).then(|| self.value.value(row)),
        }
    }
}

/// Scores of one source in one unit and month; each response counts once.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelCell {
    /// The source.
    pub source: String,
    /// The unit, if rows name one.
    pub unit: Option<String>,
    /// Months since January 1970, if rows are dated.
    pub month: Option<i32>,
    /// Responses with a score.
    pub n: u64,
    /// Sum of their scores.
    pub sum: f64,
    /// Sum of their scores' squares.
    pub sumsq: f64,
}

impl Lake {
    /// Opens the facts of a finished import.
    ///
    /// # Errors
    ///
    /// If the folder holds none, or they were changed.
    pub fn open(dir: &Path) -> Result<Self, LakeError> {
        Ok(Self {
            dir: dir.to_owned(),
            manifest: Manifest::read(dir)?,
        })
    }

    /// The file of refused rows (`file,row,column,value,reason`), and how many there are.
    pub fn rejects(&self) -> (PathBuf, u64) {
        (self.dir.join(rejects::NAME), self.manifest.rejected_rows)
    }

    /// Rows of a table; 0 where it was not given.
    pub fn len(&self, table: Table) -> u64 {
        self.manifest
            .tables
            .get(table.name())
            .map_or(0, |entry| entry.rows)
    }

    /// Whether there is no row in any table.
    pub fn is_empty(&self) -> bool {
        self.manifest.tables.values().all(|entry| entry.rows == 0)
    }

    /// Rows of customers' feedback.
    pub fn signals_len(&self) -> u64 {
        self.len(Table::Signals)
    }

    /// Walks customers' feedback in the order in which it came, until `each` says to stop.
    ///
    /// # Errors
    ///
    /// If a file can't be read.
    pub fn scan_signals(
        &self,
        each: &mut dyn FnMut(&SignalBatch) -> ControlFlow<()>,
    ) -> Result<(), LakeError> {
        self.scan(Table::Signals, &mut |batch| match SignalBatch::of(batch) {
            Some(batch) => Ok(each(&batch)),
            None => Err(LakeError::Fault(
                "a column of the signals is not as it was written".to_owned(),
            )),
        })
    }

    /// Walks employees' answers in the order in which they came, until `each` says to stop.
    ///
    /// # Errors
    ///
    /// If a file can't be read.
    pub fn scan_voice(
        &self,
        each: &mut dyn FnMut(&[Voice]) -> ControlFlow<()>,
    ) -> Result<(), LakeError> {
        self.scan(Table::Voice, &mut |batch| {
            let rows: Vec<Voice> = (0..batch.num_rows())
                .map(|row| Voice::at(&Batch(batch), row))
                .collect();
            Ok(each(&rows))
        })
    }

    fn all<T: Stored>(&self) -> Result<Vec<T>, LakeError> {
        let mut rows = Vec::new();
        self.scan(T::TABLE, &mut |batch| {
            rows.extend((0..batch.num_rows()).map(|row| T::at(&Batch(batch), row)));
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    }

    /// Employees' answers.
    ///
    /// # Errors
    ///
    /// If a file can't be read; so too below.
    pub fn voice(&self) -> Result<Vec<Voice>, LakeError> {
        self.all()
    }

    /// Units.
    pub fn units(&self) -> Result<Vec<Unit>, LakeError> {
        self.all()
    }

    /// How work reaches customers.
    pub fn chain(&self) -> Result<Vec<Edge>, LakeError> {
        self.all()
    }

    /// Roles.
    pub fn roles(&self) -> Result<Vec<Role>, LakeError> {
        self.all()
    }

    /// Measures.
    pub fn measures(&self) -> Result<Vec<Measure>, LakeError> {
        self.all()
    }

    /// Votes.
    pub fn votes(&self) -> Result<Vec<Vote>, LakeError> {
        self.all()
    }

    /// A person's corrections of themes.
    pub fn themes(&self) -> Result<Vec<ThemeCorrection>, LakeError> {
        self.all()
    }

    /// Spending lines.
    pub fn initiatives(&self) -> Result<Vec<Initiative>, LakeError> {
        self.all()
    }

    /// Scores by source, unit and month, in that order; undated and unitless rows first.
    ///
    /// Sums are made in whole millionths, so that they are the same whatever the number of threads.
    ///
    /// # Errors
    ///
    /// If a file can't be read.
    pub fn score_panel(&self) -> Result<Vec<PanelCell>, LakeError> {
        if self.signals_len() == 0 {
            return Ok(Vec::new());
        }
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let batches: datafusion::error::Result<Vec<RecordBatch>> = runtime()?.block_on(async {
            let wide = DataType::Decimal128(38, 0);
            let score = || cast(col("score"), DataType::Decimal128(19, 0));
            self.frame(Table::Signals, threads)
                .await?
                .filter(col("first_of_response").and(col("score").is_not_null()))?
                .aggregate(
                    vec![
                        col("source"),
                        col("unit"),
                        month_of_day().call(vec![col("at_day")]).alias("month"),
                    ],
                    vec![
                        count(col("score")).alias("n"),
                        sum(score()).alias("sum"),
                        sum(cast(score() * score(), wide)).alias("sumsq"),
                    ],
                )?
                .collect()
                .await
        });
        let batches = batches?;
        let mut cells = Vec::new();
        for batch in &batches {
            cells.extend(panel_cells(batch).ok_or_else(|| {
                LakeError::Fault("the panel's columns are not as asked for".to_owned())
            })?);
        }
        cells.sort_by(|one, other| {
            (&one.source, &one.unit, one.month).cmp(&(&other.source, &other.unit, other.month))
        });
        Ok(cells)
    }

    async fn frame(&self, table: Table, threads: usize) -> datafusion::error::Result<DataFrame> {
        let mut config = SessionConfig::new()
            .with_target_partitions(threads)
            .with_batch_size(ROWS_A_BATCH);
        // Rows keep their order in one partition of one file.
        config.options_mut().optimizer.repartition_file_scans = threads > 1;
        config
            .options_mut()
            .execution
            .parquet
            .schema_force_view_types = false;
        let context = SessionContext::new_with_config(config);
        let file = self
            .manifest
            .tables
            .get(table.name())
            .map_or_else(String::new, |entry| entry.file.clone());
        let path = self.dir.join(file);
        let path = std::path::absolute(&path).unwrap_or(path);
        context
            .read_parquet(file_url(&path), ParquetReadOptions::default())
            .await
    }

    /// Walks a table's batches in order.
    fn scan(
        &self,
        table: Table,
        each: &mut dyn FnMut(&RecordBatch) -> Result<ControlFlow<()>, LakeError>,
    ) -> Result<(), LakeError> {
        if self.len(table) == 0 {
            return Ok(());
        }
        let runtime = runtime()?;
        let frame = runtime.block_on(self.frame(table, 1))?;
        // Batches are decoded ahead, while `each` works on those before.
        let (sender, batches) = sync_channel(BATCHES_AHEAD);
        let decoding = runtime.spawn(async move {
            let mut stream = frame.execute_stream().await?;
            while let Some(batch) = stream.next().await {
                if sender.send(batch?).is_err() {
                    break;
                }
            }
            Ok::<(), DataFusionError>(())
        });
        for batch in &batches {
            if each(&batch)?.is_break() {
                return Ok(());
            }
        }
        let decoded = runtime.block_on(decoding);
        decoded.map_err(|error| LakeError::Fault(error.to_string()))??;
        Ok(())
    }
}

/// A file's URL: in a path, brackets and stars would be taken for patterns.
fn file_url(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut url = String::from(if text.starts_with('/') {
        "file://"
    } else {
        "file:///"
    });
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b':' => {
                url.push(char::from(byte));
            }
            other => url.push_str(&format!("%{other:02X}")),
        }
    }
    url
}

/// The month of a day, as a function of DataFusion's.
fn month_of_day() -> ScalarUDF {
    create_udf(
        "month_of_day",
        vec![DataType::Int32],
        DataType::Int32,
        Volatility::Immutable,
        Arc::new(|arguments: &[ColumnarValue]| {
            let arrays = ColumnarValue::values_to_arrays(arguments)?;
            let days = arrays
                .first()
                .and_then(|days| days.as_primitive_opt::<Int32Type>());
            let days =
                days.ok_or_else(|| DataFusionError::Internal("days are whole numbers".to_owned()))?;
            let months: Int32Array = days.unary(month_of);
            Ok(ColumnarValue::Array(Arc::new(months)))
        }),
    )
}

fn runtime() -> Result<Runtime, LakeError> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(std::thread::available_parallelism().map_or(1, usize::from))
        .build()
        .map_err(|error| LakeError::Fault(error.to_string()))
}

fn panel_cells(batch: &RecordBatch) -> Option<Vec<PanelCell>> {
    let source = batch.column_by_name("source")?.as_string_opt::<i32>()?;
    let unit = batch.column_by_name("unit")?.as_string_opt::<i32>()?;
    let month = batch
        .column_by_name("month")?
        .as_primitive_opt::<Int32Type>()?;
    let n = batch.column_by_name("n")?.as_primitive_opt::<Int64Type>()?;
    let decimal = |name: &str| -> Option<&Decimal128Array> {
        batch
            .column_by_name(name)?
            .as_primitive_opt::<Decimal128Type>()
    };
    let (sum, sumsq) = (decimal("sum")?, decimal("sumsq")?);
    let cell = |row: usize| PanelCell {
        source: source.value(row).to_owned(),
        unit: text(unit, row).map(str::to_owned),
        month: (!month.is_null(row)).then(|| month.value(row)),
        n: n.value(row).unsigned_abs(),
        sum: sum.value(row) as f64 / MICRO,
        sumsq: sumsq.value(row) as f64 / (MICRO * MICRO),
    };
    Some((0..batch.num_rows()).map(cell).collect())
}
