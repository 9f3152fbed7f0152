//! Fitting one model to a panel: estimates with their errors, standardised paths, the relation
//! between units, and fit figures.
//!
//! It follows the data wherever they lead: variances may come out negative and processes explode,
//! which is told ([`Fit::improper`]), not hidden. Verdicts are [`super::link`]'s.

use super::climb::{Point, Problem};
use super::data::Data;
use super::global::{GlobalFit, References, global, references};
use super::scale;
use super::spec::{Kind, Measure, Model, Role, Spec};
use super::start::starts;
use super::{Panel, derived};
use crate::dense;
use crate::reason::{NoAnswer, Result};

/// How standard errors are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errors {
    /// From the observed information.
    Observed,
    /// Huber's and White's sandwich: right where values aren't normal, given enough units.
    Robust,
}

/// What to do beside the estimates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How standard errors are made.
    pub errors: Errors,
    /// Whether to fit the models that fit figures compare with.
    pub global: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            errors: Errors::Observed,
            global: true,
        }
    }
}

/// A value with its standard error and 95% interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The value.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Estimate ± 1.96 standard errors.
    pub(super) fn wald(estimate: f64, se: f64) -> Self {
        let half = crate::answer::Z * se;
        Self {
            estimate,
            se,
            low: estimate - half,
            high: estimate + half,
        }
    }

    /// With ends that a correlation can have.
    pub(super) fn within_one(self) -> Self {
        Self {
            low: self.low.clamp(-1.0, 1.0),
            high: self.high.clamp(-1.0, 1.0),
            ..self
        }
    }
}

/// One free parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// What it is.
    pub role: Role,
    /// The wave it belongs to, from 1 (a path's is its outcome's); none where it is held equal
    /// over time or belongs to no wave.
    pub wave: Option<usize>,
    /// In the units of the values.
    pub value: Interval,
}

/// A path in standard deviations within units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StandardisedPath {
    /// Predictor, one wave earlier.
    pub from: Measure,
    /// Outcome.
    pub to: Measure,
    /// The outcome's wave, from 1.
    pub wave: Option<usize>,
    /// Standard deviations of the outcome per standard deviation of the predictor; none where a
    /// variance within units isn't positive.
    pub value: Option<Interval>,
}

/// The mean over waves of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AveragePath {
    /// Predictor, one wave earlier.
    pub from: Measure,
    /// Outcome.
    pub to: Measure,
    /// In the units of the values (as it is where held equal).
    pub raw: Interval,
    /// Standardised; none where it isn't in one of the waves.
    pub standardised: Option<Interval>,
}

/// What is wrong with a solution that no process could have made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Improper {
    /// A random intercept's variance is negative, or their correlation is beyond ±1.
    Between {
        /// The smaller eigenvalue of the random intercepts' correlation-like matrix.
        least: f64,
    },
    /// A (residual) variance within units is negative, or a correlation beyond ±1.
    Within {
        /// The wave, from 1; none where it is held equal.
        wave: Option<usize>,
    },
    /// The paths let deviations grow for ever.
    NotStationary {
        /// The wave, from 1; none where paths are held equal.
        wave: Option<usize>,
        /// Largest size of an eigenvalue.
        radius: f64,
    },
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// What was fitted.
    pub model: Model,
    /// Units with at least one value.
    pub units: usize,
    /// Waves.
    pub waves: usize,
    /// Values there are.
    pub values: usize,
    /// Log-likelihood of the values as given.
    pub loglik: f64,
    /// The free parameters.
    pub parameters: Vec<Parameter>,
    /// Standardised paths of each wave, four a wave.
    pub standardised: Vec<StandardisedPath>,
    /// Means over waves of the four paths: place 2 to + from, x before y.
    pub average: [AveragePath; 4],
    /// Correlation of the random intercepts; none in a model without or where a variance isn't
    /// positive.
    pub between: Option<Interval>,
    /// What is impossible in the solution; empty where it is proper.
    pub improper: Vec<Improper>,
    /// Fit figures, where asked, or why there are none.
    pub global: Option<Result<GlobalFit>>,
    /// Akaike's criterion.
    pub aic: f64,
    /// Schwarz's criterion.
    pub bic: f64,
    /// All parameters of the layout and their covariance, scaled, for what follows.
    pub(super) inner: Inner,
}

/// A fit in the scale it was made in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Inner {
    pub theta: Vec<f64>,
    /// Factor of the observed information.
    pub factor: Vec<f64>,
}

impl Fit {
    /// Free parameters.
    pub fn size(&self) -> usize {
        self.parameters.len()
    }

    /// A path of one wave (from 2), or the one held equal over time.
    pub fn path(&self, from: Measure, to: Measure, wave: Option<usize>) -> Option<&Parameter> {
        self.parameters
            .iter()
            .find(|p| p.role == Role::Path { from, to } && p.wave == wave)
    }

    /// The mean over waves of a path.
    pub fn average(&self, from: Measure, to: Measure) -> &AveragePath {
        &self.average[super::bootstrap::place(from, to)]
    }
}

/// Fits a model by full-information maximum likelihood: every value counts, whatever else of its
/// unit is missing (at random).
///
/// # Errors
/// [`NoAnswer::TooFewPeriods`], [`NoAnswer::TooFewUnits`], [`NoAnswer::TooManyMissing`],
/// [`NoAnswer::TooFewInWave`], [`NoAnswer::ConstantInWave`], [`NoAnswer::MoveAsOne`],
/// [`NoAnswer::NoVariation`]; and where the likelihood has no top that tells the parameters,
/// [`NoAnswer::NotIdentified`] or [`NoAnswer::NotConverged`].
pub fn fit(panel: &Panel, model: Model, options: Options) -> Result<Fit> {
    panel.check(model.waves_needed())?;
    let data = Data::new(panel)?;
    fit_data(&data, model, options)
}

/// [`fit`] for data already checked and scaled.
pub(super) fn fit_data(data: &Data, model: Model, options: Options) -> Result<Fit> {
    let found = options.global.then(|| references(data));
    fit_with(data, model, options, found.as_ref())
}

/// [`fit_data`] with the models fit figures compare with already fitted.
pub(super) fn fit_with(
    data: &Data,
    model: Model,
    options: Options,
    found: Option<&Result<References>>,
) -> Result<Fit> {
    let spec = Spec::new(model, data.waves);
    if data.units * data.columns <= spec.size() || data.values() <= spec.size() {
        return Err(NoAnswer::TooFewRows {
            n: data.values() as u64,
            needed: spec.size() as u64 + 1,
        });
    }
    let problem = Problem::new(data, &spec);
    let start = starts(data, model)
        .into_iter()
        .filter_map(|full| problem.at(spec.average(&full)))
        .max_by(|a, b| a.pass.loglik.total_cmp(&b.pass.loglik))
        .ok_or(NoAnswer::NotIdentified)?;
    let (near, _) = problem.climb(start, 1e-8, None)?;
    finish(&problem, near, model, options, found)
}

/// From a point near the top: the last steps, errors, and all that follows.
fn finish(
    problem: &Problem,
    near: Point,
    model: Model,
    options: Options,
    found: Option<&Result<References>>,
) -> Result<Fit> {
    let (data, spec) = (problem.data, problem.spec);
    let n = spec.size();
    let robust = options.errors == Errors::Robust;
    let (point, information) = problem.polish(near, robust)?;
    let (covariance, factor) = covariance(&information.observed, information.scores.as_deref(), n)?;
    let loglik = point.pass.loglik - data.log_scale();
    let parameters = scale::parameters(data, spec, &point.theta, &covariance);
    let everything = parameters
        .iter()
        .flat_map(|p| [p.value.estimate, p.value.se, p.value.low, p.value.high])
        .chain([loglik]);
    for value in everything {
        if !value.is_finite() {
            return Err(NoAnswer::NotIdentified);
        }
    }
    let derived = derived::derive(data, spec, &point.implied, &point.theta, &covariance)?;
    let improper = derived::improper(spec, model, &point.theta);
    let size = n as f64;
    Ok(Fit {
        model,
        units: data.units,
        waves: data.waves,
        values: data.values(),
        loglik,
        parameters,
        standardised: derived.standardised,
        average: derived.average,
        between: match model.kind {
            Kind::RandomIntercepts => derived.between,
            _ => None,
        },
        improper,
        global: found.map(|found| match found {
            Ok(found) => global(data, &point, n, found),
            Err(reason) => Err(reason.clone()),
        }),
        aic: 2.0 * size - 2.0 * loglik,
        bic: size * (data.units as f64).ln() - 2.0 * loglik,
        inner: Inner {
            theta: point.theta,
            factor,
        },
    })
}

/// Covariance of the estimates and the factor of the observed information.
fn covariance(observed: &[f64], scores: Option<&[f64]>, n: usize) -> Result<(Vec<f64>, Vec<f64>)> {
    let mut factor = observed.to_vec();
    dense::cholesky(&mut factor, n, dense::ROUNDING).map_err(|_| NoAnswer::NotIdentified)?;
    let (mut work, mut inverse) = (Vec::new(), Vec::new());
    dense::invert(&factor, n, &mut work, &mut inverse);
    let covariance = match scores {
        None => inverse,
        Some(scores) => {
            let half = dense::product(&inverse, scores, n, n);
            dense::product(&half, &inverse, n, n)
        }
    };
    Ok((covariance, factor))
}
