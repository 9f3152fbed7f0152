//! `kill -9` can't show that the disk has what was acknowledged, since the system's cache outlives the
//! program. So the program's calls are read: the file is synced before the acknowledgement is
//! written to the socket.

use super::company::Company;
use super::http::Connection;
use super::people::{Form, Told};
use super::program;
use super::server::Server;
use std::process::{Command, Stdio};

#[tokio::test]
async fn the_disk_has_an_answer_before_it_is_acknowledged() {
    let there = Command::new("strace")
        .arg("-V")
        .stdout(Stdio::null())
        .status();
    if !there.is_ok_and(|status| status.success()) {
        assert!(
            std::env::var("THROUGHLINE_NOTHING_MAY_BE_ABSENT").is_err(),
            "strace is missing"
        );
        eprintln!("skipped: strace is missing");
        return;
    }
    let company = Company::new(10, None, None).await;
    let calls = company.workspace().join("calls");
    let calls_name = calls.display().to_string();
    let before = [
        "strace",
        "-f",
        "-y",
        "-s",
        "400",
        "-o",
        &calls_name,
        "-e",
        "trace=fsync,fdatasync,pwrite64,sendto,write,writev,sendmsg",
    ];
    let server = Server::start(program(), &company, &before);
    for token in &company.tokens {
        let mut connection = Connection::open(server.at).await.expect("it answers");
        let form = Form::answer(token);
        assert_eq!(
            form.send(&mut connection).await.expect("it answers"),
            Told::Stored
        );
    }
    server.kill();
    let calls = std::fs::read_to_string(&calls).expect("strace wrote");
    let (mut written, mut synced, mut acknowledged) = (false, false, 0);
    for call in calls.lines() {
        if call.contains("throughline.db-wal") {
            if call.contains("pwrite64(") {
                (written, synced) = (true, false);
            } else if call.contains("sync(") {
                synced = true;
            }
        }
        if call.contains("HTTP/1.1 200 OK") {
            assert!(
                written && synced,
                "acknowledged before the disk had it: {call}"
            );
            acknowledged += 1;
            written = false;
        }
    }
    assert_eq!(acknowledged, company.tokens.len());
}
