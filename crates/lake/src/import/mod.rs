//! The import: files in, facts out, all or nothing.
//!
//! Tables are read in the contract's order, so that units and roles are known when rows that name
//! them come. Nothing is in its place before everything is written and synced.

pub(crate) mod file;
pub(crate) mod rounds;

use crate::check::staff::StaffNames;
use crate::check::unit_names::{UnitNames, Unmatched};
use crate::columns::missing::missing_map;
use crate::error::{Complaint, LakeError};
use crate::lake::Lake;
use crate::options::{ImportOptions, TableFiles, Watch};
use crate::output::Unfinished;
use crate::output::manifest::{Entry, Manifest};
use crate::output::rejects::{self, Refused, Rejects};
use crate::{signals, tables};
use file::FileIn;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use throughline_domain::facts::{Table, Unit};
use throughline_domain::import::{FileReport, ImportReport, UnmatchedUnit};

/// What the import of a table works with.
pub(crate) struct Work<'a> {
    pub options: &'a ImportOptions,
    pub watch: &'a dyn Watch,
    /// Bytes read from disk.
    pub count: &'a AtomicU64,
    total_bytes: u64,
    bytes_before: u64,
    pub into: &'a mut Unfinished,
    pub rejects: &'a mut Rejects,
    pub units: &'a UnitNames,
    pub staff: Option<&'a StaffNames>,
    pub unmatched: Unmatched,
}

impl Work<'_> {
    /// A pass over a table's files starts: bytes count from where the table before ended.
    pub(crate) fn start_bytes(&self) {
        self.count.store(self.bytes_before, Ordering::Relaxed);
    }

    /// Tells the watcher how far a table came.
    pub(crate) fn watched(&self, table: Table, rows: u64) {
        self.watch.rows(table, rows);
        self.watch.bytes(
            self.count.load(Ordering::Relaxed).min(self.total_bytes),
            self.total_bytes,
        );
    }

    /// Sentences about a table's files.
    pub(crate) fn notes_of(&self, files: &[FileIn], reports: &[FileReport]) -> Vec<String> {
        let mut notes = Vec::new();
        for (file, report) in files.iter().zip(reports) {
            // Sheets of one workbook say the same.
            for note in &file.plan.notes {
                if !notes.contains(note) {
                    notes.push(note.clone());
                }
            }
            if report.rows_duplicate > 0 {
                let rows = match report.rows_duplicate {
                    1 => "1 row was there before and was".to_owned(),
                    n => format!("{n} rows were there before and were"),
                };
                notes.push(format!("`{}`: {rows} counted once", report.file));
            }
        }
        notes
    }
}

/// A file that had to be read again and again.
pub(crate) fn no_end() -> LakeError {
    LakeError::Fault("the files were read again and again without an end".to_owned())
}

/// Imports files into an empty folder (made if it isn't there).
///
/// # Errors
///
/// Everything that [`LakeError`] names; whatever the error, nothing of the import is left behind.
pub fn import(
    tables: &[TableFiles],
    options: &ImportOptions,
    into: &Path,
    watch: &dyn Watch,
) -> Result<(Lake, ImportReport), LakeError> {
    check_maps(tables, options)?;
    let staff = options
        .staff_names
        .as_deref()
        .map(StaffNames::read)
        .transpose()?;
    let mut unfinished = Unfinished::new(into)?;
    let report = import_into(tables, options, &mut unfinished, watch, staff.as_ref())?;
    if watch.cancelled() {
        return Err(LakeError::Cancelled);
    }
    unfinished.finish()?;
    Ok((Lake::open(into)?, report))
}

/// Checks files as an import would, and gives what it would refuse. `scratch` is an empty folder, or
/// none yet, and is left without anything of ours.
///
/// # Errors
///
/// As [`import`], but for refused rows.
pub fn check(
    tables: &[TableFiles],
    options: &ImportOptions,
    scratch: &Path,
    watch: &dyn Watch,
) -> Result<Vec<Refused>, LakeError> {
    check_maps(tables, options)?;
    let options = ImportOptions {
        allow_rejects: true,
        ..options.clone()
    };
    let mut unfinished = Unfinished::new(scratch)?;
    let outcome = import_into(tables, &options, &mut unfinished, watch, None);
    let refused = rejects::read(&unfinished)?;
    match outcome {
        // Where no row is left, the refused ones say why.
        Err(error) if refused.is_empty() => Err(error),
        _ => Ok(refused),
    }
}

fn import_into(
    tables: &[TableFiles],
    options: &ImportOptions,
    into: &mut Unfinished,
    watch: &dyn Watch,
    staff: Option<&StaffNames>,
) -> Result<ImportReport, LakeError> {
    // A folder that can't be written to is told before anything is read.
    let mut rejects = Rejects::new(into)?;
    let mut report = ImportReport::default();
    let mut manifest = Manifest::new();
    let mut files_by_table: Vec<(Table, Vec<FileIn>)> = Table::ALL
        .into_iter()
        .map(|table| (table, Vec::new()))
        .collect();
    let mut total_bytes = 0;
    for table in Table::ALL {
        for path in tables
            .iter()
            .filter(|given| given.table == table)
            .flat_map(|given| &given.files)
        {
            if watch.cancelled() {
                return Err(LakeError::Cancelled);
            }
            for file in FileIn::open(table, path, options, into.dir())? {
                total_bytes +=
                    std::fs::metadata(&file.sniffed.opened.bytes_at).map_or(0, |about| about.len());
                // A chain's file may have turned out to hold roles.
                if let Some((_, files)) = files_by_table
                    .iter_mut()
                    .find(|(known, _)| *known == file.plan.table)
                {
                    files.push(file);
                }
            }
        }
    }
    for (table, files) in &files_by_table {
        check_missing_maps(*table, files, options)?;
    }
    let count = AtomicU64::new(0);
    let mut units = UnitNames::default();
    let mut unit_table: Vec<Unit> = Vec::new();
    let mut roles = tables::roles::RoleNames::default();
    let mut unmatched = Unmatched::new();
    for (table, files) in files_by_table
        .iter_mut()
        .map(|(table, files)| (*table, files))
    {
        if files.is_empty() && !(table == Table::Roles && roles.has_described()) {
            continue;
        }
        let mut work = Work {
            options,
            watch,
            count: &count,
            total_bytes,
            bytes_before: count.load(Ordering::Relaxed),
            into,
            rejects: &mut rejects,
            units: &units,
            staff,
            unmatched: std::mem::take(&mut unmatched),
        };
        let entry = match table {
            Table::Signals => {
                let done = signals::run::run(files, &mut work)?;
                report.files.extend(done.reports);
                report.sources = done.sources;
                report.notes.extend(done.notes);
                done.entry
            }
            Table::Units => {
                let (entry, rows) = tables::units::run(files, &mut work, &mut report)?;
                unit_table = rows;
                entry
            }
            other => tables::run(other, files, &mut work, &mut roles, &mut report)?,
        };
        unmatched = std::mem::take(&mut work.unmatched);
        units = UnitNames::of(&unit_table);
        manifest.tables.insert(table.name().to_owned(), entry);
    }
    report.unmatched_units = unmatched
        .into_iter()
        .map(|((table, name), rows)| UnmatchedUnit { table, name, rows })
        .collect();
    report
        .sources
        .sort_by(|one, other| one.source.cmp(&other.source));
    manifest.rejected_rows = rejects.finish(into)?;
    manifest.write(into)?;
    Ok(report)
}

/// A map for a table without files is a slip.
fn check_maps(tables: &[TableFiles], options: &ImportOptions) -> Result<(), LakeError> {
    for map in &options.maps {
        let given = |table: Table| {
            tables
                .iter()
                .any(|files| files.table == table && !files.files.is_empty())
        };
        let by_chain = map.table == Table::Roles && given(Table::Chain);
        if !given(map.table) && !by_chain {
            return Err(Complaint::new(
                format!(
                    "a map names `{}.{}`, but no file was given for `{}`",
                    map.table.name(),
                    map.field,
                    map.table.name()
                ),
                "give the file, or leave the map out",
            )
            .into());
        }
    }
    Ok(())
}

/// A map must name a column of at least one of its table's files.
fn check_missing_maps(
    table: Table,
    files: &[FileIn],
    options: &ImportOptions,
) -> Result<(), LakeError> {
    let Some(first) = files.first() else {
        return Ok(());
    };
    for (number, map) in options.maps.iter().enumerate() {
        if map.table == table
            && files
                .iter()
                .all(|file| file.plan.missing_maps.contains(&number))
        {
            return Err(missing_map(
                &map.column,
                &first.plan.split.columns,
                &first.sniffed.opened.path,
            ));
        }
    }
    Ok(())
}

/// The entry of a table's file in the manifest.
pub(crate) fn entry(file: String, (rows, bytes): (u64, u64)) -> Entry {
    Entry { file, rows, bytes }
}
