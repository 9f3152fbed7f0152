//! Tests of the text crate: one binary, a module for each door.

mod agreement;
mod communities;
mod empty;
mod language;
mod learning;
mod neighbours;
mod sentences;
mod themes;
mod topics;
mod vectors;
mod wordpiece;
