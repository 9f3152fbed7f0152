//! The application's tests: requests in, answers out, on a fresh ledger each.

mod account;
mod api;
mod bed;
mod frame;
mod running;
