//! An import is all or nothing: a full disk, a folder that can't be written, a stop in the middle.

use super::{complaint, says};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use throughline_domain::facts::Table;
use throughline_lake::{ImportOptions, LakeError, TableFiles, Unwatched, Watch, import};

fn file(dir: &Path, rows: usize) -> [TableFiles; 1] {
    let mut text = String::from("id,at,unit,score,comment\n");
    for n in 0..rows {
        let noise = (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        text.push_str(&format!(
            "r{n},2026-01-01,Unit {},{},words {noise:x} that pack badly {:x}\n",
            n % 9,
            n % 11,
            noise.rotate_left(17)
        ));
    }
    let path = dir.join("a.csv");
    fs::write(&path, text).expect("a file");
    [TableFiles {
        table: Table::Signals,
        files: vec![path],
    }]
}

fn left(dir: &Path) -> Vec<PathBuf> {
    fs::read_dir(dir)
        .map(|files| files.flatten().map(|file| file.path()).collect())
        .unwrap_or_default()
}

/// Stops after a number of questions.
struct Stopping {
    after: u64,
    asked: AtomicU64,
}

impl Watch for Stopping {
    fn cancelled(&self) -> bool {
        self.asked.fetch_add(1, Ordering::Relaxed) >= self.after
    }
}

#[test]
fn a_stop_in_the_middle_leaves_nothing() {
    let dir = TempDir::new().expect("a folder");
    let tables = file(dir.path(), 100_000);
    let facts = dir.path().join("new/facts");
    for after in [0, 1, 3, 8] {
        let watch = Stopping {
            after,
            asked: AtomicU64::new(0),
        };
        let stopped = import(&tables, &ImportOptions::default(), &facts, &watch);
        assert!(
            matches!(stopped, Err(LakeError::Cancelled)),
            "after {after}"
        );
        assert!(!dir.path().join("new").exists(), "after {after}");
    }
    // A folder that was there stays, empty.
    fs::create_dir_all(&facts).expect("a folder");
    let watch = Stopping {
        after: 3,
        asked: AtomicU64::new(0),
    };
    assert!(import(&tables, &ImportOptions::default(), &facts, &watch).is_err());
    assert!(facts.exists() && left(&facts).is_empty());
}

#[test]
fn a_folder_that_cant_be_written_says_so() {
    let dir = TempDir::new().expect("a folder");
    let tables = file(dir.path(), 10);
    // Below a file there can be no folder, whoever asks.
    let facts = dir.path().join("a.csv/facts");
    let message = complaint(
        import(&tables, &ImportOptions::default(), &facts, &Unwatched).map(|_| unreachable!()),
    );
    says(&message, &["can't write", "a.csv/facts"]);
    let facts = dir.path().join("a.csv");
    says(
        &complaint(
            import(&tables, &ImportOptions::default(), &facts, &Unwatched).map(|_| unreachable!()),
        ),
        &["can't write"],
    );
}

#[test]
fn a_folder_with_something_in_it_is_not_touched() {
    let dir = TempDir::new().expect("a folder");
    let tables = file(dir.path(), 10);
    let before = left(dir.path());
    let message = complaint(
        import(&tables, &ImportOptions::default(), dir.path(), &Unwatched).map(|_| unreachable!()),
    );
    says(&message, &["not empty", "give an empty folder"]);
    assert_eq!(left(dir.path()), before);
}

/// A small disk, where the machine allows one to be mounted.
struct SmallDisk {
    dir: TempDir,
}

impl SmallDisk {
    fn new(size: &str) -> Option<Self> {
        let dir = TempDir::new().ok()?;
        let options = format!("size={size}");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(dir.path())
            .output();
        match mounted {
            Ok(output) if output.status.success() => Some(Self { dir }),
            _ => {
                eprintln!("skipped: a small disk can't be mounted here");
                None
            }
        }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.dir.path()).output();
    }
}

#[test]
fn a_full_disk_says_so_and_leaves_nothing() {
    let Some(disk) = SmallDisk::new("1m") else {
        return;
    };
    let dir = TempDir::new().expect("a folder");
    let tables = file(dir.path(), 200_000);
    let facts = disk.dir.path().join("facts");
    let message = complaint(
        import(&tables, &ImportOptions::default(), &facts, &Unwatched).map(|_| unreachable!()),
    );
    says(
        &message,
        &["facts", "no room left", "bytes were written", "make room"],
    );
    assert!(left(disk.dir.path()).is_empty());
    // Rejects can fill it too.
    let text: String = (0..50_000)
        .map(|n| format!("a{n},no score at all, but words in its place\n"))
        .collect();
    fs::write(dir.path().join("a.csv"), format!("id,score,extra\n{text}")).expect("a file");
    let options = ImportOptions {
        allow_rejects: true,
        ..ImportOptions::default()
    };
    let message = complaint(import(&tables, &options, &facts, &Unwatched).map(|_| unreachable!()));
    says(&message, &["no room left"]);
    assert!(left(disk.dir.path()).is_empty());
}

#[test]
fn progress_is_told() {
    #[derive(Default)]
    struct Told {
        rows: AtomicU64,
        bytes: AtomicU64,
        total: AtomicU64,
    }
    impl Watch for Told {
        fn rows(&self, table: Table, rows: u64) {
            assert_eq!(table, Table::Signals);
            self.rows.fetch_max(rows, Ordering::Relaxed);
        }
        fn bytes(&self, done: u64, total: u64) {
            self.bytes.fetch_max(done, Ordering::Relaxed);
            self.total.store(total, Ordering::Relaxed);
        }
    }
    let dir = TempDir::new().expect("a folder");
    let tables = file(dir.path(), 5000);
    let told = Told::default();
    assert!(
        import(
            &tables,
            &ImportOptions::default(),
            &dir.path().join("facts"),
            &told
        )
        .is_ok()
    );
    assert_eq!(told.rows.into_inner(), 5000);
    let size = fs::metadata(dir.path().join("a.csv"))
        .map(|about| about.len())
        .ok();
    assert_eq!(
        (Some(told.bytes.into_inner()), Some(told.total.into_inner())),
        (size, size)
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_can_be_imported() {
    let dir = TempDir::new().expect("a folder");
    let pipe = dir.path().join("pipe.csv");
    let Ok(made) = Command::new("mkfifo").arg(&pipe).status() else {
        return;
    };
    assert!(made.success());
    let writer = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::write(pipe, "id,score\na1,5\na2,4\n")
    });
    let tables = [TableFiles {
        table: Table::Signals,
        files: vec![pipe],
    }];
    let facts = dir.path().join("facts");
    let (lake, _) = import(&tables, &ImportOptions::default(), &facts, &Unwatched)
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(writer.join().is_ok());
    assert_eq!(lake.signals_len(), 2);
    assert!(
        left(&facts)
            .iter()
            .all(|file| !file.to_string_lossy().contains("spool"))
    );
}
