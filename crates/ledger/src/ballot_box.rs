//! The ballot box: takes what respondents send, and lets nothing that it keeps tell who sent what.
//!
//! - What was sent is on disk before it is acknowledged ([`submit`]), in `inbox`, under the random id
//!   that stood in the form: sent twice it is kept once. With it stands its cell and nothing
//!   else: no time, no language, no token, no person.
//! - That a way in was used is a *mark*. Marks stay in memory until ten people of one cell have used
//!   theirs, and are written ([`write_marks`]) in a transaction of their own, shuffled with those
//!   written before.
//! - What waits in the inbox is stirred ([`settle`]): soon after something came, the rows of its
//!   cell are taken out and put back in another order, and the journal is emptied.
//! - Answers leave the inbox in batches a cell ([`move_ready`]): out of at least twice ten that wait,
//!   all but a random ten. So a batch never holds fewer than ten, what stays behind are never
//!   only the latest, and those that were there before are rewritten with them.
//! - At closing ([`seal`]) everything of the round is rewritten in one transaction in random order,
//!   under new ids, and the marks are deleted; [`end_votes`] does the same for votes and deletes the slips
//!   and the round's secret.
//!
//! What it can't do: hide anything from somebody who watches the running machine, or copies its disk
//! again and again while people answer. `docs/TRUST.md` says so.

mod at_once;
mod marks;
mod moving;
pub(crate) mod scrub;
mod seal;
mod settle;
pub(crate) mod state;
pub(crate) mod store;
pub(crate) mod submit;
mod tap;
mod task;
mod there;

pub use marks::write_marks;
pub use moving::move_ready;
pub use seal::{end_votes, seal};
pub use settle::settle;
pub use state::{Kind, Mark};
pub use submit::{Outcome, Payload, Submission, submit};
pub use tap::tap;
pub(crate) use tap::{Tapped, tapped};
pub use task::keep_moving;

/// People of a cell whose marks are written together, and answers that leave the inbox together, at
/// least. The same as a cell's least number of invited.
pub const LEAST: usize = throughline_domain::listen::cell::LEAST;

/// Rows of earlier batches that are rewritten with a new one, at most: so many are enough to hide
/// it, and a large cell isn't written anew each time.
const MIX: usize = 1_000;

/// Rows that one statement inserts or names.
const CHUNK: usize = 500;
