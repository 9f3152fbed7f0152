//! What the ledger holds, read from a backup of it: the same for both databases.

use super::company::Company;
use flate2::read::MultiGzDecoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Command;

/// What was found.
#[derive(Default)]
pub struct Found {
    /// Answers by their words, and how often.
    pub answers: BTreeMap<String, usize>,
    /// Ballots in the inbox by the id of their form, with their choices.
    pub waiting_ballots: BTreeMap<String, usize>,
    /// Ballots that were moved on, with their votes.
    pub moved_ballots: BTreeMap<String, usize>,
    /// Answers in the inbox.
    pub waiting: usize,
    /// Answers that lack what was sent with them.
    pub half: usize,
}

/// Makes a backup and reads it.
pub fn found(program: &Path, company: &Company) -> Found {
    let file = company
        .workspace()
        .join(format!("check-{}.jsonl.gz", uuid::Uuid::new_v4()));
    let made = Command::new(program)
        .arg("backup")
        .args(company.flags())
        .arg("--out")
        .arg(&file)
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&made.stderr).into_owned();
    assert!(made.status.success() && said.contains("is whole"), "{said}");
    let lines = BufReader::new(MultiGzDecoder::new(
        std::fs::File::open(&file).expect("a backup"),
    ));
    let (mut found, mut table, mut columns) = (Found::default(), String::new(), Vec::new());
    for line in lines.lines() {
        let line: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        match &line {
            Value::Array(cells) => {
                let cell = |name: &str| {
                    let at = columns.iter().position(|column| column == name);
                    at.map(|at| cells[at].clone()).unwrap_or_default()
                };
                found.row(&table, cell);
            }
            _ if line["table"].is_string() => {
                table = line["table"].as_str().unwrap_or_default().to_owned();
                let named = line["columns"].as_array().expect("columns");
                columns = named.iter().map(|column| text(&column["name"])).collect();
            }
            _ => {}
        }
    }
    let _ = std::fs::remove_file(file);
    found
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

impl Found {
    fn row(&mut self, table: &str, cell: impl Fn(&str) -> Value) {
        match table {
            "answer" => self.answer(&cell("idea"), &cell("block"), &cell("commitment")),
            "inbox" if cell("kind") == "answer" => {
                self.waiting += 1;
                let sent = &cell("payload")[0];
                self.answer(&sent["idea"], &sent["block"], &sent["commitment"]);
            }
            "inbox" => {
                let choices = cell("payload")[0]["choices"].as_array().map_or(0, Vec::len);
                self.waiting_ballots.insert(text(&cell("id")), choices);
            }
            "vote" => *self.moved_ballots.entry(text(&cell("ballot"))).or_default() += 1,
            _ => {}
        }
    }

    fn answer(&mut self, idea: &Value, block: &Value, commitment: &Value) {
        let idea = text(idea);
        if idea.starts_with("early") {
            return;
        }
        let whole = block == "nothing stands in the way" && *commitment == 4;
        self.half += usize::from(!whole);
        *self.answers.entry(idea).or_default() += 1;
    }
}
