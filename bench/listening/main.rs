//! The promise that no acknowledged answer is lost, and what it costs. `bench/listening/README.md`
//! says how to run it.

mod check;
mod company;
mod http;
mod kill;
mod load;
mod people;
mod server;

use company::Company;
use server::Server;
use std::path::{Path, PathBuf};
use std::time::Duration;

const USAGE: &str = "usage: listening PROGRAM kill sqlite|POSTGRES-SERVER TIMES\n       \
     listening PROGRAM load sqlite|POSTGRES-SERVER CONNECTIONS SECONDS\n\
     POSTGRES-SERVER: postgres://user@host:port";

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<usize>().expect(USAGE);
    match words[..] {
        [program, "kill", database, times] => {
            kill(&PathBuf::from(program), named(database), number(times)).await;
        }
        [program, "load", database, connections, seconds] => {
            let seconds = Duration::from_secs(number(seconds) as u64);
            load(
                &PathBuf::from(program),
                named(database),
                number(connections),
                seconds,
            )
            .await;
        }
        _ => eprintln!("{USAGE}"),
    }
}

fn named(database: &str) -> Option<&str> {
    (database != "sqlite").then_some(database)
}

/// On the disk that the build is on: the system's folder for temporary files may be in memory.
fn folder(program: &Path) -> &Path {
    program.parent().unwrap_or(Path::new("."))
}

async fn kill(program: &Path, database: Option<&str>, times: usize) {
    let people = 2_000 + times * 300;
    let company = Company::new(people, database, Some(folder(program))).await;
    let outcome = kill::run(program, &company, times, 400).await;
    let company = Company::new(20_000, database, Some(folder(program))).await;
    let kept = kill::close_meanwhile(program, &company).await;
    println!("closed while people answered: {kept} acknowledged, each there once and whole");
    println!(
        "{} kills; {} answers and {} ballots acknowledged, each there once and whole; {} times somebody got no word and sent it again",
        outcome.kills, outcome.answers, outcome.ballots, outcome.cut_off
    );
}

async fn load(program: &Path, database: Option<&str>, connections: usize, lasts: Duration) {
    let company = Company::new(150_000, database, Some(folder(program))).await;
    let server = Server::start(program, &company, &[]);
    let (warm, rest) = company.tokens.split_at(2_000);
    load::sustained(server.at, warm, connections, lasts).await;
    let mut rest = rest.chunks(1_000);
    for (words, spread) in [
        ("1,000 people within ten seconds", Duration::from_secs(10)),
        ("1,000 people within one second", Duration::from_secs(1)),
        ("1,000 people at the same instant", Duration::ZERO),
    ] {
        let people = rest.next().expect("there are people enough");
        let (pages, sent) = load::at_once(server.at, people, spread).await;
        println!(
            "{words}: {} errors; page p50 {:.0} ms, p99 {:.0} ms; acknowledged p50 {:.0} ms, p99 {:.0} ms, slowest {:.0} ms",
            pages.errors + sent.errors,
            pages.within(0.5),
            pages.within(0.99),
            sent.within(0.5),
            sent.within(0.99),
            sent.within(1.0)
        );
    }
    let others: Vec<String> = rest.flatten().cloned().collect();
    let (rate, times) = load::sustained(server.at, &others, connections, lasts).await;
    println!(
        "{connections} connections: {rate:.0} answers a second acknowledged ({} errors, p50 {:.0} ms, p99 {:.0} ms)",
        times.errors,
        times.within(0.5),
        times.within(0.99)
    );
    let (words, base) = if database.is_some() {
        let base = load::postgres_insert_loops(&company, connections, lasts).await;
        (
            "PostgreSQL, an insert and a commit on each connection",
            base,
        )
    } else {
        let base = load::sqlite_single_commits(&company, lasts).await;
        ("SQLite, one insert a commit", base)
    };
    println!(
        "{words}: {base:.0} a second; ours / that: {:.2}",
        rate / base
    );
}
