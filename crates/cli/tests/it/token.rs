//! `throughline token`: listed without what lets one use them, and revoked.

use crate::run::{Run, run};

fn on(folder: &tempfile::TempDir, command: &[&str]) -> Run {
    let workspace = folder.path().display().to_string();
    run(&[command, &["--workspace", &workspace]].concat())
}

fn done(run: Run) -> String {
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    done(on(
        &folder,
        &["account", "add", "ada@example.org", "--role", "owner"],
    ));
    folder
}

#[test]
fn tokens_are_listed_without_their_secret_and_revoked_by_name() {
    let folder = workspace();
    assert_eq!(done(on(&folder, &["token", "list"])), "");
    let two = ["--scope", "rounds:read", "--scope", "briefs:read"];
    let made = on(&folder, &[&["token", "add", "board"][..], &two].concat());
    assert!(
        made.stderr.contains("it never ends by itself"),
        "{}",
        made.stderr
    );
    let secret = done(made);
    let secret = secret.trim();
    assert!(secret.starts_with("tl_"), "{secret}");
    let scope = ["--scope", "metrics:read", "--days", "30"];
    done(on(
        &folder,
        &[&["token", "add", "monitor"][..], &scope].concat(),
    ));
    let list = on(&folder, &["token", "list"]);
    let ends = chrono::Utc::now().date_naive() + chrono::Days::new(30);
    let said = done(list);
    let mut lines: Vec<&str> = said.lines().collect();
    lines.sort_unstable();
    let monitor = format!("monitor\tmetrics:read\t{ends}");
    assert_eq!(lines, ["board\trounds:read briefs:read\tnever", &monitor]);
    assert!(!said.contains(secret));
    let revoked = on(&folder, &["token", "revoke", "board"]);
    assert!(
        revoked.stderr.contains("revoked `board`"),
        "{}",
        revoked.stderr
    );
    assert_eq!(done(revoked), "");
    assert_eq!(done(on(&folder, &["token", "list"])).trim_end(), monitor);
}

#[test]
fn what_can_not_be_is_said() {
    let folder = workspace();
    let refused = |command: &[&str], says: &str| {
        let run = on(&folder, command);
        assert_eq!(run.code, 1, "{command:?}: {}", run.stderr);
        assert!(run.stderr.contains(says), "{says}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{command:?}");
    };
    refused(
        &["token", "revoke", "board"],
        "there is no token `board`\nhint: ",
    );
    refused(&["token", "revoke"], "<NAME>");
    refused(&["token", "list", "board"], "'board'");
    refused(
        &["token", "add", "board", "--scope", "everything"],
        "a token can't be for `everything`\nhint: ",
    );
    let empty = tempfile::tempdir().expect("a folder");
    for command in [&["token", "list"][..], &["token", "revoke", "board"]] {
        let run = on(&empty, command);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(
            run.stderr.contains("there is no ledger at"),
            "{}",
            run.stderr
        );
    }
    assert_eq!(crate::run::names(empty.path()), [""; 0], "none is made");
}
