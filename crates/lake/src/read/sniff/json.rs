//! What a text of JSON holds: objects one a line, or a list of them.

use super::{Candidate, sampled};
use crate::columns::contract::fields;
use crate::columns::missing::shortened;
use crate::error::{Complaint, LakeError};
use crate::read::json_list::{self, Broken, List};
use crate::read::{Layout, Opened, Split, json, tickets};
use regex::bytes::Regex;
use serde_json::{Map, Value};
use std::io::Read;
use std::sync::LazyLock;
use throughline_domain::facts::Table;

/// What objects of JSON hold.
#[derive(Default)]
struct Objects {
    columns: Vec<String>,
    tickets: usize,
    count: usize,
    broken: Option<Broken>,
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
        let read = json_list::ListLines::new(bytes, brackets).read_to_end(&mut lines);
        Self {
            broken: read.err().as_ref().and_then(Broken::of),
            ..Self::of_lines(&lines)
        }
    }

    /// Whether they are tickets: one thing that looks like one makes no help desk's export.
    fn are_tickets(&self) -> bool {
        2 * self.tickets > self.count
    }

    /// Whether they are rows of feedback or answers, and not what wraps such rows.
    fn is_of_rows(&self) -> bool {
        self.are_tickets() || is_a_row(&self.columns)
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

/// Whether an object holds columns, `{"comment": {"0": "…", "1": "…"}, "score": {"0": 3, "1": 9}}`: objects of several
/// values by number, or several of many values by the same names.
fn is_by_column(object: &Map<String, Value>) -> bool {
    let columns: Vec<&Map<String, Value>> = object.values().filter_map(Value::as_object).collect();
    let Some(first) = columns.first() else {
        return false;
    };
    let is_a_number = |key: &String| key.bytes().all(|byte| byte.is_ascii_digit());
    let are_numbered = columns.iter().all(|column| column.keys().all(is_a_number));
    let are_named_alike = columns.len() > 1
        && first.len() >= MANY
        && columns.iter().all(|column| column.keys().eq(first.keys()));
    2 * columns.len() > object.len()
        && columns.iter().any(|column| column.len() > 1)
        && (are_numbered || are_named_alike)
}

/// Values by the same names, in several columns, that are no parts of one row.
const MANY: usize = 10;

/// Whether the text begins as such an object, its first line longer than what was read of it.
fn begins_by_column(bytes: &[u8]) -> bool {
    static BEGINNING: LazyLock<Regex> = LazyLock::new(|| {
        let text = r#""(?:[^"\\]|\\.)*""#;
        let beginning = format!(r#"^\s*\{{\s*{text}\s*:\s*\{{\s*"\d+"\s*:"#);
        Regex::new(&beginning).expect("a constant")
    });
    let end = bytes.len().min(LINE);
    memchr::memchr(b'\n', bytes.trim_ascii()).is_none()
        && serde_json::from_slice::<Value>(bytes).is_err()
        && BEGINNING.is_match(&bytes[..end])
}

/// What is read of a line to tell how it begins.
const LINE: usize = 1000;

fn by_column(opened: &Opened) -> LakeError {
    Complaint::new(
        "the JSON object holds columns, each with its rows by number or name, as pandas writes it",
        "write rows instead: `to_json(\"file.jsonl\", orient=\"records\", lines=True)`",
    )
    .in_file(&opened.path)
    .into()
}

/// Lists of an object that are looked at.
const LOOKED_AT: usize = 32;

/// The list that an object wraps: one of rows, if there is one, else the longest, as far as the sample goes (beside rows
/// stand links, filters and the like). `None` where the text is more than one object, or the object is a row itself.
fn wrapped(opened: &Opened, bytes: &[u8]) -> Result<Option<(List, Objects)>, LakeError> {
    let lists = json_list::lists(bytes).unwrap_or_default().into_iter();
    let lists = lists.take(LOOKED_AT).map(|list| {
        let objects = Objects::of_list(bytes, list.brackets);
        (objects.is_of_rows(), list, objects)
    });
    let lists: Vec<(bool, List, Objects)> = lists.collect();
    // The first of the longest.
    let best = lists
        .iter()
        .min_by_key(|(rows, _, objects)| std::cmp::Reverse((*rows, objects.count)));
    let alike = |(_, list, objects): &&(bool, List, Objects)| {
        best.is_some_and(|(rows, best, of_best)| {
            let same = objects.columns == of_best.columns;
            list != best && !of_best.are_tickets() && (same || *rows && objects.is_of_rows())
        })
    };
    if let (Some((_, best, _)), Some((_, other, _))) = (best, lists.iter().find(alike)) {
        return Err(Complaint::new(
            format!(
                "the file holds several lists that could be the rows, as `{}` and `{}`",
                shortened(&best.name),
                shortened(&other.name)
            ),
            "give one file a list; several files of a table are given by repeating the option",
        )
        .in_file(&opened.path)
        .into());
    }
    if begins_by_column(bytes) {
        return Err(by_column(opened));
    }
    let mut own = Objects::default();
    if let Ok(Value::Object(object)) = serde_json::from_slice(bytes) {
        if is_by_column(&object) {
            return Err(by_column(opened));
        }
        own.take(&object);
    }
    match best {
        _ if own.tickets > 0 => Ok(None),
        Some((true, list, _)) if own.is_of_rows() => Err(Complaint::new(
            format!(
                "the object could be a row, and so could those of its list `{}`",
                shortened(&list.name)
            ),
            "give the list alone, or write the object as one of several JSON lines",
        )
        .in_file(&opened.path)
        .into()),
        _ if own.is_of_rows() => Ok(None),
        best => {
            let brackets = best.map(|(_, list, _)| list.brackets);
            let mut lists = lists.into_iter();
            let best = lists.find(|(_, list, _)| Some(list.brackets) == brackets);
            Ok(best.map(|(_, list, objects)| (list, objects)))
        }
    }
}

/// JSON lines, or a list of objects, which may be wrapped in an object.
pub(super) fn json_lines(opened: &Opened, bytes: &[u8]) -> Result<Option<Candidate>, LakeError> {
    let text = bytes.trim_ascii_start();
    let is_list = text.starts_with(b"[");
    if !is_list && !text.starts_with(b"{") {
        return Ok(None);
    }
    let (list, objects) = if is_list {
        (Some(List::default()), Objects::of_list(bytes, 0))
    } else {
        match wrapped(opened, bytes)? {
            Some((list, objects)) => (Some(list), objects),
            None => (None, Objects::of_lines(bytes)),
        }
    };
    if let Some(broken) = objects.broken.filter(|_| objects.count == 0)
        && (!is_list || text[1..].trim_ascii_start().starts_with(b"{"))
    {
        return Err(Complaint::new(broken.to_string(), broken.hint())
            .in_file(&opened.path)
            .into());
    }
    let is_tickets = objects.are_tickets();
    let Objects {
        mut columns, count, ..
    } = objects;
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
