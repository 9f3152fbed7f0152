//! The program as a person runs it: files in, a brief out, and what it says when something is
//! wrong.

mod bad;
mod contract;
mod demo;
mod drivers;
mod levels;
mod mediation;
mod meta;
mod experiment;
mod rank;
mod effect;
mod link;
mod real;
mod review;
mod run;
mod themes;
