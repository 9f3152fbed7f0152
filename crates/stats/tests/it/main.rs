//! Tests of the public doors: against other implementations, by property and by simulation.

mod calibrate;
mod clustered;
mod drivers;
mod effect;
mod experiment;
mod gram;
mod mediation;
mod meta;
mod misclassify;
mod mislabel;
mod multilevel;
mod panel;
mod product;
mod random;
mod reference;
mod share;
mod shrink;
mod simulate;
mod votes;
