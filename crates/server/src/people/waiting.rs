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
    pub(crate) fn of(&self, id: Uuid, account: Uuid, now: DateTime<Utc>) -> Option<Arc<Waiting>> {
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
    use throughline_engine::people::{Given, read};
    use throughline_ledger::people::Changes;
    use uuid::Uuid;

    #[test]
    fn what_nobody_confirms_is_forgotten_without_another_upload() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "id,unit\n1,North\n").expect("it is written");
        let given = Given {
            path: file.path(),
            name: "people.csv",
        };
        let uploads = Uploads::default();
        let at = Utc::now();
        uploads.keep(Waiting {
            account: Uuid::nil(),
            at,
            read: read(given, None).expect("people"),
            changes: Changes::default(),
        });
        uploads.sweep(at + Duration::minutes(MINUTES - 1));
        assert_eq!(uploads.all().len(), 1);
        uploads.sweep(at + Duration::minutes(MINUTES));
        assert_eq!(uploads.all().len(), 0);
    }
}
