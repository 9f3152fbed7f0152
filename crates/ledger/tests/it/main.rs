//! The ledger's tests: each runs on SQLite, and on PostgreSQL where one is named.

mod accounts;
mod audit;
mod ballot_box;
mod bed;
mod ideas;
mod invitations;
mod levers;
mod people;
mod plant;
mod progress;
mod round;
mod rounds;
mod writer;
