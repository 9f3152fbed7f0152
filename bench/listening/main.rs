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
     listening PROGRAM load sqlite|POSTGRES-SERVER CONNECTIONS SECONDS\n       \
     listening PROGRAM load-slow CONNECTIONS SECONDS MICROSECONDS\n\
     POSTGRES-SERVER: postgres://user@host:port";

/// A disk that takes its time: every sync of a file ends so many microseconds late.
const SLOWED: &[&str] = &[
    "strace",
    "-f",
    "-qq",
    "-o",
    "/dev/null",
    "--seccomp-bpf",
    "-e",
    "trace=fdatasync,fsync",
];

/// How often ours and the database's own loop take turns.
const TURNS: u32 = 4;

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
                &[],
            )
            .await;
        }
        [program, "load-slow", connections, seconds, late] => {
            let seconds = Duration::from_secs(number(seconds) as u64);
            let late = format!("inject=fdatasync,fsync:delay_exit={}", number(late));
            let slowed = [SLOWED, &["-e", &late]].concat();
            let program = PathBuf::from(program);
            load(&program, None, number(connections), seconds, &slowed).await;
        }
        // What this program starts itself: SQLite alone, perhaps on a disk that is made slow.
        ["commits", folder, seconds] => {
            let seconds = Duration::from_secs_f64(seconds.parse().expect(USAGE));
            let rate = load::sqlite_single_commits(Path::new(folder), seconds).await;
            println!("{rate}");
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

async fn load(
    program: &Path,
    database: Option<&str>,
    connections: usize,
    lasts: Duration,
    slowed: &[&str],
) {
    let company = Company::new(150_000, database, Some(folder(program))).await;
    let server = Server::start(program, &company, slowed);
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
    // In turns, since a machine is quicker now and slower then.
    let turn = lasts / TURNS;
    let (mut ours, mut base, mut times) = (Vec::new(), Vec::new(), load::Times::default());
    let mut left = others.as_slice();
    for _ in 0..TURNS {
        let (rate, more) = load::sustained(server.at, left, connections, turn).await;
        left = &left[more.asked().min(left.len())..];
        ours.push(rate);
        times.add(more);
        // What the server does now and then for the answers of its turn isn't left to the other's.
        server.pause();
        base.push(if database.is_some() {
            load::postgres_insert_loops(&company, connections, turn).await
        } else {
            commits(&company, turn, slowed)
        });
        server.go_on();
    }
    println!(
        "{connections} connections: {:.0} answers a second acknowledged ({} errors, p50 {:.0} ms, p99 {:.0} ms)",
        mean(&ours),
        times.errors,
        times.within(0.5),
        times.within(0.99)
    );
    let words = if database.is_some() {
        "PostgreSQL, an insert and a commit on each connection"
    } else {
        "SQLite, one insert a commit"
    };
    println!(
        "{words}: {:.0} a second; ours / that: {:.2}",
        mean(&base),
        mean(&ours) / mean(&base)
    );
    let each = ours.iter().zip(&base).map(|(ours, base)| ours / base);
    let each: Vec<String> = each.map(|ratio| format!("{ratio:.2}")).collect();
    println!("in each turn: {}", each.join(", "));
}

fn mean(rates: &[f64]) -> f64 {
    rates.iter().sum::<f64>() / rates.len() as f64
}

/// SQLite's own rate, by a program of its own: where the server's disk is made slow, so is its.
fn commits(company: &Company, lasts: Duration, slowed: &[&str]) -> f64 {
    let this = std::env::current_exe().expect("this program");
    let seconds = lasts.as_secs_f64().to_string();
    let mut words = slowed.to_vec();
    let (this, folder) = (
        this.display().to_string(),
        company.workspace().display().to_string(),
    );
    words.extend([this.as_str(), "commits", &folder, &seconds]);
    let ran = std::process::Command::new(words[0])
        .args(&words[1..])
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&ran.stdout);
    said.trim().parse().expect("a rate")
}
