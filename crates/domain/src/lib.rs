//! The words of Throughline as types: facts that users bring, figures with their uncertainty,
//! and the brief that leaders read.
//!
//! This crate does no I/O and computes nothing; it holds what every other crate must agree on.
//! Where a type carries people's own words before anyone decided that they may be shown, the
//! words are [`Words`], which can be analysed but not printed.

pub mod analysis;
pub mod brief;
pub mod estimate;
pub mod facts;
pub mod import;
pub mod listen;
pub mod metric;
pub mod sheet;
pub mod words;

pub use brief::Brief;
pub use estimate::{Estimate, Figure, Interval, Reason};
pub use facts::Table;
pub use metric::{Metric, Scale};
pub use words::Words;
