//! A fresh ledger for a test, on each database there is.
//!
//! `THROUGHLINE_POSTGRES` names a PostgreSQL server on which databases may be made, as
//! `postgres://user:password@host:port`. Without it those runs are skipped with a line; where
//! `THROUGHLINE_NOTHING_MAY_BE_ABSENT` is set they fail.

use crate::roster::roster;
use std::future::Future;
use throughline_domain::listen::{Roster, Terms};
use throughline_ledger::people::{self, Leave};
use throughline_ledger::rounds::{self, Draft};
use throughline_ledger::{Ledger, Where};
use uuid::Uuid;

/// A database of its own; gone with it.
pub struct Bed {
    pub ledger: Ledger,
    pub place: Where,
    _folder: tempfile::TempDir,
}

/// Runs a test on a fresh SQLite file, then on a fresh PostgreSQL database.
pub fn on_each<F, R>(test: F)
where
    F: Fn(Bed) -> R,
    R: Future<Output = ()>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(async {
        for place in places().await {
            let at = place.0.clone();
            test(fresh(place).await).await;
            gone(&at).await;
        }
    });
}

/// A new SQLite file and, where there is a server, a new PostgreSQL database.
pub async fn places() -> Vec<Fresh> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = Where::File(folder.path().join("throughline.db"));
    let mut places = vec![Fresh(file, folder)];
    if let Some(place) = postgres().await {
        let folder = tempfile::tempdir().expect("a folder can be made");
        places.push(Fresh(place, folder));
    }
    places
}

/// Where a ledger can be made; with a folder that lives as long.
pub struct Fresh(Where, tempfile::TempDir);

/// A ledger there.
pub async fn fresh(place: Fresh) -> Bed {
    Bed {
        ledger: open_at(&place.0).await,
        place: place.0,
        _folder: place.1,
    }
}

/// Opens a ledger.
pub async fn open_at(place: &Where) -> Ledger {
    Ledger::open(place).await.expect("the ledger opens")
}

/// Takes a database of a server away again: thousands would fill its disk.
async fn gone(place: &Where) {
    use sea_orm::{ConnectionTrait, Database};
    let Where::Postgres(address) = place else {
        return;
    };
    let (server, name) = address.rsplit_once('/').expect("an address with a name");
    let admin = Database::connect(format!("{server}/postgres"))
        .await
        .expect("the PostgreSQL server answers");
    admin
        .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
        .await
        .expect("it goes");
}

/// A new database on the server that the environment names.
pub async fn postgres() -> Option<Where> {
    use sea_orm::{ConnectionTrait, Database};
    let Ok(server) = std::env::var("THROUGHLINE_POSTGRES") else {
        assert!(
            std::env::var("THROUGHLINE_NOTHING_MAY_BE_ABSENT").is_err(),
            "THROUGHLINE_POSTGRES names no server"
        );
        eprintln!("skipped on PostgreSQL: THROUGHLINE_POSTGRES names no server");
        return None;
    };
    let name = format!("throughline_{}", uuid::Uuid::new_v4().simple());
    let admin = Database::connect(format!("{server}/postgres"))
        .await
        .expect("the PostgreSQL server answers");
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .expect("a database can be made");
    Some(Where::Postgres(format!("{server}/{name}")))
}

/// The day on which tests' rounds open.
pub fn today() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2027, 3, 1).expect("a date")
}

/// Imports a roster.
pub async fn import(ledger: &Ledger, roster: Roster) {
    let seen = people::plan(ledger, &roster)
        .await
        .expect("it can be planned");
    people::apply(
        ledger,
        roster,
        seen,
        Leave::ByOwner,
        "hr@example.org".to_owned(),
    )
    .await
    .expect("it can be imported");
}

/// A draft that lacks nothing.
pub fn draft() -> Draft {
    Draft {
        name: "Spring".to_owned(),
        opens_on: Some(today()),
        closes_on: chrono::NaiveDate::from_ymd_opt(2027, 3, 14),
        languages: vec!["en".to_owned(), "es".to_owned()],
        terms: Terms::default(),
        channel: "Call 0800 555 0100, day and night.".to_owned(),
        ..Draft::default()
    }
}

/// Imports a company of so many and opens a round in which all are asked.
pub async fn open_round(ledger: &Ledger, people: usize) -> Uuid {
    import(ledger, roster(people)).await;
    let who = "hr@example.org".to_owned();
    let round = rounds::create(ledger, draft(), who.clone())
        .await
        .expect("a draft can be made");
    rounds::open(ledger, round, today(), who)
        .await
        .expect("it opens");
    round
}
