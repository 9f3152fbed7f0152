//! The application's tests: requests in, answers out, on a fresh ledger each.

mod account;
mod asked;
mod bed;
mod frame;
mod moderation;
mod vote;
