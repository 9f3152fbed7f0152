//! Puts the parts of a brief together from what was counted and estimated. Pure: everything
//! comes in as values, drafts come out; nothing here decides what may be shown.

pub mod employees;
pub mod journey;
pub mod links;
pub mod notes;
pub mod numbers;
pub mod problems;
pub mod standing;
