//! Where one brief at a time is written, and how far it is.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use throughline_engine::{Progress, Step};
use uuid::Uuid;

/// What is on the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Work {
    /// Nothing.
    #[default]
    None,
    /// A brief is being written.
    Writing {
        /// The round.
        round: Uuid,
        /// What is being done, in words.
        doing: String,
    },
    /// The last one came to nothing.
    Failed {
        /// The round.
        round: Uuid,
        /// Why, and what to do.
        why: String,
    },
}

/// The desk. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Desk(Arc<Mutex<Work>>);

impl Desk {
    fn open(&self) -> MutexGuard<'_, Work> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is on it.
    pub(crate) fn work(&self) -> Work {
        self.open().clone()
    }

    /// Takes a brief on, unless another is being written.
    pub(crate) fn take(&self, round: Uuid) -> bool {
        let mut work = self.open();
        if matches!(*work, Work::Writing { .. }) {
            return false;
        }
        *work = Work::Writing {
            round,
            doing: "starting".to_owned(),
        };
        true
    }

    /// Takes what came to nothing from it: it was read.
    pub(crate) fn read(&self) {
        let mut work = self.open();
        if matches!(*work, Work::Failed { .. }) {
            *work = Work::None;
        }
    }

    /// It is done, or came to nothing.
    pub(crate) fn clear(&self, round: Uuid, failed: Option<String>) {
        *self.open() = failed.map_or(Work::None, |why| Work::Failed { round, why });
    }
}

impl Progress for Desk {
    fn begin(&self, step: Step, _: Option<u64>) {
        if let Work::Writing { doing, .. } = &mut *self.open() {
            *doing = step.words();
        }
    }
}
