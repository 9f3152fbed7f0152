//! How often labels are right and what they miss, theme by theme, learnt together: a theme with
//! few reviewed rows borrows from the others.
//!
//! Right labels: beta-binomial across themes, prior `Beta(m·s, (1-m)·s)`, `m` uniform,
//! density of `s` falling as `s^(-3/2)` (Gelman et al., Bayesian Data Analysis, 3rd ed., 5.3).
//! Missed: beta-binomial too, but what is missed of a theme goes with how often it is named, so
//! its prior mean is `f × odds of the label`, where `f / (1 + f)`, about the share of mentions that
//! is missed, is uniform; the spread about it is relative and the same for all themes.
//! Both pairs of unknowns are integrated over a grid, not fixed at their best values.

use super::review::Review;
use crate::random::generator;
use crate::reason::{NoAnswer, Result, same_length, within};
use rand::RngExt;
use rand_chacha::ChaCha12Rng;
use rand_distr::{Beta, Distribution};
use statrs::function::beta::ln_beta;

/// Fewest judged labels over all themes.
const JUDGED_NEEDED: usize = 20;
/// Steps of the grid along each unknown.
const STEPS: usize = 40;

/// One draw (or the average) of all rates.
#[derive(Clone, Debug, PartialEq)]
pub struct RateDraw {
    /// `P(named | labelled)` by theme.
    pub right: Vec<f64>,
    /// `P(named | not labelled)` by theme.
    pub missed: Vec<f64>,
    /// Probability that a wrongly labelled row names another theme.
    pub moved: f64,
}

/// What the review says about all themes.
#[derive(Clone, Debug)]
pub struct Rates {
    right: Mixture,
    /// Absent if no unlabelled row was judged: then nothing is taken to be missed.
    missed: Option<Mixture>,
    /// The two parameters of the Beta of `moved`.
    moved: (f64, f64),
    themes: usize,
}

/// A beta posterior for every theme at every point of a grid of priors.
#[derive(Clone, Debug)]
struct Mixture {
    /// By point: its cumulative share, and the two prior parameters of each theme.
    points: Vec<(f64, Vec<(f64, f64)>)>,
    /// By theme: effective hits and rows.
    counts: Vec<(f64, f64)>,
}

impl Mixture {
    /// `prior` gives the two parameters of a theme at the two coordinates (0..1) of a point and
    /// `weight` the log density there.
    fn of(
        counts: Vec<(f64, f64)>,
        prior: impl Fn(f64, f64, usize) -> (f64, f64),
        weight: impl Fn(f64, f64) -> f64,
    ) -> Self {
        let mut points = Vec::with_capacity(STEPS * STEPS);
        let mut peak = f64::NEG_INFINITY;
        for i in 0..STEPS {
            for j in 0..STEPS {
                let (x, y) = (
                    (i as f64 + 0.5) / STEPS as f64,
                    (j as f64 + 0.5) / STEPS as f64,
                );
                let priors: Vec<(f64, f64)> = (0..counts.len()).map(|k| prior(x, y, k)).collect();
                let mut log = weight(x, y);
                for (&(hits, n), &(a, b)) in counts.iter().zip(&priors) {
                    if n > 0.0 {
                        log += ln_beta(a + hits, b + n - hits) - ln_beta(a, b);
                    }
                }
                peak = peak.max(log);
                points.push((log, priors));
            }
        }
        let mut sum = 0.0;
        for (log, _) in &mut points {
            sum += (*log - peak).exp();
            *log = sum;
        }
        for (below, _) in &mut points {
            *below /= sum;
        }
        Self { points, counts }
    }

    fn draw(&self, random: &mut ChaCha12Rng) -> Vec<f64> {
        let at: f64 = random.random();
        let point = self.points.partition_point(|(below, _)| *below < at);
        let (_, priors) = &self.points[point.min(self.points.len() - 1)];
        let posterior = |(&(hits, n), &(a, b)): (&(f64, f64), &(f64, f64))| {
            // Parameters are above zero by construction, so the middle is never taken.
            Beta::new(a + hits, b + n - hits).map_or(0.5, |beta| beta.sample(random))
        };
        self.counts.iter().zip(priors).map(posterior).collect()
    }

    fn average(&self) -> Vec<f64> {
        let mut out = vec![0.0; self.counts.len()];
        let mut before = 0.0;
        for (below, priors) in &self.points {
            let share = below - before;
            before = *below;
            for (k, (&(hits, n), &(a, b))) in self.counts.iter().zip(priors).enumerate() {
                out[k] += share * (a + hits) / (a + b + n);
            }
        }
        out
    }
}

/// Learns the rates. `shares` are the shares of rows labelled with each theme.
///
/// # Errors
/// [`NoAnswer::Shape`] if the lengths differ, [`NoAnswer::OutOfRange`] for shares outside 0..1,
/// [`NoAnswer::TooFewJudged`] under 20 judged labels.
pub fn rates(review: &Review, shares: &[f64]) -> Result<Rates> {
    same_length(review.themes.len(), shares.len())?;
    for &share in shares {
        within(share, 0.0, 1.0)?;
    }
    if review.judged < JUDGED_NEEDED {
        return Err(NoAnswer::TooFewJudged {
            n: review.judged,
            needed: JUDGED_NEEDED,
        });
    }
    // Strength of the prior: from a row's worth to a thousand rows', evenly on the log scale, on
    // which the density is s^(-1/2).
    let strength = |y: f64| 1000f64.powf(y);
    let right = Mixture::of(
        review
            .themes
            .iter()
            .map(|theme| theme.assigned.effective())
            .collect(),
        |x, y, _| (x * strength(y), (1.0 - x) * strength(y)),
        |_, y| -0.5 * strength(y).ln(),
    );
    let others: Vec<(f64, f64)> = review
        .themes
        .iter()
        .map(|theme| theme.others.effective())
        .collect();
    let odds: Vec<f64> = shares
        .iter()
        .map(|&q| (q / (1.0 - q).max(1e-3)).clamp(1e-6, 1e3))
        .collect();
    let missed = others.iter().any(|(_, n)| *n > 0.0).then(|| {
        // x is the share missed; y the prior's hits, from half a row's worth to fifty rows'.
        Mixture::of(
            others,
            |x, y, k| {
                let mean = (x / (1.0 - x) * odds[k]).min(0.5);
                let hits = 0.5 * 100f64.powf(y);
                (hits, hits * (1.0 - mean) / mean)
            },
            |_, _| 0.0,
        )
    });
    let (hits, n) = review.moved.effective();
    Ok(Rates {
        right,
        missed,
        moved: (hits + 0.5, n - hits + 0.5),
        themes: shares.len(),
    })
}

impl Rates {
    /// How many themes.
    pub fn themes(&self) -> usize {
        self.themes
    }

    /// Posterior means.
    pub fn average(&self) -> RateDraw {
        RateDraw {
            right: self.right.average(),
            missed: self
                .missed
                .as_ref()
                .map_or(vec![0.0; self.themes], Mixture::average),
            moved: self.moved.0 / (self.moved.0 + self.moved.1),
        }
    }

    /// Joint draws.
    pub fn draws(&self, count: usize, seed: u64) -> Vec<RateDraw> {
        let mut random = generator(seed, "rates");
        let moved = Beta::new(self.moved.0, self.moved.1);
        (0..count)
            .map(|_| RateDraw {
                right: self.right.draw(&mut random),
                missed: match &self.missed {
                    Some(missed) => missed.draw(&mut random),
                    None => vec![0.0; self.themes],
                },
                moved: moved.as_ref().map_or(0.5, |beta| beta.sample(&mut random)),
            })
            .collect()
    }
}
