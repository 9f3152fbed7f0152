//! The application's tests: requests in, answers out, on a fresh ledger each.

mod account;
mod bed;
mod frame;
