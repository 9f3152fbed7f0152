//! What respondents' pages ask for with every request, kept in memory for a moment: as long as nothing
//! but submissions is written here, and a second at most, since another program may write too.
//!
//! Nothing is decided by it: whether a round takes an answer is read in the transaction that
//! writes the answer.

use crate::ballot_box::Kind;
use crate::chain::Chain;
use crate::error::Result;
use crate::rounds::{Cell, Round};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// How old it may be.
const OLDEST: Duration = Duration::from_secs(1);
/// Values a shelf holds at most.
const MOST: usize = 256;

struct Value<V> {
    read_at: Instant,
    writes: u64,
    value: Arc<V>,
}

/// Values of one kind.
pub(crate) struct Shelf<K, V> {
    values: Mutex<HashMap<K, Value<V>>>,
    reading: tokio::sync::Mutex<()>,
}

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self {
            values: Mutex::default(),
            reading: tokio::sync::Mutex::default(),
        }
    }
}

impl<K: Eq + Hash, V> Shelf<K, V> {
    /// The value, read if it isn't there or too old; `writes`: how much was written until now.
    /// Where many ask at the same moment, one reads and the others wait for it, for a moment.
    pub(crate) async fn get(
        &self,
        key: K,
        writes: u64,
        read: impl Future<Output = Result<V>>,
    ) -> Result<Arc<V>> {
        if let Some(there) = self.there(&key, writes) {
            return Ok(there);
        }
        let _reading = tokio::time::timeout(OLDEST, self.reading.lock()).await;
        if let Some(there) = self.there(&key, writes) {
            return Ok(there);
        }
        let read_at = Instant::now();
        let value = Arc::new(read.await?);
        let mut values = self.values();
        if values.len() >= MOST {
            values.clear();
        }
        let kept = Value {
            read_at,
            writes,
            value: Arc::clone(&value),
        };
        values.insert(key, kept);
        Ok(value)
    }

    /// Nothing is kept any more.
    pub(crate) fn forget(&self) {
        self.values().clear();
    }

    fn there(&self, key: &K, writes: u64) -> Option<Arc<V>> {
        let values = self.values();
        let there = values.get(key)?;
        let is_fresh = there.writes == writes && there.read_at.elapsed() < OLDEST;
        is_fresh.then(|| Arc::clone(&there.value))
    }

    fn values(&self) -> MutexGuard<'_, HashMap<K, Value<V>>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Rounds that take something, with their secrets.
type Taking = Vec<(Uuid, Vec<u8>)>;

/// All of it.
#[derive(Default)]
pub(crate) struct Kept {
    pub rounds: Shelf<Uuid, Round>,
    pub secrets: Shelf<Uuid, Option<Vec<u8>>>,
    pub cells: Shelf<Uuid, Vec<Cell>>,
    pub chain: Shelf<(), Chain>,
    /// Rounds that take a kind on a day, with their secrets.
    pub taking: Shelf<(Kind, NaiveDate), Taking>,
}

impl Kept {
    /// A round's secret went: no copy of it stays.
    pub(crate) fn forget_secrets(&self) {
        self.secrets.forget();
        self.taking.forget();
    }
}
