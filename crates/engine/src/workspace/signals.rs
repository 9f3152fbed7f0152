//! Customers' feedback of a workspace: files in a folder, put there by people or pushed by machines.

use crate::error::{EngineError, Result};
use serde::Serialize;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use throughline_domain::Table;
use throughline_lake::{ImportOptions, LakeError, Refused, TableFiles, Unwatched};

/// The folder.
pub(super) const FOLDER: &str = "signals";
/// How folders in it are called that hold rows until they are checked.
pub(super) const UPLOAD: &str = ".upload-";
const PUSH: &str = ".push-";
/// How files in it are called that are being taken out.
pub(super) const REMOVED: &str = ".removed-";

/// The files of a workspace's feedback, by name. Hidden files and folders are left alone.
///
/// # Errors
/// Where the folder is there and can't be read.
pub fn signal_files(workspace: &Path) -> Result<Vec<PathBuf>> {
    let folder = workspace.join(FOLDER);
    let unreadable = |why: std::io::Error| EngineError::Input {
        path: folder.clone(),
        why: why.to_string(),
        hint: "check the folder in the workspace that holds customers' feedback",
    };
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path
            .file_name()
            .is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Removes rows that a run that was killed left unchecked, and what it was taking out: they are customers'
/// words, and nobody reads them. Not while another program takes rows into this workspace.
///
/// # Errors
/// Where the folder can't be read, or one of them can't be removed.
pub fn empty_signals(workspace: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(workspace.join(FOLDER)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let ours = name.starts_with(UPLOAD) || name.starts_with(PUSH);
        if ours && entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else if name.starts_with(REMOVED) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// What became of pushed rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// They are on disk.
    Stored {
        /// How many.
        rows: usize,
    },
    /// None was taken; these are why.
    Refused(Vec<Refused>),
}

/// Takes rows of the signals contract into the workspace under a name of the caller's, all or none.
/// The same name twice is one batch. When this returns they are on disk.
///
/// # Errors
/// Where they can't be written, or can't be read at all.
pub fn push<R: Serialize>(workspace: &Path, name: &str, rows: &[R]) -> Result<Pushed> {
    let folder = workspace.join(FOLDER);
    let refused = |path: &Path| {
        let path = path.to_owned();
        move |source| EngineError::Output { path, source }
    };
    fs::create_dir_all(&folder).map_err(refused(&folder))?;
    let scratch = tempfile::Builder::new()
        .prefix(PUSH)
        .tempdir_in(&folder)
        .map_err(refused(&folder))?;
    let part = scratch.path().join("rows.jsonl");
    let file = File::create(&part).map_err(refused(&part))?;
    let mut writer = BufWriter::new(file);
    for row in rows {
        serde_json::to_writer(&mut writer, row)
            .map_err(std::io::Error::from)
            .and_then(|()| writer.write_all(b"\n"))
            .map_err(refused(&part))?;
    }
    let file = writer
        .into_inner()
        .map_err(|error| refused(&part)(error.into_error()))?;
    let complaints = keep(&folder, &part, &file, name)?;
    Ok(if complaints.is_empty() {
        Pushed::Stored { rows: rows.len() }
    } else {
        Pushed::Refused(complaints)
    })
}

/// Puts a file of rows into the folder under a name, unless a row of it can't be read; these it gives.
/// When it gives none, the file is on disk.
pub(super) fn keep(folder: &Path, part: &Path, file: &File, name: &str) -> Result<Vec<Refused>> {
    let refused = |path: &Path| {
        let path = path.to_owned();
        move |source| EngineError::Output { path, source }
    };
    let tables = [TableFiles {
        table: Table::Signals,
        files: vec![part.to_owned()],
    }];
    let facts = part.with_extension("facts");
    let complaints =
        throughline_lake::check(&tables, &ImportOptions::default(), &facts, &Unwatched)
            .map_err(without_place)?;
    if !complaints.is_empty() {
        return Ok(complaints);
    }
    file.sync_all().map_err(refused(part))?;
    let place = folder.join(format!("{name}.jsonl"));
    fs::rename(part, &place).map_err(refused(&place))?;
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(refused(folder))?;
    Ok(complaints)
}

/// Where the rows lie for now is nobody's business who sent them.
fn without_place(error: LakeError) -> LakeError {
    match error {
        LakeError::Input(mut complaint) => {
            complaint.file = None;
            LakeError::Input(complaint)
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{FOLDER, empty_signals, fs, signal_files};

    #[test]
    fn what_a_killed_run_left_goes_and_nothing_else() {
        let workspace = tempfile::tempdir().expect("a folder");
        empty_signals(workspace.path()).expect("no folder is an empty one");
        let folder = workspace.path().join(FOLDER);
        for left in [".upload-a1/rows.facts", ".push-b2", ".mine"] {
            fs::create_dir_all(folder.join(left)).expect("a folder");
        }
        for file in [
            ".upload-a1/rows.jsonl",
            ".push-b2/rows.jsonl",
            ".removed-upload-a.jsonl",
            "kept.jsonl",
        ] {
            fs::write(folder.join(file), "words").expect("a file");
        }
        empty_signals(workspace.path()).expect("removed");
        let mut left: Vec<_> = fs::read_dir(&folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        left.sort();
        assert_eq!(left, [".mine", "kept.jsonl"]);
        assert_eq!(signal_files(workspace.path()).expect("files").len(), 1);
    }
}
