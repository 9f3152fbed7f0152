//! Panel models: against lavaan and OpenMx, by property, by simulation, and on bad input.

mod lavaan;
mod shared;
