//! Whether arms came in an order that chance would bring, as [`super::sequence::betting`] needs:
//! it takes each row's arm as drawn by chance, whatever came before.
//!
//! Two looks at the order: the runs test (Wald & Wolfowitz 1940), one-sided, for arms that come in
//! blocks; and the split's sequential test ([`anytime`]) for an arm that was dealt out more at one
//! time than at another. Arms dealt out in turn have too *many* runs, which isn't held against
//! them: what one row is off by, the next makes good. This says nothing about outcomes.

use super::split::{CONCENTRATION, anytime};
use crate::reason::{NoAnswer, Result, within};
use statrs::function::erf::erfc;

/// Below this the order isn't chance's.
pub const LEVEL: f64 = 0.001;

/// How often the split is looked at.
const LOOKS: usize = 200;

/// The order in which two arms came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ArmOrder {
    /// Stretches of rows in one arm.
    pub runs: u64,
    /// As many as chance would bring, on average.
    pub expected_runs: f64,
    /// Chance of so few (normal approximation).
    pub p_runs: f64,
    /// Anytime-valid p-value of the split along the way.
    pub p_split: f64,
}

impl ArmOrder {
    /// Whether chance would bring it.
    pub fn is_by_chance(&self) -> bool {
        self.p_runs >= LEVEL && self.p_split >= LEVEL
    }
}

/// Looks at arms (0 and 1) in the order in which they came; `treated_share` should be in arm 1.
///
/// # Errors
/// [`NoAnswer::EmptyArm`], [`NoAnswer::Shape`] for a third arm, [`NoAnswer::OutOfRange`] for a
/// share that isn't within 0 and 1.
pub fn arms(arm: &[usize], treated_share: f64) -> Result<ArmOrder> {
    within(treated_share, 1e-9, 1.0 - 1e-9)?;
    let looks = super::sequence::looks(1, arm.len() as u64, LOOKS);
    let mut next = looks.iter().peekable();
    let mut counts = [0u64; 2];
    let mut along = Vec::with_capacity(looks.len());
    for (row, &arm) in arm.iter().enumerate() {
        let count = counts.get_mut(arm).ok_or(NoAnswer::Shape {
            expected: 2,
            got: arm,
        })?;
        *count += 1;
        if next.next_if(|&&look| look == row as u64 + 1).is_some() {
            along.push(counts.to_vec());
        }
    }
    if let Some(empty) = counts.iter().position(|&n| n == 0) {
        return Err(NoAnswer::EmptyArm { arm: empty });
    }
    let [a, b] = counts.map(|n| n as f64);
    let runs = 1 + arm.windows(2).filter(|pair| pair[0] != pair[1]).count() as u64;
    let expected_runs = 1.0 + 2.0 * a * b / (a + b);
    let variance = (expected_runs - 1.0) * (expected_runs - 2.0) / (a + b - 1.0);
    // One row in each arm, or one row in all of an arm's: the number of runs says nothing.
    let p_runs = if variance > 0.0 {
        let z = (runs as f64 - expected_runs) / variance.sqrt();
        0.5 * erfc(-z / std::f64::consts::SQRT_2)
    } else {
        1.0
    };
    let split = anytime(&along, &[1.0 - treated_share, treated_share], CONCENTRATION)?;
    Ok(ArmOrder {
        runs,
        expected_runs,
        p_runs,
        p_split: split.p,
    })
}
