//! `mediation` against R's lm and boot, by property and by simulation.

mod property;
mod reference;
mod simulate;
