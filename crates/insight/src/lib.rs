//! From what was counted to what leaders read: problems, fixes, matches, order, the brief.
//!
//! Pure: no I/O, deterministic, seeds are arguments. It knows what a problem and a fix are;
//! how texts become themes is `throughline-text`'s, how numbers become estimates is
//! `throughline-stats`'s. It never renders and never decides what may be shown.

pub mod addressed;
pub mod alike;
pub mod chain;
pub mod comention;
pub mod comment;
pub mod compose;
pub mod ease;
pub mod error;
pub mod fellows;
pub mod figure;
mod heading;
mod idioms;
pub mod kind;
mod letter;
mod likely;
pub mod link;
pub mod matches;
pub mod order;
pub mod profiles;
pub mod reviewed;
pub mod sizes;
pub mod staff;
pub mod tally;
pub mod theme;
pub mod tone;
pub mod topic;
pub mod voted;
