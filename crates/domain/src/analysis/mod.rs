//! What an analyst's commands answer: one file a command, in the shape of its JSON.
//!
//! A number that can't be given is `None` (`null`), with the reason in plain words in a field
//! beside it: never 0, NaN or a guess. Field names are the contract with machines and don't
//! change; new fields may be added.

pub mod drivers;
pub mod effect;
pub mod experiment;
pub mod figure;
pub mod levels;
pub mod link;
pub mod mediation;
pub mod meta;
pub mod rank;

pub use drivers::Drivers;
pub use effect::Effect;
pub use experiment::{Assignment, Experiment, ExperimentPlan};
pub use figure::Figure;
pub use levels::Levels;
pub use link::Link;
pub use mediation::Mediation;
pub use meta::Meta;
pub use rank::Rank;
