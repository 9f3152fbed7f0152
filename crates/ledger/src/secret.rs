//! Tokens that let somebody in: random, and known to the database by their hashes alone.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A token of 244 bits from the operating system, as 64 letters and digits fit for an address.
pub fn token() -> String {
    format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple())
}

/// What is kept of a token. It needs no salt and no slowness: it can't be guessed.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}
