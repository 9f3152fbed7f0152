//! What a text of JSON holds: objects one a line, or a list of them.

use super::{Candidate, sampled};
use crate::error::{Complaint, LakeError};
use crate::read::{Layout, Opened, Split, json, json_list, tickets};
use serde_json::Value;
use std::io::Read;

/// What objects of JSON hold.
#[derive(Default)]
struct Objects {
    columns: Vec<String>,
    tickets: bool,
    count: usize,
}

impl Objects {
    fn of_lines(lines: &[u8]) -> Self {
        let mut found = Self::default();
        json::for_each_line(lines, 1, |_, text| found.note(text));
        found
    }

    fn of_list(bytes: &[u8], before: u64) -> Self {
        let mut lines = Vec::new();
        // The sample may end inside the list.
        let _ = json_list::ListLines::new(bytes, before).read_to_end(&mut lines);
        Self::of_lines(&lines)
    }

    fn note(&mut self, text: &[u8]) {
        let Ok(Value::Object(object)) = serde_json::from_slice::<Value>(text) else {
            return;
        };
        self.count += 1;
        self.tickets |= tickets::is_ticket(&object);
        let mut flat = Vec::new();
        json::flatten(&object, "", &mut flat);
        for (name, _) in flat {
            if !self.columns.contains(&name) {
                self.columns.push(name);
            }
        }
    }
}

/// JSON lines, or a list of objects, which may be wrapped in an object.
pub(super) fn json_lines(opened: &Opened, bytes: &[u8]) -> Result<Option<Candidate>, LakeError> {
    let first = bytes.trim_ascii_start().first().copied();
    if first != Some(b'[') && first != Some(b'{') {
        return Ok(None);
    }
    let of_lines = Objects::of_lines(bytes);
    // One object a line holds no list of rows, unless it is the only line and wraps them.
    let is_list = first == Some(b'[');
    let may_wrap = of_lines.count == 0 || of_lines.count == 1 && !of_lines.tickets;
    let before = json_list::before_list(bytes).filter(|_| is_list || may_wrap);
    let of_list = before.map(|before| (before, Objects::of_list(bytes, before)));
    let of_list = of_list.filter(|(_, objects)| is_list || objects.count > of_lines.count);
    let (list, objects) = match of_list {
        Some((before, objects)) => (Some(before), objects),
        None => (None, of_lines),
    };
    let Objects {
        mut columns,
        tickets: is_tickets,
        count,
    } = objects;
    if count == 0 {
        if is_list {
            return Ok(None);
        }
        let one_object = serde_json::from_slice::<Value>(bytes).is_ok();
        let what = if one_object {
            "the file is one JSON object spread over lines"
        } else {
            "the file looks like JSON, but no line is a whole object"
        };
        return Err(Complaint::new(
            what,
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
