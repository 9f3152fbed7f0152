//! Rows, one struct a table of `schema`. Private to this crate: what leaves it are the types of
//! `domain` and of its rooms.

pub(crate) mod account;
pub(crate) mod answer;
pub(crate) mod audit;
pub(crate) mod cell;
pub(crate) mod edge;
pub(crate) mod edge_tap;
pub(crate) mod idea;
pub(crate) mod idempotency;
pub(crate) mod inbox;
pub(crate) mod letter;
pub(crate) mod lever;
pub(crate) mod lever_idea;
pub(crate) mod login_link;
pub(crate) mod member;
pub(crate) mod person;
pub(crate) mod progress;
pub(crate) mod release;
pub(crate) mod role;
pub(crate) mod round;
pub(crate) mod session;
pub(crate) mod setting;
pub(crate) mod slip;
pub(crate) mod token;
pub(crate) mod unit;
pub(crate) mod used;
pub(crate) mod vote;
