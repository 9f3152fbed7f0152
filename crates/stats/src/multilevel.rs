//! Multilevel regression: coefficients that hold for all, effects that differ between groups.
//!
//! `y = Xβ + Zb + e`, `b ~ N(0, σ²ΛΛ')` by grouping, `e ~ N(0, σ²)`, fitted by restricted (REML)
//! or full maximum likelihood as Bates, Mächler, Bolker & Walker (2015, J. Statistical Software
//! 67(1)) do: coefficients and `σ` profiled out, `Λ` searched. Groupings may be nested or crossed.
//! Coefficients have Satterthwaite degrees of freedom (Kuznetsova et al. 2017) and, under REML,
//! intervals from Kenward and Roger's adjusted errors, so that they hold with few groups. Same
//! answers as R's lme4, nlme, lmerTest and pbkrtest, checked in `tests/`.
//!
//! One pass over the rows makes sums a group; the search sees those alone, so a million rows cost
//! little more than reading them. Exact slopes lead the search.
//!
//! A variance at zero or a correlation at one is an answer ([`Fit::singular`]), not an error.
//!
//! Deliberately not here: weights, residuals that resemble each other in time or differ in size,
//! outcomes that aren't numbers on a scale, more than 6,000 effects outside the largest grouping.

mod adjustment;
mod criterion;
mod crossed;
mod design;
mod freedom;
mod nested;
mod outcome;
mod parts;
mod search;

pub use crossed::MOST as MOST_CROSSED;
pub use parts::{Parts, Resemblance, parts, resemblance};

use crate::answer::Answer;
use crate::reason::Result;
use crate::symmetric::Symmetric;
use criterion::Problem;
use crossed::Crossing;
use design::Design;

/// Which likelihood is maximised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// Restricted (REML): variances allow for the coefficients having been estimated. For reports.
    Restricted,
    /// Full (ML): for comparing models with different predictors.
    Full,
}

/// Groups, and what differs between them.
#[derive(Clone, Copy, Debug)]
pub struct Grouping<'a> {
    /// The group of each row, `0..groups`.
    pub group: &'a [usize],
    /// How many groups there are; those without rows are predicted, not counted.
    pub groups: usize,
    /// Whether the level differs between groups (a random intercept).
    pub intercept: bool,
    /// Columns whose slopes differ between groups, each as long as the outcome.
    pub slopes: &'a [&'a [f64]],
    /// Whether effects of one group may go together; otherwise their correlations are zero.
    pub correlated: bool,
}

/// What to fit.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    /// One value a row.
    pub outcome: &'a [f64],
    /// Predictors, each as long as the outcome.
    pub fixed: &'a [&'a [f64]],
    /// Whether a constant stands before the predictors.
    pub intercept: bool,
    /// One or more groupings.
    pub groupings: &'a [Grouping<'a>],
    /// Which likelihood.
    pub criterion: Criterion,
}

/// One coefficient.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefficient {
    /// The predictor's place; `None` for the constant.
    pub column: Option<usize>,
    /// Its value, error, degrees of freedom and interval, in the outcome's unit by the column's.
    pub estimate: Answer,
}

/// What differs between the groups of one grouping; the level first if it differs, then slopes.
#[derive(Clone, Debug, PartialEq)]
pub struct Effects {
    /// Groups with rows.
    pub groups: usize,
    /// Covariance of the effects.
    pub covariance: Symmetric,
    /// Their standard deviations.
    pub sd: Vec<f64>,
    /// 95% intervals of those by the normal approximation on the log scale (as nlme's
    /// `intervals`), or why there is none.
    pub sd_intervals: Vec<Result<(f64, f64)>>,
    /// Whether a variance is zero or effects go together exactly.
    pub singular: bool,
    /// Predicted effects (conditional modes, BLUPs), `groups × effects`, row by row; zero for
    /// groups without rows.
    pub predicted: Vec<f64>,
    /// Their conditional standard deviations, given the coefficients and variances.
    pub predicted_errors: Vec<f64>,
}

/// A fitted model.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Rows.
    pub n: u64,
    /// The likelihood maximised.
    pub criterion: Criterion,
    /// The constant if there is one, then one for each predictor.
    pub coefficients: Vec<Coefficient>,
    /// Covariance of the coefficients' errors as if variances were known (lme4's `vcov`).
    pub covariance: Symmetric,
    /// The same with what the variances' own errors add (pbkrtest's `vcovAdj`): for REML, with one
    /// grouping or crossed ones of up to 1,000 effects. Intervals rest on it.
    pub adjusted: Option<Symmetric>,
    /// One for each grouping.
    pub effects: Vec<Effects>,
    /// Standard deviation of what is left.
    pub residual_sd: f64,
    /// Its 95% interval.
    pub residual_sd_interval: Result<(f64, f64)>,
    /// Log of the likelihood maximised; -2 × it is lme4's REML criterion or deviance.
    pub log_likelihood: f64,
    /// Coefficients and variances estimated.
    pub parameters: usize,
    /// Akaike's criterion.
    pub aic: f64,
    /// Schwarz's criterion; counts rows as nlme does (less the coefficients under REML).
    pub bic: f64,
    /// Whether a variance sits at zero or a correlation at one: fewer effects tell the same.
    pub singular: bool,
    /// Slopes of `covariance` in the variance parameters.
    slopes: Vec<Symmetric>,
    /// Covariance of the variance parameters' errors.
    asymptotic: Symmetric,
    values: Vec<f64>,
}

/// Fits the model.
///
/// # Errors
/// [`NoAnswer::Empty`](crate::NoAnswer::Empty) without rows, groupings, or any predictor or
/// constant, [`Shape`](crate::NoAnswer::Shape) if columns differ in length or a group is past the
/// end, [`NotFinite`](crate::NoAnswer::NotFinite) and [`OutOfRange`](crate::NoAnswer::OutOfRange)
/// (beyond ±1e100) for numbers, [`NoVariation`](crate::NoAnswer::NoVariation) for an outcome that
/// is the same throughout, [`ConstantColumn`](crate::NoAnswer::ConstantColumn),
/// [`Inseparable`](crate::NoAnswer::Inseparable), [`TooFewRows`](crate::NoAnswer::TooFewRows),
/// [`TooFewGroups`](crate::NoAnswer::TooFewGroups),
/// [`MoreEffectsThanRows`](crate::NoAnswer::MoreEffectsThanRows),
/// [`ExactFit`](crate::NoAnswer::ExactFit), [`TooManyItems`](crate::NoAnswer::TooManyItems) for
/// crossed groupings too large, [`Unsettled`](crate::NoAnswer::Unsettled) and
/// [`Arithmetic`](crate::NoAnswer::Arithmetic) if the search fails.
pub fn fit(model: &Model<'_>) -> Result<Fit> {
    let design = Design::of(model)?;
    let crossing = match model.groupings {
        [_] => None,
        _ => Some(Crossing::of(&design, model)?),
    };
    let problem = Problem::new(design, crossing, model.criterion);
    let mirrored: Vec<usize> = problem
        .places
        .iter()
        .enumerate()
        .filter(|(_, (_, i, j))| i == j)
        .map(|(k, _)| k)
        .collect();
    let theta = search::lowest(
        &|at: &[f64]| problem.profiled(at),
        problem.start(),
        &mirrored,
    )?;
    let (theta, value, curvature) = freedom::curvature(&problem, theta)?;
    let modes = problem.modes(&theta, &value)?;
    let adjusted = adjustment::adjusted(&problem, &theta, &value)?;
    outcome::outcome(&problem, &theta, &value, &curvature, adjusted, modes)
}
