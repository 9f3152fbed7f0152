//! `experiment`: published results, other implementations, properties, simulations.

mod assign;
mod beside;
mod growthbook;
mod howard;
mod order;
mod plan;
mod properties;
mod refusals;
mod rows;
mod rpy;
mod simulated;
mod trials;
