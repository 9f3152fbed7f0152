//! The ledger's tests: each runs on SQLite, and on PostgreSQL where one is named.

mod accounts;
mod audit;
mod bed;
mod tokens;
mod writer;
