//! `meta` against metafor, by property and by simulation.

mod property;
mod reference;
mod simulate;
