//! Panel models of two measures over time: which moves first.
//!
//! The random-intercept cross-lagged panel model (Hamaker, Kuiper & Grasman 2015; Mulder &
//! Hamaker 2021) by full-information maximum likelihood, with missing values, and with known
//! sampling errors of the values; the classic cross-lagged model beside it, to show what goes
//! wrong without random intercepts. [`fit()`] fits one model.
//!
//! It doesn't model seasons, covariates, lags beyond one wave, or more than two measures; and
//! nothing here makes a lagged relation a cause.

mod climb;
mod data;
mod dense;
mod derived;
mod fit;
mod global;
mod information;
pub mod noise;
mod pass;
mod saturated;
mod scale;
mod spec;
mod start;
mod structure;
mod table;

pub use data::{MOST_MISSING, UNITS_NEEDED, VALUES_NEEDED};
pub use fit::{Errors, Fit, Improper, Interval, Options, Parameter, StandardisedPath, fit};
pub use global::GlobalFit;
pub use spec::{Kind, Measure, Model, Over, Role};
pub use table::{LARGEST, MOST_WAVES, Panel, Row, SamplingError};
