//! The ledger's tests: each runs on SQLite, and on PostgreSQL where one is named.

mod accounts;
mod audit;
mod bed;
mod ideas;
mod levers;
mod people;
mod plant;
mod rounds;
mod writer;
