//! What the rooms for machines and briefs keep in memory: nothing of it is about people.

use crate::api::{Limits, UnderWay};
use crate::brief::Desk;
use crate::health::Seen;
use std::sync::Arc;
use tokio::sync::{Mutex, Semaphore};

/// Batches that are checked at the same time; others wait their turn.
const PUSHES: usize = 2;

/// The state of these rooms.
pub(crate) struct Machines {
    /// How much each token asked lately.
    pub limits: Limits,
    /// Idempotency keys being worked on.
    pub under_way: UnderWay,
    /// Turns for checking batches; shared, so that work that can't be stopped keeps its turn when
    /// nobody waits for it any more.
    pub pushes: Arc<Semaphore>,
    /// Held by whoever keeps or takes out a file of feedback, until the audit log says so.
    pub files: Arc<Mutex<()>>,
    /// What a look at the server's health found.
    pub health: Seen,
    /// The brief that is being written.
    pub desk: Desk,
}

impl Machines {
    pub(crate) fn new() -> Self {
        Self {
            limits: Limits::new(),
            under_way: UnderWay::default(),
            pushes: Arc::new(Semaphore::new(PUSHES)),
            files: Arc::default(),
            health: Seen::default(),
            desk: Desk::default(),
        }
    }
}
