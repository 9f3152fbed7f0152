//! `throughline levels`: a multilevel regression.

use super::Figure;
use serde::Serialize;

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Levels {
    /// What was fitted, in a few words.
    pub model: String,
    /// The outcome's column.
    pub outcome: String,
    /// `REML` or `ML`.
    pub criterion: &'static str,
    /// Rows used.
    pub n_rows: u64,
    /// Rows left out because a value is missing.
    pub n_left_out: u64,
    /// The constant, then the predictors.
    pub coefficients: Vec<Coefficient>,
    /// For predictors taken apart: the slope between groups less the one within.
    pub contexts: Vec<Context>,
    /// One for each column of groups.
    pub groups: Vec<Group>,
    /// Standard deviation of what is left within groups.
    pub residual_sd: f64,
    /// Lower end of its 95% interval.
    pub residual_sd_low: Option<f64>,
    /// Upper end.
    pub residual_sd_high: Option<f64>,
    /// Log of the (restricted) likelihood.
    pub log_likelihood: f64,
    /// Akaike's criterion.
    pub aic: f64,
    /// Schwarz's criterion.
    pub bic: f64,
    /// Coefficients and variances estimated.
    pub parameters: usize,
    /// Whether a variance is zero or effects go together exactly.
    pub singular: bool,
    /// What to know before believing it.
    pub warnings: Vec<String>,
}

/// What holds for all groups.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coefficient {
    /// The predictor's column; none for the constant.
    pub name: Option<String>,
    /// Which part of it: `within`, `between`, or none if it wasn't taken apart.
    pub part: Option<&'static str>,
    /// Units of the outcome per unit of the column.
    #[serde(flatten)]
    pub figure: Figure,
}

/// How much more a predictor goes with the outcome between groups than within.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Context {
    /// The predictor's column.
    pub name: String,
    /// Between less within.
    #[serde(flatten)]
    pub figure: Figure,
}

/// How groups differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// The column of groups.
    pub name: String,
    /// Groups.
    pub n: usize,
    /// Share of the outcome's variance between these groups before anything is explained (ICC(1)
    /// of a one-way analysis of variance).
    pub icc: Option<f64>,
    /// Reliability of a group's mean (ICC(2)).
    pub icc_of_means: Option<f64>,
    /// What differs: the level, then slopes.
    pub effects: Vec<Effect>,
    /// How these go together, pair by pair.
    pub correlations: Vec<Correlation>,
}

/// One thing that differs between groups.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// The column whose slope differs; none for the level.
    pub name: Option<String>,
    /// Standard deviation between groups.
    pub sd: f64,
    /// Lower end of its 95% interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Why there is no interval.
    pub no_interval: Option<String>,
}

/// How two effects of a group go together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Correlation {
    /// The first; none for the level.
    pub one: Option<String>,
    /// The second.
    pub other: Option<String>,
    /// The correlation; none where one of them doesn't differ.
    pub correlation: Option<f64>,
}
