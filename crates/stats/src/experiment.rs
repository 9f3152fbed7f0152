//! Experiments: did one arm do better than another?
//!
//! - looked at once, at a size fixed beforehand: [`fixed`] (Welch, shares, relative changes),
//!   [`arm`] (means, ratios by the delta method), [`cuped`], [`clustered`];
//! - looked at all the time: [`sequence`] (confidence sequences);
//! - was it run as meant: [`split`], [`order`]; several outcomes: [`several`];
//! - what was known before: [`bayes`]; who gets what: [`assign`]; how large: [`plan`];
//! - in words: [`verdict()`].
//!
//! Arms are counted from 0, the control. All differences are treated minus control, so swapping
//! the arms flips signs. Not here: adaptive allocation (bandits), interference between units,
//! effects that differ between people.

pub mod arm;
pub mod assign;
pub mod bayes;
pub mod clustered;
pub mod cuped;
pub mod fixed;
pub mod order;
pub mod plan;
pub mod sequence;
pub mod several;
pub mod split;
pub mod verdict;

pub use arm::{Arm, PairedArm};
pub use fixed::{Comparison, Scale};
pub use verdict::{Direction, Verdict, verdict};

/// The level of error throughout, unless another one is asked for.
pub const ALPHA: f64 = 0.05;

/// Largest absolute value of an outcome: far from where squares of squares overflow.
pub(crate) const LARGEST: f64 = 1e50;
