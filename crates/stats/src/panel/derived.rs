//! What follows from the estimates: standardised paths, the correlation of the random intercepts
//! (errors by the delta method, derivatives exact), and what is impossible in a solution.

use super::bootstrap::{Headline, place};
use super::data::Data;
use super::fit::{AveragePath, Improper, Interval, StandardisedPath};
use super::scale;
use super::spec::{Kind, Measure, Model, Over, Spec};
use super::structure::Implied;
use crate::dense;
use crate::reason::{NoAnswer, Result};

/// What follows from the estimates.
pub(super) struct Derived {
    pub standardised: Vec<StandardisedPath>,
    pub average: [AveragePath; 4],
    pub between: Option<Interval>,
}

/// A function of the layout's parameters with its gradient over them.
struct Function {
    value: f64,
    gradient: Vec<f64>,
}

pub(super) fn derive(
    data: &Data,
    spec: &Spec,
    implied: &Implied,
    theta: &[f64],
    covariance: &[f64],
) -> Result<Derived> {
    let layout = spec.layout;
    let full = spec.spread(theta);
    let n = spec.size();
    let interval = |function: &Function| -> Result<Interval> {
        let gradient = spec.gather(&function.gradient);
        let along = dense::product(covariance, &gradient, n, 1);
        let variance = dense::dot(&gradient, &along);
        let found = Interval::wald(function.value, variance.max(0.0).sqrt());
        if found.low.is_finite() && found.high.is_finite() {
            Ok(found)
        } else {
            Err(NoAnswer::NotIdentified)
        }
    };
    let mut standardised = Vec::new();
    let share = 1.0 / (layout.waves - 1) as f64;
    let mut path = |from: Measure, to: Measure| -> Result<AveragePath> {
        let zero = || Function {
            value: 0.0,
            gradient: vec![0.0; layout.all()],
        };
        let (mut mean, mut raw) = (Some(zero()), zero());
        for wave in 1..layout.waves {
            let one = standardise(implied, &full, wave, to.index(), from.index());
            mean = mean.zip(one.as_ref()).map(|(mut mean, one)| {
                mean.value += share * one.value;
                dense::axpy(share, &one.gradient, &mut mean.gradient);
                mean
            });
            let place = layout.path(wave, to.index(), from.index());
            raw.value += share * full[place];
            raw.gradient[place] += share;
            standardised.push(StandardisedPath {
                from,
                to,
                wave: Some(wave + 1),
                value: one.and_then(|one| interval(&one).ok()),
            });
        }
        let (factor, _) = scale::units(data, super::Role::Path { from, to });
        let value = interval(&raw)?;
        Ok(AveragePath {
            from,
            to,
            raw: Interval::wald(value.estimate * factor, value.se * factor),
            standardised: mean.and_then(|mean| interval(&mean).ok()),
        })
    };
    use Measure::{X, Y};
    let average = [path(X, X)?, path(Y, X)?, path(X, Y)?, path(Y, Y)?];
    standardised.sort_by_key(|p| (p.wave, p.to.index(), p.from.index()));
    let between = match correlation(spec, &full) {
        None => None,
        // A variance of next to nothing gives no number.
        Some(function) => interval(&function).ok().map(|found| {
            // Beyond ±1 the solution is improper, and its ends are left as they are.
            if found.estimate.abs() > 1.0 {
                found
            } else {
                found.within_one()
            }
        }),
    };
    Ok(Derived {
        standardised,
        average,
        between,
    })
}

/// A path times the deviations' spread before over their spread after; none where either isn't
/// above zero, as in an impossible solution.
fn standardise(
    implied: &Implied,
    full: &[f64],
    wave: usize,
    to: usize,
    from: usize,
) -> Option<Function> {
    let layout = implied.layout;
    let p = layout.columns();
    let (predictor, outcome) = (2 * (wave - 1) + from, 2 * wave + to);
    let before = implied.omega[predictor * p + predictor];
    let after = implied.omega[outcome * p + outcome];
    if !(before > 0.0 && after > 0.0) {
        return None;
    }
    let place = layout.path(wave, to, from);
    let ratio = (before / after).sqrt();
    let value = full[place] * ratio;
    let mut gradient = vec![0.0; layout.all()];
    gradient[place] += ratio;
    add_variance(implied, predictor, 0.5 * value / before, &mut gradient);
    add_variance(implied, outcome, -0.5 * value / after, &mut gradient);
    Some(Function { value, gradient })
}

/// Adds `factor` times the derivative of a deviation's variance by all parameters.
fn add_variance(implied: &Implied, deviation: usize, factor: f64, gradient: &mut [f64]) {
    let layout = implied.layout;
    let p = layout.columns();
    let e = &implied.e[deviation * p..(deviation + 1) * p];
    let omega = &implied.omega[deviation * p..(deviation + 1) * p];
    for wave in 0..layout.waves {
        let (x, y) = (2 * wave, 2 * wave + 1);
        if wave > 0 {
            for to in 0..2 {
                for from in 0..2 {
                    gradient[layout.path(wave, to, from)] +=
                        factor * 2.0 * e[2 * wave + to] * omega[2 * (wave - 1) + from];
                }
            }
        }
        gradient[layout.within(wave, 0)] += factor * e[x] * e[x];
        gradient[layout.within(wave, 1)] += factor * 2.0 * e[x] * e[y];
        gradient[layout.within(wave, 2)] += factor * e[y] * e[y];
    }
}

/// The random intercepts' correlation.
fn correlation(spec: &Spec, full: &[f64]) -> Option<Function> {
    let layout = spec.layout;
    let [x, xy, y] = [0, 1, 2].map(|entry| full[layout.between(entry)]);
    if !(x > 0.0 && y > 0.0) {
        return None;
    }
    let root = (x * y).sqrt();
    let value = xy / root;
    let mut gradient = vec![0.0; layout.all()];
    gradient[layout.between(0)] = -0.5 * value / x;
    gradient[layout.between(1)] = 1.0 / root;
    gradient[layout.between(2)] = -0.5 * value / y;
    Some(Function { value, gradient })
}

/// What no process could have made.
pub(super) fn improper(spec: &Spec, model: Model, theta: &[f64]) -> Vec<Improper> {
    let layout = spec.layout;
    let full = spec.spread(theta);
    let mut out = Vec::new();
    if model.kind != Kind::Classic {
        let [x, xy, y] = [0, 1, 2].map(|entry| full[layout.between(entry)]);
        let least = least_eigenvalue(x, xy, y);
        if least < 0.0 {
            out.push(Improper::Between { least });
        }
    }
    let mut seen_residual = false;
    for wave in 0..layout.waves {
        let shared = model.residuals == Over::Equal && wave > 0;
        if shared && seen_residual {
            break;
        }
        seen_residual |= shared;
        let [x, xy, y] = [0, 1, 2].map(|entry| full[layout.within(wave, entry)]);
        if least_eigenvalue(x, xy, y) < 0.0 {
            out.push(Improper::Within {
                wave: (!shared).then_some(wave + 1),
            });
        }
    }
    let equal = model.paths == Over::Equal;
    let last = if equal { 2 } else { layout.waves };
    for wave in 1..last {
        let a = |to, from| full[layout.path(wave, to, from)];
        let radius = radius(a(0, 0), a(0, 1), a(1, 0), a(1, 1));
        if radius >= 1.0 {
            out.push(Improper::NotStationary {
                wave: (!equal).then_some(wave + 1),
                radius,
            });
        }
    }
    out
}

/// Smaller eigenvalue of a symmetric 2 x 2 matrix.
fn least_eigenvalue(x: f64, xy: f64, y: f64) -> f64 {
    let middle = 0.5 * (x + y);
    middle - ((0.5 * (x - y)).powi(2) + xy * xy).sqrt()
}

/// Largest size of an eigenvalue of a 2 x 2 matrix.
fn radius(a: f64, b: f64, c: f64, d: f64) -> f64 {
    let (middle, det) = (0.5 * (a + d), a * d - b * c);
    let under = middle * middle - det;
    if under >= 0.0 {
        middle.abs() + under.sqrt()
    } else {
        det.max(0.0).sqrt()
    }
}

/// What a bootstrap follows, of one solution.
pub(super) fn headline(
    data: &Data,
    spec: &Spec,
    implied: &Implied,
    theta: &[f64],
) -> Option<Headline> {
    let full = spec.spread(theta);
    let waves = spec.layout.waves;
    let mut out = Headline {
        raw: [0.0; 4],
        standardised: [0.0; 4],
        between: correlation_value(spec, &full),
    };
    let p = spec.layout.columns();
    let share = 1.0 / (waves - 1) as f64;
    for from in Measure::BOTH {
        for to in Measure::BOTH {
            let at = place(from, to);
            let (factor, _) = scale::units(data, super::Role::Path { from, to });
            for wave in 1..waves {
                let path = full[spec.layout.path(wave, to.index(), from.index())];
                let before = 2 * (wave - 1) + from.index();
                let after = 2 * wave + to.index();
                let ratio = implied.omega[before * p + before] / implied.omega[after * p + after];
                if ratio.is_nan() || ratio <= 0.0 {
                    return None;
                }
                out.raw[at] += share * factor * path;
                out.standardised[at] += share * path * ratio.sqrt();
            }
        }
    }
    Some(out)
}

fn correlation_value(spec: &Spec, full: &[f64]) -> Option<f64> {
    let [x, xy, y] = [0, 1, 2].map(|entry| full[spec.layout.between(entry)]);
    (x > 0.0 && y > 0.0).then(|| xy / (x * y).sqrt())
}
