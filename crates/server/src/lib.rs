//! The web application: pages for people who work with Throughline, pages for employees who answer,
//! and an API for machines.
//!
//! It keeps state, routes, pages and permissions. It writes no SQL (that is the ledger's) and computes
//! nothing (the engine's). A room a noun; `access` holds the one table of who may do what.

pub mod access;
mod account;
mod answer;
mod api;
mod audit;
mod brief;
mod calendar;
mod chain;
pub mod config;
mod error;
mod feedback;
mod framed;
mod guard;
mod headers;
mod health;
mod home;
mod invite;
pub mod language;
mod lever;
pub mod limits;
pub mod log;
mod machines;
pub mod mail;
mod moderation;
mod origin;
pub mod page;
mod people;
pub mod provider;
mod receipt;
mod retention;
mod round;
mod routes;
mod seats;
mod serve;
mod session;
mod start;
mod state;
mod statics;
mod token;
mod totals;
mod unit;
mod vote;
mod worded;

pub use api::document;
pub use config::Config;
pub use error::{Failure, ServerError};
pub use guard::Who;
pub use invite::Posting;
pub use routes::app;
pub use serve::{Ready, serve};
pub use start::Start;
pub use state::{App, Clock};
