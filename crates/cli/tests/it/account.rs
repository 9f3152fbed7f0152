//! `throughline account`, and what `serve` says at its first start.

use crate::run::{program, run};
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use throughline_server::config::SETTINGS;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn account(&self, arguments: &[&str]) -> crate::run::Run {
        let workspace = self.0.path().display().to_string();
        let mut all = vec!["account"];
        all.extend(arguments);
        all.extend(["--workspace", &workspace]);
        run(&all)
    }
}

#[test]
fn accounts_are_made_listed_and_let_in() {
    let folder = Folder::new();
    let made = folder.account(&["add", "Ada@Example.org", "--role", "owner"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    assert_eq!(made.stdout, "");
    let made = folder.account(&["add", "eve@example.org", "--role", "hr-lead"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let listed = folder.account(&["list"]);
    assert_eq!(
        listed.stdout,
        "ada@example.org\towner\topen\neve@example.org\thr_lead\topen\n"
    );
    let link = folder.account(&["link", "ada@example.org"]);
    assert_eq!(link.code, 0, "{}", link.stderr);
    let start = "http://127.0.0.1:8080/sign-in/link/";
    assert!(link.stdout.starts_with(start), "{}", link.stdout);
    assert_eq!(link.stdout.trim_end().len(), start.len() + 64);
    assert!(
        !link.stderr.contains("/sign-in/link/"),
        "data on stdout alone"
    );
}

#[test]
fn what_can_not_be_is_said() {
    let folder = Folder::new();
    let refused = |arguments: &[&str], says: &str| {
        let run = folder.account(arguments);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(run.stderr.contains(says), "{says}: {}", run.stderr);
        assert!(run.stderr.contains("\nhint: "), "{}", run.stderr);
    };
    refused(&["list"], "there is no ledger at");
    refused(&["link", "ada@example.org"], "there is no ledger at");
    refused(&["add", "ada@example.org", "--role", "king"], "`king`");
    refused(
        &["add", "ada", "--role", "owner"],
        "`ada` is no e-mail address",
    );
    let made = folder.account(&["add", "ada@example.org", "--role", "owner"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    refused(
        &["add", "ADA@example.org", "--role", "owner"],
        "has an account",
    );
    refused(
        &["link", "eve@example.org"],
        "there is no account `eve@example.org`",
    );
    refused(
        &[
            "add",
            "eve@example.org",
            "--role",
            "unit_manager",
            "--unit",
            "North",
        ],
        "there is no unit `North`",
    );
}

#[test]
fn the_first_start_prints_a_link_for_the_owner() {
    let folder = Folder::new();
    let mut server = program()
        .args(["serve", "--listen", "127.0.0.1:0", "--workspace"])
        .arg(folder.0.path().join("new"))
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let stderr = server.stderr.take().expect("its words");
    let link = BufReader::new(stderr)
        .lines()
        .map_while(Result::ok)
        .find(|line| line.contains("/start/"));
    // Stopped before anything is checked, so that a failure leaves no process.
    let _ = server.kill();
    let _ = server.wait();
    let link = link.expect("a link");
    let token = link.rsplit('/').next().expect("a token");
    assert_eq!(token.len(), 64, "{link}");
    assert!(link.trim().starts_with("http://127.0.0.1:"), "{link}");
    assert!(!link.contains(":0/"), "the port that it got: {link}");
}

#[test]
fn every_flag_of_the_table_is_there_and_secrets_have_none() {
    let help = run(&["serve", "--help"]).stdout;
    for setting in SETTINGS {
        let flag = format!("{} <", setting.flag());
        assert_eq!(help.contains(&flag), setting.has_flag, "{flag}");
    }
}

#[test]
fn a_setting_that_makes_no_sense_is_named() {
    let folder = Folder::new();
    std::fs::write(
        folder.0.path().join("throughline.toml"),
        "\nlisen = \"x\"\n",
    )
    .expect("a file");
    let refused = folder.account(&["list"]);
    assert_eq!(refused.code, 1);
    for says in ["throughline.toml`, line 2", "`lisen`", "no such setting"] {
        assert!(refused.stderr.contains(says), "{says}: {}", refused.stderr);
    }
}
