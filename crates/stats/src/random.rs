//! Chance that comes out the same every time: generators by seed and purpose, and samples chosen
//! by a hash of the id.
//!
//! Hashes are XXH3 (128 bits, the low half taken), generators ChaCha with 12 rounds; both are
//! fixed algorithms, so results are the same on every machine. Not for secrets.

use rand::SeedableRng;
use rand_chacha::ChaCha12Rng;
use std::collections::BinaryHeap;
use twox_hash::XxHash3_128;

/// A generator for one purpose. Different labels give streams that have nothing to do with each
/// other, so that a step added later doesn't change the steps after it.
pub fn generator(seed: u64, label: &str) -> ChaCha12Rng {
    let hash = XxHash3_128::oneshot_with_seed(seed, label.as_bytes());
    let mut key = [0; 32];
    key[..16].copy_from_slice(&hash.to_le_bytes());
    key[16..24].copy_from_slice(&seed.to_le_bytes());
    ChaCha12Rng::from_seed(key)
}

/// A hash of an id, for choosing and ordering.
pub fn hash(seed: u64, id: &[u8]) -> u64 {
    XxHash3_128::oneshot_with_seed(seed, id) as u64
}

/// The `size` items whose ids have the lowest hashes: a sample without replacement that doesn't
/// depend on the order items come in, and that can be gathered in parts and merged.
#[derive(Clone, Debug)]
pub struct BottomK<T: Ord> {
    size: usize,
    seed: u64,
    /// Highest hash on top, the next to go.
    kept: BinaryHeap<(u64, T)>,
}

impl<T: Ord> BottomK<T> {
    /// An empty sample of at most `size`.
    pub fn new(size: usize, seed: u64) -> Self {
        Self {
            size,
            seed,
            kept: BinaryHeap::new(),
        }
    }

    /// Offers an item. Among equal hashes the lower item stays. Offering an id twice counts twice.
    pub fn add(&mut self, id: &[u8], item: T) {
        self.offer(hash(self.seed, id), item);
    }

    /// Whether an item with this id could still be taken: lets callers skip making it.
    pub fn wants(&self, id: &[u8]) -> bool {
        self.kept.len() < self.size
            || self
                .kept
                .peek()
                .is_some_and(|(highest, _)| hash(self.seed, id) <= *highest)
    }

    /// Takes in another sample of the same seed.
    pub fn merge(&mut self, other: Self) {
        for (hash, item) in other.kept {
            self.offer(hash, item);
        }
    }

    /// The sample in the order of the hashes (which is a random order).
    pub fn into_sorted(self) -> Vec<T> {
        self.kept
            .into_sorted_vec()
            .into_iter()
            .map(|(_, item)| item)
            .collect()
    }

    fn offer(&mut self, hash: u64, item: T) {
        let entry = (hash, item);
        if self.kept.len() < self.size {
            self.kept.push(entry);
        } else if self.kept.peek().is_some_and(|highest| entry < *highest) {
            self.kept.pop();
            self.kept.push(entry);
        }
    }
}
