//! The application's tests: requests in, answers out, on a fresh ledger each.

mod account;
mod api;
mod bed;
mod brief;
mod config;
mod frame;
mod mail;
mod running;
mod slow;
mod walk;
