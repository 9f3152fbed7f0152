//! Panels whose truth is known, in the shapes users have.

use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use throughline_stats::panel::{Panel, Row, noise};
use throughline_stats::random::generator;

/// A shape and a truth.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub name: &'static str,
    pub units: usize,
    pub waves: usize,
    /// Share of values missing at random.
    pub missing: f64,
    /// Fewest and most answers behind a value; none where values are exact.
    pub answers: Option<(u32, u32)>,
    /// Paths: x on x, x on y, y on x, y on y.
    pub paths: [f64; 4],
}

/// Variance among answers within a unit and wave: with 3 to 30 answers the error is a tenth to
/// more than the whole of the variance within units.
pub const ANSWER_VARIANCE: f64 = 4.0;

/// Random intercepts: variances and covariance.
const BETWEEN: [f64; 3] = [0.8, 0.3, 0.8];
/// Residuals: variances and covariance.
const RESIDUAL: [f64; 3] = [1.0, 0.3, 1.0];

pub const USUAL: [f64; 4] = [0.4, 0.1, 0.2, 0.4];

impl Shape {
    pub const fn new(name: &'static str, units: usize, waves: usize) -> Self {
        Self {
            name,
            units,
            waves,
            missing: 0.0,
            answers: None,
            paths: USUAL,
        }
    }

    pub const fn missing(self, missing: f64) -> Self {
        Self { missing, ..self }
    }

    pub const fn answers(self, low: u32, high: u32) -> Self {
        Self {
            answers: Some((low, high)),
            ..self
        }
    }

    /// Variances and covariance of the deviations once they have settled.
    pub fn settled(&self) -> [f64; 3] {
        let [a, b, c, d] = self.paths;
        let [mut xx, mut xy, mut yy] = RESIDUAL;
        for _ in 0..2000 {
            (xx, xy, yy) = (
                a * a * xx + 2.0 * a * b * xy + b * b * yy + RESIDUAL[0],
                a * c * xx + (a * d + b * c) * xy + b * d * yy + RESIDUAL[1],
                c * c * xx + 2.0 * c * d * xy + d * d * yy + RESIDUAL[2],
            );
        }
        [xx, xy, yy]
    }

    /// The standardised path from x to y and from y to x.
    pub fn standardised(&self) -> [f64; 2] {
        let [xx, _, yy] = self.settled();
        [
            self.paths[2] * (xx / yy).sqrt(),
            self.paths[1] * (yy / xx).sqrt(),
        ]
    }

    /// A panel of this truth.
    pub fn panel(&self, seed: u64) -> Panel {
        Panel::from_rows(self.units, self.waves, &self.rows(seed)).expect("a panel")
    }

    /// Its rows.
    pub fn rows(&self, seed: u64) -> Vec<Row> {
        let mut random = generator(seed, self.name);
        let pair = |covariance: [f64; 3], random: &mut rand_chacha::ChaCha12Rng| -> (f64, f64) {
            let (first, second): (f64, f64) =
                (StandardNormal.sample(random), StandardNormal.sample(random));
            let x = covariance[0].sqrt();
            let slope = covariance[1] / x;
            let rest = (covariance[2] - slope * slope).sqrt();
            (x * first, slope * first + rest * second)
        };
        let settled = self.settled();
        let [a, b, c, d] = self.paths;
        let mut rows = Vec::new();
        for unit in 0..self.units {
            let between = pair(BETWEEN, &mut random);
            let (mut x, mut y) = pair(settled, &mut random);
            for wave in 0..self.waves {
                if wave > 0 {
                    let new = pair(RESIDUAL, &mut random);
                    (x, y) = (a * x + b * y + new.0, c * x + d * y + new.1);
                }
                let mut values = (5.0 + between.0 + x, 3.0 + between.1 + y);
                let error = self.answers.map(|(low, high)| {
                    let mut count = || f64::from(random.random_range(low..=high));
                    let counts = (count(), count());
                    let error = noise::of_pair(
                        (ANSWER_VARIANCE, ANSWER_VARIANCE),
                        counts,
                        (f64::INFINITY, f64::INFINITY),
                        0.0,
                        0.0,
                    )
                    .expect("an error");
                    let (first, second): (f64, f64) = (
                        StandardNormal.sample(&mut random),
                        StandardNormal.sample(&mut random),
                    );
                    values.0 += error.x.sqrt() * first;
                    values.1 += error.y.sqrt() * second;
                    error
                });
                let mut keep =
                    |value: f64| (random.random::<f64>() >= self.missing).then_some(value);
                rows.push(Row {
                    unit,
                    wave,
                    x: keep(values.0),
                    y: keep(values.1),
                    error,
                });
            }
        }
        rows
    }
}
