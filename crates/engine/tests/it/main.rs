//! The engine's tests: files in, what they say out.

mod chain;
mod feedback;
mod people;
