//! The words of a listening round: who may do what, what is asked and on which terms, what one
//! employee sends, what becomes of an idea.
//!
//! Types alone. How they are kept is the ledger's, how they look the server's.

pub mod account;
pub mod answer;
pub mod cell;
pub mod idea;
pub mod people;
pub mod refusal;
pub mod round;
pub mod scope;
pub mod vote;

pub use account::AccountRole;
pub use answer::{Answer, plain};
pub use cell::{Cell, Invited, cells};
pub use idea::{IdeaState, LeverStatus};
pub use people::{Person, Roster, Way};
pub use refusal::{Refusal, RefusalReason};
pub use round::{RoundState, Terms, Wording};
pub use scope::Scope;
pub use vote::{Asked, Ballot, Choice, Criterion, VotesBy};
