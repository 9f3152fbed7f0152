//! What to believe after the experiment, given what was believed before: a normal prior on the
//! change and the change's estimate with its error (normal likelihood), so the posterior is normal
//! too. Expected losses are Stucchio's (2015): what is given up on average by the wrong choice.
//!
//! The prior is for the change itself, on the scale it is told in, and has to be settled before
//! the data are seen. Under about thirty rows an arm the error is itself uncertain and posteriors
//! are too narrow.

use super::fixed::upper_tail;
use crate::answer::quantile_of_t;
use crate::reason::{NoAnswer, Result, within};

/// What was believed before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// The change thought most likely.
    pub mean: f64,
    /// How sure: standard deviation.
    pub sd: f64,
}

/// What to believe now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Posterior {
    /// Expected change.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Lower end of the interval that holds the change with probability `1 - alpha`.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Probability that the treated arm is higher.
    pub chance_higher: f64,
    /// Expected loss, in units of the change, of staying with the control although the treated
    /// arm may be higher.
    pub loss_of_control: f64,
    /// Expected loss of taking the treated arm although it may be lower.
    pub loss_of_treated: f64,
}

/// Puts an estimate and its error together with a prior; `None` is a flat one.
///
/// # Errors
/// [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`] for a prior's sd past 1e-150 to 1e150,
/// [`NoAnswer::NoVariation`] if `se` isn't positive.
pub fn posterior(value: f64, se: f64, prior: Option<Prior>, alpha: f64) -> Result<Posterior> {
    within(value, -1e150, 1e150)?;
    within(alpha, 1e-12, 1.0 - 1e-12)?;
    if !(se > 0.0 && se < 1e150) {
        return Err(NoAnswer::NoVariation);
    }
    let (mean, sd) = match prior {
        None => (value, se),
        Some(prior) => {
            within(prior.mean, -1e150, 1e150)?;
            within(prior.sd, 1e-150, 1e150)?;
            // The estimate's weight, without squares that over- or underflow.
            let weight = 1.0 / (1.0 + (se / prior.sd) * (se / prior.sd));
            (
                prior.mean + weight * (value - prior.mean),
                se * weight.sqrt(),
            )
        }
    };
    if !(sd > 0.0 && mean.is_finite()) {
        return Err(NoAnswer::Arithmetic {
            what: "estimate and prior of very different size",
        });
    }
    let z = quantile_of_t(1.0 - alpha / 2.0, f64::INFINITY);
    let gain = mean_above(mean, sd);
    Ok(Posterior {
        mean,
        sd,
        low: mean - z * sd,
        high: mean + z * sd,
        chance_higher: upper_tail(-mean / sd, f64::INFINITY),
        loss_of_control: gain,
        loss_of_treated: mean_above(-mean, sd),
    })
}

/// E max(X, 0) for a normal X.
fn mean_above(mean: f64, sd: f64) -> f64 {
    let z = mean / sd;
    let density = (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
    (sd * density + mean * upper_tail(-z, f64::INFINITY)).max(0.0)
}
