//! A small seeded generator and seeded orders of things.
//!
//! SplitMix64 (Steele, Lea & Flood 2014): enough for shuffles and samples, one word of state, the
//! same on every machine. Not for secrets.

/// A seeded stream of numbers.
#[derive(Debug, Clone)]
pub struct Seeded(u64);

impl Seeded {
    /// A stream for a seed and a purpose, so that two uses of one seed don't share numbers.
    pub fn new(seed: u64, purpose: u64) -> Self {
        let mut stream = Seeded(seed ^ purpose.wrapping_mul(0xD1B5_4A32_D192_ED03));
        stream.bits();
        stream
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number below `end` (0 when `end` is 0).
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// A number in 0..1.
    pub fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Shuffles in place (Fisher-Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// A hash of some bytes and a seed, for samples that don't depend on the order of rows.
pub fn hash(bytes: &[u8], seed: u64) -> u64 {
    twox_hash::XxHash3_128::oneshot_with_seed(seed, bytes) as u64
}
