//! The one writer: takes commands from a queue, runs as many as wait in one transaction, each in
//! a savepoint of its own, commits, and only then answers.
//!
//! Respondents' submissions are the fast path: those of a group become one insert, in shuffled order
//! (`ballot_box::store`).
//!
//! A command that fails, or panics, takes back only what it did itself. If the commit fails, or the
//! transaction is lost on the way (the disk is full, the connection gone), every command of the group is
//! told so and nothing of the group is there; the next group gets a sound connection. (Where a
//! PostgreSQL commits and its answer is lost on the way, the group is there and told otherwise: a form
//! that is sent again is known, an office's page shows what is.) Commands run
//! one after the other, over several programs too: what one reads, no other changes.

use crate::ballot_box::store::{store_at_once, store_together};
use crate::ballot_box::submit::Waiting;
use crate::connect::{WRITERS, Where, connect_writer};
use crate::error::{LedgerError, Result};
use futures::FutureExt;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use std::any::Any;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::Builder as Thread;
use tokio::runtime::Builder;
use tokio::sync::{mpsc, oneshot};

/// The future of a command.
pub(crate) type Running<'t, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 't>>;

/// Commands that one commit takes at most.
const GROUP: usize = 256;
/// Commands that may wait; a sender past that waits to send.
const QUEUE: usize = 4_096;
/// Held by whoever writes to a PostgreSQL database, until the commit. SQLite has a lock of its own.
const WRITERS_LOCK: &str = "SELECT pg_advisory_xact_lock(7165910213)";

/// A running command: an error means that the whole transaction is lost.
type Step<'t> = Pin<Box<dyn Future<Output = std::result::Result<(), DbErr>> + Send + 't>>;

/// What waits in the queue: run inside the transaction, then told how the commit went.
trait Command: Send {
    fn run<'t>(&'t mut self, transaction: &'t DatabaseTransaction) -> Step<'t>;
    fn told(self: Box<Self>, committed: std::result::Result<(), String>);
    /// What was sent by a respondent, if this is that: all of the group are written together.
    fn submission(&mut self) -> Option<&mut Waiting> {
        None
    }
}

impl Command for Waiting {
    fn run<'t>(&'t mut self, _: &'t DatabaseTransaction) -> Step<'t> {
        // Written before, with the others of its group.
        Box::pin(async { Ok(()) })
    }

    fn told(self: Box<Self>, committed: std::result::Result<(), String>) {
        Waiting::told(*self, committed);
    }

    fn submission(&mut self) -> Option<&mut Waiting> {
        Some(self)
    }
}

struct Boxed<F, T> {
    command: Option<F>,
    result: Option<Result<T>>,
    answer: oneshot::Sender<Result<T>>,
}

impl<F, T> Command for Boxed<F, T>
where
    F: for<'t> FnOnce(&'t DatabaseTransaction) -> Running<'t, T> + Send,
    T: Send,
{
    fn run<'t>(&'t mut self, transaction: &'t DatabaseTransaction) -> Step<'t> {
        Box::pin(async move {
            if let Some(command) = self.command.take() {
                self.result = Some(in_savepoint(transaction, command).await?);
            }
            Ok(())
        })
    }

    fn told(self: Box<Self>, committed: std::result::Result<(), String>) {
        let result = match (self.result, committed) {
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (_, Err(why)) => Err(LedgerError::Database(DbErr::Custom(why))),
            (None, Ok(())) => Err(LedgerError::Closing),
        };
        // Whoever asked may have gone; what was committed stays.
        let _ = self.answer.send(result);
    }
}

/// The outer error: the savepoint could be neither kept nor taken back. SQLite drops the whole
/// transaction by itself when the disk is full, and what came after would be committed statement by
/// statement; so nothing may run in that transaction any more.
async fn in_savepoint<F, T>(
    transaction: &DatabaseTransaction,
    command: F,
) -> std::result::Result<Result<T>, DbErr>
where
    F: for<'t> FnOnce(&'t DatabaseTransaction) -> Running<'t, T> + Send,
{
    let savepoint = transaction.begin().await?;
    let ran = AssertUnwindSafe(async { command(&savepoint).await })
        .catch_unwind()
        .await
        .unwrap_or_else(|panic| Err(LedgerError::Fault(said(panic.as_ref()))));
    match ran {
        Ok(value) => {
            savepoint.commit().await?;
            Ok(Ok(value))
        }
        Err(error) => {
            savepoint.rollback().await?;
            Ok(Err(error))
        }
    }
}

/// What a panic says.
fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a command panicked").to_owned()
}

/// The writer's queue.
#[derive(Clone)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Box<dyn Command>>,
    written: Arc<AtomicU64>,
}

impl Writer {
    /// Starts it, and gives the connections that it writes with; it ends when the last handle goes.
    ///
    /// It has a thread of its own: each step of a commit waits for the database, and on the threads that
    /// serve pages it would then wait for every page that is ready, too.
    pub(crate) async fn start(place: Where) -> Result<(Self, DatabaseConnection)> {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let written: Arc<AtomicU64> = Arc::default();
        let (opened, connection) = oneshot::channel();
        let told = Arc::clone(&written);
        let no_thread = |error: std::io::Error| LedgerError::File {
            what: "the thread that writes can't be started".to_owned(),
            source: error,
            hint: "this system lets the program have too few threads; let it have more",
        };
        let run = move || {
            let runtime = match Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => runtime,
                Err(error) => return drop(opened.send(Err(no_thread(error)))),
            };
            runtime.block_on(async move {
                match connect_writer(&place).await {
                    Ok(connection) => {
                        if opened.send(Ok(connection.clone())).is_ok() {
                            work(connection, waiting, told).await;
                        }
                    }
                    Err(error) => drop(opened.send(Err(error))),
                }
            });
        };
        Thread::new()
            .name("writer".to_owned())
            .spawn(run)
            .map_err(no_thread)?;
        let connection = connection.await.map_err(|_| LedgerError::Closing)??;
        Ok((Self { queue, written }, connection))
    }

    /// Runs a command and waits until what it did is on disk.
    pub(crate) async fn write<F, T>(&self, command: F) -> Result<T>
    where
        F: for<'t> FnOnce(&'t DatabaseTransaction) -> Running<'t, T> + Send + 'static,
        T: Send + 'static,
    {
        let (answer, told) = oneshot::channel();
        let boxed = Boxed {
            command: Some(command),
            result: None,
            answer,
        };
        self.queue
            .send(Box::new(boxed))
            .await
            .map_err(|_| LedgerError::Closing)?;
        told.await.map_err(|_| LedgerError::Closing)?
    }

    /// How often something else than submissions was written.
    pub(crate) fn writes(&self) -> u64 {
        self.written.load(Ordering::Acquire)
    }

    /// Puts what a respondent sent into the queue.
    pub(crate) async fn submit(&self, waiting: Waiting) -> Result<()> {
        self.queue
            .send(Box::new(waiting))
            .await
            .map_err(|_| LedgerError::Closing)
    }
}

async fn work(
    connection: DatabaseConnection,
    mut waiting: mpsc::Receiver<Box<dyn Command>>,
    written: Arc<AtomicU64>,
) {
    let mut group = Vec::with_capacity(GROUP);
    while waiting.recv_many(&mut group, GROUP).await > 0 {
        let outcome = AssertUnwindSafe(commit(&connection, &mut group))
            .catch_unwind()
            .await
            .unwrap_or_else(|panic| Err(said(panic.as_ref())));
        if group.iter_mut().any(|one| one.submission().is_none()) {
            written.fetch_add(1, Ordering::Release);
        }
        for command in group.drain(..) {
            command.told(outcome.clone());
        }
    }
}

/// Commits a group. Submissions alone need no savepoints, which are two ways to the database each:
/// where one of them fails, the transaction is taken back whole and the group is done the careful way.
async fn commit(
    connection: &DatabaseConnection,
    group: &mut [Box<dyn Command>],
) -> std::result::Result<(), String> {
    let in_words = |error: DbErr| error.to_string();
    if let Some(mut sent) = submissions_alone(group) {
        let transaction = begin(connection).await.map_err(in_words)?;
        let is_stored = store_at_once(&transaction, &mut sent).await.is_ok();
        // A commit whose answer was lost is found by the careful way: each is there already. Where
        // taking back fails, too, the connection isn't used again.
        let done = if is_stored {
            transaction.commit().await
        } else {
            transaction.rollback().await
        };
        if is_stored && done.is_ok() {
            return Ok(());
        }
    }
    let transaction = begin(connection).await.map_err(in_words)?;
    let mut sent: Vec<&mut Waiting> = group
        .iter_mut()
        .filter_map(|command| command.submission())
        .collect();
    if !sent.is_empty() {
        store_together(&transaction, &mut sent)
            .await
            .map_err(in_words)?;
    }
    for command in group {
        // Dropped, the transaction is rolled back; if even that fails, its connection is closed.
        command.run(&transaction).await.map_err(in_words)?;
    }
    transaction.commit().await.map_err(in_words)
}

/// The group, if it is submissions and nothing else.
fn submissions_alone(group: &mut [Box<dyn Command>]) -> Option<Vec<&mut Waiting>> {
    group
        .iter_mut()
        .map(|command| command.submission())
        .collect()
}

/// A transaction in which nobody else writes.
async fn begin(connection: &DatabaseConnection) -> std::result::Result<DatabaseTransaction, DbErr> {
    let is_server = connection.get_database_backend() == DbBackend::Postgres;
    let mut tries = 1;
    let transaction = loop {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        match connection.begin_with_options(options).await {
            // A connection that died a moment ago shows it now, and is used no more.
            Err(DbErr::Conn(_) | DbErr::Exec(_) | DbErr::Query(_))
                if is_server && tries <= WRITERS =>
            {
                tries += 1
            }
            begun => break begun?,
        }
    };
    if is_server {
        transaction.execute_unprepared(WRITERS_LOCK).await?;
    }
    Ok(transaction)
}

#[cfg(test)]
mod tests {
    use crate::audit::{Act, append, lines};
    use crate::connect::Where;
    use crate::error::LedgerError;
    use crate::ledger::Ledger;

    #[tokio::test]
    async fn a_command_that_panics_takes_back_only_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Where::File(folder.path().join("throughline.db"));
        let ledger = Ledger::open(&place).await.expect("it opens");
        let command = |n: u32| {
            ledger.write(move |transaction| {
                Box::pin(async move {
                    append(transaction, Act::new("a", "b.c", n.to_string())).await?;
                    assert_ne!(n % 3, 0, "three divides {n}");
                    Ok(n)
                })
            })
        };
        let told = futures::future::join_all((1..=9).map(command)).await;
        for (n, told) in (1..=9).zip(told) {
            match told {
                Ok(done) => assert!(done == n && n % 3 != 0),
                Err(LedgerError::Fault(why)) => {
                    assert!(n % 3 == 0 && why.contains("three divides"), "{why}");
                }
                Err(other) => panic!("{other}"),
            }
        }
        let written = lines(&ledger, 0, 100).await.expect("it can be read");
        assert_eq!(written.len(), 6);
    }
}
