//! You said, we did: fixes in the company's words, how far each is, and which ideas it takes up.
//!
//! Nothing here is a respondent's words. What employees read comes from [`said`], which withholds
//! counts below the round's minimum group.

mod keep;
mod said;

pub use keep::{Draft, Lever, list, remove, save};
pub use said::{Said, SaidLever, said};
