//! Files of people that were read and wait for somebody to say that they are right. In memory alone,
//! for half an hour: nothing of a file that nobody confirms is kept.

use chrono::{DateTime, Duration, Utc};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use throughline_engine::people::PeopleRead;
use throughline_ledger::people::Changes;
use uuid::Uuid;

/// Minutes for which one waits.
const MINUTES: i64 = 30;
/// How many wait at most; the oldest goes first.
const MOST: usize = 4;

/// A file that waits.
pub(crate) struct Waiting {
    /// Who brought it; nobody else sees it.
    pub account: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// What it says.
    pub read: PeopleRead,
    /// What it would change, as seen.
    pub changes: Changes,
}

/// All that wait. Cheap to clone.
#[derive(Clone, Default)]
pub struct Uploads(Arc<Mutex<HashMap<Uuid, Arc<Waiting>>>>);

impl Uploads {
    fn all(&self) -> MutexGuard<'_, HashMap<Uuid, Arc<Waiting>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps one and says under which id.
    pub(crate) fn keep(&self, waiting: Waiting) -> Uuid {
        let id = Uuid::new_v4();
        let now = waiting.at;
        let mut all = self.all();
        all.retain(|_, other| now - other.at < Duration::minutes(MINUTES));
        while all.len() >= MOST {
            let oldest = all.iter().min_by_key(|(id, other)| (other.at, **id));
            let Some(oldest) = oldest.map(|(id, _)| *id) else {
                break;
            };
            all.remove(&oldest);
        }
        all.insert(id, Arc::new(waiting));
        id
    }

    /// The one of that id, for whoever brought it.
    pub(crate) fn of(&self, id: Uuid, account: Uuid, now: DateTime<Utc>) -> Option<Arc<Waiting>> {
        let found = self.all().get(&id).cloned();
        found.filter(|waiting| {
            waiting.account == account && now - waiting.at < Duration::minutes(MINUTES)
        })
    }

    /// Forgets one.
    pub(crate) fn forget(&self, id: Uuid) {
        self.all().remove(&id);
    }
}
