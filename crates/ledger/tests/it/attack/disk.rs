//! Everything the disk holds: tables in their physical orders, and the bytes of the files.

use super::town::Town;
use crate::round::past;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};
use std::collections::{HashMap, HashSet};
use throughline_ledger::Where;
use uuid::Uuid;

/// Answers in an order that the disk shows.
#[derive(Clone)]
pub struct Order {
    pub name: String,
    pub texts: Vec<String>,
}

/// What the tables say.
pub struct Disk {
    /// The cell of an answer.
    pub cells: HashMap<String, Uuid>,
    /// Answers that wait in the inbox.
    pub waiting: HashSet<String>,
    /// Marks, in the order in which they lie.
    pub marks: Vec<Vec<u8>>,
    pub orders: Vec<Order>,
}

impl Disk {
    pub async fn read(place: &Where, town: &Town) -> Self {
        let db = past(place).await;
        let files = Files::read(place).await;
        let postgres = db.get_database_backend() == DbBackend::Postgres;
        let mut disk = Self {
            cells: HashMap::new(),
            waiting: HashSet::new(),
            marks: Vec::new(),
            orders: Vec::new(),
        };
        // Each pair orders a table by where its rows lie, or by which transaction wrote them.
        let physical: &[(&str, &str)] = if postgres {
            &[
                ("place", "ctid"),
                ("transaction", "xmin::text::bigint, ctid"),
                ("command", "xmin::text::bigint, cmin::text::bigint, ctid"),
            ]
        } else {
            &[("key", "id")]
        };
        for (name, by) in physical {
            let mut texts = Vec::new();
            for row in all(
                &db,
                &format!("SELECT cell_id, idea FROM answer ORDER BY {by}"),
            )
            .await
            {
                let (cell, text): (Uuid, String) = (get(&row, 0), get(&row, 1));
                disk.cells.insert(text.clone(), cell);
                texts.push(text);
            }
            for row in all(
                &db,
                &format!("SELECT cell_id, payload FROM inbox ORDER BY {by}"),
            )
            .await
            {
                let payload: serde_json::Value = get(&row, 1);
                let text = payload["idea"].as_str().expect("an idea").to_owned();
                disk.cells.insert(text.clone(), get(&row, 0));
                disk.waiting.insert(text.clone());
                texts.push(text);
            }
            disk.orders.push(Order {
                name: format!("{name} of answers"),
                texts,
            });
            // Ideas know their answer, and lie in an order of their own.
            let by_idea: Vec<String> = by.split(", ").map(|by| format!("idea.{by}")).collect();
            let ideas = format!(
                "SELECT answer.idea FROM idea JOIN answer ON answer.id = idea.answer_id ORDER BY {}",
                by_idea.join(", ")
            );
            let rows = all(&db, &ideas).await;
            let texts = rows.iter().map(|row| get(row, 0)).collect();
            let name = format!("{name} of ideas");
            disk.orders.push(Order { name, texts });
        }
        let by = if postgres {
            "xmin::text::bigint, ctid"
        } else {
            "mark"
        };
        for row in all(&db, &format!("SELECT mark FROM used ORDER BY {by}")).await {
            disk.marks.push(get(&row, 0));
        }
        let texts: Vec<String> = town.answered.iter().map(|one| one.text.clone()).collect();
        disk.orders.extend(files.orders(&texts));
        if !postgres {
            // Where their bytes lie, rather than their keys.
            let marks = std::mem::take(&mut disk.marks);
            disk.marks = files.sorted(marks);
        }
        disk
    }

    /// What wasn't there at an earlier time.
    pub fn since(&self, (texts, marks): &(HashSet<String>, HashSet<Vec<u8>>)) -> Self {
        let is_new = |text: &String| !texts.contains(text);
        let cells = self.cells.iter().filter(|(text, _)| is_new(text));
        let orders = self.orders.iter().map(|order| Order {
            name: order.name.clone(),
            texts: order
                .texts
                .iter()
                .filter(|text| is_new(text))
                .cloned()
                .collect(),
        });
        let new_marks = self.marks.iter().filter(|mark| !marks.contains(*mark));
        Self {
            cells: cells.map(|(text, cell)| (text.clone(), *cell)).collect(),
            waiting: self
                .waiting
                .iter()
                .filter(|text| is_new(text))
                .cloned()
                .collect(),
            marks: new_marks.cloned().collect(),
            orders: orders.collect(),
        }
    }

    /// Answers in the tables.
    pub fn texts(&self) -> usize {
        self.cells.len()
    }
}

async fn all(db: &DatabaseConnection, sql: &str) -> Vec<QueryResult> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    db.query_all_raw(statement)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"))
}

fn get<T: sea_orm::TryGetable>(row: &QueryResult, at: usize) -> T {
    row.try_get_by_index(at).expect("a value of that kind")
}

/// The bytes of the database's files, by name.
pub struct Files(Vec<(String, Vec<u8>)>);

impl Files {
    /// SQLite's file and journal; PostgreSQL's files of the tables and their indexes.
    pub async fn read(place: &Where) -> Self {
        match place {
            Where::File(path) => {
                let journal = path.with_extension("db-wal");
                let read = |path: &std::path::Path| std::fs::read(path).unwrap_or_default();
                Self(vec![
                    ("file".to_owned(), read(path)),
                    ("journal".to_owned(), read(&journal)),
                ])
            }
            Where::Postgres(_) => {
                let db = past(place).await;
                db.execute_unprepared("CHECKPOINT").await.expect("flushed");
                let mut files = Vec::new();
                let tables = "SELECT relname::text, \
                     pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class \
                     WHERE relkind IN ('r', 'i', 't') AND relnamespace IN ('public'::regnamespace, \
                     'pg_toast'::regnamespace) AND pg_relation_size(oid) > 0";
                for row in all(&db, tables).await {
                    files.push((get(&row, 0), get(&row, 1)));
                }
                Self(files)
            }
        }
    }

    /// Those of the texts that are somewhere in the files.
    pub fn found(&self, texts: &[String]) -> Vec<String> {
        let wanted: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
        let is_there = self.are_there(&wanted);
        let there = texts.iter().zip(is_there).filter(|(_, there)| *there);
        there.map(|(text, _)| text.clone()).collect()
    }

    /// The files that hold some of the byte strings, and how many.
    pub fn found_bytes(&self, all: &[Vec<u8>]) -> Vec<(&str, usize)> {
        let wanted: Vec<&[u8]> = all.iter().map(Vec::as_slice).collect();
        let count = |bytes: &[u8]| {
            let places = places(bytes, &wanted);
            places.iter().filter(|places| !places.is_empty()).count()
        };
        let counted = self
            .0
            .iter()
            .map(|(name, bytes)| (name.as_str(), count(bytes)));
        counted.filter(|(_, count)| *count > 0).collect()
    }

    fn are_there(&self, wanted: &[&[u8]]) -> Vec<bool> {
        let mut there = vec![false; wanted.len()];
        for (_, bytes) in &self.0 {
            for (one, places) in there.iter_mut().zip(places(bytes, wanted)) {
                *one |= !places.is_empty();
            }
        }
        there
    }

    /// By where they first lie in the files.
    fn sorted(&self, all: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
        let wanted: Vec<&[u8]> = all.iter().map(Vec::as_slice).collect();
        let mut first = vec![usize::MAX; all.len()];
        for (_, bytes) in self.0.iter().rev() {
            for (one, places) in first.iter_mut().zip(places(bytes, &wanted)) {
                *one = places.first().copied().unwrap_or(*one);
            }
        }
        let mut sorted: Vec<_> = first.into_iter().zip(all).collect();
        sorted.sort();
        sorted.into_iter().map(|(_, one)| one).collect()
    }

    /// The orders in which texts lie: by their first and last place in each file, by their place
    /// within a page of it, by how many copies there are.
    fn orders(&self, texts: &[String]) -> Vec<Order> {
        let wanted: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
        let mut orders = Vec::new();
        for (file, bytes) in &self.0 {
            let found: HashMap<&String, Vec<usize>> = texts
                .iter()
                .zip(places(bytes, &wanted))
                .filter(|(_, places)| !places.is_empty())
                .collect();
            if found.len() < 20 {
                continue;
            }
            let page = if file == "file" { 4_096 } else { 8_192 };
            let keys: [(&str, Key); 4] = [
                ("first place", |at, _| (at[0], 0)),
                ("last place", |at, _| (at[at.len() - 1], 0)),
                ("page", |at, page| (at[0] / page, page - at[0] % page)),
                ("copies", |at, _| (at.len(), at[0])),
            ];
            for (name, key) in keys {
                let mut texts: Vec<String> = found.keys().map(|text| (*text).clone()).collect();
                texts.sort_by_key(|text| key(&found[text], page));
                let name = format!("{name} in {file}");
                orders.push(Order { name, texts });
            }
        }
        orders
    }
}

/// What an order goes by: a text's places, and the bytes of a page.
type Key = fn(&[usize], usize) -> (usize, usize);

/// Where each of the wanted lies, in one go over the bytes.
fn places(bytes: &[u8], wanted: &[&[u8]]) -> Vec<Vec<usize>> {
    const START: usize = 8;
    let mut starts: HashMap<&[u8], Vec<usize>> = HashMap::new();
    let mut first = [false; 256];
    for (n, one) in wanted.iter().enumerate() {
        starts.entry(&one[..START]).or_default().push(n);
        first[usize::from(one[0])] = true;
    }
    let mut found = vec![Vec::new(); wanted.len()];
    for at in 0..bytes.len().saturating_sub(START) {
        if !first[usize::from(bytes[at])] {
            continue;
        }
        for n in starts.get(&bytes[at..at + START]).into_iter().flatten() {
            if bytes[at..].starts_with(wanted[*n]) {
                found[*n].push(at);
            }
        }
    }
    found
}
