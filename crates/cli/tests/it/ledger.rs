//! A keeper's commands: backup, restore, migrate, audit, retention.

use crate::run::{Run, names, run};
use std::path::Path;

/// Runs a command on a workspace.
fn on(workspace: &Path, command: &[&str]) -> Run {
    let folder = workspace.display().to_string();
    run(&[command, &["--workspace", &folder]].concat())
}

/// A workspace with one account.
fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let added = on(
        folder.path(),
        &["account", "add", "owner@example.org", "--role", "owner"],
    );
    assert_eq!(added.code, 0, "{}", added.stderr);
    folder
}

#[test]
fn a_backup_is_restored_elsewhere_and_the_log_is_whole() {
    let first = workspace();
    let made = on(first.path(), &["backup"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert!(made.stderr.contains("whole: 1 line"), "{}", made.stderr);
    let file = made.stdout.trim();
    assert!(Path::new(file).starts_with(first.path().join("backups")));

    let second = tempfile::tempdir().expect("a folder");
    let restored = on(second.path(), &["restore", file]);
    assert_eq!(restored.code, 0, "{}", restored.stderr);
    let accounts = on(second.path(), &["account", "list"]);
    assert!(accounts.stdout.contains("owner@example.org"));
    let again = on(second.path(), &["restore", file]);
    assert_eq!(again.code, 1);
    assert!(again.stderr.contains("isn't empty") && again.stderr.contains("hint:"));

    let verified = on(second.path(), &["audit", "verify"]);
    assert_eq!(verified.code, 0, "{}", verified.stderr);
    let head = verified.stdout.trim();
    assert_eq!(head.len(), 64);
    assert_eq!(
        on(second.path(), &["audit", "verify", "--head", head]).code,
        0
    );
    let other = on(first.path(), &["audit", "verify", "--head", head]);
    assert_eq!(other.code, 1, "that line is in another ledger");
}

#[test]
fn a_damaged_backup_leaves_no_ledger_behind() {
    let first = workspace();
    let file = first.path().join("one.jsonl.gz");
    let out = file.display().to_string();
    assert_eq!(on(first.path(), &["backup", "--out", &out]).code, 0);
    let bytes = std::fs::read(&file).expect("it is there");
    for cut in [0, 3, 40, bytes.len() / 2, bytes.len() - 1] {
        std::fs::write(&file, &bytes[..cut]).expect("a file");
        let second = tempfile::tempdir().expect("a folder");
        let refused = on(second.path(), &["restore", &out]);
        assert_eq!(refused.code, 1, "{cut}: {}", refused.stderr);
        assert!(refused.stderr.contains("hint:"), "{}", refused.stderr);
        assert_eq!(names(second.path()), [""; 0], "{cut}");
    }
}

#[test]
fn a_log_that_was_changed_on_the_disk_fails_and_says_where() {
    let folder = workspace();
    // Brings the journal into the file.
    assert_eq!(on(folder.path(), &["retention", "run"]).code, 0);
    assert_eq!(names(folder.path()), ["throughline.db"]);
    let path = folder.path().join("throughline.db");
    let mut bytes = std::fs::read(&path).expect("it is there");
    let (from, to) = (b"owner@example.org", b"other@example.org");
    let places: Vec<usize> = (0..bytes.len() - from.len())
        .filter(|at| bytes[*at..].starts_with(from))
        .collect();
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    std::fs::write(&path, bytes).expect("it can be written");
    let verified = on(folder.path(), &["audit", "verify"]);
    assert_eq!(verified.code, 1, "{}", verified.stdout);
    assert!(verified.stdout.is_empty());
    for word in ["broken at line `1`", "what it says was changed", "hint:"] {
        assert!(verified.stderr.contains(word), "{}", verified.stderr);
    }
}

#[test]
fn a_mistyped_workspace_is_an_error_and_makes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let nowhere = folder.path().join("nowhere");
    for command in [
        &["backup"][..],
        &["audit", "verify"],
        &["retention", "show"],
        &["retention", "run"],
    ] {
        let refused = on(&nowhere, command);
        assert_eq!(refused.code, 1, "{command:?}");
        assert!(refused.stderr.contains("no ledger") && refused.stderr.contains("hint:"));
        assert!(!nowhere.exists());
    }
    let made = on(&nowhere, &["migrate"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert!(made.stdout.starts_with('m'), "{}", made.stdout);
    assert!(nowhere.join("throughline.db").exists());
}

#[test]
fn clocks_are_shown_set_and_run() {
    let folder = workspace();
    let shown = on(folder.path(), &["retention", "show"]);
    for word in [
        "words\teach round's terms",
        "backups\t35 days",
        "audit\t3650 days",
    ] {
        assert!(shown.stdout.contains(word), "{}", shown.stdout);
    }
    assert_eq!(
        on(folder.path(), &["retention", "set", "backups", "7"]).code,
        0
    );
    let shown = on(folder.path(), &["retention", "show"]);
    assert!(shown.stdout.contains("backups\t7 days"), "{}", shown.stdout);
    let refused = on(folder.path(), &["retention", "set", "nothing", "7"]);
    assert!(refused.code == 1 && refused.stderr.contains("`backups`"));
    let ran = on(folder.path(), &["retention", "run"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("nothing was due"), "{}", ran.stderr);
}
