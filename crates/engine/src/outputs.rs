//! Output files that appear all together or not at all.
//!
//! Everything is written into a temporary folder inside the output folder (so that the last step
//! is a rename on the same disk), flushed to disk, and moved to its place at the end. Whatever
//! goes wrong before, dropping [`Outputs`] leaves the output folder as it was. A run that was killed
//! can't drop anything: its folder is swept by the next run, which knows it by a lock that nobody
//! holds any more.

use crate::error::{EngineError, Result};
use serde::Serialize;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Output files in the making.
pub struct Outputs {
    folder: PathBuf,
    made_folder: bool,
    work: Option<tempfile::TempDir>,
    names: Vec<PathBuf>,
    /// Files of an earlier run that this one has nothing to say in.
    stale: Vec<PathBuf>,
    /// Held as long as the run lives.
    _lock: File,
}

/// How work folders are called.
const WORK: &str = ".throughline-";
/// The file in a work folder that its run keeps locked.
const LOCK: &str = "lock";

/// Removes the work folders of runs that were killed.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(WORK);
        let lock = File::open(entry.path().join(LOCK));
        // Without a lock file the run has only just begun, or the folder isn't ours.
        if ours && lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

impl Outputs {
    /// Makes the output folder where it is missing, and a work folder inside.
    pub fn new(folder: &Path) -> Result<Self> {
        let made_folder = !folder.exists();
        let refused = |source| EngineError::Output {
            path: folder.to_owned(),
            source,
        };
        fs::create_dir_all(folder).map_err(refused)?;
        sweep(folder);
        let work = tempfile::Builder::new()
            .prefix(WORK)
            .tempdir_in(folder)
            .map_err(refused)?;
        let lock = File::create(work.path().join(LOCK)).map_err(refused)?;
        // A disk that knows no locks only loses the sweeping.
        let _ = lock.try_lock();
        Ok(Self {
            folder: folder.to_owned(),
            made_folder,
            work: Some(work),
            names: Vec::new(),
            stale: Vec::new(),
            _lock: lock,
        })
    }

    /// A folder for intermediate files, gone at the end.
    pub fn scratch(&self, name: &str) -> Result<PathBuf> {
        let path = self.path(name);
        fs::create_dir_all(&path).map_err(|source| EngineError::Output {
            path: path.clone(),
            source,
        })?;
        Ok(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.work
            .as_ref()
            .map_or(&*self.folder, |work| work.path())
            .join(name)
    }

    /// Starts an output file; `name` may hold one folder: `review/pairs.csv`.
    pub fn file(&mut self, name: &str) -> Result<BufWriter<File>> {
        let path = self.path("files").join(name);
        let refused = |source| EngineError::Output {
            path: self.folder.join(name),
            source,
        };
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(refused)?;
        }
        let file = File::create(&path).map_err(refused)?;
        self.names.push(PathBuf::from(name));
        Ok(BufWriter::with_capacity(1 << 18, file))
    }

    /// Writes a whole output file.
    pub fn write(&mut self, name: &str, content: &[u8]) -> Result<()> {
        let mut file = self.file(name)?;
        file.write_all(content)
            .and_then(|()| file.flush())
            .map_err(|source| EngineError::Output {
                path: self.folder.join(name),
                source,
            })
    }

    /// Writes a CSV file of serialisable rows with a header.
    pub fn write_csv<R: Serialize>(
        &mut self,
        name: &str,
        header: &[&str],
        rows: impl IntoIterator<Item = R>,
    ) -> Result<()> {
        let refused = |path: PathBuf| {
            move |error: csv::Error| EngineError::Output {
                path,
                source: std::io::Error::other(error),
            }
        };
        let path = self.folder.join(name);
        let mut writer = csv::WriterBuilder::new()
            .has_headers(false)
            .from_writer(self.file(name)?);
        writer.write_record(header).map_err(refused(path.clone()))?;
        for row in rows {
            writer.serialize(row).map_err(refused(path.clone()))?;
        }
        writer
            .flush()
            .map_err(|source| EngineError::Output { path, source })
    }

    /// Takes a file that was made elsewhere in the work folder as an output.
    pub fn adopt(&mut self, from: &Path, name: &str) -> Result<()> {
        let bytes = fs::read(from).map_err(|source| EngineError::Output {
            path: from.to_owned(),
            source,
        })?;
        self.write(name, &bytes)
    }

    /// Takes away, with the rest, what an earlier run left under a name.
    pub fn absent(&mut self, name: &str) {
        self.stale.push(PathBuf::from(name));
    }

    /// Flushes everything to disk and moves it to its place.
    pub fn commit(mut self) -> Result<()> {
        let refused = |path: &Path, source| EngineError::Output {
            path: path.to_owned(),
            source,
        };
        for name in &self.names {
            let path = self.path("files").join(name);
            File::open(&path)
                .and_then(|file| file.sync_all())
                .map_err(|source| refused(&self.folder.join(name), source))?;
        }
        // Of two runs into one folder the whole of one is there, not parts of both. Where a folder can't be
        // locked, nothing is lost but that.
        let folder = File::open(&self.folder).ok();
        let _locked = folder.as_ref().map(File::lock);
        // Looked at before the first rename, so that all or none is moved.
        for name in &self.names {
            let target = self.folder.join(name);
            if target.is_dir() {
                let source = std::io::Error::from(std::io::ErrorKind::IsADirectory);
                return Err(refused(&target, source));
            }
            if let Some(parent) = target.parent()
                && parent.exists()
                && !parent.is_dir()
            {
                let source = std::io::Error::from(std::io::ErrorKind::NotADirectory);
                return Err(refused(parent, source));
            }
        }
        for name in &self.names {
            let target = self.folder.join(name);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent).map_err(|source| refused(parent, source))?;
            }
            fs::rename(self.path("files").join(name), &target)
                .map_err(|source| refused(&target, source))?;
        }
        for name in &self.stale {
            let path = self.folder.join(name);
            match fs::remove_file(&path) {
                Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                    return Err(refused(&path, source));
                }
                _ => {}
            }
        }
        // The renames themselves are on disk once the folder is.
        if let Ok(folder) = File::open(&self.folder) {
            folder
                .sync_all()
                .map_err(|source| refused(&self.folder, source))?;
        }
        self.made_folder = false;
        Ok(())
    }
}

impl Drop for Outputs {
    fn drop(&mut self) {
        drop(self.work.take());
        if self.made_folder {
            // Only if empty: whatever else is there isn't ours.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_this_run_has_nothing_to_say_in_goes_with_its_commit() {
        let out = tempfile::tempdir().expect("a folder");
        let old = out.path().join("old.csv");
        fs::write(&old, "of an earlier run").expect("a file");
        let mut outputs = Outputs::new(out.path()).expect("outputs");
        outputs.absent("old.csv");
        outputs.absent("never.csv");
        drop(outputs);
        assert!(old.exists(), "nothing changes before the commit");
        let mut outputs = Outputs::new(out.path()).expect("outputs");
        outputs.absent("old.csv");
        outputs.absent("never.csv");
        outputs.write("new.csv", b"x").expect("a file");
        outputs.commit().expect("committed");
        assert!(!old.exists() && out.path().join("new.csv").exists());
    }

    #[test]
    fn what_stands_in_the_way_of_one_file_keeps_all_from_moving() {
        let out = tempfile::tempdir().expect("a folder");
        fs::write(out.path().join("review"), "a file").expect("a file");
        fs::create_dir(out.path().join("brief.json")).expect("a folder");
        for name in ["review/pairs.csv", "brief.json"] {
            let mut outputs = Outputs::new(out.path()).expect("outputs");
            outputs.write("brief.html", b"x").expect("a file");
            outputs.write(name, b"x").expect("a file");
            assert!(outputs.commit().is_err(), "{name}");
            assert!(!out.path().join("brief.html").exists(), "{name}");
        }
    }

    #[test]
    fn a_killed_runs_folder_is_swept_and_a_living_ones_is_not() {
        let out = tempfile::tempdir().expect("a folder");
        let dead = out.path().join(".throughline-dead");
        fs::create_dir(&dead).expect("a folder");
        fs::write(dead.join(LOCK), "").expect("a file");
        let living = Outputs::new(out.path()).expect("outputs");
        assert!(!dead.exists());
        let second = Outputs::new(out.path()).expect("outputs");
        assert!(living.path("").exists());
        drop(second);
        drop(living);
        let left = fs::read_dir(out.path()).expect("a folder").count();
        assert_eq!(left, 0);
    }
}
