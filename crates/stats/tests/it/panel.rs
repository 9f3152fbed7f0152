//! Panel models: against lavaan and OpenMx, by property, by simulation, and on bad input.

mod errors;
mod lavaan;
mod shared;
