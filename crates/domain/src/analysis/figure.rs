//! A number with its interval, as the analyst's commands give it to machines.

use serde::Serialize;

/// A number with its error and 95% interval, or the reason why it has none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// The number.
    pub estimate: f64,
    /// Its standard error.
    pub se: Option<f64>,
    /// Degrees of freedom; none where the normal distribution was used.
    pub df: Option<f64>,
    /// Lower end of the 95% interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Why there is no interval.
    pub no_interval: Option<String>,
}
