//! The handle that everything else holds.

use crate::ballot_box::state::Ballots;
use crate::connect::{Where, connect};
use crate::error::Result;
use crate::kept::Kept;
use crate::schema;
use crate::ways_in::Known;
use crate::writer::{Running, Writer};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbBackend};
use std::sync::Arc;

/// The ledger, open. Cheap to clone.
#[derive(Clone)]
pub struct Ledger(Arc<Inside>);

struct Inside {
    writer: Writer,
    write: DatabaseConnection,
    read: DatabaseConnection,
    upkeep: DatabaseConnection,
    place: Where,
    ballots: Arc<Ballots>,
    ways: Known,
    kept: Kept,
}

impl Ledger {
    /// Opens it and brings its schema up to date.
    ///
    /// # Errors
    /// Where the database can't be opened, or can't keep what it acknowledges.
    pub async fn open(place: &Where) -> Result<Self> {
        let (writer, write) = Writer::start(place.clone()).await?;
        schema::up(&write).await?;
        let ballots = Ballots::load(&write).await?;
        let pools = connect(place).await?;
        Ok(Self(Arc::new(Inside {
            ballots: Arc::new(ballots),
            ways: Known::default(),
            kept: Kept::default(),
            writer,
            write,
            read: pools.read,
            upkeep: pools.upkeep,
            place: place.clone(),
        })))
    }

    /// The newest step of its schema.
    pub fn schema() -> String {
        schema::known().pop().unwrap_or_default()
    }

    /// Whether it answers.
    ///
    /// # Errors
    /// Where it doesn't.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.0.read.ping().await?)
    }

    /// Runs a command through the writer; what it did is on disk when this returns.
    pub(crate) async fn write<F, T>(&self, command: F) -> Result<T>
    where
        F: for<'t> FnOnce(&'t DatabaseTransaction) -> Running<'t, T> + Send + 'static,
        T: Send + 'static,
    {
        self.0.writer.write(command).await
    }

    /// The writer itself.
    pub(crate) fn writer(&self) -> &Writer {
        &self.0.writer
    }

    /// What is known of submissions and must not be on disk yet.
    pub(crate) fn ballots(&self) -> &Arc<Ballots> {
        &self.0.ballots
    }

    /// What is asked for again and again.
    pub(crate) fn kept(&self) -> &Kept {
        &self.0.kept
    }

    /// Ways in, as worked out from the rounds' secrets.
    pub(crate) fn ways(&self) -> &Known {
        &self.0.ways
    }

    /// For reading.
    pub(crate) fn reading(&self) -> &DatabaseConnection {
        &self.0.read
    }

    /// Where it lives.
    pub(crate) fn place(&self) -> &Where {
        &self.0.place
    }

    /// For clearing up after what was written: it waits for nobody's lock for long.
    pub(crate) fn upkeep(&self) -> &DatabaseConnection {
        &self.0.upkeep
    }

    /// The writer's own connection, for what can't run in a transaction.
    pub(crate) fn outside_transactions(&self) -> &DatabaseConnection {
        &self.0.write
    }

    /// Closes its connections: a file can then be removed.
    pub async fn close(self) {
        // What can't be closed is closed by the end of the program.
        let _ = self.0.read.close_by_ref().await;
        let _ = self.0.write.close_by_ref().await;
        let _ = self.0.upkeep.close_by_ref().await;
    }

    /// SQLite or PostgreSQL.
    pub(crate) fn backend(&self) -> DbBackend {
        self.0.read.get_database_backend()
    }
}
