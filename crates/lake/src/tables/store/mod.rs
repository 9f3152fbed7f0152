//! The domain's structs as Parquet columns and back: one pair of functions a table.
//!
//! Arrow stays in here and in `lake`.

mod answers;
mod company;

use crate::check::repeats;
use crate::error::LakeError;
use crate::import::Work;
use crate::output::manifest::Entry;
use crate::output::parquet_file::ParquetFile;
use arrow::array::{Array, ArrayRef, AsArray, Float64Array, RecordBatch, StringArray};
use arrow::datatypes::{Field, Float64Type, Int32Type, Int64Type, Schema};
use std::sync::Arc;
use throughline_domain::facts::Table;

/// Rows written as one row group.
const ROWS_A_GROUP: usize = 65_536;
/// Between a unit's other names.
pub(super) const BETWEEN: char = '\u{1f}';

/// A struct that can be stored.
pub(crate) trait Stored: Sized {
    /// Its table.
    const TABLE: Table;
    /// Columns of some rows.
    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)>;
    /// The row at a place of a batch.
    fn at(batch: &Batch<'_>, row: usize) -> Self;
}

/// Reads cells of a batch by name; what isn't there is `None`.
pub(crate) struct Batch<'a>(pub &'a RecordBatch);

impl Batch<'_> {
    pub(super) fn text(&self, name: &str, row: usize) -> Option<String> {
        let column = self.0.column_by_name(name)?.as_string_opt::<i32>()?;
        (!column.is_null(row)).then(|| column.value(row).to_owned())
    }

    pub(super) fn named(&self, name: &str, row: usize) -> String {
        self.text(name, row).unwrap_or_default()
    }

    pub(super) fn number(&self, name: &str, row: usize) -> Option<f64> {
        let column = self
            .0
            .column_by_name(name)?
            .as_primitive_opt::<Float64Type>()?;
        (!column.is_null(row)).then(|| column.value(row))
    }

    pub(super) fn count(&self, name: &str, row: usize) -> Option<i64> {
        let column = self
            .0
            .column_by_name(name)?
            .as_primitive_opt::<Int64Type>()?;
        (!column.is_null(row)).then(|| column.value(row))
    }

    pub(super) fn day(&self, name: &str, row: usize) -> Option<i32> {
        let column = self
            .0
            .column_by_name(name)?
            .as_primitive_opt::<Int32Type>()?;
        (!column.is_null(row)).then(|| column.value(row))
    }

    pub(super) fn flag(&self, name: &str, row: usize) -> Option<bool> {
        let column = self.0.column_by_name(name)?.as_boolean_opt()?;
        (!column.is_null(row)).then(|| column.value(row))
    }
}

pub(super) fn texts<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(texts.collect::<StringArray>())
}

pub(super) fn numbers(numbers: impl Iterator<Item = Option<f64>>) -> ArrayRef {
    Arc::new(numbers.collect::<Float64Array>())
}

/// Writes a table's rows to its file.
pub(crate) fn write<T: Stored>(rows: &[T], work: &mut Work<'_>) -> Result<Entry, LakeError> {
    let name = format!("{}.parquet", T::TABLE.name());
    let fields: Vec<Field> = T::columns(&[])
        .iter()
        .map(|(name, array)| Field::new(*name, array.data_type().clone(), true))
        .collect();
    let schema = Arc::new(Schema::new(fields));
    let mut file = ParquetFile::new(work.into, &name, Arc::clone(&schema))?;
    for group in rows.chunks(ROWS_A_GROUP) {
        if work.watch.cancelled() {
            return Err(LakeError::Cancelled);
        }
        let arrays = T::columns(group)
            .into_iter()
            .map(|(_, array)| array)
            .collect();
        file.write(&RecordBatch::try_new(Arc::clone(&schema), arrays)?)?;
    }
    Ok(crate::import::entry(name, file.finish(work.into)?))
}

/// A person's key, so that who they are doesn't enter the lake.
pub(crate) fn pseudonym(text: &str) -> String {
    repeats::hex(repeats::hash(7, text.as_bytes()))
}
