//! The application's tests: requests in, answers out, on a fresh ledger each.

mod account;
mod answer;
mod bed;
mod config;
mod frame;
mod language;
mod mail;
mod slow;
mod walk;
