//! From the scale a model is fitted in back to the units of the values.
//!
//! A measure's columns are centred and divided by its spread before fitting; a path into y from x
//! then grows by (spread of y / spread of x), a covariance by the product of spreads, a mean by
//! its spread, and the centre is put back.

use super::data::Data;
use super::fit::{Interval, Parameter};
use super::spec::{Role, Spec};

/// Free parameters in the units of the values, with intervals.
pub(super) fn parameters(
    data: &Data,
    spec: &Spec,
    theta: &[f64],
    covariance: &[f64],
) -> Vec<Parameter> {
    let n = spec.size();
    spec.named
        .iter()
        .enumerate()
        .map(|(k, named)| {
            let (factor, shift) = units(data, named.role);
            let se = covariance[k * n + k].sqrt() * factor;
            Parameter {
                role: named.role,
                wave: named.wave.map(|wave| wave + 1),
                value: Interval::wald(theta[k] * factor + shift, se),
            }
        })
        .collect()
}

/// What a scaled parameter is multiplied with, and what is added.
pub(super) fn units(data: &Data, role: Role) -> (f64, f64) {
    let scale = |measure: super::Measure| data.scale[measure.index()];
    match role {
        Role::Path { from, to } => (scale(to) / scale(from), 0.0),
        Role::Within(a, b) | Role::Between(a, b) => (scale(a) * scale(b), 0.0),
        Role::Mean(measure) => (scale(measure), data.centre[measure.index()]),
    }
}
