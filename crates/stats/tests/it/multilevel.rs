//! `multilevel` against lme4, lmerTest, nlme and statsmodels' cases, by property and by simulation.

mod bad_input;
mod coverage;
mod few;
mod property;
mod reference;
mod shared;
mod simulate;
