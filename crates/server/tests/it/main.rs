//! The application's tests: requests in, answers out, on a fresh ledger each.

mod account;
mod audit;
mod api;
mod asked;
mod answer;
mod bed;
mod brief;
mod config;
mod frame;
mod language;
mod mail;
mod moderation;
mod people;
mod rounds;
mod running;
mod slow;
mod vote;
mod walk;
