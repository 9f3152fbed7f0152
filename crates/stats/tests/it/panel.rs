//! Panel models: against lavaan and OpenMx, by property, by simulation, and on bad input.

mod bad;
mod coverage;
mod errors;
mod improper;
mod lavaan;
mod property;
mod shared;
mod simulated;
