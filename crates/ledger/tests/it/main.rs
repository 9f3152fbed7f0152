//! The ledger's tests: each runs on SQLite, and on PostgreSQL where one is named.

mod audit;
mod backup;
mod bed;
mod full;
mod writer;
