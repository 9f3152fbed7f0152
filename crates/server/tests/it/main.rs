//! The application's tests: requests in, answers out, on a fresh ledger each.

mod account;
mod asked;
mod bed;
mod config;
mod frame;
mod mail;
mod moderation;
mod slow;
mod vote;
mod walk;
