//! Intervals for panels too small for the usual ones: panels drawn from the fitted model, with the
//! same values missing and the same sampling errors, and fitted again.
//!
//! Sources: Efron & Tibshirani 1993, chapters 6 and 12; Davison & Hinkley 1997, section 5.2. It
//! can't help where the solution is improper: nothing can be drawn from it.

use super::climb::Problem;
use super::data::Data;
use super::derived::headline;
use super::fit::{Fit, Interval};
use super::spec::{Measure, Spec};
use super::structure::Implied;
use crate::dense;
use crate::random::generator;
use crate::reason::{NoAnswer, Result};
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

/// Gain in log-likelihood below which a draw's climb ends: a few hundredths of a standard error.
const NEAR: f64 = 1e-3;

/// Share of draws that must be fitted.
const NEEDED: f64 = 0.9;

/// The quantities followed: the four paths, raw and standardised, as means over waves, then the
/// random intercepts' correlation (`None` in a draw where a variance isn't positive).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Headline {
    pub raw: [f64; 4],
    pub standardised: [f64; 4],
    pub between: Option<f64>,
}

/// Place of a path among four.
pub(super) fn place(from: Measure, to: Measure) -> usize {
    2 * to.index() + from.index()
}

/// What the draws gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Bootstrap {
    /// Panels drawn.
    pub draws: usize,
    /// Those that could be fitted.
    pub fitted: usize,
    /// Paths in the units of the values, mean over waves: place 2 to + from.
    pub(super) raw: [Interval; 4],
    /// Standardised paths, mean over waves.
    pub(super) standardised: [Interval; 4],
    /// Correlation of the random intercepts: none where the panel itself gives none,
    /// [`NoAnswer::TooFewFits`] where too few draws do.
    pub between: Option<Result<Interval>>,
}

impl Bootstrap {
    /// A path in the units of the values.
    pub fn raw(&self, from: Measure, to: Measure) -> Interval {
        self.raw[place(from, to)]
    }

    /// A standardised path, mean over waves.
    pub fn standardised(&self, from: Measure, to: Measure) -> Interval {
        self.standardised[place(from, to)]
    }
}

/// Draws `draws` panels and fits them.
///
/// # Errors
/// [`NoAnswer::NotIdentified`] where the fitted model can't be drawn from, [`NoAnswer::TooFewFits`]
/// where too many draws can't be fitted.
pub(super) fn bootstrap(data: &Data, fit: &Fit, draws: usize, seed: u64) -> Result<Bootstrap> {
    let spec = Spec::new(fit.model, data.waves);
    let full = spec.spread(&fit.inner.theta);
    let implied = Implied::new(spec.layout, &full);
    let mut root = implied.sigma.clone();
    dense::cholesky(&mut root, data.columns, dense::ROUNDING)
        .map_err(|_| NoAnswer::NotIdentified)?;
    let own = headline(data, &spec, &implied, &fit.inner.theta).ok_or(NoAnswer::NotIdentified)?;
    let found: Vec<Headline> = (0..draws)
        .into_par_iter()
        .filter_map(|draw| {
            let drawn = draw_panel(data, &implied, &root, seed, draw);
            let problem = Problem::new(&drawn, &spec);
            let start = problem.at(fit.inner.theta.clone())?;
            let top = problem
                .top(start.clone(), NEAR, Some(&fit.inner.factor))
                .or_else(|_| problem.top(start, NEAR, None))
                .ok()?;
            headline(&drawn, &spec, &top.implied, &top.theta)
        })
        .collect();
    enough(found.len(), draws)?;
    let one = |estimate: f64, pick: &dyn Fn(&Headline) -> f64| {
        interval(estimate, found.iter().map(pick).collect())
    };
    let between = own.between.map(|r| {
        let drawn: Vec<f64> = found.iter().filter_map(|h| h.between).collect();
        correlation(r, drawn, draws)
    });
    Ok(Bootstrap {
        draws,
        fitted: found.len(),
        raw: std::array::from_fn(|k| one(own.raw[k], &|h| h.raw[k])),
        standardised: std::array::from_fn(|k| one(own.standardised[k], &|h| h.standardised[k])),
        between,
    })
}

fn enough(n: usize, draws: usize) -> Result<()> {
    if n < 20 || (n as f64) < NEEDED * draws as f64 {
        return Err(NoAnswer::TooFewFits { n, of: draws });
    }
    Ok(())
}

/// The interval of a correlation, from the draws that gave one.
fn correlation(estimate: f64, drawn: Vec<f64>, draws: usize) -> Result<Interval> {
    enough(drawn.len(), draws)?;
    Ok(interval(estimate, drawn).within_one())
}

/// The bootstrap's interval.
fn interval(estimate: f64, mut draws: Vec<f64>) -> Interval {
    draws.sort_by(f64::total_cmp);
    let n = draws.len() as f64;
    let mean = draws.iter().sum::<f64>() / n;
    let se = (draws.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let centre = estimate - (mean - estimate);
    let half = crate::answer::Z * se;
    Interval {
        estimate,
        se,
        low: centre - half,
        high: centre + half,
    }
}

/// A panel of the same shape from the model.
fn draw_panel(data: &Data, implied: &Implied, root: &[f64], seed: u64, draw: usize) -> Data {
    let p = data.columns;
    let mut random = generator(seed, &format!("panel draw {draw}"));
    let mut drawn = data.clone();
    let mut normals = vec![0.0; p];
    for group in &data.groups {
        for unit in group.rows.clone() {
            for value in &mut normals {
                *value = StandardNormal.sample(&mut random);
            }
            let row = &mut drawn.rows[unit * p..(unit + 1) * p];
            row.fill(0.0);
            for &j in &group.there {
                row[j] = implied.mean[j] + dense::dot(&root[j * p..j * p + j + 1], &normals[..=j]);
            }
            if let Some(errors) = data.error(unit) {
                for (wave, error) in errors.chunks_exact(3).enumerate() {
                    let (first, second): (f64, f64) = (
                        StandardNormal.sample(&mut random),
                        StandardNormal.sample(&mut random),
                    );
                    let x = error[0].sqrt();
                    let slope = if x > 0.0 { error[1] / x } else { 0.0 };
                    let rest = (error[2] - slope * slope).max(0.0).sqrt();
                    for (j, noise) in [
                        (2 * wave, x * first),
                        (2 * wave + 1, slope * first + rest * second),
                    ] {
                        if group.there.contains(&j) {
                            row[j] += noise;
                        }
                    }
                }
            }
        }
    }
    drawn.summarise();
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correlations_ends_are_correlations_and_few_draws_give_none() {
        // Draws far below the estimate push the interval past 1: bias corrected, 1.8 ± 0.06.
        let drawn: Vec<f64> = (0..100).map(|k| f64::from(k % 2) * 0.06).collect();
        let found = correlation(0.9, drawn.clone(), 100).expect("an interval");
        assert_eq!((found.low, found.high), (1.0, 1.0));
        let found = correlation(-0.9, drawn.clone(), 100).expect("an interval");
        assert_eq!((found.low, found.high), (-1.0, -1.0));
        for n in [0, 1, 19, 89] {
            let few = correlation(0.9, drawn[..n].to_vec(), 100);
            assert_eq!(few, Err(NoAnswer::TooFewFits { n, of: 100 }));
        }
        assert!(correlation(0.9, drawn[..90].to_vec(), 100).is_ok());
    }
}
