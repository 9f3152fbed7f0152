//! JSON lines: objects become rows of cells.
//!
//! Nested objects are flattened with dots (`satisfaction_rating.score`); a list of texts or numbers becomes one text.
//! Lists of objects are tables of their own and are left out, but for Zendesk's tickets, whose turns become rows (see
//! `tickets`); that they are there is told by a column without contents.

use super::cells::{Cells, Refusal};
use super::delimited;
use memchr::memchr_iter;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};

/// What ends the name of a column that stands for a list of objects.
pub(crate) const A_LIST: &str = " (a list)";

/// Columns of an object, flattened: name and text.
pub(crate) fn flatten(object: &Map<String, Value>, under: &str, to: &mut Vec<(String, String)>) {
    for (key, value) in object {
        let name = if under.is_empty() {
            key.clone()
        } else {
            format!("{under}.{key}")
        };
        match value {
            Value::Object(inner) => flatten(inner, &name, to),
            // Of an empty list nobody can say what it would hold.
            Value::Array(items) if items.is_empty() => {}
            Value::Array(items) => match items.iter().map(scalar).collect::<Option<Vec<_>>>() {
                Some(texts) => to.push((name, texts.join("; "))),
                None => to.push((format!("{name}{A_LIST}"), String::new())),
            },
            value => to.push((name, scalar(value).unwrap_or_default())),
        }
    }
}

/// A text, number or truth value, as a text.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null => Some(String::new()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// Splits lines of JSON into cells of the columns known so far.
pub(crate) fn split(bytes: &[u8], first_line: u64, columns: &[String], tickets: bool) -> Cells {
    let mut cells = Cells::with_width(columns.len());
    let places: HashMap<&str, usize> = columns
        .iter()
        .enumerate()
        .map(|(at, name)| (name.as_str(), at))
        .collect();
    let mut unknown = BTreeSet::new();
    let mut refused = Vec::new();
    let mut row: Vec<String> = vec![String::new(); columns.len()];
    let mut flat = Vec::new();
    for_each_line(bytes, first_line, |line, text| {
        let object = match serde_json::from_slice::<Value>(text) {
            Ok(Value::Object(object)) => object,
            Ok(_) => {
                refused.push(refusal(line, text, "the line is no JSON object"));
                return;
            }
            Err(error) => {
                let why = if std::str::from_utf8(text).is_err() {
                    "the line has bytes that are no valid UTF-8".to_owned()
                } else if error.is_eof() {
                    "the JSON object is cut short".to_owned()
                } else {
                    format!(
                        "the line is no valid JSON (at character {})",
                        error.column()
                    )
                };
                refused.push(refusal(line, text, &why));
                return;
            }
        };
        if tickets {
            for turn in super::tickets::turns(&object) {
                cells.push(line, turn.iter().map(String::as_str));
            }
            return;
        }
        flat.clear();
        flatten(&object, "", &mut flat);
        row.iter_mut().for_each(String::clear);
        let mut nul = None;
        for (name, text) in flat.drain(..) {
            if text.contains('\0') {
                nul = Some((name.clone(), text.replace('\0', "?")));
            }
            match places.get(name.as_str()) {
                Some(&at) => row[at] = text,
                None => {
                    unknown.insert(name);
                }
            }
        }
        if let Some((column, value)) = nul {
            refused.push(Refusal {
                line,
                column,
                value,
                reason: "the cell has a NUL byte".to_owned(),
            });
        } else {
            cells.push(line, row.iter().map(String::as_str));
        }
    });
    cells.refused = refused;
    cells.new_columns = unknown.into_iter().collect();
    cells
}

/// Splits lines of text into cells: one column, a line a row; list marks are dropped.
pub(crate) fn split_remarks(bytes: Vec<u8>, first_line: u64) -> Cells {
    let (mut spans, mut lines) = (Vec::new(), Vec::new());
    let mut at = 0;
    let mut line = first_line;
    while at < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |found| at + found);
        let text = &bytes[at..end];
        let marks = text
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | b'-' | b'*'))
            .count();
        let marks = if text[marks..].starts_with("•".as_bytes()) {
            marks + "•".len()
        } else {
            marks
        };
        if !text[marks..].iter().all(u8::is_ascii_whitespace) {
            spans.push(((at + marks) as u32, end as u32));
            lines.push(line);
        }
        at = end + 1;
        line += 1;
    }
    delimited::valid(bytes, 1, spans, lines, Vec::new())
}

fn refusal(line: u64, text: &[u8], reason: &str) -> Refusal {
    let value = String::from_utf8_lossy(&text[..text.len().min(200)]).replace('\0', "?");
    Refusal {
        line,
        column: String::new(),
        value,
        reason: reason.to_owned(),
    }
}

/// Calls `each` with the number and the bytes of every line that isn't blank.
pub(crate) fn for_each_line(bytes: &[u8], first_line: u64, mut each: impl FnMut(u64, &[u8])) {
    let mut start = 0;
    let ends = memchr_iter(b'\n', bytes).chain([bytes.len()]);
    for (line, end) in (first_line..).zip(ends) {
        let text = bytes[start.min(end)..end].trim_ascii();
        if !text.is_empty() {
            each(line, text);
        }
        start = end + 1;
    }
}
