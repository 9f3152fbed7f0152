//! From votes to an order.
//!
//! - Pairs, "this one or that one" ([`pairs`]): strengths by Bradley & Terry 1952 (Biometrika
//!   39:324-345), ties by Davidson 1970 (JASA 65:317-328). [`fit`] climbs by Newton's method;
//!   [`mm`] is Hunter's MM algorithm (2004, Annals of Statistics 32:384-406), slower and kept as a
//!   second opinion. Unpenalised strengths exist only where votes order every two groups of items
//!   both ways ([`groups`]); elsewhere, and for few votes, strengths are shrunk ([`Shrinkage`]).
//! - Rankings ([`rankings`]): Plackett 1975 (Applied Statistics 24:193-202) and Luce 1959.
//! - Intervals ([`order`]) resample voters, never votes: one voter casts many.
//! - Yes, no and pass ([`agreement`]): the share of yes, overall and across groups.
//! - [`wiki`]: the wiki-survey score, a description.
//! - [`next`]: the pair worth asking next. [`live`]: strengths that follow each vote.
//!
//! Strengths are log-odds: an item one above another is chosen over it with odds of e to 1. What
//! is compared is what voters were shown; nothing here knows whether they were the right voters.

pub mod agreement;
mod climb;
mod davidson;
mod evidence;
mod fit;
pub mod groups;
mod learn;
pub mod live;
mod luce;
pub mod mm;
pub mod next;
mod order;
pub mod pairs;
pub mod rankings;
mod redraw;
pub mod wiki;

pub use fit::{Shrinkage, Strength, fit, fit_rankings};
pub use order::{Order, Placed, VOTERS_NEEDED as VOTERS_FOR_INTERVALS, order, order_rankings};
pub use pairs::{Pairs, Vote};
pub use rankings::{Place, Rankings};
