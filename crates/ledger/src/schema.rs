//! The schema, by migrations: the same text for SQLite and PostgreSQL.
//!
//! Types that the two name differently stand in braces; a line that begins with `{postgres}` or
//! `{sqlite}` is for that one alone. Every key is random or a name, and SQLite's
//! tables are `WITHOUT ROWID`, so that no key tells what came first.

use crate::error::{LedgerError, Result};
use sea_orm::{DatabaseConnection, DbBackend};
use sea_orm_migration::prelude::*;
use std::time::Duration;

/// All migrations, in order.
pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(Sql {
                name: "m0001_listening",
                up: include_str!("schema/m0001_listening.sql"),
            }),
            Box::new(Sql {
                name: "m0002_letters",
                up: include_str!("schema/m0002_letters.sql"),
            }),
            Box::new(Sql {
                name: "m0003_no_samples",
                up: include_str!("schema/m0003_no_samples.sql"),
            }),
            Box::new(Sql {
                name: "m0004_inbox",
                up: include_str!("schema/m0004_inbox.sql"),
            }),
            Box::new(Sql {
                name: "m0005_marks",
                up: include_str!("schema/m0005_marks.sql"),
            }),
        ]
    }
}

/// Names of the migrations that this program knows, in order.
pub(crate) fn known() -> Vec<String> {
    Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect()
}

/// How often it is tried: of two programs that start at once, one fails where the other has been.
const TRIES: u32 = 3;

/// Brings the schema up to date.
pub(crate) async fn up(connection: &DatabaseConnection) -> Result<()> {
    let mut tried = 0;
    loop {
        tried += 1;
        match up_once(connection).await {
            Err(LedgerError::Unfit { what, hint }) => {
                return Err(LedgerError::Unfit { what, hint });
            }
            Err(_) if tried < TRIES => tokio::time::sleep(Duration::from_millis(500)).await,
            done => return done,
        }
    }
}

async fn up_once(connection: &DatabaseConnection) -> Result<()> {
    let known = known();
    Migrator::install(connection).await?;
    let newer = Migrator::get_migration_models(connection)
        .await?
        .into_iter()
        .find(|migration| !known.contains(&migration.version));
    if let Some(migration) = newer {
        return Err(LedgerError::Unfit {
            what: format!(
                "the ledger was written by a newer version of Throughline (its schema has `{}`)",
                migration.version
            ),
            hint: "run that version, or a newer one",
        });
    }
    Ok(Migrator::up(connection, None).await?)
}

/// A migration written as SQL.
struct Sql {
    name: &'static str,
    up: &'static str,
}

impl MigrationName for Sql {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Sql {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> std::result::Result<(), DbErr> {
        let text = translated(self.up, manager.get_database_backend());
        for statement in text.split(";\n").map(str::trim) {
            if !statement.is_empty() {
                manager
                    .get_connection()
                    .execute_unprepared(statement)
                    .await?;
            }
        }
        Ok(())
    }
}

fn translated(text: &str, backend: DbBackend) -> String {
    let postgres = backend == DbBackend::Postgres;
    let pairs = [
        ("{uuid}", if postgres { "uuid" } else { "blob" }),
        ("{bytes}", if postgres { "bytea" } else { "blob" }),
        ("{json}", if postgres { "jsonb" } else { "text" }),
        ("{time}", if postgres { "timestamptz" } else { "text" }),
        ("{date}", if postgres { "date" } else { "text" }),
        ("{table}", if postgres { "" } else { "WITHOUT ROWID" }),
    ];
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("--"))
        .filter_map(|line| {
            if let Some(rest) = line.strip_prefix("{postgres}") {
                postgres.then_some(rest)
            } else if let Some(rest) = line.strip_prefix("{sqlite}") {
                (!postgres).then_some(rest)
            } else {
                Some(line)
            }
        })
        .collect();
    pairs
        .iter()
        .fold(lines.join("\n"), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::Migrator;
    use crate::entity::inbox;
    use sea_orm::{ConnectionTrait, Database, EntityTrait};
    use sea_orm_migration::MigratorTrait;

    #[tokio::test]
    async fn what_waited_before_the_inbox_was_made_anew_waits_after_it() {
        let connection = Database::connect("sqlite::memory:").await.expect("opens");
        Migrator::up(&connection, Some(3))
            .await
            .expect("the old schema");
        let fill = "PRAGMA foreign_keys = OFF; \
             INSERT INTO inbox VALUES (zeroblob(16), zeroblob(16), 'answer', zeroblob(16), x'0a', '{}'); \
             INSERT INTO inbox VALUES (randomblob(16), zeroblob(16), 'votes', zeroblob(16), NULL, '{}'); \
             PRAGMA foreign_keys = ON";
        connection.execute_unprepared(fill).await.expect("two wait");
        Migrator::up(&connection, None)
            .await
            .expect("the new schema");
        let rows = inbox::Entity::find().all(&connection).await.expect("rows");
        assert_eq!(rows.len(), 2);
        let receipts: Vec<_> = rows.into_iter().filter_map(|row| row.receipt).collect();
        assert_eq!(receipts, [vec![0x0a]]);
        let again = "INSERT INTO inbox VALUES (randomblob(16), zeroblob(16), 'answer', zeroblob(16), x'0a', '{}')";
        connection
            .execute_unprepared(again)
            .await
            .expect_err("a receipt is one answer's");
    }
}
