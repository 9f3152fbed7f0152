//! What an analyst's commands answer: one file a command, in the shape of its JSON.
//!
//! A number that can't be given is `None` (`null`), with the reason in plain words in a field
//! beside it: never 0, NaN or a guess. Field names are the contract with machines and don't
//! change; new fields may be added.

pub mod drivers;
pub mod experiment;

pub use drivers::Drivers;
pub use experiment::{Assignment, Experiment, ExperimentPlan};
