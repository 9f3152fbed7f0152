//! The story of a round, in a browser.

mod bites;
