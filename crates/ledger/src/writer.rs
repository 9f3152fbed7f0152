//! The one writer: takes commands from a queue, runs as many as wait in one transaction, each in
//! a savepoint of its own, commits, and only then answers.
//!
//! Respondents' submissions are the fast path: those of a group become one insert, in shuffled order
//! (`ballot_box::submit`).
//!
//! A command that fails takes back only what it did itself. If the commit fails, every command of
//! the group is told so. Commands run one after the other: what one reads, no other changes.

use crate::ballot_box::submit::{Waiting, store_together};
use crate::error::{LedgerError, Result};
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use std::future::Future;
use std::pin::Pin;
use tokio::sync::{mpsc, oneshot};

/// The future of a command.
pub(crate) type Running<'t, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 't>>;

/// Commands that one commit takes at most.
const GROUP: usize = 256;
/// Commands that may wait; a sender past that waits to send.
const QUEUE: usize = 4_096;

/// What waits in the queue: run inside the transaction, then told how the commit went.
trait Command: Send {
    fn run<'t>(
        &'t mut self,
        transaction: &'t DatabaseTransaction,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 't>>;
    fn told(self: Box<Self>, committed: std::result::Result<(), String>);
    /// What was sent by a respondent, if this is that: all of the group are written together.
    fn submission(&mut self) -> Option<&mut Waiting> {
        None
    }
}

impl Command for Waiting {
    fn run<'t>(
        &'t mut self,
        _: &'t DatabaseTransaction,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 't>> {
        // Written before, with the others of its group.
        Box::pin(async {})
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
    fn run<'t>(
        &'t mut self,
        transaction: &'t DatabaseTransaction,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 't>> {
        Box::pin(async move {
            let Some(command) = self.command.take() else {
                return;
            };
            self.result = Some(in_savepoint(transaction, command).await);
        })
    }

    fn told(self: Box<Self>, committed: std::result::Result<(), String>) {
        let result = match (self.result, committed) {
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (_, Err(why)) => Err(LedgerError::Database(sea_orm::DbErr::Custom(why))),
            (None, Ok(())) => Err(LedgerError::Closing),
        };
        // Whoever asked may have gone; what was committed stays.
        let _ = self.answer.send(result);
    }
}

async fn in_savepoint<F, T>(transaction: &DatabaseTransaction, command: F) -> Result<T>
where
    F: for<'t> FnOnce(&'t DatabaseTransaction) -> Running<'t, T> + Send,
{
    let savepoint = transaction.begin().await?;
    match command(&savepoint).await {
        Ok(value) => {
            savepoint.commit().await?;
            Ok(value)
        }
        Err(error) => {
            savepoint.rollback().await?;
            Err(error)
        }
    }
}

/// The writer's queue.
#[derive(Clone)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Box<dyn Command>>,
}

impl Writer {
    /// Starts the task; it ends when the last handle goes.
    pub(crate) fn start(connection: DatabaseConnection) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        tokio::spawn(work(connection, waiting));
        Self { queue }
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

    /// Puts what a respondent sent into the queue.
    pub(crate) async fn submit(&self, waiting: Waiting) -> Result<()> {
        self.queue
            .send(Box::new(waiting))
            .await
            .map_err(|_| LedgerError::Closing)
    }
}

async fn work(connection: DatabaseConnection, mut waiting: mpsc::Receiver<Box<dyn Command>>) {
    let mut group = Vec::with_capacity(GROUP);
    while waiting.recv_many(&mut group, GROUP).await > 0 {
        let outcome = commit(&connection, &mut group).await;
        for command in group.drain(..) {
            command.told(outcome.clone());
        }
    }
}

async fn commit(
    connection: &DatabaseConnection,
    group: &mut [Box<dyn Command>],
) -> std::result::Result<(), String> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = connection
        .begin_with_options(options)
        .await
        .map_err(|error| error.to_string())?;
    let mut sent: Vec<&mut Waiting> = group
        .iter_mut()
        .filter_map(|command| command.submission())
        .collect();
    if !sent.is_empty() {
        store_together(&transaction, &mut sent)
            .await
            .map_err(|error| error.to_string())?;
    }
    for command in group {
        command.run(&transaction).await;
    }
    transaction
        .commit()
        .await
        .map_err(|error| error.to_string())
}
