//! The sample company: a provider of broadband and home energy that does not exist, with files
//! like those a real one would export and a truth that is known, because it was drawn.
//!
//! [`Plan::draw`] draws a company from a fixed distribution; its methods then stream the rows of
//! each file to a callback, so that a million rows never need to be held. Which problems are
//! active, how many points they cost, how many customers name them, which fixes answer them and
//! which measure moves which are all in [`Plan::truth`]. Wordings come from small grammars in
//! four banks, so that a benchmark can use words held out from the making of the product.
//!
//! Pure: no files, no clock; the same size, seed and bank give the same rows.
//!
//! ```
//! use throughline_sample::{Counts, Plan};
//! let counts = Counts { signals: 50, answers: 20, employees: 300 };
//! let plan = Plan::draw_counts(counts, 7, None);
//! let mut comments = 0;
//! plan.signals(|row, _truth| {
//!     comments += usize::from(row.comment.is_some());
//!     Ok::<(), std::convert::Infallible>(())
//! })
//! .unwrap();
//! assert!(comments > 0 && comments <= 50);
//! ```

mod answers;
mod catalogue;
mod comments;
mod dates;
mod grammar;
mod measures;
mod noise;
mod phrases;
mod plan;
mod rows;
mod score;
mod signals;
mod truth;
mod voice;
mod votes;

pub use plan::{Bank, Counts, Plan, Size};
pub use rows::{
    CHAIN_COLUMNS, ChainRow, INITIATIVE_COLUMNS, InitiativeRow, MEASURE_COLUMNS, MeasureRow,
    ROLE_COLUMNS, RoleRow, SIGNAL_COLUMNS, SIGNAL_TRUTH_COLUMNS, SignalRow, SignalTruth,
    UNIT_COLUMNS, UnitRow, VOICE_COLUMNS, VOICE_TRUTH_COLUMNS, VOTE_COLUMNS, VoiceKind, VoiceRow,
    VoiceTruth, VoteRow,
};
pub use truth::{
    LeverTruth, NeedTruth, PainTruth, PathTruth, StrengthTruth, Trend, TrendTruth, Truth,
};

/// Name of the source whose scores carry the true drags.
pub const SURVEY: &str = "service survey";
/// Name of the source without scores.
pub const TICKETS: &str = "support tickets";
/// Name of the source with one to five stars.
pub const REVIEWS: &str = "reviews";
