//! The application's tests: requests in, answers out, on a fresh ledger each.

mod account;
mod answer;
mod api;
mod asked;
mod audit;
mod bed;
mod brief;
mod briefs;
mod config;
mod feedback;
mod frame;
mod language;
mod mail;
mod moderation;
mod people;
#[path = "../../../ledger/tests/it/roster.rs"]
mod roster;
mod round;
mod rounds;
mod running;
mod slow;
mod unit;
mod vote;
mod walk;
