//! One table's Parquet file: row groups whose columns are encoded in parallel, appended in order.
//!
//! Failures of the disk are kept as the system told them, because Parquet's errors lose their kind.

use super::Unfinished;
use crate::error::LakeError;
use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::SchemaRef;
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves,
};
use parquet::basic::{Compression, Encoding};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// What a file's writer remembers: bytes written, and the system's error.
#[derive(Default)]
struct Told {
    written: u64,
    error: Option<io::Error>,
}

/// A file that remembers how far it came and why it failed.
struct Sink {
    file: File,
    told: Arc<Mutex<Told>>,
}

impl Sink {
    fn note<T>(&self, result: io::Result<T>, written: impl FnOnce(&T) -> u64) -> io::Result<T> {
        let mut told = self
            .told
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        match result {
            Ok(value) => {
                told.written += written(&value);
                Ok(value)
            }
            Err(error) => {
                let kind = error.kind();
                told.error = Some(error);
                Err(kind.into())
            }
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.file.write(bytes);
        self.note(result, |written| *written as u64)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.file.flush();
        self.note(result, |()| 0)
    }
}

/// A Parquet file being written.
pub(crate) struct ParquetFile {
    name: String,
    path: PathBuf,
    schema: SchemaRef,
    writer: SerializedFileWriter<Sink>,
    factory: ArrowRowGroupWriterFactory,
    told: Arc<Mutex<Told>>,
    groups: usize,
    pub rows: u64,
}

/// Columns whose values hardly repeat: a dictionary would only cost time.
const NO_DICTIONARY: [&str; 6] = [
    "id",
    "response",
    "comment",
    "text",
    "customer",
    "respondent",
];

fn properties() -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_column_statistics_enabled(ColumnPath::from("at_day"), EnabledStatistics::Chunk)
        // Ids share long beginnings: what differs is stored.
        .set_column_encoding(ColumnPath::from("id"), Encoding::DELTA_BYTE_ARRAY)
        .set_created_by("throughline".to_owned());
    for name in NO_DICTIONARY {
        properties = properties.set_column_dictionary_enabled(ColumnPath::from(name), false);
    }
    properties.build()
}

impl ParquetFile {
    pub(crate) fn new(into: &Unfinished, name: &str, schema: SchemaRef) -> Result<Self, LakeError> {
        let path = into.part(name);
        let file = File::create(&path).map_err(|error| LakeError::output(&path, 0, &error))?;
        let told = Arc::new(Mutex::new(Told::default()));
        let sink = Sink {
            file,
            told: Arc::clone(&told),
        };
        let parquet_schema = ArrowSchemaConverter::new().convert(&schema)?;
        let writer = SerializedFileWriter::new(
            sink,
            parquet_schema.root_schema_ptr(),
            Arc::new(properties()),
        )
        .map_err(|error| failure(&path, &told, error))?;
        let factory = ArrowRowGroupWriterFactory::new(&writer, Arc::clone(&schema));
        Ok(Self {
            name: name.to_owned(),
            path,
            schema,
            writer,
            factory,
            told,
            groups: 0,
            rows: 0,
        })
    }

    /// Writers for the columns of the next row group, to be filled in parallel.
    pub(crate) fn columns(&self) -> Result<Vec<ColumnEncoder>, LakeError> {
        let writers = self.factory.create_column_writers(self.groups)?;
        Ok(writers
            .into_iter()
            .enumerate()
            .map(|(at, writer)| ColumnEncoder {
                at,
                schema: Arc::clone(&self.schema),
                writer,
            })
            .collect())
    }

    /// Appends a row group.
    pub(crate) fn append(
        &mut self,
        columns: Vec<ArrowColumnChunk>,
        rows: u64,
    ) -> Result<(), LakeError> {
        let mut group = self
            .writer
            .next_row_group()
            .map_err(|error| failure(&self.path, &self.told, error))?;
        for column in columns {
            column
                .append_to_row_group(&mut group)
                .map_err(|error| failure(&self.path, &self.told, error))?;
        }
        group
            .close()
            .map_err(|error| failure(&self.path, &self.told, error))?;
        self.groups += 1;
        self.rows += rows;
        Ok(())
    }

    /// Writes a batch as a row group.
    pub(crate) fn write(&mut self, batch: &RecordBatch) -> Result<(), LakeError> {
        let encoders = self.columns()?;
        let columns = encoders
            .into_par_iter()
            .map(|encoder| {
                let array = Arc::clone(batch.column(encoder.at));
                encoder.encode(&array)
            })
            .collect::<Result<Vec<_>, _>>()?;
        self.append(columns, batch.num_rows() as u64)
    }

    /// Writes the footer, syncs, and hands the file over. Returns rows and bytes.
    pub(crate) fn finish(self, into: &mut Unfinished) -> Result<(u64, u64), LakeError> {
        let sink = self
            .writer
            .into_inner()
            .map_err(|error| failure(&self.path, &self.told, error))?;
        let synced = sink.file.sync_all().and_then(|()| sink.file.metadata());
        let bytes = synced
            .map_err(|error| LakeError::output(&self.path, 0, &error))?
            .len();
        into.add(&self.name);
        Ok((self.rows, bytes))
    }
}

/// Encodes one column of one row group.
pub(crate) struct ColumnEncoder {
    /// Which column.
    pub at: usize,
    schema: SchemaRef,
    writer: ArrowColumnWriter,
}

impl ColumnEncoder {
    pub(crate) fn encode(mut self, array: &ArrayRef) -> Result<ArrowColumnChunk, LakeError> {
        for leaf in compute_leaves(self.schema.field(self.at), array)? {
            self.writer.write(&leaf)?;
        }
        Ok(self.writer.close()?)
    }
}

fn failure(
    path: &std::path::Path,
    told: &Mutex<Told>,
    error: parquet::errors::ParquetError,
) -> LakeError {
    let told = told
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    match &told.error {
        Some(error) => LakeError::output(path, told.written, error),
        None => LakeError::Fault(error.to_string()),
    }
}
