//! Tests of the public doors: against other implementations, by property and by simulation.

mod calibrate;
mod clustered;
mod drivers;
mod experiment;
mod gram;
mod misclassify;
mod mislabel;
mod product;
mod random;
mod reference;
mod share;
mod shrink;
mod simulate;
mod votes;
