//! The survey's score and its exact expectation: a latent normal value, rounded to a whole number
//! and clipped to 0-10.
//!
//! The expectation as a function of the latent mean is needed for the true drag. With
//! `E(m) = sum over j of P(round(m + noise) > j)`, its slope is a sum of ten normal densities, so
//! it is integrated once on a fine grid (Simpson) and read back by cubic Hermite interpolation:
//! no error function is needed, and the error stays below 1e-9.

/// Standard deviation of the noise in a survey score, in points.
pub(crate) const NOISE: f64 = 1.1;

const FROM: f64 = -8.0;
const TO: f64 = 18.0;
const STEP: f64 = 0.01;

/// Expected score by latent mean.
#[derive(Debug)]
pub(crate) struct Expected {
    values: Vec<f64>,
}

/// Slope of the expected score at latent mean `mean`.
fn slope(mean: f64) -> f64 {
    let scale = 1.0 / (NOISE * (2.0 * std::f64::consts::PI).sqrt());
    (0..10)
        .map(|j| {
            let z = (f64::from(j) + 0.5 - mean) / NOISE;
            scale * (-0.5 * z * z).exp()
        })
        .sum()
}

impl Expected {
    /// Integrates the grid.
    pub(crate) fn new() -> Self {
        let steps = ((TO - FROM) / STEP).round() as usize;
        let mut values = Vec::with_capacity(steps + 1);
        values.push(0.0);
        for i in 0..steps {
            let at = FROM + STEP * i as f64;
            let area = STEP / 6.0 * (slope(at) + 4.0 * slope(at + STEP / 2.0) + slope(at + STEP));
            values.push(values[i] + area);
        }
        Self { values }
    }

    /// Expected score where the latent mean is `mean`.
    pub(crate) fn at(&self, mean: f64) -> f64 {
        let place = ((mean - FROM) / STEP).clamp(0.0, (self.values.len() - 2) as f64);
        let i = (place as usize).min(self.values.len() - 2);
        let (t, left) = (place - i as f64, FROM + STEP * i as f64);
        let (m0, m1) = (STEP * slope(left), STEP * slope(left + STEP));
        let (t2, t3) = (t * t, t * t * t);
        (2.0 * t3 - 3.0 * t2 + 1.0) * self.values[i]
            + (t3 - 2.0 * t2 + t) * m0
            + (3.0 * t2 - 2.0 * t3) * self.values[i + 1]
            + (t3 - t2) * m1
    }
}

/// A latent value as a score.
pub(crate) fn scored(latent: f64) -> u8 {
    latent.round().clamp(0.0, 10.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    // Reference values: C's erfc through Python's math, 0.5 erfc((j + .5 - m) / (1.1 sqrt 2)) summed over j.
    // 1e-8 is far below any figure's last digit.
    #[test]
    fn expectation_is_exact() {
        let expected = Expected::new();
        for (mean, value) in [
            (0.0, 0.423334013593),
            (2.25, 2.256543516516),
            (5.0, 5.000000000000),
            (7.3, 7.298119226888),
            (9.8, 9.469164583219),
            (11.333, 9.946921956328),
        ] {
            let ours = expected.at(mean);
            assert!((ours - value).abs() < 1e-8, "at {mean}: {ours} not {value}");
        }
    }
}
