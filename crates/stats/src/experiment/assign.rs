//! Who gets which arm: the same unit and key always give the same arm, on any machine and in any
//! language, without a list to keep.
//!
//! The digest is HMAC-SHA-256 (RFC 2104, FIPS 180-4) of the unit's id (UTF-8) under the
//! experiment's key. Its first eight bytes, as a big-endian number over 2^64, are the unit's
//! place between 0 and 1; arms take up that range in order, each as wide as its weight. The next
//! eight bytes, read the same way, say whether a unit takes part when only some do. Different keys
//! give places that have nothing to do with each other, so each experiment has its own key. In
//! Python: `int.from_bytes(hmac.new(key, unit, "sha256").digest()[:8], "big") / 2**64`.
//!
//! | key | unit | place for the arm | place for taking part |
//! |---|---|---|---|
//! | `Jefe` | `what do ya want for nothing?` (RFC 4231, case 2) | 0.358837203762 | 0.414125689779 |
//! | `nudge-2026` | `u-1` | 0.942970811471 | 0.710754593724 |
//! | `nudge-2026` | `u-2` | 0.578301829604 | 0.489309870595 |
//! | `autumn` | `u-1` | 0.356045654017 | 0.785758104706 |
//! | `schlüssel` | `größe` | 0.254096814205 | 0.126023401196 |
//!
//! To keep a team together, give its id in place of the person's. [`balanced`] needs the whole
//! list at once and makes arms as equal as can be within strata; [`arm`] doesn't.

use crate::reason::{NoAnswer, Result, same_length, within};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::BTreeMap;

/// Where a unit falls, from its id and the key alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Chooses the arm: a fraction of 2^64.
    pub arm: u64,
    /// Chooses whether the unit takes part.
    pub part: u64,
}

/// A unit's place. Any key length will do; 16 bytes or more can't be guessed.
///
/// # Errors
/// [`NoAnswer::Empty`] for an empty key: it would be the same for everybody's experiments.
pub fn place(key: &[u8], unit: &[u8]) -> Result<Place> {
    if key.is_empty() {
        return Err(NoAnswer::Empty);
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| NoAnswer::BadBytes {
        what: "assignment key",
    })?;
    mac.update(unit);
    let digest = mac.finalize().into_bytes();
    let number = |from: usize| {
        digest
            .iter()
            .skip(from)
            .take(8)
            .fold(0u64, |sum, &byte| (sum << 8) | u64::from(byte))
    };
    Ok(Place {
        arm: number(0),
        part: number(8),
    })
}

/// The arm of a unit, or none if it doesn't take part. `weights` are the arms' shares in any unit;
/// `taking_part` is the share of units that take part.
///
/// # Errors
/// [`NoAnswer::TooFewArms`] under two arms, [`NoAnswer::OutOfRange`] unless weights are positive
/// and `taking_part` within 0 and 1, and as [`place`].
pub fn arm(key: &[u8], unit: &[u8], weights: &[f64], taking_part: f64) -> Result<Option<usize>> {
    let shares = shares(weights)?;
    within(taking_part, 0.0, 1.0)?;
    let place = place(key, unit)?;
    if taking_part < 1.0 && fraction(place.part) >= taking_part {
        return Ok(None);
    }
    let at = fraction(place.arm);
    let mut edge = 0.0;
    for (arm, share) in shares.iter().enumerate() {
        edge += share;
        if at < edge {
            return Ok(Some(arm));
        }
    }
    Ok(Some(shares.len() - 1))
}

/// A unit of a stratum: its place, its id, where it stands in the list.
type Member<'a> = (Place, &'a [u8], usize);

/// Arms for a whole list, balanced within strata: units of a stratum are put in order of their
/// places and dealt out in the proportions of the weights, what is left over going to arms chosen
/// by the stratum's own place. The order of the list doesn't matter.
///
/// # Errors
/// As [`arm`]; [`NoAnswer::Shape`] if there isn't a stratum for each unit.
pub fn balanced(
    key: &[u8],
    units: &[&[u8]],
    strata: &[&[u8]],
    weights: &[f64],
) -> Result<Vec<usize>> {
    same_length(units.len(), strata.len())?;
    let shares = shares(weights)?;
    let mut groups: BTreeMap<&[u8], Vec<Member<'_>>> = BTreeMap::new();
    for (index, (&unit, &stratum)) in units.iter().zip(strata).enumerate() {
        groups
            .entry(stratum)
            .or_default()
            .push((place(key, unit)?, unit, index));
    }
    let mut arms = vec![0; units.len()];
    for (stratum, mut group) in groups {
        group.sort_unstable();
        let turn = fraction(place(key, stratum)?.part);
        // Systematic dealing: the k-th unit falls at (k + turn) / n of the arms' range, so each
        // arm gets its share of the stratum rounded up or down, and up as often as it should.
        let n = group.len() as f64;
        for (k, (_, _, index)) in group.into_iter().enumerate() {
            let at = (k as f64 + turn) / n;
            let mut edge = 0.0;
            arms[index] = shares
                .iter()
                .position(|share| {
                    edge += share;
                    at < edge
                })
                .unwrap_or(shares.len() - 1);
        }
    }
    Ok(arms)
}

/// A place as a number from 0 to below 1 (53 bits of it).
pub fn fraction(place: u64) -> f64 {
    (place >> 11) as f64 / (1u64 << 53) as f64
}

fn shares(weights: &[f64]) -> Result<Vec<f64>> {
    if weights.len() < 2 {
        return Err(NoAnswer::TooFewArms { n: weights.len() });
    }
    for &weight in weights {
        within(weight, 1e-9, 1e9)?;
    }
    let whole: f64 = weights.iter().sum();
    Ok(weights.iter().map(|weight| weight / whole).collect())
}
