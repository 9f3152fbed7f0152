//! A fresh ledger for a test, on each database there is.
//!
//! `THROUGHLINE_POSTGRES` names a PostgreSQL server on which databases may be made, as
//! `postgres://user:password@host:port`. Without it those runs are skipped with a line; where
//! `THROUGHLINE_NOTHING_MAY_BE_ABSENT` is set they fail.

use std::future::Future;
use throughline_ledger::{Ledger, Where};

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
        let folder = tempfile::tempdir().expect("a folder can be made");
        let place = Where::File(folder.path().join("throughline.db"));
        test(open(place, folder).await).await;
        if let Some(place) = postgres().await {
            let folder = tempfile::tempdir().expect("a folder can be made");
            test(open(place, folder).await).await;
        }
    });
}

async fn open(place: Where, folder: tempfile::TempDir) -> Bed {
    Bed {
        ledger: open_at(&place).await,
        place,
        _folder: folder,
    }
}

/// Opens a ledger.
pub async fn open_at(place: &Where) -> Ledger {
    Ledger::open(place).await.expect("the ledger opens")
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
