//! Hashes that only somebody with a round's secret can make.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// HMAC-SHA256 over parts that can't run into one another.
pub(crate) fn keyed(secret: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut key = [0_u8; 64];
    key[..32].copy_from_slice(&Sha256::digest(secret));
    let mut mac = Hmac::<Sha256>::new(&key.into());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Under which id something that was sent stands after it left the inbox, until the round is
/// sealed: so that the same form, sent again after a crash, is known again.
pub(crate) fn row_id(secret: &[u8], submission: Uuid) -> Uuid {
    let hash = keyed(secret, &[b"row", submission.as_bytes()]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// Letters that are not taken for one another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The first bits of a hash as so many letters, five bits each (Crockford's base 32).
pub(crate) fn letters(hash: &[u8], count: usize) -> String {
    (0..count)
        .map(|place| {
            let value = (0..5).fold(0_usize, |value, bit| {
                let at = place * 5 + bit;
                let byte = hash.get(at / 8).copied().unwrap_or_default();
                value << 1 | usize::from(byte >> (7 - at % 8) & 1)
            });
            char::from(LETTERS[value])
        })
        .collect()
}

/// What somebody typed, as it was printed: no spaces or dashes, capitals, and the letters that are
/// taken for others put right.
pub fn normal(typed: &str) -> String {
    typed
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric())
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .take(64)
        .collect()
}
