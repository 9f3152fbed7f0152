//! Parquet files that users bring: flat columns as text cells, block by block.
//!
//! Nested columns are no table cells and are left out. It reads with the `parquet` crate, not with
//! DataFusion, because a bad file must become a message of ours.

use super::cells::{Cells, Refusal};
use super::compression::unreadable;
use super::delimited::LONGEST_RECORD;
use super::{Block, Feed};
use crate::error::{Complaint, LakeError};
use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::{can_cast_types, cast};
use arrow::datatypes::DataType;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::path::Path;

const ROWS_A_BLOCK: usize = 8192;

fn damaged(path: &Path, why: &str) -> LakeError {
    Complaint::new(
        format!("the Parquet file can't be read: {why}"),
        "it may be cut short or damaged; copy or export it again",
    )
    .in_file(path)
    .into()
}

fn builder(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>, LakeError> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file)
        .map_err(|error| damaged(path, &error.to_string()))?;
    for group in builder.metadata().row_groups() {
        for column in group.columns() {
            let (packed, unpacked) = (column.compressed_size(), column.uncompressed_size());
            if unpacked > 4 << 30 && unpacked / 1000 > packed {
                return Err(damaged(
                    path,
                    "a column claims to inflate more than a thousandfold",
                ));
            }
        }
    }
    Ok(builder)
}

fn is_flat(kind: &DataType) -> bool {
    !kind.is_nested() && can_cast_types(kind, &DataType::Utf8)
}

/// The names of the flat columns.
pub(crate) fn columns(path: &Path) -> Result<Vec<String>, LakeError> {
    let builder = builder(path)?;
    Ok(builder
        .schema()
        .fields()
        .iter()
        .filter(|field| is_flat(field.data_type()))
        .map(|field| field.name().clone())
        .collect())
}

/// Reads the flat columns as blocks of cells; rows are numbered from 1.
pub(crate) fn feed_blocks(path: &Path, feed: &mut Feed<'_>) -> Result<(), LakeError> {
    let builder = builder(path)?;
    let flat: Vec<usize> = builder
        .schema()
        .fields()
        .iter()
        .enumerate()
        .filter(|(_, field)| is_flat(field.data_type()))
        .map(|(at, _)| at)
        .collect();
    let mask = ProjectionMask::roots(builder.parquet_schema(), flat);
    let reader = builder
        .with_projection(mask)
        .with_batch_size(ROWS_A_BLOCK)
        .build()
        .map_err(|error| damaged(path, &error.to_string()))?;
    let mut line = 0;
    for batch in reader {
        let batch = batch.map_err(|error| damaged(path, &error.to_string()))?;
        let go_on = feed_batch(&batch, &mut line, feed, path)?;
        if !go_on {
            return Ok(());
        }
    }
    Ok(())
}

fn feed_batch(
    batch: &RecordBatch,
    line: &mut u64,
    feed: &mut Feed<'_>,
    path: &Path,
) -> Result<bool, LakeError> {
    let columns: Vec<_> = batch
        .columns()
        .iter()
        .map(|column| cast(column, &DataType::Utf8))
        .collect::<Result<_, _>>()
        .map_err(|error| damaged(path, &error.to_string()))?;
    let texts: Vec<_> = columns
        .iter()
        .filter_map(|column| column.as_string_opt::<i32>())
        .collect();
    let mut cells = Cells::with_width(texts.len());
    for row in 0..batch.num_rows() {
        *line += 1;
        let of_row = || {
            texts.iter().map(|text| {
                if text.is_null(row) {
                    ""
                } else {
                    text.value(row)
                }
            })
        };
        if let Some(cell) = of_row().find(|cell| cell.contains('\0') || cell.len() > LONGEST_RECORD)
        {
            let nul = cell.contains('\0');
            cells.refused.push(Refusal {
                line: *line,
                column: String::new(),
                value: cell
                    .chars()
                    .take(40)
                    .map(|letter| if letter == '\0' { '?' } else { letter })
                    .collect(),
                reason: if nul {
                    "a cell has a NUL byte"
                } else {
                    "a cell is longer than 16 MiB"
                }
                .to_owned(),
            });
            continue;
        }
        cells.push(*line, of_row());
        if cells.bytes() > 4 << 20
            && !feed(Block::Cells(std::mem::replace(
                &mut cells,
                Cells::with_width(texts.len()),
            )))?
        {
            return Ok(false);
        }
    }
    feed(Block::Cells(cells))
}
