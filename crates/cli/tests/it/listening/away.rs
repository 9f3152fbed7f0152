//! A full disk and a database that goes away, seen by somebody who answers: she is told so, keeps
//! her words, sends the same form again, and it is there once.

use super::check::found;
use super::company::Company;
use super::http::Connection;
use super::people::{Book, Form, Told};
use super::server::Server;
use super::{postgres, program};
use std::path::Path;
use std::process::{Command, Stdio};

/// Everybody sends; those who are told to come later are kept.
async fn sent(server: &Server, forms: Vec<Form>, book: &mut Book) {
    let mut connection = Connection::open(server.at).await.expect("it answers");
    for form in forms {
        let told = form
            .send(&mut connection)
            .await
            .expect("an answer in words");
        book.note(form, Some(told));
    }
}

fn forms(company: &Company, from: usize, count: usize) -> Vec<Form> {
    let tokens = company.tokens[from..from + count].iter();
    tokens.map(|token| Form::answer(token)).collect()
}

/// What was acknowledged is there once, and nothing else.
fn check(company: &Company, book: &Book) {
    assert!(book.open.is_empty());
    let there = found(program(), company);
    assert_eq!(there.answers.len(), book.acknowledged.len());
    assert!(
        book.acknowledged
            .keys()
            .all(|name| there.answers.get(name) == Some(&1))
    );
}

/// Unmounts when it goes.
struct Disk<'a>(&'a Path);

impl Disk<'_> {
    fn resize(&self, size: &str) -> bool {
        let size = format!("remount,size={size}");
        let done = Command::new("mount")
            .args(["-o", &size])
            .arg(self.0)
            .status();
        done.is_ok_and(|status| status.success())
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[tokio::test]
async fn the_disk_is_full_for_a_while() {
    let folder = tempfile::tempdir().expect("a folder");
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=64m", "tmpfs"])
        .arg(folder.path())
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("skipped: a small tmpfs can't be mounted here (it needs root)");
        return;
    }
    let disk = Disk(folder.path());
    let company = Company::new(300, None, Some(folder.path())).await;
    let server = Server::start(program(), &company, &[]);
    let mut book = Book::default();
    sent(&server, forms(&company, 0, 50), &mut book).await;
    assert!(book.open.is_empty());
    let filler = folder.path().join("filler");
    // No room at all is left.
    let mut dd = Command::new("dd");
    dd.args(["if=/dev/zero", "bs=4096"])
        .arg(format!("of={}", filler.display()));
    let _ = dd.stderr(Stdio::null()).status();
    sent(&server, forms(&company, 50, 100), &mut book).await;
    assert!(book.open.len() > 50, "{} were refused", book.open.len());
    assert!(disk.resize("128m"));
    let again = std::mem::take(&mut book.open);
    sent(&server, again, &mut book).await;
    sent(&server, forms(&company, 150, 50), &mut book).await;
    check(&company, &book);
}

#[tokio::test]
async fn postgresql_goes_away_for_a_while() {
    let Some(address) = postgres() else {
        return;
    };
    let company = Company::new(300, Some(&address), None).await;
    let name = company
        .database
        .as_deref()
        .and_then(|address| address.rsplit('/').next());
    let name = name.expect("a database's name");
    let psql = |sql: String| {
        let ran = Command::new("psql")
            .args([&format!("{address}/postgres"), "-qc", &sql])
            .stdout(Stdio::null())
            .status();
        assert!(ran.is_ok_and(|status| status.success()), "{sql}");
    };
    let server = Server::start(program(), &company, &[]);
    let mut book = Book::default();
    sent(&server, forms(&company, 0, 50), &mut book).await;
    assert!(book.open.is_empty());
    psql(format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
    psql(format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    ));
    let mut connection = Connection::open(server.at).await.expect("it answers");
    let form = forms(&company, 50, 1).remove(0);
    let told = form.send(&mut connection).await;
    assert!(!matches!(told, Ok(Told::Stored)), "there is no database");
    book.note(form, None);
    psql(format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true"));
    let again = std::mem::take(&mut book.open);
    sent(&server, again, &mut book).await;
    sent(&server, forms(&company, 51, 50), &mut book).await;
    check(&company, &book);
}
