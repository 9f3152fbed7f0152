//! Decides what may be shown. The only maker of [`Released`] and [`Entrusted`].
//!
//! Data reaches a page, a file or an API only as [`Released<T>`], or, where it is a person's
//! own or an analyst's to see, as [`Entrusted<T>`], which takes a [`Grant`]. Both serialise and
//! never deserialise; neither has a public constructor, `DerefMut` or `map`.
//!
//! ```compile_fail
//! let forged = throughline_disclosure::Released { inner: 1 };
//! ```
//!
//! What this crate does not do (the full gate has its own issue): it doesn't know what was
//! released before, so it can't see that two releases differ by one person.

mod doors;
mod groups;
mod moderation;
mod names;
mod persons;
mod quote;
mod release;
mod rules;
mod said;
mod scrub;

pub use doors::{Entrusted, FileUse, Grant, Purpose, Released};
pub use groups::{Group, merged};
pub use moderation::{LONGEST_SHOWN, Moderator, NotShown, Part, Proposal, shown};
pub use persons::{is_about_a_person, names_a_person};
pub use release::release_brief;
pub use rules::Rules;
pub use said::{CompanyWords, Count, count, votes_released};
pub use scrub::{ends_within_a_name, label, scrub};
