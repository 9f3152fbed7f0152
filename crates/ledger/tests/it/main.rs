//! The ledger's tests: each runs on SQLite, and on PostgreSQL where one is named.

mod accounts;
mod attack;
mod audit;
mod backup;
mod ballot_box;
mod bed;
mod chain;
mod full;
mod ideas;
mod invitations;
mod levers;
mod many;
mod people;
mod plant;
mod progress;
mod quiet;
mod receipts;
mod releases;
mod retention;
mod roster;
mod round;
mod rounds;
mod sent_again;
mod tokens;
mod writer;
