//! Writing facts, all or nothing: everything is made beside its place, synced, renamed, and named
//! by a manifest that comes last. What is not finished is removed.

pub(crate) mod manifest;
pub(crate) mod parquet_file;
pub(crate) mod rejects;

use crate::error::{Complaint, LakeError};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// A folder being filled. Dropped before [`Unfinished::finish`], it removes what was made.
pub(crate) struct Unfinished {
    dir: PathBuf,
    made_dirs: Vec<PathBuf>,
    /// Finished files: where they are and what they are to be called.
    files: Vec<(PathBuf, PathBuf)>,
    done: bool,
}

impl Unfinished {
    /// Takes an empty folder, or makes it.
    pub(crate) fn new(dir: &Path) -> Result<Self, LakeError> {
        let mut made_dirs = Vec::new();
        let mut missing: Vec<&Path> = dir
            .ancestors()
            .take_while(|above| !above.as_os_str().is_empty() && !above.exists())
            .collect();
        missing.reverse();
        for folder in missing {
            match fs::create_dir(folder) {
                Ok(()) => made_dirs.push(folder.to_owned()),
                Err(error) => {
                    remove_dirs(&made_dirs);
                    return Err(LakeError::output(dir, 0, &error));
                }
            }
        }
        let unfinished = Self {
            dir: dir.to_owned(),
            made_dirs,
            files: Vec::new(),
            done: false,
        };
        let mut entries = fs::read_dir(dir).map_err(|error| LakeError::output(dir, 0, &error))?;
        if entries.next().is_some() {
            // Not ours: nothing of it is touched.
            let mut unfinished = unfinished;
            unfinished.done = true;
            return Err(Complaint::new(
                "the folder for the facts is not empty",
                "give an empty folder, or a name that isn't there yet",
            )
            .in_file(dir)
            .into());
        }
        Ok(unfinished)
    }

    /// The folder.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where a file is made until it is finished.
    pub(crate) fn part(&self, name: &str) -> PathBuf {
        self.dir.join(format!("{name}.part"))
    }

    /// Takes a file whose bytes are all written and synced.
    pub(crate) fn add(&mut self, name: &str) {
        self.files.push((self.part(name), self.dir.join(name)));
    }

    /// Renames everything to its place, the last file (the manifest) last, and syncs the folder.
    pub(crate) fn finish(mut self) -> Result<(), LakeError> {
        let dir = self.dir.clone();
        let failed = |error: std::io::Error| LakeError::output(&dir, 0, &error);
        self.remove_spools();
        for (number, (part, name)) in self.files.iter().enumerate() {
            if number + 1 == self.files.len() {
                sync_dir(&dir).map_err(failed)?;
            }
            fs::rename(part, name).map_err(failed)?;
        }
        sync_dir(&dir).map_err(failed)?;
        if let Some(above) = dir.parent().filter(|above| !above.as_os_str().is_empty()) {
            sync_dir(above).map_err(failed)?;
        }
        self.done = true;
        Ok(())
    }

    fn remove_spools(&self) {
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with("spool-") {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if self.done {
            return;
        }
        // The folder was empty: everything in it was made here.
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            let _ = fs::remove_file(entry.path());
        }
        remove_dirs(&self.made_dirs);
    }
}

fn remove_dirs(made: &[PathBuf]) {
    for folder in made.iter().rev() {
        let _ = fs::remove_dir(folder);
    }
}

fn sync_dir(dir: &Path) -> std::io::Result<()> {
    // Folders can't be opened everywhere; where they can't, renames are durable by themselves.
    match File::open(dir) {
        Ok(folder) => folder.sync_all(),
        Err(_) => Ok(()),
    }
}
