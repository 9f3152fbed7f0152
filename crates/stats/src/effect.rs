//! Did it work: effects of something that starts at different times for different units.
//!
//! Group-time average effects after Callaway & Sant'Anna (2021, J. Econometrics 225:200-230) with
//! outcome regression, inverse probability weighting or both (Sant'Anna & Zhao 2020,
//! J. Econometrics 219:101-122), averaged in four ways, with analytic errors, simultaneous bands
//! by a multiplier bootstrap, and small-sample intervals for the averages. Beside them: a test by
//! randomisation for few treated units ([`randomise`]), comparison with matched histories where
//! units were chosen for a bad month ([`history`]), sensitivity to departing trends
//! ([`departure`]; Rambachan & Roth 2023), synthetic difference-in-differences for a single
//! treated unit ([`synthetic`]; Arkhangelsky et al. 2021), and the smallest effect a design can
//! see ([`power`]).
//!
//! Units, periods and clusters are numbers here; what they stand for is the caller's.
//!
//! Deliberately not here: treatments that end or come in doses, repeated cross-sections.

pub mod aggregate;
pub mod bootstrap;
mod cell;
pub mod departure;
pub mod group_time;
pub mod history;
pub mod judge;
mod logit;
pub mod panel;
pub mod power;
pub mod pretrend;
pub mod randomise;
mod refusal;
mod simplex;
pub mod spread;
pub mod synthetic;

pub use aggregate::{Average, Averages};
pub use group_time::{Base, Control, GroupTime, Method, Options, estimate};
pub use panel::{Panel, Rows};
pub use refusal::Refusal;
