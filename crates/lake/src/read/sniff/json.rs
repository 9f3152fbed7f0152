//! What a text of JSON holds: objects one a line, or a list of them.

use super::{Candidate, sampled};
use crate::columns::contract::fields;
use crate::error::{Complaint, LakeError};
use crate::read::json_list::{self, List};
use crate::read::{Layout, Opened, Split, json, tickets};
use serde_json::{Map, Value};
use std::io::Read;
use throughline_domain::facts::Table;

/// What objects of JSON hold.
#[derive(Default)]
struct Objects {
    columns: Vec<String>,
    tickets: usize,
    count: usize,
}

impl Objects {
    fn of_lines(lines: &[u8]) -> Self {
        let mut found = Self::default();
        json::for_each_line(lines, 1, |_, text| found.note(text));
        found
    }

    fn of_list(bytes: &[u8], brackets: u32) -> Self {
        let mut lines = Vec::new();
        // The sample may end inside the list.
        let _ = json_list::ListLines::new(bytes, brackets).read_to_end(&mut lines);
        Self::of_lines(&lines)
    }

    fn note(&mut self, text: &[u8]) {
        if let Ok(Value::Object(object)) = serde_json::from_slice(text) {
            self.take(&object);
        }
    }

    fn take(&mut self, object: &Map<String, Value>) {
        self.count += 1;
        self.tickets += usize::from(tickets::is_ticket(object));
        let mut flat = Vec::new();
        json::flatten(object, "", &mut flat);
        for (name, _) in flat {
            if !self.columns.contains(&name) {
                self.columns.push(name);
            }
        }
    }
}

/// Whether columns are those of a row of feedback or of an answer, and not of what wraps such rows.
fn is_a_row(columns: &[String]) -> bool {
    const TOLD: [(Table, &[&str]); 2] = [
        (Table::Signals, &["score", "comment"]),
        (Table::Voice, &["text", "rating", "idea", "block"]),
    ];
    TOLD.iter().any(|(table, names)| {
        let of_rows = fields(*table).iter();
        let mut of_rows = of_rows.filter(|field| names.contains(&field.name));
        of_rows.any(|field| columns.iter().any(|column| field.answers_to(column)))
    })
}

/// The longest list that an object wraps, as far as the sample goes: beside rows stand links, filters and the like.
/// `None` where the text is more than one object, or the object is a row itself, whatever lists it holds.
fn wrapped(bytes: &[u8]) -> Option<List> {
    let lists = json_list::lists(bytes)?.into_iter();
    if let Ok(Value::Object(object)) = serde_json::from_slice(bytes) {
        let mut own = Objects::default();
        own.take(&object);
        if own.tickets > 0 || is_a_row(&own.columns) {
            return None;
        }
    }
    lists.min_by_key(|list| std::cmp::Reverse(list.objects))
}

/// JSON lines, or a list of objects, which may be wrapped in an object.
pub(super) fn json_lines(opened: &Opened, bytes: &[u8]) -> Result<Option<Candidate>, LakeError> {
    let first = bytes.trim_ascii_start().first().copied();
    if first != Some(b'[') && first != Some(b'{') {
        return Ok(None);
    }
    let is_list = first == Some(b'[');
    let list = if is_list {
        Some(List::default())
    } else {
        wrapped(bytes)
    };
    let objects = match &list {
        Some(list) => Objects::of_list(bytes, list.brackets),
        None => Objects::of_lines(bytes),
    };
    let Objects {
        mut columns,
        tickets,
        count,
    } = objects;
    // One thing that looks like a ticket makes no help desk's export.
    let is_tickets = 2 * tickets > count;
    if count == 0 {
        let whole = serde_json::from_slice::<Value>(bytes).is_ok();
        let what = match (is_list, whole) {
            // A table may begin with a bracket.
            (true, false) => return Ok(None),
            (true, true) => "the file is a JSON list that holds no objects",
            (false, true) => "the file is one JSON object spread over lines",
            (false, false) => "the file looks like JSON, but no line is a whole object",
        };
        return Err(Complaint::new(
            what,
            "write one object a line (JSON lines), or a list of objects",
        )
        .in_file(&opened.path)
        .into());
    }
    if columns.iter().all(|column| column.ends_with(json::A_LIST)) {
        return Err(Complaint::new(
            "no object in it holds a value that a row could be made of",
            "write one object a line (JSON lines), or a list of objects",
        )
        .in_file(&opened.path)
        .into());
    }
    if is_tickets {
        columns = tickets::COLUMNS.map(str::to_owned).to_vec();
    }
    let layout = Layout::JsonLines {
        list,
        tickets: is_tickets,
    };
    let records = sampled(
        opened,
        &layout,
        &Split {
            columns: columns.clone(),
        },
    )?;
    Ok(Some(Candidate {
        layout,
        records,
        columns: Some(columns),
    }))
}
