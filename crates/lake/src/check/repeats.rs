//! Rows that were there before: told by a set of hashes, a few bytes a row.
//!
//! A row with an id is a duplicate if the id was there with the same content, and a conflict if it
//! was there with another. A row without one is a duplicate if every column is equal and somebody
//! wrote enough for chance to be out of the question; a short text said twice is two answers, told
//! apart by a count. Sets are sharded, so that a batch is looked up in parallel; the outcome depends
//! on the order of rows alone.

use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use twox_hash::XxHash3_128;

const SHARDS: usize = 64;
/// Rows looked up one after another are as quick as in parallel below this.
const FEW: usize = 4096;

/// Keys are hashes already.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

type Shard = HashMap<u64, u64, BuildHasherDefault<AsIs>>;

/// What was seen before.
pub(crate) struct Seen {
    shards: Vec<Shard>,
}

/// A row to be looked up: a hash of what it is, and of its content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub of: u64,
    pub content: u64,
    /// How it is looked up.
    pub kind: KeyKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyKind {
    /// `of` is an id: the same content again is a duplicate, another a conflict.
    Id,
    /// `of` is the whole row: there before means duplicate.
    Whole,
    /// `of` is the content: how often it was there before is told.
    Count,
}

/// What a lookup told. New rows are not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Duplicate,
    Conflict,
    /// There before this many times, and to be kept.
    Again(u64),
}

impl Seen {
    pub(crate) fn new() -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Shard::default()).collect(),
        }
    }

    /// Looks one row up and remembers it.
    pub(crate) fn one(&mut self, key: Key) -> Option<Verdict> {
        verdict(&mut self.shards[shard_of(key)], key)
    }

    /// Looks a batch up, in order, and remembers it. Returns the rows that are not new.
    pub(crate) fn look(&mut self, keys: &[(u32, Key)]) -> Vec<(u32, Verdict)> {
        let mut parted: Vec<Vec<(u32, Key)>> = vec![Vec::new(); SHARDS];
        for &(row, key) in keys {
            parted[shard_of(key)].push((row, key));
        }
        let look = |(shard, rows): (&mut Shard, &Vec<(u32, Key)>)| -> Vec<(u32, Verdict)> {
            rows.iter()
                .filter_map(|&(row, key)| verdict(shard, key).map(|verdict| (row, verdict)))
                .collect()
        };
        let mut told: Vec<(u32, Verdict)> = if keys.len() < FEW {
            self.shards.iter_mut().zip(&parted).flat_map(look).collect()
        } else {
            self.shards
                .par_iter_mut()
                .zip(&parted)
                .flat_map_iter(look)
                .collect()
        };
        told.sort_unstable_by_key(|(row, _)| *row);
        told
    }
}

/// The map itself uses the lowest and the highest bits.
fn shard_of(key: Key) -> usize {
    (key.of >> 40) as usize % SHARDS
}

fn verdict(shard: &mut Shard, key: Key) -> Option<Verdict> {
    use std::collections::hash_map::Entry;
    match (shard.entry(key.of), key.kind) {
        (Entry::Vacant(place), kind) => {
            place.insert(if kind == KeyKind::Count {
                1
            } else {
                key.content
            });
            None
        }
        (Entry::Occupied(mut before), KeyKind::Count) => {
            let times = *before.get();
            before.insert(times + 1);
            Some(Verdict::Again(times))
        }
        (Entry::Occupied(before), KeyKind::Id) if *before.get() != key.content => {
            Some(Verdict::Conflict)
        }
        _ => Some(Verdict::Duplicate),
    }
}

/// A hash of some bytes; `salt` keeps kinds of things apart.
pub(crate) fn hash(salt: u8, bytes: &[u8]) -> u128 {
    XxHash3_128::oneshot(bytes)
        ^ u128::from(salt).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
}

/// A hash as 32 hexadecimal letters.
pub(crate) fn hex(hash: u128) -> String {
    format!("{hash:032x}")
}
