//! Many people at once; and how many answers a second are acknowledged, beside what the databases
//! do by themselves.

use super::company::Company;
use super::http::Connection;
use super::people::{Form, Told};
use super::server::Server;
use sea_orm::sqlx::{self, Connection as _};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Barrier;

/// How long somebody waited, and how often nothing came of it.
#[derive(Default)]
pub struct Times {
    took: Vec<Duration>,
    pub errors: usize,
}

impl Times {
    /// The time that this share of requests took at most, in milliseconds.
    pub fn within(&self, share: f64) -> f64 {
        let mut took = self.took.clone();
        took.sort_unstable();
        let at = (share * took.len() as f64).ceil() as usize;
        let at = at.clamp(1, took.len().max(1)) - 1;
        took.get(at)
            .map_or(f64::NAN, |took| took.as_secs_f64() * 1e3)
    }

    pub fn add(&mut self, other: Self) {
        self.took.extend(other.took);
        self.errors += other.errors;
    }

    pub fn count(&self) -> usize {
        self.took.len()
    }

    /// How many asked.
    pub fn asked(&self) -> usize {
        self.took.len() + self.errors
    }
}

/// All of these people look at the page and send an answer, beginning within `spread`. Waits for
/// pages, waits for the acknowledgement.
pub async fn at_once(at: SocketAddr, tokens: &[String], spread: Duration) -> (Times, Times) {
    let start = Arc::new(Barrier::new(tokens.len()));
    let count = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
    let mut people = Vec::new();
    for (n, token) in (0u32..).zip(tokens) {
        let (token, start) = (token.clone(), Arc::clone(&start));
        people.push(tokio::spawn(async move {
            let connection = Connection::open(at).await;
            start.wait().await;
            tokio::time::sleep(spread * n / count).await;
            let (mut page, mut sent) = (Times::default(), Times::default());
            let Ok(mut connection) = connection else {
                page.errors += 1;
                return (page, sent);
            };
            let begun = Instant::now();
            match connection.get(&format!("/a/{token}")).await {
                Ok(reply) if reply.status == 200 => page.took.push(begun.elapsed()),
                _ => page.errors += 1,
            }
            let form = Form::answer(&token);
            let begun = Instant::now();
            match form.send(&mut connection).await {
                Ok(Told::Stored) => sent.took.push(begun.elapsed()),
                _ => sent.errors += 1,
            }
            (page, sent)
        }));
    }
    let (mut pages, mut sent) = (Times::default(), Times::default());
    for person in people {
        let (page, answer) = person.await.expect("a person's task ends");
        pages.add(page);
        sent.add(answer);
    }
    (pages, sent)
}

/// People on so many connections, one after the other; answers acknowledged a second.
pub async fn sustained(
    at: SocketAddr,
    tokens: &[String],
    connections: usize,
    lasts: Duration,
) -> (f64, Times) {
    let (tokens, next) = (Arc::new(tokens.to_vec()), Arc::new(AtomicUsize::new(0)));
    let begun = Instant::now();
    let mut loops = Vec::new();
    for _ in 0..connections {
        let (tokens, next) = (Arc::clone(&tokens), Arc::clone(&next));
        loops.push(tokio::spawn(async move {
            let mut times = Times::default();
            let mut connection = Connection::open(at).await.expect("it answers");
            while begun.elapsed() < lasts {
                let Some(token) = tokens.get(next.fetch_add(1, Ordering::Relaxed)) else {
                    break;
                };
                let form = Form::answer(token);
                let sent = Instant::now();
                match form.send(&mut connection).await {
                    Ok(Told::Stored) => times.took.push(sent.elapsed()),
                    _ => times.errors += 1,
                }
            }
            times
        }));
    }
    let mut times = Times::default();
    for one in loops {
        times.add(one.await.expect("a loop ends"));
    }
    (times.count() as f64 / begun.elapsed().as_secs_f64(), times)
}

impl Server {
    /// It does nothing, until [`go_on`](Self::go_on). Not where it was started through another program.
    pub fn pause(&self) {
        self.signal("-STOP");
    }

    /// It goes on.
    pub fn go_on(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        if !self.through_another {
            let id = self.child.id().to_string();
            let sent = std::process::Command::new("kill")
                .args([signal, &id])
                .status();
            assert!(sent.is_ok_and(|sent| sent.success()), "kill {signal}");
        }
    }
}

/// What an answer's row weighs, nearly.
fn payload() -> String {
    format!(
        "{{\"idea\":\"{}\",\"block\":\"nothing stands in the way\"}}",
        "x".repeat(60)
    )
}

/// SQLite in the same folder with the same settings: one insert, one commit, and again.
pub async fn sqlite_single_commits(folder: &Path, lasts: Duration) -> f64 {
    use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
    let options = SqliteConnectOptions::new()
        .filename(folder.join("loop.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection = sqlx::SqliteConnection::connect_with(&options)
        .await
        .expect("it opens");
    let create = "CREATE TABLE IF NOT EXISTS sent (id blob PRIMARY KEY, payload text NOT NULL) WITHOUT ROWID";
    sqlx::query(create)
        .execute(&mut connection)
        .await
        .expect("a table");
    let (begun, mut count) = (Instant::now(), 0);
    while begun.elapsed() < lasts {
        sqlx::query("INSERT INTO sent VALUES (?, ?)")
            .bind(uuid::Uuid::new_v4().as_bytes().to_vec())
            .bind(payload())
            .execute(&mut connection)
            .await
            .expect("a row");
        count += 1;
    }
    f64::from(count) / begun.elapsed().as_secs_f64()
}

/// PostgreSQL on the same server: as many connections, each one insert, one commit, and again.
pub async fn postgres_insert_loops(company: &Company, connections: usize, lasts: Duration) -> f64 {
    let address = company.database.clone().expect("a database");
    let mut first = sqlx::PgConnection::connect(&address)
        .await
        .expect("it answers");
    let create = "CREATE TABLE IF NOT EXISTS sent (id uuid PRIMARY KEY, payload text NOT NULL)";
    sqlx::query(create)
        .execute(&mut first)
        .await
        .expect("a table");
    let mut open = vec![first];
    while open.len() < connections {
        open.push(
            sqlx::PgConnection::connect(&address)
                .await
                .expect("it answers"),
        );
    }
    let begun = Instant::now();
    let loops: Vec<_> = open
        .into_iter()
        .map(|mut connection| {
            tokio::spawn(async move {
                let mut count = 0;
                while begun.elapsed() < lasts {
                    sqlx::query("INSERT INTO sent VALUES ($1, $2)")
                        .bind(uuid::Uuid::new_v4())
                        .bind(payload())
                        .execute(&mut connection)
                        .await
                        .expect("a row");
                    count += 1;
                }
                count
            })
        })
        .collect();
    let mut count = 0;
    for one in loops {
        count += one.await.expect("a loop ends");
    }
    f64::from(count) / begun.elapsed().as_secs_f64()
}
