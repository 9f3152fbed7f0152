//! The program as a person runs it: files in, a brief out, and what it says when something is
//! wrong.

mod account;
mod bad;
mod contract;
mod demo;
mod drivers;
mod effect;
mod experiment;
mod few;
mod ledger;
mod levels;
mod link;
mod listening;
mod mediation;
mod meta;
mod rank;
mod real;
mod review;
mod run;
mod themes;
mod token;
mod workspace;
