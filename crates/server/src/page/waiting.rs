//! Files that were read and wait for somebody to say that they are right: nothing of a file that
//! nobody confirms is kept.
//!
//! One can be confirmed for half an hour, unless newer ones crowd it out. What can't be confirmed any
//! more is gone with the next file that comes or the next hour's sweep, whichever is first.

use chrono::{DateTime, Duration, Utc};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// Minutes for which one can be confirmed.
const MINUTES: i64 = 30;
/// How many wait at most; the oldest goes first.
const MOST: usize = 4;

/// A file that waits.
pub(crate) struct Waiting<T> {
    /// Who brought it; nobody else sees it.
    pub account: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// What it says.
    pub read: T,
}

/// All of a kind that wait. Cheap to clone.
pub struct Uploads<T>(Arc<All<T>>);

type All<T> = Mutex<HashMap<Uuid, Arc<Waiting<T>>>>;

impl<T> Clone for Uploads<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for Uploads<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Uploads<T> {
    fn all(&self) -> MutexGuard<'_, HashMap<Uuid, Arc<Waiting<T>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps one and says under which id.
    pub(crate) fn keep(&self, waiting: Waiting<T>) -> Uuid {
        let id = Uuid::new_v4();
        let now = waiting.at;
        self.sweep(now);
        let mut all = self.all();
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
    pub(crate) fn of(
        &self,
        id: Uuid,
        account: Uuid,
        now: DateTime<Utc>,
    ) -> Option<Arc<Waiting<T>>> {
        let found = self.all().get(&id).cloned();
        found.filter(|waiting| {
            waiting.account == account && now - waiting.at < Duration::minutes(MINUTES)
        })
    }

    /// Forgets those that waited too long.
    pub(crate) fn sweep(&self, now: DateTime<Utc>) {
        self.all()
            .retain(|_, other| now - other.at < Duration::minutes(MINUTES));
    }

    /// Forgets one.
    pub(crate) fn forget(&self, id: Uuid) {
        self.all().remove(&id);
    }
}

#[cfg(test)]
mod tests {
    use super::{MINUTES, Uploads, Waiting};
    use chrono::{Duration, Utc};
    use uuid::Uuid;

    #[test]
    fn what_nobody_confirms_is_forgotten_without_another_upload() {
        let uploads = Uploads::default();
        let at = Utc::now();
        uploads.keep(Waiting {
            account: Uuid::nil(),
            at,
            read: "a file",
        });
        uploads.sweep(at + Duration::minutes(MINUTES - 1));
        assert_eq!(uploads.all().len(), 1);
        uploads.sweep(at + Duration::minutes(MINUTES));
        assert_eq!(uploads.all().len(), 0);
    }
}
