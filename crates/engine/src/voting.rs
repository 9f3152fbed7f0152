//! A round's votes while it is under way: what to ask the next voter, where ideas stand, which ideas
//! are alike.
//!
//! The numbers are those of `throughline rank`, on votes that are held in memory.

mod alike;
mod ask;
mod standing;

pub use alike::alike;
pub use ask::ask;
pub use standing::{Standing, standing};
