//! Models against each other: are paths equal over time, and is there a random intercept at all?
//!
//! A variance can't be negative, so without a random intercept the likelihood ratio for its variance
//! and covariance is half of the time that of the covariance alone: a mixture of two chi-squares.
//! Sources: Self & Liang 1987; Stram & Lee 1994.

use super::climb::Problem;
use super::data::Data;
use super::fit::Fit;
use super::global::tail;
use super::spec::{Kind, Measure, Model, Role, Spec};
use super::start::starts;
use crate::reason::{NoAnswer, Result};

/// A likelihood-ratio test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Twice the difference of log-likelihoods, at least 0.
    pub chisq: f64,
    /// Parameters the smaller model has fewer.
    pub df: usize,
    /// How often so large a difference comes by chance where the smaller model is right.
    pub p: f64,
}

/// Tests a model against one with more free parameters, both fitted to the same panel.
///
/// # Errors
/// [`NoAnswer::Shape`] where the second has no more parameters or the panels differ in size.
pub fn compare(smaller: &Fit, larger: &Fit) -> Result<Comparison> {
    if smaller.values != larger.values || smaller.size() >= larger.size() {
        return Err(NoAnswer::Shape {
            expected: smaller.size() + 1,
            got: larger.size(),
        });
    }
    let df = larger.size() - smaller.size();
    let chisq = (2.0 * (larger.loglik - smaller.loglik)).max(0.0);
    Ok(Comparison {
        chisq,
        df,
        p: tail(chisq, df),
    })
}

/// Whether a measure's stable differences between units are more than chance: its random
/// intercept's variance and covariance against none.
pub(super) fn intercept(data: &Data, fit: &Fit, measure: Measure) -> Result<Comparison> {
    let other = match measure {
        Measure::X => Measure::Y,
        Measure::Y => Measure::X,
    };
    let without = Model {
        kind: Kind::OneIntercept(other),
        ..fit.model
    };
    let spec = Spec::new(without, data.waves);
    let problem = Problem::new(data, &spec);
    let start = starts(data, without)
        .into_iter()
        .filter_map(|full| problem.at(spec.average(&full)))
        .max_by(|a, b| a.pass.loglik.total_cmp(&b.pass.loglik))
        .ok_or(NoAnswer::NotIdentified)?;
    let top = problem.top(start, 1e-6, None)?;
    let loglik = top.pass.loglik - data.log_scale();
    let variance = fit
        .parameters
        .iter()
        .find(|p| p.role == Role::Between(measure, measure))
        .map_or(0.0, |p| p.value.estimate);
    let chisq = if variance > 0.0 {
        (2.0 * (fit.loglik - loglik)).max(0.0)
    } else {
        0.0
    };
    Ok(Comparison {
        chisq,
        df: 2,
        p: if chisq > 0.0 {
            0.5 * (tail(chisq, 1) + tail(chisq, 2))
        } else {
            1.0
        },
    })
}
