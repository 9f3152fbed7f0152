//! Flags whose text has parts: bounds, splits, priors.

use super::ExperimentRequest;
use crate::error::{EngineError, Result};
use throughline_stats::experiment::bayes::Prior;
use throughline_stats::experiment::sequence::betting::Bounds;
use throughline_stats::experiment::several::Adjustment;

/// The parts.
pub(super) struct Flags {
    pub bounds: Option<Bounds>,
    pub weights: Option<Vec<f64>>,
    pub adjust: Option<Adjustment>,
    pub prior: Option<Prior>,
}

/// Reads them, and refuses combinations that can't be meant.
pub(super) fn parsed(request: &ExperimentRequest) -> Result<Flags> {
    if request.outcomes.is_empty() {
        return refused("no outcome was named".into(), "name one with `--outcome`");
    }
    let is_ratio = request.metric.as_deref() == Some("ratio");
    if is_ratio && request.denominator.is_none() {
        return refused(
            "a ratio needs a column to divide by".into(),
            "name it with `--denominator`",
        );
    }
    if request.denominator.is_some() && request.metric.as_deref().is_some_and(|m| m != "ratio") {
        return refused(
            "`--denominator` makes the outcome a ratio".into(),
            "leave out `--metric`, or say `--metric ratio`",
        );
    }
    if request.denominator.is_some() && request.before.is_some() {
        return refused(
            "a ratio can't be adjusted for what was before".into(),
            "leave out `--before` or `--denominator`",
        );
    }
    if !(request.smallest >= 0.0 && request.smallest.is_finite()) {
        return refused(
            format!("`--smallest {}` is no size", request.smallest),
            "give the smallest difference that matters, in the outcome's unit: 0 or more",
        );
    }
    if request.horizon.is_some_and(|rows| rows < 10) {
        return refused(
            "a horizon of under ten rows leaves nothing to look at".into(),
            "give the rows that the whole experiment will have",
        );
    }
    if request.sequence.as_deref() == Some("none") && request.horizon.is_some() {
        return refused(
            "`--sequence none` looks once, and `--horizon` is for looking all the time".into(),
            "leave one of the two out",
        );
    }
    if request.sequence.as_deref() == Some("normal")
        && request.sd.is_none()
        && request.bounds.is_none()
    {
        return refused(
            "a normal mixture needs a scatter that is known beforehand".into(),
            "give it with `--sd`, or bounds with `--bounds`",
        );
    }
    if let Some(sd) = request.sd
        && !(sd > 0.0 && sd.is_finite())
    {
        return refused(format!("`--sd {sd}` is no scatter"), "it has to be above 0");
    }
    Ok(Flags {
        bounds: request.bounds.as_deref().map(bounds).transpose()?,
        weights: request.expected_split.as_deref().map(weights).transpose()?,
        adjust: match request.adjust.as_deref() {
            None => None,
            Some("holm") => Some(Adjustment::Holm),
            Some("bh") => Some(Adjustment::BenjaminiHochberg),
            Some(other) => {
                return refused(
                    format!("`--adjust {other}` is unknown"),
                    "it can be `holm` or `bh`",
                );
            }
        },
        prior: request.prior.as_deref().map(prior).transpose()?,
    })
}

pub(super) fn refused<T>(what: String, hint: &'static str) -> Result<T> {
    Err(EngineError::Request { what, hint })
}

fn bounds(text: &str) -> Result<Bounds> {
    let scale = throughline_lake::parse_scale(text)?;
    if !(scale.low < scale.high && scale.low.abs() <= 1e50 && scale.high.abs() <= 1e50) {
        return refused(
            format!("`--bounds {text}` leaves no room"),
            "write the lower end first, as in `1:5`",
        );
    }
    Ok(Bounds {
        low: scale.low,
        high: scale.high,
    })
}

/// Parts of a whole, `1:1` or `50:25:25`.
pub(super) fn weights(text: &str) -> Result<Vec<f64>> {
    let parts: Option<Vec<f64>> = text
        .split(':')
        .map(|part| {
            let part: f64 = part.trim().parse().ok()?;
            (1e-6..=1e6).contains(&part).then_some(part)
        })
        .collect();
    match parts {
        Some(parts) if parts.len() >= 2 => Ok(parts),
        _ => refused(
            format!("`{text}` is not a split"),
            "write the parts with colons, the control's first, as in `1:1` or `50:25:25`",
        ),
    }
}

fn prior(text: &str) -> Result<Prior> {
    let parts: Option<Vec<f64>> = text
        .split(',')
        .map(|part| part.trim().parse().ok())
        .collect();
    match parts.as_deref() {
        Some(&[mean, sd]) if mean.abs() <= 1e50 && (1e-50..=1e50).contains(&sd) => {
            Ok(Prior { mean, sd })
        }
        _ => refused(
            format!("`--prior {text}` is not a prior"),
            "write the difference you expect and how sure you are (standard deviation), as in `0,0.5`",
        ),
    }
}
