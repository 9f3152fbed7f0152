//! The story of a round, in a browser.

mod bites;
mod story;
