//! Writes settled rows into Parquet pages, a column at a time, straight from the cells.

use super::check::{RowKind, Setting};
use super::settle::{NO_COMMENT, Out, Settled};
use super::{NO_DAY, NO_SCORE};
use crate::check::repeats::{hash, hex};
use crate::check::unit_names::Unmatched;
use crate::check::{is_missing, letters};
use crate::error::LakeError;
use crate::output::parquet_file::ColumnEncoder;
use arrow::array::{
    ArrayRef, BooleanArray, Float64Array, Int32Array, Int64Array, StringArray, StringBuilder,
    new_null_array,
};
use arrow::datatypes::DataType;
use parquet::arrow::arrow_writer::ArrowColumnChunk;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::Arc;
use throughline_domain::facts::Table;

/// Letters of an id that are kept as they are.
const LONGEST_ID: usize = 128;

/// A round's pages, and the names of units that matched nothing.
pub(crate) type Encoded = (Vec<ArrowColumnChunk>, Unmatched);

/// Encodes a round.
pub(crate) fn encode(
    round: &[Settled],
    setting: &Setting<'_>,
    encoders: Vec<ColumnEncoder>,
) -> Result<Encoded, LakeError> {
    let made: Vec<(ArrowColumnChunk, Unmatched)> = encoders
        .into_par_iter()
        .map(|encoder| {
            let mut unmatched = Unmatched::new();
            let array = column(encoder.at, round, setting, &mut unmatched);
            encoder.encode(&array).map(|chunk| (chunk, unmatched))
        })
        .collect::<Result<_, _>>()?;
    let mut unmatched = Unmatched::new();
    let mut chunks = Vec::with_capacity(made.len());
    for (chunk, names) in made {
        chunks.push(chunk);
        for (name, rows) in names {
            *unmatched.entry(name).or_default() += rows;
        }
    }
    Ok((chunks, unmatched))
}

/// Walks the rows to be written, with their blocks.
fn outs(round: &[Settled]) -> impl Iterator<Item = (&Settled, &Out)> {
    round
        .iter()
        .flat_map(|settled| settled.outs.iter().map(move |out| (settled, out)))
}

fn rows(round: &[Settled]) -> usize {
    round.iter().map(|settled| settled.outs.len()).sum()
}

/// One column of the schema, in its order.
fn column(
    at: usize,
    round: &[Settled],
    setting: &Setting<'_>,
    unmatched: &mut Unmatched,
) -> ArrayRef {
    let plan = setting.plan;
    match at {
        0 => ids(round, setting),
        1 => responses(round, setting),
        2 => Arc::new(BooleanArray::from(
            outs(round)
                .map(|(_, out)| out.first_of_response)
                .collect::<Vec<_>>(),
        )),
        3 => days(round),
        4 => units(round, setting, unmatched),
        5 => names(round, plan.one("stage")),
        6 => sources(round),
        7 => questions(round, setting),
        8 => {
            let score = |(settled, out): (&Settled, &Out)| {
                settled
                    .checked
                    .scores
                    .get(out.row as usize)
                    .copied()
                    .filter(|score| *score != NO_SCORE)
            };
            Arc::new(outs(round).map(score).collect::<Int64Array>())
        }
        9 => comments(round, setting),
        10 => names(round, plan.one("language")),
        11 => customers(round, plan.one("customer")),
        _ => {
            let value = |(settled, out): (&Settled, &Out)| {
                settled
                    .checked
                    .values
                    .get(out.row as usize)
                    .copied()
                    .filter(|value| !value.is_nan())
            };
            Arc::new(outs(round).map(value).collect::<Float64Array>())
        }
    }
}

/// An id as it is stored: codes as they are; what may be a name or an address, as its hash.
pub(crate) fn stored_id(id: &str) -> Cow<'_, str> {
    let mut digits = 0;
    let mut letters = 0;
    for byte in id.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'_' | b'.' | b':' | b'/' | b'#' | b'|' | b'+' => {
                letters += 1;
            }
            _ => {}
        }
    }
    if digits > 0 && digits + letters == id.len() && id.len() <= LONGEST_ID {
        Cow::Borrowed(id)
    } else {
        Cow::Owned(hex(hash(5, id.as_bytes())))
    }
}

/// The id of a row without one: a hash of its content, and of how often that came before.
pub(crate) fn content_id(content: u128, times: u32) -> String {
    if times == 0 {
        return hex(content);
    }
    let mut bytes = content.to_le_bytes().to_vec();
    bytes.extend_from_slice(&times.to_le_bytes());
    hex(hash(6, &bytes))
}

/// The id of a row, before its comments are told apart.
fn row_id<'a>(settled: &'a Settled, out: &Out, id_column: Option<usize>) -> Cow<'a, str> {
    let row = &settled.checked.rows[out.taken as usize];
    match id_column {
        Some(column) if row.kind == RowKind::Id => {
            stored_id(settled.checked.cells.cell(out.row as usize, column))
        }
        _ => Cow::Owned(content_id(row.content, out.times)),
    }
}

fn ids(round: &[Settled], setting: &Setting<'_>) -> ArrayRef {
    let column = setting.plan.one("id");
    let mut ids = builder(round, 16);
    for (settled, out) in outs(round) {
        let id = row_id(settled, out, column);
        if out.first_of_row {
            ids.append_value(id);
        } else {
            ids.append_value(format!("{id}/{}", out.part + 1));
        }
    }
    Arc::new(ids.finish())
}

fn responses(round: &[Settled], setting: &Setting<'_>) -> ArrayRef {
    let id = setting.plan.one("id");
    let response = setting.plan.one("response");
    let several = setting.plan.many("comment").len() > 1;
    if response.is_none() && !several {
        return new_null_array(&DataType::Utf8, rows(round));
    }
    let mut responses = builder(round, 16);
    for (settled, out) in outs(round) {
        let given = response.map_or("", |column| {
            settled.checked.cells.cell(out.row as usize, column)
        });
        if !is_missing(given) {
            responses.append_value(stored_id(given));
        } else if out.first_of_row {
            responses.append_null();
        } else {
            responses.append_value(row_id(settled, out, id));
        }
    }
    Arc::new(responses.finish())
}

fn days(round: &[Settled]) -> ArrayRef {
    let day = |(settled, out): (&Settled, &Out)| {
        let days = &settled.checked.days;
        days.get(out.row as usize)
            .copied()
            .filter(|day| *day != NO_DAY)
    };
    Arc::new(outs(round).map(day).collect::<Int32Array>())
}

fn builder(round: &[Settled], bytes_a_row: usize) -> StringBuilder {
    let rows = rows(round);
    StringBuilder::with_capacity(rows, rows * bytes_a_row)
}

/// A column of names that repeat, taken as written.
fn names(round: &[Settled], column: Option<usize>) -> ArrayRef {
    let Some(column) = column else {
        return new_null_array(&DataType::Utf8, rows(round));
    };
    let mut names = builder(round, 12);
    for (settled, out) in outs(round) {
        let cell = settled.checked.cells.cell(out.row as usize, column);
        if is_missing(cell) {
            names.append_null()
        } else {
            names.append_value(cell)
        }
    }
    Arc::new(names.finish())
}

fn units(round: &[Settled], setting: &Setting<'_>, unmatched: &mut Unmatched) -> ArrayRef {
    let Some(column) = setting.plan.one("unit") else {
        return new_null_array(&DataType::Utf8, rows(round));
    };
    let mut units = builder(round, 12);
    // Names repeat: each is resolved once a round.
    let mut known: FxHashMap<&str, (Cow<'_, str>, u64, bool)> = FxHashMap::default();
    for (settled, out) in outs(round) {
        let cell = settled.checked.cells.cell(out.row as usize, column);
        if is_missing(cell) {
            units.append_null();
            continue;
        }
        let entry = known.entry(cell).or_insert_with(|| {
            let (name, matched) = setting.units.resolve(cell);
            (name, 0, matched)
        });
        entry.1 += 1;
        units.append_value(&entry.0);
    }
    for (name, times, matched) in known.into_values() {
        if !matched {
            *unmatched
                .entry((Table::Signals, name.into_owned()))
                .or_default() += times;
        }
    }
    Arc::new(units.finish())
}

fn sources(round: &[Settled]) -> ArrayRef {
    let mut sources = builder(round, 12);
    for (settled, out) in outs(round) {
        let place = settled
            .checked
            .source_of
            .get(out.row as usize)
            .copied()
            .unwrap_or(0);
        sources.append_value(&settled.checked.sources[place as usize].0);
    }
    Arc::new(sources.finish())
}

/// The question of a row: its cell, or what its comment column asks where there are several.
fn questions(round: &[Settled], setting: &Setting<'_>) -> ArrayRef {
    let plan = setting.plan;
    let comments = plan.many("comment");
    if plan.one("question").is_some() || comments.len() < 2 {
        return names(round, plan.one("question"));
    }
    let label = |(_, out): (&Settled, &Out)| {
        let column = (out.part != NO_COMMENT).then(|| comments[usize::from(out.part)])?;
        plan.labels
            .get(column)
            .map(String::as_str)
            .filter(|label| !label.is_empty())
    };
    Arc::new(outs(round).map(label).collect::<StringArray>())
}

fn comments(round: &[Settled], setting: &Setting<'_>) -> ArrayRef {
    let columns = setting.plan.many("comment");
    if columns.is_empty() {
        return new_null_array(&DataType::Utf8, rows(round));
    }
    let mut comments = builder(round, 64);
    for (settled, out) in outs(round) {
        if out.part == NO_COMMENT {
            comments.append_null();
            continue;
        }
        let cell = settled
            .checked
            .cells
            .cell(out.row as usize, columns[usize::from(out.part)]);
        let cell = letters::mended(cell);
        match setting.staff {
            Some(staff) => comments.append_value(staff.mask(&cell)),
            None => comments.append_value(cell),
        }
    }
    Arc::new(comments.finish())
}

/// What a hash of a customer starts with in a file of ours.
const KNOWN_CUSTOMER: &str = "customer-hash:";

/// A customer of the facts, as a file says it that is to be imported again: the hash is taken as it
/// is, so that she stays the same one as in files and pushes with her id.
pub fn known_customer(hash: &str) -> String {
    format!("{KNOWN_CUSTOMER}{hash}")
}

fn stored_customer(cell: &str) -> Cow<'_, str> {
    let known = cell.strip_prefix(KNOWN_CUSTOMER).filter(|hash| {
        hash.len() == 32
            && hash
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    });
    known.map_or_else(|| hex(hash(7, cell.as_bytes())).into(), Cow::Borrowed)
}

/// Customers, as hashes: who they are doesn't enter the lake.
fn customers(round: &[Settled], column: Option<usize>) -> ArrayRef {
    let Some(column) = column else {
        return new_null_array(&DataType::Utf8, rows(round));
    };
    let mut customers = builder(round, 32);
    for (settled, out) in outs(round) {
        let cell = settled.checked.cells.cell(out.row as usize, column);
        if is_missing(cell) {
            customers.append_null();
        } else {
            customers.append_value(stored_customer(cell));
        }
    }
    Arc::new(customers.finish())
}
