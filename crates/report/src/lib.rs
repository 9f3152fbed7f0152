//! Renders results: the leaders' brief as one self-contained page ([`html::brief`]) and as
//! JSON for machines ([`json::brief`]); an analyst's results as tables for a terminal, plain words,
//! pictures and JSON ([`analysis`]).
//!
//! Pure: no I/O, no clock, no network; the same brief gives the same bytes. It takes only what
//! was released or entrusted, so nothing here decides what may be shown, and nothing here computes
//! a figure: it says what the figures say, in readers' words.

pub mod analysis;
pub mod html;
pub mod json;

mod chart;
mod say;
