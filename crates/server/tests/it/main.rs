//! The application's tests: requests in, answers out, on a fresh ledger each.

mod account;
mod api;
mod asked;
mod bed;
mod brief;
mod config;
mod frame;
mod mail;
mod moderation;
mod running;
mod slow;
mod vote;
mod walk;
