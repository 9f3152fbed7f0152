//! Makes a backup while the ledger is in use.

use super::{
    ChainSum, FORMAT, Head, Manifest, Seal, TableHead, TableSum, UNFINISHED, cell, check, file,
};
use crate::audit::Verdict;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::schema;
use crate::tables::{self, Kind, Table};
use chrono::{DateTime, SubsecRound, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, IsolationLevel, QueryResult,
    Statement, TransactionTrait, Value,
};
use serde::Serialize;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Rows that are read at once.
const PAGE: usize = 2_000;

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Where.
    pub path: PathBuf,
    /// Its rows, over all tables.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// What the audit log's chain says.
    pub audit: Verdict,
}

/// The name of a backup made now.
pub fn name(now: DateTime<Utc>) -> String {
    format!(
        "throughline-{}{}",
        now.format("%Y%m%dT%H%M%SZ"),
        super::ENDING
    )
}

/// Writes one moment of the ledger to a new file. Readers and the writer go on meanwhile. The file is
/// read again and checked before it gets its name; until then nothing is there under it.
///
/// # Errors
/// Where the ledger can't be read or is damaged, where the file can't be written or is there already.
pub async fn make(ledger: &Ledger, path: &Path, now: DateTime<Utc>) -> Result<Made> {
    if path.exists() {
        return Err(LedgerError::refused(
            format!("`{}` is there already", path.display()),
            "name another file with `--out`, or move that one away",
        ));
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    private_folder(folder).map_err(|source| file("make the folder", folder, source))?;
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(format!(".{}{UNFINISHED}", Uuid::new_v4().simple()));
    let unfinished = PathBuf::from(unfinished);
    let made = write(ledger, &unfinished, now).await;
    let finished = made.and_then(|()| finish(&unfinished, path, folder));
    if finished.is_err() {
        // What failed is said; a file that can't be removed either is removed by retention.
        let _ = fs::remove_file(&unfinished);
    }
    finished
}

fn finish(unfinished: &Path, path: &Path, folder: &Path) -> Result<Made> {
    let checked = check(unfinished)?;
    let named = |source| file("finish", path, source);
    fs::rename(unfinished, path).map_err(named)?;
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(named)?;
    Ok(Made {
        path: path.to_owned(),
        rows: checked.rows,
        bytes: fs::metadata(path).map_err(named)?.len(),
        audit: checked.audit,
    })
}

/// For its owner alone.
fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// For its owner alone, and not over another file.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

async fn write(ledger: &Ledger, path: &Path, now: DateTime<Utc>) -> Result<()> {
    let snapshot = snapshot(ledger).await?;
    let head = Head {
        throughline_backup: FORMAT,
        made_at: now.trunc_subsecs(0),
        schema: schema::known(),
        words_of: rounds(&snapshot, WORDS_OF).await?,
        secrets_of: rounds(&snapshot, SECRETS_OF).await?,
    };
    let full = |source| file("write", path, source);
    let mut lines = Lines::new(private_file(path).map_err(full)?);
    lines.line(&head).map_err(full)?;
    let mut sums = Vec::new();
    let mut chain = crate::audit::Chain::default();
    for table in tables::all() {
        let columns = table.columns.clone();
        let head = TableHead {
            table: table.name.to_owned(),
            columns,
        };
        lines.line(&head).map_err(full)?;
        let (mut rows, mut sum, mut last) = (0, Sha256::new(), None);
        loop {
            let page = snapshot
                .query_all_raw(page(&table, last.as_ref(), ledger.backend())?)
                .await?;
            for row in &page {
                let cells = cells(&table, row)?;
                if let Some(line) = super::read::audit_line(&head, &cells) {
                    chain.follow(line);
                }
                sum.update(lines.line(&cells).map_err(full)?);
                last = Some(cells);
            }
            rows += page.len() as u64;
            if page.len() < PAGE {
                break;
            }
        }
        sums.push(TableSum {
            table: table.name.to_owned(),
            rows,
            sha256: hex::encode(sum.finalize()),
        });
    }
    snapshot.commit().await?;
    let manifest = Manifest {
        tables: sums,
        audit: ChainSum::from(&chain.verdict()),
    };
    lines.line(&manifest).map_err(full)?;
    lines.seal().map_err(full)
}

/// A transaction in which nothing changes any more; of a file that was looked at for damage.
async fn snapshot(ledger: &Ledger) -> Result<DatabaseTransaction> {
    if ledger.backend() == DbBackend::Postgres {
        let once = Some(IsolationLevel::RepeatableRead);
        let read = Some(AccessMode::ReadOnly);
        return Ok(ledger.reading().begin_with_config(once, read).await?);
    }
    let snapshot = ledger.reading().begin().await?;
    let check = Statement::from_string(DbBackend::Sqlite, "PRAGMA quick_check(1)");
    if let Some(row) = snapshot.query_one_raw(check).await? {
        let said: String = row.try_get_by_index(0)?;
        if said != "ok" {
            return Err(LedgerError::Unfit {
                what: format!("the ledger's file is damaged: {said}"),
                hint: "stop the server, keep a copy of the file, and restore the last backup",
            });
        }
    }
    Ok(snapshot)
}

/// Rounds whose words are still there.
const WORDS_OF: &str = "SELECT round_id FROM answer WHERE idea IS NOT NULL OR block IS NOT NULL \
     UNION SELECT round_id FROM idea WHERE shown IS NOT NULL OR reason IS NOT NULL \
     UNION SELECT round_id FROM inbox ORDER BY 1";
/// Rounds whose personal links can still be made.
const SECRETS_OF: &str = "SELECT id FROM round WHERE secret IS NOT NULL ORDER BY 1";

async fn rounds(snapshot: &DatabaseTransaction, sql: &str) -> Result<Vec<Uuid>> {
    let backend = snapshot.get_database_backend();
    let rows = snapshot
        .query_all_raw(Statement::from_string(backend, sql))
        .await?;
    rows.iter()
        .map(|row| Ok(row.try_get_by_index(0)?))
        .collect()
}

/// The next rows after those whose last was `last`, in the order of the key: of bytes, not of a
/// language, so that both databases agree.
fn page(table: &Table, last: Option<&Vec<Json>>, backend: DbBackend) -> Result<Statement> {
    let quoted = |at: usize| format!("\"{}\"", table.columns[at].name);
    let ordered = |at: usize| match (table.columns[at].kind, backend) {
        (Kind::Text, DbBackend::Postgres) => format!("{} COLLATE \"C\"", quoted(at)),
        _ => quoted(at),
    };
    let every: Vec<String> = (0..table.columns.len()).map(quoted).collect();
    let key: Vec<String> = table.key.iter().map(|at| ordered(*at)).collect();
    let (every, key) = (every.join(", "), key.join(", "));
    let (mut after, mut values) = (String::new(), Vec::<Value>::new());
    if let Some(last) = last {
        let mut places = Vec::new();
        for at in &table.key {
            values.push(
                cell::value(table.columns[*at].kind, &last[*at])
                    .ok_or_else(|| LedgerError::Fault("a key has no value".to_owned()))?,
            );
            places.push(match backend {
                DbBackend::Postgres => format!("${}", values.len()),
                _ => "?".to_owned(),
            });
        }
        after = format!(" WHERE ({key}) > ({})", places.join(", "));
    }
    let sql = format!(
        "SELECT {every} FROM \"{}\"{after} ORDER BY {key} LIMIT {PAGE}",
        table.name
    );
    Ok(Statement::from_sql_and_values(backend, sql, values))
}

fn cells(table: &Table, row: &QueryResult) -> Result<Vec<Json>> {
    let columns = table.columns.iter().enumerate();
    columns
        .map(|(at, column)| cell::read(row, at, column.kind))
        .collect()
}

/// The file, and the sum of what was written to it.
struct Lines {
    out: BufWriter<GzEncoder<File>>,
    sum: Sha256,
    line: Vec<u8>,
}

impl Lines {
    fn new(file: File) -> Self {
        Self {
            out: BufWriter::new(GzEncoder::new(file, Compression::fast())),
            sum: Sha256::new(),
            line: Vec::new(),
        }
    }

    /// Writes a line and gives its bytes.
    fn line(&mut self, of: &impl Serialize) -> io::Result<&[u8]> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, of)?;
        self.line.push(b'\n');
        self.sum.update(&self.line);
        self.out.write_all(&self.line)?;
        Ok(&self.line)
    }

    /// Writes the last line and brings all to the disk.
    fn seal(mut self) -> io::Result<()> {
        let sha256 = hex::encode(self.sum.clone().finalize());
        self.line(&Seal { sha256 })?;
        let compressed = self
            .out
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        compressed.finish()?.sync_all()
    }
}
