//! Customers' feedback: the path that must be fast, since it has the most rows.
//!
//! A round of blocks goes through three steps. `check` (parallel, by block) splits and checks rows.
//! `settle` (in order) drops rows that were there before. `encode` (parallel, by column) writes what
//! is left straight from the cells into Parquet pages, while the next round is being checked.

pub(crate) mod check;
pub(crate) mod encode;
pub(crate) mod known;
pub(crate) mod run;
pub(crate) mod settle;
pub(crate) mod tally;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use std::sync::Arc;

/// The reason of a row whose id came before with other content.
pub(crate) const SAME_ID: &str = "the id came before with other content";
/// No day; no score.
pub(crate) const NO_DAY: i32 = i32::MIN;
pub(crate) const NO_SCORE: i64 = i64::MIN;
/// Bytes of a comment from which the same row twice is no chance.
pub const LONG_COMMENT: usize = 40;
/// A response's comments beyond this many columns are not told apart.
pub(crate) const MOST_COMMENT_COLUMNS: usize = 64;

/// Columns of `signals.parquet`. Scores are millionths.
pub(crate) fn schema() -> SchemaRef {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    Arc::new(Schema::new(vec![
        Field::new("id", DataType::Utf8, false),
        // Empty where it equals the id.
        text("response"),
        Field::new("first_of_response", DataType::Boolean, false),
        Field::new("at_day", DataType::Int32, true),
        text("unit"),
        text("stage"),
        Field::new("source", DataType::Utf8, false),
        text("question"),
        Field::new("score", DataType::Int64, true),
        text("comment"),
        text("language"),
        text("customer"),
        Field::new("value", DataType::Float64, true),
    ]))
}
