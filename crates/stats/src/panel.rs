//! Panel models of two measures over time: which moves first.
//!
//! The random-intercept cross-lagged panel model (Hamaker, Kuiper & Grasman 2015; Mulder &
//! Hamaker 2021) by full-information maximum likelihood, with missing values, and with known
//! sampling errors of the values; the classic cross-lagged model beside it, to show what goes
//! wrong without random intercepts. [`fit()`] fits one model, [`link()`] answers
//! which moves first.
//!
//! It doesn't model seasons, covariates, lags beyond one wave, or more than two measures; and
//! nothing here makes a lagged relation a cause.

mod bootstrap;
mod climb;
mod compare;
mod data;
mod derived;
mod fit;
mod global;
mod information;
mod link;
pub mod noise;
mod pass;
mod saturated;
mod scale;
mod spec;
mod start;
mod structure;
mod table;

pub use bootstrap::Bootstrap;
pub use compare::{Comparison, compare};
pub use data::{MOST_MISSING, UNITS_NEEDED, VALUES_NEEDED};
pub use fit::{
    AveragePath, Errors, Fit, Improper, Interval, Options, Parameter, StandardisedPath, fit,
};
pub use global::GlobalFit;
pub use link::{
    Direction, Link, Request, TOO_SMALL, UNITS_FOR_HEADLINE, UNITS_PER_COLUMN, Verdict,
    WAVES_FOR_HEADLINE, Warning, is_small, link, units_needed,
};
pub use spec::{Kind, Measure, Model, Over, Role};
pub use table::{LARGEST, MOST_WAVES, Panel, Row, SamplingError};
