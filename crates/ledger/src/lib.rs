//! The system of record: people, rounds, answers, votes, decisions, accounts, audit.
//!
//! SQLite by default, PostgreSQL where a database team wants it; the same schema and the same
//! functions on both. Everything that changes goes through one writer that commits in groups
//! (`Ledger::write`); what was acknowledged is on disk. One server at a time lets respondents in
//! ([`alone`]), since what may not be on disk yet is in its memory; other programs (backups, the
//! command line) work beside it. It knows no HTML, and holds no customer's words.
//!
//! A room a noun: `people`, `rounds`, `answers`, ... Each has its entities in `entity` and its
//! functions here; SQL doesn't leave this crate.

pub mod accounts;
pub mod alone;
pub mod answers;
pub mod audit;
pub mod backup;
pub mod ballot_box;
pub mod chain;
mod connect;
mod entity;
mod error;
pub mod ideas;
pub mod idempotency;
pub mod invitations;
mod kept;
mod keyed;
mod ledger;
pub mod levers;
pub mod login_links;
pub mod people;
pub mod progress;
pub mod receipts;
pub mod releases;
pub mod restore;
pub mod retention;
pub mod roles;
pub mod rounds;
mod schema;
pub mod secret;
pub mod sessions;
pub mod settings;
mod tables;
pub mod tokens;
pub mod units;
pub mod votes;
pub mod ways_in;
mod writer;

pub use connect::Where;
pub use error::{LedgerError, Result};
pub use ledger::Ledger;
