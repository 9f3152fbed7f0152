//! Reads a backup and checks it on the way.

use super::{ChainSum, FORMAT, Head, Manifest, Seal, TableHead, TableSum, cell, file};
use crate::audit::{Chain, Verdict};
use crate::entity::audit;
use crate::error::{LedgerError, Result};
use crate::schema;
use crate::tables;
use chrono::{DateTime, Utc};
use flate2::read::MultiGzDecoder;
use sea_orm::{ActiveModelTrait, IdenStatic, Iterable, TryIntoModel, Value};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Bytes of a line: no row comes near it, and a forged file must not fill the memory.
const LONGEST_LINE: u64 = 1 << 28;
const LONGEST_LINE_READ: usize = 1 << 28;

/// What comes next in a backup.
pub(crate) enum Piece {
    /// A table begins.
    Table(TableHead),
    /// One of its rows.
    Row(Vec<Value>),
    /// Everything was read and is as it was written.
    End(Verdict),
}

/// A backup that was read to its end.
pub(crate) struct Checked {
    pub made_at: DateTime<Utc>,
    pub rows: u64,
    pub audit: Verdict,
}

/// Reads a whole backup and checks every line of it.
pub(crate) fn check(path: &Path) -> Result<Checked> {
    let mut reader = Reader::open(path)?;
    let mut rows = 0;
    loop {
        match reader.next()? {
            Piece::Table(_) => {}
            Piece::Row(_) => rows += 1,
            Piece::End(audit) => {
                return Ok(Checked {
                    made_at: reader.head.made_at,
                    rows,
                    audit,
                });
            }
        }
    }
}

impl From<&Verdict> for ChainSum {
    fn from(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Whole { lines, head } => Self {
                whole: true,
                lines: *lines,
                head: Some(head.clone()),
            },
            Verdict::Broken { seq, .. } => Self {
                whole: false,
                lines: seq.unsigned_abs(),
                head: None,
            },
        }
    }
}

/// A row of the audit log, where this is one.
pub(super) fn audit_line(head: &TableHead, cells: &[Json]) -> Option<audit::Model> {
    if head.table != "audit" {
        return None;
    }
    let mut line = <audit::ActiveModel as ActiveModelTrait>::default();
    for column in audit::Column::iter() {
        let at = head
            .columns
            .iter()
            .position(|given| given.name == column.as_str())?;
        let value = cell::value(head.columns[at].kind, cells.get(at)?)?;
        line.try_set(column, value).ok()?;
    }
    line.try_into_model().ok()
}

/// A backup, being read.
pub(crate) struct Reader {
    path: PathBuf,
    lines: BufReader<MultiGzDecoder<File>>,
    number: u64,
    text: Vec<u8>,
    sum: Sha256,
    head: Head,
    table: Option<(TableHead, u64, Sha256)>,
    sums: Vec<TableSum>,
    chain: Chain,
}

impl Reader {
    /// Opens one and reads its head.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let opened = File::open(path).map_err(|source| file("read", path, source))?;
        let no_backup = || {
            LedgerError::refused(
                format!("`{}` is no backup of Throughline", path.display()),
                "give a file that `throughline backup` made",
            )
        };
        let mut lines = BufReader::new(MultiGzDecoder::new(opened));
        // A file of another kind may be one endless line.
        let mut text = Vec::new();
        lines
            .by_ref()
            .take(1 << 20)
            .read_until(b'\n', &mut text)
            .map_err(|source| match source.kind() {
                ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::UnexpectedEof => {
                    no_backup()
                }
                _ => file("read", path, source),
            })?;
        let head: Head = serde_json::from_slice(&text).map_err(|_| no_backup())?;
        let known = schema::known();
        let newer = head.schema.iter().find(|step| !known.contains(step));
        if head.throughline_backup > FORMAT || newer.is_some() {
            let with = newer.map_or(String::new(), |step| format!(" (its schema has `{step}`)"));
            return Err(LedgerError::refused(
                format!(
                    "`{}` was made by a newer version of Throughline{with}",
                    path.display()
                ),
                "update `throughline`, then try again; nothing was changed",
            ));
        }
        let mut sum = Sha256::new();
        sum.update(&text);
        Ok(Self {
            path: path.to_owned(),
            lines,
            number: 1,
            text,
            sum,
            head,
            table: None,
            sums: Vec::new(),
            chain: Chain::default(),
        })
    }

    pub(crate) fn head(&self) -> &Head {
        &self.head
    }

    fn damaged(&self, why: &str) -> LedgerError {
        LedgerError::refused(
            format!(
                "`{}` is damaged at line {}: {why}",
                self.path.display(),
                self.number
            ),
            "nothing was changed; use another copy or another backup",
        )
    }

    /// Brings the next line into `text`.
    fn advance(&mut self) -> Result<()> {
        self.number += 1;
        self.text.clear();
        let mut lines = self.lines.by_ref().take(LONGEST_LINE);
        match lines.read_until(b'\n', &mut self.text) {
            Ok(_) if self.text.ends_with(b"\n") => Ok(()),
            Ok(LONGEST_LINE_READ) => Err(self.damaged("it is longer than any that is written")),
            Ok(_) => Err(self.damaged("it ends too early")),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                Err(self.damaged("it ends too early"))
            }
            Err(error) => Err(self.damaged(&error.to_string())),
        }
    }

    fn parsed<T: DeserializeOwned>(&self, what: &str) -> Result<T> {
        serde_json::from_slice(&self.text).map_err(|_| self.damaged(&format!("it isn't {what}")))
    }

    /// The next piece.
    pub(crate) fn next(&mut self) -> Result<Piece> {
        self.advance()?;
        if self.text.starts_with(b"[") {
            self.sum.update(&self.text);
            return self.row();
        }
        self.end_table();
        if self.text.starts_with(b"{\"table\"") {
            self.sum.update(&self.text);
            return self.begin_table();
        }
        let manifest: Manifest = self.parsed("a manifest")?;
        self.sum.update(&self.text);
        self.end(&manifest)
    }

    fn row(&mut self) -> Result<Piece> {
        let cells: Vec<Json> = self.parsed("a row")?;
        let Some((head, _, _)) = &self.table else {
            return Err(self.damaged("a row outside a table"));
        };
        if cells.len() != head.columns.len() {
            return Err(self.damaged("a row with another number of columns than its table"));
        }
        let values = head.columns.iter().zip(&cells);
        let values: Option<Vec<Value>> = values
            .map(|(column, cell)| cell::value(column.kind, cell))
            .collect();
        let values = values.ok_or_else(|| self.damaged("a value of another kind"))?;
        let line = audit_line(head, &cells);
        if let Some(line) = line {
            self.chain.follow(line);
        }
        if let Some((_, rows, sum)) = &mut self.table {
            *rows += 1;
            sum.update(&self.text);
        }
        Ok(Piece::Row(values))
    }

    fn begin_table(&mut self) -> Result<Piece> {
        let head: TableHead = self.parsed("the head of a table")?;
        let all = tables::all();
        let known = all.iter().find(|table| table.name == head.table);
        let known = known.ok_or_else(|| self.damaged("a table that Throughline doesn't have"))?;
        let mut names: Vec<&str> = head
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        let fits = names.len() == head.columns.len()
            && head
                .columns
                .iter()
                .all(|column| known.columns.contains(column));
        if !fits {
            return Err(self.damaged("columns that this table doesn't have"));
        }
        self.table = Some((head.clone(), 0, Sha256::new()));
        Ok(Piece::Table(head))
    }

    fn end_table(&mut self) {
        if let Some((head, rows, sum)) = self.table.take() {
            self.sums.push(TableSum {
                table: head.table,
                rows,
                sha256: hex::encode(sum.finalize()),
            });
        }
    }

    fn end(&mut self, manifest: &Manifest) -> Result<Piece> {
        if manifest.tables != self.sums {
            return Err(self.damaged("its tables aren't those that were written"));
        }
        let verdict = std::mem::take(&mut self.chain).verdict();
        if manifest.audit != ChainSum::from(&verdict) {
            return Err(self.damaged("the audit log isn't the one that was written"));
        }
        let sum = hex::encode(self.sum.clone().finalize());
        self.advance()?;
        let seal: Seal = self.parsed("a seal")?;
        if seal.sha256 != sum {
            return Err(self.damaged("its sum isn't the one that was written"));
        }
        self.text.clear();
        match self.lines.by_ref().take(1).read_to_end(&mut self.text) {
            Ok(0) => Ok(Piece::End(verdict)),
            _ => Err(self.damaged("there is more after its end")),
        }
    }
}
