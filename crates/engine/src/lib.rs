//! Runs the loop: import, fit, scan, conclude, release.
//!
//! One call takes files to a brief; another makes the sample company first; a third lets an
//! analyst judge samples; [`analysis`] answers an analyst's own questions. The engine holds no estimator and renders nothing: it calls the crates
//! that do, in order, and writes what `throughline-disclosure` released or entrusted.

pub mod analysis;
mod answers;
mod brief;
mod conclude;
mod demo;
mod error;
mod fit;
mod names;
mod outputs;
pub mod people;
mod reader;
mod repeated;
mod request;
pub mod review;
mod said;
mod sample;
mod scan;
pub mod voting;
mod words_of_many;
pub mod workspace;
mod writing;

pub use brief::brief;
pub use demo::{DemoRequest, DemoSize, company, demo};
pub use error::{EngineError, Result};
pub use request::{BriefRequest, Outcome, Progress, ReadingOptions, Silent, Step};
pub use said::customers_said;
pub use throughline_lake::TableFiles;
